"""Is the text of a page's article whole, and nothing else: captions, notes, lists, no furniture?"""

from __future__ import annotations

import pytest

from indexer.html.page import read_html
from tests.indexer.html.html_pages import GUESSED
from tests.indexer.html.pool_pages import META, ONE, TWO, around, article, page


def text(body: str) -> list[str]:
    sections = article(body).sections
    return [line for section in sections for line in section.text.split("\n")]


KEPT = {
    "a caption": (
        '<figure><img src="a.jpg"><figcaption>Le bassin, vide. Photo Zoé</figcaption></figure>',
        ["Le bassin, vide. Photo Zoé"],
    ),
    "who is quoted, below the quotation": (
        "<blockquote><p>Il ferme.</p><footer>— Zoé Roy, maire</footer></blockquote>"
        "<blockquote>Il rouvre.<cite>Luc Petit</cite></blockquote>",
        ["Il ferme.", "— Zoé Roy, maire", "Il rouvre.", "Luc Petit"],
    ),
    "what a click shows": (
        "<div class=accordion-panel hidden><p>La commune paie.</p></div>",
        ["La commune paie."],
    ),
    "paragraphs in a box of an ambiguous name": (
        f"<section class=don-du-sang><p>{ONE}</p><p>{TWO}</p></section>",
        [ONE, TWO],
    ),
    "sentences that begin as labels do": (
        "<p>Tags et graffitis couvrent le bassin.</p>"
        "<p>La newsletter du maire fait débat au conseil.</p>",
        [
            "Tags et graffitis couvrent le bassin.",
            "La newsletter du maire fait débat au conseil.",
        ],
    ),
    "a sign of one letter before a name": (
        '<p>Il écrit sur <img alt="f" src="f.png">Facebook.</p>',
        ["Il écrit sur Facebook."],
    ),
    "a paragraph of links": (
        '<p>Voir <a href="/a">ici</a>, <a href="/b">là</a>.</p>',
        ["Voir ici, là."],
    ),
    "a list of sources": (
        '<ul><li><a href="/a">Le rapport</a></li><li><a href="/b">L\'arrêté</a></li></ul>',
        ["Le rapport", "L'arrêté"],
    ),
    "a short paragraph": ("<p>Bref.</p>", ["Bref."]),
    "a table": ("<table><tr><td>2019</td><td>six mois</td></tr></table>", ["2019 six mois"]),
    "what unfolds": (
        "<details><summary>Méthode</summary><p>Nous avons nagé.</p></details>",
        ["Méthode", "Nous avons nagé."],
    ),
    "a call of a note": (
        '<p>En 2019<sup><a href="#n2">2</a></sup>, dit-il [<a href="#n3">3</a>].</p>',
        ["En 2019, dit-il."],
    ),
    "notes at the end of a paragraph": ("<p>3 m<sup>2</sup> d'eau.</p>", ["3 m2 d'eau."]),
    "a box": (
        f'<div class="encadre"><p>{ONE} Encadré.</p></div>',
        [f"{ONE} Encadré."],
    ),
}


@pytest.mark.parametrize("name", KEPT)
def test_kept(name: str) -> None:
    piece, lines = KEPT[name]
    assert text(around(piece)) == [ONE, *lines, TWO]


LEFT = {
    "hidden": "<p hidden>Rien à voir.</p>",
    "not displayed": '<p style="color:red; display: none">Rien à voir.</p>',
    "related": '<section class="related"><h3>À lire aussi</h3><a href="/x">Le pont</a></section>',
    "prose of another article": f'<section class="related"><p>{ONE} Ailleurs.</p></section>',
    "prose of the site": f'<div class="promo-box"><p>{ONE} Ici.</p></div>',
    "related without a name": '<h3>À lire aussi</h3><ul><li><a href="/x">Le pont</a></li></ul>',
    "read also": '<p>Lire aussi : <a href="/x">Le pont rouvre</a></p>',
    "newsletter": '<div class="newsletter-box"><p>Recevez chaque matin nos articles.</p></div>',
    "sharing": '<ul class="share"><li><a href="/f">Facebook</a></li></ul>',
    "a card": '<a href="/x"><h3>Le pont rouvre</h3><p>Les camions passeront lundi.</p></a>',
    "an offer": '<div class="abonnement"><p>Abonnez-vous, c\'est très simple !</p></div>',
    "a menu": '<nav><a href="/">Accueil</a></nav>',
    "a form": "<form><label>Courriel</label><input></form>",
    "an advertiser's block": '<div id="taboola-below-article"><p>Dix idées de bassins.</p></div>',
    "the author's box": '<div class="author-box"><p>Zoé nage depuis dix ans.</p></div>',
    "votes": '<div class="post-ratings"><span>4,5/5 (12 votes)</span></div>',
    "ad": '<div class="ad-slot">Publicité</div>',
}


@pytest.mark.parametrize("name", LEFT)
def test_left_out(name: str) -> None:
    assert text(around(LEFT[name])) == [ONE, TWO]


def teasers(count: int) -> str:
    teaser = (
        '<div class="bloc"><ul><li><a href="/{n}">Titre {n}</a><div class="entry-content"><p>'
        "C'était un samedi, une marche, et cela allait continuer longtemps dans cet article {n},"
        " qui n'est pas le nôtre.</p></div></li></ul></div>"
    )
    return "".join(teaser.format(n=number) for number in range(count))


@pytest.mark.parametrize("count", [2, 12, 60])
def test_the_text_of_other_articles_is_none(count: int) -> None:
    html = f'<div id="page">{around("")}<div id="more">{teasers(count)}</div></div>'
    assert text(html) == [ONE, TWO]


def test_furniture_that_holds_the_text_is_the_article() -> None:
    assert text(f'<div class="has-sidebar paywall">{around("")}</div>') == [ONE, TWO]


def test_notes_below_the_text_are_kept() -> None:
    notes = f'<div class="notes"><p>[<a href="#nh1">1</a>] {TWO.upper()}</p></div>'
    body = f"<div class='texte'><p>{ONE}</p><p>{TWO}</p></div>"
    assert text(f"<main><h1>Piscine fermée</h1>{body}{notes}</main>") == [ONE, TWO, TWO.upper()]


def test_short_text_past_a_rule_is_kept() -> None:
    html = f"<main><h1>Piscine fermée</h1><p>{ONE}<hr>Rien à voir.</p><p>La pluie revient.</p>"
    assert text(f"{html}</main>") == [ONE, "Rien à voir.", "La pluie revient."]


def test_text_cut_in_several_blocks() -> None:
    blocks = (
        f'<div class="bloc"><p>{ONE}</p></div><figure></figure><div class="bloc"><p>{TWO}</p></div>'
    )
    assert text(f"<main><h1>Piscine fermée</h1>{blocks}</main>") == [ONE, TWO]


def test_text_cut_by_line_breaks() -> None:
    assert text(f"<h1>Piscine fermée</h1><div>{ONE}<br><br>{TWO}</div>") == [ONE, TWO]


OFFERS = [
    "<h3>Pour lire la suite et accéder gratuitement à 3 articles par mois, créez votre compte</h3>"
    "<p>Ou connectez-vous ici</p><h3>Offre découverte</h3><h4>1 € le 1er mois</h4>",
    "<p>La suite est réservée aux abonnés.</p><p>Déjà abonné ? Connectez-vous.</p>",
    "<p>Il vous reste 72 % de cet article à lire.</p><ul><li>Sans engagement</li></ul>",
    "<h2>Cet article est réservé à nos abonnés</h2><p>Abonnez-vous dès 1 €.</p>",
]
WALLS = [
    "<section class='paywall'><p>Il vous reste 82% de cet article à lire.</p></section>",
    "<div class='fig-paywall'><a href='/offre'>S'abonner</a></div>",
    "<div class='paywall-message'><p>La lecture des articles est réservée aux abonnés.</p></div>",
    "<div class='subscribe'><h2>This post is for paid subscribers</h2></div>",
    "<p>Vous souhaitez lire la suite ? Abonnez-vous dès CHF 1.-</p>",
    "<p>Achetez cet article pour 1,50 € ou abonnez-vous.</p>",
    "<p>Déjà abonné ? Connectez-vous</p>",
    "<div class='login'>Déjà abonné·e ? <a href='/login'>Identifiez-vous</a></div>",
    "<div><p>Déjà inscrit ?</p><a href='/login'>Se connecter</a></div>",
    "</div><div class='zone'><span>Vous êtes abonné ?</span> <a href='/l'>Je me connecte</a>",
]


@pytest.mark.parametrize("offer", [*OFFERS, *WALLS])
def test_an_offer_ends_the_text_and_makes_it_partial(offer: str) -> None:
    html_page = page(f"<article><h1>Piscine fermée</h1><div><p>{ONE}</p><p>{TWO}</p>{offer}</div>")
    assert html_page.article is not None
    assert [section.text for section in html_page.article.sections] == [f"{ONE}\n{TWO}"]
    assert html_page.article.extra["completeness"] == "partial"
    assert "partial" in [remark.kind for remark in html_page.report.remarks]


@pytest.mark.parametrize(
    "sentence",
    [
        "<p>Le parking de la gare reste réservé aux abonnés.</p>",
        "<p>Les places du théâtre sont réservées à nos seuls adhérents, dit la maire.</p>",
        "<p>Il reste 3 % de la somme à verser.</p>",
        "<p>Vous avez consulté tous les articles du règlement ?</p>",
        "<h2>Des places réservées aux abonnés</h2>",
    ],
)
def test_a_sentence_like_an_offer_ends_nothing_that_goes_on(sentence: str) -> None:
    html_page = page(
        f"<article><h1>Piscine fermée</h1><div><p>{ONE}</p>{sentence}<p>{TWO}</p></div>"
    )
    assert html_page.article is not None
    assert html_page.article.sections[-1].text.endswith(TWO)
    assert html_page.article.extra == {}


@pytest.mark.parametrize(
    "notice",
    [
        "<header><div class='paywall'>Abonnez-vous</div></header>",
        "<div class='paywall' style='display:none'><p>Il vous reste 82% de cet article.</p></div>",
        "<div class='newsletter'><p>Recevez la lettre, inscrivez-vous.</p></div>",
        "<header><a href='/login'>Déjà abonné ? Connectez-vous</a></header>",
    ],
)
def test_an_offer_that_stops_nobody_makes_nothing_partial(notice: str) -> None:
    assert article(around(notice)).extra == {}


@pytest.mark.parametrize(
    "name", ["related-para", "pub-date", "social-text", "texte-offre", "autres-faits", "aside-p"]
)
@pytest.mark.parametrize("tag", ["p", "div", "blockquote"])
def test_a_paragraph_of_prose_is_text_whatever_its_class_holds(name: str, tag: str) -> None:
    assert text(around(f"<{tag} class='{name}'>{TWO.upper()}</{tag}>")) == [ONE, TWO.upper(), TWO]


@pytest.mark.parametrize("name", ["newsletter-text", "author-bio", "cookie-notice", "taboola"])
def test_prose_that_is_the_sites_own_stays_out(name: str) -> None:
    assert text(around(f"<p class='{name}'>{TWO.upper()}</p>")) == [ONE, TWO]


PROMOTIONS = [
    "Recevez chaque matin notre newsletter : l'essentiel de l'actualité, gratuitement.",
    "<a href='/nl'>Inscrivez-vous à notre lettre d'information</a> pour ne rien manquer.",
    "Suivez toute l'actualité sur notre chaîne WhatsApp",
    "Retrouvez-nous sur Facebook et Instagram.",
    "Téléchargez notre application.",
    "© La Gazette 2024. Tous droits réservés.",
    "Toute reproduction, même partielle, est interdite.",
    "Photo : © Lise Martin",
]
WORDS = [
    "La newsletter de la mairie a été envoyée à mille abonnés du bourg.",
    "Il a créé un groupe WhatsApp de nageurs, et nous l'avons rejoint.",
    "Photo : la mairie, rénovée.",
    "Les droits réservés aux riverains sont maintenus.",
]


@pytest.mark.parametrize("line", PROMOTIONS)
def test_a_promotion_without_telling_markup_is_left_out(line: str) -> None:
    assert text(around(f"<p>{line}</p>")) == [ONE, TWO]


@pytest.mark.parametrize("line", WORDS)
def test_what_speaks_of_letters_and_rights_is_text(line: str) -> None:
    assert text(around(f"<p>{line}</p>")) == [ONE, line, TWO]


def test_what_speaks_of_subscribers_is_no_offer() -> None:
    paragraph = f"<p>Le bassin est réservé aux abonnés du club depuis mars.</p><p>{ONE * 9}</p>"
    html_page = page(around(paragraph))
    assert html_page.article is not None
    assert html_page.article.extra == {}
    assert len(html_page.article.sections[0].text) > 9 * len(ONE)


def test_a_standfirst_set_as_a_heading() -> None:
    meta = f'{META}<meta property="og:description" content="Le chapô, tout entier en titre.">'
    parsed = article(
        f"<article><h1>Piscine fermée</h1><h2>Le chapô, tout entier en titre.</h2><div><p>{ONE}</p>"
        f"<p>{TWO}</p></div></article>",
        meta,
    )
    assert parsed.description == "Le chapô, tout entier en titre."
    assert [section.headline for section in parsed.sections] == [None]


def test_headings_that_announce_nothing() -> None:
    html = around("<h2>Vide</h2><h2>Les clubs</h2>")
    assert [section.headline for section in article(html).sections] == [None, "Les clubs"]
    deeper = around("<h2>Tout</h2><h3>Les clubs</h3>")
    assert [section.headline for section in article(deeper).sections] == [None, "Tout", "Les clubs"]


MENU = "<a href=/>Accueil</a> {0}<a href=/meteo>Météo</a> {0}<a href=/avis>Avis de décès</a>"


@pytest.mark.parametrize("menu", [f"<div><p>{MENU}</p></div>", f"<table><td>{MENU}</table>"])
@pytest.mark.parametrize("text", ["Le bac rouvre mardi.", "Le bac rouvre mardi, et l’hiver finit."])
def test_a_menu_above_a_short_article_is_none_of_its_text(menu: str, text: str) -> None:
    head = "<meta property=og:type content=article><title>Le bac - Le quai</title>"
    body = f"{menu.format('| ')}<h1>Le bac</h1><p>2 mars 2024</p><p>{text}</p><p>À huit heures.</p>"
    html = f"<html lang=fr><head>{head}</head><body>{body}</body></html>"
    article_read = read_html(html.encode(), GUESSED).article
    assert article_read is not None
    sections = [section.text for section in article_read.sections]
    assert sections == [f"{text}\nÀ huit heures."]

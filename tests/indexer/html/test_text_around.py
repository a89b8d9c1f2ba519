"""Which text of a page is read though it stands apart, and what is told of the rest?

Boxes, panels that a click unfolds, a text that only a script holds whole, lists of articles, and
paragraphs outside of the block of the text.
"""

from __future__ import annotations

import json
from datetime import date

import pytest

from indexer.html.page import HtmlPage, read_html
from indexer.html.text import beside
from indexer.times.capture import Capture

ONE = (
    "La ville a fermé mardi la passerelle, dont les câbles sont rongés depuis l'hiver, après un"
    " rapport d'ingénieurs remis au conseil municipal vendredi soir."
)
TWO = (
    "Chaque matin, six cents personnes l'empruntaient pour rejoindre la gare, et les commerçants de"
    " la rive gauche redoutent une baisse de leur chiffre d'affaires."
)
BOX = (
    "Le département promet une étude complète avant la fin de l'année, tandis que les riverains"
    " demandent qu'une navette fluviale soit mise en place sans attendre."
)
TITLE = "La passerelle du moulin fermée"


def page_of(body: str, *, head: str = "", title: str = TITLE, kind: str = "article") -> HtmlPage:
    page = (
        f"<!doctype html><html lang=fr><head><title>{title}</title><meta property=og:type"
        f" content={kind}>{head}</head><body><main>{body}</main></body></html>"
    )
    return read_html(page.encode(), Capture(date(2024, 3, 10)))


def article_of(text: str, *, below: str = "", head: str = "") -> HtmlPage:
    return page_of(f"<article><h1>{TITLE}</h1><div>{text}</div>{below}</article>", head=head)


def texts(page: HtmlPage) -> str:
    assert page.article is not None
    return "\n".join(
        line
        for section in page.article.sections
        for line in (section.headline, section.text)
        if line
    )


PLAIN = f"<p>{ONE}</p><p>{TWO}</p>"


@pytest.mark.parametrize("name", ["encadre", "bloc-encart", "factbox", "article-essentiel"])
def test_a_box_below_the_text_is_text(name: str) -> None:
    page = article_of(PLAIN, below=f'<aside class="{name}"><h2>Histoire</h2><p>{BOX}</p></aside>')
    assert texts(page) == f"{ONE}\n{TWO}\nHistoire\n{BOX}"


@pytest.mark.parametrize(
    "line",
    [
        "Last modified by Anne Petit on 2024/03/01 08:00",
        "Dernière modification par Anne Petit le 01/03/2024 08:00",
        "Modifié le 1er mars 2024 à 10:12 par Anne Petit",
    ],
)
def test_a_line_that_tells_an_edit_above_the_text_is_none(line: str) -> None:
    assert texts(article_of(f"<div>{line}</div>{PLAIN}")) == f"{ONE}\n{TWO}"
    # and a sentence is one
    text = f"{line}, le règlement du port interdit aux bacs de partir la nuit."
    assert texts(article_of(f"<p>{text}</p>{PLAIN}")) == f"{text}\n{ONE}\n{TWO}"


@pytest.mark.parametrize(
    "line",
    [
        "« Accueil » est le mot que lisent les passants.",
        "Accueil | Le mot revient à la mairie, comme chaque année.",
        "Modifiée le 14 juillet 1790, la règle tient.",
    ],
)
def test_a_sentence_above_the_text_is_of_it(line: str) -> None:
    assert texts(article_of(f"<p>{line}</p>{PLAIN}")) == f"{line}\n{ONE}\n{TWO}"


def test_a_chronology_keeps_the_days_that_are_its_headings() -> None:
    days = ["Lundi 4 mars 2024", "Mardi 5 mars 2024", "Mercredi 6 mars 2024"]
    chronology = "".join(f"<h2>{day}</h2><p>{BOX}</p>" for day in days)
    read = texts(article_of(chronology))
    assert read == "\n".join(line for day in days for line in (day, BOX))
    assert texts(article_of(f"<h2>{days[0]}</h2>{PLAIN}")) == f"{ONE}\n{TWO}"


@pytest.mark.parametrize(
    "panel",
    [
        "<h3><button aria-expanded=false aria-controls=p1>Où passer ?</button></h3>"
        "<div id=p1 hidden><p>{}</p></div>",
        "<button class=acc aria-expanded=false>Où passer ?</button>"
        "<div style='display: none'><p>{}</p></div>",
        "<h4><a data-bs-target='#p1' aria-expanded=false href='#p1'>Où passer ?</a></h4>"
        "<div id=p1 class='x d-none'>{}</div>",
    ],
)
def test_what_a_click_unfolds_is_text(panel: str) -> None:
    assert texts(article_of(PLAIN + panel.format(BOX))) == f"{ONE}\n{TWO}\nOù passer ?\n{BOX}"


def test_as_many_panels_as_there_are_are_text_below_a_large_menu() -> None:
    menu = "<li><button aria-expanded=false aria-controls=m>Sport</button></li>" * 250
    panels = "".join(
        f"<h3><button aria-expanded=false>Question {number} ?</button></h3>"
        f"<div hidden><p>{BOX[:-1]}, réponse {number}.</p></div>"
        for number in range(250)
    )
    read = texts(article_of(f"<nav><ul>{menu}</ul></nav>{PLAIN}{panels}"))
    assert [number for number in range(250) if f"réponse {number}." not in read] == []


def test_the_text_behind_another_tab() -> None:
    tabs = "<button role=tab aria-controls=t1>Le fait</button><button role=tab aria-controls=t2>"
    panels = f"<div id=t1><p>{TWO}</p></div><div id=t2 hidden><p>{BOX}</p></div>"
    page = article_of(f"<p>{ONE}</p><div role=tablist>{tabs}La suite</button></div>{panels}")
    assert texts(page) == f"{ONE}\n{TWO}\n{BOX}"


@pytest.mark.parametrize(
    "panel",
    [
        "<button aria-expanded=false aria-controls=m>Menu</button>"
        "<ul id=m hidden><li><a href=/a>Accueil</a></li><li><a href=/s>Sport</a></li></ul>",
        "<nav><button aria-expanded=false aria-controls=m>Menu</button>"
        "<div id=m hidden><p>{}</p></div></nav>",
        "<button aria-expanded=false aria-haspopup=dialog aria-controls=m>Cookies</button>"
        "<div id=m hidden><p>{}</p></div>",
    ],
)
def test_a_menu_or_a_dialog_is_none(panel: str) -> None:
    assert texts(article_of(PLAIN + panel.format(BOX))) == f"{ONE}\n{TWO}"


@pytest.mark.parametrize("around", ["nav", "header", "form", "dialog"])
def test_a_long_panel_of_the_site_is_none(around: str) -> None:
    panel = f"<button aria-expanded=false>Mentions</button><div hidden><p>{BOX * 8}</p></div>"
    page = article_of(PLAIN, below=f"<{around}>{panel}</{around}>")
    assert texts(page) == f"{ONE}\n{TWO}"


def script(text: str) -> str:
    node = {"@type": "NewsArticle", "headline": TITLE, "articleBody": text}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def test_a_page_that_shows_a_part_of_its_text_gives_the_whole_that_its_json_ld_holds() -> None:
    page = article_of(f"<p>{ONE}</p>", head=script(f"{ONE}\n\n{TWO}\n\n{BOX}"))
    assert texts(page) == f"{ONE}\n{TWO}\n{BOX}"


@pytest.mark.parametrize("text", [ONE, f"{ONE} {BOX} {BOX}"])
def test_json_ld_that_holds_less_or_another_text_is_left(text: str) -> None:
    assert texts(article_of(PLAIN, head=script(text))) == f"{ONE}\n{TWO}"


@pytest.mark.parametrize("name", ["read-more-content", "suite", "collapse"])
def test_what_a_link_shows_of_the_text(name: str) -> None:
    page = article_of(f"<p>{ONE}</p><div class={name} hidden><p>{TWO}</p></div>")
    assert texts(page) == f"{ONE}\n{TWO}"


def test_notes_set_apart_are_text() -> None:
    notes = "<section role=doc-endnotes><ol><li>Rapport du 27 février.</li></ol></section>"
    assert texts(article_of(PLAIN, below=notes)).endswith("Rapport du 27 février.")


def test_comments_of_json_ld_that_name_nothing_are_those_of_the_only_article() -> None:
    objects = [
        {"@context": "https://schema.org", "@type": "NewsArticle", "headline": TITLE},
        {
            "@context": "https://schema.org",
            "@type": "Comment",
            "author": {"name": "Zoé"},
            "text": BOX,
        },
    ]
    scripts = "".join(
        f'<script type="application/ld+json">{json.dumps(item)}</script>' for item in objects
    )
    article = article_of(PLAIN, head=scripts).article
    assert article is not None
    assert [(comment.author, comment.text) for comment in article.comments] == [("Zoé", BOX)]


def test_paragraphs_outside_of_the_text_are_told() -> None:
    letters = f"<h2>Courrier</h2><div class=lettre><p>{BOX}</p><p>Zoé Petit, Angers</p></div>"
    page = page_of(f"<article><h1>{TITLE}</h1>{PLAIN}</article>{letters}")
    assert texts(page) == f"{ONE}\n{TWO}"
    told = [remark.message for remark in page.report.remarks if remark.kind == "beside"]
    assert told == [f"{len(BOX)} caractères de texte hors de l'article (« {BOX[:59]}… »)"]


@pytest.mark.parametrize(
    "below",
    [
        f"<footer><p>{BOX}</p></footer>",
        f"<aside class=newsletter><p>{BOX}</p></aside>",
        f"<section><h3><a href=/1>Le bac</a></h3><p>{BOX}</p>"
        "<h3><a href=/2>Le pont</a></h3></section>",
        f"<p class=standfirst>{ONE}</p>",
    ],
)
def test_what_is_the_sites_is_not_told(below: str) -> None:
    page = page_of(f"<article><h1>{TITLE}</h1>{PLAIN}</article>{below}")
    assert [remark.kind for remark in page.report.remarks] == ["date"]


def test_what_stands_around_is_gone_through_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def is_list(element: object, measured: object) -> bool:
        asked.append(element)
        return False

    monkeypatch.setattr(beside, "is_list_of_pages", is_list)
    rest = "<section>" + f"<div><p>{BOX}</p></div>" * 60 + "</section>"
    page = page_of(f"<article><h1>{TITLE}</h1>{PLAIN * 60}</article>{rest}")
    assert "beside" in {remark.kind for remark in page.report.remarks}
    # each of the blocks, and what holds them all
    assert len(asked) == 61


def test_a_page_whose_text_was_never_loaded_keeps_what_the_index_knows() -> None:
    described = '<meta property="og:description" content="Les câbles sont rongés depuis l\'hiver.">'
    page = article_of("<p>Chargement…</p>", head=described)
    assert page.article is not None
    assert page.article.sections == ()
    assert page.article.extra["completeness"] == "partial"
    assert "body" in {remark.kind for remark in page.report.remarks}


def card(place: int, text: str) -> str:
    return (
        f"<article><h2><a href=/{place}>Le bac n° {place}</a></h2>"
        f"<time datetime=2024-03-0{place}>{place} mars</time><p>{text}</p></article>"
    )


def test_a_page_of_several_articles_is_a_list() -> None:
    page = page_of(card(1, ONE) + card(2, TWO) + card(3, BOX), kind="website")
    assert page.article is None
    assert page.report.reason is not None
    assert "liste" in page.report.reason


def test_other_articles_around_one_make_no_list() -> None:
    page = page_of(f"<article><h1>{TITLE}</h1>{PLAIN}</article>" + card(1, BOX) + card(2, BOX))
    assert texts(page) == f"{ONE}\n{TWO}"


@pytest.mark.parametrize(
    "body",
    [
        f"<h1>{TITLE}</h1><div>{PLAIN * 3}</div>",
        f"<header><h1>{TITLE}</h1></header>{PLAIN * 3}",
        # the title leads to the page itself, as on the home page that it was on
        f"<article><h2><a href=https://a.example/passerelle>{TITLE}</a></h2>{PLAIN * 3}</article>",
    ],
)
def test_what_an_article_recommends_makes_no_list(body: str) -> None:
    page = page_of(
        f"{body}<section>{card(1, BOX) + card(2, BOX)}</section>",
        head="<link rel=canonical href=https://a.example/passerelle>",
        kind="",
    )
    assert texts(page).startswith(f"{ONE}\n{TWO}")


def test_comments_under_titles_make_no_list() -> None:
    comments = "".join(
        f"<article class=comment><h3><a href=/comment/{place}>Non</a></h3><p>{TWO}</p></article>"
        for place in (1, 2)
    )
    article = f"<article><h1><a href=/passerelle>{TITLE}</a></h1>{PLAIN * 3}</article>"
    assert texts(page_of(article + comments, kind="profile")).startswith(f"{ONE}\n{TWO}")


@pytest.mark.parametrize(
    "line",
    [
        "Lire aussi entre les lignes demande du temps.",
        "Newsletter ou pas, la mairie écrit aux riverains.",
        "Partager, c'est aussi perdre.",
    ],
)
def test_a_sentence_like_a_label_is_text(line: str) -> None:
    assert texts(article_of(f"<p>{ONE}</p><p>{line}</p><p>{TWO}</p>")) == f"{ONE}\n{line}\n{TWO}"


@pytest.mark.parametrize("sign", ["#", "¶", "§"])
def test_the_sign_of_a_heading_s_link_is_no_word(sign: str) -> None:
    link = f'<a class=anchor href="#c" aria-hidden=true>{sign}</a>'
    assert texts(article_of(f"<h2 id=c>{link}Les câbles</h2>{PLAIN}")).startswith("Les câbles\n")


@pytest.mark.parametrize(
    "offer",
    [
        "Créez un compte gratuit pour continuer la lecture",
        "Inscrivez-vous gratuitement pour lire la suite de l'article",
        "Connectez-vous pour accéder à l’intégralité de l’article",
    ],
)
def test_a_wall_that_asks_for_an_account_cuts_the_text(offer: str) -> None:
    page = article_of(f"<p>{ONE}</p><div class=wall><h3>{offer}</h3></div>")
    assert texts(page) == ONE
    assert page.article is not None
    assert page.article.extra["completeness"] == "partial"


def test_a_title_behind_the_name_of_a_blog() -> None:
    page = page_of(f"<h3 class=post-title>{TITLE}</h3>{PLAIN}", title=f"Le blog du Val: {TITLE}")
    assert page.article is not None
    assert page.article.headline == TITLE


CARDS = "".join(
    f"<article><h2><a href='/page?p={place}'>Autre {place}</a></h2><p>{ONE}</p></article>"
    for place in (2, 3)
)
WHOLE = f"<p>{ONE}</p><p>{TWO}</p><p>{BOX}</p>" * 2


@pytest.mark.parametrize("href", ["/page?p=1", "https://a.example/2024/passerelle", "a.php?id=1"])
def test_a_page_saved_without_its_address_is_its_own_article(href: str) -> None:
    item = f"<article><h2><a href='{href}'>{TITLE}</a></h2>{WHOLE}</article>"
    article = page_of(item + CARDS, title=f"{TITLE} - La Gazette", kind="''").article
    assert article is not None
    assert article.headline == TITLE


def test_the_first_page_of_a_site_is_a_list_though_its_first_article_is_whole() -> None:
    item = f"<article><h2><a href='/page?p=1'>{TITLE}</a></h2>{WHOLE}</article>"
    assert page_of(item + CARDS, title="La Gazette", kind="''").article is None


QUERIES = {"?p=7": True, "?lang=fr&page_id=7": True, "?id_article=7": True}
QUERIES |= dict.fromkeys(("?utm_source=x", "?utm_id=7", "?user_id=7", "?p=", "?cat=7"), False)


@pytest.mark.parametrize(("query", "is_article"), QUERIES.items())
def test_an_address_that_numbers_its_article_is_no_site(query: str, is_article: bool) -> None:
    text = f"<h1>{TITLE}</h1><p>{ONE}</p><p>{TWO}</p>" * 2
    canonical = f"<link rel=canonical href='https://a.example/{query}'>"
    assert (page_of(text, head=canonical, kind="''").article is not None) is is_article

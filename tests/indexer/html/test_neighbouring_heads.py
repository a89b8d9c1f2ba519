"""Are title, standfirst, authors and text right in the heads of layouts next to those known?

The markup is that of blogs without `h1` (Joomla 3, Movable Type, Serendipity), SPIP's first
skeleton, Drupal 7, Hautetfort, Medium's export, archives of mailing lists, Firefox's reading mode,
and of newspapers' own sites.
"""

from __future__ import annotations

from datetime import date

import pytest

from indexer.article import Article
from indexer.html.page import read_html
from indexer.times.capture import Capture

CAPTURE = Capture(date(2026, 11, 28))
FIRST = "La commune ferme la piscine pendant deux ans, le temps de refaire le bassin et le toit."
SECOND = "Le conseil a voté les travaux lundi soir, après trois heures d'un débat tendu, dit-on."
TEXT = f"<p>{FIRST}</p><p>{SECOND}</p><p>{FIRST}</p>"
LEAD = "Les nageurs devront attendre l'automne, et la commune payer six millions."
DATED = '<meta property="article:published_time" content="2024-03-01T08:00:00+01:00">'


def article(body: str, *, title: str = "Sora", head: str = DATED) -> Article:
    html = f"<html lang=fr><head><title>{title}</title>{head}</head><body>{body}</body></html>"
    page_article = read_html(html.encode(), CAPTURE).article
    assert page_article is not None
    return page_article


HEADINGS = {
    "a heading of the second rank": "<h2>Sora</h2>",
    "a link": '<p class="title"><a class="title may-blank" href="/r/1">Sora</a></p>',
    "a cell": '<table><tr><td class="maintitle">Sora</td></tr></table>',
}


@pytest.mark.parametrize("shown", HEADINGS)
@pytest.mark.parametrize("title", ["Sora - Le phare", "Le phare :: Sujets - Sora", "Sora : france"])
def test_the_title_of_a_page_without_h1(shown: str, title: str) -> None:
    parsed = article(f"<div>{HEADINGS[shown]}<div>{TEXT}</div></div>", title=title)
    assert parsed.headline == "Sora"


@pytest.mark.parametrize(
    "name",
    [
        "article__teaser",
        "story-teaser",
        "article_hat",
        "entry-summary",
        "resume-article",
        "p-summary",
    ],
)
def test_what_is_named_as_a_standfirst(name: str) -> None:
    parsed = article(f'<h1>Sora</h1><div class="{name}"><p>{LEAD}</p></div><div>{TEXT}</div>')
    assert parsed.description == LEAD
    assert [section.text for section in parsed.sections] == [f"{FIRST}\n{SECOND}\n{FIRST}"]


def test_a_teaser_that_leads_elsewhere_is_none() -> None:
    teaser = f'<div class="teaser"><p><a href="/x">{LEAD}</a></p></div>'
    assert article(f"<h1>Sora</h1>{teaser}<div>{TEXT}</div>").description is None


def test_the_contents_of_a_page_are_no_standfirst() -> None:
    contents = (
        '<div class="summary">Sommaire<ul><li><a href="#a">Un bassin fatigué</a></li></ul></div>'
    )
    assert article(f"<h1>Sora</h1>{contents}<div>{TEXT}</div>").description is None


def test_a_subtitle_beside_a_standfirst() -> None:
    below = f'<p class="soustitre">Le chantier coûtera six millions d\'euros.</p>{TEXT}'
    head = '<h1>Sora</h1><p class="soustitre">Le chantier coûtera six millions d\'euros.</p>'
    both = article(f'{head}<div class="chapo"><p>{LEAD}</p></div><div>{TEXT}</div>')
    assert both.description == LEAD
    assert both.alternative_headline == "Le chantier coûtera six millions d'euros."
    alone = article(f"<h1>Sora</h1>{below}")
    assert alone.description == "Le chantier coûtera six millions d'euros."


BYLINES = {
    "<p>Camille Roussel<br>Journaliste au service Monde</p>": ["Camille Roussel"],
    "<p>Camille Roussel, envoyée spéciale à Nantua</p>": ["Camille Roussel"],
    "<p>Camille Roussel</p><p>1 mars 2024 à 8h00</p>": ["Camille Roussel"],
    "<b>Camille Roussel</b> <a href='mailto:x'>c at a.example</a><br><i>1 mars 2024</i>": [
        "Camille Roussel"
    ],
    "<small>vendredi 1er mars 2024, par Camille Roussel</small>": ["Camille Roussel"],
    "<p>Soumis par <span>Camille Roussel</span> le ven, 01/03/2024 - 08:00</p>": [
        "Camille Roussel"
    ],
    '<p><a class="journalist" href="/b/c">Camille Roussel</a></p>': ["Camille Roussel"],
    '<p>soumis il y a 2 ans par <a class="author">Zoe_B</a></p>': ["Zoe_B"],
    '<p class="signature">Recueilli par Camille Roussel</p>': ["Camille Roussel"],
    "<p>Grand Est</p><p>1 mars 2024</p>": [],
    "<p>Coupe du Monde</p><p>1 mars 2024</p>": [],
    '<p class="rubrique">Vie Pratique</p><p>1 mars 2024</p>': [],
    '<p><a href="/theme/jeux">Jeux Vidéo</a></p><p>1 mars 2024</p>': [],
    "<p>Camille Roussel</p><p>Le bassin fuit.</p>": [],
    "<p>Les journalistes reporters du Bac</p>": [],
}


@pytest.mark.parametrize("line", BYLINES)
def test_who_signs(line: str) -> None:
    parsed = article(f"<article><h1>Sora</h1>{line}<div>{TEXT}</div></article>")
    assert list(parsed.author) == BYLINES[line]
    if parsed.author:
        assert [section.text for section in parsed.sections] == [f"{FIRST}\n{SECOND}\n{FIRST}"]


def test_who_signs_below_the_text() -> None:
    signed = "08:00 Publié par Camille Roussel dans <a>Vie locale</a> | <a>Lien permanent</a>"
    foot = f'<p class="posted">{signed}</p>'
    parsed = article(f"<h1>Sora</h1><div><div>{TEXT}</div>{foot}</div>")
    assert parsed.author == ("Camille Roussel",)


def test_who_signs_other_articles_below_the_text() -> None:
    cards = "".join(f"<p>Publié par {name} le 3 mars</p>" for name in ("Zoé Roy", "Luc Petit"))
    text = f"<p>{FIRST} {SECOND}</p>" * 2
    assert article(f"<h1>Sora</h1><div>{text}</div><div>{cards}</div>").author == ()


def test_the_date_beside_a_name_in_a_skeleton_of_spip() -> None:
    line = "<small>vendredi 1er mars 2024, par <span class=author>Camille Roussel</span></small>"
    parsed = article(f"<h1>Sora</h1>{line}<div>{TEXT}</div>", head="")
    assert parsed.date_published == "2024-03-01"


def test_a_postscript_of_one_short_line_is_kept() -> None:
    after = '<div class="ps"><h2>P.-S.</h2><p>Réunion jeudi à la mairie.</p></div>'
    parsed = article(f'<h1>Sora</h1><div><div class="texte">{TEXT}</div>{after}</div>')
    assert [(section.headline, section.text) for section in parsed.sections[1:]] == [
        ("P.-S.", "Réunion jeudi à la mairie.")
    ]


ASIDE = [
    "Ce contenu a été publié dans Vie locale par Zoé. Mettez-le en favori avec son permalien.",
    "Cette entrée a été publiée le vendredi 1 mars 2024 à 8:00 et est classée dans Vie locale. Vous"
    " pouvez suivre les réponses à cette entrée via son flux RSS 2.0. Vous pouvez laisser une"
    " réponse, ou un trackback depuis votre site web.",
    "Article imprimé depuis Le phare : https://a.example",
    "Message précédent: [Bac] Le marché",
    "Messages triés par: [ date ] [ thread ]",
    "Crédit photo : Jean Petit",
    "Photo : Jean Petit / Le phare",
    "© Jean Petit",
]
KEPT = [
    "Cette entrée a été publiée trop tôt, dit le maire.",
    "Photo : le mot fait peur aux élus.",
    "Ce billet a été publié par erreur.",
]


@pytest.mark.parametrize("line", ASIDE)
def test_lines_that_are_no_text(line: str) -> None:
    parsed = article(f"<h1>Sora</h1><div>{TEXT}<p>{line}</p></div>")
    assert [section.text for section in parsed.sections] == [f"{FIRST}\n{SECOND}\n{FIRST}"]


@pytest.mark.parametrize("line", KEPT)
def test_lines_that_look_so_and_are_text(line: str) -> None:
    parsed = article(f"<h1>Sora</h1><div>{TEXT}<p>{line}</p></div>")
    assert parsed.sections[0].text.endswith(line)


def test_what_a_reading_mode_saves_is_an_article() -> None:
    read = f'<div class="moz-reader-content"><div id="readability-page-1">{TEXT}</div></div>'
    parsed = article(f'<h1 class="reader-title">Sora</h1>{read}', head="")
    assert parsed.sections[0].text == f"{FIRST}\n{SECOND}\n{FIRST}"


def test_who_signs_a_post_of_reddit() -> None:
    post = f'<h1 slot="title">Sora</h1><div>{TEXT}</div>'
    assert article(f'<shreddit-post author="alice_p">{post}</shreddit-post>').author == ("alice_p",)


@pytest.mark.parametrize("hidden", ["zoe_at_exemple.fr", "zoe at exemple.fr", "zoe@exemple.fr"])
@pytest.mark.parametrize("brackets", ["({})", "<{}>"])
def test_who_signs_a_message_that_hypermail_keeps(hidden: str, brackets: str) -> None:
    content = f"Zoé Petit {brackets.format(hidden)}".replace("<", "&lt;")
    head = f'{DATED}<meta name="Author" content="{content}">'
    assert article(f"<h1>Sora</h1>{TEXT}", head=head).author == ("Zoé Petit",)

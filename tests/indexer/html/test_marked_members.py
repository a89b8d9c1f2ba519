"""Are a page's authors, dates, standfirst and text those of its article, however they are marked?

As Yoast, Rank Math and others refer to a person in JSON-LD, hAtom cards of two names, headings that
hold the standfirst, offers to pay, days of events, today's date above the page, cards under it.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from indexer.article import Article
from indexer.html.page import read_html
from tests.indexer.html.html_pages import GUESSED, SENTENCE

TEXT = f"<p>{SENTENCE * 3}</p><p>{SENTENCE.upper() * 3}</p>"
PLAIN = "\n".join(" ".join(text.split()) for text in (SENTENCE * 3, SENTENCE.upper() * 3))
DATED = '<meta property="article:published_time" content="2024-03-01T08:00:00+01:00">'
ALICE = {"@type": "Person", "@id": "https://a.example/#alice", "name": "Alice Renard"}


def article(
    head: str = DATED, *, by: str = "", body: str = TEXT, before: str = "", after: str = ""
) -> Article:
    html = (
        f"<html lang=fr><head><title>La digue</title>{head}</head><body>{before}<main><article>"
        f"<h1>La digue</h1>{by}<div class='entry-content'>{body}</div></article>"
        f"{after}</main></body></html>"
    )
    parsed = read_html(html.encode(), GUESSED).article
    assert parsed is not None
    return parsed


def text_of(parsed: Article) -> str:
    return "\n".join(
        "\n".join(filter(None, (section.headline, section.text))) for section in parsed.sections
    )


def graph(author: Any, *others: dict[str, Any]) -> str:
    node = {"@type": "Article", "headline": "La digue", "author": author}
    data = {"@context": "https://schema.org", "@graph": [node, *others]}
    return f'{DATED}<script type="application/ld+json">{json.dumps(data)}</script>'


@pytest.mark.parametrize(
    "head",
    [
        graph({"@id": ALICE["@id"]}, ALICE),
        graph([{"@id": ALICE["@id"]}], ALICE),
        graph(ALICE["@id"], ALICE),
        graph({"@id": ALICE["@id"], "name": "Alice Renard"}, ALICE),
        graph({"@id": ALICE["@id"]}, {"@type": "WebPage", "about": ALICE}),
        graph({"@id": ALICE["@id"]}, {"@type": "WebPage", "reviewedBy": [{"x": [ALICE]}]}),
    ],
)
def test_an_author_by_reference(head: str) -> None:
    assert article(head).author == ("Alice Renard",)


def test_a_name_that_no_object_has_is_a_name() -> None:
    assert article(graph("Alice Renard", {"@id": "#x", "name": "Bruno"})).author == (
        "Alice Renard",
    )


def test_a_card_of_two_names() -> None:
    names = '<span class="fn">Alice Renard</span> et <span class="fn">Benoît Petit</span>'
    by = f'<p class="byline author vcard">Par {names}</p>'
    assert article(by=by).author == ("Alice Renard", "Benoît Petit")


LEAD = "Voici le chapô de cet essai, qui est tout entier dans un intertitre."
OG = '<meta property="og:description" content="{}">'


@pytest.mark.parametrize(
    ("head", "by"),
    [
        (DATED, f'<h4 class="article-chapo">{LEAD}</h4>'),
        (DATED, f'<h2 itemprop="description">{LEAD}</h2>'),
        (DATED + OG.format(LEAD[:50] + "…"), f"<h2>{LEAD}</h2>"),
        (DATED + OG.format(LEAD[:50] + "..."), f'<p class="chapo">{LEAD}</p>'),
    ],
)
def test_a_standfirst_in_a_heading(head: str, by: str) -> None:
    parsed = article(head, by=by)
    assert (parsed.description, text_of(parsed)) == (LEAD, PLAIN)


def test_a_description_cut_from_the_text_is_no_standfirst() -> None:
    parsed = article(DATED + OG.format(SENTENCE[:50] + "…"))
    assert (parsed.description, text_of(parsed)) == (None, PLAIN)


@pytest.mark.parametrize(
    "offer",
    [
        "<p>Cet article est payant. Il reste 850 mots à lire.</p><p>Pour y accéder, payez.</p>",
        "<p>Il vous reste encore 1 200 signes à lire.</p>",
        "<p><a href='/abo'>S’abonner pour 1 €</a></p>",
        "<p>Je m'abonne à partir de 4,90 € par mois</p>",
        "<p>Débloquez cet article et 3 autres ce mois-ci</p>",
        "<h3>La suite de cet article est réservée aux inscrits</h3><p>Créez un compte.</p>",
        "<p>Profitez de tous nos articles en illimité</p>",
    ],
)
def test_an_offer_ends_the_text(offer: str) -> None:
    parsed = article(body=TEXT + offer)
    assert (text_of(parsed), parsed.extra.get("completeness")) == (PLAIN, "partial")


@pytest.mark.parametrize(
    "end",
    [
        "L’accès à la salle est réservé aux inscrits.",
        "Le parking reste payant le dimanche.",
        "Il reste 850 mètres à parcourir avant la digue.",
        "On peut s’abonner à la lettre de la commune.",
    ],
)
def test_what_is_no_offer_is_text(end: str) -> None:
    parsed = article(body=f"{TEXT}<p>{end}</p>")
    assert (text_of(parsed), parsed.extra.get("completeness")) == (f"{PLAIN}\n{end}", None)


EVENT = (
    "<p itemscope itemtype='http://schema.org/Event'>Fête : <time itemprop='startDate'{}</time></p>"
)


@pytest.mark.parametrize(
    ("before", "by"),
    [
        ("", EVENT.format(" datetime='2024-06-21'>21 juin 2024") + "<p>Le 2 mars 2024</p>"),
        (
            "<header><time datetime='2025-06-01'>dimanche 1er juin 2025</time></header>",
            "<p class='meta'>Le 2 mars 2024</p>",
        ),
    ],
)
def test_the_day_of_another_thing_is_not_the_articles(before: str, by: str) -> None:
    assert article("", by=by, before=before).date_published == "2024-03-02"


def test_today_above_the_page_is_no_date_of_its_article() -> None:
    before = (
        "<header><div>Le Courrier</div><time datetime='2025-06-01'>1er juin 2025</time></header>"
    )
    assert article("", before=before).date_published is None


@pytest.mark.parametrize(
    "site",
    [
        "<header><h1>Le Courrier</h1><time datetime='2025-06-01'>1er juin 2025</time></header>",
        "<h1><a href='/'>Le Courrier</a></h1>",
    ],
)
def test_a_site_in_h1_that_the_title_of_the_page_does_not_name(site: str) -> None:
    page = (
        f"<title>La digue</title>{site}<main><h2>La digue</h2><p class=date>2 mars 2024</p>{TEXT}"
    )
    parsed = read_html(page.encode(), GUESSED).article
    assert parsed is not None
    assert (parsed.headline, parsed.date_published) == ("La digue", "2024-03-02")


def cards(count: int, heading: str) -> str:
    return "".join(
        f"<div class='bloc'>{heading.format(place)}<p>{SENTENCE * 3}Numéro {place}.</p></div>"
        for place in range(count)
    )


def test_cards_under_an_article_are_other_articles() -> None:
    after = cards(6, "<h4><a href='/{0}'>Titre {0}</a></h4>")
    assert text_of(article(after=after)) == PLAIN


def test_parts_with_links_to_themselves_are_no_cards() -> None:
    parsed = article(after=cards(4, "<h4><a href='#partie{0}'>Titre {0}</a></h4>"))
    assert "Numéro 3." in text_of(parsed)


RUBRIC = "<nav>Intelligence artificielle</nav>"
LINE = "<p>Intelligence Artificielle</p><p>2 mars 2024</p>"


def remarks(body: str, *, before: str = "", by: str = "") -> dict[str, str]:
    html = f"<html lang=fr><title>La digue</title>{before}<article><h1>La digue</h1>{by}{body}"
    return {
        remark.kind: remark.message
        for remark in read_html(f"{html}</article>".encode(), GUESSED).report.remarks
    }


def test_a_rubric_that_could_be_a_name_is_told() -> None:
    assert "Intelligence Artificielle" in remarks(TEXT, before=RUBRIC, by=LINE)["author"]
    signed = f"<p>Par Alice Renard</p>{LINE}"
    assert "author" not in remarks(TEXT, before=RUBRIC, by=signed)


def test_credits_left_out_are_told() -> None:
    credit = "<p>Photo : Zoé Petit / AFP</p>"
    told = remarks(TEXT + credit + credit)
    assert told["credits"].startswith(
        "2 crédits de photo hors du texte (« Photo : Zoé Petit / AFP »"
    )
    assert "credits" not in remarks(TEXT)

"""Whose is a page's article, and of when, where other names and days stand in the page?"""

from __future__ import annotations

import pytest

from tests.indexer.html.pool_pages import META, around, article

AUTHORS = {
    "hAtom": '<span class="author vcard"><a class="url fn n" href="/a">Zoé Blanc</a></span>',
    "microdata": '<p itemprop="author"><a>Profil</a><b itemprop="name">Zoé Blanc</b></p>',
    "rel": '<p>Par <a rel="author" href="/zoe">Zoé Blanc</a></p>',
    "profile": '<a rel="author">Zoé Blanc</a><a rel="author" href="/z">Voir son profil</a>',
}


@pytest.mark.parametrize("name", AUTHORS)
def test_authors(name: str) -> None:
    other_articles = "".join(
        f'<div class="item"><h4><a href="/{n}">Autre</a></h4><a rel="author">Autre {n}</a></div>'
        for n in range(3)
    )
    html = (
        around("").replace("</h1>", f"</h1>{AUTHORS[name]}")
        + f"<section>{other_articles}</section>"
    )
    assert article(html).author == ("Zoé Blanc",)


def test_an_author_told_elsewhere_in_the_graph() -> None:
    graph = (
        '{"@graph": [{"@type": "Article", "headline": "Piscine fermée", "author": {"@id": "#z"}},'
        ' {"@type": "Person", "@id": "#z", "name": "Zoé Blanc"}]}'
    )
    paragraph = f'<script type="application/ld+json">{graph}</script>'
    assert article(around(""), META + paragraph).author == ("Zoé Blanc",)


DATES = {
    "microdata in words": (
        '<div itemprop="datePublished"><span>2</span> Mars 2024</div>',
        "<p><time datetime='2024-02-20T11:20:00Z'>Griffonné le 20</time> février</p>",
        "https://a.example/piscine/",
        "2024-03-02",
    ),
    "the address": (
        "",
        "<p><time datetime='2024-02-20T11:20:00Z'>Griffonné le 20</time> février</p>",
        "https://a.example/2024/03/02/piscine/",
        "2024-03-02",
    ),
    "the time of that day": (
        "<time datetime='2024-03-02T10:22:00+01:00'>2 mars</time>",
        "<time datetime='2024-02-20T11:20:00Z'>20 février</time>",
        "https://a.example/2024/03/02/piscine/",
        "2024-03-02T10:22:00+01:00",
    ),
    "an edit first": (
        "<time class='updated' datetime='2024-03-05T10:00:00Z'>5</time>"
        "<time datetime='2024-03-02T10:22:00+01:00'>2</time>",
        "",
        "https://a.example/piscine/",
        "2024-03-02T10:22:00+01:00",
    ),
    "an edit in words first": (
        "<p>Mis à jour le <time datetime='2024-03-05T10:00:00Z'>5 mars</time>, publié le "
        "<time datetime='2024-03-02T10:22:00+01:00'>2 mars</time></p>",
        "",
        "https://a.example/piscine/",
        "2024-03-02T10:22:00+01:00",
    ),
    "RDFa": (
        "<span property='schema:datePublished' content='2024-03-02T10:22:00+01:00'>2</span>",
        "",
        "https://a.example/piscine/",
        "2024-03-02T10:22:00+01:00",
    ),
    "Drupal's line": (
        "<div class='submitted'>Soumis par Zoé le sam, 02/03/2024 - 10:22</div>",
        "",
        "https://a.example/piscine/",
        "2024-03-02T10:22:00+01:00",
    ),
    "a small ordinal": (
        "<p class='date'>1ᵉʳ mars 2024</p>",
        "",
        "https://a.example/",
        "2024-03-01",
    ),
    "yesterday": (
        "<p class='date'>Hier à 18h02</p>",
        "",
        "https://a.example/piscine/",
        "2026-11-27T18:02:00+01:00",
    ),
    "hAtom": (
        "<abbr class='published' title='2024-03-02T10:22:00+01:00'>samedi</abbr>",
        "",
        "https://a.example/piscine/",
        "2024-03-02T10:22:00+01:00",
    ),
}


@pytest.mark.parametrize("name", DATES)
def test_dates(name: str) -> None:
    above_title, inside, address, expected = DATES[name]
    head = f'<meta property="og:type" content="article"><link rel="canonical" href="{address}">'
    html = around(inside).replace("</h1>", f"</h1>{above_title}")
    assert article(html, head).date_published == expected

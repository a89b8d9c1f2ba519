"""Is a section kept whose id is made of its heading, of words that themes give to other blocks?

Markdown, Sphinx and pandoc name what a heading begins after its words, and in French « comment » is
how: trafilatura 2.3.1 takes `<section id="comment-voter">` out of the article and gives it among
the readers' comments, as it takes away `<section id="menu-du-jour">`.
"""

from __future__ import annotations

import lxml.html
import pytest

from indexer.article.model import Section
from indexer.html.finder.comment_words import heading_of_id, thread_hint
from indexer.html.page import read_html
from tests.indexer.html.pool_pages import CAPTURE, META, ONE, TWO

HEADINGS = {
    "comment-voter": "Comment voter ?",
    "h-comment-voter": "Comment voter ?",
    "comment-ca-marche": "Comment ça marche",
    "réactions-en-france": "Réactions en France",
    "commentaires-du-jury": "Commentaires du jury",
    "partage-des-terres": "Partage des terres",
    "partager-leau": "Partager l’eau",
    "menu-du-jour": "Menu du jour",
    "don-du-sang-2024": "Don du sang 2024",
    "les-autres-pistes": "Les autres pistes",
    "l-offre-de-soutien": "L’offre de soutien",
}
WRITTEN = {
    "heading": '<h2 id="{id}">{heading}</h2><p>{text}</p>',
    "section": '<section id="{id}"><h2>{heading}<a href="#{id}">¶</a></h2><p>{text}</p></section>',
    "level": '<div class="level2" id="{id}"><h2>{heading}</h2><p>{text}</p></div>',
}


def sections(piece: str) -> list[tuple[str | None, str]]:
    html = (
        f"<!doctype html><html lang=fr><head><title>Piscine fermée</title>{META}</head><body>"
        f"<article><h1>Piscine fermée</h1><p>{ONE}</p>{piece}<h2>Après</h2><p>{ONE}</p></article>"
    )
    article = read_html(html.encode(), CAPTURE).article
    assert article is not None
    sections_read: tuple[Section, ...] = article.sections
    return [(section.headline, section.text) for section in sections_read]


@pytest.mark.parametrize("name", HEADINGS)
@pytest.mark.parametrize("heading", WRITTEN)
def test_a_section_named_after_its_heading(heading: str, name: str) -> None:
    piece = WRITTEN[heading].format(id=name, heading=HEADINGS[name], text=TWO)
    assert sections(piece) == [(None, ONE), (HEADINGS[name], TWO), ("Après", ONE)]


def test_a_heading_of_one_word() -> None:
    assert sections(WRITTEN["heading"].format(id="social", heading="Social", text=TWO)) == [
        (None, ONE),
        ("Social", TWO),
        ("Après", ONE),
    ]


BLOCKS = {
    "commentaires": "Commentaires",
    "comments": "Comments (12)",
    "vos-reactions": "Vos réactions",
    "laisser-un-commentaire": "Laisser un commentaire",
    "commentaires-recents": "Commentaires récents",
    "articles-similaires": "Articles similaires",
    "partager-cet-article": "Partager cet article",
    "offres-d-abonnement": "Offres d’abonnement",
    "newsletter": "Newsletter",
}


@pytest.mark.parametrize("name", BLOCKS)
def test_a_block_that_its_heading_only_labels(name: str) -> None:
    links = '<ul><li><a href="/x">Le pont</a></li></ul>'
    piece = f'<section id="{name}"><h2>{BLOCKS[name]}</h2>{links}</section>'
    assert sections(piece) == [(None, ONE), ("Après", ONE)]


def test_a_comment_named_after_its_number_is_one() -> None:
    comment = lxml.html.fragment_fromstring(
        '<div id="commentaire-12"><h3>Commentaire de Zoé</h3></div>'
    )
    assert (thread_hint(comment), heading_of_id(comment)) == (2, frozenset())

"""Pages of one article, on a pool that closes, that tests put pieces into."""

from __future__ import annotations

from datetime import date

from indexer.article.model import Article
from indexer.html.page import HtmlPage, read_html
from indexer.times.capture import Capture

CAPTURE = Capture(date(2026, 11, 28))
ONE = (
    "La commune ferme la piscine pendant deux ans, le temps de faire les travaux prévus depuis"
    " longtemps, dit le maire, qui ne veut pas en dire plus avant le conseil."
)
TWO = (
    "Les clubs iront nager à Oyonnax, où le bassin est plus petit, mais où l'eau est aussi chaude,"
    " et les écoles attendront la rentrée pour savoir où aller."
)
META = (
    '<meta property="og:type" content="article">'
    '<meta property="article:published_time" content="2024-03-01T08:00:00+01:00">'
)


def page(body: str, head: str = META) -> HtmlPage:
    html = f"<!doctype html><html lang=fr><head><title>Piscine fermée</title>{head}</head>"
    return read_html(f"{html}<body>{body}</body></html>".encode(), CAPTURE)


def article(body: str, head: str = META) -> Article:
    article_read = page(body, head).article
    assert article_read is not None
    return article_read


def around(piece: str) -> str:
    """A piece between two paragraphs of an article."""
    return f"<article><h1>Piscine fermée</h1><div><p>{ONE}</p>{piece}<p>{TWO}</p></div></article>"

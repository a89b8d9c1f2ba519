"""Pages of an article that tests put together, and what is read of them."""

from __future__ import annotations

import json
from datetime import date

from indexer.article.model import Article
from indexer.html.page import HtmlPage, read_html
from indexer.times.capture import Capture

GUESSED = Capture(date(2025, 6, 1), guessed=True)
NINE = "2024-12-02T09:08:00+01:00"
SENTENCE = "Un paragraphe de l'article, assez long pour qu'on le garde comme il est. "
BODY = f"<p>{SENTENCE * 4}</p><h2 id='suite'>La suite</h2><p>{SENTENCE.upper() * 4}</p>"


def page(head: str = "", body: str = BODY, *, before: str = "", url: str | None = None) -> HtmlPage:
    html = (
        f"{before}<html lang=fr><head><title>Un titre</title>{head}</head>"
        f"<body><article><h1>Un titre</h1>{body}</article></body></html>"
    )
    return read_html(html.encode(), GUESSED, url=url)


def article(head: str = "", body: str = BODY, *, before: str = "") -> Article:
    article_read = page(head, body, before=before).article
    assert article_read is not None
    return article_read


def script(**members: object) -> str:
    defaults = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Un titre"}
    return f'<script type="application/ld+json">{json.dumps(defaults | members)}</script>'


def remarks(html_page: HtmlPage) -> set[str]:
    return {remark.kind for remark in html_page.report.remarks}

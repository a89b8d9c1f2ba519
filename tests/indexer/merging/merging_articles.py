"""What articles are merged in tests, and what is seen of one that was?"""

from __future__ import annotations

from typing import Any

from indexer.article.model import Article, Comment
from indexer.reporting import provenance

URL = "https://phare.example/marees/"
NUMBER = "wp:phare.example:7"
PART = {"completeness": "partial"}


def article_of_form(form: str, *, part: bool = False, **members: Any) -> Article:
    """An article as a format gives it."""
    extra = {**members.pop("extra", {}), **(PART if part else {})}
    fields = {"id": form, "headline": "Marées", "url": URL, **members}
    return provenance.stamped(Article(**fields, extra=extra), form, "x")


def comment(name: str | int, text: str = "Oui.", id: str = "wxr", **members: Any) -> Comment:
    return Comment(f"{id}#comment-{name}", text=text, **members)


def texts(article: Article) -> list[str]:
    return [comment.text for comment in article.comments]


def numbers(article: Article) -> list[str]:
    return [comment.id.partition("#comment-")[2] for comment in article.comments]


ORDER = ["page", "feed", "html", "wordpress-rest", "wxr"]

"""How is the article of a row called, by its own row and by those of its comments?"""

from __future__ import annotations

from collections.abc import Mapping

from indexer.article import Article, addresses, article_id
from indexer.reporting import Withheld
from indexer.tables.cells import line_of
from indexer.threads import identifier


def withheld_row(
    members: Mapping[str, str], article: Article | None = None, *, protected: bool = False
) -> Withheld:
    """Return the names of a withheld article, for the comments that other tables hold."""
    number = identifier(members.get("id", ""))
    title = line_of(members.get("titre", ""))[:1000]
    # under the last go the comments of another table that know the title only
    names = [article_name(number) if number else "", members.get("url", ""), article_id(title)]
    if article is not None:
        names.append(article.id)
    return Withheld(tuple(dict.fromkeys(filter(None, names))), protected)


def titled(above: dict[str, str]) -> dict[str, str]:
    """An article known by its comments, with something to call it."""
    url = above.get("url", "")
    title = addresses.title(url) if addresses.site(url) else ""
    return {"titre": title or f"Article {above.get('id', '')}".strip(), **above}


def article_name(number: str) -> str:
    """The id of an article; a bare number is of no site, and would be of all."""
    return f"table:{number}" if number.isdecimal() else number


def web_address(url: str) -> str | None:
    url = url.strip()
    return url if addresses.site(url) else None


def references(members: Mapping[str, str]) -> list[str]:
    """Return the names of a row's article, the surest first."""
    page = addresses.page(members.get("url", ""))
    names = [f"#{identifier(members['id'])}"] if members.get("id", "").strip() else []
    names += [] if page is None else [page.whole]
    return names or list(filter(None, [by_title(members)]))


def by_title(members: Mapping[str, str]) -> str:
    """Return the name that comments use when they know only the title; "" without a title."""
    title = line_of(members.get("titre", ""))
    return f"={title}" if title else ""

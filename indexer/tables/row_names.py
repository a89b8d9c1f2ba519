"""How is the article of a row called, by its own row and by those of its comments?"""

from __future__ import annotations

from collections.abc import Mapping

from indexer.article import Article, addresses, article_id
from indexer.reporting import Withheld
from indexer.tables.cells import line_of
from indexer.threads import identifier


def withheld_row(
    said: Mapping[str, str], article: Article | None = None, *, protected: bool = False
) -> Withheld:
    """How an article is called that is not to be seen, for the comments that other tables hold."""
    number = identifier(said.get("id", ""))
    title = line_of(said.get("titre", ""))[:1000]
    # under the last go the comments of another table that know the title only
    names = [article_name(number) if number else "", said.get("url", ""), article_id(title)]
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


def references(said: Mapping[str, str]) -> list[str]:
    """What names the article of a row, the surest first."""
    page = addresses.page(said.get("url", ""))
    names = [f"#{identifier(said['id'])}"] if said.get("id", "").strip() else []
    names += [] if page is None else [page.whole]
    return names or list(filter(None, [by_title(said)]))


def by_title(said: Mapping[str, str]) -> str:
    """How the comments of an article name it that know its title only; "" without one."""
    title = line_of(said.get("titre", ""))
    return f"={title}" if title else ""

"""How much does a format know of an article, beside another format of the same article?

Each format states its rank (`Format.rank`), so that a new one is never ranked by accident;
`indexer.pipeline.sources` declares them all. What is better known wins when two are merged.
"""

from __future__ import annotations

from enum import IntEnum


class Rank(IntEnum):
    """From what knows least to what knows most."""

    COMMENTS = 0
    """A program of comments: threads, and of the article an address and a title."""
    TEXT = 1
    """The text of a page, as somebody copied it."""
    FEED = 2
    PAGE = 3
    """A page of HTML, saved or crawled."""
    API = 4
    """What a site answers of what it holds."""
    EXPORT = 5
    """What a program exports of all it holds, and what people made themselves."""


_RANKS = {
    "table-thread": Rank.COMMENTS,
    "wordpress-thread": Rank.COMMENTS,
    "wordpress-rest": Rank.API,
}
"""Of what is no format of files: threads that a format gives apart, a site that is visited."""
_PROGRAMS: set[str] = set()


def declare(form: str, rank: Rank) -> None:
    """Take the rank of a format. ValueError: it was declared with another one."""
    if _RANKS.setdefault(form, rank) is not rank:
        raise ValueError(f"{form}: {_RANKS[form]!r}, then {rank!r}")
    if rank is Rank.COMMENTS:
        _PROGRAMS.add(form)


def rank(form: str) -> Rank:
    """The rank of a format by its name; people's own names for their sources are exports.

    >>> rank("table-thread"), rank("our-cms")
    (<Rank.COMMENTS: 0>, <Rank.EXPORT: 5>)
    """
    return _RANKS.get(form, Rank.EXPORT)


def is_program(form: str) -> bool:
    """Return whether a format is that of a program of comments."""
    return form in _PROGRAMS

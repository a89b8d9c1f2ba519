"""Which numbers does a list show before its items, that are nowhere in its text?

« 1944. Le port est libéré. » is an item of a list that begins at 1944 to Markdown, and to whatever
makes HTML of it. Numbers that count from nought or one are marks of the list, and no words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.markup.tags import Tag

_NUMBERED = re.compile(r"<(?:ol\b[^>]*\bstart|li\b[^>]*\bvalue)\s*=", re.IGNORECASE)
_DIGITS = re.compile(r"\d{1,9}", re.ASCII)


def has_numbers(html: str) -> bool:
    """Return whether some list of a piece of HTML may have numbers of its own.

    >>> has_numbers('<ol start="1944"><li>Un'), has_numbers("<ol><li>Un")
    (True, False)
    """
    return _NUMBERED.search(html) is not None


def with_numbers(pieces: Iterator[str | Tag]) -> Iterator[str | Tag]:
    """Return texts and tags, the first text of an item with its number where a list has its own.

    >>> from indexer.markup.tags import tokens
    >>> html = "<ol start=1944><li><p>Un<li>Deux</ol><ol><li>Trois<li value=12>Quatre</ol>"
    >>> [piece for piece in with_numbers(tokens(html)) if isinstance(piece, str)]
    ['1944. Un', '1945. Deux', 'Trois', '12. Quatre']
    """
    lists: list[_List] = []
    number: int | None = None
    for piece in pieces:
        if isinstance(piece, str):
            if number is not None and not piece.isspace():
                # a ranking may have its numbers in its texts too
                is_written = re.match(rf"\s*{number}(?!\w)", piece)
                piece, number = piece if is_written else f"{number}. {piece.lstrip()}", None
            yield piece
            continue
        yield piece
        if piece.closing and piece.name in ("li", "ol", "ul"):
            number = None
        if piece.name in ("ol", "ul"):
            if not piece.closing:
                lists.append(_List(piece))
            elif lists:
                lists.pop()
        elif piece.name == "li" and not piece.closing and lists:
            number = lists[-1].number_of(piece)


class _List:
    def __init__(self, tag: Tag) -> None:
        shows_figures = tag.name == "ol" and tag.get("type") in ("", "1")
        self._shows_figures = shows_figures and "none" not in tag.get("style")
        self._step = -1 if "reversed" in tag.attributes.lower() else 1
        first = _number(tag.get("start"))
        self._counts = first in (None, 0, 1)
        self._next = 1 if first is None else first

    def number_of(self, item: Tag) -> int | None:
        """The number shown before an item; None where it counts from one, or shows none."""
        value = _number(item.get("value"))
        number = self._next if value is None else value
        # editors write the value of each item (Lexical), be it the one that it would have
        self._counts = self._counts and number == self._next
        self._next = number + self._step
        return number if self._shows_figures and not self._counts else None


def _number(digits: str) -> int | None:
    return int(digits) if _DIGITS.fullmatch(digits) else None

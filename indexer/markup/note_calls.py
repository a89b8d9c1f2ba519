"""Which numbers in a piece of HTML call a note, and are no words of its text?

A `sup` or a link that holds only a number, a star or `[n]` and leads to `#…` calls a note, or goes
back from it: "en 2019<sup><a href="#n2">2</a></sup>" says 2019, and not 20192. What is written
around it ("[1]", "(1)") goes with it; "m<sup>2</sup>" leads nowhere, and stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from indexer.markup.tags import Tag

_CALL = re.compile(
    r"[\s\[(]*(?:(?:notes?|n|nb|nh)?\s*[.°]?\s*\d{1,4}(?:\s*(?:bis|ter))?|\*{1,4}|[†‡§¶]+|[a-z]|[ivx]{1,5}"
    r"|[↑↩↵⤴⏎\^︎️]+)[\s\])]*",
    re.IGNORECASE,
)
_MOST = 14
"""Tokens that a call may take: a `sup`, a link, a number, and their ends."""
_OPENS, _CLOSES = "[(", "])"


def without_calls(following: Iterator[str | Tag]) -> Iterator[str | Tag]:
    """The same texts and tags, without the calls of notes.

    >>> from indexer.markup.tags import tokens
    >>> html = 'en 2019<sup><a href="#n2">2</a></sup>, 3 m<sup>2</sup>'
    >>> "".join(one for one in without_calls(tokens(html)) if isinstance(one, str))
    'en 2019, 3 m2'
    """
    waiting: list[str | Tag] = []
    held: str | None = None
    closing = ""
    while True:
        token = waiting.pop(0) if waiting else next(following, None)
        if token is None:
            break
        if isinstance(token, Tag) and token.name in ("sup", "a") and not token.closing:
            taken = _taken(token, waiting, following)
            if _calls(taken):
                held, closing = _unopened(held)
                continue
            waiting = [*taken[1:], *waiting]
        if isinstance(token, str):
            if closing and token.lstrip().startswith(tuple(closing)):
                token = token.lstrip()[1:]
            closing = ""
            held = token if held is None else held + token
            continue
        if held is not None:
            yield held
            held = None
        yield token
    if held is not None:
        yield held


def _taken(first: Tag, waiting: list[str | Tag], following: Iterator[str | Tag]) -> list[str | Tag]:
    """The tokens up to the end of an element, if it is soon there."""
    taken: list[str | Tag] = [first]
    depth = 1
    while len(taken) < _MOST and depth:
        token = waiting.pop(0) if waiting else next(following, None)
        if token is None:
            break
        taken.append(token)
        if isinstance(token, Tag) and token.name == first.name:
            depth += -1 if token.closing else 1
    return taken


def _calls(taken: list[str | Tag]) -> bool:
    last = taken[-1]
    first = taken[0]
    if (
        isinstance(last, str)
        or isinstance(first, str)
        or (last.name, last.closing) != (first.name, True)
    ):
        return False
    links = (
        piece
        for piece in taken
        if isinstance(piece, Tag) and piece.name == "a" and not piece.closing
    )
    if not any("#" in link.get("href") for link in links):
        return False
    text = unescape("".join(piece for piece in taken if isinstance(piece, str)))
    return len(text) < 20 and _CALL.fullmatch(text) is not None


def _unopened(held: str | None) -> tuple[str | None, str]:
    """A text without the bracket that opens a call, and what would close it."""
    text = (held or "").rstrip()
    if text and text[-1] in _OPENS:
        return text[:-1].rstrip(), _CLOSES[_OPENS.index(text[-1])]
    return held, ""

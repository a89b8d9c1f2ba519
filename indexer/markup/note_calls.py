"""Which numbers in a piece of HTML call a note, and are no words of its text?

A `sup`, or a link that leads to `#…`, calls a note, or goes back from it, when it holds only a
number, a star or `[n]`: "en 2019<sup><a href="#n2">2</a></sup>" says 2019, and not 20192. So does
what is named for it (`epub:type="noteref"`, `class="footnote-ref"`). What is written around it
("[1]", "(1)") goes with it. A number that a link holds among the words of a sentence, "en
<a href="#y">1998</a>, l’article <a href="#a12">12</a>", is one of them, and "m<sup>2</sup>" stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape

from indexer.markup.tags import Tag

_SIGN = r"[*†‡§¶#]{1,4}|[↑↩↵⤴⏎\^︎️]+\s*\d{0,2}"
_NUMBER = r"\d{1,4}(?:\s*(?:bis|ter))?|[a-z]|[ivx]{1,5}"
_ITEM = rf"(?:notes?|n|nb|nh)?\s*[.°]?\s*(?:{_NUMBER}|{_SIGN})"
_CALL = re.compile(rf"[\s\[(]*{_ITEM}(?:\s*[,;–-]\s*{_ITEM})*[\s\])]*", re.IGNORECASE)
_SIGNS = re.compile(rf"[\s\[(]*(?:{_SIGN})[\s\])]*")
_BRACKETED = re.compile(r"\s*(?:\[.*\]|\(.*\))\s*", re.DOTALL)
_YEAR = re.compile(r"\s*\d{4}\s*")
_BETWEEN = re.compile(r"[\s,;–-]+")
"""What parts two calls: "<sup>1</sup><sup>,</sup><sup>2</sup>"."""
_NAMED = re.compile(
    r"(?i)noteref|(?:foot|end|side)?notes?[-_ ]?(?:ref|call|mark|anchor|link|number|symbol)"
    r"|appel[-_ ]?(?:de[-_ ]?)?note|(?:^|[\s_-])(?:foot|end)notes?(?:$|[\s_-])|note_ref"
)
"""Names of calls: Pandoc's, Word's, LibreOffice's, LaTeXML's, those of WordPress's plugins."""
_BACK = re.compile(r"(?i)doc-backlink|footnote-back(?:ref|link)?\b|reversefootnote")
_LONGEST = 20
_LONGEST_BACK = 40
"""Characters of "Retour au texte" and its like."""
_MOST = 14
"""Tokens that a call may take: a `sup`, a link, a number, and their ends."""
_OPENS, _CLOSES = "[(", "])"
_GLUED_BLANKS = ("\xa0", "\u202f", "&nbsp;", "&#160;", "&#8239;", "&#xa0;")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_NUMBERS = re.compile(r"\s*\d{1,4}(?:\s*[,;–-]\s*\d{1,4})*\s*")
_BEFORE = 8
"""Characters before a raised number that are looked at."""
_BEFORE_RAISED = re.compile(r"(?:[^\W\d_]{3}|\d)[.,;:!?»”)]?\Z")


def without_calls(following: Iterator[str | Tag]) -> Iterator[str | Tag]:
    """The same texts and tags, without the calls of notes.

    A number raised after a word or another number, that leads nowhere, is written in the
    characters for it, lest one be read with the other.

    >>> from indexer.markup.tags import tokens
    >>> def text(html):
    ...     return "".join(token for token in without_calls(tokens(html)) if isinstance(token, str))
    >>> text('en 2019<sup><a href="#n2">2</a></sup>, 3 m<sup>2</sup>')
    'en 2019, 3 m2'
    >>> text('en <a href="#y1998">1998</a>, 1998<a href="#n3">3</a> et 1998<sup>4</sup>')
    'en 1998, 1998 et 1998⁴'
    """
    waiting: list[str | Tag] = []
    text_before: str | None = None
    closing = ""
    while True:
        token = waiting.pop(0) if waiting else next(following, None)
        if token is None:
            break
        if isinstance(token, Tag) and not token.closing and _may_call(token):
            tokens = _element_tokens(token, waiting, following)
            if _calls(tokens, text_before):
                text_before, closing = _unopened(text_before)
                continue
            waiting = [*_apart(tokens, text_before)[1:], *waiting]
            if token.name == "span" and text_before is not None and _text(tokens).strip():
                # the note itself, that a style sheet shows elsewhere
                text_before += " "
        if isinstance(token, str):
            if closing and token.lstrip().startswith(tuple(closing)):
                token = token.lstrip()[1:]
            closing = ""
            text_before = token if text_before is None else text_before + token
            continue
        if text_before is not None:
            yield text_before
            text_before = None
        yield token
    if text_before is not None:
        yield text_before


def _may_call(tag: Tag) -> bool:
    if tag.name in ("sup", "a"):
        return True
    return tag.name == "span" and "note" in tag.attributes.lower() and _is_named(tag)


def _element_tokens(
    first: Tag, waiting: list[str | Tag], following: Iterator[str | Tag]
) -> list[str | Tag]:
    """The tokens up to the end of an element, if it is soon there."""
    tokens: list[str | Tag] = [first]
    depth = 1
    while len(tokens) < _MOST and depth:
        token = waiting.pop(0) if waiting else next(following, None)
        if token is None:
            break
        tokens.append(token)
        if isinstance(token, Tag) and token.name == first.name:
            depth += -1 if token.closing else 1
    return tokens


def _is_whole(tokens: Sequence[str | Tag]) -> bool:
    first, last = tokens[0], tokens[-1]
    if isinstance(last, str) or isinstance(first, str):
        return False
    return (last.name, last.closing) == (first.name, True)


def _text(tokens: Sequence[str | Tag]) -> str:
    return unescape("".join(piece for piece in tokens if isinstance(piece, str)))


def _is_named(tag: Tag) -> bool:
    names = f"{tag.get('class')} {tag.get('role')} {tag.get('epub:type')}"
    return _NAMED.search(names) is not None


def _calls(tokens: Sequence[str | Tag], text_before: str | None) -> bool:
    """Whether an element, after the text held, is a call of a note."""
    if not _is_whole(tokens):
        return False
    opened = [piece for piece in tokens if isinstance(piece, Tag) and not piece.closing]
    text = _text(tokens)
    if len(text) < _LONGEST_BACK and any(
        _BACK.search(f"{tag.get('role')} {tag.get('class')}") for tag in opened
    ):
        return True
    raised = any(tag.name == "sup" for tag in opened)
    if raised and _BETWEEN.fullmatch(text):
        return True
    if len(text) >= _LONGEST or _CALL.fullmatch(text) is None:
        return False
    bracketed = _BRACKETED.fullmatch(text) is not None
    if (raised and bracketed) or any(map(_is_named, opened)):
        return True
    if not any("#" in tag.get("href") for tag in opened if tag.name == "a"):
        return False
    return raised or bracketed or _stands_apart(text, text_before)


def _stands_apart(text: str, text_before: str | None) -> bool:
    """Whether what a link holds is no word of the sentence before it."""
    if _SIGNS.fullmatch(text) is not None:
        return True
    if text_before is None or not text_before.strip():
        return _YEAR.fullmatch(text) is None
    return not text_before[-1].isspace() or text_before.endswith(_GLUED_BLANKS)


def _apart(tokens: list[str | Tag], text_before: str | None) -> list[str | Tag]:
    """A number raised after what it is no part of, in the characters for it."""
    first = tokens[0]
    if not (isinstance(first, Tag) and first.name == "sup" and _is_whole(tokens)):
        return tokens
    if (
        _NUMBERS.fullmatch(_text(tokens)) is None
        or _BEFORE_RAISED.search((text_before or "")[-_BEFORE:]) is None
    ):
        return tokens
    return [piece.translate(_RAISED) if isinstance(piece, str) else piece for piece in tokens]


def _unopened(text_before: str | None) -> tuple[str | None, str]:
    """A text without the bracket that opens a call, and what would close it."""
    text = (text_before or "").rstrip()
    if text and text[-1] in _OPENS:
        return text[:-1].rstrip(), _CLOSES[_OPENS.index(text[-1])]
    return text_before, ""

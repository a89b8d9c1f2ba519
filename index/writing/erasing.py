"""What remains of an article when somebody who commented it is forgotten?

Their comments go. In the other comments "[…]" stands for what pointed at them or repeated
them: mentions (@name), quotes of them, runs of their words wherever they stand, and their name
as they wrote it, in the threads where they spoke. Elsewhere a name without @ may be anybody's,
or a common word, and is left.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from index.record import Quote, Record
from index.writing import forgotten as forgotten_names
from index.writing import phrases
from index.writing.forgotten import Forgotten
from index.writing.phrases import Finder

GAP = "[…]"
# A shorter name is too often a word, or an initial, to be taken out of a text without its @.
NAME = 3

# Where a name may begin; a word before the sign makes it an address of mail
_CALL = re.compile(r"(?<!\w)@\S")
_START = re.compile(r"(?<!\w)@\S|(?<![\w@])(?<!\w[-.·])\S")
# What follows a name and makes it a part of a longer one
_NAME_CONTINUES = re.compile(r"[\u0300-\u036f]|[-.'’_·@]?\w")


@dataclass(slots=True)
class Count:
    """The number of pieces taken out."""

    comments: int = 0
    mentions: int = 0
    names: int = 0
    quotes: int = 0
    copies: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(
            *(getattr(self, name) + getattr(other, name) for name in Count.__dataclass_fields__)
        )


@dataclass(frozen=True, slots=True)
class Erasure:
    """An article without somebody: its remaining records, the removed ones, the pieces replaced."""

    remaining: list[Record]
    removed: list[Record]
    count: Count


def concerns(record: Record, forgotten: Forgotten) -> bool:
    """Return whether a record, read alone, has words or the name of a forgotten person."""
    if record.kind != "comment":
        return False
    return (
        bool(record.author and forgotten.knows(record.author))
        or any(quote.author and forgotten.knows(quote.author) for quote in record.quotes)
        or _Cleaning(forgotten, commented=forgotten.spoke(record.about)).of_comment(record)
        != record
    )


def erase(records: Sequence[Record], forgotten: Forgotten) -> Erasure:
    """Return an article, as all its records, without the forgotten people.

    Done again, it changes nothing. The article counts the comments that are left.

    >>> from index.record import About
    >>> comment = Record(id="a#comment-1", kind="comment", about=About("a", "Sora", comments=1),
    ...               position=1, author="Zoé", text="Bonjour @bob !")
    >>> erased = erase([comment], Forgotten().adding(["Bob"]))
    >>> erased.remaining[0].text, erased.count.mentions
    ('Bonjour @[…] !', 1)
    """
    removed = [
        record
        for record in records
        if record.kind == "comment" and record.author and forgotten.knows(record.author)
    ]
    spoke = bool(removed) or any(
        forgotten.spoke(about) for about in {record.about for record in records}
    )
    # a later source may sign as the earlier ones did not
    signed = frozenset(forgotten_names.exact(record.author) for record in removed if record.author)
    other_authors = {record.author for record in records if record.author} - {
        record.author for record in removed
    }
    cleaning = _Cleaning(
        forgotten,
        commented=spoke,
        signed=signed,
        other_names=frozenset(map(forgotten_names.fold, filter(None, other_authors))),
    )
    removed_ids = {record.id for record in removed}
    remaining = []
    for record in records:
        if record.id in removed_ids:
            continue
        if removed:
            about = replace(record.about, comments=max(0, record.about.comments - len(removed)))
            record = replace(record, about=about)
        remaining.append(cleaning.of_comment(record) if record.kind == "comment" else record)
    cleaning.count.comments = len(removed)
    return Erasure(remaining, removed, cleaning.count)


def erased_again(record: Record, stored: Record) -> Record:
    """Return a comment read again, with what was erased of the stored one still erased.

    A source that gives only a part of a thread does not show who commented there, and a name
    without @ may then be anybody's.

    >>> from index.record import About
    >>> comment = Record(id="a#comment-1", kind="comment", about=About("a", "Sora"), position=1,
    ...               text="Bob a raison.")
    >>> erased_again(comment, replace(comment, text="[…] a raison.")).text
    '[…] a raison.'
    """
    if record.kind != "comment":
        return record
    quotes = record.quotes
    if len(quotes) == len(stored.quotes) and any(GAP in quote.text for quote in stored.quotes):
        quotes = tuple(
            stored_quote if _covers(stored_quote.text, quote.text) else quote
            for quote, stored_quote in zip(quotes, stored.quotes, strict=True)
        )
    erased = {
        name: stored_text
        for name in ("heading", "text")
        if _covers(stored_text := getattr(stored, name), getattr(record, name))
    }
    return replace(record, quotes=quotes, **erased)


def _covers(erased: str, text: str) -> bool:
    """Whether a text is the one that something was erased of."""
    if GAP not in erased or erased == text:
        return False
    first, *middle, last = erased.split(GAP)
    end = len(text) - len(last)
    at = len(first)
    if not (at <= end and text.startswith(first) and text.endswith(last)):
        return False
    for piece in middle:
        at = text.find(piece, at, end) + len(piece)
        if at < len(piece):
            return False
    return True


def unsigned_copy(record: Record, finders: Sequence[Finder]) -> bool:
    """Return whether a comment that nobody signed is, as a whole, what one of them wrote."""
    return not record.author and any(finder.quotes(record.text) for finder in finders)


@dataclass(slots=True)
class _Cleaning:
    forgotten: Forgotten
    commented: bool
    signed: frozenset[str] = frozenset()
    other_names: frozenset[str] = frozenset()
    """The other commenters of the article, whose names may begin with a forgotten one."""
    count: Count = field(default_factory=Count)

    def of_comment(self, record: Record) -> Record:
        text = self._text(record.text)
        if self.commented and unsigned_copy(record, self.forgotten.finders):
            # a source that names nobody gives their own comment
            self.count.copies += 1
            text = GAP
        return replace(
            record,
            heading=self._text(record.heading),
            text=text,
            quotes=tuple(map(self._quote, record.quotes)),
            extra=self._any(record.extra),
        )

    def _quote(self, quote: Quote) -> Quote:
        if quote.author and self.forgotten.knows(quote.author):
            self.count.quotes += 1
            return replace(quote, text=GAP, author=None)
        if any(finder.quotes(quote.text) for finder in self.forgotten.finders):
            self.count.copies += 1
            return replace(quote, text=GAP, author=None)
        return replace(quote, text=self._text(quote.text))

    def _any(self, value: Any) -> Any:
        match value:
            case str():
                return self._text(value)
            case dict():
                return {name: self._any(item) for name, item in value.items()}
            case list():
                return [self._any(item) for item in value]
        return value

    def _text(self, text: str) -> str:
        for finder in self.forgotten.finders:
            spans = finder.spans(text)
            self.count.copies += len(spans)
            text = phrases.without(text, spans, GAP)
        if not self.commented and "@" not in text:
            return text
        parts, end_of_last = [], 0
        for match in (_START if self.commented else _CALL).finditer(text):
            start = match.end() - 1
            if start < end_of_last:
                continue
            called = match[0][0] == "@" and len(match[0]) > 1
            end = self._named(text, start, called)
            if end:
                parts += [text[end_of_last:start], GAP]
                end_of_last = end
                if called:
                    self.count.mentions += 1
                else:
                    self.count.names += 1
        return "".join([*parts, text[end_of_last:]]) if parts else text

    def _named(self, text: str, start: int, called: bool) -> int:
        """Where a forgotten name that starts there ends; 0 when none does."""
        for end in _ends(text, start, 2 * max(self.forgotten.lengths, default=0)):
            name = text[start:end]
            if self._is_forgotten(name, called):
                longer = longer_name(self.other_names, name, text[start:])
                return 0 if longer else end
        return 0

    def _is_forgotten(self, name: str, called: bool) -> bool:
        if called and self.forgotten.knows(name):
            return True
        if not self.commented or len(name) < NAME:
            return False
        return self.forgotten.spelled(name) or (
            bool(self.signed) and forgotten_names.exact(name) in self.signed
        )


def longer_name(names: Iterable[str], name: str, text: str) -> bool:
    """Return whether a text begins with a longer name, folded, than the forgotten one.

    >>> longer_name(["pierre dupont"], "Pierre", "Pierre Dupont a raison")
    True
    >>> longer_name(["pierre dupont"], "Pierre", "Pierre Dupontel a raison")
    False
    """
    short = forgotten_names.fold(name)
    for longer in names:
        if len(longer) > len(short) and longer.startswith(short):
            # a blank more for what is folded away
            begins = forgotten_names.fold(text[: 2 * len(longer) + 2])
            if re.match(rf"{re.escape(longer)}(?!\w)", begins):
                return True
    return False


def _ends(text: str, start: int, most: int) -> list[int]:
    """Return where a name that starts at `start` may end, the longest first.

    Not within a word, nor before what holds another part to it: Pierre is not half of
    Pierre-Yves. Twice the length, since a decomposed accent is a sign of its own.
    """
    ends = []
    for end in range(min(len(text), start + most), start, -1):
        if text[end - 1].isspace() or (_NAME_CONTINUES.match(text, end) and _letter(text[end - 1])):
            continue
        ends.append(end)
    return ends


def _letter(sign: str) -> bool:
    return sign.isalnum() or sign == "_"

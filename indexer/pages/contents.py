"""Where is a page's table of contents, and which lines of the body does it make headings?

The table of contents repeats the title, then each heading between lines that are a dash:
that repetition is what makes a line of the body a heading, and nothing else is.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from indexer.text import Line

DASHES = frozenset("-•*·")
_ANY_DASH = frozenset("-•*·‐‑–—−")
_NAMED = re.compile(
    r"(?:(?:le |au )?sommaire(?: de l'article)?|table des matieres|plan de l'article) ?:?"
)
_TEXT = 80
"""Characters of a line that is a paragraph, for sure."""
_LONGEST, _CUT = 300, 15
_PLACES = 50
"""How many lines of the body alike are looked at for one entry."""


@dataclass(frozen=True, slots=True)
class Contents:
    """A table of contents: its lines are from `start` to `stop`, its entries are the headings.

    `on_top`: the body comes after it, and not before.
    """

    start: int
    stop: int
    entries: list[Line]
    on_top: bool = False

    def is_titled(self, lines: Sequence[Line]) -> bool:
        """Whether its first line is known: the page's title, "Sommaire", or an entry's dash."""
        first = lines[self.start]
        titled = _is_title(lines, self.start) or first.key[0] in DASHES
        return titled or _NAMED.fullmatch(first.folded) is not None


def find_contents(lines: Sequence[Line], start: int, limit: int) -> Contents | None:
    """The table of contents among the lines from `start` to `limit`; None without one.

    >>> page = [Line(n, text) for n, text in enumerate(["Titre", "Un", "Mot.", "Titre", "-", "Un"])]
    >>> [entry.text for entry in find_contents(page, 1, 6).entries]
    ['Un']
    """
    contents = _under_title(lines, start, limit) or _under_another_title(lines, start, limit)
    if contents and contents.start > start and _NAMED.fullmatch(lines[contents.start - 1].folded):
        return replace(contents, start=contents.start - 1)
    return contents


def last_contents(lines: Sequence[Line], body: tuple[int, int], thread: int) -> Contents | None:
    """The table of contents that comes after the comments, and last; None without one.

    body: first and last places of the lines it repeats. thread: where the comments begin.
    """
    for at in range(len(lines) - 1, thread, -1):
        if _is_title(lines, at):
            entries, stop = _entries(lines, at + 1, len(lines))
            if entries and stop == len(lines) and _all_in(entries, lines[slice(*body)]):
                return Contents(at, stop, entries)
            return None
    return None


def title_at(lines: Sequence[Line], date: int, contents: Contents | None) -> int:
    """Place of the title above the date: the line that the table of contents repeats, else 0.

    >>> page = ["Le site", "Un titre", "Le 2 mai", "Partie", "Mot.", "Un titre", "-", "Partie"]
    >>> title_at(written := [Line(0, text) for text in page], 2, find_contents(written, 3, 8))
    1
    """
    if contents is None or _is_title(lines, contents.start):
        return 0
    heads = {line.words for line in lines[contents.start : contents.start + 2]}
    return next((at for at in range(date) if lines[at].words in heads), 0)


def _is_title(lines: Sequence[Line], at: int) -> bool:
    if len(lines[at].text) > 2 * len(lines[0].text) + _TEXT or lines[at - 1].key in DASHES:
        return False
    short, title = lines[at].words, lines[0].words
    cut = lines[at].text.endswith(("…", "...")) and len(short) >= _CUT
    return short == title or (cut and title.startswith(short))


def _under_title(lines: Sequence[Line], start: int, limit: int) -> Contents | None:
    first = _First(lines, start, limit)
    repeats = True
    for at in range(limit - 1, start - 1, -1):
        if not _is_title(lines, at):
            continue
        entries, stop = _entries(lines, at + 1, limit)
        if entries and _is_on_top(entries, lines[start:at], lines[stop:limit]):
            return Contents(at, stop, entries, on_top=True)
        if at > start and (entries or stop == limit):
            return Contents(at, stop, entries)
        if not repeats:
            continue
        stop = first.repeated(at, at + 1)
        if stop > at + 1:
            if not any(len(line.text) > _TEXT for line in lines[stop:limit]):
                return Contents(at, stop, list(lines[at + 1 : stop]))
            # what a title above repeats stops there, or before
            repeats = False
    return None


def _under_another_title(lines: Sequence[Line], start: int, limit: int) -> Contents | None:
    """It must repeat lines of the body and nothing else, to the end."""
    skipped_to, repeated = start, start
    first = _First(lines, start, limit)
    last = limit - 1
    while last > start and lines[last].key in DASHES:
        last -= 1
    # what is below a dash is an entry, so the last line is none
    for at in range(start + 1, last):
        if len(lines[at].text) > _LONGEST or at < skipped_to:
            continue
        if lines[at + 1].text[0] in _ANY_DASH:
            entries, stop = _entries(lines, at + 1, limit)
            if stop < limit:
                # a list of dashes is looked at once, not from each of its lines
                skipped_to = stop - 1
                continue
            # the body goes beyond the first line that has the words of any entry
            skipped_to = max(first.places.get(entry.words, limit) for entry in entries)
            if skipped_to < at:
                untitled = len(lines[at].text) > _TEXT or lines[at].text[-1] in ".!?…»:;,"
                return Contents(at + untitled, stop, entries)
        elif _NAMED.fullmatch(lines[at].folded):
            # what the body above another one repeated is still in the body
            repeated = first.repeated(at, max(at + 1, repeated))
            if repeated == limit:
                return Contents(at, limit, list(lines[at + 1 : limit]))
    return None


@dataclass(frozen=True)
class _First:
    """Where each line of some is for the first time, whatever its typography."""

    lines: Sequence[Line]
    start: int
    limit: int

    @cached_property
    def places(self) -> dict[str, int]:
        places: dict[str, int] = {}
        for place in range(self.start, self.limit):
            places.setdefault(self.lines[place].words, place)
        return places

    def repeated(self, at: int, stop: int) -> int:
        """Return where the lines from `stop` on no longer repeat some of those above `at`."""
        while stop < self.limit and self.places[self.lines[stop].words] < at:
            stop += 1
        return stop


def _entries(lines: Sequence[Line], at: int, limit: int) -> tuple[list[Line], int]:
    entries: list[Line] = []
    while at < limit:
        if lines[at].key in DASHES:
            below = at + 1
            # a list within the list has its own dash
            while below < limit and lines[below].key in DASHES:
                below += 1
            if below == limit:
                break
            entries.append(lines[below])
            at = below + 1
        elif lines[at].key[0] in DASHES:
            entries.append(Line(lines[at].number, lines[at].text[1:].lstrip()))
            at += 1
        else:
            break
    return entries, at


def _all_in(entries: Sequence[Line], body: Sequence[Line]) -> bool:
    line_words = {line.words for line in body}
    return all(entry.words in line_words for entry in entries)


def _is_on_top(entries: Sequence[Line], above: Sequence[Line], below: Sequence[Line]) -> bool:
    line_words = {line.words for line in above}
    return not any(entry.words in line_words for entry in entries) and _all_in(entries, below)


def match_headings(
    body: Sequence[Line], entries: Sequence[Line]
) -> tuple[dict[int, Line], list[Line]]:
    """Places of the body's headings, and the entries that no line of the body repeats.

    As many as can be in the order of the entries; a line that repeats an entry as it is
    written comes before one that has the same words only, and a line above its text before
    one in a list of the headings to come.

    >>> body = [Line(1, "A"), Line(2, "Texte."), Line(3, "B")]
    >>> match_headings(body, [Line(9, "B"), Line(10, "C")])
    ({2: Line(number=3, text='B')}, [Line(number=10, text='C')])
    """
    exact = _places(body, "key")
    is_exact = all(entry.key in exact for entry in entries)
    same_words = {} if is_exact else _places(body, "words")
    among = [
        (exact.get(entry.key) or same_words.get(entry.words) or [])[:_PLACES] for entry in entries
    ]
    wordings = {entry.words for entry in entries}
    unlisted = [_unlisted(body, places, wordings) for places in among]
    # as many first: a heading may have no text
    ranks_and_places = max(_rising(unlisted), _rising(among), key=len)
    headings = {place: body[place] for place in sorted(ranks_and_places.values())}
    return headings, [entry for rank, entry in enumerate(entries) if rank not in ranks_and_places]


def _unlisted(body: Sequence[Line], places: list[int], wordings: set[str]) -> list[int]:
    """Return the places that are not in a list by a dash or a next heading; all if none is."""
    last = len(body) - 1
    entry_places = [
        at
        for at in places
        if (at == 0 or body[at - 1].key not in DASHES)
        and (at == last or (body[at + 1].key not in DASHES and body[at + 1].words not in wordings))
    ]
    return entry_places or places


def _places(body: Sequence[Line], form: Literal["key", "words"]) -> dict[str, list[int]]:
    places = defaultdict(list)
    for place, line in enumerate(body):
        places[getattr(line, form)].append(place)
    return places


def _rising(places: Sequence[Sequence[int]]) -> dict[int, int]:
    """One place at most for each rank, rising, for as many ranks as can be; the earliest."""
    ends: list[int] = []
    chains: list[tuple[int, int, int | None]] = []
    last: list[int] = []
    for rank, rank_places in enumerate(places):
        # from the last, so that no chain has two places of the same rank
        for place in reversed(rank_places):
            length = bisect_left(ends, place)
            chains.append((rank, place, last[length - 1] if length else None))
            ends[length : length + 1] = [place]
            last[length : length + 1] = [len(chains) - 1]
    rising: dict[int, int] = {}
    at = last[-1] if last else None
    while at is not None:
        rank, place, at = chains[at]
        rising[rank] = place
    return rising


def heading_like(body: Sequence[Line]) -> list[Line]:
    """Lines that look like headings when no table of contents tells: for the report only.

    A few words that are no sentence, between two lines that end as sentences do.
    """
    return [
        line
        for before, line, after in zip(body, body[1:], body[2:], strict=False)
        if len(line.text) <= 100
        and line.text[-1] not in ".!?…:;,"
        and line.text[0].isupper() | line.text[0].isdigit()
        and before.text[-1] in ".!?…»"
        and len(after.text) > len(line.text)
    ]

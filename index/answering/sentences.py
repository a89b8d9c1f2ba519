"""Where may a French text be cut?

Between sentences first, between words otherwise; never after an abbreviation, in a number or
at a no-break space, nor inside a quotation when it can be helped. Offsets count code points.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from functools import cached_property

from index.french.patterns import late
from index.results import Span

# What may end a sentence, with its closing quotes and the white space after. Everything is
# possessive, and every sign is consumed: ten thousand points cost ten thousand steps.
_STOP = late(r"[.!?…\n][.!?…]*+(?:\s*+[»”\"’)\]]++)*+\s*+")
_QUOTATION = late(r"«[^«»]*+»|“[^“”]*+”")
_WORD_BEFORE = late(r"[^\W_]+\Z")
# Their point does not end a sentence. "etc." does, when a capital follows.
_SHORT = frozenset(
    {"al", "apr", "art", "av", "avr", "cf", "chap", "dr", "déc", "env", "ex", "fig", "févr"}
    | {"janv", "juil", "me", "mgr", "mlle", "mlles", "mm", "mme", "mmes", "nov", "oct", "pp"}
    | {"pr", "prof", "sept", "st", "ste", "vol", "éd"}
)
# None of them has so many letters.
_LONG = 1 + max(map(len, _SHORT))
# A no-break space holds a word to its sign or a number's groups together.
_BREAK = late(r"[ \t\n\r\f\v]")
# What is joined to the code point before it, so that no letter or emoji is cut in two.
_JOINED = frozenset("\u200d\ufe0e\ufe0f\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff")


class Layout:
    """The places where one text can be cut, in pieces of `shortest` to `longest` code points."""

    def __init__(self, text: str, shortest: int, longest: int) -> None:
        self._text = text
        self._shortest = shortest
        self._longest = longest

    @cached_property
    def sentences(self) -> list[Span]:
        """Where each sentence is, the white space around it left out.

        >>> Layout("M. Martin a dit 3.5 etc. hier. Et puis ? Non", 160, 280).sentences
        [(0, 30), (31, 40), (41, 44)]
        """
        text, spans, start = self._text, [], 0
        quotations = self._quotations
        for stop in _STOP.finditer(text):
            at, after = stop.span()
            sign = stop[0]
            # most stops that end nothing are told by what follows them
            if "\n" not in sign and (not sign[-1].isspace() or text[after : after + 1].islower()):
                continue
            if _ends(text, start, at, sign) and not (quotations and self._quoted(at, after)):
                stripped = sign.rstrip()
                end = at + len(stripped) if stripped else start + len(text[start:at].rstrip())
                if end > start:
                    spans.append((start, end))
                start = after
        end = len(text.rstrip())
        return [*spans, (start, end)] if end > start else spans

    def around(self, start: int, end: int, low: int, high: int) -> Span:
        """A piece that holds [start, end), lies in [low, high), and reads well.

        Whole sentences where they fit, with neighbours while it is short; words otherwise.
        Longer than `longest` only when [start, end) is.
        """
        start, end = self._widened(start, end, low, high)
        first = max(0, bisect_right(self.sentences, start, key=_start) - 1)
        last = min(len(self.sentences) - 1, bisect_left(self.sentences, end, key=_end))
        left = max(low, min(start, self.sentences[first][0]))
        right = min(high, max(end, self.sentences[last][1]))
        if right - left > self._longest:
            return self._trimmed(*self._by_words(start, end, left, right))
        while right - left < self._shortest:
            after = self.sentences[last + 1][1] if last + 1 < len(self.sentences) else None
            before = self.sentences[first - 1][0] if first else None
            if after is not None and after <= high and after - left <= self._longest:
                last, right = last + 1, after
            elif before is not None and before >= low and right - before <= self._longest:
                first, left = first - 1, before
            else:
                return self._trimmed(*self._by_words(left, right, low, high))
        return self._trimmed(left, right)

    def _widened(self, start: int, end: int, low: int, high: int) -> Span:
        """[start, end) with the rest of its first and last words, unless they are endless."""
        text, room = self._text, (self._longest - (end - start)) // 2
        left, right = start, end
        while left > low and start - left <= room and not _BREAK.match(text, left - 1):
            left -= 1
        while right < high and right - end <= room and not _BREAK.match(text, right):
            right += 1
        return (start if start - left > room else left), (end if right - end > room else right)

    def _by_words(self, start: int, end: int, low: int, high: int) -> Span:
        """[start, end) and as many words of [low, high) around it as `longest` allows."""
        room = max(0, self._longest - (end - start))
        # a third of the room goes before: what follows a match explains more
        before = min(start - low, max(room // 3, room - (high - end)))
        left = self._cut(start - before, low, start, forward=True)
        after = min(high - end, max(0, self._longest - (end - left)))
        right = self._cut(end + after, end, high, forward=False)
        return left, right

    def _cut(self, at: int, low: int, high: int, *, forward: bool) -> int:
        """The best place to cut near `at`, looking forward to `high` or back to `low`."""
        text = self._text
        if at == (low if forward else high):
            return at
        step, limit = (1, high) if forward else (-1, low)
        place = at
        while place != limit and not _BREAK.match(text, place if not forward else place - 1):
            place += step
        if place == limit and abs(at - limit) > self._longest // 4:
            # no white space near: an endless word is cut between two letters
            place = at
            while place != limit and _joined(text, place):
                place += step
        for opening, closing in self._quotations:
            if opening < place < closing:
                # rather without the quotation than with half of it
                outside = closing if forward else opening
                if low <= outside <= high and abs(outside - at) <= self._longest - self._shortest:
                    return outside
        return place

    def _trimmed(self, left: int, right: int) -> Span:
        piece = self._text[left:right]
        return right - len(piece.lstrip()), left + len(piece.rstrip())

    @cached_property
    def _quotations(self) -> list[Span]:
        text = self._text
        if not ("»" in text or "”" in text):
            return []
        spans = (quotation.span() for quotation in _QUOTATION.finditer(text))
        return [(start, end) for start, end in spans if end - start <= self._longest]

    def _quoted(self, start: int, end: int) -> bool:
        return any(opens < start and end <= closes for opens, closes in self._quotations)


def _start(span: Span) -> int:
    return span[0]


def _end(span: Span) -> int:
    return span[1]


def _ends(text: str, start: int, at: int, sign: str) -> bool:
    """Whether a sentence that began at `start` ends with the sign at `at`, a capital after it."""
    if sign[0] != "." or "\n" in sign or not sign[1].isspace():
        return True
    if at > _LONG and text[at - _LONG : at].isalpha():
        return True
    word = _WORD_BEFORE.search(text, max(start, at - 12), at)
    if word is None:
        return True
    initial = len(word[0]) == 1 and word[0].isalpha()
    numbered = word[0].isdigit() and word.start() == start
    return not (initial or numbered or word[0].lower() in _SHORT)


def _joined(text: str, place: int) -> bool:
    """Whether the code point at `place` belongs with the one before."""
    return (
        unicodedata.combining(text[place]) > 0
        or text[place] in _JOINED
        or text[place - 1] == "\u200d"
    )

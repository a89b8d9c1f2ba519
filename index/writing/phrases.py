"""Which runs of words did somebody write, though none of them is kept in clear?

A copy of a comment hides inside a longer line, in a quote, behind "D'accord avec vous :". The
runs of words of a forgotten person are kept as keyed digests, so that every later import and
every later search of the index knows them, and nobody can read them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, NamedTuple

from index.writing import typography

RUN = 7
"""Words in a row: fewer are said by everybody."""
_SENTENCE = 40
"""Characters of a sentence of fewer words that counts whole."""
_QUOTE = 12
"""Characters of a quote that counts whole: a quote is already a copy."""
_WORD = re.compile(r"\w[\w\u0300-\u036f]*")
_SENTENCES = re.compile(r"[^.!?…\n]+")
# A quote in a text: on a line that begins with >, or between marks, those of wikis and Markdown
# for slanted words too. Each is looked for by itself: a stray mark must not hide another's quote.
_QUOTED = tuple(
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        r"^[ \t]*>[> \t]*(\S.{11,})$",
        r"«([^«»]{12,2000})»",
        r"‹([^‹›]{12,2000})›",
        r"[“„]([^“”„]{12,2000})[”“]",
        r"\"([^\"\n]{12,2000})\"",
        r"''((?:[^'\n]|'(?!')){12,2000})''",
        r"‘([^‘\n]{12,2000})’",
        r"\*(?=\S)([^*\n]{12,2000})(?<=\S)\*",
        r"(?<!\w)_(?=\S)([^_\n]{12,2000})(?<=\S)_(?!\w)",
    )
)
_REMEMBERED = 1 << 16

Run = tuple[str, ...]


class Word(NamedTuple):
    """A word of a text without case or accents, and where it stands, in code points."""

    folded: str
    start: int
    end: int


def words(text: str) -> list[Word]:
    """The words of a text in their order.

    >>> [word.folded for word in words("D’accord : l’ÉTÉ, 40 degrés !")]
    ['d', 'accord', 'l', 'ete', '40', 'degres']
    """
    return [Word(_fold(match[0]), *match.span()) for match in _WORD.finditer(text)]


def runs(text: str) -> set[Run]:
    """Return every run of `RUN` words of a text, and its long sentences that have fewer words.

    >>> sorted(map(len, runs("Oui. Incontestablement, l’anticonstitutionnalité demeure !")))
    [4, 5]
    """
    text_runs = _runs(text)
    return text_runs | _runs(typography.evened(text)) if typography.odd(text) else text_runs


def _runs(text: str) -> set[Run]:
    folded = [word.folded for word in words(text)]
    sequences = {tuple(folded[at : at + RUN]) for at in range(len(folded) - RUN + 1)}
    pieces = [match[0] for match in _SENTENCES.finditer(text)]
    for piece in (text, *pieces):
        few = tuple(word.folded for word in words(piece))
        if 1 < len(few) < RUN and len(piece.strip()) >= _SENTENCE:
            sequences.add(few)
    return sequences


def whole_runs(text: str) -> set[Run]:
    """Return a text, its lines and its sentences, each whole: to be recognized when quoted.

    >>> sorted(whole_runs("Scarabée, va ! Oui."))
    [('scarabee', 'va'), ('scarabee', 'va', 'oui')]
    """
    forms = (text, typography.evened(text)) if typography.odd(text) else (text,)
    pieces = {
        piece for form in forms for piece in (form, *form.splitlines(), *_SENTENCES.findall(form))
    }
    return {run for run in map(quote_run, pieces) if run}


def quote_run(text: str) -> Run | None:
    """All the words of a quote that is long enough to be told from everybody's words."""
    if len(" ".join(text.split())) < _QUOTE:
        return None
    return tuple(word.folded for word in words(text)) or None


@dataclass(frozen=True, slots=True)
class Phrases:
    """Somebody's runs of words, as digests under a key.

    `hints` are the lengths of the runs with 16 bits of their first, middle and last words, which
    many words share: what spares a text nearly all digests. `quotes` are digests of quotes.
    """

    digests: frozenset[str] = frozenset()
    hints: frozenset[tuple[int, int]] = frozenset()
    quotes: frozenset[str] = frozenset()

    @classmethod
    def of(cls, key: bytes, runs: Iterable[Run], quotes: Iterable[Run] = ()) -> Phrases:
        """The digests of these runs and quotes under a key of 1 to 64 bytes."""
        run_list = list(runs)
        return cls(
            frozenset(_digest(key, run) for run in run_list),
            frozenset((len(run), _hint(key, run)) for run in run_list),
            frozenset(_digest(key, run) for run in quotes),
        )

    def __or__(self, other: Phrases) -> Phrases:
        return Phrases(
            self.digests | other.digests, self.hints | other.hints, self.quotes | other.quotes
        )

    def as_json(self) -> dict[str, Any]:
        return {
            "digests": sorted(self.digests),
            "hints": sorted(self.hints),
            "quotes": sorted(self.quotes),
        }

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Phrases:
        """The inverse of `as_json`."""
        return cls(
            frozenset(value["digests"]),
            frozenset((length, hint) for length, hint in value["hints"]),
            frozenset(value["quotes"]),
        )


class Finder:
    """Finds somebody's runs of words in texts.

    >>> key = b"k" * 32
    >>> said = "Cette digue ne tiendra pas un hiver de plus, croyez-moi."
    >>> finder = Finder(key, Phrases.of(key, runs(said)))
    >>> text = "D'accord avec toi : cette digue ne tiendra pas un hiver de plus, croyez-moi, oui."
    >>> [text[start:end] for start, end in finder.spans(text)]
    ['cette digue ne tiendra pas un hiver de plus, croyez-moi']
    """

    def __init__(self, key: bytes, phrases: Phrases) -> None:
        self._key = key
        self._phrases = phrases
        self._hints: dict[int, frozenset[int]] = {
            length: frozenset(hint for n, hint in phrases.hints if n == length)
            for length in sorted({length for length, _ in phrases.hints}, reverse=True)
        }
        self._buckets = _Buckets(key)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where their words stand, as (start, end) in code points, joined where they touch."""
        spans = [*self._run_spans(text), *self._quoted(text)]
        if typography.odd(text):
            evened, at = typography.evened(text), typography.origins(text)
            for start, end in (*self._run_spans(evened), *self._quoted(evened)):
                spans.append((at[start], at[end - 1] + 1))
        joined: list[tuple[int, int]] = []
        for start, end in sorted(spans):
            _join(joined, start, end)
        return joined

    def _quoted(self, text: str) -> Iterator[tuple[int, int]]:
        """Quotes within a text that are theirs as a whole."""
        if not self._phrases.quotes:
            return
        for pattern in _QUOTED:
            for match in pattern.finditer(text):
                start, end = match.span(1)
                if self.quotes(text[start:end]):
                    inside = words(text[start:end])
                    yield start + inside[0].start, start + inside[-1].end

    def _run_spans(self, text: str) -> list[tuple[int, int]]:
        """Return the spans of their runs of words in a text as it is written."""
        if not self._hints:
            return []
        text_words = _WORD.findall(text)
        matches = [
            (at, length)
            for at, length in self._may_begin([self._buckets[word] for word in text_words])
            if _digest(self._key, tuple(map(_fold, text_words[at : at + length])))
            in self._phrases.digests
        ]
        spans: list[tuple[int, int]] = []
        # nearly every text has none, and needs no places
        tokens = words(text) if matches else []
        for at, length in sorted(matches):
            _join(spans, tokens[at].start, tokens[at + length - 1].end)
        return spans

    def _may_begin(self, buckets: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Yield (place, length) of the runs of which three words may be those of one of theirs."""
        for length, run_hints in self._hints.items():
            three = zip(buckets, buckets[length // 2 :], buckets[length - 1 :], strict=False)
            hints = [first << 32 | middle << 16 | last for first, middle, last in three]
            # nearly every text ends here
            if not run_hints.isdisjoint(hints):
                yield from ((at, length) for at, hint in enumerate(hints) if hint in run_hints)

    def quotes(self, text: str) -> bool:
        """Return whether a quote, as a whole, is one of theirs."""
        if not self._phrases.quotes:
            return False
        forms = (text, typography.evened(text)) if typography.odd(text) else (text,)
        return any(
            run is not None and _digest(self._key, run) in self._phrases.quotes
            for run in map(quote_run, forms)
        )


class _Buckets(dict[str, int]):
    """16 bits of each word, worked out the first time it is met."""

    def __init__(self, key: bytes) -> None:
        super().__init__()
        self._key = key

    def __missing__(self, word: str) -> int:
        if len(self) >= _REMEMBERED:
            self.clear()
        bucket = self[word] = _bucket(self._key, _fold(word))
        return bucket


def without(text: str, spans: Sequence[tuple[int, int]], gap: str) -> str:
    """A text with a gap in the place of each span.

    >>> without("Oui, non.", [(5, 8)], "[…]")
    'Oui, […].'
    """
    return "".join(_pieces(text, spans, gap))


def _pieces(text: str, spans: Sequence[tuple[int, int]], gap: str) -> Iterator[str]:
    end_of_last = 0
    for start, end in spans:
        yield text[end_of_last:start]
        yield gap
        end_of_last = end
    yield text[end_of_last:]


def _join(spans: list[tuple[int, int]], start: int, end: int) -> None:
    if spans and start <= spans[-1][1]:
        spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
    else:
        spans.append((start, end))


def _fold(word: str) -> str:
    if word.isascii():
        return word.casefold()
    plain = unicodedata.normalize("NFKD", word)
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold()


def _digest(key: bytes, run: Run) -> str:
    return blake2b(" ".join(run).encode("utf-8", "replace"), key=key, digest_size=12).hexdigest()


def _hint(key: bytes, run: Run) -> int:
    first, middle, last = (_bucket(key, run[at]) for at in (0, len(run) // 2, -1))
    return first << 32 | middle << 16 | last


def _bucket(key: bytes, word: str) -> int:
    digest = blake2b(word.encode("utf-8", "replace"), key=key, digest_size=2).digest()
    return int.from_bytes(digest, "big")

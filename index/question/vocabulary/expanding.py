"""Which words of the index does a prefix, a pattern or a misspelt word stand for?

They are looked up here, over exact forms, so that engines are asked plain terms and all
answer the same. Most frequent first, then in alphabetical order.
"""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Callable, Iterable, Sequence
from string import ascii_lowercase, digits
from typing import NamedTuple, Protocol

from index import french
from index.french.patterns import late
from index.question.vocabulary.likeness import alike, distance, slips


class Vocabulary(Protocol):
    """The words of an index; an engine's Reader is one."""

    def freq(self, field: str, term: str) -> int: ...

    def words(self, field: str, prefix: str, limit: int | None = None) -> list[tuple[str, int]]: ...

    def near(
        self, field: str, word: str, faults: int, heads: Sequence[str]
    ) -> list[tuple[str, int]]:
        """The words at so many faults of one at most, of those that begin with one of `heads`.

        A fault is a letter more, less, changed, or swapped with its neighbour; no head begins
        another. The most frequent first, as in `words`.
        """
        pairs = (pair for head in heads for pair in self.words(field, head))
        close = (pair for pair in pairs if alike(pair[0], word, faults))
        return sorted(close, key=lambda pair: (-pair[1], pair[0]))

    def slips(self, field: str, word: str) -> list[tuple[str, int]]:
        """Those of `likeness.slips` that a field holds, in no promised order."""
        frequencies = ((form, self.freq(field, form)) for form in slips(word))
        return [pair for pair in frequencies if pair[1]]


class _Empty(Vocabulary):
    def freq(self, field: str, term: str) -> int:
        return 0

    def words(self, field: str, prefix: str, limit: int | None = None) -> list[tuple[str, int]]:
        return []


EMPTY: Vocabulary = _Empty()
"""No index at all: nothing is expanded."""


def assuming(words: object) -> bool:
    """Return whether words that are not known yet are read as if the index held them all.

    That is to learn which ones may be wanted (`answering.looking`): what comes out is not used.
    """
    return bool(getattr(words, "assuming", False))


def holds(vocabulary: Vocabulary, word: str, columns: Iterable[str]) -> bool:
    """Return whether a column holds this very form."""
    counts = (vocabulary.freq(name, word) for name in columns)
    # the first would hide the others, which may be wanted when it turns out to be 0
    return any([*counts] if assuming(vocabulary) else counts)


class Pattern(NamedTuple):
    """`te*`, `m?t`: what it begins with, and the whole as a glob (None for a mere prefix)."""

    prefix: str
    glob: str | None

    @property
    def long_enough(self) -> bool:
        """`m?t` needs one letter before the sign, `te*` two."""
        least = 2 if self.glob is None or "*" in self.glob else 1
        return len(self.prefix) >= least


class Expansion(NamedTuple):
    """The words found, best first; by column, those that it holds; whether there were more."""

    words: tuple[str, ...]
    by_column: dict[str, tuple[str, ...]]
    cut: bool = False


_WILD = late(r"[*?]")


def pattern(chunk: str) -> tuple[list[str], Pattern] | None:
    """A typed word with * or ? in it: the words before, then the pattern. None without a letter.

    >>> pattern("l’avoc*")
    ([], Pattern(prefix='avoc', glob=None))
    >>> pattern("m?t")
    ([], Pattern(prefix='m', glob='m?t'))
    """
    wild = _WILD.search(chunk)
    if wild is None:
        return None
    head = french.tokens(chunk[: wild.start()])
    if not head or head[-1].end != wild.start():
        return None
    rest = french.fold(chunk[wild.start() :])
    prefix = head[-1].exact
    glob = None if set(rest) == {"*"} else prefix + rest
    return [token.exact for token in head[:-1]], Pattern(prefix, glob)


def expand(
    vocabulary: Vocabulary, columns: Sequence[str], pattern: Pattern, limit: int
) -> Expansion:
    """The `limit` most frequent words of the columns that fit a pattern."""
    if pattern.glob is None:
        by_column = {name: vocabulary.words(name, pattern.prefix, limit + 1) for name in columns}
        return _best(by_column, limit, lambda word, freq: -freq)
    fits = re.compile(fnmatch.translate(pattern.glob.replace("[", "[[]"))).match
    by_column = {
        name: [pair for pair in vocabulary.words(name, pattern.prefix, None) if fits(pair[0])]
        for name in columns
    }
    return _best(by_column, limit, lambda word, freq: -freq)


def close(
    vocabulary: Vocabulary, columns: Sequence[str], word: str, faults: int, limit: int
) -> Expansion:
    """The words that begin with the same letter, at `faults` faults at most, nearest first.

    A fault is a letter more, less, changed, or swapped with its neighbour.
    """
    # two faults may both be in the beginning, and leave nothing of it but the letter
    begin = [word[0]] if faults > 1 else [head for head in heads(word) if head[0] == word[0]]
    by_column = {name: vocabulary.near(name, word, faults, begin) for name in columns}
    return _best(by_column, limit, lambda other, freq: distance(word, other) * 1_000_000_000 - freq)


def heads(word: str, alike: Iterable[tuple[str, str]] = ()) -> list[str]:
    """The beginnings of the words at one fault of `word`, none of which begins another.

    All the words under a letter would be hundreds of thousands in a large index. Of `alike`, the
    first begins a word that may be meant to begin with the second.

    >>> beginnings = heads("fotografe", [("f", "ph")])
    >>> "fot" in beginnings, "oftog" in beginnings, "photo" in beginnings
    (True, True, True)
    """
    size = 3 if len(word) >= 6 else min(2, len(word))
    head, tail = word[:size], word[size : size + 2]
    slips = {head[:at] + head[at + 1 :] + word[size : size + 3] for at in range(size)}
    for at in range(min(size, len(word) - 1)):
        swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        slips.add(swapped[: size + 2])
    for letter in {*ascii_lowercase, *digits, *word}:
        slips |= {head[:at] + letter + head[at + 1 :] + tail for at in range(size)}
        slips |= {head[:at] + letter + head[at:] + tail[:1] for at in range(size)}
    for beginning, other in alike:
        if word.startswith(beginning):
            slips.add(other + word[len(beginning) : len(beginning) + 3])
    shortest: list[str] = []
    for start in sorted({head, *slips}):
        if not shortest or not start.startswith(shortest[-1]):
            shortest.append(start)
    return shortest


def _best(
    columns: dict[str, list[tuple[str, int]]], limit: int, rank: Callable[[str, int], int]
) -> Expansion:
    total: dict[str, int] = {}
    for pairs in columns.values():
        for word, freq in pairs:
            total[word] = total.get(word, 0) + freq
    ordered = sorted(total, key=lambda word: (rank(word, total[word]), word))
    best = ordered[:limit]
    words = set(best)
    by_column = {
        name: tuple(word for word, _ in pairs if word in words) for name, pairs in columns.items()
    }
    return Expansion(tuple(best), by_column, len(ordered) > limit)


def joined(vocabulary: Vocabulary, words: Sequence[str], columns: Iterable[str]) -> list[str]:
    """The forms in one word of neighbouring words that a column holds."""
    columns = [*columns]
    return [form for form in french.joins(words) if holds(vocabulary, form, columns)]


# What stands between the words of a compound: mot de passe, mise à jour.
_LINKS = ("de", "du", "des", "la", "a", "en", "et")
_LINKED = 3
# A word written as a compound less than once in this many times is not one.
_SLIP = 20


def split(vocabulary: Vocabulary, word: str, most: int = 3) -> list[tuple[str, ...]]:
    """The ways to write a word as two that the index holds, likeliest first.

    Or as three, when the second is one of those that hold a compound together: motdepasse.

    None for a word that the index has in one piece only: "surtout" never stands for "sur tout".
    One that it also has as a compound (redteam, since some text writes red-team) is split, unless
    that is a slip (one « bien-tôt » among a thousand « bientôt »).
    """
    # CO2 is written CO 2 too
    if not (4 if word.isalpha() else 3) <= len(word) <= 30 or not word.isalnum():
        return []
    if word.isalpha() and known(vocabulary, word):
        compounds = vocabulary.freq("variants", word)
        is_word = compounds * _SLIP <= vocabulary.freq("text", word)
        if is_word and not assuming(vocabulary):
            return []
    scored = []
    for left, right in french.splits(word):
        rarest = vocabulary.freq("text", left)
        if not rarest:
            continue
        for link in ("", *_LINKS):
            last = right.removeprefix(link)
            if link and (last == right or min(len(left), len(last)) < _LINKED):
                continue
            if frequency := min(rarest, vocabulary.freq("text", last)):
                scored.append((-frequency, (left, link, last) if link else (left, last)))
    return [words for _, words in sorted(scored)[:most]]


# Letters that are words.
_SINGLE = frozenset("ay")
_MOST_PIECES = 6


def cut(vocabulary: Vocabulary, word: str) -> tuple[str, ...]:
    """A word as the fewest words of the index, two or more; nothing when two ways are as good.

    >>> class Three:
    ...     def freq(self, field, term):
    ...         return int(term in ("je", "suis", "charlie"))
    >>> cut(Three(), "jesuischarlie"), cut(Three(), "jesuislà")
    (('je', 'suis', 'charlie'), ())
    """
    if "_" in word:
        return tuple(filter(None, word.split("_")))
    if not (5 <= len(word) <= 30 and word.isalnum()):
        return ()
    in_index: dict[str, bool] = {}
    ways: list[list[tuple[str, ...]]] = [[()], *([] for _ in word)]
    for end in range(1, len(word) + 1):
        ways_to_end: list[tuple[str, ...]] = []
        for start in range(end):
            piece = word[start:end]
            short = len(piece) < 2 and not piece.isdecimal() and piece not in _SINGLE
            if not ways[start] or piece == word or short:
                continue
            if end < len(word) and word[end - 1 : end + 1].isdecimal():
                continue  # within a number
            if piece not in in_index:
                in_index[piece] = vocabulary.freq("text", piece) > 0
            if in_index[piece]:
                ways_to_end += [(*way, piece) for way in ways[start]]
        least = min(map(len, ways_to_end), default=0)
        # two of the shortest are enough to know that there is not one
        ways[end] = [way for way in ways_to_end if len(way) == least][:2]
    best = ways[-1]
    return best[0] if len(best) == 1 and len(best[0]) <= _MOST_PIECES else ()


def known(vocabulary: Vocabulary, word: str) -> bool:
    """Return whether the index holds a word, under this form or another of the same stem."""
    stem = french.stem(word)
    return holds(vocabulary, word, ("text", "title", "variants")) or holds(
        vocabulary, stem, ("stem", "title_stem")
    )


def same_stem(vocabulary: Vocabulary, word: str, stem: str, most: int) -> list[str]:
    """Other words of the index that a plain word meets, most frequent first."""
    begins = 0
    while begins < min(len(word), len(stem)) and word[begins] == stem[begins]:
        begins += 1
    if begins < 4:
        return []
    pairs = vocabulary.words("text", word[:begins], 40)
    return [other for other, _ in pairs if other != word and french.stem(other) == stem][:most]

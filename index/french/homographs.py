"""Which other words may a word be a form of, that is written alike?

« Présente » is of présenter and of présent: a text answers to both, wherever it has the word.
« Partie » is a word of its own, and of partir where an auxiliary stands before it: elle est
partie. Both are in stemming.toml; a question asks for the word that its own stem says.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from index.french.compounds import ARTICLE
from index.french.folding import fold, plain
from index.french.lexicon import CLITICS, any_of
from index.french.memory import Memory
from index.french.patterns import late
from index.french.stemming import DATA, complete, stem
from index.french.tokens import Variant

_BETWEEN = frozenset(DATA["between"].split())
_MOST_BETWEEN = 2
_INFINITIVES = ("er", "ir", "re")
_JE = late(r"j[b-df-gk-np-tvz][a-z]{2,}")
_AUXILIARY = late(
    rf"(?:{ARTICLE})*(?:{any_of(DATA['auxiliaries'].split())})"
    rf"(?:-(?:t-)?(?:{any_of(CLITICS)}))?"
)


def _by_form(table: Mapping[str, str]) -> Mapping[str, Sequence[str]]:
    lemmas: dict[str, list[str]] = defaultdict(list)
    for lemma, forms in table.items():
        for form in forms.split():
            lemmas[form].append(lemma)
    return dict(lemmas)


_ALSO = _by_form(DATA["also"])
_PARTICIPLES = _by_form(DATA["participles"])


def also(spelling: str, word: str, start: int, end: int) -> list[Variant]:
    """What a folded word that stands from `start` to `end` answers to everywhere.

    `spelling` is the word as the text has it: « présenté » is of a verb only.

    >>> [way.stem for way in also("présente", "presente", 0, 8)]
    ['present']
    >>> also("présenté", "presente", 0, 8)
    []

    No French word begins as jpense does, but « je » and a verb: jpeg and jquery are no French.

    >>> [way.stem for way in also("jpense", "jpense", 0, 6)], also("jpeg", "jpeg", 0, 4)
    (['pense'], [])
    """
    lemmas = _ALSO.get(word) or _ALSO.get(_composed(spelling), ())
    if lemmas and _composed(spelling).endswith(("é", "és")):
        lemmas = [lemma for lemma in lemmas if lemma.endswith(_INFINITIVES)]
    if _JE.fullmatch(word) and complete().is_verb(word[1:]):
        lemmas = (word[1:],)
    return _variants(word, start, end, lemmas)


def participle(spelling: str, word: str, start: int, end: int) -> list[Variant]:
    """What a folded word answers to after an auxiliary; `spelling`, as the text has it.

    >>> [way.stem for way in participle("Parties", "parties", 0, 7)]
    ['partir']
    >>> [way.stem for way in participle("né", "ne", 0, 2)], participle("ne", "ne", 0, 2)
    (['naitre'], [])
    """
    lemmas = _PARTICIPLES.get(word) or _PARTICIPLES.get(_composed(spelling), ())
    return _variants(word, start, end, lemmas)


def _composed(spelling: str) -> str:
    return unicodedata.normalize("NFC", spelling).casefold()


def _variants(word: str, start: int, end: int, lemmas: Iterable[str]) -> list[Variant]:
    return [Variant(word, stem(lemma), start, end, part=True) for lemma in lemmas]


class _Auxiliaries(Memory[bool]):
    def compute(self, word: str) -> bool:
        # « à » is no form of avoir
        return word != "à" and _AUXILIARY.fullmatch(_bare(word)) is not None


_auxiliaries = _Auxiliaries()


def after_auxiliary(chunks: Sequence[str], at: int) -> bool:
    """Return whether an auxiliary stands before `chunks[at]`, but for an adverb or two.

    >>> after_auxiliary("Ils n’étaient pas encore partis".split(), 4)
    True
    >>> after_auxiliary("C'est un parti".split(), 2)
    False
    """
    for place in range(at - 1, max(-1, at - 2 - _MOST_BETWEEN), -1):
        if _auxiliaries[chunks[place]]:
            return True
        word = _bare(chunks[place])
        if word not in _BETWEEN and not word.endswith("ment"):
            return False
    return False


def _bare(chunk: str) -> str:
    return plain(chunk).casefold().lstrip("«“\"'(")


# of the questions asked lately: a worker is asked others without end
@lru_cache(maxsize=256)
def forms(stems: frozenset[str]) -> frozenset[str]:
    """The folded participles that answer to some of these stems after an auxiliary.

    >>> sorted(forms(frozenset({"partir", "chat"})))
    ['parti', 'partie', 'parties', 'partis']
    """
    return frozenset(
        fold(form)
        for form, lemmas in _PARTICIPLES.items()
        if not stems.isdisjoint(map(stem, lemmas))
    )

"""Which other words may a word be a form of, that is written alike?

« Présente » is of présenter and of présent: a text answers to both, wherever it has the word.
« Partie » is a word of its own, and of partir where an auxiliary stands before it: elle est
partie; « bois » is of boire after a subject (tu bois) or before it (bois-tu), and « battant » of
battre after « en ». All are in stemming.toml; a question asks for the word that its own stem says.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from index.french.compounds import ARTICLE
from index.french.folding import fold, plain
from index.french.gluing import is_word
from index.french.lexicon import CLITICS, COMMON, any_of
from index.french.memory import Memory
from index.french.patterns import late
from index.french.stemming import DATA, complete, stem
from index.french.tokens import Token, Variant

_BETWEEN = frozenset(DATA["between"].split())
_MOST_BETWEEN = 2
_INFINITIVES = ("er", "ir", "re")
_JE = late(r"j[b-df-gk-np-tvz][a-z]{2,}")
_PRONOUN_LETTERS = frozenset("jmnst")
_GLUED = late(r"[jmnst][aeiouyh][a-z]{3,}")
"""What may be a verb with its pronoun, the apostrophe left out: jarrive, il sappelle."""
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
_CONJUGATED = _by_form(DATA["conjugated"])
_SUBJECTS = frozenset(DATA["subjects"].split())
_DETERMINERS = frozenset(DATA["determiners"].split())
_AFTER_VERBS = frozenset(DATA["after_verbs"].split()) | _BETWEEN
_PLURALS = frozenset(DATA["plurals"].split())
_NO_NOUNS = COMMON | _DETERMINERS | _PLURALS | frozenset(DATA["before_nouns"].split())
_PRESENTS = frozenset(DATA["presents"].split())
_SHORTEST_NOUN = 3
_MOST_OF_NOUN = 3
_PRONOUNS = frozenset(DATA["pronouns"].split())
_CLITICS = frozenset(DATA["clitics"].split())
_MOST_PRONOUNS = 3
_OBJECTS = frozenset(DATA["objects"].split())
_AFTER_VERB = _SUBJECTS | {"nous"}
_CONJUNCTIONS = ("", "qu", "lorsqu", "puisqu", "quoiqu", "s", "l")
"""What may be elided before a subject; « autour d'elle » is none."""
_OF_NOUS, _GERUND = "ons", "ant"
_CLOSING = ".,;:!?…»)"


class Verbs(NamedTuple):
    """What a word answers to after an auxiliary, and beside a subject."""

    participles: tuple[Variant, ...]
    conjugated: tuple[Variant, ...]


def other_readings(spelling: str, word: str, start: int, end: int) -> list[Variant]:
    """What a folded word that stands from `start` to `end` answers to everywhere.

    `spelling` is the word as the text has it: « présenté » is of a verb only.

    >>> [way.stem for way in other_readings("présente", "presente", 0, 8)]
    ['present']
    >>> other_readings("présenté", "presente", 0, 8)
    []

    No French word begins as jpense does, but « je » and a verb: jpeg and jquery are no French.

    >>> [way.stem for way in other_readings("jpense", "jpense", 0, 6)]
    ['pense']
    >>> other_readings("jpeg", "jpeg", 0, 4)
    []

    Nor does one begin as jarrive and sappelle do, of those that are no words of their own.

    >>> [way.stem for way in other_readings("sappelle", "sappelle", 0, 8)]
    ['appele']
    >>> other_readings("savoir", "savoir", 0, 6)
    []
    """
    lemmas = _of_spelling(_ALSO, spelling, word)
    if lemmas and _composed(spelling).endswith(("é", "és")):
        lemmas = [lemma for lemma in lemmas if lemma.endswith(_INFINITIVES)]
    if word[0] in _PRONOUN_LETTERS:
        glued = _JE.fullmatch(word) and complete().is_verb(word[1:])
        if glued or (_GLUED.fullmatch(word) and _is_glued(spelling, word)):
            lemmas = (word[1:],)
    return _variants(word, start, end, lemmas) if lemmas else []


def _is_glued(spelling: str, word: str) -> bool:
    """Whether a word is a pronoun and a verb; names are written with a capital: Thiers."""
    if not (word[0] == "j" or spelling.islower()) or word.endswith(("ment", "ments")):
        return False
    rules = complete()
    return rules.is_listed_verb(word[1:]) and not (rules.is_listed_verb(word) or is_word(word))


def verbs(spelling: str, word: str, start: int, end: int) -> Verbs | None:
    """What a folded word answers to as a verb; `spelling`, as the text has it.

    >>> [way.stem for way in verbs("Parties", "parties", 0, 7).participles]
    ['partir']
    >>> [way.stem for way in verbs("dû", "du", 0, 2).participles], verbs("du", "du", 0, 2)
    (['devoir'], None)
    >>> [way.stem for way in verbs("bois", "bois", 0, 4).conjugated]
    ['boire']
    """
    lemmas = _of_spelling(_PARTICIPLES, spelling, word)
    conjugated = _CONJUGATED.get(word, ())
    if not (lemmas or conjugated):
        return None
    return Verbs(
        tuple(_variants(word, start, end, lemmas)), tuple(_variants(word, start, end, conjugated))
    )


def in_place(word_verbs: Verbs, chunks: Sequence[str], at: int) -> tuple[Variant, ...]:
    """What the word of `chunks[at]` answers to, given what stands before it."""
    ways: tuple[Variant, ...] = ()
    if word_verbs.participles and after_auxiliary(chunks, at):
        ways += word_verbs.participles
    if word_verbs.conjugated:
        form = word_verbs.conjugated[0].form
        if is_conjugated(chunks, at, form):
            ways += word_verbs.conjugated
    return ways


def inverted(tokens: list[Token]) -> list[Token]:
    """The tokens of a chunk, where a verb before a pronoun answers to its infinitive: puis-je.

    >>> from index.french.compounds import run
    >>> [way.stem for way in inverted(run("Puis-je", 0))[0].variants]
    ['pouvoir']
    >>> [inverted(run(chunk, 0))[0].variants[0].stem for chunk in ("Bois-en", "Bois-le-Roi")]
    ['boire', 'boisleroi']
    """
    if not 1 < len(tokens) <= _MOST_PRONOUNS:
        return tokens
    first, words = tokens[0], {token.exact for token in tokens[1:]}
    # « il lit » and « lis-le »; « ce lit-la » may be ce lit-là
    is_verb = tokens[-1].exact in _AFTER_VERB or (first.exact.endswith("s") and words <= _OBJECTS)
    lemmas = _CONJUGATED.get(first.exact, ())
    if not (is_verb and lemmas):
        return tokens
    ways = _variants(first.exact, first.start, first.end, lemmas)
    return [first._replace(variants=(*first.variants, *ways)), *tokens[1:]]


def _of_spelling(table: Mapping[str, Sequence[str]], spelling: str, word: str) -> Sequence[str]:
    """What a table has of a folded word, or of its spelling."""
    return table.get(word) or (() if spelling.isascii() else table.get(_composed(spelling), ()))


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


def is_conjugated(chunks: Sequence[str], at: int, form: str) -> bool:
    """Return whether what stands around `chunks[at]` makes it the verb `form`.

    A subject or a pronoun before it, but for other pronouns; or a noun.

    >>> is_conjugated("Le vin qu'il ne boit".split(), 4, "bois"), is_conjugated(["le"], 0, "bois")
    (True, False)
    >>> [is_conjugated(text.split(), 1, "battant") for text in ("En battant", "Le battant")]
    [True, False]
    >>> [is_conjugated(text.split(), 1, "portions") for text in ("Nous portions", "Il portions")]
    [True, False]
    """
    subjects = _SUBJECTS
    if form.endswith(_OF_NOUS):
        subjects = frozenset({"nous"})
    elif form.endswith(_GERUND):
        subjects = frozenset({"en"})
    elided, apostrophe, _ = _bare(chunks[at]).partition("'")
    if apostrophe and (elided == "j" or elided in _CLITICS):
        return True
    for place in range(at - 1, max(-1, at - 2 - _MOST_PRONOUNS), -1):
        elided, _, word = _bare(chunks[place]).rpartition("'")
        if word in _CLITICS or (word in subjects and elided in _CONJUNCTIONS):
            return True
        if word not in _PRONOUNS:
            return place == at - 1 and _after_noun(chunks, at, form)
    return False


def _after_noun(chunks: Sequence[str], at: int, form: str) -> bool:
    """Return whether a noun stands before `chunks[at]`, and nothing makes it another noun.

    Of most verbs, what no noun has after it must follow: le maire lit un discours.

    >>> texts = ("La neige fond.", "Le maire lit un discours", "Les poules couvent", "le bois lit")
    >>> forms = ("fond", "lit", "couvent", "lit")
    >>> [_after_noun(text.split(), 2, form) for text, form in zip(texts, forms)]
    [True, True, True, False]
    >>> [_after_noun(text.split(), 2, "part") for text in ("Une grande part", "les pages part")]
    [False, False]
    """
    # « il lit », and no « tu lis »
    if not form.endswith(("t", "d")) or _bare(chunks[at]).rstrip(_CLOSING) != form:
        return False
    noun = _bare(chunks[at - 1]).rpartition("'")[2]
    if not noun.isalpha() or len(noun) < _SHORTEST_NOUN or {noun, stem(noun)} & _NO_NOUNS:
        return False
    determiner = _determiner(chunks, at - 1)
    if determiner in _PLURALS:
        return form.endswith("ent") and noun.endswith(("s", "x"))
    if not determiner and not chunks[at - 1][:1].isupper():
        return False
    if form in _PRESENTS:
        return True
    next_word = _bare(chunks[at + 1]).partition("'")[0] if at + 1 < len(chunks) else ""
    return _bare(chunks[at]) == form and next_word.rstrip(_CLOSING) in _AFTER_VERBS


def _determiner(chunks: Sequence[str], at: int) -> str:
    """Return the determiner of the noun in `chunks[at]`, adjectives and names between; or "".

    >>> [_determiner(text.split(), 2) for text in ("Son nouveau disque", "il prend part")]
    ['son', '']
    """
    for place in range(at, max(-1, at - 1 - _MOST_OF_NOUN), -1):
        elided, _, word = _bare(chunks[place]).rpartition("'")
        if place < at and word in _DETERMINERS | _PLURALS:
            return word
        if elided or not word.isalpha() or word in COMMON:
            return elided if elided in _DETERMINERS else ""
    return ""


def _bare(chunk: str) -> str:
    return plain(chunk).casefold().lstrip("«“\"'(")


# of the questions asked lately: a worker is asked others without end
@lru_cache(maxsize=256)
def forms(stems: frozenset[str]) -> frozenset[str]:
    """The folded words that answer to some of these stems beside an auxiliary or a subject.

    >>> sorted(forms(frozenset({"naitre", "chat"})))
    ['naissant']
    """
    return frozenset(
        fold(form)
        for form, lemmas in (*_PARTICIPLES.items(), *_CONJUGATED.items())
        if not stems.isdisjoint(map(stem, lemmas))
    )

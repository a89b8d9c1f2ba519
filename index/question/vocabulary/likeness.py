"""Which words look like one?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations
from string import ascii_lowercase

from index import french
from index.french.patterns import late_table

# Beyond so many letters, what begins alike is few words; below, all the slips are written down.
BEGINNING = 5
# Spellings that sound alike and differ by more than one letter, anywhere in a word.
_ALIKE = tuple(
    pair
    for spelling, other in (
        ("f", "ph"), ("k", "qu"), ("c", "qu"), ("o", "au"), ("o", "eau"), ("e", "ai"),
        ("an", "en"), ("in", "ain"), ("in", "ein"), ("s", "sc"), ("ch", "k"), ("ge", "j"),
        ("i", "y"), ("t", "th"), ("r", "rh"), ("nt", "mpt"), ("k", "ch"),
    )
    for pair in ((spelling, other), (other, spelling))
)  # fmt: skip


# What is written as it is said, for the letters that it has of Greek: more than one in a word.
_LEARNED = (
    ("f", "ph"),
    ("i", "y"),
    ("t", "th"),
    ("k", "ch"),
    ("r", "rh"),
    ("o", "au"),
    ("c", "qu"),
)
_MOST_LEARNED = 3


@late_table
def _osa() -> Callable[..., int]:
    # loaded when two words are compared: half of the questions compare none
    from rapidfuzz.distance import OSA

    return OSA.distance


def distance(word: str, other: str, most: int | None = None) -> int:
    """How many faults there are between two words; any number above `most` when there are more.

    A fault is a letter more, less, changed, or swapped with its neighbour.

    >>> distance("serveur", "sevreur"), distance("chat", "chats"), distance("chat", "loup")
    (1, 1, 4)
    """
    return _osa()(word, other, score_cutoff=most)


def alike(word: str, other: str, faults: int) -> bool:
    """Return whether two words are at so many faults of one another at most.

    >>> alike("serveur", "sevreur", 1), alike("serveur", "vers", 2)
    (True, False)
    """
    if abs(len(word) - len(other)) > faults:
        return False
    return bool(_osa()(word, other, score_cutoff=faults) <= faults)


@lru_cache(maxsize=100)
def completions(word: str, heads: tuple[str, ...]) -> Sequence[str]:
    """The forms at one fault of a word that begin with one of the heads that the word has not.

    The fault is in the head, or swaps its last letter with the next: what follows is known. No
    head begins another. The columns of an index are asked for the same.

    >>> sorted(completions("cheval", ("ce", "che", "lou")))
    ['ceeval', 'ceheval', 'cehval', 'ceval']
    """
    forms: list[str] = []
    for head in heads:
        if not word.startswith(head):
            size = len(head)
            swapped = word[size - 1 : size] + word[size + 1 :]
            ends = {word[size - 1 :], word[size:], word[size + 1 :], swapped}
            forms += [head + end for end in ends if alike(head + end, word, 1)]
    return forms


def slips(word: str) -> list[str]:
    """The forms at one slip within the first letters of a word, and those that sound like it.

    >>> forms = slips("foto")
    >>> "photo" in forms, "toto" in forms, "fot" in forms, "footo" in forms, "ofto" in forms
    (True, True, True, True, True)
    """
    last = len(word) if len(word) <= BEGINNING else BEGINNING
    letters = sorted({*ascii_lowercase, *word})
    forms: dict[str, None] = {}
    for at in range(last):
        before, after = word[:at], word[at + 1 :]
        forms[before + after] = None
        if after:
            forms[before + after[0] + word[at] + after[1:]] = None
        for letter in letters:
            forms[before + letter + after] = None
            forms[before + letter + word[at:]] = None
    if last == len(word):
        forms.update((word + letter, None) for letter in letters)
    for spelling, other in _ALIKE:
        at = word.find(spelling)
        while at >= 0:
            forms[word[:at] + other + word[at + len(spelling) :]] = None
            at = word.find(spelling, at + 1)
    forms.update(dict.fromkeys(_learned(word)))
    forms.pop(word, None)
    forms.pop("", None)
    return list(forms)


def one_fault(word: str) -> Iterator[str]:
    """Yield the forms at one fault of a word, in any of its letters; some of them twice.

    >>> forms = {*one_fault("vonnt")}
    >>> "vont" in forms, "vonnat" in forms, "vnont" in forms, "vonnte" in forms, "von" in forms
    (True, True, True, True, False)
    """
    for at in range(len(word) + 1):
        before, after = word[:at], word[at:]
        for letter in ascii_lowercase:
            yield before + letter + after
            if after:
                yield before + letter + after[1:]
        if after:
            yield before + after[1:]
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]


def _learned(word: str) -> list[str]:
    """A word with the letters of two or three of its sounds as learned words have them.

    >>> "rythme" in _learned("ritme"), "philosophie" in _learned("filosofie")
    (True, True)
    """
    pairs = [pair for pair in _LEARNED if pair[0] in word]
    forms = []
    for size in range(1, _MOST_LEARNED + 1):
        for replaced in combinations(pairs, size):
            form = word
            for spelling, other in replaced:
                form = form.replace(spelling, other)
            forms.append(form)
    return forms


def guess(word: str) -> str:
    """Return the term by which a word is looked for that nobody typed.

    Its stem, where it begins as the word does. Of « saura » or « yeux », the form itself: what
    else « savoir » has (sachant, su) is like nothing that was typed.

    >>> guess("salaires"), guess("journaux"), guess("saura"), guess("yeux")
    ('salaire', 'journal', 'saura', 'yeux')
    """
    stem = french.stem(word)
    return stem if word.startswith(stem[: len(word) // 2 + 1]) else word

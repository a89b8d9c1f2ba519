"""What may words of a question be together with their neighbours?

One word, one number, a date, a name in one piece, or what synonyms say of several words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from index import french
from index.question import clauses, numerals, wordings
from index.question.clauses import Alternative
from index.question.lookups import Lookups
from index.question.typed import Unit
from index.question.wordings import LONGEST_KEY, Wordings

_COLUMNS = ("text", "variants")


def of_words(
    units: Sequence[Unit], question: str, lookups: Lookups, words: Wordings
) -> list[list[Alternative]]:
    """Return, for each of some plain words in a row, the other ways to write it.

    Each of two words has the joined form as an alternative: (a or ab) and (b or ab) is
    (a and b) or ab.
    """
    alternatives: list[list[Alternative]] = [[] for _ in units]
    for first, after, alternative in numerals.together(units, question):
        ways = [alternative, *words.of_form(alternative.words[0])]
        for number in range(first, after):
            alternatives[number] += ways
    for left in range(len(units) - 1):
        pair = units[left : left + 2]
        if any(unit.common or len(unit.tokens) > 1 for unit in pair):
            continue
        row = [word for unit in pair for word in unit.words]
        for form in lookups.joined(row, ("variants", "text"), ("stem",)):
            for number in (left, left + 1):
                alternatives[number].append(clauses.joined(french.stem(form), form))
        # jeanne darc: « arc » alone would be any arc
        for bare_word in lookups.elided_name(pair[1].words[0]):
            name = clauses.Alternative("", (*pair[0].words, bare_word))
            alternatives[left].append(name)
            alternatives[left + 1].append(name)
    for number, name in wordings.of_names(units, question):
        if len(name.words) > 1 or lookups.holds(name.words[0], _COLUMNS):
            alternatives[number].append(name)
    for first, after, form in wordings.in_one(units, lookups.holds):
        for number in range(first, after):
            alternatives[number].append(clauses.joined(french.stem(form), form))
    for first, after, other in _otherwise(units, question, lookups, words) if words else ():
        for number in range(first, after):
            alternatives[number].append(other)
    for first, after, value in numerals.values(units):
        # alone, a word is the number, and the word
        value = value._replace(instead=len(units) > 1)
        for number in range(first, after):
            alternatives[number].append(value)
    return alternatives


def _otherwise(
    units: Sequence[Unit], question: str, lookups: Lookups, words: Wordings
) -> Iterator[numerals.Spread]:
    """Yield what words in a row may also be: numbers, and the synonyms of several words."""
    yield from numerals.otherwise(units, question, lookups.holds)
    yield from wordings.of_titles(units, question)
    yield from wordings.of_verses(units, question)
    spaced = [" ".join(unit.words) for unit in units]
    for first in range(len(units)):
        for after in range(first + 2, min(first + LONGEST_KEY, len(units)) + 1):
            for alternative in words.of(" ".join(spaced[first:after])):
                yield first, after, alternative
    for number, unit in enumerate(units[1:]):
        # parce qu'il
        if french.fold(question[unit.cut[0] : unit.start]).endswith("qu'"):
            for alternative in words.of(f"{spaced[number]} que"):
                yield number, number + 1, alternative

"""Which runs of common words does a text hold, so that a phrase of them is looked up and not met?

« de la » is met by going through the places of two words that are nearly everywhere: hundreds of
milliseconds in a million passages. Beside the exact reading, every run of two or of three common
words is a term: a phrase of two or three of them is that term, and a longer one is where all its
runs of three are, and itself. What matches is the same; only where a run is very common is it
ranked by its own frequency.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import compress, count
from operator import and_, is_

from whoosh import query

NAME = "runs"
"""The column of runs."""
FIELD = "text"
"""The column whose phrases they stand for."""
COMMON = frozenset({
    "a", "ai", "au", "aux", "avec", "bien", "ce", "ces", "cette", "comme", "dans", "de", "des",
    "du", "elle", "en", "est", "et", "etait", "etre", "fait", "il", "je", "la", "le", "les",
    "leur", "lui", "ma", "mais", "me", "meme", "mon", "ne", "nous", "on", "ont", "ou", "par",
    "pas", "peut", "plus", "pour", "que", "qui", "sa", "sans", "se", "ses", "si", "son", "sont",
    "sur", "tous", "tout", "un", "une", "vous", "y"
})  # fmt: skip
"""Folded words that a fifth of French passages hold, or nearly so."""
# Of fewer passages, a phrase is ranked as it always was: by its words.
MANY = 10_000
_LONGEST = 3

_common = COMMON.__contains__


def runs(text: str) -> str:
    """The runs of a text of exact terms, in order, joined by one space.

    >>> runs("il y a de la lune dans le ciel")
    'il_y il_y_a y_a y_a_de a_de a_de_la de_la dans_le'
    """
    words = text.split()
    flags = [*map(_common, words), False]
    terms: list[str] = []
    # most words are looked at by no line of Python
    for place in compress(count(), map(and_, flags, flags[1:])):
        pair = f"{words[place]}_{words[place + 1]}"
        terms.append(pair)
        if flags[place + 2]:
            terms.append(f"{pair}_{words[place + 2]}")
    return " ".join(terms)


def shortened(tree: query.Query, scored: bool, frequency: Callable[[str], int]) -> query.Query:
    """The tree with the runs in place of the phrases of common words; what it matches is the same.

    frequency: how many records hold a run. When `scored`, only what many hold is replaced, and
    nothing of what merely ranks.

    >>> shortened(query.Phrase("text", ["de", "la"]), False, lambda run: 5)
    Term('runs', 'de_la')
    """
    kind = type(tree)
    if kind is query.Phrase:
        return _shortened(tree, scored, frequency)
    if kind is query.And or kind is query.Or:
        before = tree.subqueries
        # most leaves are words, and most trees have nothing to shorten
        subs = [
            sub if type(sub) is query.Term else shortened(sub, scored, frequency) for sub in before
        ]
        return tree if all(map(is_, subs, before)) else kind(subs)
    if kind is query.AndMaybe:
        required = shortened(tree.a, scored, frequency)
        return tree if required is tree.a else query.AndMaybe(required, tree.b)
    if kind is query.Not:
        return query.Not(shortened(tree.query, False, frequency))
    if kind is query.ConstantScoreQuery:
        return query.ConstantScoreQuery(shortened(tree.child, False, frequency), tree.score)
    return tree


def _shortened(phrase: query.Phrase, scored: bool, frequency: Callable[[str], int]) -> query.Query:
    if not _long(phrase):
        return phrase
    words = phrase.words
    size = min(_LONGEST, len(words))
    runs = ["_".join(words[at : at + size]) for at in range(len(words) - size + 1)]
    if scored and min(map(frequency, runs)) < MANY:
        return phrase
    terms = [query.Term(NAME, run, boost=phrase.boost) for run in dict.fromkeys(runs)]
    if len(words) <= _LONGEST:
        return terms[0]
    # what merely filters scores nothing
    return query.And([*(query.ConstantScoreQuery(term, 0.0) for term in terms), phrase])


def _long(phrase: query.Phrase) -> bool:
    words: Sequence[str] = phrase.words
    return (
        phrase.fieldname == FIELD
        and len(words) > 1
        and getattr(phrase, "slop", 1) == 1
        and all(map(_common, words))
    )

"""Which names does the index have near one that it lacks, and how is a name asked for?

People half remember names: a letter, a capital, an underscore, the digits at the end. What is
left of a name without these is compared, as a whole and word by word.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from string import ascii_lowercase

from index import french
from index.french.patterns import late
from index.question.vocabulary import likeness
from index.question.vocabulary.expanding import Vocabulary

# A column of more names than these is not read whole: commenters of a newspaper are as many as
# its readers, authors and rubrics never are.
_MOST = 2000
_WHOLE = frozenset({"author", "category"})
_LEFT_OUT = late(r"[\W\d_]+")
_WORDS = late(r"[^\W_]+")
_BEFORE = ("_", "le ", "la ", "les ", "l'", "le_", "la_", "les_", "m. ", "mme ")
# Letters from which a name may hold two slips.
_LONG = 8
_MOST_WORDS = 5
"""Of a name, of which some in a row are compared."""
_PLAIN = late(r"[\w-]*\w")


def bare(name: str) -> str:
    """A name's letters: no capitals, accents, blanks, digits or signs; all of one without any.

    >>> bare("Jean-Michel_DATA 75"), bare("2600")
    ('jeanmicheldata', '2600')
    """
    folded = french.fold(name)
    return _LEFT_OUT.sub("", folded) or folded.strip()


def question_of(field: str, name: str) -> str:
    """The question that finds a name of a field, just as it is shown.

    >>> question_of("pseudo", "Zoé"), question_of("pseudo", "Le petit Max")
    ('pseudo:Zoé', 'pseudo:"Le petit Max"')
    >>> question_of("auteur", 'M. "X"')
    'auteur:«M. "X"»'
    >>> question_of("auteur", '»0"'), question_of("auteur", '"0»')
    ('auteur:"»0*"', 'auteur:«"0*»')
    """
    if _PLAIN.fullmatch(name) and not name.startswith("-"):
        return f"{field}:{name}"
    if not _DOUBLE.intersection(name):
        return f'{field}:"{name}"'
    if "»" not in name:
        return f"{field}:«{name}»"
    # marks of both kinds: its beginning, as far as no mark ends it
    double = min(name.find(mark) for mark in _DOUBLE.intersection(name))
    if name.index("»") < double:
        return f'{field}:"{name[:double]}*"'
    return f"{field}:«{name[: name.index('»')]}*»"


_DOUBLE = frozenset('"“”„‟″')


def near(vocabulary: Vocabulary, column: str, name: str, most: int = 3) -> list[tuple[str, int]]:
    """The folded names of a column near one, with how many passages have each; nearest first.

    Those that are the same without signs and digits, then those at one slip, two in a long one,
    then those that have it among their words, exactly or at one slip.

    >>> class Held(Vocabulary):
    ...     def freq(self, field: str, term: str) -> int:
    ...         return 0
    ...     def words(self, field: str, prefix: str, limit: int | None = None) -> list[...]:
    ...         rows = [("grelo_7", 3), ("gros", 9)]
    ...         return [pair for pair in rows if pair[0].startswith(prefix)]
    >>> near(Held(), "commenter", "grelo75")
    [('grelo_7', 3)]
    """
    folded = french.fold(name).strip()
    letters = bare(name)
    if not letters:
        return []
    scored = []
    for name_near, freq in dict(_candidates(vocabulary, column, folded, letters)).items():
        distance = _distance(letters, bare(name_near), name_near)
        if distance is not None and name_near != folded:
            # of two names as near, the one whose signs and digits are nearest
            scored.append((distance, likeness.distance(folded, name_near), -freq, name_near))
    return [(name_near, -freq) for _, _, freq, name_near in sorted(scored)[:most]]


def _candidates(
    vocabulary: Vocabulary, column: str, folded: str, letters: str
) -> Iterable[tuple[str, int]]:
    if column in _WHOLE:
        yield from vocabulary.words(column, "", _MOST)
        return
    for head in _heads(folded, letters):
        yield from vocabulary.words(column, head)
    for word in (folded, letters):
        yield from vocabulary.slips(column, word)


def _heads(folded: str, letters: str) -> set[str]:
    """How the names near one may begin: as it does, after an article or a sign, or at one slip."""
    heads = {folded[:2], letters[:2], *(before + letters[:2] for before in _BEFORE)}
    if len(letters) > 2:
        heads |= {letters[1:4], letters[1] + letters[0] + letters[2]}
        for letter in ascii_lowercase:
            heads |= {letter + letters[:2], letter + letters[1:3]}
    return heads


def _distance(letters: str, other_letters: str, other_name: str) -> int | None:
    """How far a name is; None when it is another name."""
    allowed = 0 if len(letters) < 3 else 1 if len(letters) < _LONG else 2
    distance = likeness.distance(letters, other_letters, allowed)
    if distance <= allowed:
        return distance
    words = _WORDS.findall(other_name)
    if letters in (other_letters if len(letters) > 2 else words):
        return 3
    # pseudo:Jeann-Michel Data without quotes asks for the beginning of a name, with its slip
    runs = ["".join(words[i:j]) for i, j in combinations(range(len(words[:_MOST_WORDS]) + 1), 2)]
    slips = min(likeness.distance(letters, run, allowed) for run in runs or [""])
    return 4 if slips <= allowed and len(letters) > 3 else None

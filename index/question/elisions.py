"""How else may the elisions of some words be typed?

A telephone's keyboard hides the apostrophe: who types « l identité » or « aujourd hui » means
l'identité and aujourd'hui, and who comments writes so too.
"""

from __future__ import annotations

from index import french
from index.french.lexicon import ELIDED, LEXICAL, any_of
from index.french.patterns import late
from index.question.grammar import LIMITS
from index.question.typed import Unit

# c' stands before e alone: c'est, c'en, but for « c quoi »; z', p' and v' are never typed apart,
# nor is grand' a grand; after a number, m and l are units
_BEFORE_VOWELS = any_of({*ELIDED} - {"c", "z"})
_IN_WORDS = any_of(LEXICAL - {"p", "v", "grand", "contr", "entr"})
_SPACED = late(
    rf"(?<![\w'-])(?<!\d )(?:({_BEFORE_VOWELS})\s+(?=[aeiouyh])|(c)\s+(?=e|(?:k|qu)oi\b)"
    rf"|({_IN_WORDS}|y(?=\s+(?:en|a|avait)\b))\s+(?=\w))"
)
_ELIDED = late(rf"(?:(?<=\W)({any_of(ELIDED)})|(?<!\w)({any_of(LEXICAL | {'y'})}))'\s*(?=\w)")


def otherwise(text: str) -> list[str]:
    """A text with all its elisions in apostrophes, and with all of them spaced, where it differs.

    One that begins the text is left: what holds « d accès » holds « accès ».

    >>> otherwise("clés d accès"), otherwise("aujourd’hui, c'est fini")
    (["cles d'acces"], ['aujourd hui, c est fini'])

    A capital alone, but at the beginning, is a name.

    >>> otherwise("vitamine D active"), otherwise("L identité")
    ([], ["l'identite"])
    """
    opened = _opened(text)
    spellings = _SPACED.sub(r"\1\2\3'", opened), _ELIDED.sub(r"\1\2 ", opened)
    return [spelling for spelling in spellings if spelling != opened]


def rows(text: str) -> list[list[str]]:
    """The exact words of a text with its elisions typed otherwise, one list a way.

    >>> rows("clés d accès"), rows("clés d’accès")
    ([['cles', 'acces']], [['cles', 'd', 'acces']])
    """
    ways = (french.tokens(spelling)[: LIMITS.phrase] for spelling in otherwise(text))
    return [[token.exact for token in tokens] for tokens in ways if tokens]


def begins(question: str, unit: Unit, next_unit: Unit | None) -> bool:
    """Return whether a unit of a question is the beginning of the next, as in « c est »."""
    if next_unit is None or next_unit.start != unit.end + 1:
        return False
    word, next_word = (question[part.start : part.end] for part in (unit, next_unit))
    return opens(word, next_word, first=unit.start == 0)


def opens(word: str, after: str, *, first: bool) -> bool:
    """Return whether a word of a question, its first or not, is an elision of the word after it.

    >>> opens("c", "est", first=False), opens("c", "or", first=False)
    (True, False)

    So is the « no » of a number, as n° is: loi no 2016-1691.

    >>> opens("no", "2016", first=False), opens("no", "limit", first=False)
    (True, False)

    A capital within a question is a name: vitamine C est.

    >>> opens("C", "est", first=True), opens("C", "est", first=False)
    (True, False)
    """
    if first:
        word = word.lower()
    if word in ("no", "nos") and after[:1].isdecimal():
        return True
    return _SPACED.match(french.plain(f"{word} {after}")) is not None


def _opened(text: str) -> str:
    plain_text = french.plain(text)
    return plain_text[:1].lower() + plain_text[1:]

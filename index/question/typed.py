"""How is one typed word read: as a word, several, a prefix, a misspelling?

What the reader typed between two white spaces, before any word of the index is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from index import french
from index.french import Token, Variant
from index.french.chunks import CAPITALS
from index.french.lexicon import CLITICS, MEASURES, any_of
from index.french.patterns import late
from index.french.tokens import WORDED, term

_SENTENCE_END = "?!.,;:…"
_PROSE = late(r"[\s?!.,;:…–—\-/&'’+]*")
_FUZZY = late(r"(.*[^~])~(\d{0,3})", re.DOTALL)
_WILD = late(r"[*?]")
# "sora,veo" is two words; "1,5", "red-team" and "next.ink" are one
_LIST = late(r"[,;!?…«»\"()\[\]{}<>|*~\s]|[:=]\s*$")


_AFTER_NAME = late(r"[\s?!…]*$|\s+[b-df-gj-np-tv-xz]")
_BELOW_ZERO = late(r"[-‐‑−－–]\d")
_SHORT = 2
_PRONOUNS = CLITICS | {"t"}
_ASKING = frozenset({"est", "a", "ai", "as", "etait", "avait", "ont", "sera", "aura"})
_AUXILIARY = late(r"(?:[jn]['’]ai|[tnm]['’]as)(?![\w'’])", re.IGNORECASE)
"""« J’ai », « t’as »: their « ai » and « as » are neither AI nor a card."""


LETTER_WORDS = frozenset(map(str.casefold, CAPITALS))
"""Letters that are words too, of which a text keeps the capital."""


class Unit(NamedTuple):
    """A plain word, or words held together by a hyphen or the like; offsets in the question.

    `cut` is what to take out of the question with it: its article, its full stop.
    """

    start: int
    end: int
    tokens: tuple[Token, ...]
    cut: tuple[int, int]

    @property
    def common(self) -> bool:
        first, *rest = [token.exact for token in self.tokens]
        if self.tokens[0].rule == "auxiliary":
            return True
        # est-ce, a-t-il: "est" alone may be the east
        asking = bool(rest) and first in _ASKING and _PRONOUNS.issuperset(rest)
        return asking or all(map(is_common, self.tokens))

    @property
    def words(self) -> list[str]:
        return [token.exact for token in self.tokens]


class TypedWord(NamedTuple):
    """`text` is what is to be read, without the marks at its ends."""

    text: str
    faults: int | None = None
    wild: bool = False
    stripped: bool = False
    """A wildcard at its beginning was taken off."""


def read(text: str) -> TypedWord:
    """Tell the marks of a typed word from its letters.

    >>> read("midjourny~2")
    TypedWord(text='midjourny', faults=2, wild=False, stripped=False)
    >>> read("Sora?").wild, read("m?t").wild, read("http://a.fr/?b").wild
    (False, True, False)
    """
    body = text.rstrip(_SENTENCE_END) or text
    faults: int | None = None
    fuzzy = _FUZZY.fullmatch(body)
    if fuzzy:
        body, faults = fuzzy[1], int(fuzzy[2] or 1)
    bare = body.lstrip("*?")
    wild = bool(_WILD.search(bare)) and "://" not in bare
    return TypedWord(bare, faults, wild, bare != body and bool(bare))


def units(text: str, offset: int) -> list[Unit]:
    """The words in what was typed at `offset` of the question.

    >>> [unit.words for unit in units("red-team,veo", 0)]
    [['red', 'team'], ['veo']]
    >>> [unit.words for unit in units("-5°C", 0)]
    [['moins'], ['5', '°c']]
    >>> [unit.words for unit in units("merci🙏", 0)]
    [['merci'], ['🙏']]
    """
    groups: list[list[Token]] = []
    is_below_zero = _BELOW_ZERO.match(text) is not None
    words, emojis = without_emojis(french.tokens(" " + text[1:] if is_below_zero else text))
    auxiliaries = {match.end() for match in _AUXILIARY.finditer(text)}
    for token in sorted([*words, *emojis]):
        if token.end in auxiliaries and token.rule == "elision":
            token = token._replace(rule="auxiliary")
        if groups and _repeats_emoji(groups[-1][-1], token):
            # 🙏🙏🙏 is 🙏
            groups[-1][-1] = groups[-1][-1]._replace(end=token.end)
        elif groups and _joined(text, groups[-1], token):
            groups[-1].append(token)
        else:
            groups.append([token])
    if is_below_zero:
        # « moins 5 °C »: what is not below zero is something else
        groups.insert(0, [term("moins", 0, 1, "word")])
    units: list[Unit] = []
    for tokens in groups:
        start, end = offset + tokens[0].start, offset + tokens[-1].end
        cut = start if units else offset, end if tokens is not groups[-1] else offset + len(text)
        units.append(Unit(start, end, tuple(tokens), cut))
    return units


def _joined(text: str, before: list[Token], token: Token) -> bool:
    """Whether a token belongs to the word that those before it began.

    A pronoun after its verb (dit-il, bénéficie-t-elle) is a word of its own, and so is what
    follows a bar (collègue/voisin) or a plus (collègue+voisin).
    """
    last = before[-1]
    if last.exact in ("n°", "§") or "emoji" in (last.rule, token.rule):
        return False
    if _LIST.search(text, last.end, token.start):
        return False
    between = text[last.end : token.start]
    short = min(len(last.exact), len(token.exact)) <= _SHORT
    if between == "/" and not short and last.rule != "url":
        return False
    if between == "+" and not short and last.exact.isalpha() and token.exact.isalpha():
        return False  # chat+chien
    if between == "-" and before[0].exact in _ASKING and token.exact in _PRONOUNS:
        return True
    is_whole = any(variant.end >= token.end for first in before for variant in first.variants)
    return is_whole or token.exact not in _PRONOUNS


def _repeats_emoji(before: Token, token: Token) -> bool:
    return before.rule == "emoji" and (before.exact, before.end) == (token.exact, token.start)


def without_emojis(tokens: Sequence[Token]) -> tuple[list[Token], list[Token]]:
    """Return the words of a row, and its emojis, which have no place among a text's words."""
    words = [token for token in tokens if token.rule != "emoji"]
    emojis = [token for token in tokens if token.rule == "emoji"]
    ways = (way for token in words for way in token.variants if way.part)
    emojis += [
        term(way.form, way.start, way.end, "emoji")
        for way in ways
        if not any(map(str.isalnum, way.form))
    ]
    return words, emojis


def prose(text: str) -> bool:
    """Return whether it is punctuation as sentences have it, which nobody means to search."""
    return _PROSE.fullmatch(text) is not None


def written_as_one(tokens: Sequence[Token]) -> list[str]:
    """The forms in one word of a whole row: redteam for red-team."""
    if len(tokens) < 2:
        return []
    ends = tokens[0].start, tokens[-1].end
    variants = [variant for token in tokens for variant in token.variants if not variant.part]
    forms = [variant.form for variant in variants if (variant.start, variant.end) == ends]
    # a number in words is not written as one, but read
    return [form for form in forms if not form.startswith(WORDED)]


LAW = late(r"(?:lo|[lrda])\d++(?:-\d++)++")
"""The canonical form of an article of law."""
_UNIT = rf"(?:{any_of(set(MEASURES.values()))})"
_AMOUNT = late(rf"[\d.]+(?:h\d\d|(?:°\d+)?min\d+s|{_UNIT}(?:/(?:100)?{_UNIT})*)|{LAW.pattern}")


def amount(tokens: Sequence[Token], variants: Sequence[Variant]) -> Variant | None:
    """Return the one form by which texts answer to a quantity or an article of law; else None.

    Its words would find others: 12 h 30, for 12 h; 10 personnes et 5 km, for 10 km; L. 123-4-1, for
    L. 123-4. Of a unit that is written out, see `counted`.

    >>> [amount(row, row[0].variants) for row in map(french.tokens, ("12h", "5jours"))]
    [Variant(form='12h', stem='12h', start=0, end=3, part=False), None]
    """
    if tokens[0].rule not in ("number", "symbol", "law"):
        return None
    forms = (form for form in variants if _AMOUNT.fullmatch(form.form))
    last = tokens[-1]
    # 80 km, 10 g/l; $10, 9 h 30
    is_short = last.rule == "symbol" or last.exact[0].isdecimal()
    return next((form for form in forms if is_short or form.form.endswith(last.exact)), None)


def counted(tokens: Sequence[Token], form: str) -> bool:
    """Whether a form is of a number and its unit written out: 30 jours, deux cents euros.

    Its words count where they are together too (les 30 premiers jours), and no 5 enfants de 10 ans
    is of 5 ans. Of degrees they do not: -12 degrés is no 12 degrés.
    """
    is_plain = "°" not in form and "/" not in form and tokens[-1].exact.isalpha()
    return is_plain and _AMOUNT.fullmatch(form) is not None


def accented(token: Token) -> list[str]:
    """A word with its accents, where they alone tell it from another: mûr, marché."""
    forms = (variant.form for variant in token.variants)
    return [form for form in forms if french.fold(form) != form]


def is_common(token: Token) -> bool:
    """Whether a word is common as it is typed: « mais » is, and no « maïs », né or sûr.

    >>> [is_common(french.tokens(word)[0]) for word in ("mais", "maïs", "à")]
    [True, False, True]
    """
    # A has its capital, which is_letter_name knows
    has_accents = len(token.exact) > 1 and bool(accented(token))
    return token.exact in french.COMMON and not has_accents


def is_letter_name(question: str, unit: Unit) -> bool:
    """Whether a unit of a question is a letter that names: vitamine D, RER D bloqué, Model Y.

    Not where it may be a word: first, before a vowel (L Oréal), a capital (J Chirac), or
    where all is in capitals (IL Y A).

    >>> questions = ("série S", "votez L Oréal")
    >>> [is_letter_name(question, units(question[6:7], 6)[0]) for question in questions]
    [True, False]
    """
    letter, before, after = (
        question[unit.start : unit.end],
        question[: unit.start],
        question[unit.end :],
    )
    if len(letter) > 1 or not letter.isupper() or not before.strip():
        return False
    if letter in CAPITALS and question.isupper():
        return False
    return _AFTER_NAME.match(after) is not None


_CODE = late(r"(?<![^\W_])(?:[A-Z]{2} \d{3} [A-Z]{2}|[A-Z](?: [A-Z]){2,})(?![^\W_])")


def is_of_code(question: str, unit: Unit) -> bool:
    """Return whether a unit is of a number plate or an acronym in pieces: no common word.

    >>> [is_of_code("AB 123 CE", unit) for unit in units("CE", 7)]
    [True]
    >>> [is_of_code("la S N C F", unit) for unit in units("S N", 3)]
    [True, True]
    >>> [is_of_code("AB 123 ce", unit) for unit in units("ce", 7)]
    [False]
    """
    codes = _CODE.finditer(question)
    return any(code.start() <= unit.start and unit.end <= code.end() for code in codes)

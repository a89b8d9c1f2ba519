"""Which words does an inclusive form stand for?

abonné·e·s, abonné(e)s, lecteur-rice, développeurs/euses, agriculteurs/agricultrices: one word,
read as its masculine, that also answers to its feminine and to both numbers.
"""

from __future__ import annotations

from collections.abc import Mapping

from index.french.patterns import late
from index.french.stemming import stem
from index.french.tokens import Token, variant

Endings = Mapping[str, Mapping[str, str]]
"""A feminine ending as it is written after the sign → the masculine endings it may follow → what
replaces them: {"rice": {"eur": "rice"}}. Folded."""

_OF_SOMEONE = 2
"""Words of quelqu'un·e."""
_LETTER = r"[^\W\d_]"


def pattern(endings: Endings) -> str:
    """The regular expression of what may be an inclusive form in plain text, case ignored."""
    # what stands before the sign is looked at once it is read: it is written once for them all
    suffixes = "|".join(
        f"(?:{_after(endings[feminine])}){feminine}"
        for feminine in sorted(endings, key=len, reverse=True)
    )
    any_ending = "|".join(sorted(endings, key=len, reverse=True))
    # A full stop joins letters of one case: « national.Les » is the end of a sentence.
    sign = r"(?:[·/_*-]|(?-i:(?<=[a-z])\.(?=[a-z])|(?<=[A-Z])\.(?=[A-Z])))"
    return (
        rf"(?<!\w){_LETTER}{{2,60}}+(?:"
        # suffixes are long to compile, and written once: what follows depends on the sign
        rf"(?:{sign}|(?P<bracket>\())(?:{suffixes})"
        rf"(?(bracket)(?:s?\)|\)s|\)\(s\))(?!\w)"
        rf"|(?:[·./_*-]?x)?(?:[·./_*-]?s)?(?!\w)(?![·.]\w))"
        rf"|{sign}[xs]{sign}(?:{any_ending})(?:{sign}?s)?(?!\w)"
        rf"|(?<={_LETTER}{{3}})\([sx]\)(?!\w)"
        rf"|(?<={_LETTER}{{4}})[/·]{_LETTER}{{4,60}}+(?![/·]?\w))"
    )


def _after(masculines: Mapping[str, str]) -> str:
    return "|".join(f"(?<={ending}{s}.)" for ending in masculines for s in ("", "s"))


_LETTERS = late(rf"{_LETTER}+")


def forms(text: str, endings: Endings) -> tuple[str, ...]:
    """The masculine as it is meant, then the other forms; nothing when it is no inclusive form.

    >>> forms("lecteur·rice·s", {"rice": {"eur": "rice"}})
    ('lecteurs', 'lecteur', 'lectrice', 'lectrices')
    >>> forms("agriculteurs/agricultrices", {}), forms("linux/windows", {})
    (('agriculteurs', 'agricultrices'), ())
    >>> forms("tou·x·tes", {"te": {"tou": "toute"}}), forms("tou·s·tes", {"te": {"tou": "toute"}})
    (('tous', 'tout', 'toute', 'toutes'), ('tous', 'tout', 'toute', 'toutes'))
    """
    base, *suffixes = _LETTERS.findall(text)
    if len(suffixes) > 1:
        # tou·x·tes, étudiant·e·x·s: for those who are neither; tou·s·tes has both plurals
        suffixes = [piece for piece in suffixes if piece != "x"]
        suffixes = suffixes[suffixes[0] == "s" :]
    ending = "".join(suffixes)
    if ending in ("s", "x"):
        return (base + ending, base)
    suffix = ending if ending in endings else ending.removesuffix("s")
    if suffix not in endings:
        return _pair(base, ending) if len(suffixes) == 1 else ()
    plural = suffix != ending
    if base == "tous" or (base.endswith("s") and not base.endswith(("ais", "ois", "us"))):
        base, plural = base[:-1], True
    masculine = max(
        (termination for termination in endings[suffix] if base.endswith(termination)),
        key=len,
        default=None,
    )
    if masculine is None:
        return ()
    woman = base[: len(base) - len(masculine)] + endings[suffix][masculine]
    man = _singular(base)
    if not plural and man == base:
        return (man, woman)
    return (_plural(man), man, woman, woman + "s")


_CAPITALS = late(r"([A-Z]?[a-z]{3,})([A-Z]{1,5})(s|S)?")
_OF_BOTH = late(r"([a-z]{2,}eur)ice(s?)")


def capitals(text: str, endings: Endings) -> tuple[str, ...]:
    """The forms of militantEs, citoyenNEs and of lecteurices; nothing for another word.

    >>> capitals("militantEs", {"e": {"t": "te"}})
    ('militants', 'militant', 'militante', 'militantes')
    >>> capitals("auteurice", {}), capitals("macOS", {"e": {"t": "te"}})
    (('auteur', 'autrice'), ())
    """
    match_of_both = _OF_BOTH.fullmatch(text.casefold())
    if match_of_both:
        man, woman = match_of_both[1], match_of_both[1][:-3] + "rice"
        return (man + "s", man, woman, woman + "s") if match_of_both[2] else (man, woman)
    match = _CAPITALS.fullmatch(text)
    if match is None or match[2].casefold() not in endings:
        return ()
    return forms(f"{match[1]}-{match[2]}{match[3] or ''}".casefold(), endings)


def _pair(first: str, second: str) -> tuple[str, ...]:
    """Two whole words that are one word, the masculine first: it has less of an ending."""
    if first == second or stem(first) != stem(second):
        return ()
    feminine = [word.rstrip("s").endswith("e") for word in (first, second)]
    return (second, first) if feminine == [True, False] else (first, second)


def _singular(masculine: str) -> str:
    if masculine == "tou":
        return "tout"
    return masculine[:-3] + "al" if masculine.endswith("aux") else masculine


def _plural(masculine: str) -> str:
    if masculine == "tout":
        return "tous"
    if masculine.endswith("al"):
        return masculine[:-2] + "aux"
    return masculine + ("" if masculine[-1] in "sx" else "x" if masculine.endswith("eau") else "s")


def someone(tokens: list[Token]) -> list[Token]:
    """The tokens of a chunk; quelqu'un·e answers to quelqu'un and to quelqu'une."""
    if len(tokens) < _OF_SOMEONE or tokens[0].exact != "quelqu" or tokens[1].rule != "inclusive":
        return tokens
    start, end = tokens[0].start, tokens[1].end
    forms = [tokens[1].exact, *(way.form for way in tokens[1].variants)]
    variants = [variant("quelqu" + form, start, end) for form in forms]
    return [tokens[0].with_variants(*variants), *tokens[1:]]

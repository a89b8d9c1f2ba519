"""In which other words may some words of a question be said?

By the synonyms that people list, by what says figures in words, and by how names are written:
LePen, Le Pen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise

from index import french
from index.french import Token, gluing, number_words
from index.french.lexicon import any_of
from index.french.patterns import late
from index.question import clauses, spoken, typed
from index.question.clauses import Alternative
from index.question.grammar import LIMITS
from index.question.typed import Unit

# Words that may be one together, and of how many in a question it is looked up.
_LONGEST_GLUED = 6
_MOST_GLUED = 12
_CODE = 6
_BAG, _WORD_COLUMNS = ("variants",), ("text", "variants")
_PIECES = 4
_SMALL = 2
"""Figures of a day or a score: 4-2 is no « 4 et 2 »."""
_UNIT = 2
"""Letters of a unit at most: 10h38 is no compound."""
_NAMES = 3
"""Letters of a name with its sign: C+ is none."""
LONGEST_KEY = 4
"""Words of what synonyms say otherwise."""
_NAME = late(r"[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]+")
_NAMES_IN_ONE = late(rf"(?:{_NAME.pattern}){{2,3}}")


class Wordings:
    """The other ways to say words, by `synonyms`; without any, nothing is said otherwise."""

    def __init__(self, synonyms: Mapping[str, tuple[str, ...]]) -> None:
        self._synonyms = synonyms

    def __bool__(self) -> bool:
        return bool(self._synonyms)

    def of(self, key: str, form: str = "") -> list[Alternative]:
        """The other ways to say words, given joined by one space; `form`: what they are one of.

        A plural that has none of its own has those of its singular: oignons, ognon.
        """
        alternatives = []
        synonyms = self._synonyms.get(key) or self._synonyms.get(_singular(key), ())
        for way in (*synonyms, *spoken.in_words(form or key)) if self else ():
            tokens = french.tokens(way)[: LIMITS.phrase]
            if tokens:
                words = [token.exact for token in tokens]
                alternatives.append(clauses.synonym(tokens[0].stem, words))
                alternatives += [
                    clauses.synonym(form, [form]) for form in typed.written_as_one(tokens)
                ]
        return alternatives

    def of_pieces(self, words: Sequence[str]) -> list[Alternative]:
        """A compound with one of its words said otherwise: St-Denis is Saint-Denis."""
        rows = [
            [*words[:place], *(token.exact for token in french.tokens(other)), *words[place + 1 :]]
            for place, word in enumerate(words)
            if word.isalpha() and word not in french.COMMON
            for other in self._synonyms.get(word) or self._synonyms.get(_singular(word), ())
        ]
        # deux-roues is 2-roues
        rows += [
            [*words[:place], figures, *words[place + 1 :]]
            for place, word in enumerate(words)
            for figures in _in_figures_or_words(word)
            if all(other.isalpha() and len(other) > _UNIT for other in words if other != word)
        ]
        return [clauses.synonym(row[0], row) for row in rows[:_PIECES]]

    def of_form(self, form: str) -> list[Alternative]:
        """The other ways to say the one form of a thing: 1/2 is un demi, 20e vingtième."""
        if not any(map(str.isdecimal, form)):
            return []
        return self.of(" ".join(token.exact for token in french.tokens(form)), form)

    def rarer(
        self, words: Sequence[str], holds: Callable[[str, Sequence[str]], bool]
    ) -> Iterator[list[str]]:
        """Rows of common words where some are said by a word that the index holds."""
        # of one word, the word; of several, some in a row
        least = min(len(words), 2)
        for first in range(len(words)):
            for after in range(first + least, min(first + LONGEST_KEY, len(words)) + 1):
                for other in self.of(" ".join(words[first:after])):
                    rare = [word for word in other.words if word not in french.COMMON]
                    if rare and all(holds(word, ("text",)) for word in rare):
                        yield [*words[:first], *other.words, *words[after:]]


def of_range(tokens: Sequence[Token]) -> list[Alternative]:
    """Two numbers with a hyphen as they are said: 9h-18h is « 9h à 18h ».

    >>> [way.words for way in of_range(french.tokens("2019-2021"))][:2]
    [('2019', 'a', '2021'), ('2019', 'au', '2021')]
    >>> of_range(french.tokens("covid-19")), of_range(french.tokens("10h38"))
    ([], [])
    """
    words = [token.exact for token in tokens]
    ends = [at for at in range(1, len(words)) if tokens[at - 1].end < tokens[at].start]
    if len(ends) != 1 or not (words[0].isdecimal() and words[ends[0]].isdecimal()):
        return []
    first, last = words[: ends[0]], words[ends[0] :]
    is_small = len(words) == len(ends) + 1 and len(words[0]) <= _SMALL
    if is_small and any("/" in way.form for way in tokens[0].variants):
        # 14/15 juillet, and not the mark 5/10
        is_small = int(last[0]) - int(first[0]) != 1
    links = ("a", "au") if is_small else ("a", "au", "et")
    return [clauses.synonym(first[0], [*first, link, *last]) for link in links]


def _in_figures_or_words(word: str) -> list[str]:
    """A number of a compound in figures, or in one word.

    >>> [_in_figures_or_words(word) for word in ("deux", "2", "22", "roues", "neuf")]
    [['2'], ['deux'], [], [], []]
    """
    if word.isdecimal():
        return [way for way in number_words.said([word])[:1] if way.isalpha()]
    value = number_words.value_of([word])
    return [] if value is None else [str(value)]


def _singular(words: str) -> str:
    """Folded words without the marks of the plural.

    >>> _singular("mots de passe"), _singular("bistrots"), _singular("cours")
    ('mot de passe', 'bistrot', 'cours')
    """
    return " ".join(
        word[:-1] if word[-1] in "sx" and french.stem(word) == french.stem(word[:-1]) else word
        for word in words.split()
    )


_SHORTENED = {
    "articles": "art",
    "article": "art",
    "alinea": "al",
    "page": "p",
    "pages": "pp",
    "chapitre": "chap",
    "tome": "t",
    "volume": "vol",
    "affaire": "aff",
    "figure": "fig",
    "lundi": "lun",
    "mardi": "mar",
    "mercredi": "mer",
    "jeudi": "jeu",
    "vendredi": "ven",
    "samedi": "sam",
    "dimanche": "dim",
}
_BEFORE_NUMBERS = _SHORTENED | {short: whole for whole, short in _SHORTENED.items()}
_CODES = frozenset({"l", "r", "d", "a", "lo"})
"""Of articles of law, before their number."""


def of_titles(units: Sequence[Unit], question: str) -> Iterator[tuple[int, int, Alternative]]:
    """What is shortened before a name or a number alone, shortened: M. Dupont, art. 12.

    >>> from index.question.typed import units
    >>> read = [*units("monsieur", 0), *units("Dupont", 9)]
    >>> [other.words for *_, other in of_titles(read, "monsieur Dupont")]
    [('m', 'dupont')]
    """
    for place, (title, after) in enumerate(pairwise(units)):
        word, other = " ".join(title.words), None
        if _numbered(after.words):
            other = _BEFORE_NUMBERS.get(word)
        elif word in ("monsieur", "mr") and (after.words == ["le"] or not after.common):
            other = "m"
        elif word == "maitre" and question[after.start].isupper():
            # « maître parle » is no « me parle »
            other = "me"
        for words in (after.words, *_in_other_figures(after.words)) if other else ():
            yield place, place + 2, clauses.synonym(other or "", [other or "", *words])


def _numbered(words: Sequence[str]) -> bool:
    """Whether words are a number, of a law (L. 123-4), of a case (C-131/12) or in Roman figures."""
    first, second = words[0], [*words, ""][1]
    if first in _CODES or first[0].isdecimal():
        return True
    return number_words.numeral_of(first) is not None or (len(first) == 1 and second.isdecimal())


def _in_other_figures(words: Sequence[str]) -> list[list[str]]:
    """A number in Roman figures in Arabic ones, or the reverse.

    >>> _in_other_figures(["iv"]), _in_other_figures(["12"]), _in_other_figures(["l", "123"])
    ([['4']], [['xii']], [])
    """
    if len(words) > 1:
        return []
    value = number_words.numeral_of(words[0])
    if value:
        return [[str(value)]]
    value = int(words[0]) if words[0].isdecimal() else 0
    return [[number_words.numeral(value)]] if 1 < value < number_words.NUMERALS else []


def of_names(units: Sequence[Unit], question: str) -> Iterator[tuple[int, Alternative]]:
    """The numbers of units that are names, with a name in one word as several, or the reverse.

    Their capitals tell: « Le Pen » may be LePen, and « le ver » is no « lever »; and the sign that
    is said: Canal+, Canal Plus.

    >>> from index.question.typed import units
    >>> [other.words for _, other in of_names(units("LePen", 0), "LePen")]
    [('le', 'pen')]
    >>> [other.words for _, other in of_names(units("Le Pen", 0), "Le Pen")]
    [('lepen',)]
    """
    texts = [question[unit.start : unit.end] for unit in units]
    for number, unit in enumerate(units):
        if unit.tokens[0].rule == "elision" and not gluing.is_word(
            form := french.fold(question[unit.cut[0] : unit.end]).replace("'", "")
        ):
            # d'Arc, of « jeanne darc »
            yield number, clauses.joined(french.stem(form), form)
        word, *other_words = unit.words
        if not other_words and word.endswith("+") and word[:-1].isalpha() and len(word) > _NAMES:
            yield number, Alternative("", (word[:-1], "plus"))
        elif number and unit.words == ["plus"] and len(units[number - 1].words) == 1:
            form = units[number - 1].words[0] + "+"
            yield from ((place, clauses.joined(form, form)) for place in (number - 1, number))
    for number, name in enumerate(texts):
        if _NAMES_IN_ONE.fullmatch(name):
            yield number, Alternative("", tuple(map(french.fold, _NAME.findall(name))))
    for number, (left, right) in enumerate(pairwise(units)):
        names = _NAME.fullmatch(texts[number]) and _NAME.fullmatch(texts[number + 1])
        if names and left.common and not right.common:
            form = "".join((*left.words, *right.words))
            yield number + 1, clauses.joined(french.stem(form), form)


def in_one(
    units: Sequence[Unit], holds: Callable[[str, Sequence[str]], bool]
) -> Iterator[tuple[int, int, str]]:
    """Several words that the index has as one: a hashtag, or a slip of three words or more.

    >>> from index.question.typed import units
    >>> list(in_one(units("nuit,de,bout", 0), lambda form, columns: form == "nuitdebout"))
    [(0, 3, 'nuitdebout')]
    """
    compounds = ["".join(unit.words) for unit in units]
    for first in range(min(len(units), _MOST_GLUED)):
        for after in range(first + 2, min(first + _LONGEST_GLUED, len(units)) + 1):
            form = "".join(compounds[first:after])
            # two words are looked up elsewhere, but for common ones that make a hashtag
            pair = after == first + 2
            term = ("#" + form, _BAG) if pair else (form, _WORD_COLUMNS)
            # AB 123 CD, 978 2 07 036822 8
            code = form.isalnum() and len(form) >= _CODE and any(map(str.isdecimal, form))
            if (form.isalpha() or code) and holds(*term):
                yield first, after, form


_BOOK_NAMES = """
genese gn; exode ex; levitique lv; nombres nb; deuteronome dt; josue jos; juges jg; samuel s; rois r
chroniques ch; esdras esd; nehemie ne; tobie tb; judith jdt; esther est; job jb; psaume psaumes ps
proverbes pr; ecclesiaste qohelet qo; cantique ct; sagesse sg; siracide si; isaie is es; jeremie jr
lamentations lm; baruch ba; ezechiel ez; daniel dn; osee os; joel jl; amos am; jonas jon; michee mi
habacuc ha; sophonie so; aggee ag; zacharie za; malachie ml; matthieu mt; marc mc; luc lc; jean jn
actes ac; romains rm; corinthiens co; galates ga; ephesiens ep; philippiens ph; colossiens col
thessaloniciens th; timothee tm; tite tt; philemon phm; hebreux he; jacques jc; pierre p; jude
apocalypse ap; maccabees m; coran sourate
"""
"""As the Bible de Jérusalem shortens them. « Mt » alone is no Matthieu."""
_BOOKS = {
    name: names for line in _BOOK_NAMES.replace(";", "\n").split("\n") for names in [line.split()]
    for name in names
}  # fmt: skip
_NUMBERED = late(r"(?<![^\W_])[1-4] ?\Z")
_VERSE = late(rf"(?<!\w)({any_of(_BOOKS)})\.? (\d{{1,3}}) ?[,.:] ?(\d{{1,3}})(?![\d,.:]*\d)")


def _is_book(name: str) -> bool:
    """Whether a name is of a book without its number: « si », « p » and « s » are in all texts."""
    return len(name) > 1 and name not in french.COMMON


def of_verses(units: Sequence[Unit], question: str) -> Iterator[tuple[int, int, Alternative]]:
    """The other writings of a verse of the Bible or of the Koran: first unit, after the last, way.

    >>> from index.question.typed import units
    >>> read = [*units("Jn", 0), *units("3:16", 3)]
    >>> [way.words for *_, way in of_verses(read, "Jn 3:16")][:3]
    [('jean', '3.16'), ('jean', '3', '16'), ('jean', '3', 'h', '16')]
    """
    folded = french.fold(question)
    # œ has two letters once folded: places would not be the question's
    for match in _VERSE.finditer(folded) if len(folded) == len(question) else ():
        places = [
            number
            for number, unit in enumerate(units)
            if match.start() <= unit.start and unit.end <= match.end()
        ]
        chapter, verse = match[2], match[3]
        names = _BOOKS[match[1]] if places else ()
        numbered = _NUMBERED.search(folded, 0, match.start())
        if not (numbered or _is_book(match[1])):
            continue  # p. 12, 30
        for name in filter(lambda name: numbered or _is_book(name), names):
            # 3:16 is read as an hour would be
            for row in ((f"{chapter}.{verse}",), (chapter, verse), (chapter, "h", verse)):
                yield places[0], places[-1] + 1, clauses.synonym(name, (name, *row))

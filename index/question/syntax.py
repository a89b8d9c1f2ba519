"""What did the reader write: which words, quotes, signs, fields and groups?

The grammar's table as plugins of whoosh.qparser. `parse` turns the characters of a question
into nodes that know their place in it; what they mean for a passage is decided elsewhere.
Any string gives a tree: what is not paired or rules nothing is dropped, with a notice.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from whoosh.qparser import Plugin, QueryParser, TaggingPlugin, WhitespacePlugin, syntax

from index import french
from index.french.patterns import late
from index.question import grammar
from index.question.grammar import LIMITS, QueryField
from index.question.marks import (
    Bracket,
    FieldMark,
    FieldWithValue,
    Group,
    Infix,
    Mark,
    Quoted,
    Sign,
    Stray,
    Word,
)
from index.question.notices import notice
from index.question.structure import DatePlugin, GroupPlugin, LimitPlugin, OperatorPlugin
from index.question.vocabulary.likeness import distance
from index.results import Notice

_QUOTES = '"“”„‟″＂'
_PAIRS = {"«": "»", "‹": "›"}
_APART = r"\s()|«»‹›" + _QUOTES
_ENDS = rf"(?=[{_APART}]|$)"
_ELIDED = "(?i:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)"
# A keyboard bends these as it likes, and each is an apostrophe too: they are quotes around several
# words only, the first against what follows, the last against what comes before. rock ‘n’ roll,
# l’‘affaire, ’tain c’ est: apostrophes.
_SINGLE = "'‘’‚‛"
_APOSTROPHE = rf"\b{_ELIDED}[{_SINGLE}](?=\s*\w)|(?<=\w)[{_SINGLE}](?=\w)"
_INSIDE = rf"(?:{_APOSTROPHE}|[^{_APART}{_SINGLE}]|[()|])"
_ROW = rf"(?<!\w)[{_SINGLE}](?=\w)(?P<row>{_INSIDE}++(?:\s++{_INSIDE}++)++)[{_SINGLE}](?!\w)"
_VALUE = rf"(?!{_ROW})[^{_APART}]+"
_MINUS = "-‐‑−－"
_SIGNS = r"+=\-‐‑−－"
_BELOW_ZERO = rf"[{_MINUS}]\d{{1,3}}(?:[.,]\d{{1,2}})?\s?(?:[°º%‰]|degrés?\b)"
_SCHEMES = frozenset(("http", "https", "ftp", "ftps", "mailto", "file", "tel", "urn", "doi"))
# A hundred stray quotes are said once or twice, not a hundred times.
_SAME = 4


class Tags(TaggingPlugin):  # type: ignore[misc]
    """A tagger whose pattern and node are given.

    It is left out of a question that has none of its `signs`, and its pattern is not compiled.
    """

    def __init__(
        self,
        expr: str,
        create: Callable[[Reading, re.Match[str]], Mark | Stray | None],
        priority: int,
        signs: str = "",
    ) -> None:
        self.expr = late(expr)
        self.priority = priority
        self._create = create
        self._signs = frozenset(signs)

    def taggers(self, parser: Reading) -> list[tuple[Any, int]]:
        if self._signs and self._signs.isdisjoint(parser.text):
            return []
        return [(self, self.priority)]

    def create(self, parser: Reading, match: re.Match[str]) -> Mark | Stray | None:
        return self._create(parser, match)


class QuotePlugin(Plugin):  # type: ignore[misc]
    """« red team », "red team"~5, <<red team>>, ‘red team’; an unpaired mark is no mark."""

    _row = late(_ROW)

    def taggers(self, parser: Reading) -> list[tuple[Any, int]]:
        return [(self, -10)]

    def match(self, parser: Reading, text: str, pos: int) -> Mark | Stray | None:
        opening, wide = text[pos], 1
        if opening in _SINGLE:
            row = self._row.match(text, pos)
            if row is None:
                return None
            closing = row.end("row")
        elif text.startswith("<<", pos):
            closing, wide = text.find(">>", pos), 2
        elif opening in "«»‹›" or opening in _QUOTES:
            # 27" is a length: a quote does not open against a word
            opens = opening not in "»›" and not (pos and text[pos - 1].isalnum())
            closing = parser.closing(pos, _PAIRS.get(opening, _QUOTES)) if opens else -1
        else:
            return None
        if closing < 0:
            parser.say("unclosed_quote", pos, pos + 1)
            node: Any = Stray()
            return node.set_range(pos, pos + 1)  # type: ignore[no-any-return]
        tilde = re.compile(rf"~(\d{{0,9}}){_ENDS}").match(text, closing + wide)
        slop = int(tilde[1] or LIMITS.slop // 2) if tilde else None
        end = tilde.end() if tilde else closing + wide
        node = Quoted(text[pos + wide : closing], pos + wide, slop)
        return node.set_range(pos, end)  # type: ignore[no-any-return]


def _field_mark(parser: Reading, match: re.Match[str]) -> Mark | None:
    field = grammar.field_named(match["name"])
    if field is None:
        after = match.string[match.end() : match.end() + 1]
        if after and not after.isspace() and len(match["name"]) > 1 and after not in "/\\:":
            if match["name"].lower() in _SCHEMES:
                return None
            close_name = _nearest_name(match["name"])
            code = "unknown_field_near" if close_name else "unknown_field"
            parser.say(code, match.start(), match.end(), name=match["name"], near=close_name)
            return Word(match["name"])
        return None
    if field.kind == "words":
        return FieldMark(field)
    value = re.compile(_VALUE).match(match.string, match.end())
    return FieldMark(field) if value is None or _excludes(field, value[0]) else None


def _excludes(field: QueryField, value: str) -> bool:
    """Whether a field's value begins with the sign of what is left out: pseudo:-zoe.

    A name that begins so is asked for between quotes.
    """
    return field.kind in ("key", "address") and value[0] in _MINUS and len(value) > 1


def _spaced_mark(parser: Reading, match: re.Match[str]) -> Mark | None:
    """« auteur : Dupont », with the space that French has before a colon."""
    field = grammar.field_named(match["name"])
    return FieldMark(field) if field is not None and field.code in _SPACED else None


def _valued(parser: Reading, match: re.Match[str]) -> Mark | None:
    field = grammar.field_named(match["name"])
    if field is None or field.kind == "words" or _excludes(field, match["value"]):
        return None
    return FieldWithValue(field, ":", match["value"].rstrip(",;"), match.start("value"))


def _compared(parser: Reading, match: re.Match[str]) -> Mark | None:
    field = grammar.field_named(match["name"])
    if field is None or not (field.kind == "number" or field.code == "date"):
        glued = match["sign"] in ("=", "==") and match.end("name") == match.start("sign")
        if field is not None and glued and len(match["name"]) > _SHORT_NAME:
            at = match.start(), match.end("sign")
            parser.say("field_with_equals", *at, name=match["name"])
        return None
    part = next((part for part in ("quoted", "bracketed") if match[part] is not None), "value")
    sign = _AS_COMPARED.get(match["sign"], match["sign"])
    if match[part] is None:
        # date=(2023 OU 2024) is date:(2023 OU 2024); another sign than these would be lost
        return FieldMark(field) if match["several"] is None or sign == "=" else None
    return FieldWithValue(field, sign, match[part].rstrip(",;"), match.start(part))


def _nearest_name(name: str) -> str:
    folded = french.fold(name)[:32]
    scored = sorted(
        (distance(folded, known_name), number, field.name)
        for number, (known_name, field) in enumerate(grammar.FIELD_NAMES.items())
        if len(known_name) > 2
    )
    return scored[0][2] if scored[0][0] <= max(1, len(folded) // 3) else ""


def _word_operator(parser: Reading, match: re.Match[str]) -> Mark | None:
    code = grammar.WORDS.get(match[0])
    if match[0] == "sauf" and match.start() and match.string[match.end() :].strip():
        _say_small(parser, match)
    if code == "without":
        return None if match[0] == "NON" and _shouted(match) else Sign("-")
    return Infix(code) if code in ("all", "either") else None


def _say_small(parser: Reading, match: re.Match[str]) -> None:
    """« sauf » between words, « pres/5 »: « ou » and « et » are too common to be told so."""
    word = match[0]
    parser.say("small_operator", match.start(), match.end(), word=word, capitals=word.upper())


def _shouted(match: re.Match[str]) -> bool:
    """Whether NON is a word, as in « NON merci », « dire NON à la réforme », « OUI OU NON ».

    Nobody leaves out the passages that hold « à ».
    """
    before, after = match.string[: match.start()], match.string[match.end() :].split()
    if _BEGUN.search(before) or not after or match.string.isupper():
        return True
    return french.fold(after[0]) in french.COMMON


def _near(parser: Reading, match: re.Match[str]) -> Mark | None:
    if grammar.WORDS.get(french.fold(match["word"]).upper()) != "near":
        return None
    if not match["word"].isupper():
        _say_small(parser, match)
        return None
    slop = int(match["slop"])
    if slop > LIMITS.slop:
        parser.say("slop_too_wide", match.start(), match.end(), limit=LIMITS.slop)
    return Infix("near", max(1, min(slop, LIMITS.slop)))


def _sign(parser: Reading, match: re.Match[str]) -> Mark:
    return Sign("-" if match[0] in _MINUS else match[0])


_AS_COMPARED = {"==": "=", "≥": ">=", "≤": "<=", "=>": ">=", "=<": "<="}
_SHORT_NAME = 3
"""Letters of a name that may be that of something else before « = »: url=, in=."""
_SPACED = frozenset({"title", "category", "author", "commenter", "date"})
"""Fields whose names begin no sentence: « Vers : … », « À l’est : … »."""
_BEGUN = late(r"(?:^|\(|\b(?:OU|OR)|\|)\s*$")
_NAME = r"(?P<name>[^\W\d_]{1,20})"
_PLUGINS = (
    QuotePlugin(),
    Tags(r"[()]", lambda parser, match: Bracket(match[0] == "("), -10, "()"),
    Tags(r"\|+", lambda parser, match: Infix("either"), -10, "|"),
    Tags(rf"[^\W\d_]{{2,4}}{_ENDS}", _word_operator, 0),
    Tags(rf"(?P<word>[^\W\d_][\w\u0300-\u036f]{{3,6}})/(?P<slop>\d{{1,4}}){_ENDS}", _near, 0, "/"),
    Tags(
        rf"{_NAME}\s*(?P<sign>(?P<order>>=|<=|=>|=<|[<>≥≤])|==?)[^\S\n]*"
        rf"(?:(?(order)\((?P<bracketed>[^()]+)\)|(?!))|(?P<value>[^{_APART}<>=]+)|[«{_QUOTES}](?P<quoted>[^«»{_QUOTES}]+)[»{_QUOTES}]"
        rf"|(?P<several>(?=[«‹({_QUOTES}]))|$)",
        _compared,
        10,
        "<>=≥≤",
    ),
    Tags(rf"{_NAME}:(?P<value>{_VALUE})", _valued, 20, ":"),
    Tags(rf"{_NAME}:", _field_mark, 30, ":"),
    Tags(rf"{_NAME}[^\S\n]:(?=[^\S\n]*[\w«‹{_QUOTES}])", _spaced_mark, 30, ":"),
    Tags(
        rf"@(?=[\w«{_QUOTES}])",
        lambda parser, match: FieldMark(grammar.FIELD_NAMES["pseudo"]),
        30,
        "@",
    ),
    # -- and ++ are part of a word; so is a sign before white space, and that of -5 °C
    Tags(
        rf"(?!{_BELOW_ZERO})[{_SIGNS}](?![\s{_SIGNS})]|$)|[{_SIGNS}](?==[^\s=])(?<!=)",
        _sign,
        40,
        f"+={_MINUS}",
    ),
    # l'"IA": an article against a quote
    Tags(
        rf"{_ELIDED}['’](?=[«‹{_QUOTES}]|{_ROW})",
        lambda parser, match: Stray(),
        45,
        "'’",
    ),
    # lecteur(s), main(): a bracket against a word is part of it
    Tags(
        rf"(?:(?!{_ROW})[^{_APART}]|(?<=\w)\([^{_APART}]{{0,12}}\))+",
        lambda parser, match: Word(match[0]),
        50,
    ),
    LimitPlugin(),
    GroupPlugin(),
    DatePlugin(),
    OperatorPlugin(),
)


class Reading(QueryParser):  # type: ignore[misc]
    """One question being read."""

    def __init__(self, text: str) -> None:
        super().__init__(None, None, plugins=_PLUGINS, group=syntax.AndGroup)
        self.text = text
        self.notices: list[Notice] = []
        self.flat: list[Mark] = []
        """Every mark, in the order of the question."""

    def _add_ws_plugin(self) -> None:
        self.add_plugin(WhitespacePlugin(r"[\s\x00]+"))

    def say(self, code: str, start: int, end: int, /, **values: object) -> None:
        if sum(note.code == code for note in self.notices) < _SAME:
            self.notices.append(notice(code, start, end, **values))

    def closing(self, opening: int, marks: str) -> int:
        """Return where the quote opened at `opening` closes; -1 when it never does."""
        match = re.compile(f"[{marks}]").search(self.text, opening + 1)
        return -1 if match is None else match.start()


def parse(text: str) -> tuple[Group, list[Mark], list[Notice]]:
    """The tree of a question, its marks one after the other, and what was wrong with it.

    >>> tree, marks, notices = parse('sora OU "red team"')
    >>> [type(mark).__name__ for mark in marks], len(tree.nodes)
    (['Word', 'Infix', 'Quoted'], 1)
    """
    reading = Reading(text)
    tree = reading.process(text)
    return tree, reading.flat, reading.notices

"""Which passages does `field:value` keep, when the field is no text?

Rubrics, people, addresses, places, dates, numbers and states. A value that means nothing
keeps nothing out, and says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol, cast
from urllib.parse import unquote

from whoosh import query as nodes
from whoosh.query import Query

from index import address_words, french, page_addresses
from index.french import number_words
from index.french.patterns import late
from index.question import dates
from index.question.clauses import all_of, any_of
from index.question.grammar import LIMITS, QueryField, choice_named
from index.question.marks import Atom, FieldWithValue, Group, Word
from index.question.vocabulary import names
from index.question.vocabulary.expanding import Pattern, Vocabulary, expand

KINDS = {
    "key": "field",
    "address": "field",
    "article": "field",
    "place": "place",
    "date": "date",
    "number": "number",
    "state": "state",
    "order": "order",
}
"""The kind of a field's piece."""

# What nearness to a date is worth beside the words: those of a date itself have it twice.
_NEARER = 1.0
# words in a name: "Jean de La Fontaine"
_NAME = 4


class SayAt(Protocol):
    """Makes a notice about some characters of the question."""

    def __call__(self, code: str, start: int, end: int, /, **values: object) -> None: ...


class Say(Protocol):
    """Makes a notice about the value at hand."""

    def __call__(self, code: str, /, **values: object) -> None: ...


class Condition(NamedTuple):
    """What a filter requires, what it covers in words; an order requires nothing.

    Two conditions of one `group` are alternatives; those of different groups are all required.
    """

    query: Query
    matches: tuple[str, ...] = ()
    group: str | None = None
    choice: str = ""
    bonus: tuple[Query, ...] = ()
    """What makes a passage a better answer: nearness to a date."""
    near: tuple[str, ...] = ()
    """Of a name that the index lacks, those that are near it, folded."""


def condition(
    field: QueryField,
    sign: str,
    value: str,
    say: Say,
    *,
    vocabulary: Vocabulary,
    now: datetime,
    zone: str,
) -> Condition | None:
    """The condition of `field sign value`; None, with a notice, when the value means nothing."""
    value = value.strip()
    if len(value) > 2 and value[0] in "'‘" and value[-1] in "'’":
        value = value[1:-1]
    if field.kind == "date":
        return _date(field, sign, value, say, now, zone)
    if field.kind == "number":
        return _number(field, sign, value, say)
    makers: dict[str, Callable[[QueryField, str, Say, Vocabulary], Condition | None]] = {
        "key": _key,
        "article": _article,
        "address": _address,
    }
    return makers.get(field.kind, _choice)(field, value, say, vocabulary)


def _key(field: QueryField, value: str, say: Say, vocabulary: Vocabulary) -> Condition | None:
    """A whole value, or the beginning of some followed by *."""
    begins = value.endswith("*") and not vocabulary.freq(field.column, french.fold(value))
    folded = french.fold(value.rstrip("*") if begins else value)
    if not folded.strip():
        say("unknown_value", value=value, name=field.name, choices="un nom / a name")
        return None
    if not begins:
        # YouTube names people @zoe
        ways = [folded, "@" + folded] if field.column == "commenter" else [folded]
        present = tuple(way for way in ways if vocabulary.freq(field.column, way))
        near_names = () if present else _near(field, value, say, vocabulary)
        tree = any_of([nodes.Term(field.column, way) for way in present or (folded,)])
        return Condition(tree, present or (folded,), field.code, near=near_names)
    expanded = expand(vocabulary, (field.column,), Pattern(folded, None), LIMITS.expansions)
    if expanded.cut:
        say("too_many_expansions", word=value, limit=LIMITS.expansions)
    elif not expanded.words:
        say("no_expansion", word=value)
    tree = any_of([nodes.Term(field.column, word) for word in expanded.words])
    return Condition(tree, expanded.words, field.code)


def _near(field: QueryField, value: str, say: Say, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The names near one that the index lacks, with a notice unless the index has no names."""
    near_names = tuple(name for name, _ in names.near(vocabulary, field.column, value))
    if near_names:
        say("absent_value_near", value=value, name=field.name, near=", ".join(near_names))
    else:
        _absent(field, value, say, vocabulary)
    return near_names


def _absent(field: QueryField, value: str, say: Say, vocabulary: Vocabulary) -> None:
    """Say that the index lacks a value, unless it has none at all."""
    if vocabulary.words(field.column, "", 1):
        say("absent_value", value=value, name=field.name)


def _article(field: QueryField, value: str, say: Say, vocabulary: Vocabulary) -> Condition | None:
    if not vocabulary.freq(field.column, value):
        _absent(field, value, say, vocabulary)
    return Condition(nodes.Term(field.column, value), (value,), field.code)


def _address(field: QueryField, value: str, say: Say, vocabulary: Vocabulary) -> Condition | None:
    """The whole address, or its host and each word of its path.

    What follows `?` is no word: with it, and under its other addresses, an article is known by the
    term of its page alone, which its lead has.
    """

    def holds(term: str) -> bool:
        return vocabulary.freq(field.column, term) > 0

    if beginning := _beginning(value):
        return _key(field, f"{beginning}*", say, vocabulary)
    page = page_addresses.page(value if "//" in value else f"//{value}")
    query = page.path.partition("?")[2] if page is not None else ""
    key = page_addresses.key(page.whole) if page is not None and "." in page.host else None
    lead = nodes.Term(field.column, key) if key and holds(key) else None
    if query and lead is not None:
        say("page_alone")
        return Condition(lead, (value,), field.code)
    if query:
        say("query_of_address", query=query)
    terms = address_words.pieces(unquote(value))
    if not any(map(str.isalnum, "".join(terms))):
        say("unknown_value", value=value, name=field.name, choices="une adresse / an address")
        return None
    full_address, required = terms[0], _terms_of_parts(value, terms, lead is None, say, holds)
    if not holds(full_address) and not (required and all(map(holds, required))):
        if lead is not None:
            say("page_alone")
            return Condition(lead, (full_address,), field.code)
        _absent(field, value, say, vocabulary)
    tree = nodes.Term(field.column, full_address)
    if required and required != [full_address]:
        tree = any_of([tree, all_of([nodes.Term(field.column, term) for term in required])])
    return Condition(tree, (full_address,), field.code)


def _beginning(value: str) -> str:
    """The beginning of an address, as its term is written, that a value with * says; else "".

    That of all of a host is none: the host is a term of its own, and its pages may be many.

    >>> [_beginning(value) for value in ("https://www.lemonde.fr/sport/*", "www.lemonde.fr/*", "*")]
    ['lemonde.fr/sport/', '', '']
    """
    beginning = value.rstrip("*")
    terms = address_words.pieces(unquote(beginning)) if beginning != value else []
    if not terms or not beginning.endswith("/"):
        return terms[0] if terms else ""
    return terms[0] + "/" if "/" in terms[0] else ""


def _terms_of_parts(
    value: str, terms: Sequence[str], by_words: bool, say: Say, holds: Callable[[str], bool]
) -> list[str]:
    """The terms of an address that stand for it together: its host, and the words of its path.

    by_words: of a host that the index lacks, each word: blog.exemple.org is of exemple.org, and
    what looks like a host may be the name of a file.
    """
    full_address, *parts = terms
    host_terms = address_words.pieces(
        value.partition("//")[2].partition("/")[0] or value.partition("/")[0]
    )
    host, single_parts = host_terms[:1], [part for part in parts if "/" not in part]
    words = [part for part in single_parts if part not in host]
    if by_words and host and words and not holds(host[0]) and all(map(holds, words)):
        say("address_words", value=host[0])
        return words
    if host and "." in full_address.partition("/")[0]:
        # the words of a host are kept too: asking for the host itself is enough
        return [*host, *(part for part in parts if part not in host_terms)]
    return single_parts


def _choice(field: QueryField, value: str, say: Say, vocabulary: Vocabulary) -> Condition | None:
    """One of a few words: dans:, est:, a:, tri:."""
    choice = choice_named(field, value)
    if choice is None:
        names = ", ".join(option.names[0] for option in field.choices)
        say("unknown_value", value=value, name=field.name, choices=names)
        return None
    if field.kind == "order":
        return Condition(nodes.Every(), (choice.names[0],), choice=choice.value)
    values = [choice.value]
    if field.kind == "place":
        values = {"article": ["lead", "section"], "title": ["lead"]}.get(choice.value, values)
    tree = any_of([nodes.Term(field.column, term) for term in values])
    return Condition(tree, (choice.names[0],), field.code, choice.value)


def _number(field: QueryField, sign: str, value: str, say: Say) -> Condition | None:
    """commentaires>10, lecture:5, commentaires:10..20: ends included, as a range has them."""
    value = value.strip()
    if sign == ":" and value[:2] in (">=", "<="):
        sign, value = value[:2], value[2:]
    elif sign == ":" and value[:1] in (">", "<"):
        sign, value = value[:1], value[1:]
    low, dots, high = value.partition("..")
    numbers = [_integer(part) for part in (low, high)]
    if (
        dots
        and sign in (":", "=")
        and (low or high)
        and all(
            number is not None or not part
            for part, number in zip((low, high), numbers, strict=True)
        )
    ):
        return _range(field, numbers[0], numbers[1], field.code)
    number = numbers[0]
    if dots or number is None:
        say("unreadable_number", value=value)
        return None
    if sign == ">":
        return _range(field, number + 1, None, None)
    if sign == ">=":
        return _range(field, number, None, None)
    if sign == "<":
        return _range(field, None, number - 1, None)
    if sign == "<=":
        return _range(field, None, number, None)
    return _range(field, number, number, field.code)


_FIGURES = 9


def _integer(text: str) -> int | None:
    figures = text.replace("'", "").replace(" ", "")
    if not figures.isdecimal():
        return number_words.value_of(french.fold(text).replace("-", " ").split())
    return int(figures) if figures.isascii() and len(figures) <= _FIGURES else None


def _range(field: QueryField, low: int | None, high: int | None, group: str | None) -> Condition:
    if low is None or high is None:
        text = f"≥ {low}" if high is None else f"≤ {high}"
    else:
        text = f"{low} à {high}" if low != high else str(low)
    return Condition(nodes.NumericRange(field.column, low, high), (text,), group)


_COMPARED = late(r"[<>]=?")
_DATE_SIGNS: dict[str, dates.Sense] = {"<": "before", ">": "after", ">=": "since"}


def _date(
    field: QueryField, sign: str, value: str, say: Say, now: datetime, zone: str
) -> Condition | None:
    """Passages that may have been written in the period: their interval and it overlap."""
    value, sense = _sensed(field, sign, value)
    dated = dates.read(value, sense, now=now, zone=zone)
    if dated is None:
        say("unreadable_date", value=value)
        return None
    period, swapped = dated
    if swapped:
        say("dates_swapped")
    group = "date" if sense in ("date", "during", "around") else sense
    bonus = tuple(
        nodes.ConstantScoreQuery(_within(narrower), _NEARER) for narrower in period.nearer
    )
    return Condition(_within(period), (dates.in_french(period),), group, bonus=bonus)


def _sensed(field: QueryField, sign: str, value: str) -> tuple[str, dates.Sense]:
    """What a date's field and sign make of its value."""
    if sign == ":" and (compared := _COMPARED.match(value)):
        sign, value = compared[0], value[compared.end() :].lstrip()
    if sign == "<=":
        return f"..{value}", "date"
    if sign in _DATE_SIGNS:
        return value, _DATE_SIGNS[sign]
    return value, cast("dates.Sense", field.code)


def _within(period: dates.Period) -> Query:
    """Passages whose interval of time and the period overlap."""
    first, after = period.seconds()
    ranges: list[Query] = []
    if after is not None:
        ranges.append(nodes.NumericRange("start", None, after - 1))
    if first is not None:
        ranges.append(nodes.NumericRange("end", first, None))
    return all_of(ranges)


def in_order(atoms: Sequence[Atom], say: SayAt, now: datetime, zone: str) -> None:
    """Put `depuis:2025 avant:2024` the right way round, with a notice.

    Of one beginning and one end that are required together.
    """
    bounds: dict[str, list[tuple[Atom, dates.Period]]] = {"begins": [], "ends": []}
    for atom in atoms:
        node = atom.node
        field = node.field if isinstance(node, FieldWithValue) else atom.field
        if atom.excluded or field is None or field.kind != "date" or isinstance(node, Group):
            continue
        sign = node.sign if isinstance(node, FieldWithValue) else ":"
        value, sense = _sensed(field, sign, node.text)
        dated = dates.read(value, sense, now=now, zone=zone)
        if dated is not None and sense in ("since", "after"):
            bounds["begins"].append((atom, dated[0]))
        elif dated is not None and (sense == "before" or sign == "<="):
            bounds["ends"].append((atom, dated[0]))
    if len(bounds["begins"]) != 1 or len(bounds["ends"]) != 1:
        return
    (begins, first), (ends, last) = bounds["begins"][0], bounds["ends"][0]
    if first.start and last.end and first.start >= last.end:
        begins.node.text, ends.node.text = ends.node.text, begins.node.text
        say(
            "dates_swapped",
            min(begins.startchar, ends.startchar),
            max(begins.endchar, ends.endchar),
        )


def named(atoms: Sequence[Atom], question: str, vocabulary: Vocabulary) -> Iterator[Atom]:
    """The same atoms, `auteur:Jean Dupont` being one where the index has it and has no Jean."""
    after = 0
    for number, atom in enumerate(atoms):
        node = atom.node
        if number < after:
            continue
        if isinstance(node, FieldWithValue) and node.field.kind == "key":
            after = _end_of_name(node, atoms, number, question, vocabulary)
            if after:
                atom.endchar = node.endchar = atoms[after - 1].endchar
                node.text = question[node.inside : node.endchar]
        yield atom


def _end_of_name(
    node: FieldWithValue, atoms: Sequence[Atom], number: int, question: str, vocabulary: Vocabulary
) -> int:
    """After which atom a name of several words ends; 0 when it is one word, or unknown."""
    column = node.field.column
    if vocabulary.freq(column, french.fold(node.text)):
        return 0
    for last in range(number + 1, min(number + _NAME, len(atoms))):
        word = atoms[last]
        if not isinstance(word.node, Word) or word.startchar != word.node.startchar:
            return 0
        if vocabulary.freq(column, french.fold(question[node.inside : word.endchar])):
            return last + 1
    return 0

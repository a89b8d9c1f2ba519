"""What does each piece of a question mean?

The walk over the syntax: from words, quotes, fields and groups to the parts of a tree. On
its way it gathers the pieces for the reader, the notices, the order and the words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, cast

from whoosh import query as nodes
from whoosh.query import Query

from index import french
from index.french.patterns import late
from index.question import clauses, elisions, filters, nearness, spoken, typed
from index.question.clauses import Clause, Scope, any_of, unscored
from index.question.combining import Meaning, Part, either, every, gathered
from index.question.grammar import LIMITS, Order, QueryField
from index.question.marks import Atom, FieldWithValue, Group, Mark, Quoted, Word
from index.question.notices import notice, printable
from index.question.piece_meaning import PieceMeaning
from index.question.removal import Removal
from index.question.structure import has_words, in_one, places
from index.question.typed import Unit
from index.question.vocabulary.expanding import Vocabulary
from index.question.words import Words
from index.results import Notice, Piece

_COVERED = 12
_SPELT = ("word", "exact", "phrase", "near")
_NAMED = frozenset({"key", "address", "article"})
"""Kinds of fields whose values are names and addresses, kept as they are written."""
_FIELD = late(r"@|[^\W\d_]+\s*:")


class Place(NamedTuple):
    """Where in the question the walk is: what stands around the atom at hand."""

    scope: Scope
    field: QueryField | None = None
    excluded: bool = False
    either: bool = False

    @property
    def is_field(self) -> bool:
        """Whether words are confined to a field of text."""
        return self.scope not in (clauses.EVERYWHERE, clauses.IN_TITLES)


class Absent(NamedTuple):
    """A name that the index lacks, at [start, end) of the question, and those near it, folded."""

    start: int
    end: int
    field: str
    column: str
    near: tuple[str, ...]


class LiteralWords(NamedTuple):
    """Words at [start, end) of the question that their letters alone stand for, quoted or not.

    `plain`: neither quoted nor near another. `instead`: what is looked for if they are nowhere.
    """

    start: int
    end: int
    plain: bool = False
    instead: tuple[str, ...] = ()


class Understanding:
    """One question being understood."""

    def __init__(
        self,
        text: str,
        marks: Sequence[Mark],
        vocabulary: Vocabulary,
        now: datetime,
        zone: str,
        synonyms: Mapping[str, tuple[str, ...]],
    ) -> None:
        self._text = text
        # as the marks have it, with the same offsets
        self._joined = french.in_one_piece(text)
        self._vocabulary = vocabulary
        self._now, self._zone = now, zone
        self._removal = Removal(text, marks)
        several = len(french.tokens(text)) > 1
        wild = sum(typed.read(chunk).wild for chunk in text.split())
        self._words = Words(vocabulary, synonyms, self.say, several, wild)
        self._pieces: list[tuple[Piece, Query | None]] = []
        self._other_words = False
        self._aside: set[str] = set()
        self.notices: list[Notice] = []
        self.order: Order | None = None
        self.words: list[str] = []
        self.absent: list[Absent] = []
        self.literal_words: list[LiteralWords] = []

    @property
    def pieces(self) -> list[tuple[Piece, Query | None]]:
        """Each piece with the tree of the passages that hold it, in the question's order."""
        return sorted(self._pieces, key=lambda pair: (pair[0].start, pair[0].end))

    def say(self, code: str, start: int, end: int, /, **values: object) -> None:
        values = {
            name: self._as_written(value, start, end) if isinstance(value, str) else value
            for name, value in values.items()
        }
        self.notices.append(notice(code, start, end, **values))

    def _as_written(self, part: str, start: int, end: int) -> str:
        """A part of a mark, as the question has it: its numbers are in groups as they are typed."""
        if french.fold(self._text[start:end]) == part:
            return self._text[start:end]
        at = self._joined.find(part, start, end)
        return part if at < 0 else self._text[at : at + len(part)]

    def question(self, tree: Group) -> Meaning:
        """The meaning of a whole question."""
        self._other_words = has_words(tree)
        scope = clauses.IN_TITLES if places(tree) == {"title"} else clauses.EVERYWHERE
        return self._row(tree, Place(scope))

    # groups

    def _row(self, group: Group, place: Place) -> Meaning:
        """Atoms that are all required."""
        return gathered(list(self._parts(group, place)), apart=group.explicit)

    def _parts(self, group: Group, place: Place) -> Iterable[Part]:
        run: list[tuple[Atom, Unit]] = []
        if not place.either:
            filters.in_order(group.nodes, self.say, self._now, self._zone)
        atoms = in_one(group.nodes, self._text) if place.excluded else group.nodes
        for atom in filters.named(atoms, self._text, self._vocabulary):
            units = self._plain(atom, place)
            if units:
                run += [(atom, unit) for unit in units]
                continue
            yield from self._run(run, place)
            run = []
            part = self._atom(atom, place)
            if part is not None:
                yield part
        yield from self._run(run, place)

    def _run(self, run: list[tuple[Atom, Unit]], place: Place) -> Iterable[Part]:
        """Plain words one after the other: common ones set aside, neighbours joined."""
        neighbours = self._words.neighbours([unit for _, unit in run], self._text)
        common_units: list[Unit] = []
        row: list[Unit] = []
        """The last word and the common ones after it."""
        for number, ((atom, unit), neighbour_row) in enumerate(zip(run, neighbours, strict=True)):
            row.append(unit)
            is_letter_name = typed.is_letter_name(self._text, unit)
            # L. 123-4 and « vingt et un » are one thing each
            is_value = any(way.instead for way in neighbour_row)
            next_unit = run[number + 1][1] if number + 1 < len(run) else None
            common = not is_value and (unit.common or elisions.begins(self._text, unit, next_unit))
            is_of_name = is_letter_name or typed.is_of_code(self._text, unit)
            common = common and not is_of_name
            if atom.required or place.is_field or not common:
                yield from self._common(common_units, place)
                common_units = []
                meaning = self._words.plain(unit, place.scope, neighbour_row)
                if is_letter_name:
                    meaning = self._words.letter(meaning, row[-2:], place.scope)
                start, cut = unit.start, unit.cut
                if atom.required and cut[0] == atom.node.startchar:
                    start, cut = atom.startchar, (atom.startchar, cut[1])
                loose = not atom.required
                part = self._as_part(meaning, start, unit.end, place, loose=loose, cut=cut)
                yield part.with_bonus(self._words.beside(row, place.scope))
                row = [unit]
            elif self._other_words:
                self._set_aside(unit)
                self._piece("common", unit.start, unit.end, (), None, unit.cut)
            else:
                common_units.append(unit)
        yield from self._common(common_units, place)

    def _set_aside(self, unit: Unit) -> None:
        """Say that a common word is not required, once for each word."""
        if not self._aside.issuperset(unit.words):
            self._aside.update(unit.words)
            word = self._text[unit.start : unit.end]
            self.say("common_word", unit.start, unit.end, word=word)

    def _common(self, units: list[Unit], place: Place) -> Iterable[Part]:
        """Common words and no other: a phrase."""
        if not units:
            return
        start, end = units[0].start, units[-1].end
        words: list[str] = []
        for unit in units:
            words += unit.words
            if len(words) > LIMITS.phrase:
                self.say("phrase_too_long", unit.start, end, limit=LIMITS.phrase)
                break
        self.say("common_phrase", start, end)
        meaning = self._words.common(words, self._text[start:end], place.scope)
        yield self._as_part(meaning, start, end, place)

    def _group(self, group: Group, place: Place) -> Part | None:
        if group.code == "near":
            return self._near(group, place)
        if group.code == "either":
            inner = place._replace(either=True)
            parts = [self._alternative(atom, inner) for atom in group.nodes]
            return either([part for part in parts if part is not None])
        return every(self._row(group, place))

    def _alternative(self, atom: Atom, place: Place) -> Part | None:
        """An atom of an OU, where a common word counts like any other."""
        units = self._plain(atom, place)
        if not units:
            return self._atom(atom, place)
        looked = [(unit, self._words.plain(unit, place.scope)) for unit in units]
        parts = [
            self._as_part(meaning, unit.start, unit.end, place, loose=True, cut=unit.cut)
            for unit, meaning in looked
        ]
        return every(gathered(parts))

    def _near(self, group: Group, place: Place) -> Part | None:
        pairs = nearness.pairs(group)
        if pairs and place.field is None:
            meaning = self._words.near(pairs, place.scope)
            if not place.excluded:
                sides = [
                    LiteralWords(node.startchar, node.endchar) for node in nearness.sides(group)
                ]
                self.literal_words += sides
            return self._as_part(meaning, group.startchar, group.endchar, place, between=True)
        self.say("near_needs_words", group.startchar, group.endchar)
        return every(self._row(Group(group.nodes), place))

    # atoms

    def _plain(self, atom: Atom, place: Place) -> list[Unit]:
        """The units of a plain word, none for anything else."""
        node = atom.node
        marked = atom.excluded or atom.exact or atom.field is not None
        if marked or place.excluded or place.field is not None or not isinstance(node, Word):
            return []
        chunk = typed.read(node.text)
        if chunk.wild or chunk.faults is not None or chunk.stripped:
            return []
        return typed.units(node.text, node.startchar)

    def _atom(self, atom: Atom, place: Place) -> Part | None:
        field = atom.field
        worded = field is not None and field.kind == "words"
        inner = place._replace(excluded=place.excluded or atom.excluded)
        if worded and field is not None:
            inner = inner._replace(scope=clauses.FIELD_SCOPES[field.code], field=None)
        elif field is not None:
            inner = inner._replace(field=field)
        elif atom.excluded and place.scope is clauses.EVERYWHERE:
            # of the passage, not of its article: the comments that say nothing of it remain
            inner = inner._replace(scope=clauses.IN_TEXT)
        part = self._node(atom, inner)
        if part is None or not atom.excluded:
            if part is None or not worded or field is None:
                return part
            return part._replace(group=field.code, loose=False)
        if part.inside == nodes.NullQuery:  # nothing has it: nothing to exclude
            return None
        return Part(Clause(part.inside), excluded=True)

    def _node(self, atom: Atom, place: Place) -> Part | None:
        node = atom.node
        if isinstance(node, Group):
            return self._group(node, place)
        if isinstance(node, FieldWithValue):
            return self._filter(node.field, node.sign, node.text, atom, place)
        if place.field is not None:
            return self._filter(place.field, ":", node.text, atom, place)
        if isinstance(node, Quoted):
            meaning = self._words.quoted(node, place.scope)
            if meaning is not None and (atom.required or atom.exact):
                meaning = meaning._replace(plainly=())
        else:
            meaning = self._words.marked(node, place.scope, exact=atom.exact or place.excluded)
        if meaning is None:
            return None
        typed_at = node.startchar, node.endchar
        return self._as_part(
            meaning, atom.startchar, atom.endchar, place, loose=meaning.loose, typed_at=typed_at
        )

    def _as_part(
        self,
        meaning: PieceMeaning,
        start: int,
        end: int,
        place: Place,
        *,
        loose: bool = False,
        cut: tuple[int, int] | None = None,
        typed_at: tuple[int, int] | None = None,
        between: bool = False,
    ) -> Part:
        """The part of a piece at [start, end); its words are at `typed_at`, behind any field.

        `between`: an operator stands between its words.
        """
        kind = "field" if place.is_field else meaning.kind
        # the passages that it finds when it is asked alone
        holding = meaning.clause.required if meaning.clause.own is None else meaning.clause.own
        matches = map(spoken.readable, meaning.matches)
        self._piece(_kind(kind, place), start, end, matches, holding, cut, meaning.instead)
        if not place.excluded:
            self.words += meaning.words
            # « XIXe » is 19e, and « trente » 30: no slip of another word
            is_number = any(match[:1].isdecimal() for match in meaning.matches)
            if meaning.kind in _SPELT and not (between or is_number):
                plain = meaning.kind in ("word", "exact")
                span = typed_at or (start, end)
                self.literal_words.append(LiteralWords(*span, plain, meaning.instead))
        return Part(
            meaning.clause,
            loose=loose and not place.is_field,
            meant=meaning.meant,
            plainly=() if place.is_field or place.excluded else meaning.plainly,
        )

    def _filter(
        self, field: QueryField, sign: str, value: str, atom: Atom, place: Place
    ) -> Part | None:
        start, end = atom.startchar, atom.endchar
        if field.kind in _NAMED:
            # rubrique:"Les 1 000 jours" is a name, whose number is no one word
            value = self._as_written(value, start, end)

        def say(code: str, /, **values: object) -> None:
            self.say(code, start, end, **values)

        condition = filters.condition(
            field, sign, value, say, vocabulary=self._vocabulary, now=self._now, zone=self._zone
        )
        if condition is None:
            return None
        if field.kind == "order":
            self.order = cast("Order", condition.choice)
            self._piece("order", start, end, condition.matches, None)
            return None
        self._piece(
            _kind(filters.KINDS[field.kind], place), start, end, condition.matches, condition.query
        )
        if condition.near:
            # a sign before it stays
            field_match = _FIELD.search(self._text, start, end)
            begins = field_match.start() if field_match else atom.node.startchar
            self.absent.append(Absent(begins, end, field.name, field.column, condition.near))
        if self._text[start : start + 1] == "@":
            # somebody's comments, and those that call out to them
            query = any_of([condition.query, *clauses.mentions(value)])
        else:
            query = condition.query if place.excluded else unscored(condition.query)
        return Part(
            Clause(query, bonus=() if place.excluded else condition.bonus), group=condition.group
        )

    def _piece(
        self,
        kind: str,
        start: int,
        end: int,
        matches: Iterable[str],
        holding: Query | None,
        cut: tuple[int, int] | None = None,
        instead: tuple[str, ...] = (),
    ) -> None:
        text = printable(self._text[start:end])
        forms: dict[str, str] = {}
        for form in map(printable, matches):
            # 5 ans as one thing and as two words: with one blank or another, it is read twice
            forms.setdefault(" ".join(form.split()), form)
        covered = (*forms.values(),)[:_COVERED]
        without = self._removal.without(cut or (start, end))
        exactly = printable(f"{self._text[:start]}={self._text[start:]}") if instead else ""
        piece = Piece(kind, text, start, end, covered, without, None, instead, exactly)
        self._pieces.append((piece, holding))


def _kind(kind: str, place: Place) -> str:
    if place.excluded:
        return "excluded"
    return "either" if place.either else kind

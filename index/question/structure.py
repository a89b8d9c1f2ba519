"""How do the marks of a question hold together: groups, signs, operators?

The grammar's filters, in their order: the limit on words, brackets, dates of several words,
then signs and fields, PRES, ET and OU, each binding less than the one before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import Any, Protocol

from whoosh.qparser import Plugin

from index import french
from index.question import dates, elisions, numerals, typed
from index.question.grammar import LIMITS, choice_named
from index.question.marks import (
    Atom,
    Bracket,
    FieldMark,
    FieldWithValue,
    Group,
    Infix,
    Mark,
    Quoted,
    Sign,
    Word,
)

# "depuis: le 3 mars 2024" is a field and this many words at most
_DATE_WORDS = 7


class Reading(Protocol):
    """The question being read."""

    text: str
    flat: list[Mark]

    def say(self, code: str, start: int, end: int, /, **values: object) -> None: ...


class LimitPlugin(Plugin):  # type: ignore[misc]
    """Cuts a question after so many words."""

    def filters(self, parser: Reading) -> list[tuple[Any, int]]:
        return [(self.cut, -10)]

    def cut(self, parser: Reading, group: Any) -> Any:
        parser.flat = [node for node in group if not node.is_ws()]
        remaining = LIMITS.terms
        for number, node in enumerate(group):
            remaining -= min(_terms(node), LIMITS.phrase)
            if remaining < 0:
                parser.say("too_many_words", node.startchar, len(parser.text), limit=LIMITS.terms)
                del group.nodes[number:]
                break
        return group


def _terms(node: Any) -> int:
    if isinstance(node, FieldWithValue):
        return 1
    if not isinstance(node, Word | Quoted):
        return 0
    tokens = french.tokens(node.text)
    if isinstance(node, Word):
        word = typed.read(node.text)
        if word.wild or word.faults is not None:
            return 1
        if all(token.exact in french.COMMON for token in tokens):
            return 0
    return max(1, len(tokens))


class GroupPlugin(Plugin):  # type: ignore[misc]
    """Brackets, as deep as the limit; deeper ones and unpaired ones count for nothing."""

    def filters(self, parser: Reading) -> list[tuple[Any, int]]:
        return [(self.group, 0)]

    def group(self, parser: Reading, group: Any) -> Any:
        stack, skipped = [Group()], 0
        for node in group:
            if not isinstance(node, Bracket):
                stack[-1].append(node)
            elif node.opens and len(stack) > LIMITS.depth:
                skipped += 1
                if skipped == 1:
                    parser.say("too_deep", node.startchar, node.endchar, limit=LIMITS.depth)
            elif node.opens:
                stack.append(Group())
                stack[-1].opened = node.startchar
            elif skipped:
                skipped -= 1
            elif len(stack) > 1:
                self._close(parser, stack, node.endchar)
            else:
                parser.say("unclosed_bracket", node.startchar, node.endchar)
        while len(stack) > 1:
            opened = stack[-1].opened or 0
            parser.say("unclosed_bracket", opened, opened + 1)
            last = stack[-1].nodes[-1].endchar if stack[-1].nodes else opened + 1
            self._close(parser, stack, last)
        return stack[0]

    def _close(self, parser: Reading, stack: list[Group], end: int) -> None:
        inner = stack.pop()
        inner.closed = end
        if any(not node.is_ws() for node in inner):
            stack[-1].append(inner)
        else:
            parser.say("nothing_inside", inner.opened or 0, end)


class DatePlugin(Plugin):  # type: ignore[misc]
    """`depuis:mars 2023` without quotes: a date takes the words that make it one."""

    def filters(self, parser: Reading) -> list[tuple[Any, int]]:
        return [(self.join, 400)]

    def join(self, parser: Reading, group: Any) -> Any:
        joined = group.empty_copy()
        nodes = list(group)
        position = 0
        while position < len(nodes):
            node = nodes[position]
            position += 1
            if isinstance(node, Group):
                node = self.join(parser, node)
            elif isinstance(node, FieldMark) and node.field.kind == "date":
                node, position = self._valued(nodes, node, position)
            if isinstance(node, FieldWithValue) and node.field.kind == "date" and node.sign == ":":
                position = self._lengthen(parser, nodes, node, position)
            joined.append(node)
        return joined

    def _valued(self, nodes: list[Any], mark: FieldMark, position: int) -> tuple[Mark, int]:
        """`depuis: hier`, with a space, as `depuis:hier`."""
        following = position
        while following < len(nodes) and nodes[following].is_ws():
            following += 1
        if following == len(nodes) or not isinstance(nodes[following], Word):
            return mark, position
        word = nodes[following]
        valued = FieldWithValue(mark.field, ":", word.text, word.startchar)
        valued.set_range(mark.startchar, word.endchar)
        return valued, following + 1

    def _lengthen(
        self, parser: Reading, nodes: list[Any], date: FieldWithValue, position: int
    ) -> int:
        """Let a date take the words after it that make it longer; where the walk goes on."""
        ends = []
        for number in range(position, min(len(nodes), position + 2 * _DATE_WORDS)):
            if isinstance(nodes[number], Word):
                ends.append(number)
            elif not nodes[number].is_ws():
                break
        for number in reversed(ends):
            text = parser.text[date.inside : nodes[number].endchar]
            if dates.readable(text):
                date.endchar, date.text = nodes[number].endchar, text
                return number + 1
        return position


class OperatorPlugin(Plugin):  # type: ignore[misc]
    """Signs and fields first, then PRES, ET and OU, each binding less than the one before."""

    def filters(self, parser: Reading) -> list[tuple[Any, int]]:
        return [(self.rule, 600)]

    def rule(self, parser: Reading, group: Any) -> Any:
        nodes = list(self._atoms(parser, group))
        for code in ("near", "all", "either"):
            nodes = list(self._infix(parser, nodes, code))
        ruled = group.empty_copy()
        ruled.extend(nodes)
        return ruled

    def _atoms(self, parser: Reading, group: Any) -> Iterator[Mark]:
        """Each word, quote or group with the signs and the field before it."""
        before: list[Mark] = []
        for node in group:
            if isinstance(node, Sign | FieldMark):
                if isinstance(node, FieldMark):
                    self._dangling(parser, [mark for mark in before if isinstance(mark, FieldMark)])
                    before = [mark for mark in before if not isinstance(mark, FieldMark)]
                before.append(node)
                continue
            if isinstance(node, Infix):
                self._dangling(parser, before)
                yield node
            else:
                if isinstance(node, Group):
                    node = self.rule(parser, node)
                    if not node.nodes:
                        parser.say("nothing_inside", node.startchar, node.endchar)
                        self._dangling(parser, before)
                        before = []
                        continue
                yield Atom(node, before)
            before = []
        self._dangling(parser, before)

    def _infix(self, parser: Reading, nodes: list[Mark], code: str) -> Iterator[Mark]:
        """Gather what an operator joins; one without both sides is dropped."""
        operand: Mark | None = None
        joining: Infix | None = None
        for node in nodes:
            if isinstance(node, Infix):
                if node.code != code or operand is None:
                    if node.code == code:
                        self._dangling(parser, [node])
                        continue
                    if joining is not None:
                        self._dangling(parser, [joining])
                        joining = None
                    if operand is not None:
                        yield operand
                        operand = None
                    yield node
                elif joining is not None:
                    self._dangling(parser, [node])
                else:
                    joining = node
            elif joining is not None:
                operand = _joined(operand, joining, node)
                joining = None
            else:
                if operand is not None:
                    yield operand
                operand = node
        if operand is not None:
            yield operand
        if joining is not None:
            self._dangling(parser, [joining])

    def _dangling(self, parser: Reading, marks: Iterable[Mark]) -> None:
        for mark in marks:
            word = parser.text[mark.startchar : mark.endchar]
            parser.say("dangling_operator", mark.startchar, mark.endchar, word=word)


def _joined(left: Any, operator: Infix, right: Mark) -> Atom:
    """The two as one group; a third joins the group of the first two."""
    group = left.node
    if not (
        isinstance(group, Group)
        and group.explicit
        and group.opened is None
        and group.code == operator.code != "near"
    ):
        group = Group([left])
        group.code, group.explicit, group.slop = operator.code, True, operator.slop
    group.append(right)
    return Atom(group, [])


def has_words(node: Any) -> bool:
    """Return whether there is a word to look for that is not a common one."""
    if isinstance(node, Group):
        pairs = zip_longest(node.nodes, node.nodes[1:])
        return any(has_words(child) for child, after in pairs if not _elided(child, after))
    if isinstance(node, Atom):
        if node.excluded or (node.field is not None and node.field.kind != "words"):
            return False
        if isinstance(node.node, Word):
            tokens = french.tokens(node.node.text)
            counts = node.required or node.exact
            return any(counts or not typed.is_common(token) for token in tokens)
        return has_words(node.node)
    return isinstance(node, Quoted) and bool(french.tokens(node.text))


def _elided(atom: Atom, after: Atom | None) -> bool:
    """Whether an atom is a mere elision of the next, its apostrophe left out: c est."""
    if after is None or atom.required or after.startchar != atom.endchar + 1:
        return False
    word, following = atom.node, after.node
    if not (isinstance(word, Word) and isinstance(following, Word)):
        return False
    return elisions.opens(word.text, following.text, first=atom.startchar == 0)


def in_one(atoms: Iterable[Atom], question: str) -> list[Atom]:
    """The atoms of an excluded group, those of one quantity or date quoted: -(10 km)."""
    atoms = list(atoms)
    units = [
        unit
        for atom in atoms
        if isinstance(atom.node, Word) and atom.startchar == atom.node.startchar
        for unit in typed.units(atom.node.text, atom.startchar)
    ]
    for first, after, _ in numerals.together(units, question):
        start, end = units[first].start, units[after - 1].end
        row = [atom for atom in atoms if start <= atom.startchar and atom.endchar <= end]
        is_row = len(row) == after - first > 1 and all(isinstance(atom.node, Word) for atom in row)
        if is_row:
            quoted = Quoted(question[start:end], start, None)
            quoted.set_range(start, end)
            at = atoms.index(row[0])
            atoms[at : at + len(row)] = [Atom(quoted, [])]
    return atoms


def places(group: Group) -> set[str]:
    """The places that a question is confined to."""
    values: set[str] = set()
    for atom in group.nodes:
        node = atom.node
        if atom.excluded:
            continue
        if isinstance(node, Group) and node.code == "all" and atom.field is None:
            values |= places(node)
        field = node.field if isinstance(node, FieldWithValue) else atom.field
        if (
            field is not None
            and field.kind == "place"
            and isinstance(node, FieldWithValue | Quoted | Word)
        ):
            choice = choice_named(field, node.text)
            values |= {choice.value} if choice else set()
    return values

"""Which marks does a question hold?

The nodes that reading a question makes, each knowing its characters, `[startchar, endchar)`.
"""

from __future__ import annotations

from typing import Any

from whoosh.qparser import syntax

from index.question.grammar import QueryField


class Mark(syntax.SyntaxNode):  # type: ignore[misc]
    """A piece of the question, from `startchar` to `endchar`."""

    startchar: int
    endchar: int


class Word(Mark):
    """Characters without white space: usually a word."""

    def __init__(self, text: str) -> None:
        self.text = text


class Quoted(Mark):
    """What is between quotes; `inside` is where it begins, `slop` the number after `~`."""

    def __init__(self, text: str, inside: int, slop: int | None) -> None:
        self.text, self.inside, self.slop = text, inside, slop


class FieldWithValue(Mark):
    """A field with its value, which begins at `inside`: `auteur:Dupont`, `commentaires>10`."""

    def __init__(self, field: QueryField, sign: str, text: str, inside: int) -> None:
        self.field, self.sign, self.text, self.inside = field, sign, text, inside


class Sign(Mark):
    """`+`, `-` or `=` before something; SAUF is a `-`."""

    def __init__(self, sign: str) -> None:
        self.sign = sign


class FieldMark(Mark):
    """A field whose value is what follows."""

    def __init__(self, field: QueryField) -> None:
        self.field = field


class Infix(Mark):
    """ET, OU, PRES/5: `code` is all, either or near."""

    def __init__(self, code: str, slop: int = 0) -> None:
        self.code, self.slop = code, slop


class Bracket(Mark):
    def __init__(self, opens: bool) -> None:
        self.opens = opens


class Stray(syntax.Whitespace):  # type: ignore[misc]
    """A quotation mark that is not paired: counts as white space."""

    startchar: int
    endchar: int


class Group(syntax.GroupNode):  # type: ignore[misc]
    """Atoms ruled by one operator: `all` (implicit when not `explicit`), `either` or `near`."""

    has_boost = False
    code = "all"
    explicit = False
    slop = 0
    opened: int | None = None
    closed: int | None = None

    @property
    def startchar(self) -> int:
        return self.opened if self.opened is not None else int(self.nodes[0].startchar)

    @property
    def endchar(self) -> int:
        return self.closed if self.closed is not None else int(self.nodes[-1].endchar)

    def empty_copy(self) -> Group:
        copy = Group()
        copy.code, copy.explicit, copy.slop = self.code, self.explicit, self.slop
        copy.opened, copy.closed = self.opened, self.closed
        return copy


class Atom(Mark):
    """Something to look for with all that was said before it: `-titre:"red team"`."""

    def __init__(self, node: Any, before: list[Mark]) -> None:
        self.node = node
        self.startchar = before[0].startchar if before else node.startchar
        self.endchar = node.endchar
        signs = [mark.sign for mark in before if isinstance(mark, Sign)]
        self.excluded = signs.count("-") % 2 == 1
        self.exact = "=" in signs
        self.required = "+" in signs
        fields = [mark.field for mark in before if isinstance(mark, FieldMark)]
        self.field: QueryField | None = fields[-1] if fields else None

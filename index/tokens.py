"""What is a term of a text, and where does it stand?"""

from __future__ import annotations

from typing import NamedTuple


class Variant(NamedTuple):
    """Another form that what is written from `start` to `end` answers to: redteam for red-team.

    `part` marks a piece of it (porc in #BalanceTonPorc): a text answers to its pieces, a question
    does not ask for them.
    """

    form: str
    stem: str
    start: int
    end: int
    part: bool = False


class Token(NamedTuple):
    """One term. `start` and `end` are code points of the text it was read in.

    exact is folded, stem is its stem; a variant hangs on the first token of what it spans.
    (A named tuple rather than a dataclass: marking a page makes thousands.)
    """

    start: int
    end: int
    exact: str
    stem: str
    variants: tuple[Variant, ...] = ()
    rule: str = "word"

    @property
    def variant_stems(self) -> tuple[str, ...]:
        return tuple(variant.stem for variant in self.variants)

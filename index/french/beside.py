"""What do chunks of a text answer to together with those beside them?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import compress
from typing import NamedTuple

from index.french.homographs import Verbs, in_place
from index.french.spread import Spread, spread
from index.french.tokens import Variant
from index.french.worded import Begun, numbers


class Additions(NamedTuple):
    """What a chunk has beyond its terms: variants, and what the chunks beside it may add.

    `opens` is what the next may go on with; `verbs`, what it answers to beside some words;
    `number`, the number in words that it begins.
    """

    variants: str
    variant_stems: str
    opens: str
    verbs: Verbs | None = None
    number: Begun | None = None


def may_be_grouped(chunks: Sequence[str], additions: Sequence[Additions | None]) -> bool:
    """Return whether some chunk ends in figures and the next begins with two."""
    for i in compress(range(len(additions) - 1), additions):
        addition = additions[i]
        opens = addition.opens if addition else ""
        if opens[-1:].isdecimal() and chunks[i + 1][:2].isdecimal():
            return True
    return False


def spread_forms(chunks: Sequence[str], additions: Sequence[Additions | None]) -> Iterator[Spread]:
    """Yield the forms of what is written over several chunks, given each one's additions."""
    free_from = 0
    # few chunks have more to them: those are all that is looked at
    for i in compress(range(len(additions)), additions):
        addition = additions[i]
        if not addition or i < free_from:
            continue
        forms = spread(addition.opens, chunks, i + 1) if addition.opens else []
        if addition.number and not forms:
            # sept. 2020 is a month
            forms = numbers(addition.number, chunks, i + 1)
        for form in forms:
            yield form
            free_from = after_form(free_from, addition.opens, form)


def verbs_in_place(
    chunks: Sequence[str], additions: Sequence[Additions | None]
) -> Iterator[Variant]:
    """Yield the verbs that words answer to beside an auxiliary, a subject or a noun."""
    for i in compress(range(len(additions)), additions):
        addition = additions[i]
        if addition and addition.verbs:
            yield from in_place(addition.verbs, chunks, i)


def after_form(free_from: int, opens: str, form: Spread) -> int:
    """Return the place of the first chunk that may begin another number after a form.

    That of XVIe et XVIIe siècles takes no chunk, nor does a part: the 5 of « du 3 au 5 juin »
    begins a date too.
    """
    is_number = not opens or opens[0].isdecimal() or opens[-1].isdecimal()
    return max(free_from, form.last + 1) if is_number and not form.part else free_from

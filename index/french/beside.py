"""What do chunks of a text answer to together with those beside them?"""

from __future__ import annotations

from collections.abc import Sequence
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


class Together(NamedTuple):
    """What chunks answer to together.

    `forms` are of what is written over several, `verbs` what words are beside others;
    `may_be_grouped` when some chunk ends in figures and the next may go on with them.
    """

    forms: list[str]
    verbs: list[Variant]
    may_be_grouped: bool


def together(chunks: Sequence[str], additions: Sequence[Additions | None]) -> Together:
    """Return what chunks answer to together, given each one's additions."""
    forms: list[str] = []
    verbs: list[Variant] = []
    may_be_grouped, free_from, last = False, 0, len(chunks) - 1
    # few chunks have more to them: those are all that is looked at
    for i in compress(range(len(additions)), additions):
        _, _, opens, word_verbs, number = additions[i]  # type: ignore[misc]
        if word_verbs:
            verbs += in_place(word_verbs, chunks, i)
        if opens and i < last and opens[-1].isdecimal():
            following = chunks[i + 1]
            may_be_grouped |= following[0].isdecimal() or following.startswith("(0)")
        if i < free_from or not (opens or number):
            continue
        spreads = spread(opens, chunks, i + 1) if opens else []
        if number and not spreads:
            # sept. 2020 is a month
            spreads = numbers(number, chunks, i + 1)
        for form in spreads:
            forms.append(form.form)
            free_from = after_form(free_from, form, chunks)
    return Together(forms, verbs, may_be_grouped)


def after_form(free_from: int, form: Spread, chunks: Sequence[str]) -> int:
    """Return the place of the first chunk that may begin another form after one.

    That of XVIe et XVIIe siècles takes no chunk, nor does a part: the 5 of « du 3 au 5 juin »
    begins a date too, and the 44 of « 60 ch/44 kW » a power.
    """
    # BRAVO A T O U S
    may_be_word = form.form[0] in "ay" and form.form.isalpha() and "." not in chunks[form.last]
    if form.part or may_be_word or form.form.endswith("siecle"):
        return free_from
    goes_on = 0 < form.end < len(chunks[form.last]) and chunks[form.last][-1].isdecimal()
    return max(free_from, form.last + (not goes_on))

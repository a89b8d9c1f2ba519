"""Does each character of a text have its byte, whichever it is?"""

from __future__ import annotations

import sys
from pathlib import Path

from index.french import spotting
from index.french.characters import characters
from index.french.grouping import in_one_piece, may_group

CASES = Path(__file__).with_name("french_cases.tsv")
EVERY = "".join(map(chr, range(sys.maxunicode + 1)))


def test_a_blank_is_one_and_nothing_else_is() -> None:
    kinds = characters(EVERY).kinds
    assert len(kinds) == len(EVERY)
    blanks = {character for character, kind in zip(EVERY, kinds, strict=True) if kind == ord(" ")}
    assert blanks == set(filter(str.isspace, EVERY))


def test_a_letter_that_may_be_of_a_mere_word_is_a_letter() -> None:
    kinds = characters(EVERY).kinds
    letters = [character for character, kind in zip(EVERY, kinds, strict=True) if kind in b"aAeO"]
    assert all(map(str.isalpha, letters))
    assert {*"azAZéÉœŒæÆÿŸ"} <= {*letters}
    # of what has no byte, nothing is known
    assert characters("щ€\u200b½😀, ?").kinds == b"?????, ,"


IDENTIFIERS = (
    "06 12 34 56 78",
    "06\u00a012\u00a034\u00a056\u00a078",
    "732 829 320 00074",
    "+33(0)6.12.34.56.78",
    "(+33)612345678",
)


def test_a_number_in_groups_is_seen_by_its_kinds() -> None:
    for number in ("1 500", "1\u202f500", "12\u00a0345 678", "٣ ٤٥٦", *IDENTIFIERS):
        text = f"soit {number} euros"
        assert may_group(characters(text).kinds) >= (in_one_piece(text) != text), text
    for number in IDENTIFIERS:
        assert in_one_piece(number) != number
    for row in CASES.read_text("utf-8").splitlines():
        assert may_group(characters(row).kinds) >= (in_one_piece(row) != row), row
    assert not may_group(characters("soit 15 euros, en 2024").kinds)


def test_patterns_go_from_one_character_to_the_next() -> None:
    """A set that a pattern begins with is tried at each letter of a text, an order slower."""
    for odd in (spotting._odd, spotting._odd_to_mere):
        assert all(pattern.pattern.lstrip(b"\\")[:1] in b"#?.AO" for pattern in odd.patterns)

"""Do marks leave every text as it was?"""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from webui.page.marking import Hit, Line, lines, pieces

TEXTS = st.text(st.sampled_from("aé<>&\n\u0301😉 "), max_size=40)


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]]]:
    text = draw(TEXTS)
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    return text, list(zip(cuts[::2], cuts[1::2], strict=False))


@given(marked())
def test_pieces_joined_are_the_text(case: tuple[str, list[tuple[int, int]]]) -> None:
    text, marks = case
    found = list(pieces(text, marks))
    assert "".join(bit.text for bit in found) == text
    assert [bit.text for bit in found if bit.marked] == [text[a:b] for a, b in marks]


@given(marked(), st.integers(1, 3))
def test_lines_keep_every_line_and_every_marked_letter(
    case: tuple[str, list[tuple[int, int]]], several: int
) -> None:
    text, marks = case
    # each occurrence is of some marks that follow one another
    groups = [marks[at : at + several] for at in range(0, len(marks), several)]
    hits = [Hit(some[0][0], some[-1][1], True, n) for n, some in enumerate(groups, 1)]
    found = lines(text, marks, hits)
    assert [one.text for one in found] == [line for line in text.split("\n") if line.strip()]
    places = [place for one in found for place in one.places]
    assert "".join(bit.text for place in places for bit in place.bits) == "".join(
        one.text for one in found
    )
    kept = "".join(bit.text for place in places for bit in place.bits if bit.marked)
    asked = "".join(text[a:b] for a, b in marks)
    assert "".join(kept.split()) == "".join(asked.split())
    # what is cut by the end of a line is numbered where it begins, if something is shown there
    numbers = [place.hit.number for place in places if place.hit and place.hit.number]
    assert numbers == sorted(set(numbers))
    begun = {hit.number for hit in hits if text[hit.start : hit.end].partition("\n")[0].strip()}
    assert begun <= set(numbers)


def test_marks_outside_of_the_occurrences_are_kept() -> None:
    line = Line("un mot, un autre", [(3, 6), (11, 16)], [Hit(11, 16, True, 1)])
    assert [
        ([tuple(bit) for bit in place.bits], place.hit and place.hit.number)
        for place in line.places
    ] == [
        ([("un ", False), ("mot", True), (", un ", False)], None),
        ([("autre", True)], 1),
    ]

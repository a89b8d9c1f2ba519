"""Do marks leave every text as it was?"""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from webui.page.marking import Hit, Line, lines, pieces

TEXTS = st.text(st.sampled_from("aé<>&\n\u0301😉 "), max_size=40)


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]]]:
    text = draw(TEXTS)
    bounds = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    return text, list(zip(bounds[::2], bounds[1::2], strict=False))


@given(marked_texts())
def test_pieces_joined_are_the_text(case: tuple[str, list[tuple[int, int]]]) -> None:
    text, marks = case
    bits = list(pieces(text, marks))
    assert "".join(bit.text for bit in bits) == text
    assert [bit.text for bit in bits if bit.marked] == [text[a:b] for a, b in marks]


@given(marked_texts(), st.integers(1, 3))
def test_lines_keep_every_line_and_every_marked_letter(
    case: tuple[str, list[tuple[int, int]]], several: int
) -> None:
    text, marks = case
    # each occurrence is of some marks that follow one another
    groups = [marks[at : at + several] for at in range(0, len(marks), several)]
    hits = [Hit(group[0][0], group[-1][1], True, n) for n, group in enumerate(groups, 1)]
    found_lines = lines(text, marks, hits)
    assert [line_found.text for line_found in found_lines] == [
        line for line in text.split("\n") if line.strip()
    ]
    places = [place for line_found in found_lines for place in line_found.places]
    assert "".join(bit.text for place in places for bit in place.bits) == "".join(
        line_found.text for line_found in found_lines
    )
    marked_letters = "".join(bit.text for place in places for bit in place.bits if bit.marked)
    expected_letters = "".join(text[a:b] for a, b in marks)
    assert "".join(marked_letters.split()) == "".join(expected_letters.split())
    # what is cut by the end of a line is numbered where it begins, if something is shown there
    numbers = [place.hit.number for place in places if place.hit and place.hit.number]
    assert numbers == sorted(set(numbers))
    begun_hits = {
        hit.number for hit in hits if text[hit.start : hit.end].partition("\n")[0].strip()
    }
    assert begun_hits <= set(numbers)


def test_marks_outside_of_the_occurrences_are_kept() -> None:
    line = Line("un mot, un autre", [(3, 6), (11, 16)], [Hit(11, 16, True, 1)])
    assert [
        ([tuple(bit) for bit in place.bits], place.hit and place.hit.number)
        for place in line.places
    ] == [
        ([("un ", False), ("mot", True), (", un ", False)], None),
        ([("autre", True)], 1),
    ]

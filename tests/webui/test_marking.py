"""Do marks leave every text as it was?"""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from webui.marking import paragraphs, pieces

TEXTS = st.text(st.sampled_from("aé<>&\n\u0301😉 "), max_size=40)


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]]]:
    text = draw(TEXTS)
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    return text, list(zip(cuts[::2], cuts[1::2], strict=False))


@given(marked())
def test_pieces_joined_are_the_text(case: tuple[str, list[tuple[int, int]]]) -> None:
    text, marks = case
    found = list(pieces(text, marks, first=3))
    assert "".join(bit.text for bit in found) == text
    assert [bit.text for bit in found if bit.marked] == [text[a:b] for a, b in marks]
    assert [bit.number for bit in found if bit.marked] == [3 + n for n in range(len(marks))]


@given(marked())
def test_paragraphs_keep_every_line_and_every_marked_letter(
    case: tuple[str, list[tuple[int, int]]],
) -> None:
    text, marks = case
    found = paragraphs(text, marks, 1)
    assert [one.text for one in found] == [line for line in text.split("\n") if line.strip()]
    kept = "".join(one.text[a:b] for one in found for a, b in one.marks)
    asked = "".join(text[a:b] for a, b in marks)
    assert "".join(kept.split()) == "".join(asked.split())
    numbers = [one.first + n for one in found for n in range(len(one.marks))]
    assert numbers == list(range(1, len(numbers) + 1))

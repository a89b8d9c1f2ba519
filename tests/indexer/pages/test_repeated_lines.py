"""Is each line of a page looked at a few times, however often it comes?

Lines of two bytes are eight million in a file of 16 MB: what is looked for from each of them,
down to the end, would never end.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from indexer.pages import page
from indexer.pages.blocks import find_blocks
from indexer.text import Line
from indexer.times import Capture

LONG = (
    "Un paragraphe, pour sûr : il compte plus de quatre-vingts signes, et n’est donc aucun titre."
)


class LookAnswer(list[Line]):
    """Lines that count how many of them were looked at."""

    count = 0

    def __getitem__(self, at: Any) -> Any:
        lines = super().__getitem__(at)
        self.count += len(lines) if isinstance(at, slice) else 1
        return lines


def looked_at(repeated: Sequence[str], end: str, times: int) -> int:
    texts = ["Titre", "Le 2 mai 2024", "Un corps."]
    texts += [text.format(n) for n in range(times) for text in repeated]
    lines = LookAnswer(Line(number, text) for number, text in enumerate([*texts, end], 1))
    find_blocks(lines, 1, 2)
    return lines.count


@pytest.mark.parametrize("end", ["Fin.", LONG, "-", "- fin"])
@pytest.mark.parametrize(
    "repeated",
    [
        ["-"],
        ["- mot"],
        ["- mot {}"],
        ["-", "mot"],
        ["-", "mot {}"],
        ["Titre"],
        ["Titre", "mot"],
        ["Titre", "mot {}"],
        ["Sommaire"],
        ["Sommaire", "mot"],
        ["Sommaire", "mot {}"],
        ["Aucun commentaire"],
        ["Commentaires (2)"],
        ["Commentaires"],
        ["Un corps.", "-"],
    ],
    ids=" ".join,
)
def test_a_page_of_lines_alike_is_looked_at_a_few_times(repeated: list[str], end: str) -> None:
    looks, looks_at_double = (looked_at(repeated, end, times) for times in (500, 1000))
    assert looks_at_double < 2.5 * looks


def test_a_page_of_too_many_lines_is_refused_before_they_are_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(page, "_MOST_LINES", 5)
    capture = Capture(date(2024, 5, 3))
    text = "Titre\n\nLe 2 mai 2024\nIA\nUn corps.\n\nCommentaires (0)\n"
    assert page.read_page(text.encode(), capture).article.headline == "Titre"
    monkeypatch.setattr(page, "parted", None)
    with pytest.raises(page.PageError, match="plus de 5 lignes"):
        page.read_page(f"{text}Hier à 08h46\n".encode(), capture)

"""Who wrote the comments of a page whose text has a name above each date?"""

from __future__ import annotations

import pytest

from indexer.pages.comments import split_comments
from indexer.text import Line

Signed = list[tuple[str | None, list[str]]]

THREE = """Alice Morel
Le 04/03/2024 à 10h22
Le bac part.
Répondre
@luc_roy
Le 04/03/2024 à 11h05
Quand ?
Répondre
Zoé
Le 05/03/2024 à 08h40
Dans une heure.
Merci"""
SIGNED: dict[str, tuple[str, int | None, Signed]] = {
    "three": (
        THREE,
        None,
        [
            ("Alice Morel", ["Le bac part."]),
            ("luc_roy", ["Quand ?"]),
            ("Zoé", ["Dans une heure.", "Merci"]),
        ],
    ),
    "two, as the page says": (
        "Alice Morel\nLe 04/03/2024 à 10h22\nLe bac part.\nZoé\nLe 05/03/2024 à 08h40\nQuand ?",
        2,
        [("Alice Morel", ["Le bac part."]), ("Zoé", ["Quand ?"])],
    ),
    "two, and nobody says so": (
        "Alice Morel\nLe 04/03/2024 à 10h22\nLe bac part.\nMerci\nLe 05/03/2024 à 08h40\nQuand ?",
        None,
        [(None, ["Le bac part.", "Merci"]), (None, ["Quand ?"])],
    ),
    "no name above the first": (
        THREE.partition("\n")[2],
        3,
        [
            (None, ["Le bac part.", "Répondre", "@luc_roy"]),
            (None, ["Quand ?", "Répondre", "Zoé"]),
            (None, ["Dans une heure.", "Merci"]),
        ],
    ),
    "a sentence above one": (
        THREE.replace("Zoé", "Et le soir ?"),
        3,
        [
            (None, ["Le bac part.", "Répondre", "@luc_roy"]),
            (None, ["Quand ?", "Répondre", "Et le soir ?"]),
            (None, ["Dans une heure.", "Merci"]),
        ],
    ),
    "comments of one word": (
        "Tri\nLe 04/03/2024 à 10h22\nBravo\nLe 04/03/2024 à 11h05\nMerci\nHier à 08h40\nOui",
        3,
        [(None, ["Bravo"]), (None, ["Merci"]), (None, ["Oui"])],
    ),
}


@pytest.mark.parametrize("kind", SIGNED)
def test_names_above_dates(kind: str) -> None:
    text, declared, expected = SIGNED[kind]
    lines = [Line(number, line) for number, line in enumerate(text.split("\n"), start=1)]
    comments, _ = split_comments(lines, declared)
    assert [
        (comment.author, [line.text for line in comment.body]) for comment in comments
    ] == expected

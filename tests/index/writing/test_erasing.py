"""What is taken out of the texts of a thread, by the names of who is forgotten?"""

from __future__ import annotations

import pytest

from index.record import About, Record
from index.writing.erasing import erase
from index.writing.forgotten import Forgotten


def comment(number: int, text: str, author: str) -> Record:
    about = About("a", "Sora", comments=2)
    return Record(f"a#comment-{number}", "comment", about, number, author=author, text=text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pierre a raison", "[…] a raison"),
        ("la pierre du mur", "la pierre du mur"),
        ("@pierre : oui", "@[…] : oui"),
        ("Pierre-Yves", "Pierre-Yves"),
        ("Jean-Pierre", "Jean-Pierre"),
        ("@Pierre-Yves, non", "@Pierre-Yves, non"),
        ("@pierre tu exagères", "@[…] tu exagères"),
        ("Pierre@exemple.fr", "Pierre@exemple.fr"),
        ("Pierrette", "Pierrette"),
        ("d’Pierre !", "d’[…] !"),
        ("pierre@pierre.fr", "pierre@pierre.fr"),
        ("(@Pierre)", "(@[…])"),
        ("", ""),
    ],
)
def test_a_name_in_a_text_of_the_same_thread(text: str, expected: str) -> None:
    names = Forgotten().adding(["Pierre"])
    erased = erase([comment(1, "Bonjour.", "Pierre"), comment(2, text, "Bob")], names)
    assert [record.text for record in erased.remaining] == [expected]


def test_tombstones_of_two_places_join() -> None:
    first, second = Forgotten().adding(["Zoé"]), Forgotten().adding(["Bob"])
    joined = first | second
    assert [joined.knows(name) for name in ("zoe", "BOB", "Alice")] == [True, True, False]
    assert first | first == first

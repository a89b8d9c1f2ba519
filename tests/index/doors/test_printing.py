"""What says a terminal of a passage that answers?"""

from __future__ import annotations

from typing import Any

import pytest

from index.doors.printing import _title_line, print_results
from index.record import About, Record
from index.results import Passage, Results


@pytest.mark.parametrize(
    ("members", "line"),
    [
        ({"author": "Zoé", "start": "2024-10-27T02:29:00+02:00", "precision": "minute"},
         "Commentaire de Zoé, 2024-10-27 02:29 (heure d’été)"),
        ({"author": "Élise", "start": "2024-10-27T02:30:00+01:00", "precision": "second"},
         "Commentaire d’Élise, 2024-10-27 02:30 (heure d’hiver)"),
        ({"author": "Hugo", "start": "2024-10-27T03:00:00+01:00", "precision": "minute"},
         "Commentaire de Hugo, 2024-10-27 03:00"),
        ({"start": "2024-10-02T00:00:00+02:00", "precision": "day"}, "Commentaire, 2024-10-02"),
        ({"start": "2024-10-01T00:00:00+02:00", "precision": "month"}, "Commentaire, 2024-10"),
        ({"start": "2024-01-01T00:00:00+01:00", "precision": "year"}, "Commentaire, 2024"),
        ({"start": "2024-10-02T00:00:00+02:00", "precision": "day", "shown": "Hier"},
         "Commentaire, Hier"),
        ({}, "Commentaire"),
    ],
)  # fmt: skip
def test_a_comment_has_its_author_and_its_time_as_far_as_it_is_known(
    members: dict[str, Any], line: str
) -> None:
    record = Record("a#comment-1", "comment", About("a", "A"), 1, **members)
    assert _title_line(Passage(record, 1.0, ()), color=False) == f"{line}  [a#comment-1]"


@pytest.mark.parametrize(("text", "part"), [("", "Titre"), ("Un mot de plus.", "Chapô")])
def test_the_head_of_an_article_without_a_standfirst_is_a_title(text: str, part: str) -> None:
    record = Record("a#lead", "lead", About("a", "A"), 0, "A", text)
    assert _title_line(Passage(record, 1.0, ()), color=False) == f"{part}  [a#lead]"


def test_a_page_after_the_last_says_which_is_the_last(capsys: pytest.CaptureFixture[str]) -> None:
    print_results(Results("a", page=9, size=10, listed=31), color=False)
    assert capsys.readouterr().out.endswith("\nRien à la page 9 : la dernière est --page 4\n")
    print_results(Results("a", page=1, size=10), color=False)
    assert "page" not in capsys.readouterr().out.replace("passage", "")

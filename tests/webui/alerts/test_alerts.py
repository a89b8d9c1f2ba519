"""Does `glose alert` tell what is new, once, and only that?"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from click.testing import Result

from index import engines
from index.writing import writing
from tests.webui.alerts.alert_place import BEFORE, LAST, LATER, QUESTIONS, Place
from webui.alerts.state_file import alone


def test_the_first_time_tells_nothing_and_the_next_only_the_new(place: Place) -> None:
    first = place.run()
    assert first.exit_code == 0
    assert "NDA\xa0: 2 passages y répondent déjà" in first.output
    assert place.news() == {"NDA": [], "Zoé": []}
    place.write(LATER, "ce NDA est nul", "les artistes signent")
    assert place.news() == {"NDA": ["ce NDA est nul"], "Zoé": ["les artistes signent"]}
    assert place.news() == {"NDA": [], "Zoé": []}


def test_a_title_is_told_as_one(place: Place) -> None:
    lead = place.records[0]
    about = replace(lead.about, id="demo:nda", title="La fin du NDA")
    head = replace(lead, id="demo:nda#lead", about=about, heading=about.title, text="", quotes=())
    place.run()
    engine = engines.open(place.index)
    writing.write(engine, [[head]], seen=LATER)
    engine.close()
    news = place.run().output
    assert "    Titre, " in news
    assert "Chapô" not in news


def test_dates_the_wrong_way_round_are_swapped_and_said_once(place: Place) -> None:
    place.questions.write_text(
        '[[question]]\nname = "NDA"\nq = "nda"\nfrom = "2025"\nto = "2020"\n'
    )
    assert "elles ont été échangées" in (first := place.run().output)
    assert "2 passages y répondent" in first
    assert "échangées" not in place.run().output


def test_a_run_that_goes_on_after_it_was_read_loses_nothing(place: Place) -> None:
    place.news()
    place.write(LATER, "un NDA")
    assert place.news()["NDA"] == ["un NDA"]
    # the same run, committed again: its passages have the same date of first sight
    place.write(LATER, "deux NDA")
    assert place.news()["NDA"] == ["deux NDA"]
    assert place.news()["NDA"] == []


def test_what_was_edited_is_not_new_and_what_came_back_is(place: Place) -> None:
    place.news()
    place.records[3] = replace(place.records[3], text="Le NDA interdit beaucoup.", edited=True)
    place.write(LATER)
    assert place.news()["NDA"] == []
    edited, place.records[4:5] = place.records[4], []
    place.write(LATER + 1)
    place.records.insert(4, edited)
    place.write(LAST)
    assert place.news()["NDA"] == ["Ce NDA ne tient pas."]


@pytest.mark.parametrize("seen", [BEFORE, LATER])
def test_what_a_site_numbers_anew_is_not_new(place: Place, seen: int) -> None:
    place.news()
    place.records[3:] = [
        replace(record, id=f"demo:sora#comment-9{n}", anchor=f"comment-9{n}", parent=None)
        for n, record in enumerate(place.records[3:])
    ]
    place.write(seen)
    assert place.news() == {"NDA": [], "Zoé": []}
    place.write(seen, "un autre NDA")
    assert place.news()["NDA"] == ["un autre NDA"]


def test_a_question_that_changes_begins_again(place: Place) -> None:
    place.news()
    place.questions.write_text(QUESTIONS.replace('q = "nda"', 'q = "travail"'))
    place.write(LATER, "un travail, un NDA")
    output = place.run().output
    assert "y répondent déjà" in output
    assert "un travail" not in output


def test_relative_dates_stay_relative(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import datetime

    class Clock(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            return datetime(2024, 12, 4, 12, tzinfo=tz)

    monkeypatch.setattr("webui.alerts.command.datetime", Clock)
    place.questions.write_text('[[question]]\nq = "oui depuis:hier"')
    # the comment that says "oui" is of the 4th
    assert "1 passage y répond déjà" in place.run().output
    assert "depuis%3Ahier" in place.state.read_text()
    monkeypatch.setattr(Clock, "now", classmethod(lambda cls, tz: datetime(2024, 12, 9, tzinfo=tz)))
    place.write(LATER, "oui oui")
    assert place.news() == {"oui depuis:hier": []}


def test_all_tells_everything(place: Place) -> None:
    assert len(place.news("--all")["NDA"]) == 2
    assert place.news() == {"NDA": [], "Zoé": []}


def test_a_dry_run_remembers_nothing(place: Place) -> None:
    place.run()
    place.write(LATER, "ce NDA est nul")
    before = place.state.read_bytes()
    for _ in range(2):
        assert place.news("--dry-run")["NDA"] == ["ce NDA est nul"]
    assert place.state.read_bytes() == before


def test_text_says_where_and_by_whom(place: Place) -> None:
    place.questions.write_text('address = "https://demo.example/glose"\n' + QUESTIONS)
    place.run()
    place.write(LATER, "ce NDA est nul")
    output = place.run().output
    assert "NDA\xa0: 1 nouveau passage" in output
    assert "Sora : des artistes dénoncent" in output
    assert "Commentaire de Zoé, 4\xa0décembre 2024" in output
    assert "https://demo.example/glose/article/demo:sora?q=nda#comment-108" in output
    assert "Zoé\xa0: rien de nouveau" in output


def test_a_flood_is_counted(place: Place) -> None:
    place.run()
    place.write(LATER, *(f"NDA numéro {n}" for n in range(130)))
    output = place.run("--dry-run").output
    assert "NDA\xa0: 130 nouveaux passages" in output
    assert "… et 30 autres" in output
    assert len(place.news()["NDA"]) == 100


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "aucune question"),
        ("question = 3", "aucune question"),
        ("[[question]]\nname = ''", "ni q ni name"),
        ("[[question]]\nq = 'a'\ncommentor = 'Zoé'", "« commentor » de la question 1"),
        ("[[question]]\nq = 'a'\nin = 'partout'", "in vaut « partout »"),
        ("[[question]]\nq = 'a'\nfrom = 'jamais'", "from vaut « jamais »"),
        ("[[question]]\nq = 'a'\n[[question]]\nq = 'a'", "deux questions se nomment"),
        ("address = 'javascript:alert(1)'\n[[question]]\nq = 'a'", "http ou https"),
        ("\ufeff[[question]]\nname = ''", "ni q ni name"),
        ("[[question]]\nq : 'a'", ", ligne 2 : "),
        ("[[question]]\nq = 'a'\n[mail]\nto = 'a@b.fr'", "from est une adresse"),
        ("[[question]]\nq = 'a'\n[mail]\nto = 'a'\nfrom = 'a@b.fr'", "to est une adresse"),
        ("[[question]]\nq = 'a'\n[mail]\npassword = 'secret'", "« password » n’est pas connu"),
        ("[[question]]\nq = 'a'\n[mail]\nto = 'a@b.fr\\nBcc: x@y.fr'\nfrom = 'a@b.fr'", "to est"),
    ],
)
def test_a_file_that_is_wrong_is_one_sentence(place: Place, text: str, sentence: str) -> None:
    place.questions.write_text(text.replace("'a@b.fr\\n", '"a@b.fr\\n').replace("y.fr'", 'y.fr"'))
    result = place.run()
    assert result.exit_code == 2
    assert result.output.startswith("glose : ")
    assert sentence in result.output
    assert not place.state.exists()


def test_a_state_that_is_damaged_is_not_a_first_time(place: Place) -> None:
    for state_text in ("", "{", "[]", '{"version": 9}', '{"version": 1, "questions": {"NDA": 3}}'):
        place.state.write_text(state_text)
        result = place.run()
        assert result.exit_code == 2, state_text
        assert "Sans lui tout recommence" in result.output
        assert place.state.read_text() == state_text


def test_missing_files_are_sentences(place: Place) -> None:
    place.questions.unlink()
    assert place.run().exit_code == 2
    place.questions.write_text(QUESTIONS)
    result = place.run("--state", str(place.folder / "nowhere" / "state.json"))
    assert result.exit_code == 1
    assert "Rien n’est dit" in result.output
    assert len(result.output.splitlines()) == 1


def test_two_runs_at_once_tell_once(place: Place) -> None:
    place.news()
    place.write(LATER, "un NDA de plus")
    with alone(place.state):
        result = place.run()
        assert result.exit_code == 1
        assert "sert déjà à un autre « glose alert »" in result.output
        # what remembers nothing may be asked at any time
        assert place.news("--dry-run")["NDA"] == ["un NDA de plus"]
        assert place.run("--state", str(place.folder / "autre.json")).exit_code == 0
    assert place.news()["NDA"] == ["un NDA de plus"]
    assert place.news()["NDA"] == []


def test_a_run_that_died_holds_nothing(place: Place) -> None:
    die = (
        "import os, sys; from pathlib import Path; from webui.alerts.state_file import alone\n"
        "with alone(Path(sys.argv[1])): os._exit(9)"
    )
    process = subprocess.run([sys.executable, "-c", die, str(place.state)], check=False)
    assert process.returncode == 9
    assert place.run().exit_code == 0


def test_synonyms_are_those_of_the_page(place: Place) -> None:
    synonyms_path = place.folder / "synonymes.txt"
    synonyms_path.write_text("nda, clause de silence\n")
    place.news("--synonyms", str(synonyms_path))
    place.write(LATER, "Une clause de silence, donc.")
    assert place.news("--dry-run")["NDA"] == []
    assert place.news("--synonyms", str(synonyms_path))["NDA"] == ["Une clause de silence, donc."]


def test_questions_that_left_are_forgotten(place: Place) -> None:
    place.run()
    place.questions.write_text('[[question]]\nq = "travail"')
    place.run()
    assert list(json.loads(place.state.read_text())["questions"]) == ["travail"]


def test_the_command_is_at_the_front_door(place: Place, run_glose: Callable[..., Result]) -> None:
    result = run_glose("alert", str(place.questions), "--index", place.index)
    assert result.exit_code == 0
    assert run_glose("alert", str(place.questions), "--index", "/nowhere").exit_code == 1

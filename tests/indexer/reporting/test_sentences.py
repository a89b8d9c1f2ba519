"""Is a fault told once, in words that say what is new?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from indexer.doors.commands import index_command
from indexer.reporting import report as accounts
from indexer.reporting.report import Remark, Report, Skipped
from indexer.reporting.sentences import Sentences


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "bon.jsonl").write_text('{"headline": "Un", "sections": [{"text": "Oui."}]}\n')
    (folder / "mauvais.jsonl").write_text("rien\n")
    return folder


def run(*arguments: object) -> Result:
    return CliRunner().invoke(index_command, [*map(str, arguments)], catch_exceptions=False)


def test_the_next_nights_say_what_is_new(pages: Path) -> None:
    index = pages.parent / "x.index"
    first = run(pages, "--index", index)
    assert (first.exit_code, first.stderr.count("Laissé de côté : ")) == (1, 1)
    second = run(pages, "--index", index)
    assert (second.exit_code, second.stderr.count("Laissé de côté : ")) == (0, 0)
    assert "Déjà dit : 1 fichier ou ligne de côté (--all redit tout)" in second.stderr
    (pages / "pire.jsonl").write_text("rien non plus\n")
    third = run(pages, "--index", index)
    assert third.exit_code == 1
    [line] = [line for line in third.stderr.splitlines() if line.startswith("Laissé de côté")]
    assert "pire.jsonl" in line


def test_all_and_strict(pages: Path) -> None:
    index = pages.parent / "x.index"
    run(pages, "--index", index)
    result = run(pages, "--index", index, "--all")
    assert (result.exit_code, result.stderr.count("Laissé de côté : ")) == (0, 1)
    assert run(pages, "--index", index, "--strict").exit_code == 1
    value = json.loads(run(pages, "--index", index, "--json").stdout)
    assert [
        (skipped_file["source"][-13:], skipped_file["again"]) for skipped_file in value["skipped"]
    ] == [("mauvais.jsonl", True)]


def test_a_quiet_night_writes_nothing_and_a_new_fault_is_told(pages: Path) -> None:
    index = pages.parent / "x.index"
    first = run(pages, "--index", index, "--quiet")
    assert (first.exit_code, first.stdout) == (1, "")
    [line] = first.stderr.splitlines()
    assert line.startswith("Laissé de côté : ")
    second = run(pages, "--index", index, "--quiet")
    assert (second.exit_code, second.stdout, second.stderr) == (0, "", "")
    assert "mauvais.jsonl" in run(pages, "--index", index, "--quiet", "--all").stderr
    (pages / "pire.jsonl").write_text("rien non plus\n")
    third = run(pages, "--index", index, "--quiet")
    assert (third.exit_code, third.stdout, third.stderr.count("\n")) == (1, "", 1)
    assert "pire.jsonl" in third.stderr


def test_a_quiet_night_says_what_was_not_pruned(pages: Path) -> None:
    index = pages.parent / "x.index"
    (pages / "mauvais.jsonl").unlink()
    lines = [f'{{"headline": "Un {n}", "sections": [{{"text": "Oui."}}]}}\n' for n in range(20)]
    (pages / "bon.jsonl").write_text("".join(lines))
    run(pages, "--index", index)
    (pages / "bon.jsonl").write_text(lines[0])
    result = run(pages, "--index", index, "--quiet", "--prune")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "--prune-all" in result.stderr
    pruned = run(pages, "--index", index, "--quiet", "--prune-all")
    assert (pruned.exit_code, pruned.stdout, pruned.stderr) == (0, "", "")


def test_quiet_leaves_an_account_in_json(pages: Path) -> None:
    result = run(pages, "--index", pages.parent / "x.index", "--quiet", "--json")
    assert json.loads(result.stdout)["articles"] == 1


def test_a_fault_that_was_mended_and_comes_back_is_new(pages: Path) -> None:
    index = pages.parent / "x.index"
    faulty_file = pages / "mauvais.jsonl"
    run(pages, "--index", index)
    faulty_file.write_text('{"headline": "Deux"}\n')
    assert run(pages, "--index", index).exit_code == 0
    faulty_file.write_text("rien\n")
    assert run(pages, "--index", index).exit_code == 1


def test_a_trial_run_is_not_remembered(pages: Path) -> None:
    index = pages.parent / "x.index"
    run(pages / "bon.jsonl", "--index", index)
    assert run(pages, "--index", index, "--dry-run").exit_code == 1
    assert run(pages, "--index", index).exit_code == 1


def test_other_sources_do_not_forget(pages: Path) -> None:
    index = pages.parent / "x.index"
    run(pages, "--index", index)
    run(pages / "bon.jsonl", "--index", index)
    assert run(pages, "--index", index).exit_code == 0


def test_a_damaged_memory_tells_all_again(pages: Path) -> None:
    index = pages.parent / "x.index"
    run(pages, "--index", index)
    (index / "told.json").write_text("{")
    assert run(pages, "--index", index).exit_code == 1


@pytest.mark.parametrize("order", [("a", "b"), ("b", "a")])
def test_a_first_run_adds_and_does_nothing_else(order: tuple[str, str], tmp_path: Path) -> None:
    posts, comments = (tmp_path / f"{name}.csv" for name in order)
    posts.write_text("id,titre,texte\n4,Un,Oui.\n")
    comments.write_text("commentaire_id,article,commentaire\n1,4,Non.\n")
    result = run(tmp_path, "--index", tmp_path / "x.index")
    assert "3 passages ajoutés, 0 modifié, 0 inchangé, 0 retiré." in result.stdout
    second_run = run(tmp_path, "--index", tmp_path / "x.index")
    assert "0 passage ajouté, 0 modifié" in second_run.stdout


def test_faults_of_one_sort_are_counted_after_the_twentieth() -> None:
    report = Report()
    for line in range(1, 100_001):
        report.note(Skipped("a.jsonl", f"« {line} » : un objet est attendu", line))
        report.note(Skipped("b.jsonl", f"[{line}] : une liste est attendue"))
    assert (len(report.skipped), report.left_out, report.sound) == (
        2 * accounts.SAME,
        200_000,
        False,
    )
    lines = list(report.lines())
    assert len(lines) == 2 * accounts.SAME + 2
    assert lines[-1] == "Laissé de côté : b.jsonl : … et 99\u202f980 autres de même sorte"
    assert len(report.as_json()["skipped"]) == 2 * accounts.SAME + 2


def test_new_remarks_are_told_among_old_ones() -> None:
    first = Report()
    old = [Remark("zone", f"ancienne {number}", "a.csv") for number in range(50)]
    for remark in old:
        first.note(remark)
    second = Report(sentences=Sentences(first.sentences.digests))
    for remark in [*old, Remark("zone", "nouvelle", "a.csv")]:
        second.note(remark)
    assert list(second.lines(every=False)) == [
        "Attention : a.csv : nouvelle",
        "Déjà dit : 50 remarques (--all redit tout)",
    ]

"""What do `glose index`, `glose export` and `glose check` do, print and return?"""

from __future__ import annotations

import json
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from indexer.canonical import jsonl
from indexer.doors.commands import COMMANDS
from indexer.files.inflate import open_bytes
from indexer.reporting.report import EXAMPLES, FILES, LINES, Remark, Report, Skipped
from tests.indexer.samples import HTML, INDEXER, PAGES

NAMED = {command.name: command for command in COMMANDS}


def run(*arguments: object) -> Result:
    name, *options = map(str, arguments)
    return CliRunner().invoke(NAMED[name], options, catch_exceptions=False)


def run_json(*arguments: object) -> dict[str, Any]:
    parsed: dict[str, Any] = json.loads(run(*arguments, "--json").stdout)
    return parsed


@pytest.fixture
def where(tmp_path: Path) -> Path:
    return tmp_path / "essai.index"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    copy = tmp_path / "page.txt"
    shutil.copy(PAGES / "complete.txt", copy)
    os.utime(copy, (1740000000, 1740000000))
    return copy


def test_index_prints_exactly_this(page: Path, where: Path) -> None:
    assert run_json("index", page, "--index", where) == {
        "articles": 1,
        "sections": 3,
        "comments": 3,
        "records": 7,
        "added": 7,
        "updated": 0,
        "unchanged": 0,
        "removed": 0,
        "skipped": [],
        "warnings": [],
        "sources": [
            {
                "source": str(page),
                "format": "page",
                "articles": 1,
                "sections": 3,
                "comments": 3,
                "comments_declared": 3,
                "skipped": [],
                "warnings": {},
            }
        ],
    }


def test_each_source_has_its_account(page: Path, where: Path, tmp_path: Path) -> None:
    faulty_file = tmp_path / "z.jsonl"
    faulty_file.write_text(
        '{"headline": "T", "commentCount": 6, "comments": [{"text": "Oui."}]}\n{"x": 3}\n'
    )
    first, second = run_json("index", page, faulty_file, "--index", where)["sources"]
    assert (first["source"], first["format"]) == (str(page), "page")
    assert (first["articles"], first["comments"], first["comments_declared"]) == (1, 3, 3)
    assert (second["source"], second["format"]) == (str(faulty_file), "jsonl")
    assert (second["comments"], second["comments_declared"]) == (1, 6)
    assert second["skipped"] == [{"line": 2, "reason": "headline : manque"}]
    assert second["warnings"] == {"comment_count": 1}
    stdout = run("index", page, faulty_file, "--index", where).stdout
    assert (
        f"  {faulty_file} (jsonl) : 1 article, 0 section, 1 commentaire (6 annoncés), 1 de côté"
        in stdout
    )


def test_many_files_are_told_of_by_format(page: Path, where: Path) -> None:
    for number in range(LINES + 1):
        (page.parent / f"{number}.jsonl").write_text(f'{{"headline": "T{number}"}}\n')
    stdout = run("index", page.parent, "--index", where).stdout
    assert f"  {LINES + 1} fichiers (jsonl) : {LINES + 1} articles" in stdout
    assert "  1 fichier (page) : 1 article, 3 sections, 3 commentaires" in stdout


def test_the_account_of_files_is_bounded() -> None:
    report = Report()
    for number in range(FILES + 3):
        report.of(f"{number}.html", "html").take(Skipped(f"{number}.html", "illisible"))
    assert len(report.sources) == FILES + 1
    assert len(report.of("…").skipped) == 3


NIGHTLY: list[tuple[str, ...]] = [
    ("pages/samples/complete.txt", "pages/samples/new_year.txt"),
    ("html/samples",),
    ("exports/wordpress.xml",),
    ("exports/wordpress.xml", "exports/isso.json", "exports/disqus.xml", "--join"),
    ("exports/discourse.json", "exports/commento.json", "exports/remark42.jsonl"),
    ("exports/spip.xml", "exports/spip_articles.csv", "exports/spip_forum.csv"),
    ("exports/dotclear.txt", "exports/dc_post.csv", "exports/dc_comment.csv"),
    ("exports/movable-type.txt", "exports/overblog.xml"),
    ("../../indexer/demo",),
]


@pytest.mark.parametrize("sources", NIGHTLY, ids=" ".join)
def test_the_next_night_changes_nothing(sources: tuple[str, ...], where: Path) -> None:
    source_paths = [source if source.startswith("--") else INDEXER / source for source in sources]
    first = run_json("index", *source_paths, "--index", where)
    assert first["added"] > 0
    second_report = run_json("index", *source_paths, "--index", where)
    assert (second_report["added"], second_report["updated"], second_report["removed"]) == (0, 0, 0)


def test_another_capture_of_the_same_pages_changes_nothing(where: Path) -> None:
    # of pages that tell their dates: a "Hier" is another day
    pages = [path for path in sorted(HTML.rglob("*.html")) if dated(path)]
    assert len(pages) > 3
    run("index", *pages, "--index", where, "--captured", "2025-03-01")
    second_report = run_json("index", *pages, "--index", where, "--captured", "2025-03-02")
    assert (second_report["added"], second_report["updated"], second_report["removed"]) == (0, 0, 0)


def dated(path: Path) -> bool:
    text = path.read_text(errors="replace").lower()
    return not any(word in text for word in ("hier", "il y a", "ago", "aujourd", "yesterday"))


def test_only_what_changed_is_written_again(page: Path, where: Path) -> None:
    run("index", page, "--index", where, "--captured", "2025-02-20")
    second_report = run_json("index", page, "--index", where, "--captured", "2025-02-20")
    assert (second_report["added"], second_report["updated"], second_report["unchanged"]) == (
        0,
        0,
        7,
    )
    page.write_text(page.read_text().replace("Enfin un sujet lumineux.", "Enfin !"))
    edited = run_json("index", page, "--index", where, "--captured", "2025-02-20")
    assert (edited["added"], edited["removed"]) == (1, 1)


def test_in_words(page: Path, where: Path) -> None:
    result = run("index", page, "--index", where)
    assert result.exit_code == 0
    assert result.stderr == ""
    assert result.stdout.startswith("Lu : 1 article, 3 sections, 3 commentaires.\n")
    assert "7 passages ajoutés" in result.stdout


def test_a_dry_run_writes_nothing(page: Path, where: Path) -> None:
    dry = run_json("index", page, "--index", where, "--dry-run")
    assert (dry["articles"], dry["records"], dry["added"]) == (1, 7, 0)
    assert "Rien n’a été écrit" in run("index", page, "--index", where, "--dry-run").stdout
    assert not where.exists()


def test_what_is_skipped_is_listed_and_the_rest_goes_on(page: Path, where: Path) -> None:
    faulty_file = page.parent / "articles.jsonl"
    faulty_file.write_text('{"headline": "T"}\n{"headline": 3}\n')
    shutil.copy(PAGES / "not_a_page_no_date.txt", page.parent / "recette.txt")
    result = run("index", page.parent, "--index", where, "--json")
    assert result.exit_code == 1
    value = json.loads(result.stdout)
    assert value["articles"] == 2
    assert value["skipped"] == [
        {"source": str(faulty_file), "line": 2, "reason": "headline : un texte est attendu"},
        {
            "source": str(page.parent / "recette.txt"),
            "reason": "ce n’est pas une page d’article : aucune date sous le titre",
        },
    ]
    words = run("index", page.parent, "--index", where, "--all")
    assert words.stderr.count("Laissé de côté : ") == 2


def test_nothing_is_created_when_nothing_is_read(tmp_path: Path, where: Path) -> None:
    (tmp_path / "vide").mkdir()
    result = run("index", tmp_path / "vide", "--index", where)
    assert result.exit_code == 1
    assert "ne contient aucune page" in result.stderr
    assert not where.exists()


def test_warnings_are_counted_by_kind(tmp_path: Path, where: Path) -> None:
    for number in range(EXAMPLES + 2):
        copy = tmp_path / f"{number}.txt"
        text = (PAGES / "new_year.txt").read_text()
        copy.write_text(text.replace("Plouvernec", f"Plouvernec {number}"))
    json_report = run_json("index", tmp_path, "--index", where, "--captured", "2024-12-30")
    [warning] = json_report["warnings"]
    assert (warning["kind"], warning["count"]) == ("future", EXAMPLES + 2)
    assert len(warning["examples"]) == EXAMPLES
    assert set(warning["examples"][0]) == {"source", "line", "message"}


def test_the_same_article_twice_is_remarked(page: Path, where: Path) -> None:
    json_report = run_json("index", page, page, "--index", where)
    assert [warning["kind"] for warning in json_report["warnings"]] == ["repeated"]
    assert (json_report["added"], json_report["unchanged"]) == (7, 7)


@pytest.mark.parametrize(
    "arguments",
    [
        ["index"],
        ["index", "absent.txt"],
        ["index", ".", "--captured", "hier"],
        ["index", ".", "--format", "pdf"],
        ["check", "absent.txt"],
        ["export", "-o", "absent/x.jsonl"],
    ],
)
def test_wrong_uses(arguments: list[str], where: Path) -> None:
    where.mkdir()
    extra = [] if arguments[0] == "check" else ["--index", str(where)]
    result = run(*arguments, *extra)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.strip()
    assert list(where.iterdir()) == []


@pytest.mark.parametrize("name", ["refused", "unknown", "manifest"])
@pytest.mark.parametrize("command", [NAMED["index"], NAMED["check"]])
def test_a_format_that_gives_no_article_is_not_offered(
    page: Path, command: click.Command, name: str
) -> None:
    """They say why a file is not read, and are no format of any."""
    result = CliRunner().invoke(command, [str(page), "--format", name])
    assert result.exit_code == 2
    [option] = [option for option in command.params if option.opts == ["--format"]]
    assert isinstance(option.type, click.Choice)
    assert {"html", "csv", "wxr"} < {*option.type.choices}
    assert name not in option.type.choices


def test_the_index_can_come_from_the_environment(
    page: Path, where: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GLOSE_INDEX", str(where))
    assert run("index", page).exit_code == 0
    assert where.is_dir()


@pytest.mark.parametrize("name", ["x.jsonl", "x.jsonl.gz", "x.jsonl.xz"])
def test_what_is_exported_can_be_indexed_again(
    page: Path, where: Path, tmp_path: Path, name: str
) -> None:
    run("index", page, "--index", where)
    out = tmp_path / "sortie" / name
    out.parent.mkdir()
    assert run("export", "--index", where, "-o", out).exit_code == 0
    assert list(out.parent.iterdir()) == [out]
    second_report = run_json("index", out, "--index", where)
    assert (second_report["articles"], second_report["unchanged"], second_report["records"]) == (
        1,
        7,
        7,
    )
    lines = run("export", "--index", where).stdout
    assert jsonl.article(lines.encode()).headline.startswith("Plouvernec branche")


def test_a_pipe_or_a_link_takes_the_export_and_stays_one(
    page: Path, where: Path, tmp_path: Path
) -> None:
    run("index", page, "--index", where)
    pipe, link, target = (tmp_path / name for name in ("pipe", "link.jsonl", "real.jsonl"))
    os.mkfifo(pipe)
    link.symlink_to(target)
    with ThreadPoolExecutor() as pool:
        exported = pool.submit(pipe.read_text)
        assert run("export", "--index", where, "-o", pipe).exit_code == 0
    assert run("export", "--index", where, "-o", link).exit_code == 0
    assert pipe.is_fifo()
    assert link.is_symlink()
    stdout = run("export", "--index", where).stdout
    assert (exported.result(), target.read_text()) == (stdout, stdout)


def test_exporting_again_gives_the_same_bytes(page: Path, where: Path, tmp_path: Path) -> None:
    run("index", page, "--index", where)
    for name in ("a.jsonl.gz", "b.jsonl.gz"):
        run("export", "--index", where, "-o", tmp_path / name)
    # the name is no part of what is compressed
    first_bytes, second_bytes = (open_bytes(tmp_path / f"{n}.jsonl.gz").read() for n in "ab")
    assert first_bytes == second_bytes


def test_check_shows_lines(page: Path) -> None:
    result = run("check", page)
    assert result.exit_code == 0
    lines = result.stdout.split("\n")
    assert lines[0].split(maxsplit=2)[:2] == ["titre", "1"]
    assert any("8–8" not in line and "Des relevés" in line for line in lines)
    assert "3 annoncés, 3 lus dont 1 vide" in result.stdout


def test_check_says_what_is_missing() -> None:
    result = run("check", PAGES / "not_a_page_no_body.txt")
    assert result.exit_code == 1
    assert "pas trouvé" in result.stdout
    json_report = run_json("check", PAGES / "not_a_page_no_body.txt")
    assert "corps" in json_report["page"]["missing"]
    assert json_report["page"]["found"][0] == {
        "what": "titre",
        "value": "Plouvernec branche ses lampadaires au réseau des capteurs",
        "lines": [1, 1],
    }
    assert json_report["articles"] == 0


def test_check_reads_json_lines_too(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text('{"id": "a", "headline": "T"}\n{"id": "b", "headline": ""}\n')
    json_report = run_json("check", path)
    assert (json_report["articles"], json_report["ids"]) == (1, ["a"])
    assert json_report["skipped"][0]["line"] == 2
    assert "page" not in json_report


def test_a_report_says_everything_once() -> None:
    report = Report()
    for number in range(EXAMPLES + 3):
        report.note(Remark("x", f"remarque {number}", "page.txt"))
    report.note(Skipped("page.txt", "illisible"))
    lines = list(report.lines())
    assert len(lines) == EXAMPLES + 2
    assert "3 autres remarques" in lines[EXAMPLES]
    assert not report.sound

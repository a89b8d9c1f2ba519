"""Do comments that know the end of their article's address only find it, in tables?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from index import engines
from indexer.article.model import Article
from indexer.canonical.exporting import articles as exported
from indexer.doors.commands import COMMANDS
from tests.indexer.outcomes import articles, outcomes_of

INDEX = next(command for command in COMMANDS if command.name == "index")
ARTICLES = "slug,title,body,status\nle-bac,Le bac,Il part.,{}\nla-rampe,La rampe,Non.,published\n"
COMMENTS = "post_slug,author,date,comment\nle-bac,Alice,2024-03-04 10:22,Oui.\n"


def run(*arguments: object) -> dict[str, Any]:
    result = CliRunner().invoke(INDEX, [*map(str, arguments), "--json"], catch_exceptions=False)
    report: dict[str, Any] = json.loads(result.stdout)
    return report


def stored(where: Path) -> list[Article]:
    engine = engines.open(str(where))
    try:
        return list(exported(engine.reader()))
    finally:
        engine.close()


@pytest.mark.parametrize("names", [("a.csv", "b.csv"), ("b.csv", "a.csv")])
def test_two_tables_in_any_order(names: tuple[str, str], tmp_path: Path) -> None:
    folder, where = tmp_path / "f", tmp_path / "i"
    folder.mkdir()
    for name, text in zip(names, (ARTICLES.format("published"), COMMENTS), strict=True):
        (folder / name).write_text(text)
    run(folder, "--join", "--index", where)
    comments = {article.headline: len(article.comments) for article in stored(where)}
    assert comments == {"Le bac": 1, "La rampe": 0}
    again = run(folder, "--join", "--index", where)
    assert (again["added"], again["updated"], again["removed"]) == (0, 0, 0)


@pytest.mark.parametrize("names", [("a.csv", "b.csv"), ("b.csv", "a.csv")])
@pytest.mark.parametrize("join", [("--join",), ()])
def test_the_comments_of_a_draft_stay_aside(
    join: tuple[str, ...], names: tuple[str, str], tmp_path: Path
) -> None:
    folder, where = tmp_path / "f", tmp_path / "i"
    folder.mkdir()
    for name, text in zip(names, (ARTICLES.format("draft"), COMMENTS), strict=True):
        (folder / name).write_text(text)
    run(folder, *join, "--index", where)
    assert [article.headline for article in stored(where)] == ["La rampe"]


def test_without_join_it_is_said_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    path.write_text(COMMENTS)
    report = run(path, "--index", tmp_path / "i")
    assert "by_slug" in [warning["kind"] for warning in report["warnings"]]


def test_both_in_one_table(tmp_path: Path) -> None:
    table = """type,slug,post_slug,title,body,author
comment,,le-bac,,Oui.,Luc
article,le-bac,,Le bac,Il part.,Alice
"""
    [article] = articles(outcomes_of(tmp_path, table, "t.csv"))
    assert (article.headline, [comment.text for comment in article.comments]) == (
        "Le bac",
        ["Oui."],
    )

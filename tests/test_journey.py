"""A page goes in, a French question comes out as marked hits: on every engine, by every door."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from glose import main
from tests.shared import SHARED

TOP = Path(__file__).parent.parent
DEMO = TOP / "indexer" / "demo" / "articles.jsonl"
MODEL = SHARED / "seed" / "000_f8136d907dfa817c.txt"

needs_model = pytest.mark.skipif(
    not MODEL.exists(), reason=f"the model page is not at {MODEL}: set GLOSE_SHARED"
)


def run(*arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(main, list(arguments))
    assert result.exit_code == code, result.output + repr(result.exception)
    return result.output


def searched(where: str, question: str, *options: str) -> dict:
    return json.loads(
        run("search", question, "--index", where, "--json", "--limit", "100", *options)
    )


def passages(answer: dict) -> list[dict]:
    return [
        passage
        for result in answer["results"]
        for passage in result["passages"]
        if not passage["partial"]
    ]


def marked_words(passage: dict) -> list[str]:
    return [
        snippet["text"][start:end]
        for snippet in passage["snippets"]
        for start, end in snippet["marks"]
    ]


@pytest.fixture(params=["", "whoosh:"], ids=["tantivy", "whoosh"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return f"{request.param}{tmp_path / 'index'}"


@needs_model
def test_the_model_page_answers(where: str) -> None:
    report = json.loads(
        run("index", str(MODEL), "--captured", "2024-12-04", "--index", where, "--json")
    )
    assert (report["articles"], report["sections"], report["comments"]) == (1, 4, 27)
    assert report["added"] == report["records"] == 32
    assert report["skipped"] == []

    red = searched(where, '"red team"')
    assert {"red team"} == {
        text.lower() for passage in passages(red) for text in marked_words(passage)
    }
    assert [passage["kind"] for passage in passages(red)] == ["section"]

    gratuit = searched(where, "« travail gratuit »")
    assert all(marked_words(passage) for passage in passages(gratuit))
    assert {text.lower() for passage in passages(gratuit) for text in marked_words(passage)} == {
        "travail gratuit"
    }
    # the phrase stands in one section and in three comments
    assert gratuit["totals"]["sections"] == 1
    assert gratuit["totals"]["comments"] == 3

    nda = searched(where, "sora nda")
    assert nda["totals"]["comments"] >= 4
    assert all(
        "NDA" in marked_words(passage) or "Sora" in marked_words(passage)
        for passage in passages(nda)
    )

    slavery = searched(where, "l'esclavagisme")
    assert [marked_words(passage) for passage in passages(slavery)] == [
        ["esclavagisme", "esclavagisme"]
    ]

    answer = searched(where, "artistes SAUF openai")
    assert passages(answer)
    for passage in passages(answer):
        assert not any("openai" in snippet["text"].lower() for snippet in passage["snippets"])

    second_report = json.loads(
        run("index", str(MODEL), "--captured", "2024-12-04", "--index", where, "--json")
    )
    assert (second_report["added"], second_report["updated"], second_report["unchanged"]) == (
        0,
        0,
        32,
    )


def test_the_demo_is_indexed_searched_and_exported(where: str, tmp_path: Path) -> None:
    report = json.loads(run("index", str(DEMO), "--index", where, "--json"))
    articles = [json.loads(line) for line in DEMO.read_text("utf-8").splitlines()]
    assert report["articles"] == len(articles) >= 15
    assert report["comments"] == sum(len(article["comments"]) for article in articles)
    assert report["sections"] == sum(len(article["sections"]) for article in articles)

    answer = searched(where, "c++")
    assert passages(answer)
    assert {text.lower() for passage in passages(answer) for text in marked_words(passage)} == {
        "c++"
    }

    exported = tmp_path / "out.jsonl"
    run("export", "--index", where, "-o", str(exported))
    back = [json.loads(line) for line in exported.read_text("utf-8").splitlines()]
    assert {article["id"] for article in back} == {article["id"] for article in articles}
    second_report = json.loads(run("index", str(exported), "--index", where, "--json"))
    assert second_report["unchanged"] == report["records"]


def test_every_engine_finds_the_same(tmp_path: Path) -> None:
    places = [str(tmp_path / "tantivy"), f"whoosh:{tmp_path / 'whoosh'}"]
    for place in places:
        run("index", str(DEMO), "--index", place)
    for question in (
        '"mot de passe"',
        "abonnés",
        "evenement",
        "sncf",
        "red team",
        "artist*",
        "gratuit~",
        "dans:commentaires pseudo:zorglub64",
        "depuis:2024 est:modifié",
        "-sora",
        "c# OU .net",
        '"mot passe"~3',
        "commentaires>20 panne",
        "titre:processeur cache",
    ):
        answers = [searched(place, question) for place in places]
        ids = [{passage["id"] for passage in passages(answer)} for answer in answers]
        totals = [answer["totals"] for answer in answers]
        assert totals[0] == totals[1], question
        assert totals[0]["passages"] > 0, question
        if totals[0]["passages"] <= 3:
            assert ids[0] == ids[1], question


@pytest.mark.parametrize("day", ["2023", "2023-05", "2023-05-01"])
def test_the_terminal_dates_an_article_as_far_as_it_is_known(day: str, tmp_path: Path) -> None:
    lines = tmp_path / "articles.jsonl"
    lines.write_text(json.dumps({"headline": "Le phare", "datePublished": day}), "utf-8")
    index = str(tmp_path / "phare.index")
    CliRunner().invoke(main, ["index", str(lines), "--index", index])
    printed = CliRunner().invoke(main, ["search", "phare", "--index", index]).output
    assert f"1. Le [phare] — {day}\n" in printed

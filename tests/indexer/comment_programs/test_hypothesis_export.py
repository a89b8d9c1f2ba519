"""Which annotations of Hypothesis may everybody read, and whom do they answer?

Read in h (2026-10) and in its client (1.1600): `permissions.read` is a list of who may read, and
a private annotation of the public group has its author alone there, so that `group` says
nothing; `references` goes from the first annotation of a thread to the one that is answered;
`hidden` is what a moderator did, and stays readable to its author, who may well be who exports.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from index import engines
from indexer.article import Article, Publication
from indexer.canonical import articles as exported
from indexer.comment_programs import HypothesisFormat
from indexer.doors.commands import COMMANDS
from indexer.files import CapturedFile, ReadingOptions
from indexer.pipeline.sources import open_file, read
from indexer.reporting import Remark
from indexer.times import Capture
from tests.indexer.samples import EXPORTS
from tests.shared import SHARED

EXPORT = EXPORTS / "hypothesis.json"
CASES = SHARED / "cases" / "exports"
INDEX = next(command for command in COMMANDS if command.name == "index")
FRUITS = ("Rambutan", "Durian", "Jujube", "Physalis", "/home/maelle")
ONE = {
    "id": "a",
    "uri": "https://a.example/x",
    "text": "Vu.",
    "user": "acct:m@h.example",
    "permissions": {"read": ["group:__world__"]},
}


def articles(path: Path) -> list[Article]:
    return [outcome for outcome in read([path]) if isinstance(outcome, Article)]


def test_a_page_has_its_thread_in_order() -> None:
    first, pdf = sorted(articles(EXPORT), key=lambda article: article.headline)
    assert (first.headline, first.url) == ("Le sable avance", "https://gazette.example/sable")
    top, answer = first.comments
    assert (top.author, top.parent_id, top.text) == ("Maëlle", None, "Un mètre, vraiment ?")
    assert [quote.text for quote in top.citation] == ["d’un mètre par an"]
    assert top.edited
    assert (answer.author, answer.parent_id, answer.text) == ("yann", top.id, "Oui, vraiment.")
    assert first.extra == {"completeness": "partial"}
    assert (pdf.headline, pdf.url) == ("Rapport", None)


def test_what_not_everybody_may_read_stays_in_the_file() -> None:
    outcomes = list(read([EXPORT]))
    assert not [fruit for fruit in FRUITS if fruit in repr(outcomes)]
    [remark] = [outcome for outcome in outcomes if isinstance(outcome, Remark)]
    assert (remark.kind, remark.message) == ("private_notes", "4 notes privées laissées de côté")


@pytest.mark.parametrize(
    ("readers", "public"),
    [
        (["group:__world__"], True),
        (["acct:m@h.example", "group:__world__"], True),
        (["acct:m@h.example"], False),
        (["group:r3d4c"], False),
        (["__world__"], False),
        (["group:__world__s"], False),
        ([], False),
        (None, False),
        ("group:__world__", False),
        ([True, 1, None], False),
    ],
)
def test_who_may_read(readers: Any, public: bool, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps([{**ONE, "permissions": {"read": readers}}]), "utf-8")
    assert bool(articles(path)) == public


def test_a_group_that_whoever_indexes_adds() -> None:
    form = HypothesisFormat(ReadingOptions(Publication(["group:r3d4c", "acct:maelle@hypothes.is"])))
    file = CapturedFile(EXPORT, "a.json", Capture.parse("2026-11-20"))  # type: ignore[arg-type]
    text = repr([outcome for outcome in form.read(file) if isinstance(outcome, Article)])
    assert "Durian" in text
    # nobody publishes somebody's own notes by a state
    assert "Rambutan" not in text


FORMS = [
    ("client", {"export_date": "2026", "annotations": [ONE]}),
    ("search", {"total": 1, "rows": [ONE]}),
    ("separate replies", {"total": 1, "rows": [ONE], "replies": [{**ONE, "references": ["a"]}]}),
    ("list", [ONE]),
    ("one", ONE),
]


@pytest.mark.parametrize(("form", "value"), FORMS, ids=[row[0] for row in FORMS])
def test_forms(form: str, value: Any, tmp_path: Path) -> None:
    path = tmp_path / "export.json"
    path.write_text(json.dumps(value), "utf-8")
    file = open_file(path)
    assert isinstance(file, tuple)
    assert file[1].name == "hypothesis"
    [article] = articles(path)
    assert len(article.comments) == (2 if form == "separate replies" else 1)


def test_links_behind_words_are_links(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    annotation = {**ONE, "text": "Voir [la preuve](https://preuve.example/x)."}
    path.write_text(json.dumps({"total": 1, "rows": [annotation]}), "utf-8")
    [comment] = articles(path)[0].comments
    assert (comment.text, comment.extra) == (
        "Voir la preuve.",
        {"links": ["https://preuve.example/x"]},
    )


def test_json_lines(tmp_path: Path) -> None:
    path = tmp_path / "export.jsonl"
    path.write_text(f"{json.dumps(ONE)}\n{json.dumps({**ONE, 'id': 'b'})}\n", "utf-8")
    [article] = articles(path)
    assert len(article.comments) == 2


def test_annotations_join_their_article(tmp_path: Path) -> None:
    where = str(tmp_path / "index")
    article = tmp_path / "a.jsonl"
    members = {"id": "a", "url": "http://www.gazette.example/sable/", "headline": "Le sable avance"}
    article.write_text(json.dumps({**members, "sections": [{"text": "Du sable."}]}) + "\n", "utf-8")
    arguments = [str(article), str(EXPORT), "--join", "--index", where]
    for _ in range(2):
        result = CliRunner().invoke(INDEX, arguments)
        assert result.exit_code == 0, result.output
    assert "0 passage ajouté, 0 modifié" in result.output
    engine = engines.open(where)
    try:
        by_id = {article.id: article for article in exported(engine.reader())}
    finally:
        engine.close()
    assert [comment.id for comment in by_id["a"].comments] == [
        "a#comment-hypothesis-h1",
        "a#comment-hypothesis-h2",
    ]


@pytest.mark.skipif(not CASES.is_dir(), reason="the shared cases are not on this machine")
def test_the_shared_export() -> None:
    [article] = articles(CASES / "hypothesis.json")
    assert [comment.text for comment in article.comments] == ["Trente mètres, vraiment ?", "Oui."]
    assert article.comments[1].parent_id == article.comments[0].id


@pytest.mark.parametrize(("total", "told"), [(300, True), (1, False)])
def test_annotations_that_an_answer_does_not_hold(total: int, told: bool, tmp_path: Path) -> None:
    path = tmp_path / "search.json"
    path.write_text(json.dumps({"total": total, "rows": [ONE]}))
    remarks = [outcome for outcome in read([path]) if isinstance(outcome, Remark)]
    assert [remark.message[:40] for remark in remarks if remark.kind == "comment_count"] == [
        "300 annotations annoncées, 1 dans le fic"
    ] * told

"""Are folders of judgements read, measured, kept and compared?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from indexer.doors import judgements
from indexer.doors.evaluation import evaluate
from indexer.doors.judgements import JudgementsUnreadable

DOCUMENTS = [
    {"_id": "d1", "title": "Les chats", "text": "Un chat dort sur le clavier."},
    {"_id": "d2", "title": "", "text": "La panne du serveur a duré sept heures."},
    {"_id": "d3", "title": "Les fibres", "text": "La fibre arrive au village."},
]
QUESTIONS = [
    {"_id": "q1", "text": "chats"},
    {"_id": "q2", "text": "panne de serveurs"},
    {"_id": "q3", "text": "girafe"},
    {"_id": "unjudged", "text": "fibre"},
]
QRELS = "query-id\tcorpus-id\tscore\nq1\td1\t2\nq2\td2\t1\nq2\td3\t0\nq3\td3\t1\n"


@pytest.fixture
def beir(tmp_path: Path) -> Path:
    folder = tmp_path / "small"
    folder.mkdir()
    _lines(folder / "corpus.jsonl", DOCUMENTS)
    _lines(folder / "queries.jsonl", QUESTIONS)
    (folder / "qrels.tsv").write_text(QRELS, "utf-8")
    return folder


def _lines(path: Path, values: list[dict[str, str]]) -> None:
    path.write_text("".join(json.dumps(value) + "\n" for value in values), "utf-8")


def _run(*arguments: object) -> Result:
    return CliRunner().invoke(evaluate, [str(argument) for argument in arguments])


def test_a_document_is_an_article_with_its_title_and_one_section(beir: Path) -> None:
    judgement_set = judgements.read(beir)
    assert judgement_set.name == "small"
    assert [question.id for question in judgement_set.questions] == ["q1", "q2", "q3"]
    assert judgement_set.judged["q2"] == {"d2": 1, "d3": 0}
    first = next(judgement_set.articles())
    assert (first.id, first.headline) == ("d1", "Les chats")
    assert [section.text for section in first.sections] == ["Un chat dort sur le clavier."]


def test_qrels_may_be_in_their_folder(beir: Path) -> None:
    (beir / "qrels").mkdir()
    (beir / "qrels.tsv").rename(beir / "qrels" / "test.tsv")
    assert len(judgements.read(beir).questions) == 3


def test_a_sample_is_always_the_same_and_in_order(beir: Path) -> None:
    judgement_set = judgements.read(beir)
    sampled = judgement_set.sample(2)
    assert sampled == judgement_set.sample(2)
    assert len(sampled.questions) == 2
    assert [
        question for question in judgement_set.questions if question in sampled.questions
    ] == list(sampled.questions)
    assert judgement_set.sample(3) is judgement_set.sample(None) is judgement_set


def test_a_pack_names_its_articles_and_ranks_passages(tmp_path: Path) -> None:
    article = {
        "id": "a",
        "headline": "Sora",
        "sections": [{"headline": None, "text": "Un chat."}],
        "comments": [{"id": "a#comment-1", "text": "Miaou, dit le chat."}],
    }
    (tmp_path / "all.jsonl").write_text(json.dumps(article), "utf-8")
    pack = tmp_path / "pack"
    pack.mkdir()
    (pack / "pack.toml").write_text('corpus = "../all.jsonl"\nlevel = "passage"\n', "utf-8")
    _lines(pack / "queries.jsonl", [{"_id": "q", "text": "miaou chat"}])
    (pack / "qrels.tsv").write_text("q\td\ts\nq\ta#comment-1\t2\n", "utf-8")
    [report] = json.loads(_run(pack, "--json").stdout)
    assert (report["questions"], report["ndcg"], report["rr"], report["recall"]) == (
        1,
        1.0,
        1.0,
        1.0,
    )


@pytest.mark.parametrize("engine", [":memory:", "whoosh::memory:"])
def test_figures(beir: Path, engine: str) -> None:
    result = _run(beir, "--json", "--engine", engine)
    assert result.exit_code == 0, result.output
    [report] = json.loads(result.stdout)
    assert report["set"] == "small"
    assert report["questions"] == 3
    assert report["rr"] == pytest.approx(2 / 3)
    assert report["empty"] == pytest.approx(1 / 3)


def test_figures_are_printed_in_french(beir: Path) -> None:
    result = _run(beir)
    assert result.exit_code == 0
    assert "0,6667" in result.output
    assert "33,3 %" in result.output


def test_a_run_is_kept_and_compared(beir: Path, tmp_path: Path) -> None:
    run_path = tmp_path / "run.json"
    assert _run(beir, "--save", run_path).exit_code == 0
    second_run = _run(beir, "--against", run_path)
    assert second_run.exit_code == 0
    assert "pas de différence sûre" in second_run.output


def _many(beir: Path) -> None:
    """Forty questions, each with its document."""
    names = [f"mot{number}" for number in range(40)]
    _lines(beir / "corpus.jsonl", [{"_id": name, "title": "", "text": name} for name in names])
    _lines(beir / "queries.jsonl", [{"_id": name, "text": name} for name in names])
    rows = "".join(f"{name}\t{name}\t1\n" for name in names)
    (beir / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\n" + rows, "utf-8")


def test_a_significant_loss_exits_1_and_a_gain_does_not(beir: Path, tmp_path: Path) -> None:
    _many(beir)
    better = tmp_path / "better.json"
    assert _run(beir, "--save", better).exit_code == 0
    # the same documents, but their text now says something else
    _lines(
        beir / "corpus.jsonl",
        [
            {"_id": f"mot{number}", "title": "", "text": f"mot{number if number < 20 else 99}"}
            for number in range(40)
        ],
    )
    worse = tmp_path / "worse.json"
    loss = _run(beir, "--against", better, "--save", worse)
    assert loss.exit_code == 1
    assert "perte" in loss.output
    assert "20 perdent" in loss.output
    assert "1,0000 → 0,0000  mot20  [mot20]" in loss.output
    value = json.loads(_run(beir, "--against", better, "--json").stdout)
    assert value[0]["against"]["significant_loss"] is True
    assert len(value[0]["against"]["changed"]) == 20
    _many(beir)
    gain = _run(beir, "--against", worse)
    assert gain.exit_code == 0
    assert "gain" in gain.output
    assert "20 gagnent" in gain.output


def test_two_folders_of_one_name_are_refused(beir: Path) -> None:
    result = _run(beir, beir)
    assert result.exit_code == 2
    assert "s’appellent small" in result.output


@pytest.mark.parametrize("absent_name", ["corpus.jsonl", "queries.jsonl", "qrels.tsv"])
def test_a_missing_file_is_a_sentence(beir: Path, absent_name: str) -> None:
    (beir / absent_name).unlink()
    result = _run(beir)
    assert result.exit_code == 2
    assert absent_name in result.output
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    ("name", "damage", "text"),
    [
        ("qrels.tsv", "q\td\ts\nq1\td1\n", "ligne 2"),
        ("qrels.tsv", "q\td\ts\nq1\td1\tbon\n", "ligne 2"),
        ("qrels.tsv", "q\td\ts\n", "aucune question"),
        ("queries.jsonl", "{", "ligne 1"),
        ("queries.jsonl", '{"_id": "q1"}\n', "« text »"),
        ("corpus.jsonl", "[]\n", "objet JSON"),
        ("pack.toml", "corpus = 3\n", "pack.toml"),
        ("pack.toml", "corpus", "pack.toml"),
        ("pack.toml", 'corpus = "corpus.jsonl"\nlevel = "word"\n', "level"),
    ],
)
def test_damage_is_a_sentence(beir: Path, name: str, damage: str, text: str) -> None:
    (beir / name).write_text(damage, "utf-8")
    result = _run(beir)
    assert result.exit_code == 2
    assert text in result.output


@pytest.mark.parametrize("content", ["{", "[]", '{"format": "other"}', '{"format": "glose-run-1"}'])
def test_what_is_no_kept_run(beir: Path, tmp_path: Path, content: str) -> None:
    path = tmp_path / "run.json"
    path.write_text(content, "utf-8")
    result = _run(beir, "--against", path)
    assert result.exit_code == 2
    assert "--save" in result.output


def test_a_kept_run_of_other_sets_or_questions(beir: Path, tmp_path: Path) -> None:
    path = tmp_path / "run.json"
    path.write_text('{"format": "glose-run-1", "runs": {"other": {}}}', "utf-8")
    assert "ne contient pas small" in _run(beir, "--against", path).output
    path.write_text('{"format": "glose-run-1", "runs": {"small": {"x": [["d1", 1.0]]}}}', "utf-8")
    result = _run(beir, "--against", path)
    assert result.exit_code == 2
    assert "aucune question commune" in result.output


def test_a_damaged_corpus_of_articles(tmp_path: Path) -> None:
    (tmp_path / "pack.toml").write_text('corpus = "all.jsonl"\n', "utf-8")
    (tmp_path / "all.jsonl").write_text('{"headline": 3}\n', "utf-8")
    _lines(tmp_path / "queries.jsonl", [{"_id": "q", "text": "chat"}])
    (tmp_path / "qrels.tsv").write_text("q\td\ts\nq\ta\t1\n", "utf-8")
    with pytest.raises(JudgementsUnreadable, match=r"all\.jsonl"):
        list(judgements.read(tmp_path).articles())

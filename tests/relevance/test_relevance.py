"""Are the judgements sound, and are their questions answered as golden.txt says?"""

from __future__ import annotations

import difflib
import importlib.util
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

from index import engines
from indexer.canonical import conversion
from indexer.doors import judgements
from indexer.doors.evaluation import Measured, answering, measure
from tests.opensearch_node import Node, forget

HERE = Path(__file__).resolve().parent
KINDS = {
    "elision",
    "accents",
    "inclusive",
    "plurals",
    "verbs",
    "phrases",
    "tech",
    "numbers-dates",
    "compounds",
    "comment-only",
    "title",
    "natural",
    "synonyms",
    "keywords",
}


def script(name: str) -> ModuleType:
    """A script beside this file; tests are not a package, so it is loaded by its path."""
    spec = importlib.util.spec_from_file_location(name, HERE / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def golden() -> ModuleType:
    return script("golden")


@pytest.fixture(scope="module")
def measured(golden: ModuleType) -> Measured:
    found = golden.measured()
    assert isinstance(found, Measured)
    return found


def test_ranking_is_the_one_accepted(golden: ModuleType, measured: Measured) -> None:
    now = golden.lines(measured)
    accepted = golden.GOLDEN.read_text("utf-8").splitlines()
    if now != accepted:
        diff = difflib.unified_diff(accepted, now, "accepted", "now", n=0, lineterm="")
        pytest.fail(
            "\n".join(
                [
                    "the ranking changed; if for the better, "
                    "run `python tests/relevance/golden.py` to accept",
                    *diff,
                ]
            ),
            pytrace=False,
        )


def test_the_pack_is_answered_well(measured: Measured) -> None:
    # accepting a golden file must not let the whole sink
    assert measured.figures.ndcg > 0.8
    assert measured.figures.empty < 0.01


def test_judgements_name_passages_that_can_be_answered() -> None:
    pack = judgements.read(HERE / "pack")
    visible = {
        record.id
        for article in pack.articles()
        for record in conversion.records_of(article)
        if record.visible
    }
    judged = {document for grades in pack.judged.values() for document in grades}
    assert judged <= visible


def test_the_pack_covers_every_kind() -> None:
    pack = judgements.read(HERE / "pack")
    kinds = Counter(question.kind for question in pack.questions)
    assert set(kinds) == KINDS
    assert min(kinds.values()) >= 10
    assert len(pack.questions) >= 130
    assert len({question.text for question in pack.questions}) == len(pack.questions)
    assert len({question.id for question in pack.questions}) == len(pack.questions)
    assert {grade for grades in pack.judged.values() for grade in grades.values()} == {1, 2}


def test_a_cluster_ranks_the_pack_alike(measured: Measured, node: Node) -> None:
    """In three shards, whose frequencies are those of the whole; sums may differ in last place."""
    location = node.fresh(shards=3)
    try:
        engine = engines.open(location, create=True)
        found = measure(measured.judged, answering(measured.judged, engine))
        engine.close()
    finally:
        forget(location)
    wrong = []
    for question in measured.judged.questions:
        ours, theirs = (
            [name for name, _ in run.run[question.id][:10]] for run in (measured, found)
        )
        scores = dict(measured.run[question.id])
        tenth = scores[ours[-1]] if ours else 0.0
        # what has the score of the tenth, but for the last places of a sum, may stand there
        apart = {
            name
            for name in {*ours} ^ {*theirs}
            if abs(scores.get(name, 0.0) - tenth) > tenth / 1000
        }
        if ours[:1] != theirs[:1] or apart:
            wrong.append((question.text, ours, theirs))
    assert wrong == []

"""Are the judgements sound, and are their questions answered as golden.txt says?"""

from __future__ import annotations

import difflib
import importlib.util
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from pathlib import Path
from types import ModuleType

import pytest

from index import engines
from index.engines import Entry
from index.engines.tantivy.writing import TantivyWriter
from index.record import WORD_FIELDS
from indexer.canonical import conversion
from indexer.doors import judgements
from indexer.doors.evaluation import Measurement, answering, measure
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
def measures(golden: ModuleType) -> Measurement:
    measured = golden.measure_all()
    assert isinstance(measured, Measurement)
    return measured


def test_ranking_is_the_one_accepted(golden: ModuleType, measures: Measurement) -> None:
    current_lines = golden.lines(measures)
    accepted = golden.GOLDEN.read_text("utf-8").splitlines()
    if current_lines != accepted:
        diff = difflib.unified_diff(accepted, current_lines, "accepted", "now", n=0, lineterm="")
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


def test_the_pack_is_answered_well(measures: Measurement) -> None:
    # accepting a golden file must not let the whole sink
    assert measures.figures.ndcg > 0.8
    assert measures.figures.empty < 0.01


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


@pytest.fixture(scope="module")
def marked_measures(
    measures: Measurement, no_suggestions: Callable[[], AbstractContextManager[None]]
) -> Measurement:
    """The same, of an index in memory whose records have the marks that a cluster's have."""
    unmarked = TantivyWriter.add

    def add(writer: TantivyWriter, entries: Iterable[Entry]) -> None:
        unmarked(writer, map(_with_marks, entries))

    judged = measures.judged
    with pytest.MonkeyPatch.context() as patch, no_suggestions():
        patch.setattr(TantivyWriter, "add", add)
        return measure(judged, answering(judged, engines.open(":memory:", create=True)))


@pytest.mark.parametrize("shards", [1, 3])
def test_a_cluster_ranks_the_pack_alike(
    measures: Measurement,
    marked_measures: Measurement,
    node: Node,
    shards: int,
    no_suggestions: Callable[[], AbstractContextManager[None]],
) -> None:
    """The frequencies of shards are those of the whole; one thing differs, and nothing else.

    Lucene's mean length of a field is over the records that have it, so records on a cluster have
    a mark where they lack one (`ABSENT`), which counts as one word: means are longer by the share
    of records that lack the field, and scores higher by some thousandths, a title's by hundredths.
    An index in memory that has the same marks must give the same scores to the last places of a
    sum; and one that has not, the same passages and the same first.
    """
    judged = measures.judged
    location = node.fresh(shards=shards)
    try:
        engine = engines.open(location, create=True)
        answer = answering(judged, engine)
        # ranks alone are compared
        with no_suggestions():
            clustered = measure(judged, answer)
        engine.close()
    finally:
        forget(location)
    for question in judged.questions:
        unmarked, ours, theirs = (
            run.run[question.id] for run in (measures, marked_measures, clustered)
        )
        assert dict(theirs) == pytest.approx(dict(ours), rel=1e-5), question.text
        assert {name for name, _ in theirs} == {name for name, _ in unmarked}, question.text
        assert [name for name, _ in theirs[:1]] == [name for name, _ in unmarked[:1]], question.text


def _with_marks(entry: Entry) -> Entry:
    # who has not installed what a cluster needs runs the other tests
    from index.engines.opensearch.schema import ABSENT

    lacking = {*WORD_FIELDS} - {
        name for terms in (entry.terms, entry.shared.terms) for name in terms if terms[name]
    }
    return entry._replace(terms={**entry.terms, **dict.fromkeys(lacking, ABSENT)})

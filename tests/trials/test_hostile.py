"""Does the worst question cost no more than a question may? Work is counted, never seconds.

`make trials` asks 20,000 of an index of 100,000 passages (QUESTIONS, PASSAGES: as many as wanted)
and prints what took most of the processor; `make test` asks some hundreds of a small one, where
as much less is allowed.
"""

from __future__ import annotations

import os
from collections import Counter
from itertools import islice
from typing import Any

import pytest
from trial_hostile import articles, ask, questions, vocabulary

from index import engines
from index.engines.in_process import work
from index.engines.tantivy.reading import TantivyReader
from index.writing import writing

# How often one page may have its trees evaluated, and its words looked up: a question has at most
# 32 words, each asked of a few columns.
EVALUATIONS = 250
LOOKUPS = 700


@pytest.fixture(scope="module")
def passages(long: bool) -> int:
    return int(os.environ.get("PASSAGES", "100000" if long else "600"))


@pytest.fixture(scope="module")
def index(passages: int, tmp_path_factory: pytest.TempPathFactory) -> engines.Engine:
    place = str(tmp_path_factory.mktemp("hostile") / "index")
    engine = engines.open(place, create=True)
    words = vocabulary(min(200_000, 20 * passages))
    writing.write(engine, articles(passages, words), seen=1_733_000_000)
    return engine


class Spent:
    """What an engine is asked, in the units of `index.engines.in_process.work`."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.read = 0
        self.heaviest = 0
        self.calls: Counter[str] = Counter()
        for name in ("counts", "total", "best", "tally"):
            monkeypatch.setattr(TantivyReader, name, self._evaluating(name))
        for name in ("words", "near"):
            monkeypatch.setattr(TantivyReader, name, self._looking(name))

    def _evaluating(self, name: str) -> Any:
        evaluate = getattr(TantivyReader, name)

        def evaluated(reader: TantivyReader, tree: Any, *options: Any, **named: Any) -> Any:
            tree_work = work.work(tree, reader.freq, reader.size())
            self.read += tree_work
            self.heaviest = max(self.heaviest, tree_work)
            self.calls["evaluations"] += 1
            return evaluate(reader, tree, *options, **named)

        return evaluated

    def _looking(self, name: str) -> Any:
        look = getattr(TantivyReader, name)

        def looked(*options: Any, **named: Any) -> Any:
            self.calls["lookups"] += 1
            return look(*options, **named)

        return looked

    def again(self) -> None:
        self.read = self.heaviest = 0
        self.calls.clear()


def test_no_question_is_too_much_work(
    index: engines.Engine, passages: int, long: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = index.reader()
    if not long:
        # a small index, and as much less to read; what is opened is not less
        monkeypatch.setattr(work, "_OPENED", 0)
        for name in ("EVALUATION", "ALL", "OFFERS"):
            monkeypatch.setattr(work, name, getattr(work, name) * passages // 4_000_000)
    work_done = Spent(monkeypatch)
    words = [word for word, _ in reader.words("text", "", 5000)]
    stopped: Counter[str] = Counter()
    durations: list[tuple[float, str]] = []
    for _, question in islice(
        questions(words), int(os.environ.get("QUESTIONS", "20000" if long else "150"))
    ):
        work_done.again()
        seconds, results = ask(reader, question)
        durations.append((seconds, question))
        stopped.update(results.stopped)
        assert work_done.calls["evaluations"] <= EVALUATIONS, question
        assert work_done.calls["lookups"] <= LOOKUPS, question
        if "conditions" in results.stopped and results.totals.passages:
            assert not results.totals.exact
            assert any(note.code == "too_heavy" for note in results.notices)
        if {*results.stopped} - {"conditions"}:
            assert any(note.code == "not_counted" for note in results.notices)
    durations.sort(reverse=True)
    print(f"\n{len(durations)} questions on {passages} passages; stopped: {dict(stopped)}")
    for seconds, question in durations[:20]:
        print(f"{seconds:7.2f} {question[:100]!r}")
    assert stopped.keys() >= {"conditions", "facets", "suggestions"}

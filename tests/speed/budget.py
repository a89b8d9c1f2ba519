"""Where does the time of a question go, the first time that it is asked, or again?

    python tests/speed/budget.py QUESTIONS INDEX [--class NAME]... [--again]

Milliseconds of the thread that answers, means of the questions of each class, by part: a moment
belongs to the innermost part that it is in, and to « around » outside of them all. QUESTIONS is
what `make bench-million` left beside an index. Measuring takes a microsecond a call.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).with_name("million")))
import sides

_PARTS = {
    "reading": ("index.question.query:parse", "index.answering.searching:_guidance"),
    "trees": (
        "index.engines.in_process.work:WorkBudget.lighter",
        "index.engines.in_process.work:WorkBudget.spend",
        "index.engines.in_process.work:WorkBudget.allows",
        "index.engines.in_process.work:WorkBudget.allows_facets",
        "index.engines.tantivy.reading:TantivyReader._compiled",
    ),
    "records": ("index.answering.showing:recent_record",),
    "snippets": (
        "index.answering.showing:_Marker.pieces",
        "index.answering.showing:_Marker.marks",
    ),
}
"""Part → the functions that are in it."""
_ENGINE = {
    "search": "best",
    "aggregate": "counts",
    "doc": "records",
    "doc_freq": "dictionary",
    "terms_with_prefix": "dictionary",
    "fast_field_values": "records",
}
"""Method of tantivy's searcher → the part that it is in."""
_AROUND = "around"
_COLUMNS = ("reading", "dictionary", "trees", "best", "counts", "records", "snippets", _AROUND)


class _Budget:
    """Milliseconds of one thread, by part."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)
        self._open = [_AROUND]
        self._since = time.thread_time()

    def begin(self) -> None:
        self.spent.clear()
        self._since = time.thread_time()

    def turn(self) -> None:
        """Count the time since the last turn for the innermost part."""
        now = time.thread_time()
        self.spent[self._open[-1]] += (now - self._since) * 1000
        self._since = now

    def measured(self, part: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def measure(*args: Any, **keywords: Any) -> Any:
            self.turn()
            self._open.append(part)
            try:
                return work(*args, **keywords)
            finally:
                self.turn()
                self._open.pop()

        return measure

    def watch(self, part: str, path: str) -> None:
        """Measure a function where it is looked up: "module:function", "module:Class.method"."""
        module, _, name = path.partition(":")
        owner: Any = import_module(module)
        class_name, _, function = name.rpartition(".")
        if class_name:
            owner = getattr(owner, class_name)
        setattr(owner, function, self.measured(part, getattr(owner, function)))


class _Searcher:
    """tantivy's searcher, each call of it measured."""

    def __init__(self, searcher: Any, budget: _Budget) -> None:
        self._searcher = searcher
        for method, part in _ENGINE.items():
            setattr(self, method, budget.measured(part, getattr(searcher, method)))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._searcher, name)


def main() -> None:
    flags = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    flags.add_argument("questions", type=Path)
    flags.add_argument("index", type=Path)
    flags.add_argument("--class", dest="classes", action="append")
    flags.add_argument("--again", action="store_true", help="measure the second time")
    options = flags.parse_args()
    all_questions = json.loads(options.questions.read_text())
    side: Any = sides.Glose(options.index)
    side.ask("common word", "bonjour")
    side.settle()
    budget = _Budget()
    for part, paths in _PARTS.items():
        for path in paths:
            budget.watch(part, path)
    side._reader._searcher = _Searcher(side._reader._searcher, budget)
    print(f"| class | all | {' | '.join(_COLUMNS)} |")
    print(f"|---|---{'|---' * len(_COLUMNS)}|")
    for kind, questions in all_questions.items():
        if options.classes and kind not in options.classes:
            continue
        if options.again:
            for words in questions:
                side.ask(kind, words)
        budget.begin()
        for words in questions:
            side.ask(kind, words)
        budget.turn()
        means = [budget.spent[part] / len(questions) for part in _COLUMNS]
        cells = [f"{mean:.1f}" for mean in (sum(means), *means)]
        print(f"| {kind} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()

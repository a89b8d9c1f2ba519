"""How good are the answers?

Questions are asked of a search, the ranks of what people judged relevant are measured with
`ir_measures`, and two runs are compared question by question: a change of ranking is a loss
only when chance does not explain it (paired bootstrap, 95 %).

A run is what was answered: question id → (document id, score), best first. Judgements are
question id → document id → grade; a grade of 1 or more is relevant. Questions without any
relevant document are not measured.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

Ranked = Sequence[tuple[str, float]]
Run = Mapping[str, Ranked]
Judged = Mapping[str, Mapping[str, int]]

DEPTH = 100
"""Documents of an answer that are looked at."""

_RESAMPLES = 10_000
_SEED = 20250701
_CHUNK = 500


class MeasuresMissing(Exception):
    """The libraries that measure are not installed; the message is for the person who asked."""

    def __init__(self) -> None:
        super().__init__(
            "mesurer demande les bibliothèques ir_measures et numpy : pip install 'glose[evaluate]'"
        )


@dataclass(frozen=True, slots=True)
class Score:
    """One question's measures, each from 0 to 1; `answered` is false when nothing came back."""

    ndcg: float = 0.0
    rr: float = 0.0
    recall: float = 0.0
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """Means over the questions: nDCG@10, MRR@10, recall@100, and the share without an answer."""

    ndcg: float
    rr: float
    recall: float
    empty: float
    questions: int


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference of mean nDCG@10: its 95 % interval [low, high] and two-sided p."""

    mean: float
    low: float
    high: float
    p: float

    @property
    def loss(self) -> bool:
        """Whether the answers are worse, and not by chance."""
        return self.high < 0


def run(
    search: Callable[[str], Ranked], questions: Iterable[tuple[str, str]]
) -> dict[str, list[tuple[str, float]]]:
    """Search each (id, text) of some questions; each gets up to `DEPTH` documents, each once.

    >>> run(lambda text: [("a", 2.0), ("b", 1.0), ("a", 0.5)], [("q1", "sora")])
    {'q1': [('a', 2.0), ('b', 1.0)]}
    """
    answered = {}
    for name, text in questions:
        best: dict[str, float] = {}
        for document, score in search(text):
            best.setdefault(document, score)
        answered[name] = list(best.items())[:DEPTH]
    return answered


def scores(judged: Judged, answered: Run) -> dict[str, Score]:
    """Each measured question's score, in the order of the run. Raises MeasuresMissing.

    Only the order of the run counts, so that documents of equal score stay as they stand.

    >>> scored = scores({"q1": {"a": 2, "b": 1}, "q2": {"a": 1}}, {"q1": [("b", 1), ("a", 1)]})
    >>> scored["q1"].rr, round(scored["q1"].ndcg, 3), "q2" in scored
    (1.0, 0.86, False)
    """
    try:
        import ir_measures
        from ir_measures import RR, R, nDCG
    except ImportError as error:
        raise MeasuresMissing from error

    judgements = {
        name: dict(judged[name])
        for name in answered
        if any(grade > 0 for grade in judged.get(name, {}).values())
    }
    ranks = {
        name: {document: float(-rank) for rank, (document, _) in enumerate(answered[name])}
        for name in judgements
    }
    members = {nDCG @ 10: "ndcg", RR @ 10: "rr", R @ DEPTH: "recall"}
    measured: dict[str, dict[str, float]] = {name: {} for name in judgements}
    if judgements:
        for metric in ir_measures.iter_calc(list(members), judgements, ranks):
            measured[metric.query_id][members[metric.measure]] = float(metric.value)
    return {
        name: Score(**measures, answered=bool(answered[name]))
        for name, measures in measured.items()
    }


def figures(scored: Mapping[str, Score]) -> Figures:
    """The means of some scores; all zero when there is none.

    >>> figures({"q1": Score(1.0, 1.0, 1.0, True), "q2": Score()})
    Figures(ndcg=0.5, rr=0.5, recall=0.5, empty=0.5, questions=2)
    """
    count = len(scored)
    if not count:
        return Figures(0.0, 0.0, 0.0, 0.0, 0)
    scores = scored.values()
    return Figures(
        sum(score.ndcg for score in scores) / count,
        sum(score.rr for score in scores) / count,
        sum(score.recall for score in scores) / count,
        sum(not score.answered for score in scores) / count,
        count,
    )


def changes(new: Mapping[str, Score], old: Mapping[str, Score]) -> list[tuple[str, float, float]]:
    """(question id, nDCG@10 before, after) of the questions of both, worst loss first.

    >>> changes({"a": Score(1.0), "b": Score(0.2)}, {"a": Score(0.5), "b": Score(0.7)})
    [('b', 0.7, 0.2), ('a', 0.5, 1.0)]
    """
    shared = [(name, old[name].ndcg, score.ndcg) for name, score in new.items() if name in old]
    return sorted(shared, key=lambda change: (change[2] - change[1], change[0]))


def difference(*sets: tuple[Mapping[str, Score], Mapping[str, Score]]) -> Difference:
    """Return the mean gain of the first scores of each pair over sets, by paired bootstrap.

    Questions of both are resampled, 10,000 times with a fixed seed, each set apart; a set counts
    as much as another, however many questions it has. Raises MeasuresMissing; ValueError when a
    pair has no question in common.

    >>> better = {f"q{i}": Score(0.6 if i % 10 else 0.4) for i in range(200)}
    >>> found = difference((better, {name: Score(0.5) for name in better}))
    >>> round(found.mean, 3), 0.06 < found.low < found.high < 0.1, found.loss
    (0.08, True, False)
    """
    try:
        import numpy as np
    except ImportError as error:
        raise MeasuresMissing from error

    random = np.random.default_rng(_SEED)
    means, resampled = [], np.zeros(_RESAMPLES)
    for new, old in sets:
        gaps = np.array([after - before for _, before, after in changes(new, old)])
        if not gaps.size:
            raise ValueError("aucune question commune aux deux mesures")
        means.append(gaps.mean())
        # by chunks: thousands of questions drawn ten thousand times would fill the memory
        for start in range(0, _RESAMPLES, _CHUNK):
            picked = random.integers(0, gaps.size, (_CHUNK, gaps.size))
            resampled[start : start + _CHUNK] += gaps[picked].mean(axis=1)
    resampled /= len(sets)
    mean = float(np.mean(means))
    low, high = np.quantile(resampled, (0.025, 0.975))
    extremes = np.count_nonzero(np.abs(resampled - mean) >= abs(mean))
    return Difference(mean, float(low), float(high), float((extremes + 1) / (_RESAMPLES + 1)))

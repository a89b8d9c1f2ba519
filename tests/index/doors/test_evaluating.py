"""Are answers measured right, and is chance told from change?"""

from __future__ import annotations

import builtins
from collections.abc import Callable
from typing import Any

import pytest

from index.doors import evaluating
from index.doors.evaluating import MeasuresMissing, Score


def test_measures_by_hand() -> None:
    judged = {"q": {"a": 2, "b": 1, "c": 0, "d": 1}}
    scored = evaluating.scores(judged, {"q": [("c", 9.0), ("b", 8.0), ("a", 7.0)]})
    # gains 0, 1, 2 at ranks 1, 2, 3; the best order is 2, 1, 1
    third = 1 / 1.58496
    assert scored["q"].ndcg == pytest.approx((third + 2 / 2) / (2 + third + 1 / 2), 1e-4)
    assert scored["q"].rr == pytest.approx(1 / 2)
    assert scored["q"].recall == pytest.approx(2 / 3)


def test_the_order_of_the_run_counts_and_not_the_names_of_equal_scores() -> None:
    first = evaluating.scores({"q": {"a": 1}}, {"q": [("a", 1.0), ("z", 1.0)]})
    second = evaluating.scores({"q": {"a": 1}}, {"q": [("z", 1.0), ("a", 1.0)]})
    assert (first["q"].rr, second["q"].rr) == (1.0, 0.5)


def test_only_ten_ranks_count_and_a_hundred_are_recalled() -> None:
    ranked = [(f"x{rank}", 1.0 / (rank + 1)) for rank in range(150)]
    scored = evaluating.scores({"q": {"x10": 1, "x99": 1, "x100": 1}}, {"q": ranked})
    assert (scored["q"].ndcg, scored["q"].rr) == (0.0, 0.0)
    assert scored["q"].recall == pytest.approx(2 / 3)


def test_a_question_without_an_answer_scores_nothing_and_is_counted() -> None:
    scored = evaluating.scores({"q": {"a": 1}, "r": {"b": 0}}, {"q": [], "r": [("b", 1.0)]})
    assert scored == {"q": Score(0.0, 0.0, 0.0, answered=False)}
    assert evaluating.figures(scored).empty == 1.0
    assert evaluating.figures({}).questions == 0


def test_a_run_keeps_a_hundred_documents() -> None:
    result = evaluating.run(lambda text: [(f"{text}{n}", 1.0) for n in range(200)], [("q", "d")])
    assert len(result["q"]) == evaluating.DEPTH


def _scores(*ndcg: float) -> dict[str, Score]:
    return {f"q{number}": Score(value) for number, value in enumerate(ndcg)}


def test_a_steady_loss_is_a_loss() -> None:
    before = _scores(*[0.5, 0.7, 0.9] * 40)
    after = _scores(*[0.45, 0.66, 0.88] * 40)
    difference = evaluating.difference((after, before))
    assert difference.loss
    assert difference.p < 0.01
    assert difference.low < difference.mean < difference.high < 0
    assert not evaluating.difference((before, after)).loss


def test_chance_is_no_loss() -> None:
    before = _scores(*[0.5] * 100)
    after = _scores(*[0.9, 0.09] * 50)
    difference = evaluating.difference((after, before))
    assert difference.mean < 0
    assert not difference.loss
    assert difference.p > 0.5


def test_nothing_changed() -> None:
    difference = evaluating.difference((_scores(0.5, 0.6), _scores(0.5, 0.6)))
    assert (difference.mean, difference.low, difference.high, difference.p) == (0.0, 0.0, 0.0, 1.0)


def test_each_set_weighs_the_same() -> None:
    small = (_scores(*[1.0] * 10), _scores(*[0.0] * 10))
    large = (_scores(*[0.0] * 1000), _scores(*[0.0] * 1000))
    assert evaluating.difference(small, large).mean == pytest.approx(0.5)


def test_two_computations_agree() -> None:
    pair = (_scores(*[0.1, 0.9, 0.4] * 20), _scores(*[0.3, 0.5, 0.5] * 20))
    assert evaluating.difference(pair) == evaluating.difference(pair)


def test_no_question_in_common() -> None:
    with pytest.raises(ValueError, match="aucune question commune"):
        evaluating.difference(({"a": Score()}, {"b": Score()}))


@pytest.mark.parametrize(
    ("library", "measure"),
    [
        ("ir_measures", lambda: evaluating.scores({"q": {"a": 1}}, {"q": [("a", 1.0)]})),
        ("numpy", lambda: evaluating.difference((_scores(1.0), _scores(0.5)))),
    ],
)
def test_a_missing_library_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, library: str, measure: Callable[[], object]
) -> None:
    real_import = builtins.__import__

    def refuse(name: str, *arguments: Any, **options: Any) -> Any:
        if name == library:
            raise ImportError(name)
        return real_import(name, *arguments, **options)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(MeasuresMissing, match=r"pip install 'glose\[evaluate\]'"):
        measure()

"""How does the default search stand beside what everybody uses?

`make relevance`: for every folder of judgements, our figures beside a stock chain (see `stock`)
and beside real Lucene's FrenchAnalyzer where a JDK is at hand (see `real_lucene`), over the same
documents with the same title weight. The questions are asked as they are, then with one slip (see
`slips`), then without their accents, there beside a chain that keeps accents too. Intervals are
of the paired difference of nDCG@10, 95 % by bootstrap; the average gives each set the same weight.

    python tests/relevance/beside.py [FOLDER…] [--limit-queries N] [--json REPORT.json]
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
import unicodedata
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, replace
from itertools import repeat
from pathlib import Path

from real_lucene import Lucene, NoLucene
from slips import slipped
from stock import stock

from index import engines
from index.doors import evaluating
from index.doors.evaluating import Difference, Figures, Score
from indexer.doors import judgements
from indexer.doors.evaluation import answering, measure
from indexer.doors.judgements import JudgementSet

ROOT = Path(__file__).resolve().parents[2]
PROCESSES = 2

Scored = dict[str, Score]


@dataclass(frozen=True, slots=True)
class RequiredGain:
    """What the default search must be worth beside others: by how much more, on average.

    No set may be below. `peers`: the first that was measured is the one beside which.
    """

    label: str
    ours: str
    peers: tuple[str, ...]
    least: Mapping[str, float]


COMPARED = (
    RequiredGain("as asked", "glose", ("lucene", "stock"), {"lucene": 0.025, "stock": 0.015}),
    RequiredGain("with one slip", "glose, slip", ("lucene, slip", "stock, slip"),
           {"lucene, slip": 0.03, "stock, slip": 0.03}),
    RequiredGain("without accents", "glose, no accents", ("keeping accents, no accents",),
           {"keeping accents, no accents": 0.02}),
    RequiredGain("without accents, beside a chain that folds them", "glose, no accents",
           ("stock, no accents",), {}),
)  # fmt: skip
# questions with one slip that nothing answers, at most
EMPTY = 0.005


def without_accents(text: str) -> str:
    """
    >>> without_accents("Où est l’élève, à l'œuvre ?")
    "Ou est l’eleve, a l'œuvre ?"
    """
    split = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(c for c in split if not unicodedata.combining(c)))


def retyped(judged: JudgementSet, typed: Callable[[str], str]) -> JudgementSet:
    """The same set, its questions typed otherwise."""
    questions = tuple(replace(question, text=typed(question.text)) for question in judged.questions)
    return replace(judged, questions=questions)


def one_set(
    folder: Path, limit: int | None, lucene: Lucene | None
) -> tuple[str, dict[str, Scored], float]:
    """Every chain's scores on a set, and the seconds it took. Raises NoLucene."""
    began = time.perf_counter()
    judged = judgements.read(folder).sample(limit)
    unaccented, slip = retyped(judged, without_accents), retyped(judged, slipped)
    our_answers = answering(judged, engines.open(":memory:", create=True))
    folding, keeping = stock(judged, folding=True), stock(judged, folding=False)
    runs = {
        "glose": measure(judged, our_answers),
        "stock": measure(judged, folding),
        "glose, slip": measure(slip, our_answers),
        "stock, slip": measure(slip, folding),
        "glose, no accents": measure(unaccented, our_answers),
        "stock, no accents": measure(unaccented, folding),
        "keeping accents, no accents": measure(unaccented, keeping),
    }
    if lucene is not None:
        texts = [question.text for question in (*judged.questions, *slip.questions)]
        ranked = dict(zip(texts, lucene.ranks(judged, texts), strict=True))
        runs["lucene"] = measure(judged, ranked.__getitem__)
        runs["lucene, slip"] = measure(slip, ranked.__getitem__)
    scored = {name: dict(run.scores) for name, run in runs.items()}
    return judged.name, scored, time.perf_counter() - began


def folders() -> list[Path]:
    """The sets at hand: $GLOSE_SHARED/relevance, else beside this project."""
    shared = Path(os.environ.get("GLOSE_SHARED", ROOT.parent / "shared"))
    return sorted(path.parent for path in shared.glob("relevance/*/queries.jsonl"))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--limit-queries", type=int)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    set_folders = options.folders or folders()
    if not set_folders:
        print("no judgements: give folders, or set GLOSE_SHARED", file=sys.stderr)
        return 2
    # the largest first, so that both processes end together
    set_folders.sort(key=lambda folder: -(folder / "queries.jsonl").stat().st_size)
    with tempfile.TemporaryDirectory() as jars, ProcessPoolExecutor(PROCESSES) as pool:
        lucene = None
        try:
            lucene = Lucene.at_hand(Path(jars))
        except NoLucene as error:
            print(f"without real Lucene, beside the stock chain alone: {error}\n")
        results = list(
            pool.map(one_set, set_folders, repeat(options.limit_queries), repeat(lucene))
        )
    results.sort()
    sets = {name: scored for name, scored, _ in results}
    _figures(sets)
    report, all_held = _differences(sets)
    print("seconds:", ", ".join(f"{name} {seconds:.0f}" for name, _, seconds in results))
    if options.json:
        figures = {
            name: {
                chain: asdict(evaluating.figures(run_scores))
                for chain, run_scores in scored.items()
            }
            for name, scored in sets.items()
        }
        options.json.write_text(json.dumps({"figures": figures, "differences": report}, indent=2))
    return 0 if all_held else 1


def _figures(sets: dict[str, dict[str, Scored]]) -> None:
    print(f"{'set':<12} {'chain':<28} {'n':>5}  nDCG@10  MRR@10  recall@100  empty")
    for name, scored in sets.items():
        for chain, set_figures in scored.items():
            _line(name, chain, evaluating.figures(set_figures))
    for chain in next(iter(sets.values())):
        set_figures_of_chain = [evaluating.figures(scored[chain]) for scored in sets.values()]
        count = len(set_figures_of_chain)
        _line(
            "average",
            chain,
            Figures(
                sum(set_figures.ndcg for set_figures in set_figures_of_chain) / count,
                sum(set_figures.rr for set_figures in set_figures_of_chain) / count,
                sum(set_figures.recall for set_figures in set_figures_of_chain) / count,
                sum(set_figures.empty for set_figures in set_figures_of_chain) / count,
                sum(set_figures.questions for set_figures in set_figures_of_chain),
            ),
        )
    print()


def _line(name: str, chain: str, figures: Figures) -> None:
    print(
        f"{name:<12} {chain:<28} {figures.questions:>5}  {figures.ndcg:7.4f}  {figures.rr:6.4f}  "
        f"{figures.recall:10.4f}  {figures.empty:5.3f}"
    )


def _differences(sets: dict[str, dict[str, Scored]]) -> tuple[dict[str, dict[str, object]], bool]:
    """Print and give back each difference of nDCG@10; are they what is wanted?"""
    report: dict[str, dict[str, object]] = {}
    all_held = True
    first_set = next(iter(sets.values()))
    for comparison in COMPARED:
        peer = next(name for name in comparison.peers if name in first_set)
        print(f"nDCG@10, {comparison.label}: {comparison.ours} − {peer}")
        report[comparison.label] = {}
        pairs = {name: (scored[comparison.ours], scored[peer]) for name, scored in sets.items()}
        gaps = {name: evaluating.difference(pair) for name, pair in pairs.items()}
        for name, gap in gaps.items():
            report[comparison.label][name] = asdict(gap)
            print(f"  {name:<12} {_gap(gap)}   {_shares(*pairs[name])}")
        average = evaluating.difference(*pairs.values())
        report[comparison.label]["average"] = asdict(average)
        print(f"  {'average':<12} {_gap(average)}")
        if peer in comparison.least:
            is_met = average.mean >= comparison.least[peer] and all(
                gap.mean >= 0 for gap in gaps.values()
            )
            verdict = "held" if is_met else "NOT HELD"
            print(f"  wanted: {comparison.least[peer]:+.3f} on average, none below: {verdict}")
            all_held = all_held and is_met
        print()
    empty = {
        name: evaluating.figures(comparison["glose, slip"]).empty
        for name, comparison in sets.items()
    }
    few = max(empty.values()) <= EMPTY
    print(f"without any answer to one slip, at most: {max(empty.values()):.2%}", end=" ")
    print(f"({EMPTY:.1%} wanted: {'held' if few else 'NOT HELD'})\n")
    return report, all_held and few


def _gap(gap: Difference) -> str:
    return f"{gap.mean:+.4f} [{gap.low:+.4f}, {gap.high:+.4f}]  p = {gap.p:.4f}"


def _shares(our_scores: Scored, their_scores: Scored) -> str:
    """How many of the questions are answered better than by the other, and how many worse."""
    gaps = [after - before for _, before, after in evaluating.changes(our_scores, their_scores)]
    better, worse = (sum(gap > 0 for gap in gaps), sum(gap < 0 for gap in gaps))
    return f"better {better / len(gaps):.0%}, worse {worse / len(gaps):.0%}"


if __name__ == "__main__":
    sys.exit(main())

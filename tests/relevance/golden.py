"""How is each question of the pack answered today?

`python tests/relevance/golden.py` writes golden.txt anew: one line a question, with its
nDCG@10 and the passages answered first, those judged relevant marked by `+`. The test
compares; what differs in a review is what readers will see differ.
"""

from __future__ import annotations

from pathlib import Path

from index import engines
from index.doors import evaluating
from indexer.doors import judgements
from indexer.doors.evaluation import Measurement, answering, measure

HERE = Path(__file__).resolve().parent
PACK = HERE / "pack"
GOLDEN = HERE / "golden.txt"
_SHOWN = 5


def measure_all() -> Measurement:
    """The pack, asked of an index in memory."""
    judged = judgements.read(PACK)
    return measure(judged, answering(judged, engines.open(":memory:", create=True)))


def lines(measures: Measurement) -> list[str]:
    """The golden file's lines: a summary by kind, then every question."""
    kinds: dict[str, list[str]] = {}
    for question in measures.judged.questions:
        kinds.setdefault(question.kind, []).append(question.id)
    table = [f"{'kind':<14} {'n':>3}  nDCG@10  MRR@10  recall@100  empty"]
    for kind, ids in [*sorted(kinds.items()), ("all", list(measures.scores))]:
        mean = evaluating.figures({name: measures.scores[name] for name in ids})
        table.append(
            f"{kind:<14} {mean.questions:>3}  {mean.ndcg:7.3f}  {mean.rr:6.3f}  "
            f"{mean.recall:10.3f}  {mean.empty:5.3f}"
        )
    table.append("")
    for question in measures.judged.questions:
        relevant = measures.judged.judged[question.id]
        best = " ".join(
            ("+" if relevant.get(record, 0) else "-") + _short(record)
            for record, _ in measures.run[question.id][:_SHOWN]
        )
        table.append(
            f"{question.kind:<13} {measures.scores[question.id].ndcg:.3f}  "
            f"{question.text}  |  {best or 'nothing'}"
        )
    return table


def _short(record: str) -> str:
    """
    >>> _short("demo:xz-porte-derobee-fatigue-mainteneurs#section-3")
    'xz-porte#section-3'
    """
    article, _, anchor = record.partition("#")
    return "-".join(article.removeprefix("demo:").split("-")[:2]) + "#" + anchor


if __name__ == "__main__":
    GOLDEN.write_text("\n".join(lines(measure_all())) + "\n", encoding="utf-8")
    print(f"{GOLDEN.name} is written: read its diff")

"""How well does the search answer judged questions, and better or worse than before?

`glose evaluate`: each folder of judgements is indexed in memory, its questions are asked as
a reader would ask them, and the ranks of what was judged relevant are measured. `--save`
keeps the answers; `--against` measures them again and says which questions changed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from tqdm import tqdm

from index import engines
from index.answering import search
from index.doors import evaluating
from index.doors.evaluating import Difference, Figures, MeasuresMissing, Run, Score
from index.doors.standard_streams import echo_json
from index.writing import write
from indexer.canonical import conversion
from indexer.doors import judgements
from indexer.doors.judgements import JudgementSet, JudgementsUnreadable, Question

# "hier" must mean the same day in every run
NOW = datetime.fromisoformat("2025-07-01T12:00:00+02:00")
_MOST_CHANGED = 5


@dataclass(frozen=True, slots=True)
class Measurement:
    """A set, what was answered to its questions, and how good that is."""

    judged: JudgementSet
    run: Run
    scores: Mapping[str, Score]
    figures: Figures


@dataclass(frozen=True, slots=True)
class Comparison:
    """A set beside an older run of it: the questions of both, worst loss first."""

    difference: Difference
    before: Figures
    changed: list[tuple[Question, float, float]]


def answering(judged: JudgementSet, engine: engines.Engine) -> Callable[[str], evaluating.Ranked]:
    """Index the articles of a set, and give the search that ranks them (or their passages)."""
    write(engine, map(conversion.records_of, judged.articles()), seen=0)
    reader = engine.reader()

    def answer(text: str) -> list[tuple[str, float]]:
        answered = search(
            reader, text, now=NOW, size=evaluating.DEPTH, group=not judged.passages, snippets=False
        )
        if judged.passages:
            return [
                (passage.record.id, passage.score)
                for group in answered.groups
                for passage in group.passages
            ]
        return [(group.about.id, group.score) for group in answered.groups]

    return answer


def measure(
    judged: JudgementSet, answer: Callable[[str], evaluating.Ranked], *, progress: bool = False
) -> Measurement:
    """Ask the questions of a set and measure the answers. Raises MeasuresMissing."""
    questions = ((question.id, question.text) for question in judged.questions)
    shown_questions = tqdm(
        questions,
        judged.name,
        len(judged.questions),
        disable=None if progress else True,
        leave=False,
    )
    run = evaluating.run(answer, shown_questions)
    scored = evaluating.scores(judged.judged, run)
    return Measurement(judged, run, scored, evaluating.figures(scored))


def compare(measured: Measurement, old: Run) -> Comparison:
    """What changed since an older run. Raises ValueError when it holds none of the questions."""
    before = {
        name: score
        for name, score in evaluating.scores(measured.judged.judged, old).items()
        if name in measured.scores
    }
    difference = evaluating.difference((measured.scores, before))
    by_id = {question.id: question for question in measured.judged.questions}
    changed = [
        (by_id[name], score_before, score_now)
        for name, score_before, score_now in evaluating.changes(measured.scores, before)
        if score_before != score_now
    ]
    return Comparison(difference, evaluating.figures(before), changed)


@click.command("evaluate")
@click.argument(
    "folders",
    nargs=-1,
    required=True,
    metavar="JUGEMENTS…",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
@click.option(
    "--against",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="RUN.json",
    help="Comparer à une mesure gardée ; 1 si c’est une perte sûre.",
)
@click.option(
    "--save",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="RUN.json",
    help="Garder les réponses, pour y comparer plus tard.",
)
@click.option("--json", "as_json", is_flag=True, help="Un objet JSON.")
@click.option(
    "--limit-queries",
    type=click.IntRange(1),
    metavar="N",
    help="N questions au plus par jeu, toujours les mêmes.",
)
@click.option(
    "--engine",
    "location",
    default=":memory:",
    show_default=True,
    type=click.Choice([":memory:", "whoosh::memory:"]),
    help="Le moteur mesuré.",
)
def evaluate(
    folders: tuple[Path, ...],
    against: Path | None,
    save: Path | None,
    as_json: bool,
    limit_queries: int | None,
    location: str,
) -> None:
    """Mesurer la recherche sur des questions jugées : nDCG@10, MRR@10, rappel@100.

    JUGEMENTS : des dossiers BEIR (corpus.jsonl, queries.jsonl, qrels.tsv), ou des jugements
    sur un fichier d’articles que nomme pack.toml. Code 1 : perte significative, à 95 %.
    """
    try:
        sets = _named(folders)
        runs_before = _load(against) if against else {}
        old = {name: _in(runs_before, name) for name in sets} if against else {}
        results = []
        for name, judged in sets.items():
            sample = judged.sample(limit_queries)
            answer = answering(sample, engines.open(location, create=True))
            measured = measure(sample, answer, progress=True)
            compared = compare(measured, old[name]) if name in old else None
            results.append((name, measured, compared))
    except (JudgementsUnreadable, MeasuresMissing, ValueError) as error:
        raise click.UsageError(str(error)) from error
    if save is not None:
        save.write_text(_dump({name: measured.run for name, measured, _ in results}), "utf-8")
    if as_json:
        echo_json([_json(*result) for result in results])
    else:
        _print(results)
    if any(compared is not None and compared.difference.loss for _, _, compared in results):
        click.get_current_context().exit(1)


def _named(folders: Iterable[Path]) -> dict[str, JudgementSet]:
    sets_by_name: dict[str, JudgementSet] = {}
    for folder in folders:
        judged = judgements.read(folder)
        if judged.name in sets_by_name:
            raise JudgementsUnreadable(f"deux dossiers s’appellent {judged.name}")
        sets_by_name[judged.name] = judged
    return sets_by_name


def _dump(runs: Mapping[str, Run]) -> str:
    rounded = {
        name: {
            question: [(document, round(score, 4)) for document, score in ranked]
            for question, ranked in run.items()
        }
        for name, run in runs.items()
    }
    return json.dumps({"format": "glose-run-1", "runs": rounded}, ensure_ascii=False)


def _load(path: Path) -> dict[str, Run]:
    try:
        saved = json.loads(path.read_text("utf-8"))
        if saved["format"] != "glose-run-1":
            raise KeyError
        return {
            name: {
                question: [(str(document), float(score)) for document, score in ranked]
                for question, ranked in run.items()
            }
            for name, run in saved["runs"].items()
        }
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{path} n’est pas une mesure gardée par --save") from error


def _in(runs: dict[str, Run], name: str) -> Run:
    if name not in runs:
        raise ValueError(f"la mesure gardée ne contient pas {name} : {', '.join(sorted(runs))}")
    return runs[name]


def _json(name: str, measured: Measurement, compared: Comparison | None) -> dict[str, Any]:
    members: dict[str, Any] = {"set": name, **asdict(measured.figures)}
    if compared is not None:
        members["against"] = {
            "figures": asdict(compared.before),
            "ndcg_difference": asdict(compared.difference),
            "significant_loss": compared.difference.loss,
            "changed": [
                {
                    "id": question.id,
                    "question": question.text,
                    "before": score_before,
                    "after": score_now,
                }
                for question, score_before, score_now in compared.changed
            ],
        }
    return members


def _print(results: Iterable[tuple[str, Measurement, Comparison | None]]) -> None:
    click.echo(
        f"{'jeu':<16} {'questions':>9} {'nDCG@10':>8} {'MRR@10':>8} {'rappel@100':>10} "
        f"{'sans réponse':>12}"
    )
    for name, measured, compared in results:
        click.echo(_line(name, measured.figures))
        if compared is None:
            continue
        gap = compared.difference
        click.echo(_line("  avant", compared.before))
        verdict = "perte" if gap.loss else "gain" if gap.low > 0 else "pas de différence sûre"
        click.echo(
            f"  nDCG@10 {_number(gap.mean, '+')} [{_number(gap.low, '+')} ; "
            f"{_number(gap.high, '+')}], p = {_number(gap.p)} : {verdict}"
        )
        losses = [change for change in compared.changed if change[2] < change[1]]
        gains = [change for change in compared.changed if change[2] > change[1]]
        for verb, changes in (("perdent", losses), ("gagnent", gains[::-1])):
            if changes:
                click.echo(f"  {len(changes)} {verb} :")
            for question, score_before, score_now in changes[:_MOST_CHANGED]:
                click.echo(
                    f"    {_number(score_before)} → {_number(score_now)}  "
                    f"{question.text}  [{question.id}]"
                )


def _line(name: str, figures: Figures) -> str:
    return (
        f"{name:<16} {figures.questions:>9} {_number(figures.ndcg):>8} "
        f"{_number(figures.rr):>8} {_number(figures.recall):>10} "
        f"{_number(figures.empty * 100, '', 1) + ' %':>12}"
    )


def _number(value: float, sign: str = "", places: int = 4) -> str:
    """
    >>> _number(-0.00312, "+"), _number(12.5, "", 1)
    ('-0,0031', '12,5')
    """
    return f"{value:{sign}.{places}f}".replace(".", ",")


COMMANDS = (evaluate,)

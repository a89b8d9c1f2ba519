"""How does the default search stand beside what everybody uses?

`make relevance`: for every folder of judgements, our figures beside a stock chain over the
same documents with the same title weight: tantivy's own French tokenizer (simple, lowercase,
ascii_fold, French stop words, French stemmer), any of the words, BM25. The questions are
asked as they are, then without their accents, there beside a chain that keeps accents too.
Intervals are of the paired difference of nDCG@10, 95 % by bootstrap; the average gives each
set the same weight.

    python tests/relevance/stock.py [FOLDER…] [--limit-queries N] [--json REPORT.json]
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
import unicodedata
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, replace
from pathlib import Path

import tantivy
from tantivy import Filter, Occur, Query, TextAnalyzerBuilder, Tokenizer

from index import engines
from index.doors import evaluating
from index.doors.evaluating import Difference, Figures, Ranked, Score
from indexer.doors import judgements
from indexer.doors.evaluation import answering, measure
from indexer.doors.judgements import JudgementSet

ROOT = Path(__file__).resolve().parents[2]
PROCESSES = 2
# what the default search must be worth beside each stock chain
WANTED = {"as asked": 0.015, "without accents": 0.02}

Scored = dict[str, Score]


def analyzer(*, folding: bool) -> tantivy.TextAnalyzer:
    """tantivy's French, that folds accents or keeps them."""
    built = TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.lowercase())
    if folding:
        built = built.filter(Filter.ascii_fold())
    return built.filter(Filter.stopword("french")).filter(Filter.stemmer("french")).build()


def stock(judged: JudgementSet, *, folding: bool) -> Callable[[str], Ranked]:
    """Index the documents with a stock chain, and give the search that ranks them."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    for field in ("title", "text"):
        builder.add_text_field(field, tokenizer_name="stock", index_option="freq")
    schema = builder.build()
    index = tantivy.Index(schema)
    chain = analyzer(folding=folding)
    index.register_tokenizer("stock", chain)
    writer = index.writer(192_000_000, 1)
    for article in judged.articles():
        document = tantivy.Document()
        document.add_text("id", article.id)
        document.add_text("title", article.headline)
        for section in article.sections:
            document.add_text("text", section.text)
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def answer(text: str) -> list[tuple[str, float]]:
        words = [
            (Occur.Should, Query.term_query(schema, field, word, "freq"))
            for word in chain.analyze(text)
            for field in ("title", "text")
        ]
        found = searcher.search(Query.boolean_query(words), evaluating.DEPTH)
        return [(searcher.doc(ref)["id"][0], score) for score, ref in found.hits]

    return answer


def without_accents(text: str) -> str:
    """
    >>> without_accents("Où est l’élève, à l'œuvre ?")
    "Ou est l’eleve, a l'œuvre ?"
    """
    split = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(c for c in split if not unicodedata.combining(c)))


def one_set(folder: Path, limit: int | None) -> tuple[str, dict[str, Scored], float]:
    """Every chain's scores on a set, and the seconds it took."""
    began = time.perf_counter()
    judged = judgements.read(folder).sample(limit)
    plain = replace(
        judged,
        questions=tuple(replace(one, text=without_accents(one.text)) for one in judged.questions),
    )
    ours = answering(judged, engines.open(":memory:", create=True))
    folding, keeping = stock(judged, folding=True), stock(judged, folding=False)
    measured = {
        "glose": measure(judged, ours),
        "stock": measure(judged, folding),
        "glose, no accents": measure(plain, ours),
        "stock, no accents": measure(plain, folding),
        "keeping accents, no accents": measure(plain, keeping),
    }
    scored = {name: dict(found.scores) for name, found in measured.items()}
    return judged.name, scored, time.perf_counter() - began


COMPARED = {
    "as asked": ("glose", "stock"),
    "without accents": ("glose, no accents", "keeping accents, no accents"),
    "without accents, stock folding too": ("glose, no accents", "stock, no accents"),
}


def folders() -> list[Path]:
    """The sets at hand: $GLOSE_SHARED/relevance, else beside this project."""
    shared = Path(os.environ.get("GLOSE_SHARED", ROOT.parent / "shared"))
    return sorted(found.parent for found in shared.glob("relevance/*/queries.jsonl"))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--limit-queries", type=int)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    chosen = asked.folders or folders()
    if not chosen:
        print("no judgements: give folders, or set GLOSE_SHARED", file=sys.stderr)
        return 2
    # the largest first, so that both processes end together
    chosen.sort(key=lambda folder: -(folder / "queries.jsonl").stat().st_size)
    with ProcessPoolExecutor(PROCESSES) as pool:
        found = list(pool.map(one_set, chosen, [asked.limit_queries] * len(chosen)))
    found.sort()
    _figures({name: scored for name, scored, _ in found})
    report, held = _differences({name: scored for name, scored, _ in found})
    print("seconds:", ", ".join(f"{name} {seconds:.0f}" for name, _, seconds in found))
    if asked.json:
        figures = {
            name: {chain: asdict(evaluating.figures(one)) for chain, one in scored.items()}
            for name, scored, _ in found
        }
        asked.json.write_text(json.dumps({"figures": figures, "differences": report}, indent=2))
    return 0 if held else 1


def _figures(sets: dict[str, dict[str, Scored]]) -> None:
    print(f"{'set':<12} {'chain':<28} {'n':>5}  nDCG@10  MRR@10  recall@100  empty")
    for name, scored in sets.items():
        for chain, one in scored.items():
            _line(name, chain, evaluating.figures(one))
    for chain in next(iter(sets.values())):
        each = [evaluating.figures(scored[chain]) for scored in sets.values()]
        count = len(each)
        _line(
            "average",
            chain,
            Figures(
                sum(one.ndcg for one in each) / count,
                sum(one.rr for one in each) / count,
                sum(one.recall for one in each) / count,
                sum(one.empty for one in each) / count,
                sum(one.questions for one in each),
            ),
        )
    print()


def _line(name: str, chain: str, one: Figures) -> None:
    print(
        f"{name:<12} {chain:<28} {one.questions:>5}  {one.ndcg:7.4f}  {one.rr:6.4f}  "
        f"{one.recall:10.4f}  {one.empty:5.3f}"
    )


def _differences(sets: dict[str, dict[str, Scored]]) -> tuple[dict[str, dict[str, object]], bool]:
    """Print and give back each difference of nDCG@10; are they what is wanted?"""
    report: dict[str, dict[str, object]] = {}
    held = True
    for said, (ours, other) in COMPARED.items():
        print(f"nDCG@10, {ours} − {other}")
        report[said] = {}
        alone = {name: evaluating.difference((one[ours], one[other])) for name, one in sets.items()}
        average = evaluating.difference(*((one[ours], one[other]) for one in sets.values()))
        for name, gap in [*alone.items(), ("average", average)]:
            report[said][name] = asdict(gap)
            print(f"  {name:<12} {_gap(gap)}")
        wanted = WANTED.get(said)
        if wanted is not None:
            met = average.mean >= wanted and all(gap.mean >= 0 for gap in alone.values())
            verdict = "held" if met else "NOT HELD"
            print(f"  wanted: {wanted:+.3f} on average, none below: {verdict}")
            held = held and met
        print()
    return report, held


def _gap(gap: Difference) -> str:
    return f"{gap.mean:+.4f} [{gap.low:+.4f}, {gap.high:+.4f}]  p = {gap.p:.4f}"


if __name__ == "__main__":
    sys.exit(main())

"""How fast is Glose, beside the bare engine, in this run?

    python tests/speed/bench.py [--articles N] [--times N] [--corpus FILE] [--json]

The corpus is canonical JSON Lines (`$GLOSE_SHARED/corpus/passages_100k.jsonl.xz`, or
../shared). Every figure is a ratio of two things done in the same process, minutes apart at
most; times are CPU times of the process, so that a busy machine moves them little, but for
indexing, which works on several cores: there the clock's.

`--times` makes it so many times larger, of the same articles under other names: what an answer
costs then, since indexing takes minutes and is timed once.

* indexing, each the better of two in turn: the whole path (JSON Lines → articles → records →
  French → engine → commit) beside tantivy alone, its stock French tokenizer over the same
  passages' bodies.
* answering, each the best of three in a row: the engine's part of a question (from our tree to
  the ten best with count) beside bare tantivy's (from the same words, as its French reads them,
  to its ten best with count); and everything around it; by kind of question and of all, the
  medians; `alone` is beside its searching only, its query made beforehand and its hits left
  unread. The words of a prefix are all those that begin so: tantivy's own prefix stops at
  fifty of them, and misses what only the others would find.
* whole: a question and all that is shown of it, in CPU milliseconds, asked of a reader that has
  answered nothing, then again of the same; also with facets, of a phrase of common words and of a
  sentence.
* served: the same over HTTP, without a socket: CPU milliseconds of `/search.json` and `/search`,
  asked for the first time, then again with and without the answers that a worker keeps.
* reading: MB/s of French read, beside Whoosh's own French analyser.
"""

from __future__ import annotations

import argparse
import json
import lzma
import os
import re
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import orjson
import tantivy

from index import engines, french
from index.answering import FACETS, searching
from index.question.pruning import pruned
from index.question.query import parse
from index.writing import writing
from indexer.canonical import conversion
from indexer.canonical.objects import read_article
from webui import create_app

CLASSES = ("high", "mid", "or2", "and3", "phrase", "prefix")


def main() -> int:
    flags = argparse.ArgumentParser(description=__doc__)
    flags.add_argument("--articles", type=int, default=None, help="only the first N articles")
    flags.add_argument("--times", type=int, default=1, help="each article N times")
    flags.add_argument("--corpus", type=Path, default=None)
    flags.add_argument("--questions", type=int, default=100, help="questions of each class")
    flags.add_argument("--json", action="store_true")
    options = flags.parse_args()
    corpus = options.corpus or _shared() / "corpus" / "passages_100k.jsonl.xz"
    if not corpus.exists():
        print(f"bench: no corpus at {corpus}; give one with --corpus", file=sys.stderr)
        return 1
    lines = list(islice(_lines(corpus), options.articles))
    report: dict[str, Any] = {"articles": len(lines) * options.times}
    with tempfile.TemporaryDirectory() as scratch:
        report["indexing"] = _indexing(_Copies(lines, options.times), Path(scratch))
        report["reading"] = _reading(lines)
        queries = _shared() / "corpus" / "queries.json"
        if queries.exists():
            questions = json.loads(queries.read_text())
            report["answering"] = _answering(questions, options.questions, Path(scratch))
            report["whole"] = _whole_questions(questions, options.questions, Path(scratch))
            report["served"] = _served_questions(questions, options.questions, Path(scratch))
    print(json.dumps(report, indent=1) if options.json else _sentence(report))
    return 0


def _shared() -> Path:
    return Path(os.environ.get("GLOSE_SHARED", Path(__file__).parents[3] / "shared"))


def _lines(corpus: Path) -> Iterator[bytes]:
    with lzma.open(corpus) if corpus.suffix == ".xz" else corpus.open("rb") as file:
        yield from file


# --- indexing


class _Copies:
    """Lines of the corpus, then the same articles under other names, so many times in all."""

    def __init__(self, lines: list[bytes], times: int) -> None:
        self._lines = lines
        self.times = times

    def __iter__(self) -> Iterator[bytes]:
        yield from self._lines
        for copy in range(1, self.times):
            for line in self._lines:
                article = orjson.loads(line)
                yield orjson.dumps({**article, "id": f"{article['id']}-{copy}", "url": None})


def _indexing(lines: _Copies, scratch: Path) -> dict[str, Any]:
    bare, with_answers = scratch / "bare", scratch / "whole"
    timed = {"bare": 0.0, "whole": 0.0}
    turns = 2 if lines.times == 1 else 1
    for name, run in turns * (("bare", _index_bare), ("whole", _index_whole)):
        where = bare if name == "bare" else with_answers
        shutil.rmtree(where, ignore_errors=True)
        wall = time.perf_counter()
        passages = run(lines, where)
        timed[name] = max(timed[name], passages / (time.perf_counter() - wall))
    return {
        "bare_passages_per_s": round(timed["bare"]),
        "whole_passages_per_s": round(timed["whole"]),
        "ratio": round(timed["whole"] / timed["bare"], 3),
        "bare_MB": _size(bare),
        "whole_MB": _size(with_answers),
    }


def _size(folder: Path) -> float:
    files = (file for file in folder.rglob("*") if file.is_file())
    return round(sum(file.stat().st_size for file in files) / 1e6, 1)


def _index_bare(lines: _Copies, where: Path) -> int:
    """Bodies only, stored, tantivy's French: what a plain tantivy application would do."""
    where.mkdir()
    index = _bare(where)
    writer = index.writer(192_000_000, 1)
    count = 0
    for line in lines:
        article = json.loads(line)
        for passage in (*article["sections"], *article["comments"]):
            document = tantivy.Document()
            document.add_text("body", passage["text"])
            writer.add_document(document)
            count += 1
    writer.commit()
    writer.wait_merging_threads()
    return count


def _bare(where: Path) -> tantivy.Index:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("body", stored=True, tokenizer_name="fr", index_option="position")
    index = tantivy.Index(builder.build(), path=str(where))
    index.register_tokenizer("fr", _french())
    return index


def _french() -> tantivy.TextAnalyzer:
    chain = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    for link in (
        tantivy.Filter.lowercase(),
        tantivy.Filter.ascii_fold(),
        tantivy.Filter.stopword("french"),
        tantivy.Filter.stemmer("french"),
    ):
        chain = chain.filter(link)
    return chain.build()


def _index_whole(lines: _Copies, where: Path) -> int:
    passages = 0

    def articles() -> Iterator[list[Any]]:
        nonlocal passages
        for line in lines:
            records = conversion.records_of(read_article(orjson.loads(line))[0])
            passages += sum(record.kind != "lead" for record in records)
            yield records

    engine = engines.open(str(where), create=True)
    writing.write(engine, articles(), seen=1, processes=min(4, (os.cpu_count() or 1) - 1))
    return passages


# --- reading


def _reading(lines: list[bytes]) -> dict[str, Any]:
    from whoosh.analysis import LanguageAnalyzer

    texts = [
        passage["text"]
        for line in lines[:2000]
        for passage in json.loads(line)["sections"] + json.loads(line)["comments"]
    ]
    megabytes = sum(len(text.encode()) for text in texts) / 1e6
    for text in texts:
        french.read(text)
    our_seconds = _cpu(lambda: [french.read(text) for text in texts])
    chain = LanguageAnalyzer("fr")
    sample = texts[: len(texts) // 10]
    share = sum(len(text.encode()) for text in sample) / 1e6
    their_seconds = _cpu(lambda: [[token.text for token in chain(text)] for text in sample])
    return {
        "MB_per_s": round(megabytes / our_seconds, 1),
        "whoosh_MB_per_s": round(share / their_seconds, 1),
        "ratio": round(megabytes / our_seconds / (share / their_seconds), 1),
    }


def _best(work: Callable[[], object]) -> float:
    """The best of three in a row: each side finds the caches as itself left them."""
    return min(_cpu(work) for _ in range(3))


def _cpu(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


# --- answering


def _answering(questions: dict[str, list[str]], limit: int, scratch: Path) -> dict[str, Any]:
    bare = _Bare(_bare(scratch / "bare"))
    engine = engines.open(str(scratch / "whole"))
    now = datetime.now(UTC)
    report: dict[str, Any] = {}
    ratio_all, alone_all, around_all = [], [], []
    for name in CLASSES:
        theirs, with_tree, ours, around = [], [], [], []
        for question in questions[name][:limit]:
            text = {"phrase": f'"{question}"', "or2": question.replace(" ", " OU ")}.get(
                name, question
            )
            reader = engine.reader()
            tree = pruned(parse(text, reader, now=now).tree, reader)
            terms = bare.terms(name, question)
            engine_s = _best(lambda: reader.search(tree, 10))  # noqa: B023
            bare_s = _best(lambda: bare.search(name, terms))  # noqa: B023
            query = bare.query(name, terms)
            with_tree.append(_best(lambda: bare.searcher.search(query, 10)) * 1000)  # noqa: B023
            whole_seconds = _best(lambda: searching.search(reader, text, now=now))  # noqa: B023
            ours.append(engine_s * 1000)
            theirs.append(bare_s * 1000)
            around.append((whole_seconds - engine_s) * 1000)
        ratio = [
            numerator / denominator for numerator, denominator in zip(ours, theirs, strict=True)
        ]
        ratio_all += ratio
        search_ratios = [
            numerator / denominator for numerator, denominator in zip(ours, with_tree, strict=True)
        ]
        alone_all += search_ratios
        around_all += around
        report[name] = {
            "engine_ms_p50": round(statistics.median(ours), 3),
            "bare_ms_p50": round(statistics.median(theirs), 3),
            "ratio_p50": round(statistics.median(ratio), 2),
            "ratio_alone_p50": round(statistics.median(search_ratios), 2),
            "around_ms_p50": round(statistics.median(around), 2),
            "around_ms_p95": round(statistics.quantiles(around, n=20)[-1], 2),
        }
    report["ratio_p50"] = round(statistics.median(ratio_all), 2)
    report["ratio_alone_p50"] = round(statistics.median(alone_all), 2)
    report["around_ms_p50"] = round(statistics.median(around_all), 2)
    return report


_COMMON = ("de la", "il y a", "et de", "que la", "dans le")
_SENTENCE = "c’est bien le genre de question que posent tous les lecteurs"


def _typed(questions: dict[str, list[str]], limit: int) -> dict[str, list[str]]:
    """Questions as they are typed, by class."""
    typed = {name: questions[name][:limit] for name in CLASSES}
    typed["or2"] = [question.replace(" ", " OU ") for question in typed["or2"]]
    typed["phrase"] = [f'"{question}"' for question in typed["phrase"]]
    typed["prefix"] = [f"{question}*" for question in typed["prefix"]]
    return typed


def _whole_questions(questions: dict[str, list[str]], limit: int, scratch: Path) -> dict[str, Any]:
    reader = engines.open(str(scratch / "whole")).reader()
    now = datetime.now(UTC)
    typed = _typed(questions, limit)
    typed["facets"] = typed["high"]
    typed["fuzzy"] = [f"{question}~" for question in questions["mid"][:limit]]
    typed["phrase of common words"] = [f'"{question}"' for question in _COMMON]
    typed["sentence"] = [_SENTENCE]
    report = {}
    for name, kind_questions in typed.items():
        facets = tuple(FACETS) if name == "facets" else ()

        def ask(question: str, facets: tuple[str, ...] = facets) -> object:
            return searching.search(reader, question, now=now, facets=facets)

        rounds = [[_cpu(partial(ask, question)) for question in kind_questions] for _ in range(2)]
        report[name] = {
            "first_ms_p50": round(statistics.median(rounds[0]) * 1000, 2),
            "again_ms_p50": round(statistics.median(rounds[1]) * 1000, 2),
        }
    return report


def _served_questions(questions: dict[str, list[str]], limit: int, scratch: Path) -> dict[str, Any]:
    all_questions = [
        question
        for kind_questions in _typed(questions, limit).values()
        for question in kind_questions
    ]
    report = {}
    for face in ("/search.json", "/search"):
        figures = {}
        for figure, cache_bytes in (("again_ms", 0), ("kept_ms", 16_000_000)):
            engine = engines.open(str(scratch / "whole"))
            client = create_app(engine, ANSWERS=cache_bytes).test_client()

            def ask(question: str, client: Any = client, face: str = face) -> object:
                return client.get(face, query_string={"q": question}).get_data()

            rounds = [
                [_cpu(partial(ask, question)) for question in all_questions] for _ in range(2)
            ]
            figures["first_ms"] = round(statistics.mean(rounds[0]) * 1000, 2)
            figures[figure] = round(statistics.mean(rounds[1]) * 1000, 2)
        report[face] = figures
    return report


class _Bare:
    """Questions asked of tantivy alone, in the words that its own French makes of them."""

    def __init__(self, index: tantivy.Index) -> None:
        self._schema = index.schema
        self.searcher = index.searcher()
        self._french = _french()

    def terms(self, name: str, question: str) -> list[tuple[int, str]]:
        """Each with its place in the question."""
        words = re.findall(r"\w+", question)
        if name == "prefix":
            matches = self.searcher.terms_with_prefix("body", french.fold(words[0]))
            return [(place, word) for place, (word, _) in enumerate(matches)]
        tokens = self._french.pre_tokenize(" ".join(words)).tokens
        return [(token.position, token.text) for token in tokens]

    def search(self, name: str, terms: list[tuple[int, str]]) -> tuple[int, list[Any]]:
        """How many passages, and the ten best."""
        results = self.searcher.search(self.query(name, terms), 10)
        return results.count, [(ref.segment_ord, ref.doc, score) for score, ref in results.hits]

    def query(self, name: str, terms: list[tuple[int, str]]) -> tantivy.Query:
        if name == "phrase" and len(terms) > 1:
            return tantivy.Query.phrase_query(self._schema, "body", terms)
        term_queries = [
            tantivy.Query.term_query(self._schema, "body", word, "freq") for _, word in terms
        ]
        if len(term_queries) == 1:
            return term_queries[0]
        occur = tantivy.Occur.Should if name in ("or2", "prefix") else tantivy.Occur.Must
        return tantivy.Query.boolean_query([(occur, term_query) for term_query in term_queries])


def _sentence(report: dict[str, Any]) -> str:
    lines = [f"{report['articles']} articles"]
    for part, figures in report.items():
        if isinstance(figures, dict):
            lines.append(part)
            for name, value in figures.items():
                lines.append(f"  {name:<22} {value}")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())

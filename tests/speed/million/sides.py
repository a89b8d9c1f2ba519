"""How are Glose, bare tantivy and SQLite FTS5 asked to do the same work?

    python sides.py SIDE index PASSAGES FOLDER
    python sides.py SIDE ask FOLDER QUESTIONS ROUNDS

The whole path each: a file of passages in, an index on the disk; a question in, and out ten
articles with up to three passages of each, their pieces of text marked, exact totals of passages
and of articles, as JSON. `ask` writes the CPU milliseconds of each question by class: the first
time that it is asked, and the least of the later times.

Bare tantivy and FTS5 do less than Glose: no exact words beside stems (a phrase is one of stems, or
of words without stems), no forms of words, no commenters.
"""

from __future__ import annotations

import csv
import json
import re
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

import orjson
import tantivy

_SINCE, _UNTIL = datetime(2012, 1, 1, tzinfo=UTC), datetime(2020, 1, 1, tzinfo=UTC)
_FETCHED = 200


class Side(Protocol):
    def ask(self, kind: str, words: str) -> bytes:
        """The answer to a question, as JSON."""

    def settle(self) -> None:
        """Do what a process that serves does before it is asked."""


def main() -> int:
    name, does, *arguments = sys.argv[1:]
    side = _SIDES[name]
    if does == "index":
        passages, folder = map(Path, arguments)
        side.index(passages, folder)
        return 0
    folder, all_questions, rounds = (
        Path(arguments[0]),
        json.loads(Path(arguments[1]).read_text()),
        int(arguments[2]),
    )
    opened_side = side(folder)
    # what is loaded once is not of any question
    opened_side.ask("common word", "bonjour")
    opened_side.settle()
    print(
        json.dumps(
            {
                kind: _timed(opened_side, kind, kind_questions, rounds)
                for kind, kind_questions in all_questions.items()
            }
        )
    )
    return 0


def _timed(side: Side, kind: str, questions: list[str], rounds: int) -> dict[str, list[float]]:
    times = [[_cpu(lambda: side.ask(kind, words)) for words in questions] for _ in range(rounds)]  # noqa: B023
    return {"first": times[0], "again": [min(later) for later in zip(*times[1:], strict=True)]}


def _cpu(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return round((time.process_time() - began) * 1000, 3)


class Glose:
    """What `glose index` does, and what is behind `/search.json`."""

    @staticmethod
    def index(passages: Path, folder: Path) -> None:
        from indexer.doors.commands import index_command

        index_command.main([str(passages), "--index", str(folder)], standalone_mode=False)

    def __init__(self, folder: Path) -> None:
        from index import engines
        from index.answering import FACETS, searching

        self._reader = engines.open(str(folder)).reader()
        self._search, self._facets = searching.search, tuple(FACETS)

    def settle(self) -> None:
        from webui.server import processes

        # a former checkout, which `turns.py` asks as well, had it to itself
        names = vars(processes)
        (names.get("settle") or names["_settle"])()

    def ask(self, kind: str, words: str) -> bytes:
        typed = {
            "either of two": words.replace(" ", " OU "),
            "phrase": f'"{words}"',
            "phrase of common words": f'"{words}"',
            "prefix": f"{words}*",
            "fuzzy": f"{words}~",
            "date and order": f"{words} date:2012..2019",
        }.get(kind, words)
        answer = self._search(
            self._reader,
            typed,
            now=datetime.now(UTC),
            order="newest" if kind == "date and order" else None,
            facets=self._facets if kind == "facets" else (),
        )
        # a tuple with names is no tuple to orjson
        return orjson.dumps(answer, default=tuple)


class Tantivy:
    """Tantivy alone, as a plain application of it would be: its French over the bodies."""

    @staticmethod
    def index(passages: Path, folder: Path) -> None:
        folder.mkdir()
        writer = _bare(folder).writer(192_000_000, 1)
        for row in _rows(passages):
            document = tantivy.Document()
            document.add_text("body", row[-1])
            document.add_text("shown", json.dumps(row, ensure_ascii=False))
            document.add_unsigned("article", int(row[1]))
            document.add_integer("time", int(row[3]))
            document.add_text("month", row[4])
            document.add_text("rubric", row[5])
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def __init__(self, folder: Path) -> None:
        index = _bare(folder)
        self._schema, self._searcher, self._french = index.schema, index.searcher(), _french()

    def settle(self) -> None:
        """Nothing waits."""

    def ask(self, kind: str, words: str) -> bytes:
        query = self._query(kind, words)
        ordered = {"order_by_field": "time"} if kind == "date and order" else {}
        results = self._searcher.search(query, _FETCHED, **ordered)
        aggregations: dict[str, Any] = {"articles": {"terms": {"field": "article", "size": 65_000}}}
        if kind == "facets":
            aggregations |= {
                name: {"terms": {"field": name, "size": 300}} for name in ("rubric", "month")
            }
            aggregations["articles"]["terms"]["size"] = 64_000
        counts = self._searcher.aggregate(query, aggregations)
        numbers = self._searcher.fast_field_values("article", [ref for _, ref in results.hits])
        groups = _groups(zip(numbers, [ref for _, ref in results.hits], strict=True))
        snippets = tantivy.SnippetGenerator.create(self._searcher, query, self._schema, "body")
        passages = []
        for refs in groups:
            documents = [self._searcher.doc(ref) for ref in refs]
            passages.append(
                [(doc["shown"][0], snippets.snippet_from_doc(doc).to_html()) for doc in documents]
            )
        facets = {name: counts[name]["buckets"] for name in aggregations if name != "articles"}
        articles = len(counts["articles"]["buckets"])
        return orjson.dumps([results.count, articles, passages, facets])  # type: ignore[attr-defined]

    def _query(self, kind: str, words: str) -> tantivy.Query:
        query, schema = tantivy.Query, self._schema
        if kind == "prefix":
            terms = [word for word, _ in self._searcher.terms_with_prefix("body", words)]
        else:
            terms = [token.text for token in self._french.pre_tokenize(words.lower()).tokens]
        if kind.startswith("phrase") and len(terms) > 1:
            return query.phrase_query(schema, "body", terms)
        if kind == "fuzzy":
            return query.fuzzy_term_query(schema, "body", terms[0], 1)
        occur = tantivy.Occur.Should if kind in ("either of two", "prefix") else tantivy.Occur.Must
        clauses = [(occur, query.term_query(schema, "body", term, "freq")) for term in terms]
        if kind == "date and order":
            times = (int(_SINCE.timestamp()), int(_UNTIL.timestamp()))
            time_range = query.range_query(schema, "time", tantivy.FieldType.Integer, *times)
            clauses.append((tantivy.Occur.Must, time_range))
        return query.boolean_query(clauses)


def _bare(folder: Path) -> tantivy.Index:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("body", stored=True, tokenizer_name="fr", index_option="position")
    builder.add_text_field("shown", stored=True, index_option="basic", tokenizer_name="raw")
    for name in ("month", "rubric"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_unsigned_field("article", fast=True)
    builder.add_integer_field("time", fast=True)
    index = tantivy.Index(builder.build(), path=str(folder))
    index.register_tokenizer("fr", _french())
    return index


def _french() -> tantivy.TextAnalyzer:
    """Stems of French, small words kept: phrases of them are asked."""
    chain = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    filters = (tantivy.Filter.lowercase(), tantivy.Filter.ascii_fold())
    for link in (*filters, tantivy.Filter.stemmer("french")):
        chain = chain.filter(link)
    return chain.build()


class Fts5:
    """SQLite's own index, without stems: it has none of French."""

    @staticmethod
    def index(passages: Path, folder: Path) -> None:
        folder.mkdir()
        with sqlite3.connect(folder / "fts5.db") as base:
            exact_columns = ("id", "article", "kind", "time", "month", "rubric", "author")
            columns = ", ".join(
                [*(f"{name} UNINDEXED" for name in exact_columns), "title, heading, body"]
            )
            base.execute(f"CREATE VIRTUAL TABLE passages USING fts5({columns}, prefix='4')")
            base.executemany(
                f"INSERT INTO passages VALUES ({', '.join('?' * 10)})", _rows(passages)
            )
        base.close()

    def __init__(self, folder: Path) -> None:
        self._base = sqlite3.connect(folder / "fts5.db")

    def settle(self) -> None:
        """Nothing waits."""

    def ask(self, kind: str, words: str) -> bytes:
        terms = [f'"{word}"' for word in re.findall(r"\w+", words)]
        match_terms = {"either of two": " OR "}.get(kind, " AND ").join(terms)
        if kind.startswith("phrase"):
            match_terms = '"' + " ".join(re.findall(r"\w+", words)) + '"'
        match_terms = f"body : ({match_terms}*)" if kind == "prefix" else f"body : ({match_terms})"
        where, order = "passages MATCH ?", "rank"
        if kind == "date and order":
            times = int(_SINCE.timestamp()), int(_UNTIL.timestamp())
            where += " AND CAST(time AS INTEGER) BETWEEN {} AND {}".format(*times)
            order = "CAST(time AS INTEGER) DESC"
        execute = self._base.execute
        rows = execute(
            f"SELECT article, rowid FROM passages WHERE {where} ORDER BY {order} LIMIT {_FETCHED}",
            [match_terms],
        ).fetchall()
        totals = execute(
            f"SELECT count(*), count(DISTINCT article) FROM passages WHERE {where}", [match_terms]
        )
        facets = []
        if kind == "facets":
            for name in ("rubric", "month"):
                count_query = f"SELECT {name}, count(*) FROM passages WHERE {where} GROUP BY 1"
                facets.append(execute(count_query, [match_terms]).fetchall())
        passages = []
        for refs in _groups(rows):
            for ref in refs:
                passages += execute(
                    "SELECT *, snippet(passages, 9, '<b>', '</b>', '…', 40) FROM passages"
                    " WHERE passages MATCH ? AND rowid = ?",
                    [match_terms, ref],
                ).fetchall()
        return orjson.dumps([totals.fetchone(), passages, facets])


def _groups(hits: Any) -> list[list[Any]]:
    """The ten best articles, each with its three best passages at most."""
    groups: dict[int, list[Any]] = {}
    for number, ref in hits:
        if number in groups or len(groups) < 10:
            groups.setdefault(number, []).append(ref)
    return [refs[:3] for refs in groups.values()]


def _rows(passages: Path) -> Iterator[list[str]]:
    csv.field_size_limit(sys.maxsize)
    with passages.open(encoding="utf-8", newline="\n") as lines:
        for line in lines:
            yield line.rstrip("\n").split("\t")


_SIDES: dict[str, Any] = {"glose": Glose, "tantivy": Tantivy, "fts5": Fts5}

if __name__ == "__main__":
    sys.exit(main())

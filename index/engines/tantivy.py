"""How does tantivy keep terms and answer trees?

With `tantivy_trees` and `tantivy_counts`, the only files that import tantivy. Terms arrive
joined by one space and are split on white space, so tantivy's own French is never used. Its
panics (which are not `Exception`s) and its errors leave this file as `IndexUnavailable`.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from errno import EACCES
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from zlib import crc32

import orjson
import tantivy
from whoosh import query

from index.engines import (
    Counted,
    Engine,
    Entry,
    FacetValue,
    Found,
    Hit,
    IndexUnavailable,
    Listed,
    ListRequest,
    Look,
    Looked,
    Order,
    Page,
    PageRequest,
    Reader,
    Shared,
    Span,
    Writer,
    disk,
    paging,
    runs,
)
from index.engines.facet_counts import Counts, facet_values, listed
from index.engines.faults import dead, sentence
from index.engines.memo import Memo
from index.engines.mirror import Mirror, needed
from index.engines.tantivy_counts import begun, counts, spread, tallied
from index.engines.tantivy_first_seen import last_seen
from index.engines.tantivy_trees import OPTION, compiled
from index.engines.words import Words, ranked
from index.question.likeness import alike
from index.record import FIELDS

# What one writer may hold before it writes a segment: more makes fewer of them, and the last
# one, which nothing else goes on beside, longer to write. One indexing thread: the order of
# indexing, which breaks ties, stays the order of arrival, and the second core reads French.
_HEAP = 96_000_000
_THREADS = 1
# Counts and facets held by a reader, of so many trees: a few megabytes at most.
_COUNTS = 5_000
_FACETS = 300
# How many records hold a word, and the words near one: a question asks for them again and again.
_WORDS = 20_000
_NEAR = 1_000
# Documents made before they are given to the engine.
_AT_ONCE = 500
# The files of a segment, but for its deletions.
_PARTS = ("term", "idx", "pos", "fast", "fieldnorm", "store")

_FIELD = {field.name: field for field in FIELDS}
_SORT = {
    "newest": ("end", tantivy.Order.Desc),
    "oldest": ("start", tantivy.Order.Asc),
    "most_commented": ("comments", tantivy.Order.Desc),
}


def open(
    path: Path | None, *, create: bool = False, location: str | None = None, base: int = 0
) -> Engine:
    """The engine over the index in `path`, or over a new one in memory when None.

    `location` is what sentences call it; `base` is added to its generations.
    """
    named = location or str(path or ":memory:")
    with _Faults(named):
        if path is None:
            return Tantivy(tantivy.Index(_schema()), named, None, base)
        if create:
            path.mkdir(parents=True, exist_ok=True)
            return Tantivy(tantivy.Index(_schema(), path=str(path)), named, path, base)
        mirror = Mirror(path, named) if needed(path) else None
        where = path if mirror is None else mirror.path
        return Tantivy(tantivy.Index.open(str(where)), named, path, base, mirror)


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for field in FIELDS:
        if field.kind == "number":
            # a range is a scan of the fast column: no postings wanted
            builder.add_integer_field(field.name, indexed=False, fast=True)
        else:
            builder.add_text_field(
                field.name,
                tokenizer_name="raw" if field.kind == "key" else "whitespace",
                index_option=OPTION[field.kind],
                fast=field.facet,
            )
    builder.add_bytes_field("stored", stored=True)
    builder.add_text_field(runs.NAME, tokenizer_name="whitespace", index_option=OPTION["bag"])
    return builder.build()


def _has_runs(index: tantivy.Index) -> bool:
    """Whether an index has the column of runs: one that an earlier version made has not."""
    try:
        index.searcher().doc_freq(runs.NAME, "")
    except ValueError:
        return False
    return True


class Tantivy:
    """An index of tantivy, in a directory or in memory."""

    def __init__(
        self,
        index: tantivy.Index,
        location: str,
        path: Path | None,
        base: int = 0,
        mirror: Mirror | None = None,
    ) -> None:
        self.location = location
        self._base = base
        self._mirror = mirror
        self._index = index
        # or a thread of its own would follow commits, at any moment
        self._index.config_reader("manual")
        self.with_runs = _has_runs(index)
        self._path = path
        self._commits = 0
        # whether records were taken away, since it was opened
        self.removed = False
        self._lock = threading.Lock()
        self._seen: tuple[int, int] = (-1, -1)
        self._reader: TantivyReader | None = None

    def reader(self) -> Reader:
        with _Faults(self.location), self._lock:
            generation, updated, mark, lost = self._generation()
            # meta.json is replaced by every commit, of this process or another; what is read
            # before and after the reload is the same when it is the state that was loaded
            while mark != self._seen:
                self._reader = None
                self._reload()
                self._seen = mark
                generation, updated, mark, lost = self._generation()
            if self._reader is None:
                files = "" if self._path is None else self._path.name
                self._reader = TantivyReader(
                    self._index,
                    files,
                    generation,
                    updated,
                    lost,
                    self.location,
                    self.lost,
                    self.with_runs,
                )
            return self._reader

    def _reload(self) -> None:
        if self._mirror is None:
            self._index.reload()
            return
        # without the lock of the directory itself, files may go before they are opened
        while True:
            self._mirror.follow()
            try:
                self._index.reload()
                return
            except ValueError:
                if not self._mirror.behind():
                    raise

    def lost(self) -> None:
        """A reader failed: what it shares with others is loaded anew for the next one."""
        self._seen = (-1, -1)
        self._reader = None

    def _generation(self) -> tuple[int, float | None, tuple[int, int], int]:
        """The generation, when it was made, what tells it apart, how many records it has lost."""
        if self._path is None:
            most = sys.maxsize if self.removed else 0
            return self._base + self._commits, None, (self._commits, 0), most
        with (self._path / "meta.json").open("rb") as meta:
            # of the file that is open: another may take its name meanwhile
            state = os.fstat(meta.fileno())
            content = orjson.loads(meta.read())
        lost = sum(
            segment["deletes"]["num_deleted_docs"]
            for segment in content["segments"]
            if segment["deletes"]
        )
        mark = state.st_mtime_ns, state.st_ino
        return self._base + int(content["opstamp"]), state.st_mtime, mark, lost

    def writer(self) -> Writer:
        with _Faults(self.location):
            if self._mirror is not None:
                raise PermissionError(EACCES, "Permission denied")
            writer = self._index.writer(_HEAP, _THREADS)
            if self._path is not None:
                _tidy(self._path)
            return TantivyWriter(self, writer)

    def committed(self) -> None:
        """A commit was made; its directory entry is made to last too."""
        self._commits += 1
        if self._path is not None:
            # tantivy syncs its files, then renames meta.json and syncs nothing after
            disk.sync(self._path)

    def close(self) -> None:
        """Nothing is held open between calls."""


def _tidy(path: Path) -> None:
    """Take away what a writer that died left; its lock is ours.

    tantivy numbers operations again from the last commit, and would stop at a file of
    deletions that is already there under the number it wants.
    """
    segments = orjson.loads((path / "meta.json").read_bytes())["segments"]
    present = set()
    for segment in segments:
        name = segment["segment_id"].replace("-", "")
        present |= {f"{name}.{part}" for part in _PARTS}
        if segment["deletes"] is not None:
            present.add(f"{name}.{segment['deletes']['opstamp']}.del")
    for file in path.iterdir():
        ours = file.name.rpartition(".")[2] in (*_PARTS, "del")
        if (ours and file.name not in present) or file.name.startswith(".tmp"):
            file.unlink()


class TantivyReader:
    """One state of the index. After an error, `lost` is called, and another is to be asked for."""

    distant = False

    def __init__(
        self,
        index: tantivy.Index,
        files: str,
        generation: int,
        updated: float | None,
        removed: int,
        location: str,
        lost: Callable[[], None],
        with_runs: bool,
    ) -> None:
        self.files = files
        self.generation = generation
        self.updated = updated
        # the dictionaries keep the terms of records taken away until their segment is merged
        self._removed = removed
        self._held: dict[str, int] | None = None
        self._counts = Memo[Counts](_COUNTS)
        self._totals = Memo[int](_COUNTS)
        self._facets = Memo[Mapping[str, Sequence[FacetValue]]](_FACETS)
        self._freqs = Memo[int](_WORDS)
        self._nears = Memo[Words](_NEAR)
        self._spans = Memo[list[Counted]](_FACETS)
        self._searcher = index.searcher()
        self._schema = index.schema
        self._with_runs = with_runs
        self._faults = _Faults(location, lost)

    def best(
        self, tree: query.Query, count: int, order: Order = "relevance", start: int = 0
    ) -> list[Hit]:
        return self.search(tree, count, order, start, counted=False).hits

    def search(
        self,
        tree: query.Query,
        count: int,
        order: Order = "relevance",
        start: int = 0,
        *,
        counted: bool = True,
    ) -> Found:
        with self._faults:
            scored = order == "relevance" and count > 0
            asked = self._compiled(tree, scored)
            if not scored:
                asked = tantivy.Query.const_score_query(asked, 0.0)
            # tantivy panics on a limit of 0, and reserves memory for the limit asked
            limit = max(1, min(count, self._searcher.num_docs))
            if order == "first_seen":
                total, places = last_seen(
                    self._searcher, self._schema, asked, limit + start, counted=counted
                )
                return Found(total, self._hits([(0.0, ref) for ref in places[start:][:count]]))
            if order == "relevance":
                # what is not counted need not be met: most of it cannot be among the best
                answer = self._searcher.search(asked, limit, count=counted, offset=start)
            else:
                field, direction = _SORT[order]
                answer = self._searcher.search(
                    asked,
                    limit,
                    count=counted,
                    order_by_field=field,
                    order=direction,
                    offset=start,
                )
            best = [(score if scored else 0.0, ref) for score, ref in answer.hits[:count]]
            total = answer.count if counted else 0  # type: ignore[attr-defined]
            return Found(total, self._hits(best))

    def _hits(self, best: Sequence[tuple[float, Any]]) -> list[Hit]:
        groups = self._searcher.fast_field_values("group", [ref for _, ref in best])
        return [
            Hit((ref.segment_ord, ref.doc), score, int(group or 0))
            for (score, ref), group in zip(best, groups, strict=True)
        ]

    def tally(self, tree: query.Query, fields: Sequence[str]) -> dict[str, dict[Any, int]]:
        with self._faults:
            return tallied(self._searcher, self._compiled(tree), fields)

    def look(self, wanted: Look) -> Looked:
        return paging.look(self, wanted)

    def page(self, asked: PageRequest) -> Page:
        return paging.page(self, asked)

    def counts(self, tree: query.Query) -> Counts:
        with self._faults:
            asked = self._compiled(tree)
            return self._counts.get(
                _mark(asked), lambda: counts(self._searcher, self._schema, asked)
            )

    def total(self, tree: query.Query) -> int:
        if type(tree) is query.Term and not self._removed:
            # the dictionary says it, of records of which none was taken away
            return self.freq(tree.fieldname, tree.text)
        with self._faults:
            asked = self._compiled(tree)
            mark = _mark(asked)
            counts = self._counts.held(mark)
            if counts is not None:
                return counts.records
            return self._totals.get(mark, lambda: self._total(asked))

    def _total(self, asked: tantivy.Query) -> int:
        scoreless = tantivy.Query.const_score_query(asked, 0.0)
        return int(self._searcher.search(scoreless, 1).count)  # type: ignore[attr-defined]

    def facets(
        self,
        tree: query.Query,
        fields: Sequence[str],
        most: int,
        named: Mapping[str, Sequence[str]],
    ) -> Mapping[str, Sequence[FacetValue]]:
        with self._faults:
            chosen = tuple((name, *named[name]) for name in fields if name in named)
            mark = _mark(self._compiled(tree)), tuple(fields), most, chosen
            return self._facets.get(mark, lambda: facet_values(self, tree, fields, most, named))

    def values(self, asked: ListRequest) -> Listed:
        return listed(self, asked)

    def begun(self, tree: query.Query, spans: Sequence[Span]) -> list[Counted]:
        with self._faults:
            asked = self._compiled(tree)
            mark = _mark(asked), tuple(spans)
            return self._spans.get(mark, lambda: begun(self._searcher, asked, spans))

    def spread(
        self, tree: query.Query, counted: Mapping[tuple[str, str], int]
    ) -> dict[tuple[str, str], int]:
        with self._faults:
            asked = self._compiled(tree)
            return spread(self._searcher, self._schema, asked, counted)

    def asked(self, tree: query.Query) -> str:
        with self._faults:
            return str(self._compiled(tree, scored=True))

    def _compiled(self, tree: query.Query, scored: bool = False) -> tantivy.Query:
        if self._with_runs:
            tree = runs.shortened(tree, scored, lambda run: self._searcher.doc_freq(runs.NAME, run))
        return compiled(tree, self._schema, scored=scored)

    def load(self, refs: Sequence[Any]) -> list[bytes]:
        with self._faults:
            places = (tantivy.DocAddress(*ref) for ref in refs)
            return [_whole(self._searcher.doc(place)["stored"][0]) for place in places]

    def everything(self) -> Iterator[bytes]:
        return paging.everything(self, self.size())

    def passages(self, article: str) -> list[bytes]:
        # at most that many: tantivy reserves memory for what is asked
        most = self.freq("article", article)
        return self.load(
            [hit.ref for hit in self.search(query.Term("article", article), most).hits]
        )

    def freq(self, field: str, term: str) -> int:
        return self._freqs.get((field, term), lambda: self._freq(field, term))

    def _freq(self, field: str, term: str) -> int:
        with self._faults:
            count = int(self._searcher.doc_freq(field, term))
            return count if self._alive(field, term, count) else 0

    def words(self, field: str, prefix: str, limit: int | None = None) -> list[tuple[str, int]]:
        with self._faults:
            # ties at the limit must fall alike on every engine, so the cut is made here
            pairs = self._searcher.terms_with_prefix(field, prefix)
            if self._removed:
                alive = (pair for pair in ranked(pairs) if self._alive(field, *pair))
                return list(islice(alive, limit))
            return ranked(pairs)[:limit]

    def near(self, field: str, word: str, faults: int, heads: Sequence[str]) -> Words:
        asked = field, word, faults, tuple(heads)
        return self._nears.get(asked, lambda: self._alike(field, word, faults, heads))

    def _alike(self, field: str, word: str, faults: int, heads: Sequence[str]) -> Words:
        with self._faults:
            pairs = (
                pair for head in heads for pair in self._searcher.terms_with_prefix(field, head)
            )
            close = [pair for pair in pairs if alike(pair[0], word, faults)]
            if self._removed:
                close = [pair for pair in close if self._alive(field, *pair)]
            return ranked(close)

    def _alive(self, field: str, term: str, count: int) -> bool:
        """Whether a record that was not taken away holds a term, which `count` of all hold."""
        if count > self._removed or not self._removed:
            return True
        option = OPTION[_FIELD[field].kind]
        asked = tantivy.Query.term_query(self._schema, field, term, option)
        scoreless = tantivy.Query.const_score_query(asked, 0.0)
        return bool(self._searcher.search(scoreless, 1, count=False).hits)

    def size(self) -> int:
        return int(self._searcher.num_docs)

    def held(self) -> Mapping[str, int]:
        if self._held is None:
            self._held = self.tally(query.Every(), ["kind"])["kind"]
        return self._held


class TantivyWriter:
    """The one writer of an index. After an error it is dead: nothing is asked of it again."""

    def __init__(self, engine: Tantivy, writer: tantivy.IndexWriter) -> None:
        self._engine = engine
        self._writer: tantivy.IndexWriter | None = writer
        self._dirty = False

    def add(self, entries: Iterable[Entry]) -> None:
        made = _documents(entries, self._engine.with_runs)
        # made apart: what fails while entries are read is no fault of the engine
        while documents := list(islice(made, _AT_ONCE)):
            with self._alive() as writer:
                for document in documents:
                    writer.add_document(document)
            self._dirty = True

    def remove(self, ids: Iterable[str]) -> None:
        with self._alive() as writer:
            for record_id in ids:
                writer.delete_documents_by_term("id", record_id)
                self._dirty = self._engine.removed = True

    def commit(self) -> None:
        if self._dirty:
            with self._alive() as writer:
                writer.commit()
                self._engine.committed()
            self._dirty = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if kind is None:
                self.commit()
            elif self._writer is not None:
                with self._alive() as writer:
                    writer.rollback()
        finally:
            if self._writer is not None:
                # lets go of the lock, and waits until merges no longer touch the directory
                with self._alive() as writer:
                    writer.wait_merging_threads()

    @contextmanager
    def _alive(self) -> Iterator[tantivy.IndexWriter]:
        if self._writer is None:
            raise IndexUnavailable(dead(self._engine.location))
        try:
            with _Faults(self._engine.location):
                yield self._writer
        except IndexUnavailable:
            # what failed once is never tried again: after a failed sync the system may well
            # say that all is written. Dropping the writer ends its threads and its lock.
            self._writer = None
            raise


def _documents(entries: Iterable[Entry], with_runs: bool) -> Iterator[tantivy.Document]:
    shared: Shared | None = None
    for entry in entries:
        if entry.shared is not shared:
            shared = entry.shared
            begun = _filled(tantivy.Document(), shared.terms, shared.values)
        document = _filled(copy(begun), entry.terms, entry.values)
        if with_runs and (found := runs.runs(entry.terms.get(runs.FIELD, ""))):
            document.add_text(runs.NAME, found)
        document.add_bytes("stored", crc32(entry.stored).to_bytes(4, "big") + entry.stored)
        yield document


def _filled(
    document: tantivy.Document, terms: Mapping[str, str], values: Mapping[str, Sequence[str] | int]
) -> tantivy.Document:
    for name, joined in terms.items():
        if joined:
            document.add_text(name, joined)
    for name, value in values.items():
        if isinstance(value, int):
            # a value of the wrong type would only fail at the commit
            document.add_integer(name, value)
        else:
            for text in value:
                document.add_text(name, text)
    return document


def _mark(asked: tantivy.Query) -> bytes:
    """What tells apart what is asked."""
    return blake2b(str(asked).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _whole(stored: bytes) -> bytes:
    """What was stored: tantivy gives back whatever its decompression makes of damaged bytes."""
    if crc32(stored[4:]).to_bytes(4, "big") != stored[:4]:
        raise ValueError("un passage tenu n’est plus ce qui fut écrit")
    return stored[4:]


class _Faults:
    """What goes wrong inside the block leaves it as IndexUnavailable, once `lost` was called."""

    # asked of for every question: a generator would cost more
    def __init__(self, location: str, lost: Callable[[], None] = lambda: None) -> None:
        self._location = location
        self._lost = lost

    def __enter__(self) -> None:
        pass

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        # pyo3's PanicException derives from BaseException, so that nobody catches it by chance
        panic = kind is not None and kind.__name__ == "PanicException"
        if error is not None and (panic or isinstance(error, (ValueError, OSError))):
            self._lost()
            raise IndexUnavailable(sentence(self._location, error)) from error

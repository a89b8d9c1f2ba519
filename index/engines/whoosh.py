"""How does Whoosh keep terms and answer trees, so that every set is right?

The pure-Python engine: it installs anywhere and its answers can be read line by line, so the
tests hold the others to it. Whoosh keeps the postings, columns and stored bytes and scores
one term in one record (`whoosh_segments`); `algebra` combines them, because Whoosh's own AND NOT
returns wrong tops over several segments.

Whoosh pickles what it keeps: open only an index you made.
"""

from __future__ import annotations

import os
import pickle
import struct
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from heapq import nsmallest
from itertools import chain
from pathlib import Path
from typing import Any, Self

import whoosh.index
from whoosh import analysis, columns, fields, formats, query, scoring
from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.filedb.structfile import BufferFile
from whoosh.searching import Searcher
from whoosh.writing import SegmentWriter

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
    Span,
    Writer,
    paging,
)
from index.engines.facet_counts import Counts, begun, facet_values, listed
from index.engines.faults import damaged, foreign, missing, sentence
from index.engines.whoosh_segments import NOTHING, Keyed, Segment
from index.engines.words import Words, ranked
from index.question.likeness import alike
from index.record import FIELDS

_FORMAT = {"text": formats.Positions, "bag": formats.Frequency, "key": formats.Existence}
_DAMAGE = (
    OSError,
    EOFError,
    struct.error,
    pickle.UnpicklingError,
    whoosh.index.IndexError,
    whoosh.index.LockError,
)


def open(
    path: Path | None, *, create: bool = False, location: str | None = None, base: int = 0
) -> Engine:
    """The engine over the index in `path`, or over a new one in memory when None.

    `location` is what sentences call it; `base` is added to its generations.

    >>> open(None).reader().size()
    0
    """
    location = location or f"whoosh:{path or ':memory:'}"
    if path is None:
        return Whoosh(whoosh.index.FileIndex.create(RamStorage(), _schema()), location, base)
    with _faults(location):
        if path.exists() and not path.is_dir():
            raise IndexUnavailable(foreign(location))
        if create:
            path.mkdir(parents=True, exist_ok=True)
        elif not path.exists():
            raise IndexUnavailable(missing(location))
    storage = _Durable(str(path))
    try:
        return Whoosh(_opened(storage), location, base)
    except whoosh.index.EmptyIndexError:
        if not create:
            raise IndexUnavailable(damaged(location, "il n’a pas de table")) from None
        with _faults(location):
            return Whoosh(whoosh.index.FileIndex.create(storage, _schema()), location, base)
    except Exception as error:
        # whatever a file that is not ours makes Whoosh's reading of it raise
        raise IndexUnavailable(sentence(location, error)) from error


def _opened(storage: FileStorage) -> whoosh.index.FileIndex:
    tried = -2
    while True:
        latest = whoosh.index.TOC._latest_generation(storage, whoosh.index._DEF_INDEX_NAME)
        try:
            # the schema comes from FIELDS: the pickled one is never loaded
            return whoosh.index.FileIndex(storage, schema=_schema())
        except FileNotFoundError:
            # a commit takes the table of the one before away while it is being opened
            if latest == tried:
                raise
            tried = latest


def _schema() -> fields.Schema:
    schema = fields.Schema(stored=fields.STORED(), rank=_number())
    for field in FIELDS:
        if field.kind == "number":
            schema.add(field.name, _number())
        else:
            # terms are given as lists, and lists are not analysed
            schema.add(
                field.name,
                fields.FieldType(
                    format=_FORMAT[field.kind](),
                    analyzer=analysis.IDTokenizer(),
                    scorable=field.kind != "key",
                ),
            )
    return schema


def _number() -> fields.FieldType:
    return fields.COLUMN(columns.NumericColumn("q", default=NOTHING))


class Whoosh:
    """An index of Whoosh, in a directory or in memory."""

    def __init__(self, index: whoosh.index.FileIndex, location: str, base: int = 0) -> None:
        self.location = location
        self.index = index
        self._base = base
        self._held = -1
        # in memory, a commit takes files away while a reader may be opening them
        self.turn = threading.Lock()
        self._reader: WhooshReader | None = None

    def reader(self) -> Reader:
        with _faults(self.location), self.turn:
            latest = self.index.latest_generation()
            if self._reader is None or self._held != latest:
                self._reader = WhooshReader(self.index, self.location, self._base)
                self._held = latest
            return self._reader

    def writer(self) -> Writer:
        with _faults(self.location):
            return WhooshWriter(self)

    def close(self) -> None:
        """Files are closed when the last reader goes."""
        self._reader = None


class WhooshReader:
    """One state of the index. Whoosh's files have one cursor each: one thread at a time."""

    distant = False

    def __init__(self, index: whoosh.index.FileIndex, location: str, base: int = 0) -> None:
        reader = index.reader()
        self.files = Path(getattr(index.storage, "folder", "")).name
        # an index without records has a reader that knows no generation
        self.generation = base + max(reader.generation() or 0, 0)
        self.updated: float | None = None
        # another process may just have replaced the file whose date is asked
        with suppress(OSError):
            updated = index.last_modified()
            self.updated = updated if updated >= 0 else None
        self._searcher = Searcher(reader, weighting=scoring.BM25F())
        self._segments = [
            Segment(leaf, base)
            for leaf, base in self._searcher.leaf_searchers()
            if leaf.doc_count_all()
        ]
        self._location = location
        self._turn = threading.Lock()
        self._held: dict[str, int] | None = None

    def search(
        self, tree: query.Query, count: int, order: Order = "relevance", start: int = 0
    ) -> Found:
        count += start
        with self._own():
            keyed: list[Keyed] = []
            total = 0
            for segment in self._segments:
                scores = segment.match(tree)
                total += len(scores)
                keyed += nsmallest(count, segment.keyed(scores, order))
            scored = order == "relevance"
            hits = [
                Hit(ref, score if scored else 0.0, group)
                for _, _, ref, score, group in nsmallest(count, keyed)[start:]
            ]
            return Found(total, hits)

    def best(
        self, tree: query.Query, count: int, order: Order = "relevance", start: int = 0
    ) -> list[Hit]:
        return self.search(tree, count, order, start).hits

    def tally(self, tree: query.Query, fields: Sequence[str]) -> dict[str, dict[Any, int]]:
        with self._own():
            counts: dict[str, Counter[Any]] = {name: Counter() for name in fields}
            for segment in self._segments:
                matched = segment.match(tree)
                for name in fields:
                    held = segment.values(name)
                    counts[name].update(chain.from_iterable(held[doc] for doc in matched))
            return {name: dict(counted) for name, counted in counts.items()}

    def look(self, wanted: Look) -> Looked:
        return paging.look(self, wanted)

    def page(self, asked: PageRequest) -> Page:
        return paging.page(self, asked)

    def counts(self, tree: query.Query) -> Counts:
        counted = self.tally(tree, ["group", "kind"])
        return Counts(len(counted["group"]), counted["kind"])

    def total(self, tree: query.Query) -> int:
        return self.search(tree, 0).total

    def facets(
        self,
        tree: query.Query,
        fields: Sequence[str],
        most: int,
        named: Mapping[str, Sequence[str]],
    ) -> Mapping[str, Sequence[FacetValue]]:
        return facet_values(self, tree, fields, most, named)

    def values(self, asked: ListRequest) -> Listed:
        return listed(self, asked)

    def begun(self, tree: query.Query, spans: Sequence[Span]) -> list[Counted]:
        return begun(self, tree, spans)

    def spread(
        self, tree: query.Query, counted: Mapping[tuple[str, str], int]
    ) -> dict[tuple[str, str], int]:
        return {
            value: self.counts(query.And([tree, query.Term(*value)])).groups for value in counted
        }

    def asked(self, tree: query.Query) -> str:
        # the tree itself is run, leaf by leaf
        return repr(tree)

    def load(self, refs: Sequence[Any]) -> list[bytes]:
        with self._own():
            reader = self._searcher.reader()
            return [reader.stored_fields(ref)["stored"] for ref in refs]

    def everything(self) -> Iterator[bytes]:
        return paging.everything(self, self.size())

    def passages(self, article: str) -> list[bytes]:
        with self._own():
            refs = [
                segment.base + doc
                for segment in self._segments
                for doc in segment.match(query.Term("article", article))
            ]
        return self.load(refs)

    def freq(self, field: str, term: str) -> int:
        with self._own():
            if not any(segment.holds(field, term.encode()) for segment in self._segments):
                return 0
            return int(self._searcher.reader().doc_frequency(field, term))

    def words(self, field: str, prefix: str, limit: int | None = None) -> list[tuple[str, int]]:
        with self._own():
            counts: Counter[str] = Counter()
            for segment in self._segments:
                counts.update(segment.words(field, prefix))
            return ranked(counts.items())[:limit]

    def near(self, field: str, word: str, faults: int, heads: Sequence[str]) -> Words:
        pairs = (pair for head in heads for pair in self.words(field, head))
        return ranked(pair for pair in pairs if alike(pair[0], word, faults))

    def size(self) -> int:
        return int(self._searcher.doc_count())

    def held(self) -> Mapping[str, int]:
        if self._held is None:
            self._held = self.tally(query.Every(), ["kind"])["kind"]
        return self._held

    @contextmanager
    def _own(self) -> Iterator[None]:
        with _faults(self._location), self._turn:
            yield


class WhooshWriter:
    """The one writer of an index; it holds the lock from the start to the end of the block."""

    def __init__(self, engine: Whoosh) -> None:
        self._engine = engine
        self._lock = engine.index.lock("WRITELOCK")
        if not self._lock.acquire(blocking=False):
            raise whoosh.index.LockError
        self._segment: SegmentWriter | None = None
        # where each record added since the last commit is: Whoosh deletes committed ones only
        self._pending: dict[str, list[int]] = {}

    def add(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            with _faults(self._engine.location):
                segment = self._open()
                number = segment.docnum
                values = {
                    name: value if isinstance(value, int) else list(value)
                    for name, value in {**entry.shared.values, **entry.values}.items()
                }
                terms = {name: joined.split() for name, joined in entry.shared.terms.items()}
                for name, joined in entry.terms.items():
                    terms[name] = [*terms.get(name, ()), *joined.split()]
                # generations only grow, so ranks follow the order of indexing even after a
                # merge has put an older segment's records behind newer ones
                rank = (segment.generation << 32) + number
                segment.add_document(stored=entry.stored, rank=rank, **values, **terms)
                self._pending.setdefault(entry.id, []).append(number)

    def remove(self, ids: Iterable[str]) -> None:
        with _faults(self._engine.location):
            segment = self._open()
            committed = segment.searcher().reader()
            for record_id in ids:
                for number in self._pending.pop(record_id, ()):
                    segment.newsegment.delete_document(number)
                if ("id", record_id.encode()) in committed:
                    for number in committed.postings("id", record_id).all_ids():
                        segment.delete_document(number)

    def commit(self) -> None:
        if self._segment is not None:
            with _faults(self._engine.location), self._engine.turn:
                self._segment.commit()
            self._segment = None
            self._pending.clear()

    def _open(self) -> SegmentWriter:
        if self._segment is None:
            self._segment = SegmentWriter(self._engine.index, _lk=False)
        return self._segment

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None:
                self.commit()
            elif self._segment is not None and not self._segment.is_closed:
                # nothing was published: what cannot be tidied now, the next commit takes away
                with suppress(*_DAMAGE):
                    self._segment.cancel()
        finally:
            self._lock.release()


class _Durable(FileStorage):  # type: ignore[misc]
    """Files that are on the disk before the rename that makes them count.

    Whoosh syncs nothing: a power cut after a commit could leave a table of contents that
    names segments whose bytes never arrived.
    """

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self._written: set[str] = set()

    def create_file(self, name: str, *args: Any, **kwargs: Any) -> Any:
        self._written.add(name)
        return super().create_file(name, *args, **kwargs)

    def open_file(self, name: str, **options: Any) -> Any:
        if name.endswith(".toc"):
            # one that cannot be read is left open; bytes in memory need no closing
            return BufferFile(memoryview(Path(self._fpath(name)).read_bytes()), name=name)
        return super().open_file(name, **options)

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        for name in self._written:
            if self.file_exists(name):
                _sync(self._fpath(name))
        self._written.clear()
        super().rename_file(oldname, newname, safe=safe)
        _sync(self.folder)


def _sync(path: str) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


@contextmanager
def _faults(location: str) -> Iterator[None]:
    try:
        yield
    except IndexUnavailable:
        raise
    except Exception as error:
        if isinstance(error, TypeError) and str(error).startswith("no engine is asked"):
            raise
        # Whoosh believes what it reads: a damaged file may make it raise anything
        raise IndexUnavailable(sentence(location, error)) from error

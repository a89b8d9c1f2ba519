"""How are records given to a tantivy index, all of a commit or none?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from itertools import islice
from typing import Protocol, Self
from zlib import crc32

import tantivy

from index.engines import Entry, IndexUnavailable, Shared
from index.engines.faults import dead
from index.engines.in_process import runs
from index.engines.tantivy.faults import Faults

# Documents made before they are given to the engine.
_AT_ONCE = 500


class WrittenIndex(Protocol):
    """The index that a writer writes, as it knows it."""

    location: str
    with_runs: bool
    removed: bool

    def committed(self) -> None: ...


class TantivyWriter:
    """The one writer of an index. After an error it is dead: nothing is asked of it again."""

    def __init__(self, engine: WrittenIndex, writer: tantivy.IndexWriter) -> None:
        self._engine = engine
        self._writer: tantivy.IndexWriter | None = writer
        self._dirty = False

    def add(self, entries: Iterable[Entry]) -> None:
        documents = _documents(entries, self._engine.with_runs)
        # made apart: what fails while entries are read is no fault of the engine
        while batch := list(islice(documents, _AT_ONCE)):
            with self._alive() as writer:
                for document in batch:
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

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
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
            with Faults(self._engine.location):
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
            shared_document = _filled(tantivy.Document(), shared.terms, shared.values)
        document = _filled(copy(shared_document), entry.terms, entry.values)
        if with_runs and (run_terms := runs.runs(entry.terms.get(runs.FIELD, ""))):
            document.add_text(runs.NAME, run_terms)
        document.add_bytes("stored", crc32(entry.stored).to_bytes(4, "big") + entry.stored)
        yield document


def _filled(
    document: tantivy.Document, terms: Mapping[str, str], values: Mapping[str, Sequence[str] | int]
) -> tantivy.Document:
    for name, text in terms.items():
        if text:
            document.add_text(name, text)
    for name, value in values.items():
        if isinstance(value, int):
            # a value of the wrong type would only fail at the commit
            document.add_integer(name, value)
        else:
            for text in value:
                document.add_text(name, text)
    return document

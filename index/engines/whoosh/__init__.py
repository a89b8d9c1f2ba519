"""How is an index of Whoosh opened and kept on the disk?

The pure-Python engine: it installs anywhere and its answers can be read line by line, so the
tests hold the others to it. Whoosh keeps the postings, columns and stored bytes and scores
one term in one record (`segments`); `algebra` combines them, because Whoosh's own AND NOT
returns wrong tops over several segments.

Whoosh pickles what it keeps: open only an index you made.
"""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import Any

import whoosh.index
from whoosh import analysis, columns, fields, formats
from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.filedb.structfile import BufferFile

from index.engines import Engine, IndexUnavailable, Reader, Writer
from index.engines.faults import damaged, foreign, missing, sentence
from index.engines.whoosh.faults import faults
from index.engines.whoosh.reading import WhooshReader
from index.engines.whoosh.segments import NOTHING
from index.engines.whoosh.writing import WhooshWriter
from index.record import FIELDS

_FORMAT = {"text": formats.Positions, "bag": formats.Frequency, "key": formats.Existence}


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
    with faults(location):
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
        with faults(location):
            return Whoosh(whoosh.index.FileIndex.create(storage, _schema()), location, base)
    except Exception as error:
        # whatever a file that is not ours makes Whoosh's reading of it raise
        raise IndexUnavailable(sentence(location, error)) from error


def _opened(storage: FileStorage) -> whoosh.index.FileIndex:
    attempted = -2
    while True:
        latest = whoosh.index.TOC._latest_generation(storage, whoosh.index._DEF_INDEX_NAME)
        try:
            # the schema comes from FIELDS: the pickled one is never loaded
            return whoosh.index.FileIndex(storage, schema=_schema())
        except FileNotFoundError:
            # a commit takes the table of the one before away while it is being opened
            if latest == attempted:
                raise
            attempted = latest


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
        self._generation_read = -1
        # in memory, a commit takes files away while a reader may be opening them
        self._turn = threading.Lock()
        self._reader: WhooshReader | None = None

    def reader(self) -> Reader:
        with faults(self.location), self._turn:
            latest = self.index.latest_generation()
            if self._reader is None or self._generation_read != latest:
                self._reader = WhooshReader(self.index, self.location, self._base)
                self._generation_read = latest
            return self._reader

    def writer(self) -> Writer:
        with faults(self.location):
            return WhooshWriter(self.index, self.location, self._turn)

    def close(self) -> None:
        """Files are closed when the last reader goes."""
        self._reader = None


class _Durable(FileStorage):  # type: ignore[misc]
    """Files that are on the disk before the rename that makes them count.

    Whoosh syncs nothing: a power cut after a commit could leave a table of contents that
    names segments whose bytes never arrived.
    """

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self._unsynced: set[str] = set()

    def create_file(self, name: str, *args: Any, **kwargs: Any) -> Any:
        self._unsynced.add(name)
        return super().create_file(name, *args, **kwargs)

    def open_file(self, name: str, **options: Any) -> Any:
        if name.endswith(".toc"):
            # one that cannot be read is left open; bytes in memory need no closing
            return BufferFile(memoryview(Path(self._fpath(name)).read_bytes()), name=name)
        return super().open_file(name, **options)

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        for name in self._unsynced:
            if self.file_exists(name):
                _sync(self._fpath(name))
        self._unsynced.clear()
        super().rename_file(oldname, newname, safe=safe)
        _sync(self.folder)


def _sync(path: str) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)

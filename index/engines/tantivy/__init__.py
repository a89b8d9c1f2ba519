"""How is an index of tantivy opened, followed and written?

The files of this folder are the only ones that import tantivy. Terms arrive joined by
one space and are split on white space, so tantivy's own French is never used. Its panics (which
are not `Exception`s) and its errors leave these files as `IndexUnavailable`.
"""

from __future__ import annotations

import os
import sys
import threading
from errno import EACCES
from pathlib import Path

import orjson
import tantivy

from index.engines import Engine, Reader, Writer, disk
from index.engines.in_process import runs
from index.engines.tantivy import parts
from index.engines.tantivy.faults import Faults
from index.engines.tantivy.mirror import Mirror, needed
from index.engines.tantivy.reading import TantivyReader
from index.engines.tantivy.trees import OPTION
from index.engines.tantivy.writing import TantivyWriter
from index.record import FIELDS

# What one writer may hold before it writes a segment: more makes fewer of them, and the last
# one, which nothing else goes on beside, longer to write. One indexing thread: the order of
# indexing, which breaks ties, stays the order of arrival, and the second core reads French.
_HEAP = 96_000_000
_THREADS = 1


def open(
    path: Path | None, *, create: bool = False, location: str | None = None, base: int = 0
) -> Engine:
    """The engine over the index in `path`, or over a new one in memory when None.

    `location` is what sentences call it; `base` is added to its generations.
    """
    named = location or str(path or ":memory:")
    with Faults(named):
        if path is None:
            return Tantivy(tantivy.Index(_schema()), named, None, base)
        if create:
            path.mkdir(parents=True, exist_ok=True)
            return Tantivy(tantivy.Index(_schema(), path=str(path)), named, path, base)
        mirror = Mirror(path, named) if needed(path) else None
        index_path = path if mirror is None else mirror.path
        return Tantivy(tantivy.Index.open(str(index_path)), named, path, base, mirror)


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
        self._mark_seen: tuple[int, int] = (-1, -1)
        self._reader: TantivyReader | None = None

    def reader(self) -> Reader:
        with Faults(self.location), self._lock:
            generation, updated, mark, lost = self._generation()
            # meta.json is replaced by every commit, of this process or another; what is read
            # before and after the reload is the same when it is the state that was loaded
            while mark != self._mark_seen:
                self._reader = None
                self._reload()
                self._mark_seen = mark
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
        self._mark_seen = (-1, -1)
        self._reader = None

    def _generation(self) -> tuple[int, float | None, tuple[int, int], int]:
        """The generation, when it was made, what tells it apart, how many records it has lost."""
        if self._path is None:
            most = sys.maxsize if self.removed else 0
            return self._base + self._commits, None, (self._commits, 0), most
        with (self._path / parts.META).open("rb") as meta:
            # of the file that is open: another may take its name meanwhile
            state = os.fstat(meta.fileno())
            content = orjson.loads(meta.read())
        mark = state.st_mtime_ns, state.st_ino
        return self._base + int(content["opstamp"]), state.st_mtime, mark, parts.lost(content)

    def writer(self) -> Writer:
        with Faults(self.location):
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

    def take_parts(self, source: Path, rest: Path) -> set[str] | None:
        """Take the parts of another index that lost no record (see `parts.share`), this being
        empty.
        """
        with Faults(self.location):
            if self._path is None:
                return None
            names = parts.share(source, self._path, rest)
            if names is not None:
                self._index = tantivy.Index.open(str(self._path))
                self._index.config_reader("manual")
                self.lost()
            return names

    def close(self) -> None:
        """Nothing is held open between calls."""


def _tidy(path: Path) -> None:
    """Take away what a writer that died left; its lock is ours.

    tantivy numbers operations again from the last commit, and would stop at a file of
    deletions that is already there under the number it wants.
    """
    present = parts.files_of(parts.meta_of(path)["segments"])
    for file in path.iterdir():
        of_index = file.name.rpartition(".")[2] in (*parts.SUFFIXES, "del")
        if (of_index and file.name not in present) or file.name.startswith(".tmp"):
            file.unlink()

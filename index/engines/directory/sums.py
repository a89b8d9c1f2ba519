"""Are the bytes on the disk those that were written?

A list beside the engine's files gives each one's size and digest. It is made when a writer
leaves, of the files that are new; a file once listed is never listed anew, so that a byte
that changes later is seen. tantivy ends its own files with their CRC: that is checked when
they are listed, and it is all there is for files that a writer had no time to list.
"""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from hashlib import blake2b
from pathlib import Path

import orjson

from index.engines import disk
from index.engines.disk import Damaged

NAME = "sums.json"

# What an engine replaces in place; every other file is written once.
_REPLACED = ("meta.json",)
# tantivy's own list of files to take away. Its threads may still write it when the writer is
# gone; a wrong name in it does no harm, and tantivy refuses it when it cannot be read.
_LOOSE = (".managed.json",)
# The files of tantivy that end with {"version":{…},"crc":N}, its length and its mark.
_FOOTED = (".term", ".idx", ".pos", ".fast", ".fieldnorm", ".store", ".del")
_MARK = 1337
_PIECE = 1 << 20

Listed = dict[str, tuple[int, str]]


def update(directory: Path) -> None:
    """List the files of a directory. Raises OSError, or Damaged when one is seen to be."""
    # a question writes nothing
    from concurrent.futures import ThreadPoolExecutor

    former = _listed_files(directory)
    listed = {}
    paths = list(_files(directory))
    # what is worked out of bytes lets other threads go on
    with ThreadPoolExecutor() as pool:
        for path, listing in zip(paths, pool.map(partial(_listed, former), paths), strict=True):
            if listing is not None:
                listed[path.name] = listing
    if listed != former:
        disk.write_json(directory / NAME, {"files": listed})


def inherit(source: Path, target: Path, names: set[str]) -> None:
    """List files of `target` as those of `source` that they are links to. Raises OSError, Damaged.

    A byte that changes between both lists is seen then, since nothing is listed anew.
    """
    listed = _listed_files(source)
    disk.write_json(target / NAME, {"files": {name: listed[name] for name in names & {*listed}}})


def _listed(former: Listed, path: Path) -> tuple[int, str] | None:
    """What is listed of a file; None when it went: a merge that ends takes its sources away."""
    former_entry = former.get(path.name) if path.name not in _REPLACED else None
    try:
        return former_entry or (path.stat().st_size, digest(path))
    except FileNotFoundError:
        return None


def quick_problem(directory: Path, *, settled: bool) -> str | None:
    """The name of a file that is plainly not what was listed, without reading much, or None.

    A file cut short must be seen before an engine maps it: reading past its end would kill
    the process. `settled`: nobody writes, so that what is replaced in place is compared too.
    """
    try:
        listed_files = _listed_files(directory)
    except Damaged:
        return NAME
    for name, (size, listed) in listed_files.items():
        path = directory / name
        try:
            if name in _REPLACED:
                if settled and digest(path) != listed:
                    return name
            elif path.stat().st_size != size:
                return name
        except FileNotFoundError:
            if settled:
                return name
    return None


class Sizes:
    """The sizes of the files that readers have opened, to be seen again before each is read.

    A file that is cut short while an engine has it mapped kills the process that reads past
    its end: asked often, `cut` leaves little time for that.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._sizes: dict[str, int] = {}
        self._mark = -1

    def cut(self) -> str | None:
        """The name of a file that is shorter than it was, or None. Raises OSError.

        What a writer has not listed yet is known from when it was first seen.
        """
        mark = os.stat(self._directory).st_mtime_ns
        if mark != self._mark:
            # names came or went
            try:
                self._sizes = self._now()
            except Damaged:
                return NAME
            self._mark = mark
        for path, size in self._sizes.items():
            try:
                if os.stat(path).st_size < size:
                    return os.path.basename(path)
            except FileNotFoundError:
                # who has it open keeps it
                continue
        return None

    def _now(self) -> dict[str, int]:
        listed = {
            str(self._directory / name): size
            for name, (size, _) in _listed_files(self._directory).items()
            if name not in _REPLACED
        }
        for path in _files(self._directory):
            name = str(path)
            if name not in listed and path.name not in _REPLACED:
                with suppress(FileNotFoundError):
                    listed[name] = self._sizes.get(name) or path.stat().st_size
        return listed


def problems(directory: Path, *, settled: bool) -> Iterator[tuple[str, str]]:
    """(file, what is wrong) for each file that is not what was written. Raises OSError.

    Not `settled`: a writer died, or is at work; files may be new, replaced or gone since
    the list was made, and only their own CRC speaks for them.
    """
    try:
        listed_files = _listed_files(directory)
    except Damaged:
        yield NAME, "le relevé des sommes de contrôle est endommagé"
        listed_files = {}
    if settled and not (directory / NAME).exists():
        yield NAME, "le fichier manque"
    present = {path.name: path for path in _files(directory)}
    for name in sorted(listed_files.keys() | present.keys()):
        if name not in present:
            if settled:
                yield name, "le fichier manque"
            continue
        size, listed = listed_files.get(name, (None, None))
        if not settled and name in _REPLACED:
            size = listed = None
        try:
            actual = digest(present[name])
        except FileNotFoundError:
            continue
        except Damaged as error:
            yield name, str(error)
            continue
        if size is not None and present[name].stat().st_size != size:
            yield name, f"sa taille devait être de {size} octets"
        elif listed is not None and actual != listed:
            yield name, "son contenu a changé"


def digest(path: Path) -> str:
    """Return the digest of a file's bytes. Raises OSError; Damaged when its own CRC is wrong."""
    total_digest = blake2b(digest_size=16)
    crc = 0
    with path.open("rb") as file:
        end = file.seek(0, 2)
        body, expected = _footer(file, end) if path.suffix in _FOOTED else (end, None)
        file.seek(0)
        remaining = body
        while remaining and (piece := file.read(min(_PIECE, remaining))):
            total_digest.update(piece)
            crc = zlib.crc32(piece, crc)
            remaining -= len(piece)
        if expected is not None and crc != expected:
            raise Damaged("sa somme de contrôle est fausse")
        total_digest.update(file.read())
    return total_digest.hexdigest()


def _footer(file: object, end: int) -> tuple[int, int]:
    """Where the footer of one of tantivy's files begins, and the CRC that it gives."""
    read, seek = file.read, file.seek  # type: ignore[attr-defined]
    try:
        seek(end - 8)
        length, mark = struct.unpack("<II", read(8))
        start = end - 8 - length
        if mark != _MARK or start < 0:
            raise ValueError
        seek(start)
        return start, int(orjson.loads(read(length))["crc"])
    except (OSError, ValueError, KeyError, TypeError, struct.error) as error:
        if isinstance(error, OSError) and error.errno != 22:
            raise
        raise Damaged("sa fin est illisible") from None


def _files(directory: Path) -> Iterator[Path]:
    """What the last commit is made of: not what a writer that died left half-written."""
    segments = _segments(directory)
    for path in directory.iterdir():
        name = path.name
        temporary = name.startswith(".tmp") or name.endswith((disk.FRESH, ".tmp"))
        # locks have no content, and the list does not list itself
        locks = name.endswith((".lock", "WRITELOCK", "_LOCK"))
        if name in (NAME, *_LOOSE) or temporary or locks or not path.is_file():
            continue
        if segments is None or path.suffix not in _FOOTED or name.split(".")[0] in segments:
            yield path


def _segments(directory: Path) -> set[str] | None:
    """The segments that tantivy's last commit names, or None when it does not say."""
    try:
        meta = orjson.loads((directory / "meta.json").read_bytes())
        return {segment["segment_id"].replace("-", "") for segment in meta["segments"]}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _listed_files(directory: Path) -> Listed:
    try:
        content = disk.read_json(directory / NAME)
        return {name: (int(size), str(sum_)) for name, (size, sum_) in content["files"].items()}
    except FileNotFoundError:
        return {}
    except (KeyError, TypeError, ValueError, AttributeError):
        raise Damaged(NAME) from None

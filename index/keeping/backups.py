"""How is an index copied away, and brought back?

A backup is a tar of the directory, taken while nobody writes. What comes back from one is
unpacked beside the index, checked against its sums, opened, and only then takes its place.
A tar is anybody's: only the names an index has are taken out of it, and only plain files.
"""

from __future__ import annotations

import gzip
import os
import re
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from index import engines
from index.engines import Engine, IndexUnavailable, disk, faults, stamp
from index.engines.directory import index_directory, sums
from index.engines.directory.index_directory import IndexDirectory, take
from index.engines.directory.lock import Lock
from index.keeping.rewriting import rewrite
from index.writing import Forgotten, forgotten

_INSIDE = re.compile(
    rf"({re.escape(stamp.NAME)}|{re.escape(forgotten.NAME)}|{stamp.DATA.pattern}/[^/\\]+)"
)


_DATED = re.compile(r"glose-\d{4}-\d\d-\d\dT\d{6}Z\.tar\.gz")


def backup(engine: Engine, target: Path) -> int:
    """Copy the index to a tar (`.gz`: compressed), whole or not at all. Gives its bytes.

    That of a cluster is copied to a repository: DÉPÔT/COPIE.

    A link is followed; a pipe or a device is given the bytes as they come, stays what it is, and
    what was packed is given, before any compression. Raises IndexUnavailable, for a damaged index
    too: a copy of it would take the place of a good one. Raises OSError when the copy cannot be
    written.
    """
    if engines.place(engine.location)[0] == "opensearch":
        from index.engines.opensearch import Cluster
        from index.keeping import cluster_copies

        assert isinstance(engine, Cluster)
        return cluster_copies.backup(engine, target)
    place = index_directory.of(engine)
    packed = target.suffix in (".gz", ".tgz")
    with place.hold() as lock:
        with place.faults():
            _sound(place, lock)
        if disk.is_pipe_or_device(target):
            with (
                target.open("wb") as tar_file,
                tarfile.open(fileobj=tar_file, mode="w|gz" if packed else "w|") as tar,
            ):
                _pack(place, tar)
            return tar.offset
        target = target.resolve()
        with disk.draft(target) as beside:
            fresh = beside / target.name
            with tarfile.open(fresh, "w:gz" if packed else "w") as tar:
                _pack(place, tar)
            with fresh.open("rb") as file:
                os.fsync(file.fileno())
            size = fresh.stat().st_size
            fresh.replace(target)
            disk.sync(target.parent)
    return size


def _pack(place: IndexDirectory, tar: tarfile.TarFile) -> None:
    for path in _locked(place):
        tar.add(path, str(path.relative_to(place.path)), recursive=False)


def _sound(place: IndexDirectory, lock: Lock) -> None:
    if not lock.settled:
        # a writer died: the list is not of its last commit, and what comes back is checked by it
        sums.update(place.data)
        lock.settled = True
    wrong = next(sums.problems(place.data, settled=True), None)
    if wrong is not None:
        raise IndexUnavailable(faults.damaged(place.location, f"{wrong[0]} : {wrong[1]}"))


def _locked(place: IndexDirectory) -> Iterator[Path]:
    yield place.path / stamp.NAME
    if (place.path / forgotten.NAME).exists():
        yield place.path / forgotten.NAME
    for path in sorted(place.data.iterdir()):
        # locks hold nothing, and belong to this place
        if path.is_file() and not path.name.endswith(".lock"):
            yield path


def dated(folder: Path, packed_at: datetime) -> Path:
    """Return where a copy of that moment goes in a folder of copies.

    >>> from datetime import UTC
    >>> dated(Path("copies"), datetime(2026, 11, 28, 3, 30, tzinfo=UTC)).name
    'glose-2026-11-28T033000Z.tar.gz'
    """
    return folder / packed_at.astimezone(UTC).strftime("glose-%Y-%m-%dT%H%M%SZ.tar.gz")


def prune(folder: Path, keep: int) -> list[Path]:
    """Remove the oldest copies that `dated` named, all but `keep`; return them. Raises OSError."""
    copies = sorted(path for path in folder.iterdir() if _DATED.fullmatch(path.name))
    old_copies = copies[: max(0, len(copies) - keep)]
    for path in old_copies:
        path.unlink()
    return old_copies


def restore(
    source: Path, location: str, *, force: bool = False, names: Forgotten | None = None
) -> int:
    """Restore an index from a backup; return how many records it has.

    An index already at `location` is replaced with `force` only, while it serves; the people it has
    forgotten stay forgotten, and those of `names`, from a newer index. Raises
    IndexUnavailable, and OSError for the backup itself.
    """
    name, path = engines.place(location)
    if name == "opensearch":
        from index.keeping import cluster_copies

        return cluster_copies.restore(source, location, force=force, names=names)
    if path is None:
        raise IndexUnavailable(f"« {location} » n’est pas un dossier : donnez-en un avec --index.")
    exists = path.exists() and (not path.is_dir() or not stamp.is_blank(path))
    if exists and not force:
        raise IndexUnavailable(
            f"Il y a déjà quelque chose à l’emplacement « {location} » : donnez un autre "
            "emplacement avec --index, ou --force pour remplacer l’index qui s’y trouve."
        )
    with _placing(location):
        path.absolute().parent.mkdir(parents=True, exist_ok=True)
    with _placing(location, source), disk.draft(path) as beside:
        copy = beside / "index"
        copy.mkdir()
        _unpack(source, copy)
        engine = _checked(name, copy, source)
        if exists:
            return _replace(name, path, location, copy, names or Forgotten())
        if names:
            engine.close()
            _forget(name, copy, location, names)
            engine = IndexDirectory(name, copy, location, former=True)
        return _place(engine, copy, path)


def _forget(name: str, copy: Path, location: str, names: Forgotten) -> None:
    """Make an unpacked copy forget: nobody comes back, not even for a moment."""
    forgotten.save(copy, names | forgotten.load(copy))
    rewrite(IndexDirectory(name, copy, location, former=True))


@contextmanager
def _placing(location: str, source: Path | None = None) -> Iterator[None]:
    """Say of an index what goes wrong where it is to be. What reads `source` stays an OSError."""
    try:
        yield
    except OSError as error:
        if source and error.filename == str(source):
            raise
        raise IndexUnavailable(faults.sentence(location, error)) from error


def _piece(content: IO[bytes], source: Path) -> bytes:
    """A piece of a member of `source`. Raises OSError, which names `source`."""
    try:
        return content.read(1 << 20)
    except OSError as error:
        error.filename = str(source)
        raise


def _unpack(source: Path, into: Path) -> None:
    damaged = IndexUnavailable(
        f"« {source} » n’est pas une sauvegarde de Glose, ou elle est endommagée : "
        "donnez-en une autre."
    )
    try:
        with tarfile.open(source) as tar:
            for member in tar:
                if not member.isreg() or not _INSIDE.fullmatch(member.name):
                    raise damaged
                target = into / member.name
                target.parent.mkdir(exist_ok=True)
                content = tar.extractfile(member)
                if content is None:
                    raise damaged
                with content, target.open("xb") as file:
                    while piece := _piece(content, source):
                        file.write(piece)
                    file.flush()
                    os.fsync(file.fileno())
    except (tarfile.TarError, gzip.BadGzipFile, zlib.error, EOFError, ValueError) as error:
        raise damaged from error
    if not any(into.glob(f"data-*/{sums.NAME}")):
        raise damaged
    for directory in (*into.iterdir(), into):
        if directory.is_dir():
            disk.sync(directory)
    private = into / forgotten.NAME
    if private.exists():
        private.chmod(0o600)


def _checked(name: str, copy: Path, source: Path) -> Engine:
    """Open the unpacked index once its checksums are verified."""
    source_name = str(source)
    copy_stamp = stamp.read(copy, name, source_name, former=True)
    if not (copy / copy_stamp.data).is_dir():
        raise IndexUnavailable(faults.damaged(source_name, copy_stamp.data))
    wrong = next(sums.problems(copy / copy_stamp.data, settled=True), None)
    if wrong is not None:
        raise IndexUnavailable(
            f"La sauvegarde « {source} » est endommagée ({wrong[0]} : {wrong[1]}) : "
            "donnez-en une autre."
        )
    return IndexDirectory(name, copy, source_name, former=True)


def _place(engine: Engine, copy: Path, path: Path) -> int:
    size = engine.reader().size()
    engine.close()
    if path.exists():
        # empty, or the start of an index
        disk.remove(path)
    copy.rename(path)
    disk.sync(path.absolute().parent)
    return size


def _replace(name: str, path: Path, location: str, copy: Path, names: Forgotten) -> int:
    """Put the copy's files in the place of an index, which may be serving, or damaged."""
    if not stamp.is_index(path):
        raise IndexUnavailable(faults.foreign(location))
    lock = Lock(path, location)
    try:
        generation = _generation(name, path, location)
        if forgotten_names := forgotten.load(path) | names:
            _forget(name, copy, location, forgotten_names)
        restored = stamp.read(copy, name, location, former=True)
        fresh = replace(restored, data=stamp.following(path), base=generation + 1)
        (copy / restored.data).rename(path / fresh.data)
        if copy_names := forgotten.load(copy):
            forgotten.save(path, copy_names)
        take(path, fresh)
        lock.settled = True
        return IndexDirectory(name, path, location, former=True).reader().size()
    except disk.Damaged as error:
        raise IndexUnavailable(faults.damaged(location, str(error))) from error
    finally:
        lock.release()


def _generation(name: str, path: Path, location: str) -> int:
    try:
        return IndexDirectory(name, path, location, former=True).reader().generation
    except IndexUnavailable:
        # too damaged to say: nobody reads it either
        return 0

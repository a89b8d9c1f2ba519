"""How does a file come to be on the disk whole, and for good?

A file is written beside its place, synced, renamed, and the directory synced: a cut at any
moment leaves the old file or the new one. Small files of ours carry the digest of what they
say, so that a changed byte is seen.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any

import orjson

try:
    import fcntl
except ImportError:  # Windows: nobody knows there whether a maker still lives
    fcntl = None  # type: ignore[assignment]

FRESH = ".new"
"""Ends the name of a file that is being written; one left behind is worth nothing."""

# Where locks, renames or shared memory do not hold what they promise on a local disk.
_FAR = frozenset(
    (
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "ncpfs",
        "9p",
        "afs",
        "ceph",
        "lustre",
        "beegfs",
        "glusterfs",
        "vboxsf",
        "prl_fs",
        "vmhgfs",
        "davfs",
        "fuse.sshfs",
        "fuse.glusterfs",
        "fuse.vmhgfs-fuse",
        "fuse.rclone",
        "fuse.s3fs",
        "fuse.davfs2",
        "fuse.ceph",
        "virtiofs",
    )
)


class Damaged(Exception):
    """A small file of ours does not say what was written in it."""


def sync(directory: Path) -> None:
    """Make the names in a directory last. Raises OSError."""
    if os.name == "nt":
        # a directory cannot be opened there, and its journal keeps the order by itself
        return
    number = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def write_json(path: Path, content: dict[str, Any], *, mode: int = 0o644) -> None:
    """Put `content` in `path`, whole, durably, with its digest. Raises OSError."""
    body = orjson.dumps({"sum": _digest(content), **content}, option=orjson.OPT_INDENT_2)
    write(path, body, mode=mode)


def write(path: Path, body: bytes, *, mode: int = 0o644) -> None:
    """Put `body` in `path`, whole and durably. Raises OSError: the file is as it was.

    mode: the rights of a file, where there was none.
    """
    fresh = path.with_name(path.name + FRESH)
    number = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(number, "wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    sync(path.parent)


def read_json(path: Path) -> dict[str, Any]:
    """Read what `write_json` wrote. Raises OSError; Damaged when its CRC or JSON is wrong.

    >>> read_json(Path(__file__))
    Traceback (most recent call last):
    index.engines.disk.Damaged: disk.py
    """
    try:
        content = orjson.loads(path.read_bytes())
    except orjson.JSONDecodeError:
        raise Damaged(path.name) from None
    if not isinstance(content, dict) or content.pop("sum", None) != _digest(content):
        raise Damaged(path.name)
    return content


def _digest(content: dict[str, Any]) -> str:
    return blake2b(orjson.dumps(content, option=orjson.OPT_SORT_KEYS), digest_size=16).hexdigest()


def is_pipe_or_device(path: Path) -> bool:
    """Return whether it is a pipe or a device: nothing is written beside it, to take its place."""
    return path.exists() and not path.is_file()


def size(directory: Path) -> int:
    """Bytes of the files under a directory; what vanishes meanwhile counts for nothing."""
    total = 0
    for top, _, names in os.walk(directory):
        for name in names:
            try:
                total += (Path(top) / name).stat().st_size
            except FileNotFoundError:
                continue
    return total


def remove(directory: Path) -> None:
    """Take a directory and its files away; another process may be doing the same."""
    # what only reads does without it, and its bz2 and lzma
    import shutil

    shutil.rmtree(directory, ignore_errors=True)


@contextmanager
def draft(target: Path) -> Iterator[Path]:
    """A directory beside `target`, to make in it what is to be renamed so. Raises OSError.

    It goes when the block is left; those of makers that died go when it is entered.
    """
    # what only reads does without it
    import tempfile

    sweep_drafts(target)
    place = target.absolute().parent
    while True:
        directory = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=FRESH, dir=place))
        number = _locked_number(directory)
        # between both calls another maker may have taken it for a dead one's
        if number is not None and directory.exists():
            break
    try:
        yield directory
    finally:
        remove(directory)
        if number >= 0:
            os.close(number)


def sweep_drafts(target: Path) -> None:
    """Take away what makers that died left beside `target`, where that can be done."""
    start = f".{target.name}."
    with suppress(OSError):
        for child in target.absolute().parent.iterdir():
            if child.name.startswith(start) and child.name.endswith(FRESH) and child.is_dir():
                number = _locked_number(child)
                if number is not None and number >= 0:
                    remove(child)
                    os.close(number)


def _locked_number(directory: Path) -> int | None:
    """What holds a directory until it is closed, -1 where nothing can; None: it is held."""
    if fcntl is None:
        return -1
    try:
        number = os.open(directory, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(number)
        return None
    return number


def network_warning(path: Path, mounts: str | None = None) -> str | None:
    """A sentence for whoever keeps an index on a network file system, else None.

    `mounts` is laid out as Linux's /proc/mounts, which is read when it is not given; where
    there is no such file nothing is known, and nothing is said.

    >>> network_warning(Path("/srv/index"), "server:/x /srv nfs4 rw 0 0")[:48]
    'Attention : « /srv/index » est sur un système de'
    >>> network_warning(Path("/srv/index"), "/dev/sda / ext4 rw 0 0")
    """
    if mounts is None:
        try:
            mounts = Path("/proc/self/mounts").read_text(errors="surrogateescape")
        except OSError:
            return None
    absolute_path = path.absolute()
    best, kind = -1, ""
    for line in mounts.splitlines():
        _, mount_point, sort, *_ = [*line.split(" "), "", "", ""]
        place = Path(mount_point.replace("\\040", " ") or "/")
        if (place == absolute_path or place in absolute_path.parents) and len(place.parts) >= best:
            best, kind = len(place.parts), sort
    if kind not in _FAR:
        return None
    return (
        f"Attention : « {path} » est sur un système de fichiers en réseau ({kind}). Les verrous et "
        "les enregistrements n’y sont pas sûrs : gardez plutôt l’index sur un disque local, et "
        "copiez-le avec glose backup."
    )

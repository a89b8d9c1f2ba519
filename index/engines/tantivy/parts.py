"""Which parts of an index lost no record, and how does another index take them as they are?

tantivy cannot be asked to merge its parts (segments). One from which nothing was removed holds
nothing else than a merge would make of it, so its files are linked, and only the others are read.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import orjson

META = "meta.json"
# The files of a part, but for its deletions.
SUFFIXES = ("term", "idx", "pos", "fast", "fieldnorm", "store")
# tantivy's list of the files that it may take away.
_MANAGED = ".managed.json"

Meta = dict[str, Any]


def meta_of(index: Path) -> Meta:
    """What the last commit of an index is made of. Raises OSError."""
    content: Meta = orjson.loads((index / META).read_bytes())
    return content


def lost(meta: Meta) -> int:
    """How many records were removed, of those that the parts still hold."""
    return sum(part["deletes"]["num_deleted_docs"] for part in meta["segments"] if part["deletes"])


def files_of(parts: Iterable[Meta]) -> set[str]:
    """The names of the files of some parts, deletions included."""
    names = set()
    for part in parts:
        name = part["segment_id"].replace("-", "")
        names |= {f"{name}.{suffix}" for suffix in SUFFIXES}
        if part["deletes"] is not None:
            names.add(f"{name}.{part['deletes']['opstamp']}.del")
    return names


def share(source: Path, fresh: Path, rest: Path) -> set[str] | None:
    """Link the parts of `source` that lost no record in `fresh`, and the others in `rest`.

    fresh: an index without records, which nothing has open for writing. rest: is made. Returns the
    names of the files linked in `fresh`; None when it can take none of them: the columns differ, or
    the file system has no links. Raises OSError; both directories are then worth nothing.
    """
    meta, fresh_meta = meta_of(source), meta_of(fresh)
    if any(meta[name] != fresh_meta[name] for name in ("schema", "index_settings")):
        return None
    parts = [part for part in meta["segments"] if not part["deletes"]]
    others = [part for part in meta["segments"] if part["deletes"]]
    names = files_of(parts)
    rest.mkdir()
    try:
        _link(source, fresh, names)
        _link(source, rest, files_of(others))
    except OSError:
        # the links that were made are no parts, since no commit names them
        return None
    (rest / META).write_bytes(orjson.dumps({**meta, "segments": others}))
    _replace(fresh / _MANAGED, orjson.dumps([META, *sorted(names)]))
    _replace(fresh / META, orjson.dumps({**fresh_meta, "segments": parts}))
    return names


def _link(source: Path, target: Path, names: Iterable[str]) -> None:
    for name in sorted(names):
        os.link(source / name, target / name)


def _replace(path: Path, content: bytes) -> None:
    """Put `content` in `path`, durably once its directory is synced."""
    fresh_path = path.with_name(f".tmp-{path.name}")
    with fresh_path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh_path.replace(path)

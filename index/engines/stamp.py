"""Is this directory an index of ours, of this version, and where are its files now?

`glose.json` is written atomically, and read before any engine touches the directory: an
index made otherwise is refused with what to do, never guessed at. It names the
sub-directory that holds the engine's files, so that a rewritten index takes the place of
the old one by the replacing of this one small file.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from index.engines import disk, faults
from index.engines.faults import IndexMissing, IndexUnavailable
from index.record import FIELDS

NAME = "glose.json"
# Raised when what is stored, or where it is, changes so that it can no longer be read back.
FORMAT = 1
# Raised when french.py reads some text otherwise than before.
FRENCH = 16

_LOCK = "writer.lock"
_FIRST = "data-1"
# What an engine's files that hold records end with, and those of an empty index do not.
_RECORDS = (".store", ".seg")

DATA = re.compile(r"data-([1-9][0-9]{0,8})")


@dataclass(frozen=True, slots=True)
class Stamp:
    """The version, engine and columns of an index. `base` is added to its engine's generations.

    >>> current("tantivy").data
    'data-1'
    """

    format: int
    engine: str
    french: int
    fields: list[list[Any]]
    data: str = _FIRST
    base: int = 0

    @property
    def present(self) -> bool:
        """Whether the French and the columns are those of this version."""
        expected = current(self.engine)
        return (self.french, self.fields) == (expected.french, expected.fields)

    @property
    def newer(self) -> bool:
        """Whether a later version made it: its French, or a column that nobody knows here."""
        expected = current(self.engine)
        unknown = {name for name, *_ in self.fields} - {name for name, *_ in expected.fields}
        return self.french > expected.french or bool(unknown)

    def __str__(self) -> str:
        return f"{self.engine}, format {self.format}, français {self.french}"


def current(engine: str, data: str = _FIRST, base: int = 0) -> Stamp:
    """Return the stamp of an index made now."""
    columns: list[list[Any]] = [[field.name, field.kind, field.facet] for field in FIELDS]
    return Stamp(FORMAT, engine, FRENCH, columns, data, base)


def read(path: Path, engine: str, location: str, *, former: bool = False) -> Stamp:
    """The stamp of the index in `path`.

    Raises IndexUnavailable: nothing there, not an index, another engine's, damaged, of
    another format; of another French or other columns unless `former`.
    """
    try:
        content = disk.read_json(path / NAME)
    except FileNotFoundError:
        raise unstamped(path, location) from None
    except NotADirectoryError:
        raise IndexUnavailable(faults.foreign(location)) from None
    except OSError as error:
        raise IndexUnavailable(faults.sentence(location, error)) from error
    except disk.Damaged:
        raise IndexUnavailable(
            faults.damaged(location, NAME) if is_index(path) else faults.foreign(location)
        ) from None
    expected = current(engine)
    names = {field.name for field in fields(Stamp)}
    index_format = content.get("format")
    if index_format != FORMAT:
        version = f"format {index_format}"
        if isinstance(index_format, int) and index_format > FORMAT:
            raise IndexUnavailable(faults.newer_version(location, version, str(expected)))
        raise IndexUnavailable(
            faults.other_version(location, version, str(expected), mendable=False)
        )
    if content.keys() - names:
        raise IndexUnavailable(faults.newer_version(location, "autre sceau", str(expected)))
    if {"engine", "french", "fields"} - content.keys():
        raise IndexUnavailable(faults.damaged(location, NAME))
    stamp = Stamp(**content)
    if stamp.engine != engine:
        right = f"whoosh:{path}" if stamp.engine == "whoosh" else str(path)
        raise IndexUnavailable(faults.other_engine(location, stamp.engine, right))
    if not former and not stamp.present:
        raise IndexUnavailable(other_version(stamp, location))
    return stamp


def other_version(stamp: Stamp, location: str) -> str:
    """The sentence for an index that another version made, with what mends it."""
    expected = current(stamp.engine)
    version = str(stamp) if str(stamp) != str(expected) else f"{stamp}, avec d’autres colonnes"
    if stamp.newer:
        return faults.newer_version(location, version, str(expected))
    return faults.other_version(location, version, str(expected), mendable=True)


def refuse_newer(stamp: Stamp, location: str) -> None:
    """Raise IndexUnavailable for an index that a later version made."""
    if stamp.newer:
        raise IndexUnavailable(other_version(stamp, location))


def write(path: Path, stamp: Stamp) -> None:
    """Make `stamp` the one of the index in `path`, at once and for good. Raises OSError."""
    disk.write_json(path / NAME, asdict(stamp))


def unstamped(path: Path, location: str) -> IndexUnavailable:
    """The error of a place where there is no stamp."""
    if not path.exists() or (path.is_dir() and is_blank(path)):
        return IndexMissing(faults.missing(location))
    return IndexUnavailable(
        faults.damaged(location, NAME) if is_index(path) else faults.foreign(location)
    )


def is_blank(path: Path) -> bool:
    """Return whether a directory without a stamp holds nothing but the start of an index of ours.

    The stamp is there before the first record: files that hold some have lost theirs.
    """
    names = {child.name for child in path.iterdir()}
    if not names:
        return True
    return (
        _LOCK in names
        and names <= {_LOCK, NAME + disk.FRESH, _FIRST}
        and not any(child.suffix in _RECORDS for child in path.glob(f"{_FIRST}/*"))
    )


def is_index(path: Path) -> bool:
    """Return whether a directory holds an index of ours, sound or not."""
    return ((path / NAME).is_file() or (path / _LOCK).is_file()) and any(
        DATA.fullmatch(child.name) for child in path.iterdir()
    )


def following(path: Path) -> str:
    """A name for files that are to take the place of the present ones."""
    numbers = [
        int(match[1])
        for child in path.iterdir()
        if (match := DATA.fullmatch(child.name)) is not None
    ]
    return f"data-{max(numbers, default=0) + 1}"

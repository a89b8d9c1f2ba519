"""Whom must an index never learn again?

A tombstone says that a name was forgotten without saying the name: it is a digest under a
random key, kept beside the index, that only somebody who already has the name can match. It
does not depend on how French is read, since it must outlive that.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from index.engines import disk

NAME = "forgotten.json"

_ACCENTS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")


@dataclass(frozen=True, slots=True)
class Ring:
    """Tombstones under one key: of names without case or accents, and of their very spellings.

    `lengths`, in code points, are those of the spellings: where to look in a text.
    """

    key: bytes
    names: frozenset[str] = frozenset()
    spellings: frozenset[str] = frozenset()
    lengths: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Forgotten:
    """Everybody an index has forgotten.

    >>> forgotten = Forgotten().adding(["Zoé_33"])
    >>> forgotten.knows("ZOE_33"), forgotten.spelled("ZOE_33"), forgotten.knows("Zoé")
    (True, False, False)
    """

    rings: tuple[Ring, ...] = ()

    def __bool__(self) -> bool:
        return any(ring.names for ring in self.rings)

    def knows(self, name: str) -> bool:
        """Whether a name, however it is written, is one of theirs."""
        return any(_mark(ring.key, fold(name)) in ring.names for ring in self.rings)

    def spelled(self, text: str) -> bool:
        """Whether a piece of text is one of their names to the letter."""
        return any(_mark(ring.key, _exact(text)) in ring.spellings for ring in self.rings)

    def mark(self, name: str) -> str:
        """The tombstone of a name under the first key; there must be one."""
        return _mark(self.rings[0].key, fold(name))

    @property
    def lengths(self) -> tuple[int, ...]:
        """How long their names are, longest first."""
        found = {length for ring in self.rings for length in ring.lengths}
        return tuple(sorted(found, reverse=True))

    def adding(self, spellings: Iterable[str]) -> Forgotten:
        """The same with one more person, given every way their name was written."""
        first, *others = self.rings or (Ring(os.urandom(32)),)
        written = tuple(spellings)
        ring = Ring(
            first.key,
            first.names | {_mark(first.key, fold(one)) for one in written},
            first.spellings | {_mark(first.key, _exact(one)) for one in written},
            first.lengths | {len(one) for one in written},
        )
        return Forgotten((ring, *others))

    def __or__(self, other: Forgotten) -> Forgotten:
        rings = {ring.key: ring for ring in self.rings}
        for ring in other.rings:
            mine = rings.get(ring.key, ring)
            rings[ring.key] = Ring(
                ring.key,
                mine.names | ring.names,
                mine.spellings | ring.spellings,
                mine.lengths | ring.lengths,
            )
        return Forgotten(tuple(rings.values()))


def fold(name: str) -> str:
    """A name without case, accents, or spaces that count.

    >>> fold("  Zoé   MARTIN ")
    'zoe martin'
    """
    plain = name if name.isascii() else _ACCENTS.sub("", unicodedata.normalize("NFKD", name))
    return " ".join(plain.casefold().split())


def load(directory: Path) -> Forgotten:
    """Whom the index in a directory has forgotten. Raises OSError, disk.Damaged."""
    try:
        said = disk.read_json(directory / NAME)
    except FileNotFoundError:
        return Forgotten()
    return Forgotten(tuple(map(_ring, said["rings"])))


def save(directory: Path, forgotten: Forgotten) -> None:
    """Keep tombstones beside an index, for its owner's eyes only. Raises OSError."""
    rings = [
        {
            "key": ring.key.hex(),
            "names": sorted(ring.names),
            "spellings": sorted(ring.spellings),
            "lengths": sorted(ring.lengths),
        }
        for ring in forgotten.rings
    ]
    disk.write_json(directory / NAME, {"rings": rings}, mode=0o600)


def _ring(said: Mapping[str, Any]) -> Ring:
    return Ring(
        bytes.fromhex(said["key"]),
        frozenset(said["names"]),
        frozenset(said["spellings"]),
        frozenset(said["lengths"]),
    )


def _exact(text: str) -> str:
    # a space before, so that a spelling never answers for a folded name
    return " " + unicodedata.normalize("NFC", text)


@lru_cache(maxsize=1 << 16)
def _mark(key: bytes, said: str) -> str:
    return blake2b(said.encode("utf-8", "surrogatepass"), key=key, digest_size=16).hexdigest()

"""What may a question also be written as?

A text file that people edit: one line, ways of saying one thing separated by commas; with an
arrow, those on its left may be written as those on its right and not the reverse. It is used
when a question is read, never when a text is, so that a change needs no new index.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from index import french


def read(lines: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Folded words joined by one space → the other ways to say them, as written.

    >>> dict(read(["# un sigle", "IA, intelligence artificielle"]))
    {'ia': ('intelligence artificielle',), 'intelligence artificielle': ('IA',)}
    """
    ways: dict[str, dict[str, str]] = {}
    for line in lines:
        left, arrow, right = line.split("#")[0].partition("->")
        asked = _keyed(left)
        meant = _keyed(right) if arrow else asked
        for word in asked:
            others = ways.setdefault(word, {})
            others.update({other: way for other, way in meant.items() if other != word})
    return MappingProxyType({word: tuple(others.values()) for word, others in ways.items()})


def _keyed(ways: str) -> dict[str, str]:
    return {words: way.strip() for way in ways.split(",") if (words := key(way))}


def key(way: str) -> str:
    """How a way of saying is looked up: its words as texts are read.

    >>> key("Clé d'accès")
    'cle acces'
    """
    return french.read(way).exact


def load(path: Path) -> Mapping[str, tuple[str, ...]]:
    """A file's. Raises OSError; bytes that are no UTF-8 are read as best they can."""
    return read(path.read_text("utf-8", errors="replace").splitlines())


def written(synonyms: Mapping[str, tuple[str, ...]]) -> str:
    """Lines that `_kept` reads without reading French, as `make synonyms` keeps those of Glose."""
    return "".join("\t".join([words, *others]) + "\n" for words, others in synonyms.items())


def _kept(lines: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    rows = (line.split("\t") for line in lines)
    return MappingProxyType({words: tuple(others) for words, *others in rows})


SOURCE = Path(__file__).with_name("synonyms.txt")
KEPT = SOURCE.with_name("synonyms_read.txt")
BUNDLED = _kept(KEPT.read_text("utf-8").splitlines())
"""Those that come with Glose: SOURCE, which `make synonyms` reads once, and no start again."""


if __name__ == "__main__":
    KEPT.write_text(written(load(SOURCE)), "utf-8")

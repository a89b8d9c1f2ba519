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
        source_text, arrow, right = line.split("#")[0].partition("->")
        sources = _keyed(source_text)
        targets = _keyed(right) if arrow else sources
        for word in sources:
            other_ways = ways.setdefault(word, {})
            other_ways.update({key: way for key, way in targets.items() if key != word})
    return MappingProxyType({word: tuple(other_ways.values()) for word, other_ways in ways.items()})


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


def dumped(synonyms: Mapping[str, tuple[str, ...]]) -> str:
    """Return lines that `_load_dumped` reads without reading French, as `make synonyms` writes."""
    return "".join(
        "\t".join([words, *synonyms_of]) + "\n" for words, synonyms_of in synonyms.items()
    )


def _load_dumped(lines: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    rows = (line.split("\t") for line in lines)
    return MappingProxyType({words: tuple(synonyms) for words, *synonyms in rows})


SOURCE = Path(__file__).with_name("synonyms.txt")
KEPT = SOURCE.with_name("synonyms_read.txt")
BUNDLED = _load_dumped(KEPT.read_text("utf-8").splitlines())
"""Those that come with Glose: SOURCE, which `make synonyms` reads once, and no start again."""


if __name__ == "__main__":
    KEPT.write_text(dumped(load(SOURCE)), "utf-8")

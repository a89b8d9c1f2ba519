"""What is a file of JSON, XML or SQLite that no format knows, and what may be done with it?"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

from indexer.files import (
    DAMAGED,
    UNREADABLE,
    CapturedFile,
    DumpTable,
    database,
    dump_tables,
    first_bytes,
    first_members,
    is_dump,
    only_groups,
    open_bytes,
    opening,
    root,
    table_names,
    unreadable,
)
from indexer.refused.matching import HEAD, base_reason
from indexer.reporting import Outcome, Rank, Skipped, shorten

_BOM = b"\xef\xbb\xbf"
_MAGIC = b"SQLite format 3\x00"
_CANONICAL = re.compile(
    rb'"(?:headline|sections|articleBody|datePublished|alternativeHeadline|commentCount)"\s*:'
)
"""Members of canonical articles: a faulty one is told of by its own reader."""
_FEW = 3
"""Members under which an object is somebody's beginning of an article, and no program's."""
_MOST_TABLES = 1000
_OF_PAGES = re.compile(r"(?i)(?:html|head|body|main|article|section|div|p|h[1-6])")
"""Elements with which a page may begin, though it says to be XML."""


class UnknownFormat:
    """A format that fits the JSON, XML and SQLite of programs that nobody here knows."""

    name = "unknown"
    rank = Rank.TEXT

    def fits(self, head: bytes) -> bool:
        """Whether it is a database, XML, or JSON of several members of which none is an article's.

        >>> form = UnknownFormat()
        >>> form.fits(b'{"a": 1, "b": 2, "c": 3}'), form.fits(b'{"headline": "A", "b": 2, "c": 3}')
        (True, False)
        >>> form.fits(b'<?xml version="1.0"?><livejournal>')
        True
        """
        if head.startswith(_MAGIC) or is_dump(head) or _xml_root(head):
            return True
        if not opening.is_json(head) or _CANONICAL.search(head):
            return False
        return only_groups(head) or len(first_members(head)) >= _FEW

    def read(self, file: CapturedFile) -> Iterator[Outcome]:
        """What it is, as far as it tells."""
        yield Skipped(file.name, _reason(file))


def _xml_root(head: bytes) -> str:
    """The name of the first element of XML, "" for anything else and for a page."""
    if not head.removeprefix(_BOM).lstrip().startswith(b"<?xml"):
        return ""
    element = root(head)
    name = element.name.rpartition(":")[2] if element is not None else ""
    return "" if _OF_PAGES.fullmatch(name) else name


def _reason(file: CapturedFile) -> str:
    try:
        head = first_bytes(file.path, HEAD)
    except UNREADABLE as error:
        return unreadable(error)
    if head.startswith(_MAGIC):
        return _database(file.path)
    if is_dump(head):
        return _dumped(file.path)
    if name := _xml_root(head):
        return (
            f"XML d’un programme inconnu (<{shorten(name, 60)}>) ; donnez les pages en HTML, ou un "
            "tableau (CSV)"
        )
    names = shorten(", ".join(first_members(head)) or "aucun membre", 120)
    return (
        f"JSON d’un programme inconnu (membres : {names}) ; headline : manque, "
        "pour qu’un objet soit un article (voir FORMAT.md)"
    )


def _dumped(path: Path) -> str:
    tables: list[DumpTable] = []
    with suppress(*DAMAGED), open_bytes(path) as opened:
        tables = list(islice(dump_tables(opened), _MOST_TABLES))
    listed = shorten(", ".join(sorted({table.name for table in tables})) or "aucune table", 120)
    if tables and not any(table.columns for table in tables):
        return (
            f"sauvegarde SQL sans les noms des colonnes de ses tables ({listed}) : faites-la avec "
            "leur structure (CREATE TABLE)"
        )
    if reason := base_reason({table.name for table in tables}):
        return f"sauvegarde SQL de {reason} ({listed})"
    return (
        f"sauvegarde SQL d’un programme inconnu ({listed}) ; WordPress, SPIP, Dotclear, Isso, "
        "Joomla, Drupal, FluxBB et les actualités de TYPO3 sont lus ainsi ; donnez l’export du "
        "site, ou ses tables en CSV, une par fichier"
    )


def _database(path: Path) -> str:
    try:
        with database(path) as base:
            tables = set(islice(table_names(base), _MOST_TABLES))
    except (sqlite3.Error, *UNREADABLE):
        return "base SQLite illisible"
    if reason := base_reason(tables):
        return f"base de {reason}"
    listed = shorten(", ".join(sorted(filter(str.isprintable, tables))) or "aucune table", 120)
    return f"base SQLite d’un programme inconnu ({listed}) ; exportez-la en CSV ou en JSON Lines"

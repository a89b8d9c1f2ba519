"""What is a file of JSON, XML or SQLite that no format knows, and what may be done with it?"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from itertools import islice
from pathlib import Path
from urllib.parse import quote

from indexer.files import (
    DAMAGED,
    UNREADABLE,
    CapturedFile,
    DumpTable,
    dump_tables,
    first_bytes,
    first_members,
    is_dump,
    only_groups,
    open_bytes,
    opening,
    root,
    unreadable,
)
from indexer.reporting import Outcome, Rank, Skipped, shorten

_BOM = b"\xef\xbb\xbf"
_MAGIC = b"SQLite format 3\x00"
_HEAD = 65536
_CANONICAL = re.compile(
    rb'"(?:headline|sections|articleBody|datePublished|alternativeHeadline|commentCount)"\s*:'
)
"""Members of canonical articles: a faulty one is told of by its own reader."""
_FEW = 3
"""Members under which an object is somebody's beginning of an article, and no program's."""
_TABLES = "donnez les tables de ce qui est public en CSV, une par fichier"
_DRUPAL = "donnez un tableau d’une vue (CSV), ou les pages en HTML"
_JOOMLA = "donnez ses tables en CSV, une par fichier (…_content, …_jcomments)"
_PROGRAMS = (
    ({"wp_posts"}, "WordPress", "exportez-la par Outils → Exporter"),
    ({"posts", "members"}, "Ghost", "donnez le flux public du site"),
    ({"moz_places"}, "Firefox", "elle dit ce que vous avez lu, rien n’y est publié"),
    ({"urls", "visits"}, "Chrome", "elle dit ce que vous avez lu, rien n’y est publié"),
    ({"message", "jid"}, "WhatsApp", "rien n’y est public"),
    ({"crawls_crawl"}, "ArchiveBox", "donnez son dossier archive/"),
    ({"core_snapshot"}, "ArchiveBox", "donnez son dossier archive/"),
    ({"node_field_data"}, "Drupal", _DRUPAL),
    ({"node_revision", "field_data_body"}, "Drupal", _DRUPAL),
    ({"_content", "_extensions"}, "Joomla", _JOOMLA),
    ({"_content", "_users"}, "Joomla", _JOOMLA),
    ({"_posts", "_topics", "_censoring"}, "FluxBB (ou PunBB)", _TABLES),
    ({"_posts", "_topics"}, "phpBB (ou FluxBB)", _TABLES),
    ({"xf_post", "xf_thread"}, "XenForo", _TABLES),
    ({"post", "thread"}, "vBulletin", _TABLES),
    ({"discussions", "discussion_tag"}, "Flarum", _TABLES),
    ({"_posts", "_threads"}, "MyBB", _TABLES),
    ({"_messages", "_topics", "_boards"}, "SMF", _TABLES),
    ({"tt_content"}, "TYPO3", _TABLES),
    (
        {"post_actions", "topics"},
        "Discourse",
        "enregistrez chaque sujet (adresse, suivie de .json)",
    ),
    ({"revision", "page", "text"}, "MediaWiki", "enregistrez les pages en HTML"),
)
"""Databases by the ends of the names of some of their tables: the program, and what to do instead.
"""


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
        head = first_bytes(file.path, _HEAD)
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


def _known(tables: set[str]) -> str:
    """The program that has these tables, with what to do; "" for none that is known."""
    for ends, program, advice in _PROGRAMS:
        if all(any(name.endswith(end) for name in tables) for end in ends):
            return f"{program} : {advice}"
    return ""


def _dumped(path: Path) -> str:
    tables: list[DumpTable] = []
    with suppress(*DAMAGED), open_bytes(path) as opened:
        tables = list(islice(dump_tables(opened), 1000))
    listed = shorten(", ".join(sorted({table.name for table in tables})) or "aucune table", 120)
    if tables and not any(table.columns for table in tables):
        return (
            f"sauvegarde SQL sans les noms des colonnes de ses tables ({listed}) : faites-la avec "
            "leur structure (CREATE TABLE)"
        )
    if known := _known({table.name.lower() for table in tables}):
        return f"sauvegarde SQL de {known} ({listed})"
    return (
        f"sauvegarde SQL d’un programme inconnu ({listed}) ; WordPress, SPIP, Dotclear, Isso, "
        "Joomla, Drupal, FluxBB et les actualités de TYPO3 sont lus ainsi ; donnez l’export du "
        "site, ou ses tables en CSV, une par fichier"
    )


def _database(path: Path) -> str:
    quoted_path = quote(bytes(path.resolve()), safe="/")
    try:
        with closing(sqlite3.connect(f"file:{quoted_path}?mode=ro&immutable=1", uri=True)) as base:
            base.execute("PRAGMA trusted_schema = OFF")
            query = "SELECT CAST(name AS TEXT) FROM sqlite_master WHERE type = 'table' LIMIT 1000"
            tables = {str(name) for (name,) in base.execute(query)}
    except sqlite3.Error:
        return "base SQLite illisible"
    if known := _known(tables):
        return f"base de {known}"
    listed = shorten(", ".join(sorted(filter(str.isprintable, tables))) or "aucune table", 120)
    return f"base SQLite d’un programme inconnu ({listed}) ; exportez-la en CSV ou en JSON Lines"

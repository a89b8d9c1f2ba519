"""What does a SPIP site hold, in its tables exported as CSV, a file each?

The articles are read with the tables beside them whose files have the same name but for the
table's (`spip_articles.csv`, `spip_forum.csv`, `spip_auteurs.csv`…): a forum alone does not
tell which articles are published.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import tzinfo
from functools import partial
from pathlib import Path
from typing import IO

from indexer.article import Publication
from indexer.files import (
    CannotInflate,
    CapturedFile,
    RowTables,
    csv_columns,
    csv_rows,
    open_bytes,
    outcomes,
)
from indexer.reporting import Outcome, Rank, Remark, Skipped
from indexer.spip.articles import staged_articles
from indexer.spip.schema import TABLES

_SIGNS: dict[str, frozenset[str]] = {
    "articles": frozenset(("id_article", "id_rubrique", "titre", "texte", "chapo", "statut")),
    "breves": frozenset(("id_breve", "id_rubrique", "titre", "texte", "statut")),
    "forum": frozenset(("id_forum", "id_parent", "date_heure", "texte", "statut")),
    "auteurs": frozenset(("id_auteur", "nom", "bio", "statut")),
    "rubriques": frozenset(("id_rubrique", "id_parent", "titre", "id_secteur")),
    "mots": frozenset(("id_mot", "titre", "id_groupe")),
    "documents": frozenset(("id_document", "titre", "fichier")),
    "meta": frozenset(("nom", "valeur", "impt")),
    "urls": frozenset(("url", "type", "id_objet")),
    "auteurs_liens": frozenset(("id_auteur", "id_objet", "objet")),
    "mots_liens": frozenset(("id_mot", "id_objet", "objet")),
    "auteurs_articles": frozenset(("id_auteur", "id_article")),
    "mots_articles": frozenset(("id_mot", "id_article")),
    "mots_breves": frozenset(("id_mot", "id_breve")),
    "zones": frozenset(("id_zone", "titre", "publique")),
    "zones_liens": frozenset(("id_zone", "id_objet", "objet")),
    "zones_rubriques": frozenset(("id_zone", "id_rubrique")),
}
"""The columns that tell a table of SPIP's from any other."""
_PAGES = ("articles", "breves")


class SpipCsvFormat:
    """The reader of SPIP's tables in CSV; the same options as `SpipFormat`."""

    name = "spip-csv"
    rank = Rank.EXPORT

    def __init__(
        self, publication: Publication = Publication(), zone: tzinfo | None = None
    ) -> None:
        self._publication = publication
        self._zone = zone

    def named(self, suffix: str, head: bytes) -> bool:
        """Whether its columns are those of a table of SPIP's, whatever its name.

        >>> head = b"id_article,titre,id_rubrique,chapo,texte,statut\\n"
        >>> SpipCsvFormat().named(".csv", head), SpipCsvFormat().named(".csv", b"titre,texte\\n")
        (True, False)
        """
        return _table(head) is not None

    def fits(self, head: bytes) -> bool:
        """The same."""
        return _table(head) is not None

    def read(self, file: CapturedFile) -> Iterator[Outcome]:
        """Its articles, with what the tables beside it say of them."""
        yield from outcomes(file, partial(self._read, file))

    def _read(self, file: CapturedFile, opened: IO[bytes]) -> Iterator[Outcome]:
        table = _table(opened.readline(16384))
        if table is None:
            yield Skipped(file.name, "ce n'est pas une table de SPIP")
            return
        beside = _beside(file.path, table)
        first = next((name for name in _PAGES if name == table or name in beside), None)
        if first is None:
            told = f"spip_{table} se lit avec la table des articles (spip_articles.csv) à côté"
            yield (
                Skipped(file.name, told)
                if table == "forum"
                else Remark("other_kinds", f"table de SPIP sans article : {told}", file.name)
            )
            return
        if first != table:
            told = f"table de SPIP, lue avec {beside[first].name}"
            yield Remark("beside", told, file.name)
            return
        with RowTables.staged() as tables:
            for name, path in {**beside, table: file.path}.items():
                said = file.name if path == file.path else path.name
                yield from _fill(tables, name, path, said)
            yield from staged_articles(tables, file, self._publication, self._zone)


def _table(head: bytes) -> str | None:
    """Which table has these columns, None for one that is not SPIP's."""
    columns = set(csv_columns(head))
    return next((name for name, signs in _SIGNS.items() if signs <= columns), None)


def _beside(path: Path, table: str) -> dict[str, Path]:
    """The other tables in the same folder, by their names."""
    start, found, end = path.name.rpartition(table)
    if not found:
        return {}
    places = {name: path.with_name(f"{start}{name}{end}") for name in TABLES if name != table}
    return {name: place for name, place in places.items() if place.is_file()}


def _fill(tables: RowTables, table: str, path: Path, said: str) -> Iterator[Outcome]:
    """Put the rows of a file in a table, the columns that are read alone."""
    try:
        with open_bytes(path) as opened:
            columns: list[str] = []
            for line, row in csv_rows(opened):
                if isinstance(row, str):
                    yield Skipped(said, row, line)
                    continue
                if not columns:
                    columns = [name for name in TABLES[table] if name in row]
                    tables.create(table, columns)
                if columns:
                    tables.insert(table, [row[name] for name in columns])
    except (CannotInflate, OSError) as error:
        yield Skipped(said, str(error))

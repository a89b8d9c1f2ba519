"""What does a SPIP site hold, in its tables exported as CSV, a file each?"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from indexer.files import CapturedFile, RowTables, SiteOptions, TableFiles, outcomes
from indexer.reporting import Outcome, Rank
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
_FILES = TableFiles("SPIP", TABLES, _SIGNS, pages=("articles", "breves"), threads="forum")


class SpipCsvFormat:
    """The reader of SPIP's tables in CSV."""

    name = "spip-csv"
    rank = Rank.EXPORT

    def __init__(self, options: SiteOptions = SiteOptions()) -> None:
        self._options = options

    def named(self, suffix: str, head: bytes) -> bool:
        """Return whether its columns are those of a table of SPIP's, whatever its name.

        >>> head = b"id_article,titre,id_rubrique,chapo,texte,statut\\n"
        >>> SpipCsvFormat().named(".csv", head), SpipCsvFormat().named(".csv", b"titre,texte\\n")
        (True, False)
        """
        return _FILES.table(head) is not None

    def fits(self, head: bytes) -> bool:
        """The same."""
        return _FILES.table(head) is not None

    def read(self, file: CapturedFile) -> Iterator[Outcome]:
        """Its articles, with what the tables beside it say of them."""

        def articles(tables: RowTables) -> Iterator[Outcome]:
            yield from staged_articles(tables, file, self._options)

        yield from outcomes(file, partial(_FILES.read, file, articles))

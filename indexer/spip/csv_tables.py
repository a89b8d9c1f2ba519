"""What does a SPIP site hold, in its tables exported as CSV, a file each?"""

from __future__ import annotations

from functools import partial

from indexer.files import ReadingOptions, TableFiles, TableFilesFormat
from indexer.spip.articles import staged_articles
from indexer.spip.schema import TABLES

_SIGNS: dict[str, frozenset[str]] = {
    "articles": frozenset(("id_article", "id_rubrique", "titre", "texte", "chapo", "statut")),
    "breves": frozenset(("id_breve", "id_rubrique", "titre", "texte", "statut")),
    "forum": frozenset(("id_forum", "id_parent", "date_heure", "texte", "statut")),
    "signatures": frozenset(("id_signature", "id_article", "nom_email", "message", "statut")),
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


def spip_csv_format(options: ReadingOptions = ReadingOptions()) -> TableFilesFormat:
    """Return the reader of SPIP's tables in CSV.

    >>> head = b"id_article,titre,id_rubrique,chapo,texte,statut\\n"
    >>> spip_csv_format().fits(head), spip_csv_format().fits(b"titre,texte\\n")
    (True, False)
    """
    return TableFilesFormat("spip-csv", _FILES, partial(staged_articles, options=options))

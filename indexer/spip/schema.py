"""Which tables and columns of SPIP are read, from version 1.9 to version 4?

What is not named here is never read: e-mail and IP addresses, passwords, statistics, private
messages, earlier versions of texts. Before SPIP 3, links were in tables of their own
(`spip_auteurs_articles`), and a message of a forum named its object by a column for each kind.
"""

from __future__ import annotations

from typing import NamedTuple

from indexer.files import RowTables

PUBLISHED = ("publie",)
"""The one state that pages show, of articles as of messages: not `prive`, nor `original`."""

TABLES: dict[str, tuple[str, ...]] = {
    "meta": ("nom", "valeur"),
    "articles": (
        *("id_article", "surtitre", "titre", "soustitre", "id_rubrique", "descriptif", "chapo"),
        *("texte", "ps", "date", "statut", "date_modif", "lang", "virtuel"),
    ),
    "breves": (
        *("id_breve", "date_heure", "titre", "texte", "statut", "id_rubrique", "lang"),
        *("lien_titre", "lien_url"),
    ),
    "rubriques": ("id_rubrique", "id_parent", "titre"),
    "auteurs": ("id_auteur", "nom", "statut"),
    "mots": ("id_mot", "titre"),
    "documents": ("id_document", "titre", "statut"),
    "urls": ("id_parent", "url", "type", "id_objet", "date", "perma"),
    "forum": (
        *("id_forum", "id_objet", "objet", "id_article", "id_breve", "id_parent", "date_heure"),
        *("titre", "texte", "auteur", "id_auteur", "statut"),
    ),
    # counted alone: who signed a petition
    "signatures": ("id_article",),
    "auteurs_liens": ("id_auteur", "id_objet", "objet"),
    "mots_liens": ("id_mot", "id_objet", "objet"),
    "auteurs_articles": ("id_auteur", "id_article"),
    "mots_articles": ("id_mot", "id_article"),
    "mots_breves": ("id_mot", "id_breve"),
    "zones": ("id_zone", "publique"),
    "zones_liens": ("id_zone", "id_objet", "objet"),
    "zones_rubriques": ("id_zone", "id_rubrique"),
}
"""The tables by their names without prefix, and of each the columns that are read."""


class Kind(NamedTuple):
    """What pages there are of: their table, and the columns that name and date them."""

    name: str
    table: str
    number: str
    date: str


KINDS = (
    Kind("article", "articles", "id_article", "date"),
    Kind("breve", "breves", "id_breve", "date_heure"),
)


def is_site(tables: RowTables) -> bool:
    """Return whether the tables of a prefix are those of a site."""
    return tables.has("articles", "id_article", "titre", "texte", "statut")

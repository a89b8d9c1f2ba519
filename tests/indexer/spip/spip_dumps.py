"""What does a base of SPIP hold in tests, and what is read in it?"""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

from indexer.article.model import Article
from indexer.pipeline.sources import read
from tests.indexer.outcomes import articles
from tests.indexer.samples import EXPORTS

SPIP_4 = {
    "meta": "nom, valeur",
    "articles": "id_article INTEGER PRIMARY KEY, surtitre, titre, soustitre, id_rubrique,"
    " descriptif, chapo, texte, ps, date, statut, date_modif, lang, virtuel, maj",
    "breves": "id_breve INTEGER PRIMARY KEY, date_heure, titre, texte, statut, id_rubrique, lang",
    "rubriques": "id_rubrique INTEGER PRIMARY KEY, id_parent, titre",
    "auteurs": "id_auteur INTEGER PRIMARY KEY, nom, email, login, pass, statut",
    "auteurs_liens": "id_auteur, id_objet, objet",
    "mots": "id_mot INTEGER PRIMARY KEY, titre",
    "mots_liens": "id_mot, id_objet, objet",
    "urls": "id_parent, url, type, id_objet, date, perma",
    "forum": "id_forum INTEGER PRIMARY KEY, id_objet, objet, id_parent, date_heure, titre, texte,"
    " auteur, email_auteur, statut, ip, id_auteur",
    "zones": "id_zone, titre, publique",
    "zones_liens": "id_zone, id_objet, objet",
}
ARTICLE = {"titre": "Titre", "texte": "Texte.", "date": "2024-05-03 10:46:00", "statut": "publie"}
MESSAGE = {
    "objet": "article",
    "id_objet": 1,
    "id_parent": 0,
    "date_heure": "2024-05-04 10:00:00",
    "texte": "Oui.",
    "auteur": "Yann",
    "statut": "publie",
}
META = {"nom_site": "Le Phare", "adresse_site": "https://phare.example", "langue_site": "fr"}

Rows = dict[str, list[dict[str, object]]]


def dump(path: Path, rows: Rows, meta: dict[str, str] = META, prefix: str = "spip_") -> Path:
    """A base of SPIP 4 with these rows."""
    tables: Rows = {
        "meta": [{"nom": name, "valeur": value} for name, value in meta.items()],
        **rows,
    }
    with sqlite3.connect(path) as base:
        for table, columns in SPIP_4.items():
            base.execute(f"CREATE TABLE {prefix}{table} ({columns})")
            for row in tables.get(table, []):
                base.execute(
                    f"INSERT INTO {prefix}{table} ({', '.join(row)})"
                    f" VALUES ({', '.join('?' * len(row))})",
                    list(row.values()),
                )
    base.close()
    return path


def read_dump(path: Path, rows: Rows, meta: dict[str, str] = META) -> list[Article]:
    return articles(read([dump(path / "spip.sqlite", rows, meta)]))


def tables(folder: Path, *names: str) -> None:
    for name in names:
        shutil.copy(EXPORTS / f"spip_{name}.csv", folder)

"""What is read in a SPIP: its articles, its forums, its addresses, its dates?"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest

from indexer.article.model import Quote
from indexer.pipeline.sources import read
from tests.indexer.outcomes import articles, remarks
from tests.indexer.spip.spip_dumps import ARTICLE, MESSAGE, META, Rows, dump, read_dump


def test_an_article(tmp_path: Path) -> None:
    rows: Rows = {
        "articles": [
            {
                **ARTICLE,
                "id_article": 12,
                "surtitre": "Patrimoine",
                "titre": "02. Le {phare}",
                "soustitre": "Depuis 1866",
                "chapo": "Un {{chapô}}.",
                "descriptif": "Un résumé.",
                "texte": "Texte[[Note.]], voir [->art13] et [->art14].",
                "ps": "Merci[[Autre note.]].",
                "id_rubrique": 2,
                "date_modif": "2024-05-05 11:00:00",
                "maj": "2026-01-01 00:00:00",
                "lang": "fr",
            },
            {**ARTICLE, "id_article": 13, "titre": "01. La dune"},
            {**ARTICLE, "id_article": 14, "titre": "Brouillon papaye", "statut": "prepa"},
        ],
        "rubriques": [
            {"id_rubrique": 1, "id_parent": 0, "titre": "01. La côte"},
            {"id_rubrique": 2, "id_parent": 1, "titre": "Le port"},
        ],
        "auteurs": [
            {"id_auteur": 1, "nom": "Soizic", "statut": "0minirezo"},
            {"id_auteur": 2, "nom": "yann@courrier.example", "statut": "1comite"},
            {"id_auteur": 3, "nom": "Partie", "statut": "5poubelle"},
        ],
        "auteurs_liens": [{"id_auteur": n, "id_objet": 12, "objet": "article"} for n in (1, 2, 3)],
        "mots": [{"id_mot": 5, "titre": "1. mer"}, {"id_mot": 6, "titre": "vent"}],
        "mots_liens": [
            {"id_mot": 5, "id_objet": 12, "objet": "article"},
            {"id_mot": 6, "id_objet": 12, "objet": "rubrique"},
        ],
    }
    article = read_dump(tmp_path, rows)[0]
    assert article.id == "spip:phare.example:article12"
    assert article.headline == "Le phare"
    assert article.alternative_headline == "Patrimoine · Depuis 1866"
    assert article.description == "Un chapô.\nUn résumé."
    assert article.url == "https://phare.example/spip.php?article12"
    assert article.same_as == ("https://phare.example/?article12",)
    assert article.article_section == ("La côte", "Le port")
    assert (article.author, article.keywords) == (("Soizic",), ("mer",))
    assert article.date_published == "2024-05-03T10:46:00+02:00"
    assert article.date_modified == "2024-05-05T11:00:00+02:00"  # not `maj`, a row's stamp
    assert (article.in_language, article.publisher) == ("fr", "Le Phare")
    assert [(section.headline, section.text) for section in article.sections] == [
        (None, "Texte, voir La dune et article 14."),
        ("P.-S.", "Merci."),
        ("Notes", "Note.\nAutre note."),
    ]


def test_a_forum(tmp_path: Path) -> None:
    rows: Rows = {
        "articles": [{**ARTICLE, "id_article": 1}, {**ARTICLE, "id_article": 2}],
        "auteurs": [{"id_auteur": 1, "nom": "Soizic", "statut": "0minirezo"}],
        "forum": [
            {**MESSAGE, "id_forum": 31, "titre": "1. Bravo", "texte": "<quote>Un ?</quote>{Oui}."},
            {**MESSAGE, "id_forum": 32, "id_parent": 31, "auteur": "", "id_auteur": 1},
            {**MESSAGE, "id_forum": 33, "id_parent": 99, "auteur": "y@courrier.example"},
            {**MESSAGE, "id_forum": 30, "date_heure": "2024-05-04 09:00:00", "id_objet": 2},
        ],
    }
    first, second = read_dump(tmp_path, rows)
    name = "spip:phare.example:article1#comment-"
    assert [(c.id, c.parent_id, c.author, c.text) for c in first.comments] == [
        (name + "31", None, "Yann", "Oui."),
        (name + "32", name + "31", "Soizic", "Oui."),
        (name + "33", name + "99", None, "Oui."),
    ]
    assert first.comments[0].citation == (Quote("Un ?"),)
    assert (first.comments[0].headline, first.comments[0].anchor) == ("Bravo", "forum31")
    assert first.comments[0].date_published == "2024-05-04T10:00:00+02:00"
    assert [c.anchor for c in second.comments] == ["forum30"]


ADDRESSES = [
    ({}, ["spip.php?article1", "?article1"]),
    ({"type_urls": "page"}, ["spip.php?article1", "?article1", "Le-phare", "Le-vieux-phare"]),
    ({"type_urls": "propres"}, ["Le-phare", "Le-vieux-phare", "spip.php?article1", "?article1"]),
    ({"type_urls": "propres2"}, ["Le-phare.html", "Le-vieux-phare.html"]),
    ({"type_urls": "propres_qs"}, ["?Le-phare", "?Le-vieux-phare"]),
    ({"type_urls": "arbo"}, ["cote/port/Le-phare", "Le-vieux-phare"]),
    ({"type_urls": "html"}, ["article1.html"]),
    ({"type_urls": "simple"}, ["?page=article&id_article=1"]),
]


@pytest.mark.parametrize(("meta", "expected"), ADDRESSES)
def test_addresses(meta: dict[str, str], expected: Sequence[str], tmp_path: Path) -> None:
    url = {"type": "article", "id_objet": 1, "perma": 0}
    rubric = {"type": "rubrique", "date": "2024", "perma": 0}
    rows: Rows = {
        "articles": [{**ARTICLE, "id_article": 1}],
        "urls": [
            {**url, "url": "Le-vieux-phare", "id_parent": 0, "date": "2020"},
            {**url, "url": "Le-phare", "id_parent": 5, "date": "2024"},
            {**rubric, "url": "port", "id_objet": 5, "id_parent": 4},
            {**rubric, "url": "cote", "id_objet": 4, "id_parent": 0},
        ]
        if meta
        else [],
    }
    [article] = read_dump(tmp_path, rows, {**META, **meta})
    addresses = [
        address.removeprefix("https://phare.example/")
        for address in (article.url, *article.same_as)
    ]
    assert addresses[: len(expected)] == list(expected)
    assert {"spip.php?article1", "?article1"} <= set(addresses)


@pytest.mark.parametrize(
    ("date", "read_as"),
    [
        ("2005-03-00 00:00:00", "2005-03"),
        ("2005-00-00 00:00:00", "2005"),
        ("0000-00-00 00:00:00", None),
        ("2005-03-04 00:00:00", "2005-03-04T00:00:00+01:00"),
        ("", None),
        ("2026-11-20 110:00:00", "2026-11-20"),
    ],
)
def test_dates(date: str, read_as: str | None, tmp_path: Path) -> None:
    [article] = read_dump(tmp_path, {"articles": [{**ARTICLE, "id_article": 1, "date": date}]})
    assert article.date_published == read_as


def test_several_sites_in_a_base_and_other_prefixes(tmp_path: Path) -> None:
    path = tmp_path / "base.sqlite"
    dump(path, {"articles": [{**ARTICLE, "id_article": 1}]}, prefix="blog_")
    dump(
        path,
        {"articles": [{**ARTICLE, "id_article": 1}]},
        {**META, "adresse_site": "https://lande.example"},
        prefix="SITE2_",
    )
    assert [article.id for article in articles(read([path]))] == [
        "spip:phare.example:article1",
        "spip:lande.example:article1",
    ]


def test_a_table_of_articles_alone_is_enough(tmp_path: Path) -> None:
    path = tmp_path / "base.sqlite"
    with sqlite3.connect(path) as base:
        base.execute("CREATE TABLE articles (id_article, titre, texte, statut, id_rubrique)")
        base.execute("CREATE TABLE auteurs_articles (id_auteur, id_article)")
        base.execute("INSERT INTO articles VALUES (3, 'Titre', 'Texte.', 'publie', 1)")
    base.close()
    assert [article.id for article in articles(read([path]))] == ["spip:article3"]


def test_what_is_under_something_else_is_counted(tmp_path: Path) -> None:
    rows: Rows = {
        "articles": [{**ARTICLE, "id_article": 1}],
        "breves": [
            {**ARTICLE, "id_breve": 1, "date_heure": ARTICLE["date"]},  # type: ignore[dict-item]
        ],
        "forum": [
            {**MESSAGE, "id_forum": 1, "objet": "rubrique"},
            {**MESSAGE, "id_forum": 2, "objet": "", "statut": "privrac"},
            {**MESSAGE, "id_forum": 3, "objet": "breve"},
            {**MESSAGE, "id_forum": 4, "id_objet": 99},
        ],
    }
    del rows["breves"][0]["date"]
    outcomes = list(read([dump(tmp_path / "spip.sqlite", rows)]))
    assert [(article.id[-8:], len(article.comments)) for article in articles(outcomes)] == [
        ("article1", 0),
        ("e:breve1", 1),
    ]
    messages = remarks(outcomes)
    assert "rubrique : 1" in messages["elsewhere"]
    assert "article absent : 1" in messages["elsewhere"]
    assert "privrac : 1" in messages["unpublished"]


def test_signatures_of_a_petition_are_told(tmp_path: Path) -> None:
    path = dump(tmp_path / "spip.sqlite", {"articles": [{**ARTICLE, "id_article": 1}]})
    with sqlite3.connect(path) as base:
        base.execute("CREATE TABLE spip_signatures (id_signature, id_article, nom_email, message)")
        base.execute(
            "INSERT INTO spip_signatures VALUES (1, 1, 'Zoé', 'Bravo'), (2, 1, 'Yann', '')"
        )
    base.close()
    outcomes = list(read([path]))
    assert remarks(outcomes)["signatures"] == "2 signatures de pétitions, pas lues"
    assert "Zoé" not in repr(outcomes)

"""What is read in SPIP's dumps and tables, and what of them is never read?"""

from __future__ import annotations

import gzip
import shutil
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import UTC
from pathlib import Path

import pytest

from indexer.article.model import Article, Quote
from indexer.article.publication import Publication
from indexer.files.row_tables import RowTables
from indexer.pipeline.sources import open_file, read
from indexer.reporting.report import Outcome, Remark, Skipped
from indexer.spip import SpipCsvFormat, SpipFormat
from indexer.times import Capture

EXPORTS = Path(__file__).parent / "exports"
SAMPLES = Path(__file__).parents[3] / "shared" / "cases" / "exports"

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
    said: Rows = {"meta": [{"nom": name, "valeur": told} for name, told in meta.items()], **rows}
    with sqlite3.connect(path) as base:
        for table, columns in SPIP_4.items():
            base.execute(f"CREATE TABLE {prefix}{table} ({columns})")
            for row in said.get(table, []):
                base.execute(
                    f"INSERT INTO {prefix}{table} ({', '.join(row)})"
                    f" VALUES ({', '.join('?' * len(row))})",
                    list(row.values()),
                )
    base.close()
    return path


def articles(outcomes: Iterable[Outcome]) -> list[Article]:
    return [one for one in outcomes if isinstance(one, Article)]


def remarks(outcomes: Iterable[Outcome]) -> dict[str, str]:
    return {one.kind: one.message for one in outcomes if isinstance(one, Remark)}


def read_dump(path: Path, rows: Rows, meta: dict[str, str] = META) -> list[Article]:
    return articles(read([dump(path / "spip.sqlite", rows, meta)]))


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
    assert [(one.headline, one.text) for one in article.sections] == [
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


@pytest.mark.parametrize(
    ("state", "public"),
    [
        # the states of ecrire/base/objets.php and of the plugin Forum, SPIP 4.4.28
        *(("publie", True), ("prepa", False), ("prop", False), ("refuse", False)),
        *(("poubelle", False), ("original", False), ("off", False), ("spam", False)),
        *(("prive", False), ("privrac", False), ("privadm", False), ("privoff", False)),
        *(("", False), ("embargo", False), ("1", False), ("oui", False)),
    ],
)
def test_states(state: str, public: bool, tmp_path: Path) -> None:
    rows: Rows = {
        "articles": [{**ARTICLE, "id_article": 1}, {**ARTICLE, "id_article": 2, "statut": state}],
        "breves": [
            {"id_breve": 1, "titre": "Brève", "texte": "Elle.", "statut": state, "date_heure": ""}
        ],
        "forum": [
            {**MESSAGE, "id_forum": 1, "statut": state},
            {**MESSAGE, "id_forum": 2, "id_objet": 2},
        ],
    }
    outcomes = list(read([dump(tmp_path / "spip.sqlite", rows)]))
    found = articles(outcomes)
    assert [len(one.comments) for one in found] == ([1, 1, 0] if public else [0])
    said = remarks(outcomes)
    assert ("unpublished_articles" in said) == ("unpublished" in said) == (not public)


def test_a_state_that_is_asked_for(tmp_path: Path) -> None:
    path = dump(
        tmp_path / "spip.sqlite", {"articles": [{**ARTICLE, "id_article": 1, "statut": "prop"}]}
    )
    form = SpipFormat(Publication(["prop"]), UTC)
    [article] = articles(read([path], forced=form))
    assert article.date_published == "2024-05-03T10:46:00Z"


def test_a_thread_kept_elsewhere_stays_aside_with_its_article(tmp_path: Path) -> None:
    dump(tmp_path / "spip.sqlite", {"articles": [{**ARTICLE, "id_article": 1, "statut": "prop"}]})
    (tmp_path / "isso.json").write_text(
        '[{"id": "/spip.php?article1", "title": "T", "comments":'
        ' [{"id": 1, "author": "Yann", "created": "2024-05-04", "text": "Mirabelle"}]}]'
    )
    assert articles(read([tmp_path])) == []


def test_what_members_alone_see_stays(tmp_path: Path) -> None:
    """The plugin Accès restreint (5.x) closes rubrics, and leaves `publie` on their articles."""
    rows: Rows = {
        "articles": [
            {**ARTICLE, "id_article": 1, "id_rubrique": 2},
            {**ARTICLE, "id_article": 2, "id_rubrique": 3},
        ],
        "rubriques": [
            {"id_rubrique": 1, "id_parent": 0, "titre": "Bureau"},
            {"id_rubrique": 2, "id_parent": 1, "titre": "Comptes"},
            {"id_rubrique": 3, "id_parent": 3, "titre": "En cercle"},
        ],
        "zones": [
            {"id_zone": 1, "titre": "Bureau", "publique": "oui"},
            {"id_zone": 2, "titre": "Espace privé", "publique": "non"},
        ],
        "zones_liens": [
            {"id_zone": 1, "id_objet": 1, "objet": "rubrique"},
            {"id_zone": 2, "id_objet": 3, "objet": "rubrique"},
        ],
    }
    outcomes = list(read([dump(tmp_path / "spip.sqlite", rows)]))
    assert [one.id for one in articles(outcomes)] == ["spip:phare.example:article2"]
    assert "accès restreint" in remarks(outcomes)["unpublished_articles"]
    asked = SpipFormat(Publication(["accès restreint"]))
    assert len(articles(read([tmp_path / "spip.sqlite"], forced=asked))) == 2


def test_a_draft_for_members_is_a_draft_first(tmp_path: Path) -> None:
    rows: Rows = {
        "articles": [{**ARTICLE, "id_article": 1, "id_rubrique": 1, "statut": "prepa"}],
        "rubriques": [{"id_rubrique": 1, "id_parent": 0, "titre": "Bureau"}],
        "zones": [{"id_zone": 1, "titre": "Bureau", "publique": "oui"}],
        "zones_liens": [{"id_zone": 1, "id_objet": 1, "objet": "rubrique"}],
    }
    path = dump(tmp_path / "spip.sqlite", rows)
    asked = SpipFormat(Publication(["accès restreint", "programme"]))
    assert articles(read([path], forced=asked)) == []


@pytest.mark.parametrize(("setting", "kept"), [("non", 1), ("oui", 2)])
def test_an_article_of_a_day_to_come(setting: str, kept: int, tmp_path: Path) -> None:
    """With `post_dates` at `non`, as SPIP installs it, `publie` shows from its date on only."""
    rows: Rows = {
        "articles": [
            {**ARTICLE, "id_article": 1},
            {**ARTICLE, "id_article": 2, "date": "2024-05-20 10:00:00"},
        ]
    }
    path = dump(tmp_path / "spip.sqlite", rows, {**META, "post_dates": setting})
    captured = Capture.parse("2024-05-10")
    assert len(articles(read([path], captured))) == kept


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
    found = [one.removeprefix("https://phare.example/") for one in (article.url, *article.same_as)]
    assert found[: len(expected)] == list(expected)
    assert {"spip.php?article1", "?article1"} <= set(found)


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
    assert [one.id for one in articles(read([path]))] == [
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
    assert [one.id for one in articles(read([path]))] == ["spip:article3"]


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
    assert [(one.id[-8:], len(one.comments)) for one in articles(outcomes)] == [
        ("article1", 0),
        ("e:breve1", 1),
    ]
    said = remarks(outcomes)
    assert "rubrique : 1" in said["elsewhere"]
    assert "article absent : 1" in said["elsewhere"]
    assert "privrac : 1" in said["unpublished"]


def test_a_dump_in_xml_of_spip_1_9() -> None:
    outcomes = list(read([EXPORTS / "spip.xml"]))
    article, brief = articles(outcomes)
    assert article.id == "spip:ancien-phare.example:article3"
    assert (article.headline, article.date_published) == ("La brume", "2006-03")
    assert article.sections[0].text == "Elle vient de loin, dit article 2.\nBonne nuit"
    assert (article.author, article.keywords) == (("Soizic",), ("mer",))
    assert article.article_section == ("La côte",)
    assert [(one.author, one.text) for one in article.comments] == [("Yann", "Je l'ai vue.")]
    assert brief.url == "http://ancien-phare.example/spip.php?breve7"
    assert [one.headline for one in brief.sections] == [None, "Voir en ligne"]
    assert [(one.author, one.text) for one in brief.comments] == [("Zoé", "Blanche.")]
    said = remarks(outcomes)
    assert said.keys() == {"unpublished_articles", "unpublished", "elsewhere", "zone"}


def test_an_earlier_dump_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "dump.xml"
    path.write_text(
        '<?xml version="1.0"?>\n<SPIP version="SPIP 1.8">\n<article>\n</article></SPIP>'
    )
    [skipped] = list(read([path]))
    assert isinstance(skipped, Skipped)
    assert "sauvegarde de SPIP" in skipped.reason


def tables(folder: Path, *names: str) -> None:
    for name in names:
        shutil.copy(EXPORTS / f"spip_{name}.csv", folder)


def test_tables_in_csv(tmp_path: Path) -> None:
    tables(tmp_path, "articles", "forum", "auteurs", "auteurs_liens")
    outcomes = list(read([tmp_path]))
    first, second = articles(outcomes)
    assert (first.id, first.headline, first.author) == ("spip:article1", "La grève", ("Soizic",))
    assert [(one.author, one.text) for one in first.comments] == [
        ("Yann", "Oui, vraiment."),
        ("Soizic", "Merci."),
    ]
    assert first.sections[0].headline == "Le matin"
    assert first.sections[0].text == "On y va à pied, puis La dune.\nun seau ;\nune pelle."
    assert second.description is None
    assert not [one for one in outcomes if isinstance(one, Skipped)]
    assert [one.kind for one in outcomes if isinstance(one, Remark)].count("beside") == 3


def test_articles_alone_in_csv(tmp_path: Path) -> None:
    tables(tmp_path, "articles")
    assert len(articles(read([tmp_path]))) == 2
    form = SpipCsvFormat(site="https://phare.example")
    first = articles(read([tmp_path / "spip_articles.csv"], forced=form))[0]
    assert first.id == "spip:phare.example:article1"
    assert first.url == "https://phare.example/spip.php?article1"


def test_a_forum_alone_does_not_tell_which_articles_are_public(tmp_path: Path) -> None:
    tables(tmp_path, "forum")
    [skipped] = list(read([tmp_path]))
    assert isinstance(skipped, Skipped)
    assert "« articles » à côté" in skipped.reason


def test_nothing_private_leaves_the_file(tmp_path: Path) -> None:
    tables(tmp_path, "articles", "forum", "auteurs", "auteurs_liens")
    shutil.copy(EXPORTS / "spip.xml", tmp_path)
    rows: Rows = {
        "articles": [{**ARTICLE, "id_article": 1}],
        "auteurs": [
            {"id_auteur": 1, "nom": "S", "email": "s@courrier.example", "pass": "0123456789abcdef"}
        ],
        "forum": [
            {**MESSAGE, "id_forum": 1, "email_auteur": "z@courrier.example", "ip": "192.0.2.9"},
            {**MESSAGE, "id_forum": 2, "texte": "Mirabelle", "statut": "prive"},
        ],
    }
    dump(tmp_path / "spip.sqlite", rows)
    said = " ".join(map(str, read([tmp_path])))
    assert len(articles(read([tmp_path]))) == 5
    for private in ("courrier.example", "192.0.2", "0123456789", "irabelle", "apaye", "oyave"):
        assert private not in said


def test_a_base_is_not_written_to(tmp_path: Path) -> None:
    path = dump(tmp_path / "spip.sqlite", {"articles": [{**ARTICLE, "id_article": 1}]})
    path.chmod(0o400)
    before = path.read_bytes()
    first, again = list(read([path])), list(read([path]))
    assert (first, path.read_bytes()) == (again, before)
    assert [one.name for one in tmp_path.iterdir()] == ["spip.sqlite"]


def test_a_compressed_base(tmp_path: Path) -> None:
    plain = dump(tmp_path / "spip.sqlite", {"articles": [{**ARTICLE, "id_article": 1}]})
    packed = tmp_path / "nuit" / "spip.sqlite.gz"
    packed.parent.mkdir()
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert articles(read([packed])) == articles(read([plain]))
    packed.write_bytes(packed.read_bytes()[:-200])
    [skipped] = list(read([packed], forced=SpipFormat()))
    assert isinstance(skipped, Skipped)
    assert "endommagé" in skipped.reason


def test_a_base_that_swells_past_reason_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = dump(tmp_path / "spip.sqlite", {"articles": [{**ARTICLE, "id_article": 1}]})
    packed = tmp_path / "spip.sqlite.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    monkeypatch.setattr("indexer.files.databases._RATIO", 2)
    monkeypatch.setattr("indexer.files.databases._SMALL", 1000)
    [skipped] = list(read([packed], forced=SpipFormat()))
    assert isinstance(skipped, Skipped)
    assert "2 fois" in skipped.reason


def test_the_schema_is_found_wherever_it_is(tmp_path: Path) -> None:
    """In what SPIP 4.4.28 dumped, no `CREATE TABLE` is in the first 64 KiB."""
    path = tmp_path / "spip.sqlite"
    with sqlite3.connect(path) as base:
        base.execute("CREATE TABLE aaa (x)")
        base.executemany("INSERT INTO aaa VALUES (?)", [("mot " * 1000,)] * 100)
        for n in range(300):
            base.execute(f"CREATE TABLE other_{n} ({', '.join(f'column_{i}' for i in range(30))})")
    base.close()
    dump(path, {"articles": [{**ARTICLE, "id_article": 1}]})
    assert b"id_rubrique" not in path.read_bytes()[:65536]
    opened = open_file(path)
    assert isinstance(opened, tuple)
    assert opened[1].name == "spip"


def test_one_thread_is_held_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the order of rows in the base, and the number of messages of other things."""
    rows: Rows = {
        "articles": [{**ARTICLE, "id_article": n} for n in range(1, 101)],
        "forum": [
            {**MESSAGE, "id_forum": n, "id_objet": n % 100 + 1, "objet": objet}
            for n, objet in enumerate(["article"] * 1000 + ["rubrique"] * 1000)
        ],
    }
    path = dump(tmp_path / "spip.sqlite", rows)
    read_rows: list[int] = []
    plain = RowTables.rows

    def counted(self: RowTables, table: str, *args: object, **more: object) -> Iterable[object]:
        for row in plain(self, table, *args, **more):  # type: ignore[arg-type]
            read_rows.append(1)
            yield row

    monkeypatch.setattr(RowTables, "rows", counted)
    outcomes = read([path])
    first = next(one for one in outcomes if isinstance(one, Article))
    assert len(first.comments) == 10
    assert len(read_rows) < 40
    assert [len(one.comments) for one in articles(outcomes)] == [10] * 99


@pytest.mark.skipif(not SAMPLES.exists(), reason="the shared samples are not here")
def test_what_spip_4_4_28_dumped() -> None:
    outcomes = list(read([SAMPLES / "spip-4.4.28-dump.sqlite"]))
    [article] = articles(outcomes)
    assert [one.text for one in article.comments] == [
        "Bel article vraiment, mirabelle.",
        "Merci.\nun lien",
    ]
    said = str(outcomes)
    assert not [word for word in ("quetsche", "apaye", "192.0.2", "lecteurs") if word in said]
    assert remarks(outcomes)["unpublished"].startswith("8 ")
    assert remarks(outcomes)["unpublished_articles"].startswith("4 ")

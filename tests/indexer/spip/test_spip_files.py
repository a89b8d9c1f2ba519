"""In which files does a SPIP come: bases, dumps in XML, tables in CSV?"""

from __future__ import annotations

import gzip
import sqlite3
from pathlib import Path

import pytest

from indexer.article.model import Article
from indexer.files import ReadingOptions
from indexer.pipeline.sources import open_file, read
from indexer.reporting.report import Remark, Skipped
from indexer.spip import SpipFormat, spip_csv_format
from tests.indexer.outcomes import articles, remarks
from tests.indexer.samples import EXPORTS
from tests.indexer.spip.spip_dumps import ARTICLE, MESSAGE, Rows, dump, tables
from tests.shared import SHARED

CASES = SHARED / "cases" / "exports"


def test_a_dump_in_xml_of_spip_1_9() -> None:
    outcomes = list(read([EXPORTS / "spip.xml"]))
    article, brief = articles(outcomes)
    assert article.id == "spip:ancien-phare.example:article3"
    assert (article.headline, article.date_published) == ("La brume", "2006-03")
    assert article.sections[0].text == "Elle vient de loin, dit article 2.\nBonne nuit"
    assert (article.author, article.keywords) == (("Soizic",), ("mer",))
    assert article.article_section == ("La côte",)
    assert [(comment.author, comment.text) for comment in article.comments] == [
        ("Yann", "Je l'ai vue.")
    ]
    assert brief.url == "http://ancien-phare.example/spip.php?breve7"
    assert [section.headline for section in brief.sections] == [None, "Voir en ligne"]
    assert [(comment.author, comment.text) for comment in brief.comments] == [("Zoé", "Blanche.")]
    messages = remarks(outcomes)
    assert messages.keys() == {"unpublished_articles", "unpublished", "elsewhere", "zone"}


def test_an_earlier_dump_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "dump.xml"
    path.write_text(
        '<?xml version="1.0"?>\n<SPIP version="SPIP 1.8">\n<article>\n</article></SPIP>'
    )
    [skipped] = list(read([path]))
    assert isinstance(skipped, Skipped)
    assert "sauvegarde de SPIP" in skipped.reason


def test_tables_in_csv(tmp_path: Path) -> None:
    tables(tmp_path, "articles", "forum", "auteurs", "auteurs_liens")
    outcomes = list(read([tmp_path]))
    first, second = articles(outcomes)
    assert (first.id, first.headline, first.author) == ("spip:article1", "La grève", ("Soizic",))
    assert [(comment.author, comment.text) for comment in first.comments] == [
        ("Yann", "Oui, vraiment."),
        ("Soizic", "Merci."),
    ]
    assert first.sections[0].headline == "Le matin"
    assert first.sections[0].text == "On y va à pied, puis La dune.\nun seau ;\nune pelle."
    assert second.description is None
    assert not [outcome for outcome in outcomes if isinstance(outcome, Skipped)]
    assert [outcome.kind for outcome in outcomes if isinstance(outcome, Remark)].count(
        "beside"
    ) == 3


def test_articles_alone_in_csv(tmp_path: Path) -> None:
    tables(tmp_path, "articles")
    assert len(articles(read([tmp_path]))) == 2
    form = spip_csv_format(ReadingOptions(site="https://phare.example"))
    first = articles(read([tmp_path / "spip_articles.csv"], forced=form))[0]
    assert first.id == "spip:phare.example:article1"
    assert first.url == "https://phare.example/spip.php?article1"


def test_a_forum_alone_does_not_tell_which_articles_are_public(tmp_path: Path) -> None:
    tables(tmp_path, "forum")
    [skipped] = list(read([tmp_path]))
    assert isinstance(skipped, Skipped)
    assert "« articles » à côté" in skipped.reason


def test_a_base_is_not_written_to(tmp_path: Path) -> None:
    path = dump(tmp_path / "spip.sqlite", {"articles": [{**ARTICLE, "id_article": 1}]})
    path.chmod(0o400)
    before = path.read_bytes()
    first, second = list(read([path])), list(read([path]))
    assert (first, path.read_bytes()) == (second, before)
    assert [path.name for path in tmp_path.iterdir()] == ["spip.sqlite"]


def test_a_compressed_base(tmp_path: Path) -> None:
    uncompressed = dump(tmp_path / "spip.sqlite", {"articles": [{**ARTICLE, "id_article": 1}]})
    packed = tmp_path / "nuit" / "spip.sqlite.gz"
    packed.parent.mkdir()
    packed.write_bytes(gzip.compress(uncompressed.read_bytes()))
    assert articles(read([packed])) == articles(read([uncompressed]))
    packed.write_bytes(packed.read_bytes()[:-200])
    [skipped] = list(read([packed], forced=SpipFormat()))
    assert isinstance(skipped, Skipped)
    assert "endommagé" in skipped.reason


def test_a_base_that_swells_past_reason_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    uncompressed = dump(tmp_path / "spip.sqlite", {"articles": [{**ARTICLE, "id_article": 1}]})
    packed = tmp_path / "spip.sqlite.gz"
    packed.write_bytes(gzip.compress(uncompressed.read_bytes()))
    monkeypatch.setattr("indexer.files.databases.opened_base._RATIO", 2)
    monkeypatch.setattr("indexer.files.databases.opened_base._SMALL", 1000)
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
    file = open_file(path)
    assert isinstance(file, tuple)
    assert file[1].name == "spip"


def test_one_thread_is_held_at_a_time(tmp_path: Path, rows_given: list[str]) -> None:
    """Whatever the order of rows in the base, and the number of messages of other things."""
    rows: Rows = {
        "articles": [{**ARTICLE, "id_article": n} for n in range(1, 101)],
        "forum": [
            {**MESSAGE, "id_forum": n, "id_objet": n % 100 + 1, "objet": objet}
            for n, objet in enumerate(["article"] * 1000 + ["rubrique"] * 1000)
        ],
    }
    path = dump(tmp_path / "spip.sqlite", rows)
    outcomes = read([path])
    first = next(outcome for outcome in outcomes if isinstance(outcome, Article))
    assert len(first.comments) == 10
    assert len(rows_given) < 40
    assert [len(article.comments) for article in articles(outcomes)] == [10] * 99


@pytest.mark.skipif(not CASES.exists(), reason="the shared samples are not here")
def test_what_spip_4_4_28_dumped() -> None:
    outcomes = list(read([CASES / "spip-4.4.28-dump.sqlite"]))
    [article] = articles(outcomes)
    assert [comment.text for comment in article.comments] == [
        "Bel article vraiment, mirabelle.",
        "Merci.\nun lien",
    ]
    text = str(outcomes)
    assert not [word for word in ("quetsche", "apaye", "192.0.2", "lecteurs") if word in text]
    assert remarks(outcomes)["unpublished"].startswith("8 ")
    assert remarks(outcomes)["unpublished_articles"].startswith("4 ")

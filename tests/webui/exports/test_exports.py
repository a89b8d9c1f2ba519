"""Do the table and the feed hold every answer, in a form that others read?"""

from __future__ import annotations

import csv
import gc
import io
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import flask
import pytest
from flask.testing import FlaskClient
from lxml import etree

from index import engines
from index.answering import searching
from index.record import About, Record
from index.results import Results
from index.writing import writing
from webui import create_app

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def rows(client: FlaskClient, address: str) -> list[dict[str, str]]:
    answer = client.get(address)
    assert answer.data.startswith("\ufeff".encode())
    assert re.fullmatch(
        r'attachment; filename="glose(-[a-z0-9]+)*-\d{4}-\d\d-\d\d\.csv"',
        answer.headers["Content-Disposition"],
    )
    text = answer.data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def test_the_table_goes_to_the_end(client: FlaskClient) -> None:
    table_rows = rows(client, "/search.csv?q=pagination&size=2")
    assert len(table_rows) == len({row["Identifiant"] for row in table_rows}) == 31
    [row] = rows(client, "/search.csv?q=avocat")
    assert row["Texte"] == "Le NDA interdit tout. L’avocat des artistes le dira."
    assert row["Genre"] == "commentaire"
    assert row["Auteur"] == "Zoé"
    assert row["Lien"] == "http://localhost/article/demo:sora#comment-17"


def test_times_are_in_one_zone_as_spreadsheets_read_them(client: FlaskClient) -> None:
    shapes = {
        "seconde": r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d",
        "minute": r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d",
        "jour": r"\d{4}-\d\d-\d\d",
        "mois": r"\d{4}-\d\d",
        "année": r"\d{4}",
        "inconnue": r"",
    }
    all_rows = rows(client, "/search.csv?q=-zzyzx")
    assert len({row["Précision"] for row in all_rows}) > 1
    for row in all_rows:
        assert re.fullmatch(shapes[row["Précision"]], row["Date"]), row


def test_a_table_longer_than_a_page_is_whole(client: FlaskClient) -> None:
    all_rows = rows(client, "/search.csv?q=-zzyzx")
    assert len(all_rows) == client.get("/search.json?q=-zzyzx").get_json()["totals"]["passages"]
    assert len(all_rows) > 60


def test_a_page_of_answers_at_a_time_is_in_memory(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []
    search = searching.search

    def watched(*arguments: Any, **options: Any) -> Results:
        results = search(*arguments, **options)
        sizes.append(sum(type(object_) is Results for object_ in gc.get_objects()))
        return results

    gc.collect()
    before = sum(type(object_) is Results for object_ in gc.get_objects())
    monkeypatch.setattr("webui.asking._PORTION", 3)
    monkeypatch.setattr("index.answering.searching.search", watched)
    answer = client.get("/search.csv?q=pagination", buffered=False)
    # in as many pieces as pages at least
    assert sum(1 for _ in answer.response) >= 11
    answer.close()
    assert len(sizes) == 11
    # the first, the one that was written, and the one that follows
    assert max(sizes) - before <= 3


def test_no_cell_is_a_formula(client: FlaskClient) -> None:
    table_rows = rows(client, "/search.csv?q=-zzyzx")
    assert any("<script>" in cell for row in table_rows for cell in row.values())
    for row in table_rows:
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row.values())


def test_the_feed_is_read_by_a_parser(client: FlaskClient) -> None:
    first = client.get("/search.atom?q=nda").data
    feed = etree.fromstring(first)
    entries = feed.xpath("a:entry", namespaces=ATOM)
    assert len(entries) == 2
    dates = feed.xpath("a:entry/a:updated/text()", namespaces=ATOM)
    assert dates == sorted(dates, reverse=True)
    ids = feed.xpath("//a:id/text()", namespaces=ATOM)
    assert len(set(ids)) == len(ids) == 3
    parsed = etree.fromstring(client.get("/search.atom?q=nda").data)
    assert parsed.xpath("//a:id/text()", namespaces=ATOM) == ids
    links = feed.xpath("a:entry/a:link[@rel='alternate']/@href", namespaces=ATOM)
    page = "http://localhost/article/demo:sora?q=nda"
    assert set(links) == {f"{page}#comment-17", f"{page}#comment-18"}


def test_hostile_words_are_text_in_the_feed(client: FlaskClient) -> None:
    hostile_feed = client.get("/search.atom", query_string={"q": 'hostile \x08]]><b>"&'}).data
    assert "]]><b>" in etree.fromstring(hostile_feed).findtext("a:title", namespaces=ATOM)
    feed = etree.fromstring(client.get("/search.atom?q=hostile").data)
    assert "<script>" in "".join(feed.itertext())
    assert not feed.xpath("//*[local-name()='script']")


def test_a_feed_says_when_each_passage_was_first_seen(app_of: Callable[..., flask.Flask]) -> None:
    # the comment of 2010 was indexed last: to whoever follows the question, it is the newest
    old = replace(sora_like("b"), start="2010-01-01T00:00:00Z", end="2010-01-01T00:00:00Z")
    app = app_of([sora_like("a")])
    writing.write(app.extensions["engine"], [[old]], seen=1_733_500_000)
    feed = etree.fromstring(app.test_client().get("/search.atom?q=zibeline").data)
    dates = [element.text for element in feed.iterfind("{*}entry/{*}updated")]
    assert sorted(dates) == ["2024-11-30T20:53:20+00:00", "2024-12-06T15:46:40+00:00"]
    published = [element.text for element in feed.iterfind("{*}entry/{*}published")]
    assert "2010-01-01T00:00:00Z" in published
    assert dates == sorted(dates, reverse=True)


def sora_like(id: str) -> Record:
    moment = "2024-12-02T09:08:00+01:00"
    return Record(f"demo:{id}", "lead", About(f"demo:{id}", "Une zibeline"), 0, "Une zibeline",
                  start=moment, end=moment, precision="minute")  # fmt: skip


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("", ("Titre — Une zibeline", "Une zibeline")),
        ("La zibeline dort.", ("Chapô — Une zibeline", "La zibeline dort.")),
    ],
)
def test_an_entry_of_a_title_says_it(
    app_of: Callable[..., flask.Flask], text: str, entry: tuple[str, str]
) -> None:
    client = app_of([replace(sora_like("a"), text=text)]).test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "fr"
    feed = etree.fromstring(client.get("/search.atom?q=zibeline").data)
    assert (
        feed.findtext("a:entry/a:title", "", ATOM),
        feed.findtext("a:entry/a:summary", "", ATOM),
    ) == entry


def test_an_entry_keeps_its_name_when_its_site_renumbers() -> None:
    engine = engines.open(":memory:")
    client = create_app(engine).test_client()

    def ids(*comments: Record) -> dict[str, str]:
        writing.write(
            engine, [[Record("a#lead", "lead", About("a", "A"), 0, "A"), *comments]], seen=1
        )
        entries = etree.fromstring(client.get("/search.atom?q=zibeline").data).iterfind(
            "a:entry", ATOM
        )
        texts = [[entry.findtext(f"a:{name}", "", ATOM) for name in ("summary", "id")]
                 for entry in entries]  # fmt: skip
        return {str(summary): str(id) for summary, id in texts}

    first = Record("a#c1", "comment", About("a", "A"), 1, "", "La zibeline dort.")
    before = ids(first)
    assert ids(replace(first, id="a#c9")) == before
    another = replace(first, text="Une zibeline court.")
    after = ids(replace(first, id="a#c9", position=2), another)
    assert after.items() > before.items()
    assert len(set(after.values())) == 2

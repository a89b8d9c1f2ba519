"""Do spreadsheets take the tables: every cell as it was written, and none as a formula?"""

from __future__ import annotations

import csv
import datetime as dt
import io
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import flask
import openpyxl  # type: ignore[import-untyped]
import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from index.answering import search
from index.record import About, Quote, Record
from indexer.times import period
from webui.addresses.links import Links
from webui.exports import tables
from webui.exports.walking import walk
from webui.locale.text import Tongue

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
TEXTS = (
    "=1+1 zibeline", "+1 zibeline", "-1 zibeline", "@SUM(1+1)*cmd|' /C calc'!A0 zibeline",
    "- Oui, dit la zibeline.", "— Non, dit l’autre zibeline.", "– Peut-être, zibeline.",
    "+1, la zibeline a raison", "@Zoé la zibeline, non ?", "\t=1+1 zibeline", "\uff1d1+1 zibeline",
    " =HYPERLINK(\"http://a.example\") zibeline", "'zibeline", "\"zibeline\";a",
    "zibeline\nà la ligne", "2024-05-02 zibeline", "1e3 zibeline", "00123 zibeline",
)  # fmt: skip
# What a spreadsheet would write otherwise where it is a whole cell, and what it would not.
REWRITTEN = (
    "007", "0042", "06 12 34 56 78", "01.02.03.04.05", "1/2", "3-4", "12:30", "12.5", "12,50",
    "1 200", "3e5", "1E-3", "12345678901234567", "3 mars", "mars 2024", "3 déc. 2024", "May 5",
    "10 %", "(12)", "2024-05-02", "1, 2",
)  # fmt: skip
UNCHANGED = ("1984", "0", "12", "mars", "Mai", "Marie", "3 bises", "Zoé 007", "1984, Orwell")


def records() -> list[Record]:
    about = About("demo:z", "=Zibelines, +1", None, authors=("-Jean",), categories=("@IA",))
    return [
        Record(f"demo:z#comment-{n}", "comment", about, n, "", text, anchor=f"comment-{n}",
               author=f"={n}")
        for n, text in enumerate(TEXTS)
    ]  # fmt: skip


@pytest.fixture
def zibelines(app_of: Callable[..., flask.Flask]) -> FlaskClient:
    client = app_of(records()).test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "fr"
    return client


def rows(client: FlaskClient, q: str = "zibeline") -> list[dict[str, str]]:
    text = client.get("/search.csv", query_string={"q": q}).data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def bare(cell: str) -> str:
    return cell.removeprefix(tables.MARK)


def test_cells_are_seen_as_they_were_written(zibelines: FlaskClient) -> None:
    row_by_id = {row["Identifiant"]: row for row in rows(zibelines)}
    for record in records():
        row = row_by_id[record.id]
        assert bare(row["Texte"]) == record.text
        assert bare(row["Auteur"]) == record.author
        for cell in row.values():
            # what a spreadsheet sees of it once it has passed over the spaces
            assert not cell.strip().startswith(("=", "+", "-", "@", "\uff1d"))


def test_the_words_found_have_a_column(client: FlaskClient) -> None:
    words_by_id = {
        row["Identifiant"]: row["Mots trouvés"] for row in rows(client, "artistes OU nda")
    }
    assert words_by_id["demo:sora#comment-17"] == "NDA, artistes"
    assert words_by_id["demo:sora#comment-21"] == "artistes"
    [phrase] = rows(client, '"travail gratuit" dans:article red')
    assert phrase["Mots trouvés"] == "red, travail gratuit"


def test_words_found_in_a_quote_or_a_title_are_said(app_of: Callable[..., flask.Flask]) -> None:
    about = About("demo:z", "La zibeline")
    quoted = Record("demo:z#comment-1", "comment", about, 2, "", "Tout à fait.",
                    (Quote("Une zibeline, ici.", "Zoé"),), "comment-1")  # fmt: skip
    lead = Record("demo:z", "lead", about, 0, about.title, "")
    client = app_of([lead, quoted]).test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "fr"
    assert [row["Mots trouvés"] for row in rows(client)] == ["zibeline", "zibeline"]
    # an article without a standfirst answers by its title
    heads = [row for row in rows(client) if row["Genre"] != "commentaire"]
    assert [(row["Genre"], row["Texte"]) for row in heads] == [("titre", "La zibeline")]


def cells(client: FlaskClient, address: str) -> list[list[Any]]:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.mimetype.endswith("spreadsheetml.sheet")
    assert ".xlsx" in answer.headers["Content-Disposition"]
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} <= {"s", "d"}
    return [[cell.value or "" for cell in row] for row in sheet.iter_rows()]


def test_a_spreadsheet_has_the_same_cells(zibelines: FlaskClient) -> None:
    heading, *table_rows = cells(zibelines, "/search.xlsx?q=zibeline")
    table = rows(zibelines)
    assert heading == list(table[0])
    assert [[bare(cell) for cell in row.values()] for row in table] == table_rows
    place = heading.index("Texte")
    assert {row[place] for row in table_rows} == set(TEXTS)


def test_days_and_instants_are_dates_in_a_spreadsheet(app_of: Callable[..., flask.Flask]) -> None:
    first, second, third, old = records()[:4]
    about = replace(first.about, published="2024-12-02T09:08:00+01:00")
    daily = replace(about, published="2024-12-02T00:00:00+01:00")
    dated = [
        replace(first, about=about, start="2024-12-02T23:30:00+00:00", precision="minute"),
        replace(second, about=daily, start="2024-12-03", precision="day"),
        replace(third, about=about, start="2024-12-01T00:00:00+01:00", precision="month"),
        replace(old, about=about, start="1899-12-31T10:00:00+00:00", precision="day"),
    ]
    client = app_of(dated).test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "fr"
    heading, *listed = cells(client, "/search.xlsx?q=zibeline")
    places = {name: heading.index(name) for name in ("Identifiant", "Publié", "Date")}
    dates = {row[places["Identifiant"]]: row[places["Date"]] for row in listed}
    published = {row[places["Publié"]] for row in listed}
    assert published == {dt.datetime(2024, 12, 2, 9, 8), dt.datetime(2024, 12, 2)}
    assert "2024-12-02" in [row["Publié"] for row in rows(client)]
    assert [dates[record.id] for record in dated] == [
        dt.datetime(2024, 12, 3, 0, 30), dt.datetime(2024, 12, 3), "2024-12", "1899-12-31",
    ]  # fmt: skip
    sheet = openpyxl.load_workbook(io.BytesIO(client.get("/search.xlsx?q=zibeline").data)).active
    assert sheet.auto_filter.ref == f"A1:O{len(listed) + 1}"


def test_an_hour_that_comes_twice_is_told_apart(app_of: Callable[..., flask.Flask]) -> None:
    times = {
        "2024-10-27T02:30:00+02:00": "minute, heure d’été",
        "2024-10-27T01:30:00Z": "minute, heure d’hiver",
        "2024-10-27T03:30:00+01:00": "minute",
    }
    stored = records()[: len(times)]
    dated = [
        replace(record, start=time, end=time, precision="minute")
        for record, time in zip(stored, times, strict=True)
    ]
    client = app_of(dated).test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "fr"
    table = {row["Identifiant"]: row for row in rows(client)}
    listed = [table[record.id] for record in dated]
    assert [row["Précision"] for row in listed] == list(times.values())
    # and a time is one that spreadsheets know
    assert [row["Date"][11:16] for row in listed] == ["02:30", "02:30", "03:30"]


@pytest.mark.parametrize("day", ["0987-07-03", "1880-05-12", "1911-03-10", "0001-01-01"])
def test_days_of_old_are_written_whole(app_of: Callable[..., flask.Flask], day: str) -> None:
    dated = period(day)
    about = replace(records()[0].about, published=dated.start)
    old = replace(
        records()[0], about=about, start=dated.start, end=dated.end, precision=dated.precision
    )
    client = app_of([old]).test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "fr"
    [row] = rows(client)
    assert (row["Publié"], row["Date"], row["Date au plus tard"]) == (day, day, day)
    heading, line = cells(client, "/search.xlsx?q=zibeline")
    dates = [line[heading.index(name)] for name in ("Publié", "Date", "Date au plus tard")]
    written = [date if isinstance(date, str) else date.strftime("%Y-%m-%d") for date in dates]
    assert written == [day, day, day]


def test_lines_end_alike_in_every_cell(app_of: Callable[..., flask.Flask]) -> None:
    text = "Une zibeline.\r\nDeux.\rTrois.\nQuatre."
    client = app_of([replace(records()[0], text=text)]).test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "fr"
    heading, row = cells(client, "/search.xlsx?q=zibeline")
    [line] = rows(client)
    expected = "Une zibeline.\nDeux.\nTrois.\nQuatre."
    assert row[heading.index("Texte")] == line["Texte"] == expected


def test_a_sheet_holds_so_many_rows_and_says_so(client: FlaskClient) -> None:
    app = client.application
    answer = client.get("/search.json?q=pagination&size=100&group=none").get_json()
    assert answer["totals"]["passages"] == 31
    engine = app.extensions["engine"]

    def page(number: int) -> Any:
        now = dt.datetime(2024, 12, 5, tzinfo=dt.UTC)
        return search(engine.reader(), "pagination", now=now, page=number, size=7, group=False,
                      uncut=True)  # fmt: skip

    pieces = tables.xlsx(walk(page), Links(), "http://localhost/", Tongue("fr"), rows=12)
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(pieces))).active
    listed = [row[0] for row in sheet.iter_rows(values_only=True)]
    assert len(listed) == 12
    assert len(set(listed[1:11])) == 10
    assert "12 lignes" in listed[-1].replace("\xa0", " ")


def test_a_long_text_fits_a_cell(app_of: Callable[..., flask.Flask]) -> None:
    [first, *_] = records()
    long = replace(first, text="zibeline " * 10_000)
    [_, row] = cells(app_of([long]).test_client(), "/search.xlsx?q=zibeline")
    assert max(map(len, row)) == 32_767
    # nothing is cut in silence
    [text] = [cell for cell in row if len(cell) == 32_767]
    assert "90 000" in text[-120:].replace("\u202f", " ").replace("\xa0", " ")


def test_a_spreadsheet_counts_halves_of_pairs(app_of: Callable[..., flask.Flask]) -> None:
    [first, *_] = records()
    long = replace(first, text="zibeline " + "\N{GRINNING FACE}" * 20_000)
    [_, row] = cells(app_of([long]).test_client(), "/search.xlsx?q=zibeline")
    assert max(len(cell.encode("utf-16-le")) // 2 for cell in row) in (32_766, 32_767)


@pytest.mark.parametrize("cell", REWRITTEN)
def test_what_a_spreadsheet_would_write_otherwise_is_a_text(cell: str) -> None:
    assert tables.safe(cell) == tables.MARK + cell


@pytest.mark.parametrize("cell", UNCHANGED)
def test_what_a_spreadsheet_leaves_as_it_is_has_no_mark(cell: str) -> None:
    assert tables.safe(cell) == cell


def test_names_of_figures_stay_as_they_are_and_days_are_days(
    app_of: Callable[..., flask.Flask],
) -> None:
    [first, *_] = records()
    about = replace(first.about, title="1/2", categories=("007",), authors=())
    record = replace(
        first, about=about, author="06 12 34 56 78", start="2024-12-03", end="2024-12-03",
        precision="day", text="zibeline",
    )  # fmt: skip
    client = app_of([record]).test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "fr"
    [row] = rows(client)
    marked_cells = [name for name, cell in row.items() if cell.startswith(tables.MARK)]
    assert marked_cells == ["Article", "Rubriques", "Auteur"]
    assert row["Date"] == "2024-12-03"


def test_without_what_writes_it_it_is_said(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "writes_xlsx", lambda: False)
    answer = client.get("/search.xlsx?q=nda")
    assert answer.status_code == 501
    assert "glose[xlsx]" in answer.get_json()["detail"]


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("face", [".csv", ".xlsx"])
def test_libreoffice_takes_every_cell(zibelines: FlaskClient, tmp_path: Path, face: str) -> None:
    assert SOFFICE is not None
    table = tmp_path / f"table{face}"
    table.write_bytes(zibelines.get(f"/search{face}?q=zibeline").data)
    # 59: semicolons; 34: quotes; 76: UTF-8; 1036: French of France, whose dates and numbers are
    # recognised; formulas are worked out where a cell is one
    reading = ["--infilter=CSV:59,34,76,1,,1036,false,true,false,false,false,0,true"]
    subprocess.run(
        [SOFFICE, "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
         *(reading if face == ".csv" else []),
         "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "out"),
         str(table)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    sheet = openpyxl.load_workbook(tmp_path / "out" / "table.xlsx").active
    heading, *sheet_rows = [list(row) for row in sheet.iter_rows()]
    column_names = [cell.value for cell in heading]
    assert not [cell.value for row in sheet_rows for cell in row if cell.data_type == "f"]
    place = column_names.index("Texte")
    assert {bare(str(row[place].value)) for row in sheet_rows} == set(TEXTS)


def test_what_nobody_sees_hides_no_formula() -> None:
    assert tables._lines([["\0=1+1", "a"]]) == f"{tables.MARK}=1+1;a\r\n"


@pytest.mark.parametrize("name", tables.COLUMNS)
def test_no_column_is_trusted_with_a_formula(name: str) -> None:
    row = ["" for _ in tables.COLUMNS]
    for cell, written in (("=1+1", tables.MARK + "=1+1"), ("\0=1", tables.MARK + "=1")):
        row[tables.COLUMNS.index(name)] = cell
        [cells] = csv.reader(io.StringIO(tables._lines([row])), delimiter=";")
        assert cells[tables.COLUMNS.index(name)] == written


_CELL = st.text(st.sampled_from([*"a1 =;\"\n\r,'", "é", "\N{WORD JOINER}"]), max_size=50)


@given(st.lists(st.lists(_CELL, min_size=15, max_size=15), max_size=3))
def test_cells_are_quoted_as_the_csv_module_does(rows: list[list[str]]) -> None:
    text = tables._lines(rows)
    cells = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    expected = io.StringIO(newline="")
    csv.writer(expected, delimiter=";", lineterminator="\r\n").writerows(cells)
    assert text == expected.getvalue()
    assert [[cell.removeprefix(tables.MARK) for cell in row] for row in cells] == [
        [cell.removeprefix(tables.MARK) for cell in row] for row in rows
    ]

"""In which period is each date counted, and what is told beside the bars?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import flask
import pytest
from flask.testing import FlaskClient
from lxml import html

from index.record import About, Record
from index.results import Bucket
from indexer.times import period
from tests.webui.facets.timeline_pages import figures, page
from webui.addresses.links import Links
from webui.addresses.parameters import SearchParams
from webui.facets.timelines import timeline_of
from webui.locale.text import Tongue


def known(name: str, date: str) -> list[Record]:
    """An article and a comment of which the source knows the day, the month or the year."""
    dated = period(date)
    about = About(
        name, "Une zibeline", published=dated.start,
        precision=dated.precision if dated.precision in ("month", "year") else "",
    )  # fmt: skip
    return [
        Record(f"{name}#lead", "lead", about, 0, about.title, start=dated.start, end=dated.end,
               precision=dated.precision),
        Record(f"{name}#c", "comment", about, 1, "", "zibeline", author="Zoé", start=dated.start,
               end=dated.end, precision=dated.precision),
    ]  # fmt: skip


def asked(app_of: Callable[..., flask.Flask], *dates: str) -> FlaskClient:
    client = app_of(*(known(f"a{n}", date) for n, date in enumerate(dates))).test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "fr"
    return client


def undated(name: str, word: str) -> list[Record]:
    """An article and two comments of which nobody knows when they were written."""
    about = About(name, f"Une {word}")
    comments = [Record(f"{name}#c{n}", "comment", about, n, "", word, author="Zoé") for n in (1, 2)]
    return [Record(f"{name}#lead", "lead", about, 0, about.title), *comments]


def test_what_has_no_date_is_told_beside_the_bars(app_of: Callable[..., flask.Flask]) -> None:
    client = app_of(
        known("a", "2021-01-12"), known("b", "2021-02"), known("c", "2021"),
        undated("d", "zibeline"), undated("e", "loutre"),
    ).test_client()  # fmt: skip
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "fr"
    sentences = {
        "q=zibeline": ([3], "3 passages"),
        "q=zibeline&compare=loutre": ([3, 3], "zibeline 3 passages, loutre 3 passages"),
        "q=loutre": ([3], "3 passages"),
        "q=zibeline&from=2021-01&to=2021-02": ([0], ""),
        "q=zibeline+loutre": ([0], ""),
        "q=zibeline&in=comments": ([2], "2 passages"),
    }
    for query, (counts, sentence) in sentences.items():
        body = client.get(f"/timeline.json?{query}").get_json()
        assert body["undated"] == counts, query
        source = client.get(f"/timeline?{query}").text
        paragraphs = [
            paragraph.text_content()
            for paragraph in html.fromstring(source).xpath("//p[@class='most']")
            if "Sans date" in paragraph.text_content()
        ]
        expected = [f"Sans date, ou à cheval sur deux ans\xa0: {sentence}"] if sentence else []
        assert paragraphs == expected, query
    beside = client.get("/search?q=zibeline").text
    assert "Sans date" in beside


def test_what_is_known_by_its_month_alone_is_in_no_day(app_of: Callable[..., flask.Flask]) -> None:
    client = asked(app_of, "2020", "2020-02", "2020-02-01", "2020-02-03", "2020-03", "2020-03-01")
    query = "q=zibeline&from=2020-02-01&to=2020-02-29"
    found = client.get(f"/search.json?{query}").get_json()
    # two passages of each: both of February, and those of the year and the month that may be of it
    assert found["totals"]["passages"] == 8
    days = {
        day["value"]: day["sections"] + day["comments"]
        for day in found["facets"]["day"]
        if day["sections"] + day["comments"]
    }
    assert days == {"2020-02-01": 2, "2020-02-03": 2}
    body = client.get(f"/timeline.json?{query}").get_json()
    assert (body["undated"], body["imprecise"]) == ([0], [4])
    assert sum(bar["sections"] + bar["comments"] for bar in body["periods"]) == 4
    for face in ("/search", "/timeline"):
        source = client.get(f"{face}?{query}").text
        # a bar leads to what may be of its day: 8 passages where the bars count 4
        said = "De jour inconnu (chaque jour possible les montre aussi)\xa0: 4 passages"
        assert said in html.fromstring(source).text_content()
    precise = client.get("/timeline.json?q=zibeline&from=2020-02-02&to=2020-02-04&share=yes")
    assert [bar["all"] for bar in precise.get_json()["periods"]] == [0, 2, 0]
    assert client.get("/timeline.json?q=zibeline").get_json()["imprecise"] == []


@pytest.mark.parametrize("dates", [("0987-07-03", "1900"), ("2019", "2021-06-15", "2021")])
def test_one_month_is_counted_beside_years(
    app_of: Callable[..., flask.Flask], dates: tuple[str, ...]
) -> None:
    body = asked(app_of, *dates).get("/timeline.json?q=zibeline").get_json()
    bars = [*body["periods"], *body["years"]]
    assert sum(bar["sections"] + bar["comments"] for bar in bars) == 2 * len(dates)


def test_what_is_known_by_its_year_alone_is_in_no_month(app_of: Callable[..., flask.Flask]) -> None:
    client = asked(app_of, "2021", "2021-01-12", "2021-03", "2021-06-15")
    facets = client.get("/search.json?q=zibeline").get_json()["facets"]
    months = [(month["value"], month["sections"], month["comments"]) for month in facets["month"]]
    assert months == [("2021-01", 1, 1), ("2021-03", 1, 1), ("2021-06", 1, 1)]
    assert facets["year"] == [
        {"value": "2021", "sections": 4, "comments": 4,
         "url": "/search?q=zibeline&from=2021&to=2021"},
    ]  # fmt: skip
    body = client.get("/timeline.json?q=zibeline&share=yes").get_json()
    assert body["unit"] == "month"
    assert [bar["sections"] for bar in body["periods"]] == [1, 0, 1, 0, 0, 1]
    assert [bar["all"] for bar in body["periods"]] == [2, 0, 2, 0, 0, 2]
    assert body["years"] == [
        {"value": "2021", "sections": 1, "comments": 1, "all": None,
         "url": "/search?q=zibeline&from=2021&to=2021"},
    ]  # fmt: skip
    for address in ("/search?q=zibeline", "/timeline?q=zibeline"):
        [said] = page(client, address).xpath("//p[contains(., 'que l’année')]")
        assert " ".join(said.text_content().split()) == (
            "Dont on ne sait que l’année (chacun de ses mois les montre aussi) : 2021 2"
        )
    [january, *_] = facets["month"]
    shown = client.get(january["url"].replace("/search?", "/search.json?")).get_json()
    assert (january["sections"] + january["comments"], shown["totals"]["passages"]) == (2, 4)


def test_what_may_be_of_two_years_is_not_said_to_be_undated(
    app_of: Callable[..., flask.Flask],
) -> None:
    record = known("a", "2021-06")[1]
    between = replace(
        record, start="2021-12-31T12:00:00+01:00", end="2022-01-02T12:00:00+01:00",
        precision="unknown",
    )  # fmt: skip
    client = app_of(known("b", "2021-05"), known("c", "2021-07"), [between]).test_client()
    source = client.get("/timeline?q=zibeline", headers={"Accept-Language": "fr"}).text
    assert (
        "Sans date, ou à cheval sur deux ans\xa0: 1 passage"
        in html.fromstring(source).text_content()
    )


def test_years_alone_make_bars_by_year(app_of: Callable[..., flask.Flask]) -> None:
    client = asked(app_of, "1871", "1871-03-18", "1873", "1874")
    body = client.get("/timeline.json?q=zibeline").get_json()
    assert body["unit"] == "year"
    assert [(bar["value"], bar["sections"]) for bar in body["periods"]] == [
        ("1871", 2), ("1872", 0), ("1873", 1), ("1874", 1),
    ]  # fmt: skip
    assert body["years"] == []


def test_a_year_is_compared_whole(app_of: Callable[..., flask.Flask]) -> None:
    client = asked(app_of, "2021", "2021-01-12", "2021-02-12", "2022-06")
    body = client.get("/timeline.json?q=zibeline&compare=introuvable").get_json()
    assert body["years"] == [
        {"value": "2021", "passages": 2, "compared": 0, "all": None,
         "url": "/search?q=zibeline&from=2021&to=2021"},
    ]  # fmt: skip


# Dates of passages, in the panel of results (small) or in large → unit, first and last bars.
LONG_TIMES = [
    (("1980", "2024"), "small", "year", "1980", "2024"),
    (("1900", "2024"), "small", "decade", "1900-1909", "2020-2029"),
    (("1905-05-03", "2024-02"), "large", "year", "1905", "2024"),
    (("1881-03", "2024-02-01", "2024-02-02"), "large", "decade", "1880-1889", "2020-2029"),
    (("0925", "2025"), "large", "decade", "0920-0929", "2020-2029"),
    (("0925", "2025"), "small", "decade", "0920-0929", "2020-2029"),
    (("0003", "2025"), "large", "century", "0001-0099", "2000-2099"),
    (("0003", "9998"), "small", "century", "0001-0099", "9900-9999"),
]


@pytest.mark.parametrize(("dates", "size", "unit", "first", "last"), LONG_TIMES)
def test_too_many_years_make_decades(
    dates: tuple[str, ...], size: str, unit: str, first: str, last: str
) -> None:
    """One date by mistake among a thousand still leaves bars that one can see."""
    facets: dict[str, list[Bucket]] = {
        "month": [Bucket(date[:7], comments=1) for date in dates if len(date) > 4],
        "year": [Bucket(date[:4], comments=1) for date in dates],
    }
    most = 48 if size == "small" else 120
    timeline = timeline_of(facets, SearchParams(q="x"), Links(), Tongue(), most=most)
    assert (timeline.unit, timeline.bars[0].value, timeline.bars[-1].value) == (unit, first, last)
    assert sum(bar.total for bar in timeline.bars) == len(dates)
    begins = first.partition("-")[0]
    assert timeline.bars[0].href == f"/search?q=x&from={begins}&to={first.rpartition('-')[2]}"
    assert timeline.bars[0].short == first.replace("-", "–")


def test_a_year_alone_before_the_first_month_has_its_bar(
    app_of: Callable[..., flask.Flask],
) -> None:
    client = asked(app_of, "1951", "1960-03", "1960-04", "1999-05")
    body = client.get("/timeline.json?q=zibeline&in=comments").get_json()
    assert (body["unit"], body["years"]) == ("year", [])
    assert [(period["value"], period["comments"]) for period in body["periods"]
            if period["comments"]] == [("1951", 1), ("1960", 2), ("1999", 1)]  # fmt: skip


def test_a_decade_opens_on_its_years(app_of: Callable[..., flask.Flask]) -> None:
    client = asked(app_of, "1871-03", "1994-05", "1994-06-07", "1997")
    for address in ("/timeline?q=zibeline", "/search?q=zibeline"):
        results_page = page(client, address)
        assert results_page.xpath("//h2[.='Par décennie']")
        assert figures(results_page) == [["1870–1879", "1", "1"], ["1990–1999", "3", "3"]]
        assert results_page.xpath("//th[.='Décennie']")
        assert not results_page.xpath("//*[contains(., 'en sait que')]")
    assert "1990–1999, 6 passages" in page(client, "/timeline?q=zibeline").xpath("string(//main)")
    body = client.get("/timeline.json?q=zibeline&share=yes").get_json()
    assert (body["unit"], body["years"], len(body["periods"])) == ("decade", [], 13)
    assert body["periods"][-1] == {
        "value": "1990-1999", "sections": 3, "comments": 3, "all": 6,
        "url": "/search?q=zibeline&from=1990&to=1999",
    }  # fmt: skip
    opened = client.get(body["periods"][-1]["url"].replace("/search", "/timeline.json")).get_json()
    assert (opened["unit"], opened["periods"][4]["comments"]) == ("month", 0)
    assert client.get(body["periods"][-1]["url"]).status_code == 200

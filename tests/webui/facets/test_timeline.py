"""Does the picture say when it was spoken of, how much, and of how much?"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode

import flask
import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from index.record import About, Record
from index.results import Bucket
from tests.webui.facets.timeline_pages import figures, page
from webui.addresses.links import Links
from webui.addresses.parameters import SearchParams
from webui.facets.timelines import Bar, Timeline, timeline_of
from webui.locale.text import Tongue
from webui.page.drawing import Drawing

UNITS = {"day": "Par jour", "month": "Par mois", "year": "Par an", "decade": "Par décennie"}


def record(name: str, day: str, text: str) -> list[Record]:
    moment = f"{day}T00:30:00+01:00"
    about = About(name, "Une zibeline", None, None, None, (), (), (), moment)
    return [
        Record(
            name, "comment", about, 0, "", text, author="Zoé", start=moment, end=moment,
            precision="minute",
        )
    ]  # fmt: skip


def periods_of_records() -> Iterator[list[Record]]:
    """Zibelines each month of ten years; twice in March 2024, once an ermine too."""
    for month in range(120):
        day = f"{2016 + month // 12}-{month % 12 + 1:02}-01"
        yield record(f"m{month}", day, "La zibeline court")
        yield record(f"r{month}", day, "Rien à voir")
    yield record("double", "2024-03-31", "La zibeline et l’hermine courent")


@pytest.fixture
def long(app_of: Callable[..., flask.Flask]) -> FlaskClient:
    client = app_of(*periods_of_records()).test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "fr"
    return client


def test_it_says_its_unit_and_goes_in_and_out(long: FlaskClient) -> None:
    """From ten years to one, to a month of it, and back."""
    results_page = page(long, "/search?q=zibeline")
    assert results_page.xpath("//h2[.='Par an']")
    assert figures(results_page)[8] == ["2024", "0", "13"]
    [year] = results_page.xpath("//svg/a[contains(@href, 'from=2024&')]/@href")
    assert year == "/search?q=zibeline&from=2024&to=2024"
    results_page = page(long, year)
    assert results_page.xpath("//h2[.='Par mois']")
    assert figures(results_page)[2] == ["mars 2024", "0", "2"]
    assert results_page.xpath("//p[@class='out']//a/@href") == ["/search?q=zibeline"]
    results_page = page(long, "/search?q=zibeline&from=2024-03&to=2024-03")
    assert results_page.xpath("//h2[.='Par jour']")
    # a comment of half past midnight in Paris is of that day, in summer time too
    assert figures(results_page) == [["1er mars 2024", "0", "1"], ["31 mars 2024", "0", "1"]]
    assert results_page.xpath("//p[@class='out']//a/@href") == [
        "/search?q=zibeline&from=2024&to=2024",
        "/search?q=zibeline",
    ]


@pytest.mark.parametrize(
    ("date", "around"),
    [("01/03/2024", "2024-03"), ("2024-03-01", "2024-03"), ("mars 2024", "2024"),
     ("avril 2024", "2024"), ("2024", ""), ("début mai 2024", "")],
)  # fmt: skip
def test_out_of_a_date_written_in_any_way(date: str, around: str, long: FlaskClient) -> None:
    """One of ten letters is not always a day."""
    for address in ("/timeline", "/timeline.json"):
        query = {"q": "zibeline", "from": date, "to": date}
        assert long.get(address, query_string=query).status_code == 200
    results_page = page(long, f"/search?{urlencode({'q': 'zibeline', 'from': date, 'to': date})}")
    out = results_page.xpath("//p[@class='out']//a/@href")
    assert [link for link in out if "from" in link] == (
        [f"/search?q=zibeline&from={around}&to={around}"] if around else []
    )
    results_page = page(long, "/search?q=zibeline&from=2024-03-31&to=2024-03-31")
    assert results_page.xpath("//p[@class='out']//a/text()") == ["mars 2024", "toutes les dates"]
    days = long.get("/search.json?q=zibeline&from=2024-03&to=2024-03").get_json()["facets"]["day"]
    assert len(days) == 31
    assert [day["comments"] for day in days] == [1] + [0] * 29 + [1]


def test_its_numbers_are_written(long: FlaskClient) -> None:
    results_page = page(long, "/search?q=zibeline&from=2024&to=2024")
    scale = results_page.xpath("//svg/text[@class='scale']/text()")
    assert scale == ["0", "1", "2"]
    assert results_page.xpath("//svg/a/text/text()") == ["1", "1", "2"] + ["1"] * 9
    assert "mars 2024, 2 passages" in results_page.xpath("string(//p[@class='most'])")
    assert results_page.xpath("//svg/@aria-hidden") == ["true"]
    assert results_page.xpath("//table/caption")


def test_in_large_it_has_more_months(long: FlaskClient) -> None:
    [large_address] = page(long, "/search?q=zibeline&sort=newest").xpath(
        "//a[.='En grand, en part, comparer']/@href"
    )
    results_page = page(long, large_address)
    assert results_page.xpath("//h2[.='Par mois']")
    assert len(results_page.xpath("//svg/a")) == 120
    assert page(long, "/timeline?q=introuvable").xpath("//p[contains(., 'pas deux périodes')]")


def test_a_share_is_of_all_the_passages_of_the_period(long: FlaskClient) -> None:
    results_page = page(long, "/timeline?q=zibeline&from=2024&to=2024&share=yes")
    rows = figures(results_page)
    assert rows[0] == ["janv. 2024", "0", "1", "50 %", "2"]
    assert rows[2] == ["mars 2024", "0", "2", "67 %", "3"]
    assert results_page.xpath("//input[@name='share']/@checked")
    body = long.get("/timeline.json?q=zibeline&from=2024&to=2024&share=yes").get_json()
    assert body["unit"] == "month"
    assert body["periods"][2] == {
        "value": "2024-03", "sections": 0, "comments": 2, "all": 3,
        "url": "/search?q=zibeline&from=2024-03&to=2024-03",
    }  # fmt: skip


def test_the_passages_of_the_index_are_counted_once_a_state(
    app_of: Callable[..., flask.Flask], steps: Callable[..., int]
) -> None:
    app = app_of(*periods_of_records())
    trips: list[str] = []
    reader = type(app.extensions["engine"].reader())
    page_of_reader = reader.page

    def count_and_page(self: Any, request: Any) -> Any:
        trips.append("page")
        return page_of_reader(self, request)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader, "page", count_and_page)
        client = app.test_client()
        for q, new_counts in (("zibeline", 2), ("rien", 1), ("zibeline&compare=rien", 2)):
            trips.clear()
            assert client.get(f"/timeline?share=yes&q={q}").status_code == 200
            assert len(trips) == new_counts, q
        trips.clear()
        client.get("/search?q=zibeline&category=x&commenter=Zoé&from=2024-03&to=2024-03")
        assert len(trips) == 1


def test_two_questions_are_told_apart_without_colours(long: FlaskClient) -> None:
    results_page = page(long, "/timeline?q=zibeline&compare=hermine&from=2024&to=2024")
    assert results_page.xpath("//table/thead//th/text()") == ["Mois", "zibeline", "hermine"]
    assert figures(results_page)[2] == ["mars 2024", "2", "1"]
    assert len(results_page.xpath("//svg/a/rect[@class='press']")) == 12
    assert len(results_page.xpath("//svg/a/rect[@fill='url(#hatch)']")) == 1
    assert results_page.xpath("//pattern[@id='hatch']")
    shares = page(long, "/timeline?q=zibeline&compare=hermine&from=2024&to=2024&share=yes")
    assert figures(shares)[2] == ["mars 2024", "2", "1", "67 %", "33 %", "3"]
    body = long.get("/timeline.json?q=zibeline&compare=hermine").get_json()
    assert body["questions"] == ["zibeline", "hermine"]
    assert sum(period["compared"] for period in body["periods"]) == 1


@given(
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), min_size=2, max_size=120),
    st.booleans(),
    st.booleans(),
)
def test_every_bar_is_within_the_picture(
    counts: list[tuple[int, int]], share: bool, compared: bool
) -> None:
    if not any(map(sum, counts)):
        counts[0] = (1, 0)
    bars = tuple(
        Bar(str(n), f"janv. {n}", f"janv. {n}", "/", pair, sum(pair) or 1)
        for n, pair in enumerate(counts)
    )
    drawing = Drawing(Timeline("month", bars, ("a", "b"), (), compared), Tongue(), 272, 150, share)
    assert len(drawing.scale) >= 2
    for column in drawing.columns:
        for piece in column.pieces:
            assert drawing.left <= piece.x + 0.01
            assert piece.x + piece.width <= drawing.width + 0.01
            assert piece.y >= 10
            assert piece.y + piece.height <= drawing.floor + 2
        assert bool(column.pieces) == bool(column.bar.total)
    for word in drawing.words:
        assert 0 < word.x < drawing.width
    for figure in filter(None, (column.figure for column in drawing.columns)):
        assert len(figure.text) * 3 <= figure.x <= drawing.width - len(figure.text) * 3


@given(st.sets(st.dates(dt.date(1, 1, 1), dt.date(9999, 12, 31)), max_size=20))
def test_no_date_is_left_out(dates: set[dt.date]) -> None:
    months = sorted({f"{date.year:04}-{date.month:02}" for date in dates})
    years = Counter(month[:4] for month in months)
    facets = {
        "month": [Bucket(month, sections=1, comments=2) for month in months],
        "year": [Bucket(year, sections=n, comments=2 * n) for year, n in years.items()],
    }
    timeline = timeline_of(facets, SearchParams(q="x"), Links(), Tongue())
    if len(timeline.bars) > 1:
        assert sum(bar.total for bar in timeline.bars) == 3 * len(months)
        assert [bar.value for bar in timeline.bars] == sorted({bar.value for bar in timeline.bars})
    assert len(timeline.bars) <= 120
    assert bool(timeline.bars) == (len({bar.value for bar in timeline.bars}) > 1)

"""Which addresses are questions, and what is said of those that are not?"""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from webui import openapi
from webui.addresses.days import Day
from webui.addresses.parameter_kinds import Parameter
from webui.addresses.parameters import ORDERS, PARAMETERS, PLACES, BadParameter, SearchParams, read

PARIS = ZoneInfo("Europe/Paris")
WRONG = [
    ("in", "partout"), ("in", "ALL"), ("sort", "date"), ("sort", " newest"),
    ("group", "section"), ("page", "0"), ("page", "-1"), ("page", "1.5"), ("page", "１"),
    ("page", "1_0"), ("page", " 1"), ("page", "10001"), ("page", "9" * 400),
    ("size", "0"), ("size", "101"), ("size", "dix"), ("from", "bientôt"), ("from", "2024-13"),
    ("from", "2024-02-30"), ("from", "31/02/2023"), ("from", "depuis 2023"), ("to", "0000"),
    ("from", "2024-00"), ("from", "2024-00-01"), ("to", "2024-01-00"), ("to", "2024-00-00"),
    ("to", "0000-00-00"), ("to", "2024-12-01T10:00:00"), ("to", "2024-12-01T25:00:00+01:00"),
    ("to", "2024\x00"), ("page", "1&page=2"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value"), WRONG)
@pytest.mark.parametrize("face", ["", ".json", ".csv", ".atom"])
def test_a_wrong_value_is_named(client: FlaskClient, name: str, value: str, face: str) -> None:
    query: object = {name: value}
    if "&" in value:
        query = f"{name}={value}"
    answer = client.get(f"/search{face}", query_string=query)  # type: ignore[arg-type]
    assert answer.status_code == 400
    if face:
        problem = answer.get_json()
        assert answer.mimetype == "application/problem+json"
        assert problem["parameter"] == name
        assert problem["status"] == 400
        assert problem["accepts"]
        assert problem["type"] == "/api#bad-parameter"
    else:
        assert f"« {name} »".replace(" ", "\xa0") in answer.text


@pytest.mark.parametrize(
    "q", ["", "((((", '"', "\x00", "-", "é" * 10_000, "\ud83d", "%", "*" * 600]
)
def test_the_text_of_a_question_is_never_wrong(client: FlaskClient, q: str) -> None:
    for face in ("", ".json", ".csv", ".atom"):
        query = {"q": q.encode("utf-8", "surrogatepass")}
        assert client.get(f"/search{face}", query_string=query).status_code == 200


@pytest.mark.parametrize("face", [".csv", ".atom", ".json"])
def test_dates_the_wrong_way_round_are_swapped(client: FlaskClient, face: str) -> None:
    swapped = client.get(f"/search{face}?q=artistes&from=2024-12-31&to=2024-12-02")
    ordered = client.get(f"/search{face}?q=artistes&from=2024-12-02&to=2024-12-31")
    if face != ".json":
        assert swapped.text.count("demo:sora") == ordered.text.count("demo:sora") > 0
        return
    assert swapped.get_json()["totals"] == ordered.get_json()["totals"]
    assert swapped.get_json()["totals"]["passages"] > 0
    notices = [
        [notice["code"] for notice in response.get_json()["query"]["notices"]]
        for response in (swapped, ordered)
    ]
    assert notices == [["dates_swapped"], []]


@pytest.mark.parametrize("day", ["2024-12-01", "2024-12-02", "2024-12-31"])
def test_a_day_and_its_month_are_in_order(client: FlaskClient, day: str) -> None:
    body = client.get(f"/search.json?q=artistes&from={day}&to=2024-12").get_json()
    assert body["query"]["notices"] == []


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("utm_source", []), ("fbclid", []), ("offset", []),
        ("limit", ["unknown_parameter_near"]), ("query", ["unknown_parameter_near"]),
        ("q[]", ["unknown_parameter_near"]), ("category[]", ["unknown_parameter_near"]),
        ("categorie", ["unknown_parameter_near"]), ("Sort", ["unknown_parameter_near"]),
        ("pseudo", ["unknown_parameter"]), ("rubrique", ["unknown_parameter"]),
    ],
)  # fmt: skip
def test_unknown_names_are_passed_over(client: FlaskClient, name: str, codes: list[str]) -> None:
    answer = client.get(f"/search.json?q=nda&{name}=x").get_json()
    assert answer["totals"]["articles"] == 1
    assert [notice["code"] for notice in answer["query"]["notices"]] == codes
    page = client.get(f"/search?q=nda&{name}=x").text
    assert (f"«\xa0{name}\xa0», qui n’a donc rien filtré" in page) == bool(codes)


UNFILTERED = ["/search.csv", "/search.xlsx", "/search.atom", "/values", "/values.json",
              "/timeline", "/timeline.json", "/article/demo:sora", "/article/demo:sora.json",
              "/suggest.json"]  # fmt: skip


@pytest.mark.parametrize("address", UNFILTERED)
@pytest.mark.parametrize("name", ["categorie", "rubrique", "pseudo", "tri"])
def test_what_has_no_place_for_a_notice_refuses_a_filter_it_lacks(
    client: FlaskClient, address: str, name: str
) -> None:
    answer = client.get(f"{address}?q=nda&{name}=x")
    assert answer.status_code == 400
    if "." not in address:
        assert f"« {name} »".replace(" ", "\xa0") in answer.text
        return
    problem = answer.get_json()
    assert problem["type"] == "/api#unknown-parameter"
    assert problem["parameter"] == name
    assert "q" in problem["accepts"].split(", ")
    assert name in problem["detail"]


@pytest.mark.parametrize("face", ["", ".json"])
@pytest.mark.parametrize("name", ["in", "category", "author", "commenter", "from", "to"])
def test_an_article_takes_no_filter(client: FlaskClient, face: str, name: str) -> None:
    assert client.get(f"/article/demo:sora{face}?q=nda&{name}=2024").status_code == 400


@pytest.mark.parametrize("parameter", openapi.EVERY_PARAMETER, ids=lambda named: named.name)
@pytest.mark.parametrize("value", ["", " ", "\t\r\n"])
def test_an_empty_value_is_as_none(client: FlaskClient, parameter: Parameter, value: str) -> None:
    # that of an article's `sort` is of another choice; q is the question itself
    pairs = [("q", "nda")] if parameter.name != "q" else []
    for path in ("/search.json", "/search", "/timeline.json", "/values.json", "/article/demo:sora"):
        bare, empty = (
            client.get(path, query_string=pairs + more) for more in ([], [(parameter.name, value)])
        )
        assert (empty.status_code, bare.status_code) == (200, 200)
        if path.endswith(".json") and pairs:
            assert empty.get_json() | {"took_ms": 0} == bare.get_json() | {"took_ms": 0}


def test_an_empty_field_stands_beside_one_that_is_filled_in(client: FlaskClient) -> None:
    fields = "q=nda&sort=&sort=newest&size=&size=1&category=&category=IA&from=&to="
    plain = "q=nda&sort=newest&size=1&category=IA"
    empty, bare = (client.get(f"/search.json?{query}").get_json() for query in (fields, plain))
    assert empty | {"took_ms": 0} == bare | {"took_ms": 0}


def test_a_form_with_its_empty_fields_is_answered(client: FlaskClient) -> None:
    names = [parameter.name for parameter in PARAMETERS[1:]]
    for face in ("", ".json", ".csv", ".xlsx", ".atom"):
        query = "q=nda&categorie=&" + "&".join(f"{name}=" for name in names)
        assert client.get(f"/search{face}?{query}").status_code == 200


@pytest.mark.parametrize("address", UNFILTERED)
def test_what_narrows_nothing_is_passed_over(client: FlaskClient, address: str) -> None:
    query = "q=nda&utm_source=x&fbclid=y&state=1-00000000"
    assert client.get(f"{address}?{query}").status_code == 200


@pytest.mark.parametrize("encoded", ["a%E9b", "a%C3%A9b", "a\xc3\xa9b", "a\xe9b"])
@pytest.mark.parametrize("face", ["", ".json"])
def test_accents_of_pages_in_any_encoding_are_read(
    client: FlaskClient, encoded: str, face: str
) -> None:
    environ = {"QUERY_STRING": f"q={encoded}&commenter={encoded}"}
    answer = client.get(f"/search{face}", environ_overrides=environ)
    assert "aéb" in answer.text
    assert "%" not in (answer.get_json()["query"]["text"] if face else "")


@pytest.mark.parametrize(
    ("text", "first", "after"),
    [
        ("2024", "2024-01-01T00:00:00+01:00", "2025-01-01T00:00:00+01:00"),
        ("2024-02", "2024-02-01T00:00:00+01:00", "2024-03-01T00:00:00+01:00"),
        ("2024-12-31", "2024-12-31T00:00:00+01:00", "2025-01-01T00:00:00+01:00"),
        ("2024-07", "2024-07-01T00:00:00+02:00", "2024-08-01T00:00:00+02:00"),
        ("2024-07-01T08:00:00Z", "2024-07-01T08:00:00+00:00", "2024-07-01T08:00:00+00:00"),
    ],
)
def test_a_date_is_an_interval(text: str, first: str, after: str) -> None:
    assert [bound.isoformat() for bound in Day.read(text).bounds(PARIS)] == [first, after]


@pytest.mark.parametrize(
    ("text", "first", "after"),
    [
        ("04/05/2023", "2023-05-04", "2023-05-05"),
        ("mai 2023", "2023-05-01", "2023-06-01"),
        ("12/2023", "2023-12-01", "2024-01-01"),
        ("1er mai 2023", "2023-05-01", "2023-05-02"),
        ("hier", "2024-12-04", "2024-12-05"),
        ("la semaine dernière", "2024-11-25", "2024-12-02"),
        ("début mai 2023", "2023-05-01", "2023-05-11"),
        ("fin 2022", "2022-09-01", "2023-01-01"),
        ("T2 2023", "2023-04-01", "2023-07-01"),
        ("early May 2023", "2023-05-01", "2023-05-11"),
        (" mai 2023 ", "2023-05-01", "2023-06-01"),
    ],
)
def test_a_period_is_read_as_a_question_is(text: str, first: str, after: str) -> None:
    day = Day.read(text.strip(), NOW)
    assert [str(bound.date()) for bound in day.bounds(PARIS)] == [first, after]
    pairs = MultiDict({"from": text, "to": text})
    since, until = read(pairs, PARIS, now=NOW).bounds
    assert [str(bound.date()) for bound in (since, until) if bound] == [first, after]


NOW = dt.datetime(2024, 12, 5, 12, tzinfo=dt.UTC)


def test_the_form_says_what_it_understood(client: FlaskClient) -> None:
    address = "/search?q=artistes&from=d%C3%A9but+d%C3%A9cembre+2024&to=hier"
    page = client.get(address).text
    assert "Compris\xa0: du 1er au 4 décembre 2024." in page
    assert 'name="from" value="début décembre 2024"' in page
    body = client.get(address.replace("/search", "/search.json")).get_json()
    typed_alike = client.get("/search.json?q=artistes&from=2024-12-01&to=2024-12-04").get_json()
    assert body["totals"] == typed_alike["totals"]
    assert body["totals"]["passages"] > 0


@pytest.mark.parametrize("text", ["31/02/2023", "l’an quarante", "depuis mai", "avant 2023", "x"])
def test_what_is_no_date_is_said(client: FlaskClient, text: str) -> None:
    answer = client.get("/search", query_string={"q": "artistes", "from": text})
    assert answer.status_code == 400
    assert text in answer.text
    assert "31/12/2024" in answer.text


def test_the_last_day_is_included(client: FlaskClient) -> None:
    response = client.get("/search.json?q=artistes&in=comments&from=2024-12-03&to=2024-12-03")
    assert [p["id"] for g in response.get_json()["results"] for p in g["passages"]] == [
        "demo:sora#comment-20"
    ]


DAYS = st.sampled_from(["2024", "2024-12", "2024-12-31", "2024-12-31T10:00:00+01:00"]).map(Day.read)
TEXTS = st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
                         min_size=1, max_size=200).filter(lambda text: text.strip(" \t\r\n")),
                 max_size=3, unique=True).map(tuple)  # fmt: skip
ASKED = st.builds(
    SearchParams,
    q=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
    where=st.sampled_from(PLACES),
    category=TEXTS,
    author=TEXTS,
    commenter=TEXTS,
    since=st.none() | DAYS,
    until=st.none() | DAYS,
    sort=st.none() | st.sampled_from(ORDERS),
    page=st.integers(1, 10_000),
    size=st.integers(1, 100),
    group=st.sampled_from(["article", "none"]),
    zone=st.just(PARIS),
)


@given(ASKED)
def test_the_address_is_the_whole_state(params: SearchParams) -> None:
    assert read(MultiDict(params.pairs()), PARIS) == params


def test_every_example_is_accepted() -> None:
    for parameter in PARAMETERS:
        if parameter.example is not None:
            read(MultiDict({parameter.name: parameter.example}), PARIS)
    with pytest.raises(BadParameter, match="page"):
        read(MultiDict({"page": "x"}), PARIS)


@pytest.mark.parametrize(
    "day", ["0001", "0001-01-01", "9999", "9999-12", "9999-12-31", "0001-01-01T00:00:00+23:00",
            "9999-12-31T23:59:59-23:00"],
)  # fmt: skip
def test_the_ends_of_the_calendar_are_dates(client: FlaskClient, day: str) -> None:
    assert client.get("/search.json", query_string={"q": "nda", "from": day}).status_code == 200
    page = client.get("/search", query_string={"q": "nda", "to": day})
    assert page.status_code == 200


@pytest.mark.parametrize("offset", ["+02:00", "%2B02:00", "-03:00"])
def test_a_sign_that_was_not_encoded_is_read(client: FlaskClient, offset: str) -> None:
    answer = client.get(f"/search.json?q=nda&from=2024-12-02T10:00:00{offset}")
    assert answer.status_code == 200

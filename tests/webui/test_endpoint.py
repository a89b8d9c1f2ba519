"""What does a program get?"""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import flask
import jsonschema
import pytest
from flask.testing import FlaskClient

from webui.addresses.parameters import TURNED


def check(client: FlaskClient, address: str, path: str) -> Any:
    """The JSON at an address, once it has met the schema that the description gives it."""
    document = client.get("/openapi.json").get_json()
    answer = client.get(address)
    assert answer.status_code == 200
    described = document["paths"][path]["get"]["responses"]["200"]["content"]
    schema = described[answer.mimetype]["schema"] | {"components": document["components"]}
    jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).validate(
        answer.get_json(force=True)
    )
    return answer.get_json(force=True)


@pytest.mark.parametrize("query", [
    "", "q=artistes", "q=nda&in=comments", "q=avocat+pagination", "q=hostile",
    "q=pagination&page=2", "q=pagination&group=none&size=3", "q=zzyzx",
    "q=le+foo:bar+depuis:2020+tri:ancien",
])  # fmt: skip
def test_answers_are_as_described(client: FlaskClient, query: str) -> None:
    check(client, f"/search.json?{query}", "/search.json")


def test_other_answers_are_as_described(client: FlaskClient) -> None:
    check(client, "/article/demo:sora.json?q=nda", "/article/{id}.json")
    check(client, "/status.json", "/status.json")
    check(client, "/healthz", "/healthz")
    check(client, "/suggest.json?q=art", "/suggest.json")


def test_every_operation_has_a_tag_and_a_real_answer(client: FlaskClient) -> None:
    document = client.get("/openapi.json").get_json()
    tags = {tag["name"] for tag in document["tags"]}
    for path, methods in document["paths"].items():
        [tag] = methods["get"]["tags"]
        assert tag in tags
        content, *other_contents = methods["get"]["responses"]["200"]["content"].values()
        assert all(other_content == content for other_content in other_contents)
        if path in ("/openapi.json", "/metrics", "/search.xlsx"):
            continue
        schema = content["schema"] | {"components": document["components"]}
        jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).validate(
            content["example"]
        )
        # whole: somebody who reads it sees every member that matters
        assert content["example"]


@pytest.mark.parametrize(
    ("accepted", "content_type"),
    [
        ("*/*", "application/atom+xml"),
        ("text/html,application/xml;q=0.9,*/*;q=0.8", "application/atom+xml"),
        ("text/xml", "text/xml"),
    ],
)
def test_a_feed_is_given_under_a_type_that_generators_know(
    client: FlaskClient, accepted: str, content_type: str
) -> None:
    # openapi-python-client (0.2x) leaves out an answer under a type that is neither JSON, text/*
    # nor octet-stream
    answer = client.get("/search.atom?q=nda", headers={"Accept": accepted})
    assert (answer.mimetype, "Accept" in answer.vary) == (content_type, True)
    document = client.get("/openapi.json").get_json()
    described = document["paths"]["/search.atom"]["get"]["responses"]["200"]["content"]
    assert content_type in described


def test_the_examples_are_what_is_answered() -> None:
    spec = importlib.util.spec_from_file_location("openapi_examples", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    value = json.loads(script.EXAMPLES.read_text("utf-8"))
    assert script.examples() == value, "run `make readme`"
    assert value["/search.json"]["results"][0]["passages"][0]["snippets"][0]["marks"]


SCRIPT = Path(__file__).parents[1] / "openapi_examples.py"


def test_offsets_are_code_points_of_the_text_beside_them(client: FlaskClient) -> None:
    checked = check(client, "/search.json?q=avocat", "/search.json")
    [passage] = [p for group in checked["results"] for p in group["passages"]]
    [snippet] = passage["snippets"]
    assert [snippet["text"][a:b] for a, b in snippet["marks"]] == ["avocat"]
    assert passage["anchor"] == "#comment-17"
    assert passage["url"] == "/article/demo:sora?q=avocat#comment-17"
    assert passage["date"] == {
        "start": "2024-12-01T10:00:00+01:00", "end": "2024-12-01T10:00:00+01:00",
        "precision": "minute", "shown": None,
    }  # fmt: skip


def test_the_parent_is_beside_its_answer(client: FlaskClient) -> None:
    checked = check(client, "/search.json?q=tient", "/search.json")
    assert checked["results"][0]["passages"][0]["parent"] == {
        "id": "demo:sora#comment-17",
        "author": "Zoé",
        "excerpt": "Le NDA interdit tout. L’avocat des artistes le dira.",
    }


def test_the_next_page_is_an_address(client: FlaskClient) -> None:
    address, ids = "/search.json?q=pagination&size=9", []
    while address:
        checked = check(client, address, "/search.json")
        ids += [group["article"]["id"] for group in checked["results"]]
        address = checked["page"]["next"]
    assert len(ids) == len(set(ids)) == checked["totals"]["articles"] == 31


def test_every_order_finds_the_same(client: FlaskClient) -> None:
    ids_by_order = {
        order: check(client, f"/search.json?q=pagination&size=100&sort={order}", "/search.json")
        for order in ("relevance", "newest", "oldest", "most_commented")
    }
    ids = {
        name: [result["article"]["id"] for result in value["results"]]
        for name, value in ids_by_order.items()
    }
    assert {frozenset(id_list) for id_list in ids.values()} == {frozenset(ids["relevance"])}
    assert ids["newest"] != ids["oldest"]


def test_facets_lead_where_they_say(client: FlaskClient) -> None:
    facets = check(client, "/search.json?q=pagination", "/search.json")["facets"]
    for value in facets["category"]:
        page = value["url"].replace("/search?", "/search.json?")
        totals = check(client, page, "/search.json")["totals"]
        assert totals["articles"] == value["articles"]
        assert totals["passages"] == value["passages"]
    for value in facets["month"][:4]:
        page = value["url"].replace("/search?", "/search.json?")
        totals = check(client, page, "/search.json")["totals"]
        assert (totals["sections"], totals["comments"]) == (value["sections"], value["comments"])


QUESTIONS = ("artistes", "nda", "artistes OU nda", '"nda', "artistes OU", "")


@pytest.mark.parametrize("q", QUESTIONS)
@pytest.mark.parametrize("name", ["category", "author", "commenter", "state"])
def test_each_facet_counts_articles_and_passages(client: FlaskClient, name: str, q: str) -> None:
    address = f"/search.json?in=all&size=100&q={q}" + ("&from=2020" if not q else "")
    buckets = check(client, address, "/search.json")["facets"][name]
    assert buckets
    for bucket in buckets:
        narrowed = check(client, bucket["url"].replace("/search?", "/search.json?"), "/search.json")
        totals = narrowed["totals"]
        assert (totals["articles"], totals["passages"]) == (bucket["articles"], bucket["passages"])


def test_the_description_names_every_parameter(client: FlaskClient) -> None:
    document = client.get("/openapi.json").get_json()
    assert document["openapi"] == "3.1.0"
    names = [
        parameter["name"] for parameter in document["paths"]["/search.json"]["get"]["parameters"]
    ]
    assert names == [parameter.name for parameter in TURNED]
    text = client.get("/api").text
    for parameter in TURNED:
        assert f"<code>{parameter.name}</code>" in text


def test_suggestions_complete_the_last_word(client: FlaskClient) -> None:
    answer = client.get("/suggest.json?q=les art")
    typed, words, _, links = answer.get_json(force=True)
    assert answer.mimetype == "application/x-suggestions+json"
    assert typed == "les art"
    assert "les artistes" in words
    assert links[words.index("les artistes")] == "http://localhost/search?q=les+artistes"
    for q in ("", "a", "zzyzx", "artistes ", '"', "é" * 600):
        assert client.get("/suggest.json", query_string={"q": q}).get_json(force=True)[1] == []


def test_opensearch_names_every_face(client: FlaskClient) -> None:
    text = client.get("/opensearch.xml").text
    for face in ("/search?q=", "/search.json?q=", "/search.atom?q=", "/suggest.json?q="):
        assert f"http://localhost{face}{{searchTerms}}" in text


def test_a_prefix_is_in_every_link(app: flask.Flask) -> None:
    client = app.test_client()
    base = "http://demo.example/glose/"
    body = client.get("/search.json?q=nda", base_url=base).get_json()
    assert body["results"][0]["url"].startswith("/glose/article/")
    text = client.get("/search?q=nda", base_url=base).text
    assert 'href="/glose/static/glose.css' in text
    assert 'href="/article' not in text
    assert 'href="/search' not in text
    described = client.get("/opensearch.xml", base_url=base).text
    assert "http://demo.example/glose/search?q=" in described
    assert (
        "http://demo.example/glose/search?q=artistes"
        in client.get("/suggest.json?q=art", base_url=base).get_json(force=True)[3]
    )

"""Do facets stay when one of their values is chosen, and are all their values to be seen?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import flask
import pytest
from flask.testing import FlaskClient
from lxml import html

from index.record import About, Record


def page(client: FlaskClient, address: str) -> html.HtmlElement:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return html.fromstring(answer.text)


def facet(page_element: html.HtmlElement, title: str) -> dict[str, tuple[int, bool, str]]:
    """Value → passages, whether it is ticked, where it leads."""
    return {
        element.xpath("string(a/bdi)"): (
            int(element.xpath("string(span[@aria-hidden]/span[2])")),
            bool(element.xpath("a/@aria-current")),
            element.xpath("string(a/@href)"),
        )
        for element in page_element.xpath(f"//section[@class='facet'][.//h2='{title}']//li")
    }


def test_the_others_keep_their_counts_when_one_is_chosen(client: FlaskClient) -> None:
    bare = facet(page(client, "/search?q=pagination"), "Rubrique")
    assert {name: count for name, (count, _, _) in bare.items()} == {"Sécurité": 16, "Droit": 15}
    values = facet(page(client, bare["Droit"][2]), "Rubrique")
    assert {name: value[:2] for name, value in values.items()} == {
        "Sécurité": (16, False),
        "Droit": (15, True),
    }
    narrowed = page(client, values["Sécurité"][2])
    assert narrowed.xpath("//*[@role='status']")[0].text_content().startswith("31 articles")
    assert [ticked for _, ticked, _ in facet(narrowed, "Rubrique").values()] == [True, True]
    # a ticked value leads to the question without it
    assert values["Droit"][2] == "/search?q=pagination"


def test_each_facet_is_counted_within_the_others(client: FlaskClient) -> None:
    address = "/search?q=artistes&commenter=zoe&category=ia"
    results_page = page(client, address)
    assert facet(results_page, "Rubrique") == {"IA": (2, True, "/search?q=artistes&commenter=zoe")}
    # spelled as the index does, however it was asked
    people = facet(results_page, "Qui commente")
    assert {name: value[:2] for name, value in people.items()} == {
        "Zoé": (2, True),
        "Léa": (1, False),
    }
    assert people["Zoé"][2] == "/search?q=artistes&category=ia"


def test_a_value_that_is_asked_is_shown_though_nothing_has_it(client: FlaskClient) -> None:
    values = facet(page(client, "/search?q=pagination&category=Rien"), "Rubrique")
    assert {name: value[:2] for name, value in values.items()} == {
        "Sécurité": (16, False),
        "Droit": (15, False),
        "Rien": (0, True),
    }
    # of a question without words too
    bare = facet(page(client, "/search?category=Rien"), "Rubrique")
    assert bare["Rien"][:2] == (0, True)
    assert bare["Droit"][0] == 30


def test_a_value_that_the_question_names_is_ticked_too(client: FlaskClient) -> None:
    values = facet(page(client, "/search?q=pagination rubrique:droit"), "Rubrique")
    assert values == {"Droit": (15, True, "/search?q=pagination")}
    values = facet(page(client, "/search?q=artistes @zoé&category=IA"), "Qui commente")
    assert values == {"Zoé": (2, True, "/search?q=artistes&category=IA")}
    values = facet(page(client, "/search?q=pagination rubrique:rien"), "Rubrique")
    assert values == {"rien": (0, True, "/search?q=pagination")}
    assert facet(page(client, "/search?q=pagination -rubrique:droit"), "Rubrique") == {}
    category = client.get("/search.json?q=pagination rubrique:droit").get_json()["facets"][
        "category"
    ]
    assert [(value["value"], value["chosen"], value["remove"]) for value in category] == [
        ("Droit", True, "/search?q=pagination")
    ]


def test_the_json_says_which_are_chosen(client: FlaskClient) -> None:
    facets = client.get("/search.json?q=pagination&category=Droit&category=x").get_json()["facets"]
    assert [
        (value["value"], value["passages"], value["chosen"]) for value in facets["category"]
    ] == [
        ("Sécurité", 16, False),
        ("Droit", 15, True),
        ("x", 0, True),
    ]
    assert [value["remove"] for value in facets["category"]] == [
        None,
        "/search?q=pagination&category=x",
        "/search?q=pagination&category=Droit",
    ]


def commented(count: int) -> list[Record]:
    """An article with a comment by each of so many people, and two by the last."""
    about = About("a", "Une zibeline", "https://a.example/1", None, None, (), (), (), None)
    return [
        Record("a", "lead", about, 0, about.title),
        *(
            Record(
                f"a#comment-{n}", "comment", about, n + 1, "", "La zibeline court.",
                anchor=f"comment-{n}", author=f"Pseudo {min(n, count - 1):04}",
            )
            for n in range(count + 1)
        ),
    ]  # fmt: skip


@pytest.fixture
def crowded(app_of: Callable[..., flask.Flask]) -> FlaskClient:
    return app_of(commented(2345)).test_client()


def test_all_the_pseudonyms_are_on_pages(crowded: FlaskClient) -> None:
    results_page = page(crowded, "/search?q=zibeline")
    assert len(facet(results_page, "Qui commente")) == 12
    address: str | None = results_page.xpath("//a[.='Tous les pseudos']/@href")[0]
    names: list[str] = []
    while address:
        results_page = page(crowded, address)
        assert results_page.xpath("//a[.='Résultats']/@href") == ["/search?q=zibeline"]
        names += results_page.xpath("//input[@type='checkbox']/@value")
        address = next(iter(results_page.xpath("//a[@rel='next']/@href")), None)
    assert names[0] == "Pseudo 2344"
    assert len(names) == len(set(names)) == 2345
    values_page = page(crowded, "/values?q=zibeline&facet=commenter&contains=PSEUDO 001")
    assert values_page.xpath("//p[@role='status']/text()") == ["10 pseudos"]
    assert len(values_page.xpath("//input[@type='checkbox']")) == 10


def test_the_list_is_json_too(crowded: FlaskClient) -> None:
    address = "/values.json?q=zibeline&facet=commenter&commenter=pseudo+0007&contains=04"
    values: list[dict[str, Any]] = []
    while address:
        listed = crowded.get(address).get_json()
        values += listed["values"]
        assert [(value["value"], value["chosen"]) for value in listed["chosen"]] == [
            ("Pseudo 0007", True)
        ]
        address = listed["page"]["next"]
    assert listed["total"] == len(values)
    assert all("04" in value["value"] for value in values)
    assert values[0]["url"].startswith("/search?q=zibeline&commenter=pseudo+0007&commenter=Pseudo")
    beyond = crowded.get("/values.json?facet=commenter&page=9000").get_json()
    assert (beyond["values"], beyond["total"]) == ([], 2345)
    assert crowded.get("/values?facet=month").status_code == 400

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


def facet(shown: html.HtmlElement, title: str) -> dict[str, tuple[int, bool, str]]:
    """Value → passages, whether it is ticked, where it leads."""
    return {
        element.xpath("string(a/text())"): (
            int(element.xpath("string(span[@aria-hidden]/span[2])")),
            bool(element.xpath("a/@aria-current")),
            element.xpath("string(a/@href)"),
        )
        for element in shown.xpath(f"//section[@class='facet'][.//h2='{title}']//li")
    }


def test_the_others_keep_their_counts_when_one_is_chosen(client: FlaskClient) -> None:
    bare = facet(page(client, "/search?q=pagination"), "Rubrique")
    assert {name: count for name, (count, _, _) in bare.items()} == {"Sécurité": 16, "Droit": 15}
    shown = facet(page(client, bare["Droit"][2]), "Rubrique")
    assert {name: found[:2] for name, found in shown.items()} == {
        "Sécurité": (16, False),
        "Droit": (15, True),
    }
    both = page(client, shown["Sécurité"][2])
    assert both.xpath("//*[@role='status']")[0].text_content().startswith("31 articles")
    assert [ticked for _, ticked, _ in facet(both, "Rubrique").values()] == [True, True]
    # a ticked value leads to the question without it
    assert shown["Droit"][2] == "/search?q=pagination"


def test_each_facet_is_counted_within_the_others(client: FlaskClient) -> None:
    address = "/search?q=artistes&commenter=zoe&category=ia"
    shown = page(client, address)
    assert facet(shown, "Rubrique") == {"IA": (2, True, "/search?q=artistes&commenter=zoe")}
    # spelled as the index does, however it was asked
    people = facet(shown, "Qui commente")
    assert {name: found[:2] for name, found in people.items()} == {
        "Zoé": (2, True),
        "Léa": (1, False),
    }
    assert people["Zoé"][2] == "/search?q=artistes&category=ia"


def test_a_value_that_is_asked_is_shown_though_nothing_has_it(client: FlaskClient) -> None:
    shown = facet(page(client, "/search?q=pagination&category=Rien"), "Rubrique")
    assert {name: found[:2] for name, found in shown.items()} == {
        "Sécurité": (16, False),
        "Droit": (15, False),
        "Rien": (0, True),
    }
    # of a question without words too
    bare = facet(page(client, "/search?category=Rien"), "Rubrique")
    assert bare["Rien"][:2] == (0, True)
    assert bare["Droit"][0] == 30


def test_a_value_that_the_question_names_is_ticked_too(client: FlaskClient) -> None:
    shown = facet(page(client, "/search?q=pagination rubrique:droit"), "Rubrique")
    assert shown == {"Droit": (15, True, "/search?q=pagination")}
    shown = facet(page(client, "/search?q=artistes @zoé&category=IA"), "Qui commente")
    assert shown == {"Zoé": (2, True, "/search?q=artistes&category=IA")}
    shown = facet(page(client, "/search?q=pagination rubrique:rien"), "Rubrique")
    assert shown == {"rien": (0, True, "/search?q=pagination")}
    assert facet(page(client, "/search?q=pagination -rubrique:droit"), "Rubrique") == {}
    category = client.get("/search.json?q=pagination rubrique:droit").get_json()["facets"][
        "category"
    ]
    assert [(one["value"], one["chosen"], one["remove"]) for one in category] == [
        ("Droit", True, "/search?q=pagination")
    ]


def test_the_json_says_which_are_chosen(client: FlaskClient) -> None:
    facets = client.get("/search.json?q=pagination&category=Droit&category=x").get_json()["facets"]
    assert [(one["value"], one["passages"], one["chosen"]) for one in facets["category"]] == [
        ("Sécurité", 16, False),
        ("Droit", 15, True),
        ("x", 0, True),
    ]
    assert [one["remove"] for one in facets["category"]] == [
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
    shown = page(crowded, "/search?q=zibeline")
    assert len(facet(shown, "Qui commente")) == 12
    address: str | None = shown.xpath("//a[.='Tous les pseudos']/@href")[0]
    names: list[str] = []
    while address:
        shown = page(crowded, address)
        assert shown.xpath("//a[.='Résultats']/@href") == ["/search?q=zibeline"]
        names += shown.xpath("//input[@type='checkbox']/@value")
        address = next(iter(shown.xpath("//a[@rel='next']/@href")), None)
    assert names[0] == "Pseudo 2344"
    assert len(names) == len(set(names)) == 2345
    found = page(crowded, "/values?q=zibeline&facet=commenter&contains=PSEUDO 001")
    assert found.xpath("//p[@role='status']/text()") == ["10 pseudos"]
    assert len(found.xpath("//input[@type='checkbox']")) == 10


def test_the_list_is_json_too(crowded: FlaskClient) -> None:
    address = "/values.json?q=zibeline&facet=commenter&commenter=pseudo+0007&contains=04"
    values: list[dict[str, Any]] = []
    while address:
        listed = crowded.get(address).get_json()
        values += listed["values"]
        assert [(one["value"], one["chosen"]) for one in listed["chosen"]] == [
            ("Pseudo 0007", True)
        ]
        address = listed["page"]["next"]
    assert listed["total"] == len(values)
    assert all("04" in value["value"] for value in values)
    assert values[0]["url"].startswith("/search?q=zibeline&commenter=pseudo+0007&commenter=Pseudo")
    beyond = crowded.get("/values.json?facet=commenter&page=9000").get_json()
    assert (beyond["values"], beyond["total"]) == ([], 2345)
    assert crowded.get("/values?facet=month").status_code == 400

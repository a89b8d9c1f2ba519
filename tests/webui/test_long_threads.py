"""Does the page of a long thread go by parts, none of them long, and lose nothing?"""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from lxml import html

from index import engines
from index.record import About, Record
from index.writing.writing import write
from webui import create_app

COMMENTS = 2000
LONGEST = 300_000


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    about = About("a", "Un fil sans fin", comments=COMMENTS)
    records = [
        Record("a#lead", "lead", about, 0, about.title, "Le chapô."),
        Record("a#section-1", "section", about, 1, "Partie", "Une section.", anchor="section-1"),
    ]
    records += [
        Record(
            f"a#comment-{n}",
            "comment",
            about,
            n + 1,
            text=f"Commentaire {n} " + ("cuivre " if n % 100 == 7 else "") + "mot " * (n % 200),
            anchor=f"comment-{n}",
            author="Zoé",
            parent=f"a#comment-{n - 1}" if n % 3 == 0 else None,
        )
        for n in range(1, COMMENTS + 1)
    ]
    engine = engines.open(":memory:")
    write(engine, [records], seen=1)
    return create_app(engine).test_client()


def anchors(text: str) -> list[str]:
    return [one.get("id") for one in html.fromstring(text).xpath("//section[@class='thread']//li")]


def follow(client: FlaskClient, address: str, rel: str) -> list[str]:
    """The anchors of each part, from one to the last."""
    found = []
    while address:
        answer = client.get(address)
        assert answer.status_code == 200
        assert len(answer.data) <= LONGEST
        found.append(anchors(answer.text))
        address = next(iter(html.fromstring(answer.text).xpath(f"//a[@rel='{rel}']/@href")), "")
    return found


def test_parts_follow_one_another_and_hold_everything_once(client: FlaskClient) -> None:
    parts = follow(client, "/article/a", "next")
    assert len(parts) > 3
    every = [anchor for part in parts for anchor in part]
    assert every == [f"comment-{n}" for n in range(1, COMMENTS + 1)]
    assert html.fromstring(client.get("/article/a").text).xpath("//*[@id='section-1']")


def test_parts_can_be_read_backwards(client: FlaskClient) -> None:
    parts = follow(client, f"/article/a?start={COMMENTS + 1}", "prev")
    every = {anchor for part in parts for anchor in part}
    assert every == {f"comment-{n}" for n in range(1, COMMENTS + 1)}


def test_json_goes_by_the_same_parts(client: FlaskClient) -> None:
    address, positions = "/article/a.json", []
    while address:
        answer = client.get(address)
        assert len(answer.data) <= LONGEST
        found = answer.get_json()
        assert found["part"]["passages"] == COMMENTS + 2
        positions += [one["position"] for one in found["passages"]]
        address = found["part"]["next"]
    assert positions == list(range(COMMENTS + 2))


def test_a_comment_that_is_linked_comes_first(client: FlaskClient) -> None:
    answer = client.get("/search.json?q=cuivre").get_json()
    urls = [one["url"] for group in answer["results"] for one in group["passages"]]
    assert urls
    for url in urls:
        address, _, anchor = url.partition("#")
        assert anchors(client.get(address).text)[0] == anchor


def test_what_answers_a_question_comes_first(client: FlaskClient) -> None:
    answer = client.get("/article/a?q=cuivre")
    answering = [f"comment-{n}" for n in range(7, COMMENTS, 100)]
    assert anchors(answer.text) == answering
    assert f"{len(answering)} de ses passages répondent" in answer.text
    found = client.get("/article/a.json?q=cuivre").get_json()
    assert found["part"]["found"] == len(answering)
    assert found["part"]["next"] == "/article/a.json?q=cuivre&start=0"
    # what nothing answers leaves the thread as it is
    assert anchors(client.get("/article/a?q=zzyzx").text)[0] == "comment-1"


def test_an_answer_leads_to_what_it_answers_on_another_part(client: FlaskClient) -> None:
    shown = html.fromstring(client.get("/article/a?at=comment-1500").text)
    [link] = shown.xpath("//li[@id='comment-1500']//a[starts-with(text(),'en réponse')]/@href")
    assert link == "/article/a?at=comment-1499#comment-1499"
    assert shown.xpath("//li[@id='comment-1503']//a[@href='#comment-1502']")


@pytest.mark.parametrize("asked", ["start=-1", "start=x", "at=" + "a" * 201])
def test_a_part_that_cannot_be_is_refused(client: FlaskClient, asked: str) -> None:
    assert client.get(f"/article/a?{asked}").status_code == 400


@pytest.mark.parametrize("asked", ["start=999999", "at=comment-0"])
def test_a_part_that_is_not_there_is_the_beginning(client: FlaskClient, asked: str) -> None:
    assert anchors(client.get(f"/article/a?{asked}").text)[0] == "comment-1"

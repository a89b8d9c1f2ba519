"""What does the page of an article show?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import quote

import flask
import pytest
from flask.testing import FlaskClient
from lxml import html

from index.record import Record


def page(client: FlaskClient, address: str) -> html.HtmlElement:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return html.fromstring(answer.text)


def test_the_thread_is_whole_and_in_order(client: FlaskClient) -> None:
    article_page = page(client, "/article/demo:sora")
    comments = article_page.xpath("//section[@class='thread']//li")
    assert [comment.get("id") for comment in comments] == [f"comment-{n}" for n in range(17, 22)]
    assert [comment.get("class") for comment in comments] == [f"depth-{n}" for n in (0, 1, 2, 1, 0)]
    assert "Commentaire vide ou supprimé." in comments[2].text_content()
    [link] = comments[1].xpath("./article/header//a[@href='#comment-17']")
    assert link.text_content() == "en réponse à Zoé"
    assert link.xpath("bdi/text()") == ["Zoé"]
    assert "en réponse à un commentaire absent" in comments[3].text_content()
    assert "modifié" in comments[1].text_content()
    assert comments[1].xpath(".//blockquote//a/@href") == ["#comment-17"]
    assert comments[1].xpath(".//time/@title") == ["d’après «\xa0Hier à 08h46\xa0»"]
    assert article_page.xpath("//mark") == []


def test_a_reply_is_shown_under_no_other_comment_than_its_own(
    app_of: Callable[..., flask.Flask], sora_records: list[Record]
) -> None:
    """Indexed by date, before replies were put in their place: who answers Zoé is not under Max."""
    lead, comment = sora_records[0], sora_records[3]
    parents = {1: None, 2: None, 3: 1, 4: 3, 5: 2, 6: 1, 7: 6}
    comments = [
        replace(comment, id=f"demo:sora#comment-{n}", anchor=f"comment-{n}", position=n,
                parent=parent and f"demo:sora#comment-{parent}", depth=int(parent is not None))
        for n, parent in parents.items()
    ]  # fmt: skip
    article_page = page(app_of([lead, *comments]).test_client(), "/article/demo:sora")
    shown = {
        item.get("id"): item.xpath("ancestor::li/@id")[-1:]
        for item in article_page.xpath("//section[@class='thread']//li")
    }
    assert shown == {
        "comment-1": [], "comment-2": [], "comment-3": [], "comment-4": ["comment-3"],
        "comment-5": [], "comment-6": [], "comment-7": ["comment-6"],
    }  # fmt: skip
    assert len(article_page.xpath("//details[@class='replies']")) == 2


def test_occurrences_are_numbered_through_the_page(client: FlaskClient) -> None:
    article_page = page(client, "/article/demo:sora?q=artistes")
    numbers = article_page.xpath("//*[contains(@class, 'hit')]/@id")
    occurrences = client.get("/article/demo:sora.json?q=artistes").get_json()["occurrences"]
    assert numbers == [f"occ-{n}" for n in range(1, occurrences + 1)]
    assert occurrences == 6
    assert "6 occurrences de «\xa0artistes\xa0»" in article_page.text_content()
    for n, turns in enumerate(article_page.xpath("//span[@class='turns']"), 1):
        links = turns.xpath("a/@href")
        assert links == [f"#occ-{m}" for m in (n - 1, n + 1) if 1 <= m <= occurrences]
        assert f"{n} sur {occurrences}" in turns.text_content()


def test_what_a_comment_quotes_is_marked_and_counted(
    client: FlaskClient, sora_records: list[Record]
) -> None:
    [record] = [record for record in sora_records if record.quotes]
    [word, *_] = sorted(record.quotes[0].text.split(), key=len, reverse=True)
    address = f"/article/demo:sora{{}}?q={word}"
    body = client.get(address.format(".json")).get_json()
    [passage] = [passage for passage in body["passages"] if passage["quotes"]]
    [quote] = passage["quotes"]
    assert [quote["text"][slice(*mark)] for mark in quote["marks"]] == [word]
    article_page = page(client, address.format(""))
    [mark] = article_page.xpath("//blockquote//mark")
    assert mark.text_content() == word
    numbers = article_page.xpath("//*[contains(@class, 'hit')]/@id")
    assert numbers == [f"occ-{n}" for n in range(1, body["occurrences"] + 1)]


def test_marks_leave_the_text_as_it_was(client: FlaskClient, sora_records: list[Record]) -> None:
    article_page = page(client, "/article/demo:sora?q=nda artistes openai trois")
    for turns in article_page.xpath("//span[@class='turns']"):
        turns.drop_tree()
    for record in sora_records:
        if record.anchor and record.text:
            [place] = article_page.xpath("//*[@id=$id]", id=record.anchor)
            lines = [p.text_content() for p in place.xpath("./p | ./article/p")]
            assert "\n".join(lines) == record.text


def test_a_question_that_is_not_there_says_so(client: FlaskClient) -> None:
    article_page = page(client, "/article/demo:sora?q=zzyzx")
    assert "ne se trouve pas dans cette page" in article_page.text_content()


def test_links_to_the_original_go_to_the_words(client: FlaskClient) -> None:
    article_page = page(client, "/article/demo:sora?q=avocat")
    links = article_page.xpath("//li[@id='comment-17']/article//p[@class='facts']/a/@href")
    directive = "#c:~:text=interdit%20tout.%20L%E2%80%99-,avocat,-des%20artistes%20le"
    assert links[-1] == f"https://demo.example/1/sora/{directive}"


@pytest.mark.parametrize("id", [
    "https://demo.example/a//b?x=1&y=2#z", "a b/c", "é:1", "100%", "a+b", "..", "x;y", "a.json",
])  # fmt: skip
def test_any_id_has_an_address(
    app_of: Callable[..., flask.Flask], sora_records: list[Record], id: str
) -> None:
    about = replace(sora_records[0].about, id=id)
    records = [replace(record, id=record.id.replace("demo:sora", id), about=about)
               for record in sora_records]  # fmt: skip
    client = app_of(records).test_client()
    result = client.get("/search.json?q=avocat").get_json()["results"][0]
    address = result["url"].split("?")[0]
    assert client.get(address).status_code == 200
    assert client.get(f"{address}.json").get_json()["article"]["id"] == id


def test_no_article(client: FlaskClient) -> None:
    assert client.get("/article/nope").status_code == 404
    problem = client.get("/article/nope.json").get_json()
    assert problem["type"] == "/api#no-article"
    assert "nope" in problem["detail"]


@pytest.mark.parametrize("face", ["", ".json"])
@pytest.mark.parametrize("question", ["", "?q=red+team", "?q=nda&show=found&sort=newest"])
@pytest.mark.parametrize("end", ["/", "//"])
def test_a_slash_at_the_end_leads_to_the_article(
    client: FlaskClient, face: str, question: str, end: str
) -> None:
    answer = client.get(f"/article/demo:sora{face}{end}{question}")
    assert answer.status_code == 301
    assert answer.location == f"/article/demo:sora{face}{question}"
    assert client.get(f"/article/nope{face}{end}").status_code == 404


def test_an_id_that_ends_with_a_slash_keeps_it(
    app_of: Callable[..., flask.Flask], sora_records: list[Record]
) -> None:
    slashed = [
        replace(
            record,
            id=record.id.replace("demo:sora", "demo:sora/"),
            about=replace(record.about, id="demo:sora/"),
            parent=record.parent and record.parent.replace("demo:sora", "demo:sora/"),
        )
        for record in sora_records
    ]
    client = app_of([*sora_records, *slashed]).test_client()
    answer = client.get("/article/demo:sora%2F.json")
    assert answer.get_json()["article"]["id"] == "demo:sora/"
    assert client.get("/article/demo:sora/").status_code == 200


OLD = "wp:ancien.example:7/é"


@pytest.mark.parametrize("face", ["", ".json"])
@pytest.mark.parametrize("question", ["", "?q=red+team"])
def test_a_former_id_leads_to_the_article(
    app_of: Callable[..., flask.Flask], sora_records: list[Record], face: str, question: str
) -> None:
    lead, *other_records = sora_records
    # a name is an address too: an article that has it there only is another
    lead_with_former_id = replace(lead, extra={"otherIds": ["https://ancien.example/7", OLD]})
    client = app_of([lead_with_former_id, *other_records]).test_client()
    for former in ("https://ancien.example/7", OLD):
        answer = client.get(f"/article/{quote(former, safe='')}{face}{question}")
        assert answer.status_code == 301
        assert answer.location == f"/article/demo:sora{face}{question}"
        assert client.get(answer.location).status_code == 200
    lead_with_address = replace(lead, extra={"sameAs": ["https://ancien.example/7"]})
    client = app_of([lead_with_address, *other_records]).test_client()
    assert client.get(f"/article/https://ancien.example/7{face}").status_code == 404

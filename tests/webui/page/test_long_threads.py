"""Does the page of a long thread go by parts, none of them long, and lose nothing?"""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from flask.testing import FlaskClient
from lxml import html

from index import engines
from index.answering import parts
from index.record import About, Record
from index.writing.writing import write
from webui import create_app

COMMENTS = 2000
LONGEST = 300_000


def day(n: int) -> str:
    """Replies come days after what they answer."""
    return f"2024-{1 + n * 7 % 12:02}-{1 + n % 28:02}T10:00:00+01:00"


DAYS = {f"comment-{n}": day(n) for n in range(1, COMMENTS + 1)}


@cache
def thread_of(comments: int) -> engines.Engine:
    about = About("a", "Un fil sans fin", comments=comments)
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
            depth=int(n % 3 == 0),
            start=day(n),
            end=day(n),
            precision="minute",
        )
        for n in range(1, comments + 1)
    ]
    engine = engines.open(":memory:")
    write(engine, [records], seen=1)
    return engine


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app(thread_of(COMMENTS)).test_client()


def anchors(text: str) -> list[str]:
    return [
        element.get("id")
        for element in html.fromstring(text).xpath("//section[@class='thread']//li")
    ]


def follow(client: FlaskClient, address: str, rel: str) -> list[str]:
    """The anchors of each part, from one to the last."""
    anchors_met = []
    while address:
        answer = client.get(address)
        assert answer.status_code == 200
        assert len(answer.data) <= LONGEST
        anchors_met.append(anchors(answer.text))
        address = next(iter(html.fromstring(answer.text).xpath(f"//a[@rel='{rel}']/@href")), "")
    return anchors_met


def test_parts_follow_one_another_and_hold_everything_once(client: FlaskClient) -> None:
    parts = follow(client, "/article/a", "next")
    assert len(parts) > 3
    all_anchors = [anchor for part in parts for anchor in part]
    assert all_anchors == [f"comment-{n}" for n in range(1, COMMENTS + 1)]
    assert html.fromstring(client.get("/article/a").text).xpath("//*[@id='section-1']")


def test_parts_can_be_read_backwards(client: FlaskClient) -> None:
    parts = follow(client, f"/article/a?start={COMMENTS + 1}", "prev")
    all_anchors = {anchor for part in parts for anchor in part}
    assert all_anchors == {f"comment-{n}" for n in range(1, COMMENTS + 1)}


def test_json_goes_by_the_same_parts(client: FlaskClient) -> None:
    address, positions = "/article/a.json", []
    while address:
        answer = client.get(address)
        assert len(answer.data) <= LONGEST
        body = answer.get_json()
        assert body["part"]["passages"] == COMMENTS + 2
        positions += [passage["position"] for passage in body["passages"]]
        address = body["part"]["next"]
    assert positions == list(range(COMMENTS + 2))


def test_a_comment_that_is_linked_comes_first(client: FlaskClient) -> None:
    answer = client.get("/search.json?q=cuivre").get_json()
    urls = [passage["url"] for group in answer["results"] for passage in group["passages"]]
    assert urls
    for url in urls:
        address, _, anchor = url.partition("#")
        assert anchors(client.get(address).text)[0] == anchor


def test_what_answers_a_question_comes_first(client: FlaskClient) -> None:
    answer = client.get("/article/a?q=cuivre")
    answering = [f"comment-{n}" for n in range(7, COMMENTS, 100)]
    assert anchors(answer.text) == answering
    # they are all here: it is the choice « Passages trouvés »
    assert f"Seuls sont montrés les {len(answering)} passages trouvés" in answer.text
    choice = html.fromstring(answer.text).xpath("//nav[@aria-label='Montrer']//a[@aria-current]")
    assert [" ".join(link.text_content().split()) for link in choice] == [
        f"Passages trouvés {len(answering)}"
    ]
    body = client.get("/article/a.json?q=cuivre").get_json()
    assert body["part"]["found"] == len(answering)
    assert body["part"]["next"] == "/article/a.json?q=cuivre&start=0"
    # what nothing answers leaves the thread as it is
    assert anchors(client.get("/article/a?q=zzyzx").text)[0] == "comment-1"


def test_an_answer_leads_to_what_it_answers_on_another_part(client: FlaskClient) -> None:
    part_page = html.fromstring(client.get("/article/a?at=comment-1500").text)
    [link] = part_page.xpath("//li[@id='comment-1500']//a[starts-with(text(),'en réponse')]/@href")
    assert link == "/article/a?at=comment-1499#comment-1499"
    assert part_page.xpath("//li[@id='comment-1503']//a[@href='#comment-1502']")


@pytest.mark.parametrize("question", ["", "show=found&q=cuivre&", "sort=newest&"])
def test_a_part_past_the_end_takes_no_more_work(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, question: str
) -> None:
    looks = 0
    window = parts._window

    def counted(*arguments: Any) -> Any:
        nonlocal looks
        looks += 1
        return window(*arguments)

    monkeypatch.setattr(parts, "_window", counted)
    near = client.get(f"/article/a.json?{question}start={COMMENTS + 5}").get_json()
    windows = looks
    assert near["passages"]
    far = client.get(f"/article/a.json?{question}start=999999998").get_json()
    assert looks == 2 * windows
    assert [passage["id"] for passage in far["passages"]] == [
        passage["id"] for passage in near["passages"]
    ]


@pytest.mark.parametrize("question", ["start=-1", "start=x", "at=" + "a" * 201])
def test_a_part_that_cannot_be_is_refused(client: FlaskClient, question: str) -> None:
    assert client.get(f"/article/a?{question}").status_code == 400


@pytest.mark.parametrize("question", ["start=999999", "at=comment-0"])
def test_a_part_that_is_not_there_is_the_beginning(client: FlaskClient, question: str) -> None:
    assert anchors(client.get(f"/article/a?{question}").text)[0] == "comment-1"


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("at=comment-0", True),
        ("at=comment-0&q=cuivre", True),
        ("at=comment-10", False),
        ("at=comment-10&q=cuivre", False),
        # it may be there and not answer
        ("at=comment-10&q=cuivre&show=found", False),
        ("start=999999", False),
        ("", False),
    ],
)
def test_an_address_of_what_went_away_says_so(
    client: FlaskClient, question: str, told: bool
) -> None:
    part_page = html.fromstring(client.get(f"/article/a?{question}").text)
    [note] = part_page.xpath("//p[@class='gone']")
    assert (note.get("hidden") is None) == told


def hits(text: str) -> list[str]:
    """The anchors of the passages of a page that hold an occurrence."""
    return html.fromstring(text).xpath("//article[.//*[starts-with(@id, 'occ-')]]/parent::li/@id")


def through(client: FlaskClient, address: str, parameters: str) -> list[str]:
    """The passages met by going from hit to hit, from part to part."""
    parts = []
    while address:
        answer = client.get(address.partition("#")[0])
        assert len(answer.data) <= LONGEST
        parts.append(hits(answer.text))
        [address] = html.fromstring(answer.text).xpath(
            f"//*[@class='steps']/@data-{parameters}"
        ) or [""]
    return [anchor for part in parts for anchor in part]


ANSWERING = [f"comment-{n}" for n in range(7, COMMENTS, 100)]


def test_hits_are_gone_through_from_part_to_part(client: FlaskClient) -> None:
    assert through(client, "/article/a?q=cuivre&start=0", "after") == ANSWERING
    backwards = through(client, f"/article/a?q=cuivre&start={COMMENTS + 1}", "before")
    assert set(backwards) == set(ANSWERING)
    # a part without any still leads to them
    part_page = html.fromstring(client.get("/article/a?q=cuivre&at=comment-10").text)
    [steps] = part_page.xpath("//p[@class='steps']")
    assert steps.get("data-before").endswith("#occ-end")
    assert steps.get("data-after").endswith("#occ-1")


def test_the_nearest_part_that_answers_begins_or_ends_with_what_does(client: FlaskClient) -> None:
    after = client.get("/article/a?q=cuivre&after=1300")
    assert anchors(after.text)[0] == "comment-1307"
    before = client.get("/article/a?q=cuivre&before=1300")
    assert hits(before.text)[-1] == "comment-1207"
    for beyond in ("after=1999999", "before=0"):
        assert anchors(client.get(f"/article/a?q=cuivre&{beyond}").text)[0] == "comment-1"


def test_only_what_answers_with_what_it_answers(client: FlaskClient) -> None:
    answer = client.get("/article/a?q=cuivre&show=found")
    assert anchors(answer.text) == ANSWERING
    part_page = html.fromstring(answer.text)
    replies = [n for n in range(7, COMMENTS, 100) if n % 3 == 0]
    context = part_page.xpath("//p[@class='context']")
    assert [element.xpath("a/@href")[0] for element in context] == [
        f"/article/a?q=cuivre&at=comment-{n - 1}#comment-{n - 1}" for n in replies
    ]
    assert (
        context[0]
        .xpath("span[@class='said']")[0]
        .text_content()
        .startswith(f"Commentaire {replies[0] - 1} ")
    )
    # of what nothing answers, everything is shown
    assert anchors(client.get("/article/a?q=zzyzx&show=found").text)[0] == "comment-1"


def test_what_answers_goes_by_parts_too(client: FlaskClient) -> None:
    parts = follow(client, "/article/a?q=commentaire&show=found", "next")
    assert len(parts) > 3
    all_anchors = [anchor for part in parts for anchor in part]
    assert all_anchors == [f"comment-{n}" for n in range(1, COMMENTS + 1)]
    address, answer_count = "/article/a.json?q=commentaire&show=found", 0
    while address:
        body = client.get(address).get_json()
        answer_count += len(body["passages"])
        assert body["part"]["listed"] == body["part"]["answering"] == COMMENTS
        address = body["part"]["next"]
    assert answer_count == COMMENTS


@pytest.mark.parametrize("order", ["oldest", "newest"])
def test_comments_by_date(client: FlaskClient, order: str) -> None:
    parts = follow(client, f"/article/a?sort={order}", "next")
    assert len(parts) > 3
    all_anchors = [anchor for part in parts for anchor in part]
    expected = [f"comment-{n}" for n in range(1, COMMENTS + 1)]
    assert sorted(all_anchors) == sorted(expected)
    days = [DAYS[anchor] for anchor in all_anchors]
    assert days == sorted(days, reverse=order == "newest")
    # the article is where they begin
    assert html.fromstring(client.get(f"/article/a?sort={order}").text).xpath(
        "//*[@id='section-1']"
    )
    backwards = follow(client, f"/article/a?sort={order}&start={COMMENTS - 1}", "prev")
    assert {anchor for part in backwards for anchor in part} == set(expected)
    response = client.get(f"/article/a?q=cuivre&show=found&sort={order}")
    assert sorted(anchors(response.text)) == sorted(ANSWERING)


def test_a_part_with_many_marks_is_no_longer(client: FlaskClient) -> None:
    for parameters in ("", "&start=0", "&show=found", "&show=found&sort=newest"):
        answer = client.get(f"/article/a?q=mot OU commentaire{parameters}")
        assert len(answer.data) <= LONGEST, parameters
        assert (
            len(client.get(f"/article/a.json?q=mot OU commentaire{parameters}").data) <= LONGEST
        ), parameters


@pytest.mark.parametrize("parameters", ["start=0", "after=900", "before=900", "show=found", ""])
def test_a_part_asks_as_much_of_any_thread(
    client: FlaskClient, parameters: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of sixteen times as many comments, a few more ranges are counted and no more is read."""
    counts_by_size = {}
    for comments in (COMMENTS // 4, COMMENTS * 4):
        engine = thread_of(comments)
        reader = engine.reader()
        loaded = asked = 0

        class Counted:
            def __getattr__(self, name: str) -> Any:
                return getattr(reader, name)  # noqa: B023

            def load(self, refs: Any) -> Any:
                nonlocal loaded
                loaded += len(refs)
                return reader.load(refs)  # noqa: B023

            def search(self, *args: Any, **options: Any) -> Any:
                nonlocal asked
                asked += 1
                return reader.search(*args, **options)  # noqa: B023

        monkeypatch.setattr(type(engine), "reader", lambda self: Counted())
        assert (
            create_app(engine).test_client().get(f"/article/a?q=cuivre&{parameters}").status_code
            == 200
        )
        monkeypatch.undo()
        counts_by_size[comments] = loaded, asked
    (few, short_searches), (many, long_searches) = counts_by_size.values()
    assert many <= few + 600
    assert long_searches <= short_searches + 12

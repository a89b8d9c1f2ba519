"""What does a run say of a site that refuses, lies or breaks, and does it go on?"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from glose import main
from index import engines
from index.record import Record
from indexer.canonical.conversion import article_of
from indexer.wordpress import api

Run = Callable[..., Any]

pytestmark = pytest.mark.usefixtures("no_waiting")


@pytest.fixture
def run(site: Any, tmp_path: Path) -> Run:
    def run(*sources: str, code: int, private: bool = True) -> Any:
        result = CliRunner().invoke(
            main,
            ["index", *(sources or [site.home]), "--index", str(tmp_path / "i"), "--rate", "100",
             "--json", *(["--allow-private"] if private else [])],
        )  # fmt: skip
        assert result.exit_code == code, result.output
        assert "Traceback" not in result.output
        return json.loads(result.stdout)

    return run


@pytest.fixture
def blog(site: Any) -> Any:
    """Two posts, and a comment under each."""
    for number in (10, 11):
        site.post(number)
        site.comment(100 + number, number)
    return site


def answering(route: str, reply: Any) -> Callable[[str, dict[str, str]], Any]:
    return lambda path, params: reply if path.endswith(route) else None


def reasons(result: Any) -> str:
    return " / ".join(skipped_file["reason"] for skipped_file in result["skipped"])


def test_a_private_address_wants_to_be_said(blog: Any, run: Run, tmp_path: Path) -> None:
    result = run(code=1, private=False)
    assert "adresse privée (127.0.0.1)" in reasons(result)
    assert "--allow-private" in reasons(result)
    assert blog.asked == []
    assert not (tmp_path / "i").exists()


@pytest.mark.parametrize("status", [401, 403, 404])
def test_posts_that_nobody_may_read(blog: Any, run: Run, status: int) -> None:
    blog.odd = answering("/posts", blog.error("rest_cannot_read", status))
    result = run(code=1)
    assert f"ne laisse pas lire les articles (réponse {status})" in reasons(result)
    assert result["articles"] == 0
    blog.odd = lambda path, params: None
    assert run(code=0)["articles"] == 2


def records_stored(tmp_path: Path, blog: Any, number: int) -> Any:
    name = f"wp:{blog.home.removeprefix('http://')}:{number}"
    stored = engines.open(str(tmp_path / "i")).reader().passages(name)
    return article_of([Record.load(record) for record in stored])


def test_comments_that_nobody_may_read(blog: Any, run: Run, tmp_path: Path) -> None:
    blog.odd = answering("/comments", blog.error("rest_comment_disabled", 403))
    result = run(code=1)
    assert (result["articles"], result["comments"]) == (2, 0)
    assert reasons(result).count("ne laisse pas lire les commentaires (réponse 403)") == 1
    assert records_stored(tmp_path, blog, 10).extra["completeness"] == "partial"


def test_comments_that_nobody_may_read_any_more_stay(blog: Any, run: Run, tmp_path: Path) -> None:
    run(code=0)
    blog.odd = answering("/comments", blog.error("rest_comment_disabled", 403))
    blog.edit(10, "<p>Autre.</p>", datetime(2023, 1, 1))
    result = run(code=1)
    assert (result["articles"], result["removed"]) == (1, 0)
    records = records_stored(tmp_path, blog, 10)
    assert (records.sections[0].text, len(records.comments)) == ("Autre.", 1)


@pytest.mark.parametrize(
    "reply",
    [
        (401, {}, b"{}"),
        (404, {}, b""),
        (200, {}, b"<p>Interdit</p>"),
        (400, {}, b"{}"),
        (500, {}, b""),
    ],
)
def test_authors_that_nobody_may_read_are_only_missed(blog: Any, run: Run, reply: Any) -> None:
    blog.odd = answering("/users", reply)
    result = run(code=0)
    assert (result["articles"], result["comments"]) == (2, 2)
    assert [warning["kind"] for warning in result["warnings"]] == ["no_users"]


def test_a_list_that_memory_cannot_hold_is_told_as_that(
    blog: Any, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = api.parsed

    def short(data: bytes) -> Any:
        if data[:1] == b"[":
            raise MemoryError
        return plain(data)

    monkeypatch.setattr(api, "parsed", short)
    assert "la mémoire manque pour lire les articles" in reasons(run(code=1))


def test_one_closed_thread_does_not_close_the_others(blog: Any, run: Run) -> None:
    def refuse_closed(path: str, params: dict[str, str]) -> Any:
        is_closed = path.endswith("/comments") and "11" in params.get("post", "").split(",")
        return blog.error("rest_cannot_read_post", 401) if is_closed else None

    blog.odd = refuse_closed
    result = run(code=0)
    assert (result["articles"], result["comments"]) == (2, 1)
    assert [warning["kind"] for warning in result["warnings"]] == ["closed_thread"]


@pytest.mark.parametrize(
    "body",
    [
        b"<html>Entretien en cours</html>",
        b"{}",
        b"null",
        b"[1, 2",
        b"\xff\xfe",
        b"",
        b'"' + b"[" * 100_000,
    ],
)
def test_something_else_than_the_list(blog: Any, run: Run, body: bytes) -> None:
    blog.odd = answering("/posts", (200, {}, body))
    assert "a répondu autre chose que la liste demandée pour les articles" in reasons(run(code=1))


def test_items_of_every_shape(blog: Any, run: Run) -> None:
    odd_items: list[Any] = [
        None,
        7,
        {},
        {"id": "12"},
        {"id": True},
        {"id": 20},
        {"id": 21, "title": "sans rendered", "content": [], "link": 3, "guid": None, "tags": "x"},
        {"id": 22, "title": {"rendered": None}, "date": 5, "modified": [], "author": "moi"},
        {"id": 23, "date_gmt": "hier", "date": "0000-00-00T00:00:00", "categories": [None, "3", 3]},
    ]
    blog.odd = answering("/posts", blog.json(odd_items))
    result = run(code=0)
    assert result["articles"] == 4
    blog.odd = answering("/comments", blog.json([{"id": 1, "post": "10"}, {"id": 2}, "x"]))
    assert run(code=0)["skipped"] == []


def test_a_list_that_never_ends(blog: Any, run: Run) -> None:
    """Whatever page is asked for, the same one."""
    posts = [dict(post) for post in blog.posts.values()]
    headers = {"X-WP-Total": "100000000", "X-WP-TotalPages": "1000000"}
    blog.odd = answering("/posts", blog.json(posts, **headers))
    assert run(code=0)["articles"] == 2
    assert len(blog.asked) < 40


def test_a_list_without_totals_ends_at_an_empty_page(blog: Any, run: Run) -> None:
    inner = blog.answer

    def answer(path: str, params: dict[str, str], headers: dict[str, str]) -> Any:
        status, answer_headers, body = inner(path, params, headers)
        return status, {k: v for k, v in answer_headers.items() if not k.startswith("X-WP")}, body

    blog.answer = answer
    for number in range(200, 450):
        blog.comment(number, 10 + number % 2)
    assert run(code=0)["comments"] == 252
    assert run(code=0)["articles"] == 0


def test_an_interface_that_leads_elsewhere(blog: Any, run: Run) -> None:
    link = {"Link": '<http://169.254.169.254/wp-json/>; rel="https://api.w.org/"'}
    blog.odd = answering("/", (200, link, b""))
    assert "chez un autre hôte" in reasons(run(code=1))
    assert blog.asked == ["/"]


@pytest.mark.parametrize("to", ["http://169.254.169.254/latest/", "http://localhost:9/", "//a.b/"])
def test_a_list_that_leads_elsewhere(blog: Any, run: Run, to: str) -> None:
    blog.odd = answering("/posts", (302, {"Location": to}, b""))
    assert "renvoie ailleurs" in reasons(run(code=1))


def test_a_site_that_leads_to_the_secrets_of_a_cloud(blog: Any, run: Run) -> None:
    blog.odd = lambda path, params: (302, {"Location": "http://169.254.169.254/latest/"}, b"")
    assert "où aucun site ne peut être (169.254.169.254)" in reasons(run(code=1))


def test_no_wordpress(blog: Any, run: Run) -> None:
    blog.odd = lambda path, params: (200, {"Content-Type": "text/html"}, b"<p>Un autre site</p>")
    assert "n’est pas l’adresse d’un WordPress" in reasons(run(code=1))


def test_a_site_that_shuts_its_door(blog: Any, run: Run) -> None:
    blog.odd = lambda path, params: (403, {"Content-Type": "text/html"}, b"<p>Interdit</p>")
    assert "(réponse 403)" in reasons(run(code=1))


def test_the_rest_of_the_run_goes_on(blog: Any, run: Run, tmp_path: Path) -> None:
    page = tmp_path / "articles.jsonl"
    page.write_text('{"headline": "Une page", "articleBody": "Du texte."}')
    result = run("http://127.0.0.1:1/", str(page), "http://0.0.0.0/", blog.home, code=1)
    assert (result["articles"], len(result["skipped"])) == (3, 2)


def test_a_500_once_is_forgiven(blog: Any, run: Run) -> None:
    times = iter([500, 503, 429])

    def fail_once(path: str, params: dict[str, str]) -> Any:
        status = next(times, None) if path.endswith("/comments") else None
        return None if status is None else (status, {"Retry-After": "1"}, b"")

    blog.odd = fail_once
    assert run(code=0)["comments"] == 2


def test_a_state_that_is_damaged_is_worth_nothing(blog: Any, run: Run, tmp_path: Path) -> None:
    run(code=0)
    [state] = (tmp_path / "i").glob("rest-*.json")
    for body in (b"", b"{}", b"\xff", state.read_bytes().replace(b'"newest"', b'"newer"')):
        state.write_bytes(body)
        assert run(code=0)["articles"] == 2
        assert run(code=0)["articles"] == 0


def test_what_is_kept_of_a_site_says_nothing_that_anybody_wrote(
    blog: Any, run: Run, tmp_path: Path
) -> None:
    run(code=0)
    [state] = (tmp_path / "i").glob("rest-*.json")
    text = state.read_text()
    assert "Lectrice" not in text
    assert "Camille" not in text
    where = ["--index", str(tmp_path / "i")]
    assert CliRunner().invoke(main, ["verify", *where]).exit_code == 0
    assert state.exists()

"""Is the beginning of a page of results sent before the rest is made, and nothing lost by it?"""

from __future__ import annotations

import http.client
import json
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from threading import Event, Thread
from typing import Any
from urllib.parse import urlsplit

import flask
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from index.answering import showing
from index.engines import Engine
from index.record import Record
from tests.webui.test_metrics import metrics
from webui import create_app
from webui.serving import Turns, early, journal

Serving = Callable[..., Any]

QUESTIONS = {
    "a word": {"q": "artistes"},
    "several pages": {"q": "pagination", "page": 2},
    "passages": {"q": "artistes", "group": "none", "sort": "oldest"},
    "filters": {"q": "", "category": "Droit"},
    "a part of the words": {"q": "artistes pagination zibeline"},
    "a misspelt word": {"q": "artsites travail"},
    "hostile": {"q": str(early.FLUSH)},
    "a page too far": {"q": "nda", "page": 9},
    "nothing": {"q": "zibeline"},
    "no question": {},
}
PARTS = pytest.mark.parametrize("asked", QUESTIONS.values(), ids=QUESTIONS)


def ask(app: flask.Flask, asked: dict[str, Any], **options: Any) -> TestResponse:
    return app.test_client().get("/search", query_string=asked, buffered=False, **options)


def pieces(answer: TestResponse) -> Iterator[bytes]:
    return iter(answer.response)


@pytest.fixture
def fresh(engine: Engine) -> flask.Flask:
    """An application that holds no answer yet."""
    return create_app(engine)


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[Record]:
    """The passages that were cut so far."""
    records: list[Record] = []
    cut = showing._passage

    def counted(record: Record, *rest: Any) -> Any:
        records.append(record)
        return cut(record, *rest)

    monkeypatch.setattr(showing, "_passage", counted)
    return records


def test_passages_are_cut_once_the_beginning_is_sent(
    fresh: flask.Flask, shown: list[Record]
) -> None:
    with ask(fresh, {"q": "artistes"}) as answer:
        page = pieces(answer)
        beginning = next(page).decode()
        assert "</head>" in beginning
        assert 'class="totals"' in beginning
        assert not shown
        rest = next(page).decode()
        assert rest.count('<li class="passage ') == len(shown) > 0
        assert rest.endswith("</html>")
        assert next(page, None) is None


@PARTS
def test_the_page_is_the_same_however_it_is_sent(
    engine: Engine, fresh: flask.Flask, asked: dict[str, Any]
) -> None:
    early_page = ask(fresh, asked)
    assert "Content-Length" not in early_page.headers
    body = early_page.data
    held = ask(fresh, asked)
    whole = ask(create_app(engine), asked, environ_overrides={"SERVER_PROTOCOL": "HTTP/1.0"})
    for other in (held, whole):
        assert other.data == body
        assert other.headers["Content-Length"] == str(len(body))
        assert other.headers["ETag"] == early_page.headers["ETag"]
        assert other.headers.get("Link") == early_page.headers.get("Link")
    assert str(early.FLUSH).encode() not in body


@PARTS
def test_what_is_left_asks_nothing_of_the_index(
    fresh: flask.Flask, asked: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    with ask(fresh, asked) as answer:
        page = pieces(answer)
        next(page)
        engine = fresh.extensions["engine"]

        def refused(*_: Any, **__: Any) -> Any:
            raise AssertionError("what can be refused is asked before the first byte")

        reader = type(engine.reader())
        for name in ("search", "look", "page", "values", "load", "freq", "words", "near", "held"):
            monkeypatch.setattr(reader, name, refused)
        assert b"".join(page).endswith(b"</html>")


def test_each_piece_can_be_read_as_soon_as_it_comes(engine: Engine, fresh: flask.Flask) -> None:
    bare = ask(create_app(engine), {"q": "artistes"}).data
    with ask(fresh, {"q": "artistes"}, headers={"Accept-Encoding": "gzip"}) as answer:
        assert answer.headers["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in answer.vary
        reading = zlib.decompressobj(16 + zlib.MAX_WBITS)
        page = pieces(answer)
        beginning = reading.decompress(next(page))
        assert b'class="totals"' in beginning
        assert beginning + b"".join(map(reading.decompress, page)) == bare
        assert reading.eof


def test_headers_alone_are_those_of_the_whole(engine: Engine, client: FlaskClient) -> None:
    body = ask(create_app(engine), {"q": "artistes"}).data
    head = create_app(engine).test_client().head("/search?q=artistes")
    assert (head.data, head.headers["Content-Length"]) == (b"", str(len(body)))


def test_no_turn_is_held_while_a_page_is_sent(fresh: flask.Flask) -> None:
    turns: Turns = fresh.extensions["turns"]
    running = []
    fresh.jinja_env.filters["marked"] = lambda text, marks: running.append(turns.running) or text
    with ask(fresh, {"q": "artistes"}) as answer:
        page = pieces(answer)
        next(page)
        assert (turns.running, running) == (0, [])
        next(page)
        assert set(running) == {1}
        assert turns.running == 0


@pytest.mark.parametrize("fails", [False, True], ids=["the client leaves", "it fails"])
def test_a_page_that_was_not_made_whole_is_not_kept(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, fails: bool
) -> None:
    app = create_app(engine, METRICS_TOKEN="sesame")
    answer = ask(app, {"q": "artistes"})
    page = pieces(answer)
    next(page)
    if fails:
        with monkeypatch.context() as broken:
            broken.setattr(showing, "_passage", None)
            with pytest.raises(TypeError):
                next(page)
    answer.close()
    turns: Turns = app.extensions["turns"]
    assert (turns.running, turns.waiting) == (0, 0)
    # it is made again, and counted for what it was
    assert ask(app, {"q": "artistes"}).data.endswith(b"</html>")
    counted = metrics(
        app.test_client().get("/metrics", headers={"Authorization": "Bearer sesame"}).text
    )
    statuses = {
        status: counted.get(f"glose_requests_total|search|{status}") for status in (200, 500)
    }
    assert statuses == ({200: 1, 500: 1} if fails else {200: 2, 500: None})


def test_who_was_begun_goes_before_who_waits() -> None:
    turns = Turns(1, 5, 60.0)
    order: list[str] = []
    ended = Event()

    def first() -> None:
        with turns.turn("a"):
            order.append("first")
            ended.wait()

    def second() -> None:
        with turns.turn("b"):
            order.append("second")

    def resumed() -> None:
        with turns.resumed():
            order.append("resumed")

    threads = []
    for waiting, work in enumerate((first, second, resumed)):
        thread = Thread(target=work)
        thread.start()
        threads.append(thread)
        while turns.running < 1 or turns.waiting < waiting:
            thread.join(0.01)
    ended.set()
    for thread in threads:
        thread.join()
    assert order == ["first", "resumed", "second"]
    assert (turns.running, turns.waiting) == (0, 0)


def test_the_journal_counts_the_making_of_a_page_and_not_its_sending(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = [100.0]
    monkeypatch.setattr("time.perf_counter", lambda: clock[0])

    def making() -> Iterator[bytes]:
        yield b"abc"
        clock[0] += 2
        yield b"de"

    answered: list[tuple[int, float, int]] = []
    for _ in journal._followed(making(), 1.0, lambda *told: answered.append(told)):
        clock[0] += 60
    assert answered == [(200, 3.0, 5)]


BROKEN = """
from index.answering import showing
showing._passage = None
from webui.commands import serve_command
serve_command()
"""
WITHOUT_GUNICORN = "import sys; sys.modules['gunicorn'] = None\n"


@pytest.mark.parametrize("before", ["", WITHOUT_GUNICORN], ids=["gunicorn", "waitress"])
def test_who_gets_a_page_that_failed_knows_it(
    index: Path, serving: Serving, tmp_path: Path, before: str
) -> None:
    told = tmp_path / "journal"
    options = ("--index", str(index), "--log")
    with serving(*options, code=before + BROKEN, journal=told) as (address, _):
        parts = urlsplit(address)
        for encoding in ("identity", "gzip"):
            with closing(http.client.HTTPConnection(parts.hostname or "", parts.port)) as line:
                line.request("GET", "/search?q=artistes", headers={"Accept-Encoding": encoding})
                answer = line.getresponse()
                assert answer.status == 200
                with pytest.raises(http.client.IncompleteRead) as cut:
                    answer.read()
                assert cut.value.partial
                # who cannot be told so gets no half of a page
                line.close()
                line._http_vsn_str, line._http_vsn = "HTTP/1.0", 10  # type: ignore[attr-defined]
                line.request("GET", "/search?q=artistes")
                assert line.getresponse().status == 500
    lines = [json.loads(line) for line in told.read_text().splitlines()]
    answers = [line["status"] for line in lines if line["logger"] == "webui.requests"]
    assert answers == [500] * 4
    assert sum("TypeError" in line.get("trace", "") for line in lines) == 4
    assert "artistes" not in told.read_text()

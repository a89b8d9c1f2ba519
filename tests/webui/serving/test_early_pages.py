"""Is the beginning of a page sent before the rest is made, and nothing lost by it?"""

from __future__ import annotations

import http.client
import json
import signal
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread
from typing import Any
from urllib.parse import quote, urlsplit

import flask
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse
from werkzeug.wrappers import Response

from index.answering import showing
from index.engines import Engine
from index.record import Record
from tests.webui.conftest import hostile
from tests.webui.server.test_service import LONG, WITHOUT_GUNICORN
from tests.webui.serving.test_metrics import metrics
from webui import create_app
from webui.serving import Turns, early, journal

Serving = Callable[..., Any]

ADDRESSES = {
    "a word": "/search?q=artistes",
    "several pages": "/search?q=pagination&page=2",
    "passages": "/search?q=artistes&group=none&sort=oldest",
    "filters": "/search?category=Droit",
    "a part of the words": "/search?q=artistes+pagination+zibeline",
    "a misspelt word": "/search?q=artsites+travail",
    "hostile": f"/search?q={quote(early.FLUSH)}",
    "a page too far": "/search?q=nda&page=9",
    "nothing": "/search?q=zibeline",
    "no question": "/search",
    "an article": "/article/demo:sora",
    "an article marked": "/article/demo:sora?q=nda",
    "a hostile article": f"/article/{quote(hostile()[0].about.id)}?q={quote(early.FLUSH)}",
}
EACH = pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)
WORD = ADDRESSES["a word"]


def ask(app: flask.Flask, address: str = WORD, **options: Any) -> TestResponse:
    return app.test_client().get(address, buffered=False, **options)


def pieces(answer: Response) -> Iterator[bytes]:
    return iter(answer.iter_encoded())


@pytest.fixture
def fresh_app(engine: Engine) -> flask.Flask:
    """An application that holds no answer yet."""
    return create_app(engine)


@pytest.fixture
def shown_records(monkeypatch: pytest.MonkeyPatch) -> list[Record]:
    """The passages that were cut so far."""
    records: list[Record] = []
    cut_passage = showing._passage

    def record_and_cut(record: Record, *arguments: Any) -> Any:
        records.append(record)
        return cut_passage(record, *arguments)

    monkeypatch.setattr(showing, "_passage", record_and_cut)
    return records


def test_passages_are_cut_once_the_beginning_is_sent(
    fresh_app: flask.Flask, shown_records: list[Record]
) -> None:
    with ask(fresh_app) as answer:
        page = pieces(answer)
        beginning = next(page).decode()
        assert "</head>" in beginning
        assert 'class="totals"' in beginning
        assert not shown_records
        next_piece = next(page).decode()
        assert next_piece.count('<li class="passage ') == len(shown_records) > 0
        assert next_piece.endswith("</html>")
        assert next(page, None) is None


@EACH
def test_the_page_is_the_same_however_it_is_sent(
    engine: Engine, fresh_app: flask.Flask, address: str
) -> None:
    early_page = ask(fresh_app, address)
    assert "Content-Length" not in early_page.headers
    body = early_page.data
    sent_early = ask(fresh_app, address)
    sent_whole = ask(create_app(engine), address, environ_overrides={"SERVER_PROTOCOL": "HTTP/1.0"})
    for response in (sent_early, sent_whole):
        assert response.data == body
        assert response.headers["Content-Length"] == str(len(body))
        assert response.headers["ETag"] == early_page.headers["ETag"]
        assert response.headers.get("Link") == early_page.headers.get("Link")
    assert str(early.FLUSH).encode() not in body


@EACH
def test_what_is_left_asks_nothing_of_the_index(
    fresh_app: flask.Flask, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert_ends_by_itself(fresh_app, address, monkeypatch)


def test_nor_how_texts_write_a_word_that_nobody_typed(
    app_of: Callable[..., flask.Flask],
    sora_records: list[Record],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # no text writes "moderateurs" alone: it is looked for again for each passage
    sora_records[3] = replace(sora_records[3], text="Les modérateur·rice·s et l’avocat le liront.")
    app = app_of(sora_records)
    assert_ends_by_itself(app, "/search?q=moderatuer+avocat", monkeypatch, "moderateurs")


def assert_ends_by_itself(
    app: flask.Flask, address: str, monkeypatch: pytest.MonkeyPatch, holding: str = ""
) -> None:
    """The page is made to its end, once begun, though the index refuses all that is asked of it."""
    with ask(app, address) as answer:
        page = pieces(answer)
        beginning = next(page)
        engine: Engine = app.extensions["engine"]

        def refuse(*_: Any, **__: Any) -> Any:
            raise AssertionError("asked after the first byte")

        reader = type(engine.reader())
        reader_calls = "search look page values load freq words near slips kinds"
        for name in reader_calls.split():
            monkeypatch.setattr(reader, name, refuse)
        ending = b"".join(page)
    assert holding in beginning.decode()
    assert holding in ending.decode()
    assert ending.endswith(b"</html>")


def test_each_piece_can_be_read_as_soon_as_it_comes(engine: Engine, fresh_app: flask.Flask) -> None:
    bare = ask(create_app(engine)).data
    with ask(fresh_app, headers={"Accept-Encoding": "gzip"}) as answer:
        assert answer.headers["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in answer.vary
        reading = zlib.decompressobj(16 + zlib.MAX_WBITS)
        page = pieces(answer)
        beginning = reading.decompress(next(page))
        assert b'class="totals"' in beginning
        assert beginning + b"".join(map(reading.decompress, page)) == bare
        assert reading.eof


def test_headers_alone_are_those_of_the_whole(engine: Engine, client: FlaskClient) -> None:
    body = ask(create_app(engine)).data
    head = create_app(engine).test_client().head(WORD)
    assert (head.data, head.headers["Content-Length"]) == (b"", str(len(body)))


def test_no_turn_is_held_while_a_page_is_sent(fresh_app: flask.Flask) -> None:
    turns: Turns = fresh_app.extensions["turns"]
    running = []

    def mark_and_count(text: str, marks: object) -> str:
        running.append(turns.running)
        return text

    fresh_app.jinja_env.filters["marked"] = mark_and_count
    with ask(fresh_app) as answer:
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
    answer = ask(app)
    page = pieces(answer)
    next(page)
    if fails:
        with monkeypatch.context() as patch:
            patch.setattr(showing, "_passage", None)
            with pytest.raises(TypeError):
                next(page)
    answer.close()
    turns: Turns = app.extensions["turns"]
    assert (turns.running, turns.waiting) == (0, 0)
    # it is made again, and counted for what it was
    assert ask(app).data.endswith(b"</html>")
    counters = metrics(
        app.test_client().get("/metrics", headers={"Authorization": "Bearer sesame"}).text
    )
    statuses = {
        status: counters.get(f"glose_requests_total|search|{status}") for status in (200, 500)
    }
    assert statuses == ({200: 1, 500: 1} if fails else {200: 2, 500: None})


def test_who_was_begun_goes_before_who_waits() -> None:
    turns = Turns(1, 5, 60.0)
    order: list[str] = []
    finished = Event()

    def first() -> None:
        with turns.turn("a"):
            order.append("first")
            finished.wait()

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
    finished.set()
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

    journal_lines: list[tuple[int, float, int]] = []
    for _ in journal._followed(making(), 1.0, lambda *line: journal_lines.append(line)):
        clock[0] += 60
    assert journal_lines == [(200, 3.0, 5)]


# What says that passages are about to be cut, and waits to be let go on.
HELD = """
import time
from pathlib import Path
from index.answering import showing
place = Path({place!r})
quick = showing._passage
def held(*given):
    while not (place / "go").exists():
        time.sleep(0.01)
    return quick(*given)
showing._passage = held
from webui.commands import serve_command
serve_command()
"""
BROKEN = """
from index.answering import showing
showing._passage = None
from webui.commands import serve_command
serve_command()
"""
SERVERS = pytest.mark.parametrize("before", ["", WITHOUT_GUNICORN], ids=["gunicorn", "waitress"])


@contextmanager
def connection(address: str) -> Iterator[http.client.HTTPConnection]:
    parts = urlsplit(address)
    with closing(
        http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=LONG)
    ) as line:
        yield line


@SERVERS
def test_the_beginning_comes_while_passages_are_cut(
    index: Path, serving: Serving, tmp_path: Path, before: str
) -> None:
    code = before + HELD.format(place=str(tmp_path))
    with (
        serving("--index", str(index), code=code) as (address, process),
        connection(address) as line,
    ):
        line.request("GET", WORD)
        answer = line.getresponse()
        page = b""
        while b'class="totals"' not in page:
            page += answer.read1()
        assert b'<li class="passage ' not in page
        # told to stop, it ends what it began
        process.send_signal(signal.SIGTERM)
        (tmp_path / "go").touch()
        page += answer.read()
        assert page.count(b'<li class="passage ') > 0
        assert page.endswith(b"</html>")
        assert process.wait(LONG) == 0


@SERVERS
def test_who_gets_a_page_that_failed_knows_it(
    index: Path, serving: Serving, tmp_path: Path, before: str
) -> None:
    journal_path = tmp_path / "journal"
    options = ("--index", str(index), "--log")
    with serving(*options, code=before + BROKEN, journal=journal_path) as (address, _):
        for encoding in ("identity", "gzip"):
            with connection(address) as line:
                line.request("GET", WORD, headers={"Accept-Encoding": encoding})
                answer = line.getresponse()
                assert answer.status == 200
                with pytest.raises(http.client.IncompleteRead) as failure:
                    answer.read()
                assert failure.value.partial
                # who cannot be told so gets no half of a page
                line.close()
                line._http_vsn_str, line._http_vsn = "HTTP/1.0", 10  # type: ignore[attr-defined]
                line.request("GET", WORD)
                assert line.getresponse().status == 500
    lines = [json.loads(line) for line in journal_path.read_text().splitlines()]
    answers = [line["status"] for line in lines if line["logger"] == "webui.requests"]
    assert answers == [500] * 4
    assert sum("TypeError" in line.get("trace", "") for line in lines) == 4
    assert "artistes" not in journal_path.read_text()

"""Is nobody kept out by those who ask too often, too long, or for too much?"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import flask
import pytest

from index.engines import Engine
from webui import create_app
from webui.serving.rates import Rates, TooOften
from webui.serving.turns import Busy, TooLong, Turns


def test_a_client_has_its_rate(app_of: Callable[..., flask.Flask]) -> None:
    client = app_of(RATE=3).test_client()
    assert [client.get("/suggest.json?q=a").status_code for _ in range(4)] == [200] * 3 + [429]
    refusal = client.get("/search.json?q=a")
    assert refusal.get_json()["type"] == "/api#too-often"
    assert 0 < int(refusal.headers["Retry-After"]) <= 20
    other_client = client.get("/search.json?q=a", environ_overrides={"REMOTE_ADDR": "192.0.2.9"})
    assert other_client.status_code == 200
    assert client.get("/healthz").status_code == 200
    with client.get("/static/glose.css") as sheet:
        assert sheet.status_code == 200


def test_rates_forget_and_stay_small() -> None:
    rates = Rates(60)
    for n in range(20_000):
        rates.take(f"10.{n >> 16}.{n >> 8 & 255}.{n & 255}", 0.0)
    assert len(rates._clients) == 10_000
    for _ in range(60):
        rates.take("192.0.2.1", 5.0)
    with pytest.raises(TooOften):
        rates.take("192.0.2.1", 5.0)
    rates.take("192.0.2.1", 6.0)


def test_a_site_of_many_networks_asks_as_much_as_sixteen_clients() -> None:
    rates = Rates(60)
    allowed_count = 0
    for n in range(0x10000):
        with suppress(TooOften):
            rates.take(f"2001:db8:1:{n:x}::1", 0.0)
            allowed_count += 1
    assert allowed_count == 16 * 60
    # nobody else waits for it, and it has its turn again
    rates.take("2001:db8:2::1", 0.0)
    rates.take("192.0.2.1", 0.0)
    rates.take("2001:db8:1:ffff::1", 1.0)


def test_turns_are_given_back_whatever_happens() -> None:
    turns = Turns(1, 0, 5.0)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), turns.turn("a"):
            raise ZeroDivisionError
    with turns.turn("a"), pytest.raises(Busy), turns.turn("a"):
        pass
    with turns.more("a"):
        assert turns.running == 1
    assert (turns.running, turns.waiting) == (0, 0)


def test_who_waits_in_vain_is_refused_at_its_deadline() -> None:
    turns = Turns(1, 5, 0.25, clock=lambda: 100.0)
    with turns.turn("a") as deadline:
        assert deadline == 100.25
        with pytest.raises(Busy), turns.turn("a"):
            pass
    assert turns.waiting == 0


def test_a_timed_reader_stops(engine: Engine) -> None:
    clock = [0.0]
    turns = Turns(1, 0, 1.0, lambda: clock[0])
    with turns.turn("a") as deadline:
        reader = turns.timed(engine.reader(), deadline)
        assert reader.size() > 0
        clock[0] = 1.1
        for call in (reader.size, lambda: reader.words("text", "a"), lambda: reader.load([])):
            with pytest.raises(TooLong):
                call()


def test_an_export_takes_a_turn_for_each_page_and_holds_none(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webui.asking._PORTION", 10)
    app = create_app(engine, AT_ONCE=1, WAITING=0)
    with app.test_client() as client:
        answer = client.get("/search.csv?q=pagination", buffered=False)
        pages = iter(answer.response)
        next(pages)
        # while a slow client reads, another is answered
        assert client.get("/search.json?q=nda").status_code == 200
        assert b"".join(pages).count(b"\r\n") == 31
        answer.close()


def test_an_export_that_was_begun_ends_however_slow_the_machine_became(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webui.asking._PORTION", 10)
    app = create_app(engine)
    clock, step = [0.0], [0.0]

    def later() -> float:
        clock[0] += step[0]
        return clock[0]

    app.extensions["turns"] = Turns(1, 0, 1.0, later)
    answer = app.test_client().get("/search.csv?q=pagination", buffered=False)
    step[0] = 60.0
    assert b"".join(answer.response).count(b"\r\n") == 32
    answer.close()


def test_exports_leave_room_for_questions(engine: Engine) -> None:
    app = create_app(engine, AT_ONCE=2, WAITING=4)
    client = app.test_client()
    slow = [client.get("/search.csv?q=nda", buffered=False) for _ in range(2)]
    refusal = client.get("/search.atom?q=nda")
    assert refusal.status_code == 503
    assert int(refusal.headers["Retry-After"]) >= 1
    assert client.get("/search?q=nda").status_code == 200
    for response in slow:
        response.close()
        # told twice, as servers do, it leaves once
        response.close()
    # neither what was read to the end, nor what is only looked at, nor what fails keeps its place
    for _ in range(4):
        running_export = client.get("/search.csv?q=nda", buffered=False)
        assert b"".join(running_export.response).count(b"\r\n") > 2
        with client.head("/search.csv?q=nda") as looked:
            assert looked.status_code == 200
        assert client.get("/search.csv?q=nda&page=0").status_code == 400
    responses = [client.get("/search.csv?q=nda", buffered=False) for _ in range(3)]
    assert [response.status_code for response in responses] == [200, 200, 503]
    for response in responses:
        response.close()


def test_a_refused_export_is_an_answer(engine: Engine) -> None:
    app = create_app(engine, AT_ONCE=1, WAITING=0)
    with app.extensions["turns"].turn(""):
        for address in ("/search.csv?q=nda", "/search.atom?q=nda", "/search?q=nda", "/"):
            assert app.test_client().get(address).status_code == 503

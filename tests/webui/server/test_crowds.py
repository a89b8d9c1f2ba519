"""Does a crowd that takes nothing, or ends nothing, leave the others their places?"""

from __future__ import annotations

import http.client
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from index import engines
from index.record import Record
from index.writing import writing
from webui.server.sending import Line
from webui.serving.places import Places, Rotation
from webui.serving.turns import Busy, Turns

Serving = Callable[..., Any]

QUESTION = b"GET /search?q=zibeline&size=100&n=%d HTTP/1.1\r\nHost: a\r\n\r\n"


def lines(address: str, count: int, request: bytes = b"") -> list[socket.socket]:
    """Connections from 127.0.0.1 that send this and take nothing of what comes."""
    parts = urlsplit(address)
    sockets = []
    for _ in range(count):
        line = socket.socket()
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        line.settimeout(300)
        line.connect((parts.hostname, parts.port))
        line.sendall(request)
        sockets.append(line)
    return sockets


def ask(address: str, path: str, source: str) -> tuple[int, bytes]:
    """What somebody at another address of this machine is answered."""
    parts = urlsplit(address)
    asking = http.client.HTTPConnection(
        parts.hostname or "", parts.port, timeout=60, source_address=(source, 0)
    )
    asking.request("GET", path)
    answer = asking.getresponse()
    body = answer.read()
    asking.close()
    return answer.status, body


@contextmanager
def closing(sockets: list[socket.socket]) -> Iterator[None]:
    try:
        yield
    finally:
        for line in sockets:
            line.close()


@pytest.fixture
def wordy(index: Path, sora_records: list[Record]) -> Path:
    """An index whose answers are longer than what a system keeps of them."""
    last = sora_records[-1]
    articles = [
        [
            replace(last, id=f"demo:{a}#{n}", about=replace(last.about, id=f"demo:{a}"),
                    position=n, anchor=f"c-{n}", text=f"zibeline {a} " + "et une phrase. " * 40)
            for n in range(3)
        ]
        for a in range(100)
    ]  # fmt: skip
    engine = engines.open(str(index))
    writing.write(engine, articles, seen=1_733_000_100)
    engine.close()
    return index


@pytest.mark.parametrize("waiting", [100, 2])
def test_a_crowd_that_reads_nothing_keeps_nobody_waiting(
    wordy: Path, serving: Serving, tmp_path: Path, waiting: int
) -> None:
    journal = tmp_path / "journal"
    options = ("--index", str(wordy), "--waiting", str(waiting))
    with serving(*options, journal=journal) as (address, _):
        pipelined = b"".join(QUESTION % n for n in range(20))
        with closing(lines(address, 150, pipelined)):
            answers = [
                ask(address, f"/search.json?q=zibeline+{n}", source)
                for n in range(5)
                for source in ("127.0.0.2", "127.0.0.3")
            ]
            assert [status for status, _ in answers] == [200] * 10
            assert all(json.loads(body)["totals"]["passages"] for _, body in answers)
    assert journal.read_text() == ""


@pytest.mark.parametrize(
    ("half", "source"),
    [
        # even of the same address
        (b"GET /search?q=nda HTTP/1.1\r\nHost: a\r\nX: ", "127.0.0.1"),
        # a refusal is sent, and the client has two seconds to take it: its own wait behind it
        (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000000000\r\n\r\n", "127.0.0.2"),
        (
            b"GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n7FFFFFFFFFFFFFFF\r\na",
            "127.0.0.2",
        ),
    ],
    ids=["headers", "a body", "a chunk"],
)
def test_requests_that_never_end_hold_no_thread(
    index: Path, serving: Serving, half: bytes, source: str
) -> None:
    with serving("--index", str(index), "--waiting", "2") as (address, _):
        request = b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"
        with closing([*lines(address, 60, half), *lines(address, 60, request + half)]):
            # fourteen threads
            for n in range(5):
                assert ask(address, f"/search.json?q=nda+{n}", source)[0] == 200


def test_a_request_that_comes_in_pieces_is_answered(index: Path, serving: Serving) -> None:
    with serving("--index", str(index)) as (address, _):
        [line] = lines(address, 1)
        with line:
            pieces = (
                b"GET /healthz HTTP/1.1\r\nHo", b"st: a\r\n", b"\r", b"\nGET /heal",
                b"thz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
            )  # fmt: skip
            for piece in pieces:
                line.sendall(piece)
                time.sleep(0.1)
            received = b""
            while chunk := line.recv(65536):
                received += chunk
        assert received.count(b"HTTP/1.1 200 ") == 2


LATE = {
    # what a busy machine does to the loop, between letting a line in and looking who is late
    "the loop": "worker = connections.Worker\n"
    "worker.murder_keepalived = lambda self, force=False: time.sleep(2.5)\n",
    # the loop may have its turn many times before the thread that reads
    "the thread that reads": "from gunicorn.workers.gthread import ThreadWorker\n"
    "handle = ThreadWorker.handle\n"
    "ThreadWorker.handle = lambda self, conn: time.sleep(1.5) or handle(self, conn)\n",
}


@pytest.mark.parametrize("late", LATE)
def test_a_request_that_came_whole_is_answered_by_who_is_late(
    index: Path, serving: Serving, late: str
) -> None:
    code = (
        "import time; from webui.server import connections; connections._SENDING = 0.1\n"
        f"{LATE[late]}from webui.commands import serve_command; serve_command()"
    )
    with serving("--index", str(index), code=code) as (address, _):
        assert ask(address, "/healthz", "127.0.0.1")[0] == 200


def test_an_address_has_no_more_connections_than_are_free(index: Path, serving: Serving) -> None:
    code = (
        "from webui.server import processes; processes._CONNECTIONS = 0\n"
        "from webui.commands import serve_command; serve_command()"
    )
    # forty connections in all
    with serving("--index", str(index), "--waiting", "28", code=code) as (address, _):
        sockets = lines(address, 60)
        with closing(sockets):
            refused_sockets = [line for line in sockets if line.recv(12) == b"HTTP/1.1 503"]
            assert len(refused_sockets) == 39


def test_a_question_waits_behind_those_of_its_client_only() -> None:
    turns = Turns(1, 8, 60.0)
    order: list[str] = []

    def wait(client: str) -> None:
        with turns.turn(client):
            order.append(client)

    with turns.turn("a"):
        asking = []
        for client in ("a", "a", "a", "b"):
            thread = threading.Thread(target=wait, args=(client,))
            thread.start()
            asking.append(thread)
            while turns.waiting < len(asking):
                time.sleep(0.001)
    for thread in asking:
        thread.join(300)
    assert order == ["a", "b", "a", "a"]
    assert (turns.running, turns.waiting) == (0, 0)


def test_a_client_has_its_share_of_what_waits_and_of_exports() -> None:
    turns = Turns(1, 3, 0.01)
    with turns.turn("a"):
        assert [turns._places.take("a") for _ in range(3)] == [True, True, False]
        assert turns._places.take("b")
    many = Turns(1, 10, 1.0)
    # six places, three of them for one client
    held_turns = [many.long("a") for _ in range(3)]
    with pytest.raises(Busy):
        many.long("a")
    other_turns = [many.long("b") for _ in range(2)]
    for leave in (*held_turns, *held_turns, *other_turns):
        leave()
    assert [many.long("a") for _ in range(3)]


def test_places_are_found_by_whoever_comes_next() -> None:
    places = Places(1000)
    for client in map(str, range(9)):
        while places.take(client):
            pass
        assert places.count(client) > 0
    assert places.take("another")


def test_what_waits_is_taken_from_who_may() -> None:
    rotation = Rotation[int]()
    for number, client in enumerate("aaabbc"):
        rotation.put(client, number)
    assert rotation.take(lambda client: client != "a") == ("b", 3)
    rotation.remove("a", 1)
    with pytest.raises(ValueError, match="9"):
        rotation.remove("b", 9)
    assert [rotation.take() for _ in range(4)] == [("a", 0), ("c", 5), ("b", 4), ("a", 2)]
    assert not rotation


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(
    ("receive_size", "pressed", "sends"),
    [
        (0, False, 20),
        (0, True, 4),
        # a little now and then comes to nothing: after half a minute, less than a thousand a second
        (100, False, 61),
    ],
    ids=["nothing", "nothing while others wait", "hardly anything"],
)
def test_an_answer_that_nobody_takes_is_given_up(
    receive_size: int, pressed: bool, sends: int
) -> None:
    clock = Clock()
    server_end, client_end = socket.socketpair()
    waits = 0

    class Slow(Line):
        def send(self, data: Any, flags: int = 0) -> int:
            nonlocal waits
            waits += 1
            # each waits half a second for the client
            clock.now += 0.5
            if receive_size:
                return receive_size
            raise TimeoutError

    line = Slow(server_end, pressed=lambda: pressed, clock=clock)
    with client_end, line, pytest.raises(BrokenPipeError):
        line.sendall(bytes(1_000_000))
    assert waits == sends


def test_an_answer_that_is_taken_slowly_is_sent_whole() -> None:
    clock = Clock()
    server_end, client_end = socket.socketpair()
    waits = 0

    class Slow(Line):
        def send(self, data: Any, flags: int = 0) -> int:
            nonlocal waits
            waits += 1
            # a modem: nothing for five seconds, then ten thousand
            clock.now += 0.5
            if waits % 11:
                raise TimeoutError
            return min(10_000, len(data))

    with client_end, Slow(server_end, pressed=lambda: False, clock=clock) as line:
        line.sendall(bytes(1_000_000))
        # a hundred times ten thousand
        assert waits == 1_100
        assert line.gettimeout() is None

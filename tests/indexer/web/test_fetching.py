"""Is a site asked politely, and believed in nothing?"""

from __future__ import annotations

import gzip
import socket
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from indexer.web.fetching import AGENT, Fetching, Limits, Unanswered
from indexer.web.hosts import kind

Answering = Callable[[socket.socket, str], None]


class Server:
    """Gives each connection's first request to `answer`, and closes."""

    def __init__(self) -> None:
        self.answer: Answering = ok
        self.asked: list[str] = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}/"
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._listening.accept()
            except OSError:
                return
            with line:
                try:
                    text = line.recv(65536).decode("latin-1")
                    if not text:
                        continue
                    self.asked.append(text)
                    self.answer(line, text)
                except OSError:
                    # who asked has left
                    continue

    def close(self) -> None:
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join()


def answer_with(status: str, body: bytes = b"", **headers: str) -> Answering:
    text = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    head = f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n{text}\r\n"

    def answer(line: socket.socket, headers_asked: str) -> None:
        line.sendall(head.encode() + body)

    return answer


ok = answer_with("200 OK", b"[]")


def one_after_the_other(*answers: Answering) -> Answering:
    following = iter(answers)
    return lambda line, headers_asked: next(following)(line, headers_asked)


@pytest.fixture
def server() -> Iterator[Server]:
    fetching = Server()
    yield fetching
    fetching.close()


@pytest.fixture
def pauses() -> list[float]:
    return []


@pytest.fixture
def fetch(pauses: list[float]) -> Iterator[Callable[..., Fetching]]:
    fetchings: list[Fetching] = []

    def fetch(**options: Any) -> Fetching:
        defaults: dict[str, Any] = {
            "rate": 1000.0,
            "private": ["127.0.0.1"],
            "pause": pauses.append,
            "chance": lambda: 0.5,
        }
        fetchings.append(Fetching(**{**defaults, **options}))
        return fetchings[-1]

    yield fetch
    for fetching in fetchings:
        fetching.close()


# --- where nothing is asked


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("93.184.215.14", "public"),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", "public"),
        ("127.0.0.1", "private"),
        ("127.9.9.9", "private"),
        ("::1", "private"),
        ("10.1.2.3", "private"),
        ("172.16.0.1", "private"),
        ("192.168.1.1", "private"),
        ("100.64.0.1", "private"),
        ("fd00::1", "private"),
        ("fec0::1", "private"),
        ("64:ff9b:1::7f00:1", "never"),
        ("198.18.0.1", "private"),
        ("2001:db8::1", "private"),
        ("::7f00:1", "never"),
        ("169.254.169.254", "never"),
        ("fe80::1%eth0", "never"),
        ("224.0.0.1", "never"),
        ("ff02::1", "never"),
        ("0.0.0.0", "never"),
        ("0.1.2.3", "never"),
        ("::", "never"),
        ("240.0.0.1", "never"),
        ("255.255.255.255", "never"),
        ("::ffff:127.0.0.1", "private"),
        ("::ffff:169.254.169.254", "never"),
        ("64:ff9b::a9fe:a9fe", "never"),
        ("64:ff9b::7f00:1", "private"),
        ("2002:7f00:1::", "private"),
        ("2002:a9fe:a9fe::", "never"),
    ],
)
def test_addresses(address: str, expected: str) -> None:
    assert kind(address) == expected


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("ftp://a.example/", "n’est pas une adresse http"),
        ("file:///etc/passwd", "n’est pas une adresse http"),
        ("http://moi:secret@a.example/", "n’est pas une adresse http"),
        ("http:///x", "n’est pas une adresse http"),
        ("http://a.example:99999/", "n’est pas une adresse http"),
        ("http://[::1/", "n’est pas une adresse http"),
        ("http://localhost:1/", "adresse privée"),
        ("http://2130706433:1/", "adresse privée"),
        ("http://169.254.169.254/latest/meta-data/", "où aucun site ne peut être"),
        ("http://0.0.0.0:1/", "où aucun site ne peut être"),
    ],
)
def test_where_nothing_is_asked(fetch: Any, url: str, why: str) -> None:
    with pytest.raises(Unanswered, match=why):
        fetch(limits=Limits(tries=1)).get(url)


def test_a_name_that_leads_nowhere(fetch: Any) -> None:
    def resolve(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    with pytest.raises(Unanswered, match=r"« blog\.example » ne mène à aucune machine"):
        fetch(resolve=resolve).get("http://blog.example/")


@pytest.mark.parametrize(
    "to",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://localhost:22/",
        "http://[::1]:22/",
        "file:///etc/passwd",
        "gopher://127.0.0.1/",
    ],
)
def test_where_no_redirection_leads(server: Server, fetch: Any, to: str) -> None:
    server.answer = answer_with("302 Found", Location=to)
    with pytest.raises(Unanswered, match="adresse"):
        fetch(limits=Limits(tries=1)).get(server.url)
    assert len(server.asked) == 1


def test_a_name_is_looked_at_each_time_and_its_address_is_the_one_met(
    server: Server, fetch: Any
) -> None:
    """A name that leads elsewhere the second time gains nothing by it."""
    port = int(server.url.rsplit(":", 1)[1].strip("/"))
    places = iter(["127.0.0.1", "169.254.169.254"])
    fetching = fetch(private=["blog.example"], resolve=lambda host, port: [next(places)])
    assert fetching.get(f"http://blog.example:{port}/").status == 200
    assert f"Host: blog.example:{port}" in server.asked[0]
    with pytest.raises(Unanswered, match=r"169\.254"):
        fetching.get(f"http://blog.example:{port}/")


def test_one_bad_address_among_several_is_enough(fetch: Any) -> None:
    fetching = fetch(resolve=lambda host, port: ["93.184.215.14", "10.0.0.1"])
    with pytest.raises(Unanswered, match="adresse privée"):
        fetching.get("http://blog.example/")


def test_a_loop_of_redirections_ends(server: Server, fetch: Any) -> None:
    server.answer = answer_with("301 Moved", Location="/encore")
    with pytest.raises(Unanswered, match="plus de 5 fois"):
        fetch().get(server.url)
    assert len(server.asked) == 6


def test_a_redirection_is_followed_where_it_may(server: Server, fetch: Any) -> None:
    server.answer = one_after_the_other(answer_with("308 Moved", Location="ici?p=1"), ok)
    assert fetch().get(server.url).url == server.url + "ici?p=1"
    server.answer = answer_with("308 Moved", Location="/ailleurs")
    with pytest.raises(Unanswered, match="renvoie ailleurs"):
        fetch().get(server.url, stay=lambda url: "ailleurs" not in url)


# --- what is not believed


def test_a_bomb_is_not_inflated(server: Server, fetch: Any) -> None:
    server.answer = answer_with("200 OK", gzip.compress(bytes(50 << 20)), Content_Encoding="gzip")
    with pytest.raises(Unanswered, match="dépasse 1 Mio"):
        fetch(limits=Limits(body=1 << 20)).get(server.url)


def test_a_body_without_end_ends(server: Server, fetch: Any) -> None:
    def endless(line: socket.socket, headers_asked: str) -> None:
        line.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while True:
            line.sendall(b"10000\r\n" + bytes(0x10000) + b"\r\n")

    server.answer = endless
    with pytest.raises(Unanswered, match="dépasse 1 Mio"):
        fetch(limits=Limits(body=1 << 20)).get(server.url)


@pytest.mark.parametrize(
    "start", [b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n", b"HTTP/1.1 2"]
)
def test_a_slow_answer_ends(server: Server, fetch: Any, start: bytes) -> None:
    """A byte now and then satisfies the patience of each wait, not that of the whole."""
    over = threading.Event()

    def slow(line: socket.socket, headers_asked: str) -> None:
        line.sendall(start)
        while not over.wait(0.05):
            line.sendall(b"0")

    server.answer = slow
    try:
        with pytest.raises(Unanswered, match="n’a pas fini de répondre"):
            fetch(limits=Limits(seconds=0.4, tries=1)).get(server.url)
    finally:
        over.set()


@pytest.mark.parametrize(
    "partial_answer",
    [
        b"",
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\ncourt",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\n\x1f\x8b\x08ab",
    ],
)
def test_half_an_answer_is_asked_again(
    server: Server, fetch: Any, pauses: list[float], partial_answer: bytes
) -> None:
    cut_answer: Answering = lambda line, headers_asked: line.sendall(partial_answer)  # noqa: E731
    server.answer = one_after_the_other(cut_answer, ok)
    assert fetch().get(server.url).body == b"[]"
    server.answer = cut_answer
    with pytest.raises(Unanswered, match="3 fois"):
        fetch(limits=Limits(tries=3)).get(server.url)


# --- politeness


def test_who_asks_is_said(server: Server, fetch: Any) -> None:
    fetch().get(server.url + "été?q=d'été")
    first, *headers = server.asked[0].split("\r\n")
    assert first == "GET /%C3%A9t%C3%A9?q=d%27%C3%A9t%C3%A9 HTTP/1.1"
    assert f"User-Agent: {AGENT}" in headers
    assert "Accept-Encoding: gzip" in headers
    assert AGENT.startswith("Glose/")


def test_one_request_a_second(server: Server, fetch: Any) -> None:
    now = [0.0]
    waited: list[float] = []

    def pause(seconds: float) -> None:
        waited.append(seconds)
        now[0] += seconds

    fetching = fetch(rate=1.0, clock=lambda: now[0], pause=pause)
    for _ in range(3):
        fetching.get(server.url)
        now[0] += 0.25
    assert waited == [0.75, 0.75]


def test_a_tired_site_is_left_alone_longer_and_longer(
    server: Server, fetch: Any, pauses: list[float]
) -> None:
    tired = answer_with("500 Internal Server Error")
    server.answer = one_after_the_other(tired, tired, tired, ok)
    assert fetch(rate=100_000.0).get(server.url).status == 200
    assert [pause for pause in pauses if pause > 0.1] == [1.0, 2.0, 4.0]
    server.answer = tired
    with pytest.raises(Unanswered, match="a répondu 500, 5 fois"):
        fetch().get(server.url)


def test_a_site_says_for_how_long(server: Server, fetch: Any, pauses: list[float]) -> None:
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    server.answer = one_after_the_other(
        answer_with("429 Too Many Requests", Retry_After="30"),
        answer_with("503 Service Unavailable", Retry_After=date),
        ok,
    )
    assert fetch(rate=100_000.0).get(server.url).status == 200
    first, second = (pause for pause in pauses if pause > 0.1)
    assert first == 30
    assert 60 < second <= 90


def test_a_site_that_asks_for_an_hour_is_left_for_today(server: Server, fetch: Any) -> None:
    server.answer = answer_with("429 Too Many Requests", Retry_After="3600")
    with pytest.raises(Unanswered, match="attendre 60 minutes"):
        fetch().get(server.url)
    assert len(server.asked) == 1

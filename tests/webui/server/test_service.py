"""Does the service hold for years: workers, commits, refusals, journal, orderly stop?

Who asks too much is in `test_limits.py`, what is counted in `test_metrics.py`.
"""

from __future__ import annotations

import http.client
import json
import logging
import os
import signal
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from index import engines
from index.record import Record
from index.writing import writing
from tests.webui.serving.test_metrics import metrics
from webui.serving.journal import Line

Serving = Callable[..., Any]

# A service whose engine, once it counts the articles, says so and waits to be let go on.
HELD = """
import time
from pathlib import Path
from index.engines.tantivy.reading import TantivyReader
place = Path({place!r})
quick = TantivyReader.counts
def held(self, tree):
    (place / "counting").touch()
    while not (place / "go").exists():
        time.sleep(0.01)
    return quick(self, tree)
TantivyReader.counts = held
from webui.commands import serve_command
serve_command()
"""
# Seconds after which a line or a process is given up, however loaded the machine.
LONG = 600.0
ATTEMPTS = 30_000


def until(true: Callable[[], Any]) -> None:
    """Look again and again, a little apart; a test that would wait for ever fails."""
    for _ in range(ATTEMPTS):
        if true():
            return
        time.sleep(0.02)
    pytest.fail("what is waited for does not come")


def fetch(address: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    request = urllib.request.Request(address, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=LONG) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, dict(error.headers), error.read()


def test_what_lasts_is_not_looked_through_for_garbage(
    index: Path, serving: Serving, tmp_path: Path
) -> None:
    counts = tmp_path / "counts"
    code = (
        "import gc; from gunicorn.workers import gthread; run = gthread.ThreadWorker.run\n"
        "def running(worker):\n"
        f"    with open({str(counts)!r}, 'w') as file:\n"
        "        print(gc.get_freeze_count(), len(gc.get_objects()), file=file)\n"
        "    run(worker)\n"
        "gthread.ThreadWorker.run = running\n"
        "from webui.commands import serve_command; serve_command()"
    )
    with serving("--index", str(index), code=code) as (address, _):
        assert fetch(address + "healthz")[0] == 200
        lasting, young = map(int, counts.read_text().split())
        assert lasting > 20 * young


def test_every_worker_sees_a_commit_of_another_process(
    index: Path, serving: Serving, tmp_path: Path, sora_records: list[Record]
) -> None:
    journal = tmp_path / "journal"
    options = ("--index", str(index), "--workers", "2", "--log")

    def several(address: str) -> list[int]:
        """What sixteen questions at once find; the kernel gives them to either worker."""
        with ThreadPoolExecutor(16) as pool:
            answers = pool.map(fetch, [address + "search.json?q=zibeline"] * 16)
            return [json.loads(body)["totals"]["comments"] for _, _, body in answers]

    def workers() -> Counter[int]:
        return Counter(json.loads(line)["worker"] for line in journal.read_text().splitlines())

    with serving(*options, journal=journal) as (address, _):
        request_count = 0
        # a worker that never answered before the commit would prove nothing
        while len(workers()) < 2 and request_count < 800:
            assert several(address) == [0] * 16
            request_count += 16
        before = workers()
        assert len(before) == 2
        comment = replace(
            sora_records[-1], id="demo:sora#comment-22", anchor="comment-22", position=8,
            text="une zibeline",
        )  # fmt: skip
        engine = engines.open(str(index))
        writing.write(engine, [[*sora_records, comment]], seen=1_733_000_100)
        engine.close()
        while len(workers() - before) < 2 and request_count < 1600:
            assert several(address) == [1] * 16
            request_count += 16
        assert len(workers() - before) == 2
        counters = metrics(fetch(address + "metrics", Authorization="Bearer sesame")[2].decode())
        assert counters["glose_requests_total|search_json|200"] == request_count
        assert counters["glose_index_comments"] == 6


WITHOUT_GUNICORN = "import sys; sys.modules['gunicorn'] = None\n"


@pytest.mark.parametrize("before", ["", WITHOUT_GUNICORN], ids=["gunicorn", "waitress"])
def test_what_is_being_answered_is_finished(
    index: Path, serving: Serving, tmp_path: Path, before: str
) -> None:
    code = before + HELD.format(place=str(tmp_path))
    with serving("--index", str(index), code=code) as (address, process):
        assert fetch(address + "healthz")[1]["Server"] == ("glose" if before else "gunicorn")
        answers: list[tuple[int, dict[str, str], bytes]] = []
        asking = threading.Thread(
            target=lambda: answers.append(fetch(address + "search.json?q=nda"))
        )
        asking.start()
        until((tmp_path / "counting").exists)
        process.send_signal(signal.SIGTERM)

        def is_closed() -> bool:
            try:
                fetch(address + "healthz")
            except OSError:
                return True
            return False

        # nobody new is let in
        until(is_closed)
        assert answers == []
        (tmp_path / "go").touch()
        asking.join(LONG)
        assert process.wait(LONG) == 0
    assert [status for status, _, _ in answers] == [200]
    assert json.loads(answers[0][2])["totals"]["passages"] == 2


def test_beyond_its_turn_a_question_is_refused_and_told_when(
    index: Path, serving: Serving, tmp_path: Path
) -> None:
    options = ("--index", str(index), "--threads", "1", "--waiting", "1", "--budget", "60")
    with serving(*options, code=HELD.format(place=str(tmp_path))) as (address, _):
        statuses: list[int] = []
        refusals: list[tuple[dict[str, str], bytes]] = []

        def ask(n: int) -> None:
            status, headers, body = fetch(f"{address}search.json?q=nda+{n}")
            statuses.append(status)
            if status != 200:
                refusals.append((headers, body))

        asking = [threading.Thread(target=ask, args=(n,)) for n in range(4)]
        for thread in asking:
            thread.start()
        until(lambda: len(refusals) == 2)
        # how the service fares is told all the same
        assert fetch(address + "healthz")[0] == 200
        counters = metrics(fetch(address + "metrics", Authorization="Bearer sesame")[2].decode())
        assert counters["glose_questions_running"] == 1
        assert counters["glose_questions_waiting"] == 1
        (tmp_path / "go").touch()
        for thread in asking:
            thread.join(LONG)
        assert sorted(statuses) == [200, 200, 503, 503]
        headers, body = refusals[0]
        assert int(headers["Retry-After"]) >= 1
        assert headers["Content-Type"] == "application/problem+json"
        assert json.loads(body)["type"] == "/api#busy"


def test_a_question_has_so_much_time(index: Path, serving: Serving, tmp_path: Path) -> None:
    code = HELD.format(place=str(tmp_path))
    with (
        serving("--index", str(index), "--budget", "1", code=code) as (address, _),
        ThreadPoolExecutor(1) as pool,
    ):
        answer = pool.submit(fetch, address + "search.json?q=nda")
        until((tmp_path / "counting").exists)
        time.sleep(1)
        (tmp_path / "go").touch()
        status, headers, body = answer.result()
        assert (status, json.loads(body)["type"]) == (503, "/api#too-long")
        assert int(headers["Retry-After"]) >= 1


def test_the_journal_is_lines_that_keep_what_was_asked_to_themselves(
    index: Path, serving: Serving, tmp_path: Path
) -> None:
    for option, with_questions in (("--log", False), ("--log-questions", True)):
        journal = tmp_path / option
        with serving("--index", str(index), option, journal=journal) as (address, _):
            fetch(address + "search?q=intime")
            fetch(address + "intime.html")
            fetch(address + "article/intime?q=intime")
            raw(address, b"GET /?q=intime intime HTTP/1.1\r\n\r\n")
        lines = [json.loads(line) for line in journal.read_text().splitlines()]
        first = next(line for line in lines if line["logger"] == "webui.requests")
        assert (first["route"], first["status"], first["method"]) == ("search", 200, "GET")
        assert first["ms"] > 0
        assert "127.0.0.1" not in journal.read_text()
        assert ("intime" in journal.read_text()) == with_questions
        assert first.get("question") == ("intime" if with_questions else None)


def raw(address: str, request: bytes) -> bytes:
    """The answer to bytes that may be no request."""
    parts = urlsplit(address)
    with socket.create_connection((parts.hostname or "", parts.port or 0), timeout=LONG) as line:
        line.sendall(request)
        received = b""
        while chunk := line.recv(65536):
            received += chunk
        return received


NO_REQUESTS = [
    (b"GET /search?q=" + b"a" * 200_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n", 414),
    (b"GET / HTTP/1.1\r\nHost: a\r\nX-Long: " + b"a" * 20_000 + b"\r\n\r\n", 431),
    (b"GET / HTTP/1.1\r\nHost: a\r\n" + b"X-Many: a\r\n" * 200 + b"\r\n", 431),
    (b"<script>alert(1)</script>\r\n\r\n", 400),
    ("GET /search?q=été HTTP/1.1\r\nHost: a\r\n\r\n".encode(), 400),
    (b"GET /search?q=a b HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    (b"g\xe9t / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
]


def test_what_is_no_request_is_refused_with_every_header(index: Path, serving: Serving) -> None:
    with serving("--index", str(index)) as (address, _):
        for request, status in NO_REQUESTS:
            head, _, body = raw(address, request).partition(b"\r\n\r\n")
            assert int(head.split()[1]) == status
            assert b"X-Content-Type-Options: nosniff" in head
            assert b"Content-Security-Policy: default-src 'none'" in head
            problem = json.loads(body)
            assert problem["status"] == status
            # curl sends an accent as it is typed, and says nothing of it
            assert problem.get("detail", "").count("%C3%A9") == (2 if status == 400 else 0)
            # in both languages: which one is asked for was not read
            assert b"Content-Language: fr, en" in head
            assert " / The" in problem["title"] or " / This" in problem["title"]
            assert b"script" not in body
            # and the worker is none the worse for it
            assert fetch(address + "healthz")[0] == 200


def test_lines_that_say_nothing_or_half_hold_nobody_up(
    index: Path, serving: Serving, tmp_path: Path
) -> None:
    journal = tmp_path / "journal"
    with serving("--index", str(index), "--waiting", "2", journal=journal) as (address, _):
        parts = urlsplit(address)
        lines = []
        for n in range(120):
            line = socket.create_connection((parts.hostname or "", parts.port or 0), timeout=LONG)
            # fourteen threads, forty requests that never end, and eighty lines without a word
            line.sendall(b"GET /search?q=nda HTTP/1.1\r\nHost: a\r\nX: " if n % 3 == 0 else b"")
            lines.append(line)
        assert fetch(address + "search.json?q=nda")[0] == 200
        # cut, and not one of them told to the journal
        assert lines[0].recv(100) == b""
        for line in lines:
            line.close()
        assert fetch(address + "search.json?q=nda")[0] == 200
    assert journal.read_text() == ""


def test_who_does_not_leave_holds_nobody_up(index: Path, serving: Serving, tmp_path: Path) -> None:
    """gunicorn 27.0.1 waits two seconds for each of them, in the loop that lets others in."""
    closed_file = tmp_path / "closed"
    code = (
        "import threading; from gunicorn import util; close = util.close_graceful\n"
        "def closing(sock):\n"
        f"    with open({str(closed_file)!r}, 'a') as file:\n"
        "        print(threading.current_thread().name, file=file, flush=True)\n"
        "    close(sock)\n"
        "util.close_graceful = closing\n"
        "from webui.commands import serve_command; serve_command()"
    )
    with serving("--index", str(index), code=code) as (address, _):
        parts = urlsplit(address)
        lines = []
        for _ in range(30):
            line = socket.create_connection((parts.hostname or "", parts.port or 0), timeout=LONG)
            line.sendall(b"GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            assert line.recv(9) == b"HTTP/1.1 "
            lines.append(line)
        assert fetch(address + "search.json?q=nda")[0] == 200
        for line in lines:
            line.close()
    threads = closed_file.read_text().splitlines()
    assert len(threads) == 31
    assert "MainThread" not in threads


def test_who_takes_nothing_of_an_export_is_cut(
    index: Path, serving: Serving, tmp_path: Path, sora_records: list[Record]
) -> None:
    many = [
        replace(last, id=f"demo:long#{n}", about=replace(last.about, id="demo:long"), position=n,
                anchor=f"c-{n}", text="zibeline " + "et une phrase. " * 600)
        for n, last in enumerate([sora_records[-1]] * 600)
    ]  # fmt: skip
    engine = engines.open(str(index))
    writing.write(engine, [many], seen=1_733_000_100)
    engine.close()
    given_up = tmp_path / "given-up"
    code = (
        "from pathlib import Path; import webui.server.sending as sending\n"
        "sending._STALLED = 1; hopeless = sending.Line._hopeless\n"
        f"told = Path({str(given_up)!r})\n"
        "sending.Line._hopeless = lambda *given: hopeless(*given) and told.touch() is None\n"
        "from webui.commands import serve_command; serve_command()"
    )
    journal = tmp_path / "journal"
    options = ("--index", str(index), "--budget", "300")
    with serving(*options, code=code, journal=journal) as (address, _):
        parts = urlsplit(address)
        line = socket.socket()
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        line.settimeout(LONG)
        line.connect((parts.hostname, parts.port))
        line.sendall(b"GET /search.csv?q=zibeline HTTP/1.1\r\nHost: a\r\n\r\n")
        until(given_up.exists)
        received = b""
        while piece := line.recv(1 << 20):
            received += piece
        line.close()
    assert received.startswith(b"HTTP/1.1 200 ")
    # what the system held of it, where the whole is five megabytes
    assert len(received) < 600 * 8_000
    assert journal.read_text() == ""


def test_a_body_is_not_read(index: Path, serving: Serving) -> None:
    with serving("--index", str(index)) as (address, _):
        parts = urlsplit(address)
        line = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=LONG)
        line.request("GET", "/search.json?q=nda", body=b"x" * 500_000)
        assert line.getresponse().status in (200, 413)
        line.close()
        assert fetch(address + "healthz")[0] == 200


def test_a_failure_is_one_line_with_its_trace() -> None:
    try:
        raise RuntimeError("deux\nlignes")
    except RuntimeError as error:
        info = (type(error), error, error.__traceback__)
        record = logging.LogRecord("webui", logging.ERROR, "", 0, "incident %s", ("7f",), info)
    line = Line().format(record)
    assert "\n" not in line
    value = json.loads(line)
    assert value["message"] == "incident 7f"
    assert "RuntimeError" in value["trace"]


def test_the_options_are_told(index: Path) -> None:
    code = "from webui.commands import serve_command; serve_command()"
    python = [os.sys.executable, "-c", code, "--help"]  # type: ignore[attr-defined]
    process = subprocess.run(python, capture_output=True, text=True, check=True)
    for option in ("--workers", "--waiting", "--budget", "--rate", "--log-questions"):
        assert option in process.stdout

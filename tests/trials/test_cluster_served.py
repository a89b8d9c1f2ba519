"""What do those who turn pages and take exports see of a cluster whose nodes die under them?

Every passage once, or a 503 with one sentence in their language: never a short answer that ends
well. The service is there afterwards, and keeps nothing of the cluster when it ends.
"""

from __future__ import annotations

import csv
import http.client
import io
import json
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest

from index import engines
from index.record import About, Record
from index.writing import writing
from tests.opensearch_node import Node, forget

ROOT = Path(__file__).parents[2]
_ARTICLES, _COMMENTS = 200, 15
# a table is asked a thousand passages at a time: three pages of it
_PASSAGES = _ARTICLES * _COMMENTS
_SENTENCES = {"fr": "L’index ne répond pas", "en": "The index does not answer"}
# what is asked of the index, each with its face
_PAGES = ("/search?q=requin", "/timeline?q=requin", "/article/s:1", "/status", "/")
_JSON = (
    "/search.json?q=requin",
    "/complete.json?q=requ",
    "/search.csv?q=requin",
    "/search.atom?q=requin",
    "/status.json",
    "/healthz",
)


def article(number: int) -> list[Record]:
    about = About(f"s:{number}", f"Numéro {number}", comments=_COMMENTS)
    lead = Record(about.id, "lead", about, 0, about.title, "")
    return [lead] + [
        Record(
            f"s:{number}#comment-{n}", "comment", about, n,
            text=f"Un requin {'requin ' * (n % 4)}vu le {n}, " + "au large du phare " * 40,
        )
        for n in range(1, _COMMENTS + 1)
    ]  # fmt: skip


class Answered(NamedTuple):
    """A status, a body and the headers."""

    status: int
    body: bytes
    headers: http.client.HTTPMessage


class Service:
    """`glose serve` in a process of its own."""

    def __init__(self, location: str, journal: Path) -> None:
        with journal.open("w") as journal_file:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "glose", "serve", "--index", location, "--port", "0"],
                stdout=subprocess.PIPE, stderr=journal_file, text=True, cwd=ROOT,
            )  # fmt: skip
        assert self.process.stdout is not None
        match = re.search(r"http://[^\s/]+", self.process.stdout.readline())
        assert match is not None
        self.address = match[0]

    def ask(self, path: str, language: str = "fr") -> Answered:
        request = urllib.request.Request(
            self.address + path, headers={"Accept-Language": language, "Accept": "*/*"}
        )
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                return Answered(answer.status, answer.read(), answer.headers)
        except urllib.error.HTTPError as error:
            with error:
                return Answered(error.code, error.read(), error.headers)

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(120)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return code


@contextmanager
def served(location: str, journal: Path) -> Iterator[Service]:
    service = Service(location, journal)
    try:
        yield service
    finally:
        if service.process.poll() is None:
            service.process.kill()
            service.process.wait()


def refused(answer: Answered, path: str, language: str) -> None:
    """It is a 503 that says in that language, in that face, what is wrong and when to come back."""
    assert answer.status == 503, (path, answer)
    assert int(answer.headers["Retry-After"]) > 0
    assert answer.headers["Content-Language"] == language
    if path in _PAGES:
        assert f'lang="{language}"' in answer.body.decode()
        assert _SENTENCES[language] in answer.body.decode()
    else:
        problem = json.loads(answer.body)
        assert (problem["title"], problem["status"]) == (_SENTENCES[language], 503)
        assert problem["detail"]


def turned(service: Service, path: str) -> tuple[list[str], int, int]:
    """The ids of every page from one on, how many 503 came between, and how often it began anew."""
    ids: list[str] = []
    refusals = restarts = 0
    for _ in range(400):
        answer = service.ask(path)
        if answer.status == 503:
            refused(answer, path, "fr")
            refusals += 1
            time.sleep(1)
            continue
        assert answer.status == 200, answer
        page = json.loads(answer.body)
        if page["page"]["restart"]:
            restarts += 1
            ids, path = [], page["page"]["restart"]
            continue
        ids += [result["id"] for result in page["results"]]
        path = page["page"]["next"]
        if not path:
            return ids, refusals, restarts
    raise AssertionError("no end of the pages")


class Export:
    """A table that is read slowly: its beginning, then the rest."""

    def __init__(self, address: str, path: str) -> None:
        parts = urlsplit(address)
        assert parts.hostname is not None
        self._connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=120)
        self._connection.request("GET", path)
        self._answer = self._connection.getresponse()
        assert self._answer.status == 200
        self._body = self._answer.read(20_000)

    def end(self) -> bytes | None:
        """The whole table; None when it was cut, which its reader is told."""
        try:
            return self._body + self._answer.read()
        except (http.client.IncompleteRead, ConnectionError):
            return None
        finally:
            self._connection.close()


def rows(table: bytes) -> list[str]:
    """The ids of a table."""
    lines = csv.reader(io.StringIO(table.decode("utf-8-sig")), delimiter=";")
    return [cells[0] for cells in lines][1:]


def open_points(nodes: list[Node]) -> int:
    """How many points in time are open on nodes that live."""
    nodes_stats = nodes[0].ask("GET", "/_nodes/stats/indices/search")["nodes"].values()
    return sum(stats["indices"]["search"]["point_in_time_current"] for stats in nodes_stats)


@pytest.mark.parametrize("victim", ["data", "manager"])
def test_a_node_dies_while_pages_are_turned_and_an_export_streams(
    three_nodes: list[Node], victim: str, tmp_path: Path
) -> None:
    hosts = ",".join(node.host for node in three_nodes)
    name = f"served-{victim}"
    location = f"opensearch://{hosts}/{name}?shards=3&replicas=1&timeout=20&patience=60"
    health = f"/_cluster/health/{name}-*?wait_for_nodes=3&timeout=180s&wait_for_status="
    engine = engines.open(location, create=True)
    writing.write(engine, map(article, range(_ARTICLES)), seen=1)
    engine.close()
    three_nodes[0].ask("GET", health + "green")
    every = sorted(f"s:{a}#comment-{n}" for a in range(_ARTICLES) for n in range(1, _COMMENTS + 1))
    manager = three_nodes[0].ask("GET", "/_cat/cluster_manager?format=json")[0]["node"]
    killed = next(
        node for node in three_nodes if (node.directory.name == manager) == (victim == "manager")
    )
    first_live, second_live = live = [node for node in three_nodes if node is not killed]
    exported = tmp_path / "exported.jsonl"
    with served(location, tmp_path / "journal") as service:
        # whole before anything happens
        first = json.loads(service.ask("/search.json?q=requin&group=none&size=100").body)
        assert first["totals"]["passages"] == _PASSAGES
        assert len(rows(service.ask("/search.csv?q=requin").body)) == _PASSAGES
        export = Export(service.address, "/search.csv?q=requin&sort=newest")
        command = subprocess.Popen(
            [sys.executable, "-m", "glose", "export", "--index", location, "-o", str(exported)],
            stderr=subprocess.PIPE, text=True, cwd=ROOT,
        )  # fmt: skip
        killed.kill()
        table = export.end()
        assert table is None or sorted(rows(table)) == every
        ids, refusals, restarts = turned(service, first["page"]["next"])
        if not restarts:
            ids += [result["id"] for result in first["results"]]
        assert sorted(ids) == every
        _, sentence = command.communicate(timeout=300)
        if command.returncode:
            assert sentence.count("\n") == 1, sentence
        else:
            assert len(exported.read_text().splitlines()) == _ARTICLES
        print(
            f"\n{victim}: pages {refusals} × 503, {restarts} × restart; table "
            f"{'cut' if table is None else 'whole'}; export {sentence.strip() or 'whole'}"
        )
        # another node dies: nothing can be answered, and all say so in both languages
        second_live.kill()
        # together, as readers come: whoever waits is refused with whom they wait for
        asked = [(path, language) for path in (*_PAGES, *_JSON) for language in ("fr", "en")]
        with ThreadPoolExecutor(4) as threads:
            answers = [*threads.map(lambda each: service.ask(*each), asked)]
        for (path, language), answer in zip(asked, answers, strict=True):
            refused(answer, path, language)
        # no time is lost with a cluster that has no manager, and its sentence says so
        assert "n’a pas de chef" in (tmp_path / "journal").read_text()
        # both come back, and nobody restarts the service
        with ThreadPoolExecutor(2) as threads:
            deque(threads.map(Node.start, [second_live, killed]))
        # A copy of each part is enough to answer. All of them may take OpenSearch 3.9.0 half an
        # hour: so long may a copy wait that becomes the first, and those to be made of it are
        # refused meanwhile (`ShardNotInPrimaryModeException`; docs/scale.md).
        first_live.ask("GET", health + "yellow")
        for path in (*_PAGES, *_JSON):
            answer = service.ask(path)
            assert answer.status == 200, (path, answer)
        assert sorted(rows(service.ask("/search.csv?q=requin&size=50").body)) == every
        before = open_points(three_nodes)
        assert service.stop() == 0
        print(f"{victim}: {before} points in time open while served, {open_points(live)} after")
        # Those of the state whose pages were turned are anybody's for ten minutes: 3 shards and
        # their words, before any node died, since the first did and since the second.
        assert open_points(live) <= 3 * (3 + 1)
    forget(location)

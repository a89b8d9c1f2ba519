"""What is lost, and what do readers see, when nodes of a cluster die?

Nothing that was acknowledged is lost, and whoever asks meanwhile gets a whole answer or one
sentence. `make test` kills the one node of a cluster; `make trials` also one of three, once a
node that holds records, once the one that manages, and prints the table of what was seen.
"""

from __future__ import annotations

import json
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from whoosh.query import Every
from whoosh.query import Term as TermNode

from index import engines
from index.answering import searching
from index.engines import Engine, Entry, IndexUnavailable
from index.writing.engine_entries import group
from tests.opensearch_node import Node, free_ports

NOW = datetime(2025, 6, 1, tzinfo=UTC)
_COMMIT = 200


def entry(number: int) -> Entry:
    article = f"a{number // 20}"
    return Entry(
        f"r{number}",
        {"text": f"requin mot{number}", "stem": f"requin mot{number}"},
        {
            "id": [f"r{number}"], "article": [article], "kind": ["comment"],
            "state": ["visible"], "group": group(article), "seen": number,
        },
        json.dumps({"about": {"id": article, "title": ""}, "id": f"r{number}", "kind": "comment",
                    "text": f"requin mot{number}"}).encode(),
    )  # fmt: skip


class Loader(threading.Thread):
    """Commits until it is told to end; `acknowledged` passages were committed, without fault."""

    def __init__(self, location: str) -> None:
        super().__init__(name="loader")
        self.acknowledged = 0
        self.faults: list[str] = []
        self.since: list[float] = []
        self._location = location
        self._end = threading.Event()

    def run(self) -> None:
        while not self._end.is_set():
            try:
                engine = engines.open(self._location)
                with engine.writer() as writer:
                    while not self._end.is_set():
                        first = self.acknowledged
                        writer.add(map(entry, range(first, first + _COMMIT)))
                        writer.commit()
                        self.acknowledged += _COMMIT
                        self.since.append(time.monotonic())
            except IndexUnavailable as error:
                self.faults.append(str(error))
                self._end.wait(0.5)

    def end(self) -> None:
        self._end.set()
        self.join()


class Asker(threading.Thread):
    """Asks again and again; each answer is a whole number of commits, or a sentence."""

    def __init__(self, location: str) -> None:
        super().__init__(name="asker")
        self.wrong: list[str] = []
        self.sentences: list[str] = []
        self.answers: list[float] = []
        self._location = location
        self._end = threading.Event()

    def run(self) -> None:
        engine: Engine | None = None
        while not self._end.is_set():
            try:
                engine = engine or engines.open(self._location)
                results = searching.search(engine.reader(), "requin", now=NOW)
                if results.totals.passages % _COMMIT:
                    self.wrong.append(f"{results.totals.passages} passages")
                self.answers.append(time.monotonic())
            except IndexUnavailable as error:
                self.sentences.append(str(error))
            except Exception as error:
                self.wrong.append(repr(error))
            self._end.wait(0.05)

    def end(self) -> None:
        self._end.set()
        self.join()


def _wait(purpose: str, condition: object) -> None:
    for _ in range(1200):
        if condition():  # type: ignore[operator]
            return
        time.sleep(0.1)
    raise AssertionError(f"{purpose}: not after two minutes")


def _record_count(location: str) -> int:
    """How many passages the index has, each of them found by its own word."""
    engine = engines.open(location)
    with engine.writer():
        """Whoever writes next counts again the words of a commit that was cut."""
    reader = engine.reader()
    size = reader.size()
    words = [engines.Term("text", f"mot{n}") for n in range(size)]
    for at in range(0, size, _COMMIT):
        own = words[at : at + _COMMIT]
        looked = reader.look(engines.Look(terms=own, totals=[TermNode(*word) for word in own]))
        assert looked.totals == looked.terms == [1] * len(own), f"of the passages from {at} on"
    assert len([*reader.everything()]) == size == reader.search(Every(), 0).total
    return size


def test_the_one_node_is_killed_while_passages_come_and_questions_go(memory: Path) -> None:
    [port] = free_ports(1)
    node = Node(memory / "one", f"http.port: {port}")
    node.start()
    location = node.location("kills", shards=3, patience=120, timeout=10)
    engines.open(location, create=True).close()
    loader, asker = Loader(location), Asker(location)
    try:
        loader.start()
        asker.start()
        _wait("three commits", lambda: loader.acknowledged >= 3 * _COMMIT)
        node.kill()
        acknowledged = loader.acknowledged
        _wait("a sentence", lambda: asker.sentences)
        node.start()
        answer_count = len(asker.answers)
        _wait("an answer", lambda: len(asker.answers) > answer_count)
        _wait("a commit", lambda: loader.acknowledged > acknowledged)
        loader.end()
        asker.end()
        assert asker.wrong == []
        assert _record_count(location) >= loader.acknowledged
    finally:
        loader.end()
        asker.end()
        node.kill()


@pytest.mark.parametrize("victim", ["data", "manager"])
def test_one_node_of_three_is_killed(three_nodes: list[Node], victim: str) -> None:
    hosts = ",".join(node.host for node in three_nodes)
    location = f"opensearch://{hosts}/kills?shards=3&replicas=1&follow=0&patience=300&timeout=90"
    engines.open(location, create=True).close()
    three_nodes[0].ask("GET", "/_cluster/health?wait_for_status=green&timeout=60s")
    manager = three_nodes[0].ask("GET", "/_cat/cluster_manager?format=json")[0]["node"]
    killed = next(
        node for node in three_nodes if (node.directory.name == manager) == (victim == "manager")
    )
    loader, asker = Loader(location), Asker(location)
    loader.start()
    asker.start()
    try:
        _wait("five commits", lambda: loader.acknowledged >= 5 * _COMMIT)
        killed.kill()
        at, acknowledged = time.monotonic(), loader.acknowledged
        _wait("a commit", lambda: loader.acknowledged > acknowledged)
        _wait("an answer", lambda: asker.answers and asker.answers[-1] > at)
        loader.end()
        count_on_two = _record_count(location)
        asker.end()
        killed.start()
        live_node = next(node for node in three_nodes if node is not killed)
        live_node.ask("GET", "/_cluster/health?wait_for_nodes=3&wait_for_status=green&timeout=120s")
        count_on_three = _record_count(location)
    finally:
        loader.end()
        asker.end()
        print(f"\n{victim}: the loader was refused: {loader.faults or 'never'}")
    answer_delay = next(answer for answer in asker.answers if answer > at) - at
    committed = next(time for time in loader.since if time > at) - at
    print(
        f"{victim}: {loader.acknowledged} passages acknowledged, {count_on_two} with two nodes, "
        f"{count_on_three} with three; a whole answer after {answer_delay:.1f} s, a commit after "
        f"{committed:.1f} s; "
        f"{len(asker.sentences)} sentences to {len(asker.answers)} answers"
    )
    assert asker.wrong == []
    assert count_on_two >= loader.acknowledged
    assert count_on_three == count_on_two

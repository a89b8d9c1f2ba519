"""What becomes of a command that a cluster, or a proxy before it, answers too late?

Each request in turn does its work, and its answer comes after the client gave it up. The command is
whole, or says one sentence and is whole when it is run again; the lock is free at once, and
no point in time is left that a node would keep long.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from index import engines
from index.engines import IndexUnavailable
from index.engines.opensearch import Cluster
from index.engines.opensearch.address import parse
from index.keeping import cluster_copies, forgetting, rewriting, verifying
from index.record import About, Record
from index.writing import writing
from tests.opensearch_front import Answer, Asked, Forward, Front, before
from tests.opensearch_node import Node, forget, shared

_TIMEOUT = 3.0


def article(name: str) -> list[Record]:
    about = About(name, f"Article {name}", comments=2)
    authors = f"Zoé {name[1:]}", "Abel"
    return [
        Record(f"{name}#comment-{n}", "comment", about, n, text=f"requin {name}", author=author)
        for n, author in enumerate(authors, 1)
    ]


Work = Callable[[str, int], None]


def _index(location: str, turn: int) -> None:
    writing.write(engines.open(location), [article(f"n{turn}")], seen=turn)


def _delete(location: str, turn: int) -> None:
    writing.remove(engines.open(location), [f"d{turn}"])


def _rebuild(location: str, turn: int) -> None:
    rewriting.rewrite(engines.open(location))


def _forget(location: str, turn: int) -> None:
    forgetting.forget(engines.open(location), f"Zoé {turn}", at="2026-11-30T00:00:00Z")


def _backup(location: str, turn: int) -> None:
    engine = engines.open(location)
    assert isinstance(engine, Cluster)
    cluster_copies.backup(engine, Path(f"late/copy-{engine.client.address.name}-{time.time_ns()}"))


def _restore(location: str, turn: int) -> None:
    cluster_copies.restore(_first_copy(location), location, force=True)


def _first_copy(location: str) -> Path:
    return Path(f"late/first-{parse(location).name}")


WORKS: dict[str, Work] = {
    "index": _index,
    "delete": _delete,
    "rebuild": _rebuild,
    "forget": _forget,
    "backup": _backup,
    "restore": _restore,
}


def _after(work: str, turns: range, names: set[str]) -> set[str]:
    """The ids of the passages that are there once a work was done for these turns."""
    match work:
        case "index":
            return {f"{name}#comment-{n}" for name in names for n in (1, 2)} | {
                f"n{turn}#comment-{n}" for turn in turns for n in (1, 2)
            }
        case "delete":
            kept = names.difference(f"d{turn}" for turn in turns)
            return {f"{name}#comment-{n}" for name in kept for n in (1, 2)}
        case "forget":
            forgotten = {f"d{turn}#comment-1" for turn in turns}
            return {f"{name}#comment-{n}" for name in names for n in (1, 2)} - forgotten
    return {f"{name}#comment-{n}" for name in names for n in (1, 2)}


class Late:
    """A rule that keeps the answer of one request too long; `path`: which it was."""

    def __init__(self, place: int) -> None:
        self.place = place
        self.path = ""
        self.requests = 0
        self._turn = threading.Lock()

    def __call__(self, request: Asked, forward: Forward) -> Answer:
        with self._turn:
            late = self.requests == self.place
            self.requests += 1
        answer = forward()
        if late:
            self.path = f"{request.method} {request.path.partition('?')[0]}"
            time.sleep(_TIMEOUT * 1.3)
        return answer


@pytest.fixture(scope="module")
def node(memory: Path) -> Iterator[Node]:
    with shared(memory / "late") as node:
        yield node


@pytest.fixture
def front(node: Node) -> Iterator[Front]:
    with before(node.host) as front:
        yield front


@pytest.mark.parametrize("work", WORKS)
def test_an_answer_that_comes_too_late(
    node: Node, front: Front, work: str, long: bool, chance: Random
) -> None:
    location = node.fresh(timeout=60, patience=20)
    behind = location.replace(node.host, front.host).replace("timeout=60", f"timeout={_TIMEOUT:g}")
    node.ask("PUT", "/_snapshot/late", {"type": "fs", "settings": {"location": "late"}})
    direct = engines.open(location, create=True)
    names = {f"d{turn}" for turn in range(60)}
    try:
        writing.write(direct, map(article, sorted(names)), seen=1)
        assert isinstance(direct, Cluster)
        cluster_copies.backup(direct, _first_copy(location))
        counting = Late(-1)
        front.rule = counting
        WORKS[work](behind, 0)
        requests = range(counting.requests)
        places = requests if long else sorted(chance.sample(requests, 2))
        for turn, place in enumerate(places, 1):
            front.rule = late = Late(place)
            try:
                WORKS[work](behind, turn)
                sentence = ""
            except IndexUnavailable as error:
                sentence = str(error)
            print(f"\n{work} {place:>2} {late.path:<60} {sentence or 'done'}", end="")
            assert late.path
            assert "\n" not in sentence
            # the lock is free at once, and running again does what was not done
            WORKS[work](location, turn)
            ids = {record.id for record in rewriting.everything(direct.reader())}
            assert ids == _after(work, range(turn + 1), names), late.path
            assert direct.reader().size() == len(ids)
        report = verifying.verify(location)
        assert report.problems == []
    finally:
        direct.close()
        forget(location)

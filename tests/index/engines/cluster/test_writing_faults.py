"""What goes wrong while a cluster is written: nothing acknowledged is lost.

And what was cut is mended by whoever writes next.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from whoosh.query import Term

from index import engines
from index.engines import Engine, Entry, IndexUnavailable
from index.engines.opensearch import Cluster, bulk, lock, notes
from index.writing.writing import write
from tests.index.engines.cluster.small_index import article, passages_found
from tests.opensearch_front import Answer, Asked, Forward, Front, honest
from tests.opensearch_node import Node


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "_FIRST_WAIT", 0.01)


def test_a_run_cut_in_the_middle_is_healed_by_running_again(cluster: Cluster, front: Front) -> None:
    articles = [article("b", "la mer", "la lune"), article("a", "la fibre", "un ornithorynque")]

    def rule(request: Asked, forward: Forward) -> Answer:
        if "/_refresh" in request.path:
            # the records are there, and the run ends before it could say so
            return Answer(500, b'{"error": {"type": "cut"}}')
        return forward()

    front.rule = rule
    with pytest.raises(IndexUnavailable):
        write(cluster, articles, seen=2)
    front.rule = lambda request, forward: forward()
    assert cluster.state().writing
    write(cluster, articles, seen=3)
    assert not cluster.state().writing
    assert passages_found(cluster, "mer OU lune OU fibre OU ornithorynque") == 4
    words = dict(cluster.reader().words("text", ""))
    assert {"mer", "lune", "ornithorynque"} <= {*words}
    # of the words of a passage that was replaced, none is left
    assert "cuivre" not in words


def cut_at(where: str) -> Callable[[Asked, Forward], Answer]:
    """A rule that ends a commit at one of the moments of `CUTS`."""
    seen_requests: Counter[str] = Counter()

    def rule(request: Asked, forward: Forward) -> Answer:
        words = "-words/" in request.path
        for step in ("/_bulk", "/_refresh", "/_mapping"):
            if request.method != "GET" and step in request.path:
                name = f"{'words' if words else 'passages'} {step[2:]}"
                seen_requests[name] += 1
                if where == f"{name} {seen_requests[name]}":
                    return Answer(500, b'{"error": {"type": "cut"}}')
        return forward()

    return rule


CUTS = [
    "words bulk 2",
    "passages bulk 1",
    "passages bulk 2",
    "words refresh 1",
    "passages refresh 1",
    # the first says that it begins
    "passages mapping 2",
]


def miscounted(engine: Engine) -> dict[tuple[str, str], tuple[int, int]]:
    """The words whose count is not the number of passages that hold them: that, and this."""
    reader = engine.reader()
    listed = {
        (name, word): records
        for name in ("text", "stem", "title", "author", "state", "kind")
        for word, records in reader.words(name, "")
    }
    totals = {word: reader.search(Term(*word), 0).total for word in listed}
    return {word: (listed[word], totals[word]) for word in listed if listed[word] != totals[word]}


@pytest.mark.parametrize("times", [1, 3])
@pytest.mark.parametrize("where", CUTS)
def test_after_a_cut_each_word_is_counted_in_as_many_passages_as_hold_it(
    cluster: Cluster, front: Front, monkeypatch: pytest.MonkeyPatch, where: str, times: int
) -> None:
    monkeypatch.setattr(bulk, "_OPERATIONS", 2)
    # one request at a time, so that the same is cut each time
    monkeypatch.setattr(bulk, "_UNDER_WAY", 1)
    articles = [article("b", "la mer", "la lune", "la mer et le vent"), article("c", "le vent")]
    for _ in range(times):
        front.rule = cut_at(where)
        with pytest.raises(IndexUnavailable):
            write(cluster, articles, seen=2)
        front.rule = honest
        second_engine = engines.open(cluster.location)
        # who opens it now is offered no word that no passage holds
        assert all(holding_count for _, holding_count in miscounted(second_engine).values())
        second_engine.close()
    write(cluster, articles, seen=3)
    assert miscounted(cluster) == {}
    assert dict(cluster.reader().words("text", "", 3)) == {"la": 4, "le": 3, "mer": 2}
    assert not cluster.state().writing


@pytest.mark.parametrize("where", CUTS)
def test_what_a_cut_commit_counted_is_mended_though_it_never_comes_again(
    cluster: Cluster, front: Front, where: str
) -> None:
    front.rule = cut_at(where.replace(" bulk 2", " bulk 1"))
    with pytest.raises(IndexUnavailable):
        write(cluster, [article("b", "un ornithorynque", "la mer")], seen=2)
    front.rule = honest
    with cluster.writer():
        """Whoever writes next, and were it nothing."""
    assert not cluster.state().writing
    assert miscounted(cluster) == {}
    # nothing is in doubt any more: no word is looked for among the passages
    assert cluster.state().doubtful == 0
    front.asked.clear()
    cluster.reader().words("text", "ornit")
    assert sum("/_msearch" in request.path for request in front.asked) == 1


def test_what_was_committed_though_its_answer_was_lost_is_counted_once(
    cluster: Cluster, front: Front
) -> None:
    """The manager of three nodes was killed between the two: the same came again as new."""
    values = {"id": ["x"], "article": ["x"], "kind": ["comment"], "state": ["visible"]}
    entry = Entry("x", {"text": "requin", "stem": "requin"}, values, b"{}")

    def add() -> None:
        with cluster.writer() as writer:
            writer.add([entry])

    seen_requests: list[str] = []

    def rule(request: Asked, forward: Forward) -> Answer:
        answer = forward()
        if request.method == "PUT" and "-words" not in request.path and b"_meta" in request.body:
            seen_requests.append(request.path)
            if len(seen_requests) == 2:
                return Answer(500, b'{"error": {"type": "cut"}}')
        return answer

    front.rule = rule
    with pytest.raises(IndexUnavailable, match="cut"):
        add()
    front.rule = honest
    assert not cluster.state().writing
    add()
    assert cluster.reader().freq("text", "requin") == 1
    assert miscounted(cluster) == {}


def test_an_index_made_before_words_said_their_commit_is_written_on(
    cluster: Cluster, node: Node
) -> None:
    """Of November 2026: `writing` in the stamp, and no column `since`."""
    present = cluster.state()
    columns = {name: {"type": "keyword"} for name in ("field", "word")} | {
        "records": {"type": "long"}
    }
    node.ask("DELETE", f"/{present.words}")
    node.ask(
        "PUT",
        f"/{present.words}",
        {"mappings": {"dynamic": "strict", "properties": columns}},
    )
    meta = present.meta()
    del meta["glose"]["whole"]
    node.ask(
        "PUT",
        f"/{present.index}/_mapping",
        {"_meta": {"glose": {**meta["glose"], "writing": False}}},
    )
    assert cluster.state() == present
    write(cluster, [article("b", "la mer")], seen=2)
    assert dict(cluster.reader().words("text", "mer")) == {"mer": 1}


@pytest.mark.parametrize("lost", ["", "-words"])
def test_an_index_that_is_destroyed_while_it_is_written_is_told(
    cluster: Cluster, node: Node, front: Front, lost: str
) -> None:
    """By a policy; and a cluster makes an index that it is sent something for, as it comes."""
    index = cluster.state().index
    destroyed = []

    def rule(request: Asked, forward: Forward) -> Answer:
        if f"/{index}{lost}/_bulk" in request.path and not destroyed:
            destroyed.append(node.ask("DELETE", f"/{index}{lost}"))
        return forward()

    front.rule = rule
    node.ask("PUT", "/_cluster/settings", {"transient": {"action.auto_create_index": "true"}})
    try:
        with pytest.raises(
            IndexUnavailable,
            match=rf"« {index}{lost} » a été détruit.*DELETE {index},{index}-words",
        ):
            write(cluster, [article("b", "la mer")], seen=2)
    finally:
        node.ask("PUT", "/_cluster/settings", {"transient": {"action.auto_create_index": None}})
    # it does not pass for ours
    with pytest.raises(IndexUnavailable):
        passages_found(engines.open(cluster.location), "mer")


def test_what_can_never_be_accepted_is_kept_and_told(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    # Lucene takes no term of more than 32,766 bytes
    values = {"id": ["x"], "article": ["x"], "kind": ["comment"], "month": ["m" * 40_000]}
    wrong_entry = Entry("x", {"text": "requin", "stem": "requin"}, values, b"{}")
    right_entry = Entry("y", {"text": "requin"}, {"id": ["y"], "article": ["y"]}, b"{}")
    with (
        pytest.raises(IndexUnavailable, match=r"sauf 1 passage que le cluster refuse"),
        cluster.writer() as writer,
    ):
        writer.add([wrong_entry, right_entry])
    [line] = next(tmp_path.glob("glose/*-refused.jsonl")).read_text().splitlines()
    assert json.loads(line)["operation"]["index"]["_id"] == "x"
    assert cluster.reader().search(Term("text", "requin"), 10).total == 1


@pytest.mark.parametrize(
    ("setting", "sentence", "names"),
    [
        # a full disk closes what lies beside too
        ("index.blocks.read_only_allow_delete", "presque plein. Libérez de la place", "{}-*"),
        ("index.blocks.write", "Qui tient le cluster sait pourquoi", "{}-1"),
        ("index.blocks.read_only", "Qui tient le cluster sait pourquoi", "{}-1"),
    ],
)
def test_an_index_closed_to_writing_is_told_at_once(
    cluster: Cluster, node: Node, front: Front, setting: str, sentence: str, names: str
) -> None:
    index = cluster.state().index
    node.ask("PUT", f"/{index}/_settings", {setting: True})
    front.asked.clear()
    closed = names.format(index.removesuffix("-1"))
    with pytest.raises(IndexUnavailable, match=sentence) as refusal:
        write(cluster, [article("b", "la mer")], seen=2)
    assert f'PUT {closed}/_settings {{"{setting}": null}}' in str(refusal.value)
    assert sum(f"/{index}/_bulk" in request.path for request in front.asked) <= 1
    assert passages_found(cluster, "fibre") == 1
    node.ask("PUT", f"/{closed}/_settings", {setting: None})
    write(cluster, [article("b", "la mer")], seen=2)
    assert passages_found(cluster, "mer") == 1


def test_a_closed_index_is_told(cluster: Cluster, node: Node) -> None:
    index = cluster.state().index
    node.ask("POST", f"/{index}/_close")
    with pytest.raises(
        IndexUnavailable, match=rf"« {index} » est fermé\. Rouvrez-le : POST {index}/_open"
    ):
        write(cluster, [article("b", "la mer")], seen=2)
    node.ask("POST", f"/{index}/_open")
    assert passages_found(cluster, "fibre") == 1


NGINX = b"<html><head><title>413 Request Entity Too Large</title></head></html>"


def test_what_a_proxy_finds_too_long_is_sent_in_halves(cluster: Cluster, front: Front) -> None:
    def limited(request: Asked, forward: Forward) -> Answer:
        long = "/_bulk" in request.path and len(request.body) > 8_000
        return Answer(413, NGINX, "text/html") if long else forward()

    front.rule = limited
    write(cluster, [article(f"b{n}", f"la mer {n}") for n in range(60)], seen=2)
    assert passages_found(cluster, "mer") == 60
    with pytest.raises(IndexUnavailable, match=r"aussi longue.*client_max_body_size"):
        write(cluster, [article("c", "très " * 4_000)], seen=3)


def test_a_lock_whose_answer_was_lost_is_left(cluster: Cluster, front: Front) -> None:
    """It was ours, and its owner, who did not know, would have kept it for a minute."""
    remaining = [1]

    def rule(request: Asked, forward: Forward) -> Answer:
        answer = forward()
        if "/_update/lock" in request.path and remaining[0]:
            remaining[0] -= 1
            return Answer(504, b"{}")
        return answer

    front.rule = rule
    with pytest.raises(IndexUnavailable, match="une partie du cluster manque"):
        write(cluster, [article("b", "la mer")], seen=2)
    write(cluster, [article("b", "la mer")], seen=2)
    assert passages_found(cluster, "mer") == 1


def test_a_writer_that_is_silent_too_long_loses_the_lock(cluster: Cluster) -> None:
    index = notes.index(cluster.client)
    first_lock = lock.ClusterLock(cluster.client, index, seconds=0.5, clock=lambda: 1e12)
    first_lock._end.set()
    first_lock._beating.join()
    time.sleep(0.6)
    second_lock = lock.ClusterLock(cluster.client, index, seconds=30)
    with pytest.raises(IndexUnavailable, match="déjà en cours d’écriture"):
        lock.ClusterLock(cluster.client, index)
    first_lock._until = 0
    with pytest.raises(IndexUnavailable, match="une autre a pu commencer"):
        first_lock.alive()
    # who lost it does not take it from who has it
    first_lock.release()
    second_lock.alive()
    second_lock.release()

"""What goes wrong on a cluster, and what is then lost, said and answered?

Nothing acknowledged is lost; a reader gets a whole answer, or one sentence that says what to do.
"""

from __future__ import annotations

import json
import ssl
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from whoosh.query import Every, Term

from index import engines
from index.answering import searching
from index.engines import Engine, Entry, IndexUnavailable
from index.engines.opensearch import Cluster, bulk, lock, snapshot, state
from index.engines.opensearch.reader import ClusterReader
from index.record import About, Record
from index.writing.writing import write
from tests.opensearch_front import Answer, Asked, Forward, Front, before, honest
from tests.opensearch_node import Node, forget

NOW = datetime(2025, 6, 1, tzinfo=UTC)
BUSY = json.dumps({"error": {"type": "rejected_execution_exception"}, "status": 429}).encode()


def article(name: str, *comments: str) -> list[Record]:
    about = About(name, f"Article {name}", comments=len(comments))
    return [
        Record(f"{name}#comment-{n}", "comment", about, n, text=text)
        for n, text in enumerate(comments, 1)
    ]


def found(engine: Engine, asked: str) -> int:
    return searching.search(engine.reader(), asked, now=NOW).totals.passages


@pytest.fixture
def location(node: Node) -> Iterator[str]:
    location = node.fresh(shards=3, timeout=20, patience=3)
    yield location
    forget(location)


@pytest.fixture
def front(node: Node, location: str) -> Iterator[Front]:
    with before(node.host) as front:
        yield front


@pytest.fixture
def cluster(location: str, node: Node, front: Front) -> Iterator[Cluster]:
    """An index of two passages, asked through the front."""
    engine = engines.open(location.replace(node.host, front.host), create=True)
    assert isinstance(engine, Cluster)
    write(engine, [article("a", "la fibre", "le cuivre")], seen=1)
    yield engine
    engine.close()


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "_FIRST_WAIT", 0.01)


def refusing(times: int, status: int, path: str, body: bytes = BUSY) -> object:
    """A rule: the first requests for a path are refused."""
    left = [times]

    def rule(asked: Asked, forward: Forward) -> Answer:
        if path in asked.path and left[0]:
            left[0] -= 1
            return Answer(status, body)
        return forward()

    return rule


@pytest.mark.parametrize("status", [429, 503])
def test_what_a_busy_cluster_refuses_is_sent_again(
    cluster: Cluster, front: Front, status: int
) -> None:
    front.rule = refusing(3, status, "/_bulk")  # type: ignore[assignment]
    write(cluster, [article("b", "la mer")], seen=2)
    front.rule = lambda asked, forward: forward()
    assert found(cluster, "mer") == 1


def test_one_operation_that_is_refused_is_sent_again_alone(cluster: Cluster, front: Front) -> None:
    turns: list[int] = []

    def rule(asked: Asked, forward: Forward) -> Answer:
        if "-words" in asked.path or "/_bulk" not in asked.path:
            return forward()
        # the second line of each pair is the document
        turns.append(asked.body.count(b"\n") // 2)
        answer = forward()
        if len(turns) > 1:
            return answer
        told = json.loads(answer.body)
        told["items"][0]["index"] |= {
            "status": 429,
            "error": {"type": "circuit_breaking_exception"},
        }
        return Answer(200, json.dumps(told).encode())

    front.rule = rule
    write(cluster, [article("b", "la mer", "la lune", "le vent")], seen=2)
    assert turns == [3, 1]
    assert found(cluster, "mer OU lune OU vent") == 3


def test_a_cluster_that_stays_busy_is_given_up_and_nothing_is_published(
    cluster: Cluster, front: Front
) -> None:
    before_it = cluster.reader().generation
    front.rule = refusing(10_000, 429, "/_bulk")  # type: ignore[assignment]
    with pytest.raises(IndexUnavailable, match="trop occupé"):
        write(cluster, [article("b", "la mer")], seen=2)
    front.rule = lambda asked, forward: forward()
    assert cluster.reader().generation == before_it
    # and running again brings what was missing
    write(cluster, [article("b", "la mer")], seen=3)
    assert found(cluster, "mer") == 1


def test_a_run_cut_in_the_middle_is_healed_by_running_again(cluster: Cluster, front: Front) -> None:
    articles = [article("b", "la mer", "la lune"), article("a", "la fibre", "un ornithorynque")]

    def rule(asked: Asked, forward: Forward) -> Answer:
        if "/_refresh" in asked.path:
            # the records are there, and the run ends before it could say so
            return Answer(500, b'{"error": {"type": "cut"}}')
        return forward()

    front.rule = rule
    with pytest.raises(IndexUnavailable):
        write(cluster, articles, seen=2)
    front.rule = lambda asked, forward: forward()
    assert cluster.state().writing
    write(cluster, articles, seen=3)
    assert not cluster.state().writing
    assert found(cluster, "mer OU lune OU fibre OU ornithorynque") == 4
    words = dict(cluster.reader().words("text", ""))
    assert {"mer", "lune", "ornithorynque"} <= {*words}
    # of the words of a passage that was replaced, none is left
    assert "cuivre" not in words


def cut(where: str) -> Callable[[Asked, Forward], Answer]:
    """A rule that ends a commit at one of the moments of `CUTS`."""
    seen: Counter[str] = Counter()

    def rule(asked: Asked, forward: Forward) -> Answer:
        words = "-words/" in asked.path
        for step in ("/_bulk", "/_refresh", "/_mapping"):
            if asked.method != "GET" and step in asked.path:
                name = f"{'words' if words else 'passages'} {step[2:]}"
                seen[name] += 1
                if where == f"{name} {seen[name]}":
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
        front.rule = cut(where)
        with pytest.raises(IndexUnavailable):
            write(cluster, articles, seen=2)
        front.rule = honest
        other = engines.open(cluster.location)
        # who opens it now is offered no word that no passage holds
        assert all(held for _, held in miscounted(other).values())
        other.close()
    write(cluster, articles, seen=3)
    assert miscounted(cluster) == {}
    assert dict(cluster.reader().words("text", "", 3)) == {"la": 4, "le": 3, "mer": 2}
    assert not cluster.state().writing


@pytest.mark.parametrize("where", CUTS)
def test_what_a_cut_commit_counted_is_mended_though_it_never_comes_again(
    cluster: Cluster, front: Front, where: str
) -> None:
    front.rule = cut(where.replace(" bulk 2", " bulk 1"))
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
    assert sum("/_msearch" in asked.path for asked in front.asked) == 1


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


def test_what_can_never_be_accepted_is_kept_and_told(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    # Lucene takes no term of more than 32,766 bytes
    values = {"id": ["x"], "article": ["x"], "kind": ["comment"], "month": ["m" * 40_000]}
    wrong = Entry("x", {"text": "requin", "stem": "requin"}, values, b"{}")
    right = Entry("y", {"text": "requin"}, {"id": ["y"], "article": ["y"]}, b"{}")
    with (
        pytest.raises(IndexUnavailable, match=r"sauf 1 passage\(s\) que le cluster refuse"),
        cluster.writer() as writer,
    ):
        writer.add([wrong, right])
    [line] = next(tmp_path.glob("glose/*-refused.jsonl")).read_text().splitlines()
    assert json.loads(line)["operation"]["index"]["_id"] == "x"
    assert cluster.reader().search(Term("text", "requin"), 10).total == 1


def test_an_index_closed_to_writing_is_told_at_once(
    cluster: Cluster, node: Node, front: Front
) -> None:
    index = cluster.state().index
    node.ask("PUT", f"/{index}/_settings", {"index.blocks.read_only_allow_delete": True})
    front.asked.clear()
    with pytest.raises(IndexUnavailable, match="fermé en écriture"):
        write(cluster, [article("b", "la mer")], seen=2)
    assert sum(f"/{index}/_bulk" in one.path for one in front.asked) <= 1
    assert found(cluster, "fibre") == 1
    node.ask("PUT", f"/{index}/_settings", {"index.blocks.read_only_allow_delete": None})
    write(cluster, [article("b", "la mer")], seen=2)
    assert found(cluster, "mer") == 1


def test_an_answer_of_a_part_of_the_index_is_no_answer(cluster: Cluster, front: Front) -> None:
    """OpenSearch gives it with status 200 and fewer hits."""
    cluster.reader().size()

    def part(asked: Asked, forward: Forward) -> Answer:
        answer = forward()
        if "/_msearch" not in asked.path:
            return answer
        told = json.loads(answer.body)
        for one in told["responses"]:
            one["_shards"] |= {"failed": 1, "successful": one["_shards"]["total"] - 1}
        return Answer(200, json.dumps(told).encode())

    front.rule = part
    with pytest.raises(IndexUnavailable, match="une partie du cluster manque"):
        found(cluster, "fibre")


def test_a_search_that_was_cut_by_its_time_is_no_answer(cluster: Cluster, front: Front) -> None:
    def late(asked: Asked, forward: Forward) -> Answer:
        answer = forward()
        return Answer(answer.status, answer.body.replace(b'"timed_out":false', b'"timed_out":true'))

    front.rule = late
    with pytest.raises(IndexUnavailable):
        found(cluster, "fibre")


def test_a_cluster_that_does_not_answer_in_time(cluster: Cluster, front: Front) -> None:
    location = cluster.location.replace("timeout=20", "timeout=0.2")

    def slow(asked: Asked, forward: Forward) -> Answer:
        if "/_msearch" in asked.path:
            time.sleep(1)
        return forward()

    other = engines.open(location)
    front.rule = slow
    with pytest.raises(IndexUnavailable, match=r"n’a pas répondu en 0\.2 s"):
        found(other, "fibre")
    other.close()


def test_a_point_in_time_that_ended_is_opened_anew(cluster: Cluster, front: Front) -> None:
    reader = cluster.reader()
    assert isinstance(reader, ClusterReader)
    assert found(cluster, "fibre") == 1
    snapshot.close(cluster.client, reader._snapshot.points)
    front.asked.clear()
    assert searching.search(reader, "fibre", now=NOW).totals.passages == 1
    assert sum("point_in_time" in one.path for one in front.asked) == 2
    # of another commit by now, it may not answer as if it were the same
    write(cluster, [article("b", "la fibre")], seen=2)
    snapshot.close(cluster.client, reader._snapshot.points)
    with pytest.raises(engines.IndexUnavailable, match="recommencez"):
        reader.search(Every(), 1)
    assert reader.search(Every(), 1).total == 3


def test_an_index_part_of_which_is_nowhere(cluster: Cluster, node: Node) -> None:
    """Its copy, no shard of which may be put on a node, takes its place.

    A primary that a node has on its disk is put there at once even where `allocation.enable` is
    `none` (OpenSearch 3.9.0: `AllocationDecider.canForceAllocatePrimary`), so an index that is
    closed and opened again is red for some tenths of a second only; one that never was on a node
    stays red until it may be there.
    """
    name = node.fresh().rpartition("/")[2].partition("?")[0]
    present = cluster.state()
    nowhere = "index.routing.allocation.enable"
    copies = {present.index: f"{name}-1", present.words: f"{name}-1-words"}
    for source, copy in copies.items():
        node.ask("PUT", f"/{source}/_settings", {"index.blocks.write": True})
        settings = {"index.blocks.write": None, "index.number_of_replicas": 0}
        if source == present.index:
            settings[nowhere] = "none"
        asked = f"/{source}/_clone/{copy}?wait_for_active_shards=0"
        node.ask("PUT", asked, {"settings": settings})
    node.ask("GET", f"/_cluster/health/{name}-1-words?wait_for_status=green&timeout=60s")
    # a copy has no mapping before its shards do, and nobody would know what it is
    mapping = node.ask("GET", f"/{present.index}/_mapping")[present.index]["mappings"]
    node.ask("PUT", f"/{name}-1/_mapping", mapping)
    alias = {"index": f"{name}-1", "alias": name}
    node.ask("POST", "/_aliases", {"actions": [{"add": alias}]})
    assert node.ask("GET", f"/_cluster/health/{name}-1")["status"] == "red"
    location = cluster.location.replace(cluster.client.address.name, name)
    try:
        with pytest.raises(IndexUnavailable, match="une partie du cluster manque"):
            found(engines.open(location), "fibre")
        node.ask("PUT", f"/{name}-1/_settings", {nowhere: None})
        node.ask("GET", f"/_cluster/health/{name}-1?wait_for_status=green&timeout=60s")
        assert found(engines.open(location), "fibre") == 1
    finally:
        forget(location)


def test_a_writer_that_is_silent_too_long_loses_the_lock(cluster: Cluster) -> None:
    notes = state.make_notes(cluster.client)
    mine = lock.ClusterLock(cluster.client, notes, seconds=0.5, clock=lambda: 1e12)
    mine._end.set()
    mine._beating.join()
    time.sleep(0.6)
    other = lock.ClusterLock(cluster.client, notes, seconds=30)
    with pytest.raises(IndexUnavailable, match="déjà en cours d’écriture"):
        lock.ClusterLock(cluster.client, notes)
    mine._until = 0
    with pytest.raises(IndexUnavailable, match="une autre a pu commencer"):
        mine.alive()
    # who lost it does not take it from who has it
    mine.release()
    other.alive()
    other.release()


def test_nobody_there(location: str, node: Node) -> None:
    with pytest.raises(IndexUnavailable, match="le cluster ne répond pas"):
        engines.open(location.replace(node.host, "127.0.0.1:1"))
    # one host of two is enough
    engines.open(location.replace(node.host, f"127.0.0.1:1,{node.host}"), create=True).close()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One that signs itself, for localhost only."""
    folder = tmp_path_factory.mktemp("tls")
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    made = ["-keyout", folder / "key.pem", "-out", folder / "cert.pem", "-days", "2"]
    try:
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", *names, *made],
            check=True,
            capture_output=True,
        )
    except FileNotFoundError:
        pytest.skip("openssl n’est pas installé (Debian : apt-get install openssl)")
    return folder


def test_a_certificate_must_be_the_one_expected(
    node: Node, location: str, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    with before(node.host, context) as front:
        port = front.host.split(":")[1]
        secure = location.replace("opensearch://", "opensearch+https://")
        named = secure.replace(node.host, f"localhost:{port}")
        with pytest.raises(IndexUnavailable, match="le certificat du cluster n’est pas"):
            engines.open(named, create=True)
        with pytest.raises(IndexUnavailable, match="ne parle pas TLS à ce port"):
            engines.open(secure)
        with monkeypatch.context() as patch:
            patch.setenv("GLOSE_OPENSEARCH_CA", str(certificate / "nowhere.pem"))
            with pytest.raises(IndexUnavailable, match="un certificat ne se lit pas"):
                engines.open(named)
        monkeypatch.setenv("GLOSE_OPENSEARCH_CA", str(certificate / "cert.pem"))
        with pytest.raises(IndexUnavailable, match="certificat"):
            engines.open(secure.replace(node.host, f"127.0.0.1:{port}"), create=True)
        engine = engines.open(named, create=True)
        write(engine, [article("a", "la fibre")], seen=1)
        assert found(engine, "fibre") == 1
        engine.close()


def test_who_we_are_is_said_by_the_environment(
    cluster: Cluster, front: Front, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def guarded(asked: Asked, forward: Forward) -> Answer:
        # glose:secret
        known = asked.headers.get("authorization") == "Basic Z2xvc2U6c2VjcmV0"
        return forward() if known else Answer(401, b'{"error": "Unauthorized"}')

    front.rule = guarded
    with pytest.raises(IndexUnavailable, match="refuse cet accès"):
        found(cluster, "fibre")
    (tmp_path / "secret").write_text("secret\n")
    monkeypatch.setenv("GLOSE_OPENSEARCH_USER", "glose")
    monkeypatch.setenv("GLOSE_OPENSEARCH_PASSWORD_FILE", str(tmp_path / "secret"))
    known = engines.open(cluster.location)
    assert found(known, "fibre") == 1
    known.close()
    with monkeypatch.context() as patch:
        patch.delenv("GLOSE_OPENSEARCH_USER")
        with pytest.raises(IndexUnavailable, match="nul nom : GLOSE_OPENSEARCH_USER"):
            engines.open(cluster.location)
    with pytest.raises(IndexUnavailable, match="ne part pas en clair"):
        engines.open("opensearch://example.org/presse")

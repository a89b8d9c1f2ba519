"""What is done to an index on a cluster: rebuilt, deleted from, made to forget, copied, locked."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from whoosh.query import Every, Term

from index import engines
from index.answering import searching
from index.engines import Engine, IndexUnavailable
from index.engines.opensearch import Cluster, making
from index.engines.opensearch.client import Client
from index.keeping import backups, forgetting, rewriting, verifying
from index.record import About, Record
from index.writing.writing import write
from indexer.pipeline import remembering
from tests.index.engines.cluster.small_index import NOW, passages_found
from tests.opensearch_node import Node, forget


def article(name: str, *comments: str, author: str = "Zoé") -> list[Record]:
    about = About(name, f"Article {name}", comments=len(comments))
    lead = Record(f"{name}#lead", "lead", about, 0, about.title, "Un chapô sur la fibre.")
    return [
        lead,
        *(
            Record(f"{name}#comment-{n}", "comment", about, n, text=text, author=author)
            for n, text in enumerate(comments, 1)
        ),
    ]


@pytest.fixture
def location(node: Node) -> Iterator[str]:
    location = node.fresh(shards=3)
    yield location
    forget(location)


@pytest.fixture
def cluster(location: str) -> Iterator[Engine]:
    engine = engines.open(location, create=True)
    write(engine, [article("a", "la fibre", "le cuivre"), article("b", "la mer")], seen=1)
    yield engine
    engine.close()


def test_a_rebuilt_index_takes_the_place_of_the_old_one(cluster: Engine, location: str) -> None:
    second_engine = engines.open(location)
    reader, before = second_engine.reader(), cluster.reader().generation
    report = rewriting.rewrite(cluster)
    assert (report.records_before, report.records) == (5, 5)
    assert report.bytes > 0
    assert cluster.reader().generation > before
    assert isinstance(cluster, Cluster)
    assert cluster.state().index.endswith("-2")
    # who held a reader meanwhile gets a whole answer, of the new one
    assert searching.search(reader, "fibre", now=NOW).totals.passages == 3
    assert reader.generation == cluster.reader().generation
    assert passages_found(second_engine, "cuivre") == 1


def test_a_rebuilt_index_has_as_many_shards_unless_the_address_says(
    cluster: Engine, location: str
) -> None:
    def spread(where: str) -> tuple[int, int]:
        engine = engines.open(where)
        assert isinstance(engine, Cluster)
        rewriting.rewrite(engine)
        copies = making.copies(engine.client, engine.state().index)
        engine.close()
        return copies

    assert spread(location.partition("?")[0]) == (3, 0)
    assert spread(location.replace("shards=3", "shards=2")) == (2, 0)


def test_a_rebuild_that_fails_changes_nothing(cluster: Engine) -> None:
    def fail(reader: object) -> None:
        raise IndexUnavailable("non")

    with pytest.raises(IndexUnavailable, match="non"):
        rewriting.rewrite(cluster, check=fail)
    assert passages_found(cluster, "fibre") == 3
    assert isinstance(cluster, Cluster)
    assert cluster.state().index.endswith("-1")
    write(cluster, [article("c", "la fibre")], seen=2)
    assert passages_found(cluster, "fibre") == 5


def test_articles_and_comments_are_deleted(cluster: Engine) -> None:
    assert rewriting.delete(cluster, ["b", "a#comment-1", "x"]) == {
        "b": 2,
        "a#comment-1": 1,
        "x": 0,
    }
    assert [record.id for record in rewriting.everything(cluster.reader())] == [
        "a#lead",
        "a#comment-2",
    ]
    assert passages_found(cluster, "mer") == 0
    assert "mer" not in dict(cluster.reader().words("text", ""))


def test_somebody_is_forgotten_and_does_not_come_back(cluster: Engine) -> None:
    write(cluster, [article("c", "mon ornithorynque", author="Bob")], seen=2)
    report = forgetting.forget(cluster, "bob", at="2025-06-01")
    assert report.comments == ("c#comment-1",)
    assert report.traces == ()
    assert report.records_read == 6
    assert passages_found(cluster, "ornithorynque") == 0
    write(cluster, [article("c", "mon ornithorynque", author="Bob")], seen=3)
    assert passages_found(cluster, "ornithorynque") == 0


def test_every_passage_is_verified(cluster: Engine, location: str) -> None:
    report = verifying.verify(location)
    assert (report.records, report.articles, report.problems) == (5, 2, [])
    assert report.bytes > 0


def test_what_somebody_closed_is_not_made_anew(cluster: Engine, node: Node) -> None:
    assert isinstance(cluster, Cluster)
    present = cluster.state().index
    for setting in ("index.blocks.write", "index.blocks.metadata"):
        node.ask("PUT", f"/{present}/_settings", {setting: True})
        with pytest.raises(
            IndexUnavailable, match=rf"fermé par {setting}.*PUT {present}/_settings"
        ):
            rewriting.rewrite(cluster)
        node.ask("PUT", f"/{present}/_settings", {setting: None})
        assert cluster.state().index == present


def test_words_that_somebody_deleted_are_told(cluster: Engine, node: Node) -> None:
    assert isinstance(cluster, Cluster)
    present = cluster.state()
    node.ask("DELETE", f"/{present.words}")
    engine = engines.open(cluster.location)
    with pytest.raises(IndexUnavailable, match=f"{present.words}.*glose restore.*DELETE"):
        passages_found(engine, "fibre")
    engine.close()


def test_a_passage_that_went_without_us_is_missed(
    cluster: Engine, location: str, node: Node
) -> None:
    assert isinstance(cluster, Cluster)
    query = {"query": {"term": {"id": "a#comment-2"}}}
    path = f"/{cluster.state().index}/_delete_by_query?refresh=true"
    assert node.ask("POST", path, query)["deleted"] == 1
    report = verifying.verify(location)
    assert [place for place, _ in report.problems] == ["compte"]
    assert "au moins 1 passage de plus" in report.problems[0][1]
    rewriting.rewrite(cluster)
    assert verifying.verify(location).problems == []
    # and no passage is missed where it was removed by ourselves
    rewriting.delete(cluster, ["b"])
    assert verifying.verify(location).problems == []


def test_everything_is_streamed_in_the_order_of_indexing(cluster: Engine) -> None:
    ids = [record.id for record in rewriting.everything(cluster.reader())]
    assert ids == ["a#lead", "a#comment-1", "a#comment-2", "b#lead", "b#comment-1"]


def test_an_index_that_is_not_ours_is_left_alone(node: Node) -> None:
    name = node.location("foreign")
    node.ask("PUT", "/foreign", {})
    try:
        for create in (False, True):
            with pytest.raises(IndexUnavailable, match="n’est pas un index de Glose"):
                engines.open(name, create=create)
    finally:
        node.ask("DELETE", "/foreign")


def test_a_page_far_down_is_walked_to(cluster: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    from index.engines.opensearch import hits, page

    write(cluster, [article(f"x{n}", "la lune") for n in range(12)], seen=2)
    reader = cluster.reader()
    tree = Term("text", "lune")
    refs = [hit.ref for hit in reader.search(tree, 100).hits]
    for file in (hits, page):
        monkeypatch.setattr(file, "WINDOW", 5)
    walked = reader.page(engines.PageRequest(tree, number=3, size=4, grouped=False))
    assert [hit.hits[0].stored for hit in walked.groups] == reader.load(refs[8:12])
    with pytest.raises(IndexUnavailable, match="export"):
        reader.page(engines.PageRequest(Every(), number=3, size=4))


@pytest.fixture
def repository(node: Node) -> Iterator[str]:
    name = f"depot-{time.time_ns()}"
    node.ask("PUT", f"/_snapshot/{name}", {"type": "fs", "settings": {"location": name}})
    yield name
    for copy in node.ask("GET", f"/_snapshot/{name}/_all")["snapshots"]:
        node.ask("DELETE", f"/_snapshot/{name}/{copy['snapshot']}")
    node.ask("DELETE", f"/_snapshot/{name}")


def test_an_index_is_copied_and_comes_back(cluster: Engine, location: str, repository: str) -> None:
    copy = Path(repository) / "copie"
    assert backups.backup(cluster, copy) > 0
    write(cluster, [article("c", "la fibre")], seen=2)
    generation = cluster.reader().generation
    with pytest.raises(IndexUnavailable, match="--force"):
        backups.restore(copy, location)
    assert backups.restore(copy, location, force=True) == 5
    assert cluster.reader().generation > generation
    assert passages_found(cluster, "fibre") == 3
    assert dict(cluster.reader().words("text", "fib")) == {"fibre": 3}
    # it can be written again
    write(cluster, [article("c", "la fibre")], seen=3)
    assert passages_found(cluster, "fibre") == 5


def test_a_restoring_that_fails_lets_others_write(
    cluster: Engine, location: str, repository: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = Path(repository) / "copie"
    backups.backup(cluster, copy)
    request = Client.request

    def cut(self: Client, method: str, path: str, *rest: Any) -> Any:
        if "restore" in path:
            raise self.of(503, {"type": "cut", "reason": path})
        return request(self, method, path, *rest)

    monkeypatch.setattr(Client, "request", cut)
    with pytest.raises(IndexUnavailable, match="_restore"):
        backups.restore(copy, location, force=True)
    monkeypatch.setattr(Client, "request", request)
    write(cluster, [article("c", "la fibre")], seen=2)
    assert passages_found(cluster, "fibre") == 5


def test_a_repository_at_work_is_told(
    cluster: Engine, repository: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(self: Client, path: str, *_: Any, **params: Any) -> Any:
        raise self.of(503, {"type": "concurrent_snapshot_execution_exception", "reason": path})

    monkeypatch.setattr(Client, "put", busy)
    with pytest.raises(IndexUnavailable, match=r"occupé par une autre copie.*/_status\)"):
        backups.backup(cluster, Path(repository) / "copie")


def test_a_part_that_is_on_no_node_is_not_the_repository_s_fault(
    cluster: Cluster, node: Node, repository: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = f"{cluster.state().index}-lost"
    settings = {"number_of_replicas": 0, "routing.allocation.include._name": "nobody"}
    node.ask("PUT", f"/{lost}?wait_for_active_shards=0", {"settings": settings})
    put = Client.put

    def with_lost(self: Client, path: str, body: Any = None, **params: Any) -> Any:
        if path.startswith("/_snapshot"):
            body = body | {"indices": f"{body['indices']},{lost}"}
        return put(self, path, body, **params)

    monkeypatch.setattr(Client, "put", with_lost)
    with pytest.raises(IndexUnavailable, match=r"sur aucun nœud debout.*\[.*-lost\]"):
        backups.backup(cluster, Path(repository) / "copie")


def test_who_was_forgotten_since_does_not_come_back(
    cluster: Engine, location: str, repository: str
) -> None:
    copy = Path(repository) / "copie"
    write(cluster, [article("c", "mon ornithorynque", author="Bob")], seen=2)
    backups.backup(cluster, copy)
    forgetting.forget(cluster, "Bob", at="2025-06-01")
    assert backups.restore(copy, location, force=True) == 6
    assert passages_found(cluster, "ornithorynque") == 0
    write(cluster, [article("d", "mon ornithorynque", author="Bob")], seen=3)
    assert passages_found(cluster, "ornithorynque") == 0


def test_a_copy_comes_back_under_another_name(cluster: Engine, node: Node, repository: str) -> None:
    copy = Path(repository) / "copie"
    forgetting.forget(cluster, "Bob", at="2025-06-01")
    backups.backup(cluster, copy)
    other_location = node.fresh(shards=3)
    try:
        assert backups.restore(copy, other_location) == 5
        engine = engines.open(other_location)
        assert passages_found(engine, "cuivre") == 1
        write(engine, [article("d", "mon ornithorynque", author="Bob")], seen=3)
        assert passages_found(engine, "ornithorynque") == 0
        engine.close()
    finally:
        forget(other_location)


def test_a_copy_that_cannot_be_is_refused_with_what_to_do(
    cluster: Engine, location: str, repository: str, node: Node
) -> None:
    for copy, sentence in (
        ("copie.tar", "DÉPÔT/COPIE"),
        ("nulle-part/copie", "_snapshot/nulle-part"),
    ):
        with pytest.raises(IndexUnavailable, match=sentence):
            backups.backup(cluster, Path(copy))
    with pytest.raises(IndexUnavailable, match="pas de copie de ce nom"):
        backups.restore(Path(repository) / "aucune", location, force=True)
    backups.backup(cluster, Path(repository) / "copie")
    with pytest.raises(IndexUnavailable, match=r"déjà une copie de ce nom, entière, du \d"):
        backups.backup(cluster, Path(repository) / "copie")
    settings = {"location": repository, "readonly": True}
    node.ask("PUT", f"/_snapshot/{repository}-read", {"type": "fs", "settings": settings})
    try:
        with pytest.raises(IndexUnavailable, match=r"readonly.*_verify"):
            backups.backup(cluster, Path(f"{repository}-read") / "autre")
    finally:
        node.ask("DELETE", f"/_snapshot/{repository}-read")


def test_what_a_run_told_is_remembered_beside_the_index(cluster: Engine, location: str) -> None:
    sentence = "a.html : vide"
    run = remembering.former_sentences(location)
    assert not run.again(sentence)
    remembering.remember(location, ["a.html"], run)
    assert remembering.former_sentences(location).again(sentence)
    # an index made anew keeps what lies beside
    rewriting.rewrite(cluster)
    assert remembering.former_sentences(location).again(sentence)


def test_files_that_are_the_cluster_s_are_not_said_to_be_sound(
    cluster: Engine, location: str
) -> None:
    with pytest.raises(IndexUnavailable, match=r"_cluster/health.*chaque passage est relu"):
        verifying.verify(location, quick=True)

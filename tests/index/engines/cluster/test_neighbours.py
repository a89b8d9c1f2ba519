"""What else lies on a cluster under names like ours, and what of it is ours to change?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from index import engines
from index.engines import IndexUnavailable
from index.engines.opensearch import Cluster
from index.engines.opensearch.client import Client
from index.keeping import backups, rewriting
from index.writing.writing import write
from tests.index.engines.cluster.small_index import article, passages_found
from tests.opensearch_node import Node, forget

FIBRE = article("a", "la fibre", "le cuivre")


@pytest.fixture
def location(node: Node) -> Iterator[str]:
    location = node.fresh()
    yield location
    forget(location)


def open_cluster(location: str) -> Cluster:
    engine = engines.open(location, create=True)
    assert isinstance(engine, Cluster)
    return engine


def index_names(node: Node, begin: str) -> set[str]:
    indices = node.ask("GET", f"/_cat/indices/{begin}-*?format=json&expand_wildcards=all")
    return {index["index"].removeprefix(begin) for index in indices}


def test_the_dated_index_of_somebody_else_is_left_alone(node: Node, location: str) -> None:
    name = location.rpartition("/")[2].partition("?")[0]
    node.ask("PUT", f"/{name}-20261129", {"mappings": {"properties": {"log": {"type": "text"}}}})
    cluster = open_cluster(location)
    write(cluster, [FIBRE], seen=1)
    rewriting.rewrite(cluster)
    rewriting.rewrite(cluster)
    assert passages_found(cluster, "fibre") == 1
    last = cluster.state().index.removeprefix(name)
    assert index_names(node, name) == {"-20261129", last, f"{last}-words", "-notes"}


def test_what_a_rewriting_that_was_killed_left_is_taken_away(node: Node, location: str) -> None:
    cluster = open_cluster(location)
    write(cluster, [FIBRE], seen=1)
    name = cluster.client.address.name
    copied = {"mappings": {"_meta": cluster.state().meta()}, "settings": {"index.hidden": True}}
    node.ask("PUT", f"/{name}-7", copied)
    rewriting.rewrite(cluster)
    assert index_names(node, name) == {"-2", "-2-words", "-notes"}


def test_nothing_that_is_nobody_s_is_left_by_a_cut(
    node: Node, location: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At each request that makes or takes away an index, and whether the cluster did it or not.

    Words without their records would be taken for somebody else's, and outlive whom is forgotten.
    """
    request = Client.request
    cuts: list[str] = []

    def cut_at(turn: int, *, after: bool) -> None:
        seen = count()

        def cut(self: Client, method: str, path: str, *rest: Any) -> Any:
            making = method == "DELETE" or (method == "PUT" and path.count("/") == 1)
            if not making or next(seen) != turn:
                return request(self, method, path, *rest)
            if after:
                request(self, method, path, *rest)
            cuts.append(path)
            raise self.of(503, {"type": "cut", "reason": path})

        monkeypatch.setattr(Client, "request", cut)

    write(open_cluster(location), [FIBRE], seen=1)
    name = open_cluster(location).client.address.name
    for turn in count():
        if len(cuts) < 2 * turn:
            break
        for after in (False, True):
            cut_at(turn, after=after)
            # a cut while sweeping is nothing that the new index suffers from
            with suppress(IndexUnavailable):
                rewriting.rewrite(open_cluster(location))
            monkeypatch.setattr(Client, "request", request)
            rewriting.rewrite(open_cluster(location))
            index = open_cluster(location).state().index.removeprefix(name)
            assert index_names(node, name) == {index, f"{index}-words", "-notes"}
    # records, words, swept: each was cut, before and after
    assert len(cuts) >= 6
    assert passages_found(open_cluster(location), "fibre") == 1


def test_the_notes_of_a_copy_that_was_half_restored_are_taken_away(
    node: Node, location: str
) -> None:
    """They name whom that copy had forgotten."""
    write(open_cluster(location), [FIBRE], seen=1)
    name = open_cluster(location).client.address.name
    columns = {column: {"type": "keyword"} for column in ("said", "owner", "until")}
    node.ask("PUT", f"/{name}-notes-restored", {"mappings": {"properties": columns}})
    rewriting.rewrite(open_cluster(location))
    assert index_names(node, name) == {"-2", "-2-words", "-notes"}


def test_words_whose_records_somebody_took_away_go_with_them(node: Node, location: str) -> None:
    """They name whom the records had forgotten; those of closed records, or of others, stay."""
    write(open_cluster(location), [FIBRE], seen=1)
    name = open_cluster(location).client.address.name
    columns = {"field": "keyword", "word": "keyword", "records": "long"}
    for index, properties in (
        (f"{name}-7-words", columns | {"since": "long"}),
        (f"{name}-8-words", columns),
        (f"{name}-9-words", {"field": "keyword", "word": "keyword"}),
        (f"{name}-10-words", columns),
        (f"{name}-10", {}),
        (f"{name}-old-words", columns),
    ):
        typed = {column: {"type": kind} for column, kind in properties.items()}
        settings = {"number_of_replicas": 0}
        node.ask("PUT", f"/{index}", {"settings": settings, "mappings": {"properties": typed}})
    node.ask("POST", f"/{name}-10/_close")
    rewriting.rewrite(open_cluster(location))
    left = index_names(node, name) - {"-notes"}
    assert {"-7-words", "-8-words"}.isdisjoint(left)
    assert {"-9-words", "-10-words", "-old-words"} <= left


def test_two_newspapers_whose_names_differ_by_a_number(location: str) -> None:
    other_location = location.replace("?", "-2?")
    for name in (location, other_location):
        write(open_cluster(name), [FIBRE], seen=1)
    for _ in range(3):
        rewriting.rewrite(open_cluster(location))
    write(open_cluster(other_location), [article("b", "la fibre")], seen=2)
    assert passages_found(open_cluster(location), "fibre") == 1
    assert passages_found(open_cluster(other_location), "fibre") == 2


def test_the_alias_that_a_template_gives_to_others(node: Node, location: str) -> None:
    cluster = open_cluster(location)
    write(cluster, [FIBRE], seen=1)
    name = cluster.client.address.name
    for mappings in ({}, {"_meta": {"owner": "journaux"}}):
        body = {"mappings": mappings, "aliases": {name: {}}}
        node.ask("PUT", f"/{name}-journal-{len(mappings)}", body)
        assert passages_found(open_cluster(location), "fibre") == 1
    write(open_cluster(location), [article("b", "la fibre")], seen=2)
    rewriting.rewrite(open_cluster(location))
    assert passages_found(open_cluster(location), "fibre") == 2
    # and to one of ours, that grows
    copied = {"mappings": {"_meta": cluster.state().meta()}, "aliases": {name: {}}}
    node.ask("PUT", f"/{name}-9", copied)
    with pytest.raises(IndexUnavailable, match=rf"plusieurs index .*{name}-9\).*_index_template"):
        open_cluster(location)


def test_another_alias_is_read_and_not_written(node: Node, location: str) -> None:
    cluster = open_cluster(location)
    write(cluster, [FIBRE], seen=1)
    index, name = cluster.state().index, cluster.client.address.name
    alias = f"{name}-lecture"
    node.ask("POST", "/_aliases", {"actions": [{"add": {"index": index, "alias": alias}}]})
    for also in (alias, index):
        reading = engines.open(location.replace(name, also))
        assert passages_found(reading, "fibre") == 1
        with pytest.raises(IndexUnavailable, match=f"autre nom de l’index « {name} »"):
            write(reading, [article("b", "la mer")], seen=2)
        with pytest.raises(IndexUnavailable, match="donnez l’adresse de"):
            rewriting.rewrite(reading)


def test_an_index_that_lost_its_alias_is_not_replaced(node: Node, location: str) -> None:
    cluster = open_cluster(location)
    write(cluster, [FIBRE], seen=1)
    index, name = cluster.state().index, cluster.client.address.name
    node.ask("DELETE", f"/{index}/_alias/{name}")
    for use in (
        lambda: engines.open(location),
        lambda: engines.open(location, create=True),
        lambda: backups.restore(Path("depot/copie"), location, force=True),
    ):
        with pytest.raises(IndexUnavailable, match=rf"manque.* tient « {index} ».*_aliases"):
            use()
    node.ask("POST", "/_aliases", {"actions": [{"add": {"index": index, "alias": name}}]})
    assert passages_found(open_cluster(location), "fibre") == 1


def test_what_others_hold_under_the_names_that_glose_would_take(node: Node, location: str) -> None:
    """Nothing is written there, and nothing of it destroyed."""
    name = location.rpartition("/")[2].partition("?")[0]
    columns = {"mappings": {"properties": {"log": {"type": "keyword"}}}}
    others = {"-1-words", "-notes-restored"}
    for other in (*others, "-notes"):
        node.ask("PUT", f"/{name}{other}", columns)
    with pytest.raises(IndexUnavailable, match=f"« {name}-notes ».* est un index d’autre chose"):
        engines.open(location, create=True)
    assert index_names(node, name) == {*others, "-notes"}
    assert node.ask("GET", f"/{name}-notes/_count")["count"] == 0
    node.ask("DELETE", f"/{name}-notes")
    write(open_cluster(location), [FIBRE], seen=1)
    rewriting.rewrite(open_cluster(location))
    assert passages_found(open_cluster(location), "fibre") == 1
    assert index_names(node, name) == {*others, "-3", "-3-words", "-notes"}


def test_notes_that_somebody_destroyed_are_told_before_anything_is_written(
    node: Node, location: str
) -> None:
    """They say who was forgotten, and would come back."""
    write(open_cluster(location), [FIBRE], seen=1)
    cluster = open_cluster(location)
    notes = f"{cluster.client.address.name}-notes"
    node.ask("DELETE", f"/{notes}")
    for use in (
        lambda: write(cluster, [article("b", "la fibre")], seen=2),
        lambda: rewriting.rewrite(cluster),
        lambda: cluster.share(cluster.reader(), "x"),
    ):
        with pytest.raises(IndexUnavailable, match=rf"« {notes} ».* détruit.*PUT {notes} ") as told:
            use()
    assert passages_found(cluster, "fibre") == 1
    node.ask("PUT", f"/{notes}", json.loads(str(told.value).partition(f"PUT {notes} ")[2]))
    write(cluster, [article("b", "la fibre")], seen=2)
    assert passages_found(cluster, "fibre") == 2


def test_a_mapping_whose_stamp_somebody_took_away_is_told(node: Node, location: str) -> None:
    write(open_cluster(location), [FIBRE], seen=1)
    index = open_cluster(location).state().index
    node.ask("PUT", f"/{index}/_mapping", {"_meta": {}})
    for create in (False, True):
        with pytest.raises(IndexUnavailable, match=rf"son sceau .*DELETE {index},{index}-words"):
            engines.open(location, create=create)


def test_an_alias_that_was_rolled_over_is_told(node: Node, location: str) -> None:
    """As a policy of the cluster does with the indices that a template gives it."""
    cluster = open_cluster(location)
    write(cluster, [FIBRE], seen=1)
    index, name = cluster.state().index, cluster.client.address.name
    other = node.ask("POST", f"/{name}/_rollover")["new_index"]
    for create in (False, True):
        with pytest.raises(
            IndexUnavailable, match=rf"passé à « {other} », .*tient « {index} ».*_aliases"
        ) as refused:
            engines.open(location, create=create)
    actions = str(refused.value).partition('{"actions": ')[2].partition("})")[0]
    node.ask("POST", "/_aliases", {"actions": json.loads(actions)})
    assert passages_found(open_cluster(location), "fibre") == 1
    node.ask("DELETE", f"/{other}")


def test_a_name_may_have_points(node: Node, location: str) -> None:
    name = location.rpartition("/")[2].partition("?")[0]
    dotted = open_cluster(location.replace(name, f"{name}-v.1"))
    write(dotted, [FIBRE], seen=1)
    rewriting.rewrite(dotted)
    assert passages_found(dotted, "fibre") == 1

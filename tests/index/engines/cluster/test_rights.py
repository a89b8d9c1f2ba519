"""What is said when a role shows a part of the index?

As OpenSearch's security plugin 3.4 answered to roles with `dls`, `fls` and `masked_fields`: with
status 200, and an index made anew of it lacked the rest for good.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from index import engines
from index.engines import IndexUnavailable
from index.engines.opensearch import Cluster, notes, state
from index.keeping import rewriting
from index.writing.writing import write
from tests.index.engines.cluster.small_index import article, passages_found
from tests.opensearch_front import Answer, Asked, Forward, Front, Rule
from tests.opensearch_node import Node


def on(part: str, change: Callable[[Any], object]) -> Rule:
    """A rule that changes the answers to the paths that hold `part`."""

    def changed(request: Asked, forward: Forward) -> Answer:
        answer = forward()
        if part not in request.path:
            return answer
        content = json.loads(answer.body)
        change(content)
        return Answer(answer.status, json.dumps(content).encode())

    return changed


def refusing(part: str, status: int, reason: str) -> Rule:
    def refused(request: Asked, forward: Forward) -> Answer:
        error = {"type": "security_exception", "reason": reason}
        body = json.dumps({"error": error, "status": status}).encode()
        return Answer(status, body) if part in request.path else forward()

    return refused


@pytest.fixture
def restricted(cluster: Cluster, front: Front, node: Node) -> Cluster:
    """The index as a role sees it whose `dls` shows one comment of two."""
    name, index = cluster.client.address.name, cluster.state().index
    alias = {"index": index, "alias": f"{name}-shown", "filter": {"term": {"id": "a#comment-1"}}}
    node.ask("POST", "/_aliases", {"actions": [{"add": alias}]})

    def filtered(request: Asked, forward: Forward) -> Answer:
        for searched in (f"/{index}/_search/point_in_time", f"/{index}/_search?"):
            if request.path.startswith(searched):
                path = request.path.replace(index, f"{name}-shown", 1)
                body = json.loads(request.body) if request.body else None
                return Answer(200, json.dumps(node.ask(request.method, path, body)).encode())
        return forward()

    front.rule = filtered
    return cluster


def test_hidden_documents_are_told(restricted: Cluster) -> None:
    sentence = r"tient 2 passages et n’en montre que 1 : .*\(dls.*qui tient le cluster"
    engine = engines.open(restricted.location)
    with pytest.raises(IndexUnavailable, match=sentence):
        passages_found(engine, "fibre")
    engine.close()


def test_what_a_role_does_not_see_is_not_lost(restricted: Cluster, front: Front) -> None:
    engine = engines.open(restricted.location)
    with pytest.raises(IndexUnavailable, match="dls"):
        rewriting.rewrite(engine)
    with pytest.raises(IndexUnavailable, match="dls"):
        write(engine, [article("b", "la fibre")], seen=2)
    engine.close()
    front.rule = lambda request, forward: forward()
    whole = engines.open(restricted.location)
    assert whole.reader().size() == 2
    assert passages_found(whole, "cuivre") == 1
    whole.close()


def test_nor_is_it_after_a_commit_that_was_cut(restricted: Cluster) -> None:
    """What was not refreshed is in the statistics and in no search: only who writes may tell."""
    client, present = restricted.client, restricted.state()
    state.write(client, present.begun(1, 0))
    shown = Cluster(client)
    assert passages_found(shown, "fibre") == 1
    with pytest.raises(IndexUnavailable, match="tient 2 passages et n’en montre que 1"):
        rewriting.rewrite(shown)


@pytest.mark.parametrize("column", ["title", "month", "text", "article", "seq", "parent", "stored"])
def test_a_hidden_column_is_told(cluster: Cluster, front: Front, column: str) -> None:
    def hide(content: Any) -> None:
        for mapping in content.values():
            mapping["mappings"].get("properties", {}).pop(column, None)

    front.rule = on("/_mapping", hide)
    with pytest.raises(IndexUnavailable, match=f"colonnes « {column} » : .*fls.*qui tient le clus"):
        passages_found(cluster, "fibre")


MASKED = ["1e2fd2feda67b3cd0a5df4a0c2f7c2ae"]


@pytest.mark.parametrize(
    ("column", "values"),
    [
        # a masked number is an error
        *((column, MASKED) for column in ("id", "article", "kind", "word", "field")),
        *((column, None) for column in ("id", "article", "kind", "word", "field", "records")),
    ],
)
def test_a_masked_column_is_told_before_any_answer(
    cluster: Cluster, front: Front, column: str, values: list[str] | None
) -> None:
    def mask(content: Any) -> None:
        for response in content["responses"]:
            for hit in response["hits"]["hits"]:
                if hit.get("fields", {}).pop(column, None) and values:
                    hit["fields"][column] = values

    front.rule = on("/_msearch", mask)
    engine = engines.open(cluster.location)
    with pytest.raises(IndexUnavailable, match=r"ne lui fut pas donné.*qui tient le cluster"):
        passages_found(engine, "fibre")
    engine.close()


def test_a_role_that_may_not_ask_how_many_there_are_is_answered(
    cluster: Cluster, front: Front
) -> None:
    front.rule = refusing("/_stats", 403, "no permissions for [indices:monitor/stats]")
    engine = engines.open(cluster.location)
    assert passages_found(engine, "fibre") == 1
    engine.close()


def without_statistics(rule: Rule) -> Rule:
    forbidden = refusing("/_stats", 403, "no permissions for [indices:monitor/stats]")
    return lambda request, forward: (forbidden if "/_stats" in request.path else rule)(
        request, forward
    )


def test_hidden_documents_are_told_without_statistics(restricted: Cluster, front: Front) -> None:
    """The words count how many passages of each kind there are, removed ones perhaps too."""
    front.rule = without_statistics(front.rule)
    engine = engines.open(restricted.location)
    with pytest.raises(IndexUnavailable, match=r"au moins 2 passages et n’en montre que 1 : .*dls"):
        passages_found(engine, "fibre")
    engine.close()


@pytest.mark.parametrize("shown", [2, 0])
def test_words_that_are_hidden_with_documents_are_told(
    cluster: Cluster, front: Front, shown: int
) -> None:
    """As of a role whose `dls` is about a column that words lack: none of them is shown."""

    def hide(content: Any) -> None:
        if len(content["responses"]) == 3:
            records, words, kinds = content["responses"]
            records["hits"]["total"]["value"] = shown
            for hidden in (words, kinds, *([] if shown else [records])):
                hidden["hits"] = {"total": {"value": 0, "relation": "eq"}, "hits": []}
            kinds["aggregations"]["records"]["value"] = 0.0

    front.rule = without_statistics(on("/_msearch", hide))
    engine = engines.open(cluster.location)
    with pytest.raises(IndexUnavailable, match=rf"montre {shown} passages, .* que 0 : .*dls"):
        passages_found(engine, "fibre")
    engine.close()


def test_an_index_that_holds_nothing_hides_nothing(cluster: Cluster, front: Front) -> None:
    rewriting.delete(cluster, ["a"])
    rewriting.rewrite(cluster)
    front.rule = without_statistics(front.rule)
    engine = engines.open(cluster.location)
    assert passages_found(engine, "fibre") == 0
    engine.close()


def test_what_we_removed_is_not_said_to_be_hidden(cluster: Cluster, front: Front) -> None:
    write(cluster, [article("b", "la mer", "la lune")], seen=2)
    rewriting.delete(cluster, ["b"])
    front.rule = without_statistics(front.rule)
    engine = engines.open(cluster.location)
    assert passages_found(engine, "fibre") == 1
    engine.close()


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        (
            "Update is not supported when FLS or DLS or Fieldmasking is activated",
            "un rôle en cache.*dls.*qui tient le cluster",
        ),
        (
            "Unexpected exception indices:data/write/update",
            "n’a pas pu contrôler nos droits.*qui tient le cluster",
        ),
    ],
)
def test_a_refusal_of_the_plugin_is_no_part_that_is_missing(
    cluster: Cluster, front: Front, reason: str, sentence: str
) -> None:
    """It comes with status 500."""
    front.rule = refusing("/_update/", 500, reason)
    with pytest.raises(IndexUnavailable, match=sentence):
        write(cluster, [article("b", "la fibre")], seen=2)


def test_a_masked_note_is_told(cluster: Cluster, front: Front) -> None:
    notes.keep(cluster.client, "forgotten", {"name": "x"})
    for source in ({"said": "1e2fd2feda67b3cd"}, {}):
        front.rule = on("/_doc/forgotten", lambda content: content.update(_source=source))  # noqa: B023
        with pytest.raises(IndexUnavailable, match=r"« said ».*qui tient le cluster"):
            cluster.note("forgotten")

"""Who is at the other end, and who are we? Nothing is sent to whom it should not be."""

from __future__ import annotations

from base64 import b64decode
from pathlib import Path

import httpcore
import orjson
import pytest

from index import engines
from index.engines import IndexMissing, IndexUnavailable
from index.engines.opensearch import Cluster
from index.keeping import rewriting
from index.writing.writing import write
from tests.index.engines.cluster.small_index import article, passages_found
from tests.opensearch_front import Answer, Asked, Forward, Front
from tests.opensearch_node import Node


def test_nobody_there(location: str, node: Node) -> None:
    with pytest.raises(IndexUnavailable, match="le cluster ne répond pas"):
        engines.open(location.replace(node.host, "127.0.0.1:1"))
    # one host of two is enough
    engines.open(location.replace(node.host, f"127.0.0.1:1,{node.host}"), create=True).close()


def test_who_we_are_is_said_by_the_environment(
    cluster: Cluster, front: Front, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def guarded(request: Asked, forward: Forward) -> Answer:
        # glose:secret
        is_known = request.headers.get("authorization") == "Basic Z2xvc2U6c2VjcmV0"
        return forward() if is_known else Answer(401, b'{"error": "Unauthorized"}')

    front.rule = guarded
    with pytest.raises(IndexUnavailable, match=r"refuse cet accès : il veut un nom.*USER"):
        passages_found(cluster, "fibre")
    (tmp_path / "secret").write_text("secret\n")
    monkeypatch.setenv("GLOSE_OPENSEARCH_USER", "glose")
    monkeypatch.setenv("GLOSE_OPENSEARCH_PASSWORD_FILE", str(tmp_path / "secret"))
    (tmp_path / "old").write_text("autre\n")
    with monkeypatch.context() as patch:
        patch.setenv("GLOSE_OPENSEARCH_PASSWORD_FILE", str(tmp_path / "old"))
        with pytest.raises(IndexUnavailable, match=r"ne reconnaît pas « glose ».*PASSWORD_FILE"):
            engines.open(cluster.location)
    is_known = engines.open(cluster.location)
    assert passages_found(is_known, "fibre") == 1
    is_known.close()
    with monkeypatch.context() as patch:
        patch.delenv("GLOSE_OPENSEARCH_USER")
        with pytest.raises(IndexUnavailable, match="nul nom : GLOSE_OPENSEARCH_USER"):
            engines.open(cluster.location)
    with pytest.raises(IndexUnavailable, match="ne part pas en clair"):
        engines.open("opensearch://example.org/presse")
    with monkeypatch.context() as patch:
        patch.setenv("GLOSE_OPENSEARCH_USER", "glose:secret")
        with pytest.raises(IndexUnavailable, match="un nom sans deux-points"):
            engines.open(cluster.location)
    with monkeypatch.context() as patch:
        patch.setenv("GLOSE_OPENSEARCH_KEY", "/etc/glose/key.pem")
        with pytest.raises(IndexUnavailable, match="nul certificat : GLOSE_OPENSEARCH_CERT"):
            engines.open(cluster.location)


def test_a_password_is_sent_as_opensearch_reads_it(
    cluster: Cluster, front: Front, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In UTF-8; opensearchpy 3.2 sends Latin-1, and fails on what that lacks."""
    monkeypatch.setenv("GLOSE_OPENSEARCH_USER", "rédaction")
    monkeypatch.setenv("GLOSE_OPENSEARCH_PASSWORD", "10 €")
    engines.open(cluster.location).close()
    credentials = front.asked[-1].headers["authorization"].removeprefix("Basic ")
    assert b64decode(credentials).decode() == "rédaction:10 €"


@pytest.mark.parametrize(
    ("status", "kind", "body", "sentence"),
    [
        (200, "text/html", b"<h1>Accueil</h1>", "n’est pas OpenSearch. Contrôlez l’hôte"),
        (404, "text/html", b"<h1>Not Found</h1>", "n’est pas OpenSearch. Contrôlez l’hôte"),
        (301, "text/html", b"", "renvoie ailleurs. Donnez celle"),
        (
            400,
            "text/html",
            b"<title>400 The plain HTTP request was sent to HTTPS port</title>",
            r"écrivez opensearch\+https://",
        ),
        (
            403,
            "application/json",
            b'{"error": {"type": "security_exception", "reason": "no permissions for x"}}',
            "n’y a pas ce droit. Demandez à qui tient le cluster.*no permissions for x",
        ),
        (
            502,
            "text/html",
            b"<h1>Bad Gateway</h1>",
            r"Attendez qu’il se remette.*\(<h1>Bad Gateway",
        ),
        (504, "text/html", b"", r"Attendez qu’il se remette.*\(504\)"),
    ],
)
def test_what_answers_for_a_cluster_is_told(
    cluster: Cluster, front: Front, status: int, kind: str, body: bytes, sentence: str
) -> None:
    front.rule = lambda request, forward: Answer(status, body, kind)
    with pytest.raises(IndexUnavailable, match=sentence):
        engines.open(cluster.location)


STRANGE: tuple[object, ...] = ({"message": "Connectez-vous."}, {"error": "login"}, [], "OK", None)


def test_json_of_something_else_is_told(cluster: Cluster, front: Front) -> None:
    """As a portal answers before a session has begun, with status 200, to all paths or to some."""

    def use() -> None:
        engine = engines.open(cluster.location)
        passages_found(engine, "fibre")
        engine.bytes()
        engine.note("forgotten")
        write(engine, [article("b", "la fibre")], seen=2)

    for path in ("_mapping", "/point_in_time", "_msearch", "_stats", "_doc/", "_update", "_bulk"):
        for strange in STRANGE:

            def portal(request: Asked, forward: Forward) -> Answer:
                away = path in request.path and request.method != "DELETE"  # noqa: B023
                return Answer(200, orjson.dumps(strange)) if away else forward()  # noqa: B023

            front.rule = portal
            with pytest.raises(IndexUnavailable, match=r"n’est pas OpenSearch\. Contrôlez l’hôte"):
                use()
    for responses in ([], [{}], [{"took": 1}]):
        front.rule = lambda request, forward: (
            Answer(200, orjson.dumps({"took": 1, "responses": responses}))  # noqa: B023
            if "_msearch" in request.path
            else forward()
        )
        with pytest.raises(IndexUnavailable, match=r"n’est pas OpenSearch\. Contrôlez l’hôte"):
            use()


def test_a_cluster_behind_a_path(cluster: Cluster, front: Front, node: Node) -> None:
    def behind(request: Asked, forward: Forward) -> Answer:
        if not request.path.startswith("/outils/recherche/"):
            return Answer(404, b"<h1>Not Found</h1>", "text/html")
        path = request.path.removeprefix("/outils/recherche")
        answer = httpcore.request(
            request.method,
            f"http://{node.host}{path}",
            headers={"content-type": request.headers.get("content-type", "application/json")},
            content=request.body,
        )
        return Answer(answer.status, answer.content)

    front.rule = behind
    engine = engines.open(cluster.location.replace(front.host, f"{front.host}/outils/recherche"))
    assert passages_found(engine, "fibre") == 1
    with pytest.raises(IndexUnavailable, match="n’est pas OpenSearch"):
        engines.open(cluster.location)
    for path in ("/Presse", "/<presse-{now}>", "/re cherche/presse", "/presse*"):
        with pytest.raises(IndexUnavailable, match="le nom de l’index, qui finit l’adresse"):
            engines.open(f"opensearch://{front.host}{path}?follow=0")


def test_a_refusal_gives_its_deepest_cause(cluster: Cluster, front: Front) -> None:
    """As OpenSearch 3.9 says it of `fib*` with search.allow_expensive_queries: false."""
    why = (
        "[prefix] queries cannot be executed when 'search.allow_expensive_queries' is set to false"
    )
    cause = {"type": "exception", "reason": why}
    shards = {"type": "search_phase_execution_exception", "reason": "all shards failed"}
    error = shards | {"root_cause": [cause], "failed_shards": [{"shard": 0, "reason": cause}]}

    def frugal(request: Asked, forward: Forward) -> Answer:
        if "_msearch" not in request.path:
            return forward()
        searches = request.body.count(b"\n") // 2
        refusals = [{"error": error, "status": 400}] * searches
        return Answer(200, orjson.dumps({"responses": refusals}))

    front.rule = frugal
    with pytest.raises(IndexUnavailable, match=r"allow_expensive_queries' is set to false"):
        passages_found(cluster, "fib*")


def test_who_may_only_read_is_answered(cluster: Cluster, front: Front) -> None:
    def reading(request: Asked, forward: Forward) -> Answer:
        path = request.path.partition("?")[0]
        if request.method == "GET" or path.endswith(("/_msearch", "/_search/point_in_time")):
            return forward()
        return Answer(403, b'{"error": {"type": "security_exception"}, "status": 403}')

    front.rule = reading
    engine = engines.open(cluster.location)
    assert passages_found(engine, "fibre") == 1
    with pytest.raises(IndexUnavailable, match="n’y a pas ce droit"):
        write(engine, [article("b", "la fibre")], seen=2)


def test_who_may_list_nothing_is_told_that_there_is_no_index(
    cluster: Cluster, front: Front
) -> None:
    """Whether it lost its alias is for who may see it."""
    name = cluster.client.address.name

    def reading(request: Asked, forward: Forward) -> Answer:
        if f"/{name}x-*" in request.path:
            return Answer(403, b'{"error": {"type": "security_exception"}, "status": 403}')
        return forward()

    front.rule = reading
    with pytest.raises(IndexMissing, match="Il n’y a pas d’index"):
        engines.open(cluster.location.replace(f"/{name}?", f"/{name}x?"))
    assert any(f"/{name}x-*" in request.path for request in front.asked)


def test_a_role_that_hides_fields_is_told(cluster: Cluster, front: Front) -> None:
    """As opensearch-security 3.4 answers to a role with `fls: [~stored]`: hits without it."""
    cluster.reader()

    def hidden(request: Asked, forward: Forward) -> Answer:
        answer = forward()
        if "/_mapping" in request.path:
            return answer
        return Answer(answer.status, answer.body.replace(b'"stored":', b'"other":'))

    front.rule = hidden
    with pytest.raises(IndexUnavailable, match="un rôle en cache des champs"):
        passages_found(cluster, "fibre")


def test_who_may_make_no_index_may_write(cluster: Cluster, front: Front) -> None:
    reason = "blocked by: [FORBIDDEN/10/cluster create-index blocked (api)];"
    error = {"type": "index_create_block_exception", "reason": reason}

    def settled(request: Asked, forward: Forward) -> Answer:
        makes_index = request.method == "PUT" and request.path.count("/") == 1
        return (
            Answer(403, orjson.dumps({"error": error, "status": 403})) if makes_index else forward()
        )

    front.rule = settled
    write(cluster, [article("b", "la fibre")], seen=2)
    assert passages_found(cluster, "fibre") == 2
    with pytest.raises(
        IndexUnavailable, match=r'PUT _cluster/settings .*blocks.create_index": nul'
    ):
        rewriting.rewrite(cluster)

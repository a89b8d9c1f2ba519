"""Who is at the other end, and who are we? Nothing is sent to whom it should not be."""

from __future__ import annotations

import ssl
import subprocess
from pathlib import Path

import pytest

from index import engines
from index.engines import IndexUnavailable
from index.engines.opensearch import Cluster
from index.writing.writing import write
from tests.index.engines.cluster.small_index import article, passages_found
from tests.opensearch_front import Answer, Asked, Forward, Front, before
from tests.opensearch_node import Node


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
        assert passages_found(engine, "fibre") == 1
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
        passages_found(cluster, "fibre")
    (tmp_path / "secret").write_text("secret\n")
    monkeypatch.setenv("GLOSE_OPENSEARCH_USER", "glose")
    monkeypatch.setenv("GLOSE_OPENSEARCH_PASSWORD_FILE", str(tmp_path / "secret"))
    known = engines.open(cluster.location)
    assert passages_found(known, "fibre") == 1
    known.close()
    with monkeypatch.context() as patch:
        patch.delenv("GLOSE_OPENSEARCH_USER")
        with pytest.raises(IndexUnavailable, match="nul nom : GLOSE_OPENSEARCH_USER"):
            engines.open(cluster.location)
    with pytest.raises(IndexUnavailable, match="ne part pas en clair"):
        engines.open("opensearch://example.org/presse")

"""Over TLS, is the cluster the one that it should be, and are we?

A front speaks TLS before a real node, with certificates of a private authority. Each thing that an
administrator gets wrong is a sentence that says who can mend it, and how.
"""

from __future__ import annotations

import ssl
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from index import engines
from index.engines import IndexUnavailable
from index.engines.opensearch import bulk
from index.writing.writing import write
from tests.index.engines.cluster.small_index import article, passages_found
from tests.opensearch_front import Answer, Asked, Forward, before
from tests.opensearch_node import Node

_CONFIGURATION = """
[ca]
default_ca = private
[private]
database = {folder}/database
new_certs_dir = {folder}
serial = {folder}/serial
default_md = sha256
policy = anything
unique_subject = no
[anything]
commonName = supplied
[leaf]
subjectAltName = DNS:localhost
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
basicConstraints = CA:false
"""


def _openssl(*arguments: object) -> None:
    process = subprocess.run(["openssl", *map(str, arguments)], capture_output=True, text=True)
    assert process.returncode == 0, process.stderr


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of two authorities, and of what the first signed for localhost: good, expired."""
    folder = tmp_path_factory.mktemp("tls")
    try:
        for authority in ("ca", "other"):
            _openssl(
                *("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", 2),
                *("-subj", f"/CN={authority}", "-addext", "keyUsage=critical,keyCertSign,cRLSign"),
                *("-keyout", folder / f"{authority}.key", "-out", folder / f"{authority}.pem"),
            )
    except FileNotFoundError:
        pytest.skip("openssl n’est pas installé (Debian : apt-get install openssl)")
    (folder / "configuration").write_text(_CONFIGURATION.format(folder=folder))
    (folder / "database").touch()
    (folder / "serial").write_text("01\n")
    periods = {
        "good": ("-days", 2),
        "expired": ("-startdate", "20200101000000Z", "-enddate", "20200201000000Z"),
        "future": ("-startdate", "21000101000000Z", "-enddate", "21000201000000Z"),
    }
    for name, period in periods.items():
        request = folder / f"{name}.csr"
        _openssl(
            *("req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost"),
            *("-keyout", folder / f"{name}.key", "-out", request),
        )
        _openssl(
            *("ca", "-batch", "-notext", "-config", folder / "configuration", *period),
            *("-cert", folder / "ca.pem", "-keyfile", folder / "ca.key", "-extensions", "leaf"),
            *("-in", request, "-out", folder / f"{name}.pem"),
        )
    locked = ("-aes256", "-passout", "pass:secret", "-out", folder / "locked.key")
    _openssl("rsa", "-in", folder / "good.key", *locked)
    return folder


def _serving(keys: Path, name: str = "good") -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(keys / f"{name}.pem", keys / f"{name}.key")
    return context


@pytest.fixture
def secure(node: Node, location: str) -> Callable[[str], str]:
    """The address of a small index behind a front: `secure(front.host)`."""

    def behind(host: str) -> str:
        port = host.split(":")[1]
        by_name = location.replace(node.host, f"localhost:{port}")
        return by_name.replace("opensearch://", "opensearch+https://")

    return behind


def test_a_cluster_is_written_and_asked_over_tls_with_a_password(
    node: Node, secure: Callable[[str], str], keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def guarded(request: Asked, forward: Forward) -> Answer:
        # glose:secret
        is_known = request.headers.get("authorization") == "Basic Z2xvc2U6c2VjcmV0"
        return forward() if is_known else Answer(401, b"Unauthorized", "text/plain")

    monkeypatch.setenv("GLOSE_OPENSEARCH_CA", str(keys / "ca.pem"))
    monkeypatch.setenv("GLOSE_OPENSEARCH_USER", "glose")
    with before(node.host, _serving(keys)) as front:
        front.rule = guarded
        monkeypatch.setenv("GLOSE_OPENSEARCH_PASSWORD", "autre")
        with pytest.raises(IndexUnavailable, match="ne reconnaît pas « glose » à ce mot de passe"):
            engines.open(secure(front.host), create=True)
        monkeypatch.setenv("GLOSE_OPENSEARCH_PASSWORD", "secret")
        engine = engines.open(secure(front.host), create=True)
        write(engine, [article("a", "la fibre")], seen=1)
        assert passages_found(engine, "fibre") == 1
        engine.close()


@pytest.mark.parametrize(
    ("certificate", "authority", "sentence"),
    [
        ("good", "other", "signé par l’autorité que nomme GLOSE_OPENSEARCH_CA.*Demandez à qui"),
        ("good", "", "signé par une autorité connue d’ici.*donnez-le par GLOSE_OPENSEARCH_CA"),
        ("expired", "ca", "a expiré. C’est à qui tient le cluster de le renouveler"),
        ("future", "ca", "n’est pas encore valable. Contrôlez l’heure de cette machine"),
        ("good", "nowhere", "ne se lit pas.*GLOSE_OPENSEARCH_CA"),
        ("good", "good.key", "ne se lit pas.*GLOSE_OPENSEARCH_CA"),
    ],
)
def test_a_certificate_must_be_the_one_expected(
    node: Node,
    secure: Callable[[str], str],
    keys: Path,
    monkeypatch: pytest.MonkeyPatch,
    certificate: str,
    authority: str,
    sentence: str,
) -> None:
    if authority:
        file = keys / (authority if "." in authority else f"{authority}.pem")
        monkeypatch.setenv("GLOSE_OPENSEARCH_CA", str(file))
    with before(node.host, _serving(keys, certificate)) as front:
        with pytest.raises(IndexUnavailable, match=sentence) as refusal:
            engines.open(secure(front.host), create=True)
        assert front.asked == []
    assert not refusal.value.passing  # type: ignore[attr-defined]


def test_a_certificate_must_bear_the_name_that_is_asked(
    node: Node, secure: Callable[[str], str], keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GLOSE_OPENSEARCH_CA", str(keys / "ca.pem"))
    with before(node.host, _serving(keys)) as front:
        address = secure(front.host).replace("localhost", "127.0.0.1")
        with pytest.raises(IndexUnavailable, match=r"n’est pas à ce nom. Donnez dans l’adresse"):
            engines.open(address, create=True)
        assert front.asked == []


def test_tls_where_there_is_none_and_none_where_there_is(
    node: Node, secure: Callable[[str], str], keys: Path
) -> None:
    with pytest.raises(IndexUnavailable, match=r"ne parle pas TLS à ce port.*ou opensearch://"):
        engines.open(secure(node.host), create=True)
    with before(node.host, _serving(keys)) as front:
        plain_location = secure(front.host).replace("+https", "")
        with pytest.raises(IndexUnavailable, match=r"S’il parle TLS, écrivez opensearch\+https://"):
            engines.open(plain_location, create=True)


def test_a_cluster_may_want_a_certificate_of_ours(
    node: Node, secure: Callable[[str], str], keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GLOSE_OPENSEARCH_CA", str(keys / "ca.pem"))
    context = _serving(keys)
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_verify_locations(keys / "ca.pem")
    # of TLS 1.3, the refusal may come when the question is already sent
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    with before(node.host, context) as front:
        address = secure(front.host)
        with pytest.raises(
            IndexUnavailable, match=r"veut un certificat de client.*OPENSEARCH_CERT"
        ):
            engines.open(address, create=True)
        monkeypatch.setenv("GLOSE_OPENSEARCH_CERT", str(keys / "good.pem"))
        monkeypatch.setenv("GLOSE_OPENSEARCH_KEY", str(keys / "locked.key"))
        # nobody is there at night to type its password
        with pytest.raises(IndexUnavailable, match=r"une clé ne se lit pas.*_KEY"):
            engines.open(address, create=True)
        monkeypatch.setenv("GLOSE_OPENSEARCH_KEY", str(keys / "good.key"))
        engines.open(address, create=True).close()


def test_a_node_that_dies_under_tls_is_asked_again(
    node: Node, secure: Callable[[str], str], keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """OpenSSL 3 makes of a connection that ends an error of TLS: it is no certificate's fault."""
    monkeypatch.setattr(bulk, "_FIRST_WAIT", 0.01)
    monkeypatch.setenv("GLOSE_OPENSEARCH_CA", str(keys / "ca.pem"))
    deaths: list[str] = []

    def dying(request: Asked, forward: Forward) -> Answer:
        # of each request, every host is tried twice
        if "/_bulk" in request.path and len(deaths) < 3:
            deaths.append(request.path)
            raise ConnectionAbortedError
        return forward()

    with before(node.host, _serving(keys)) as front:
        engine = engines.open(secure(front.host), create=True)
        front.rule = dying
        write(engine, [article("a", "la fibre")], seen=1)
        assert len(deaths) == 3
        assert passages_found(engine, "fibre") == 1
        engine.close()

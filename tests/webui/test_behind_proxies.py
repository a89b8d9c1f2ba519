"""Is Glose right behind the proxies whose files SERVICE.md and docs/proxies/ give?"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.webui.service_document import PRINTED, ROOT, blocks

PROXIES = ROOT / "docs" / "proxies"


def _program(name: str) -> str:
    path = shutil.which(name) or shutil.which(name, path="/usr/sbin")
    if path is None:
        pytest.skip(f"{name} is missing: tests/install.sh")
    return path


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _nginx(text: str, port: int, place: Path) -> list[str]:
    folders = "".join(
        f"{name}_temp_path {place}/{name};\n"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    text = text.replace("listen 80;", f"listen 127.0.0.1:{port};")
    (place / "nginx.conf").write_text(
        f"daemon off; pid {place}/pid; error_log {place}/error.log; events {{}}\n"
        f"http {{ {folders} {text} }}"
    )
    return [_program("nginx"), "-c", str(place / "nginx.conf"), "-p", str(place)]


def _caddy(text: str, port: int, place: Path) -> list[str]:
    site_block = f"http://journal.exemple.fr:{port} {{\n\tbind 127.0.0.1"
    text = "{\n\tadmin off\n}\n" + text.replace("journal.exemple.fr {", site_block)
    (place / "Caddyfile").write_text(text)
    return [_program("caddy"), "run", "--adapter", "caddyfile", "--config", f"{place}/Caddyfile"]


def _apache(text: str, port: int, place: Path) -> list[str]:
    modules = ("mpm_event", "authz_core", "proxy", "proxy_http", "headers", "alias")
    loaded = "".join(
        f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so\n" for name in modules
    )
    (place / "apache.conf").write_text(
        f"ServerRoot {place}\nPidFile {place}/pid\nErrorLog {place}/error.log\n{loaded}"
        f"Listen 127.0.0.1:{port}\nServerName localhost\nUser www-data\nGroup www-data\n"
        + text.replace("*:80>", f"127.0.0.1:{port}>")
    )
    return [_program("apache2"), "-X", "-f", str(place / "apache.conf")]


@contextmanager
def running(command: list[str], port: int, path: str, place: Path) -> Iterator[str]:
    """A proxy on loopback, until it answers at a path."""
    with (place / "output").open("wb") as output:
        process = subprocess.Popen(
            command, stdout=output, stderr=output, env={**os.environ, "HOME": str(place)}
        )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(6000):
            status = fetched(address + path, Host="journal.exemple.fr")[0]
            if status:
                break
            time.sleep(0.05)
        yield address
    finally:
        process.terminate()
        process.wait(300)


def fetched(address: str, **headers: str) -> tuple[int, Any, bytes]:
    """(status, headers, body), redirections not followed; status 0 when nobody answers."""

    class NoRedirect(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_: Any, **__: Any) -> None:
            return None

    request = urllib.request.Request(address, headers=headers)
    try:
        with urllib.request.build_opener(NoRedirect).open(request, timeout=300) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read()
    except OSError:
        return 0, {}, b""


@pytest.fixture
def proxied(glose: str, tmp_path: Path) -> Iterator[str]:
    """The page's own nginx configuration, on loopback."""
    [text] = blocks("nginx")
    # what a rate refuses, at one a minute, does not hang on how fast this machine asks
    text, rates = re.subn(r"rate=\d+r/s", "rate=1r/m", text)
    assert rates == 1
    port = _free_port()
    command = _nginx(text.replace(PRINTED, glose), port, tmp_path)
    with running(command, port, "/healthz", tmp_path) as address:
        yield address


SUBPATHS = {"nginx-subpath.conf": _nginx, "Caddyfile": _caddy, "apache.conf": _apache}


def test_every_proxy_s_file_is_tried() -> None:
    assert {file.name for file in PROXIES.iterdir()} == set(SUBPATHS)


@pytest.mark.parametrize("name", SUBPATHS)
def test_under_a_path_of_a_site(name: str, glose: str, tmp_path: Path) -> None:
    text = (PROXIES / name).read_text("utf-8").replace(PRINTED, glose)
    text = text.replace("127.0.0.1:8000", glose.removeprefix("http://"))
    port = _free_port()
    command = SUBPATHS[name](text, port, tmp_path)
    host = {"Host": "journal.exemple.fr"}
    with running(command, port, "/glose/healthz", tmp_path) as address:
        status, headers, body = fetched(f"{address}/glose/search?q=mot+de+passe", **host)
        assert (status, b"<mark>" in body) == (200, True), (tmp_path / "output").read_text()
        assert b'href="/glose/article/' in body
        assert b'href="/article/' not in body
        [article, *_] = re.findall(rb'href="(/glose/article/[^"?#]+)', body)
        assert fetched(address + article.decode(), **host)[0] == 200
        # an id that is an address, its slashes escaped, reaches us as it is
        missing_status = fetched(f"{address}/glose/article/https:%2F%2Fa.example%2Fx.json", **host)
        assert json.loads(missing_status[2])["status"] == 404
        assert b"https://a.example/x" in missing_status[2]
        style = re.search(rb'href="(/glose/static/[^"]+css[^"]*)', body)
        assert style is not None
        assert fetched(address + style[1].decode(), **host)[0] == 200
        status, headers, _ = fetched(f"{address}/glose", **host)
        assert (status, headers["Location"].endswith("/glose/")) == (308, True)
        # what a client says of itself is not believed
        lies = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Prefix": "/evil"}
        text = fetched(f"{address}/glose/opensearch.xml", **host, **lies)[2].decode()
        assert "journal.exemple.fr" in text
        assert "/glose/search" in text
        assert "evil" not in text
        # nor is supervision ever shown from outside, with its token even
        for path in ("/glose/metrics", "/metrics", "/glose//metrics", "/glose/./metrics"):
            token = {"Authorization": "Bearer sesame"}
            assert b"glose_" not in fetched(address + path, **host, **token)[2], path


def test_behind_nginx(proxied: str) -> None:
    def fetch(path: str, **headers: str) -> tuple[int, Any, bytes]:
        return fetched(proxied + path, **{"Host": "recherche.exemple.fr", **headers})

    status, headers, body = fetch("/search?q=mot+de+passe")
    assert (status, b"<mark>" in body) == (200, True)
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    second_status, _, empty_body = fetch(
        "/search?q=mot+de+passe", **{"If-None-Match": headers["ETag"]}
    )
    assert (second_status, empty_body) == (304, b"")
    # what a client says of itself is not believed
    _, _, description = fetch("/opensearch.xml", **{"X-Forwarded-Host": "evil.example"})
    assert b"http://recherche.exemple.fr/search" in description
    assert b"evil" not in description
    zipped, headers, body = fetch("/search.json?q=mot+de+passe", **{"Accept-Encoding": "gzip"})
    assert (zipped, headers["Content-Encoding"], len(body) < 20_000) == (200, "gzip", True)
    assert fetch("/search.json?q=" + "a" * 6_000)[0] == 200
    assert fetch("/metrics", Authorization="Bearer sesame")[0] == 404
    assert fetch("/search.json?page=0")[0] == 400
    statuses = [fetch(f"/search.json?q={n}")[0] for n in range(40)]
    assert set(statuses) == {200, 429}

"""Does SERVICE.md say what works? Its examples are followed to the letter."""

from __future__ import annotations

import json
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from webui.alerts.command import alert_command
from webui.alerts.files import questions
from webui.commands import serve_command

ROOT = Path(__file__).parents[2]
SAID = (ROOT / "SERVICE.md").read_text("utf-8")
PRINTED = "http://127.0.0.1:8000"


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", SAID, re.M | re.S)


@pytest.fixture(scope="module")
def demo_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("demo") / "demo.index"
    subprocess.run(
        [sys.executable, "-m", "glose", "index", "indexer/demo/articles.jsonl",
         "--index", str(place)],
        check=True, cwd=ROOT, capture_output=True,
    )  # fmt: skip
    return place


@pytest.fixture
def glose(demo_index: Path, serving: Callable[..., Any]) -> Iterator[str]:
    with serving("--index", str(demo_index), "--proxy-hops", "1") as (address, _):
        yield address.rstrip("/")


def test_the_commands(glose: str, tmp_path: Path) -> None:
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed")
    [script] = [one for one in blocks("sh") if "curl" in one]
    said = subprocess.run(
        ["sh", "-e"], input=script.replace(PRINTED, glose), text=True, check=True,
        capture_output=True, cwd=tmp_path,
    )  # fmt: skip
    assert json.loads(said.stdout)["totals"]["comments"] > 0
    assert "mot de passe" in (tmp_path / "mot-de-passe.csv").read_text("utf-8-sig")
    assert (tmp_path / "mot-de-passe.atom").read_text().rstrip().endswith("</feed>")


def test_the_python_client(glose: str) -> None:
    [program] = blocks("python")
    said = subprocess.run(
        [sys.executable, "-c", program.replace(PRINTED, glose)], check=True,
        capture_output=True, text=True,
    ).stdout  # fmt: skip
    assert "['mot', 'passe']" in said or "['mots', 'passe']" in said
    lines = program.split("for resultat")[0].strip().splitlines()
    assert sum(bool(line.strip()) for line in lines) <= 12


@pytest.mark.browser
def test_the_box(glose: str, open_tab: Callable[..., Page], tmp_path: Path) -> None:
    [box] = blocks("html")
    host = tmp_path / "index.html"
    host.write_text(f"<!doctype html><meta charset=utf-8>{box.replace(PRINTED, glose)}")
    page = open_tab()
    page.goto(host.as_uri())
    page.get_by_label("Chercher").fill("mot de passe")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("passages")
    expect(page.locator(".glose-comment mark").first).to_be_visible()
    assert page.locator(".glose-section").count() == 0
    script = (ROOT / "webui" / "static" / "embed.js").read_text()
    for name in set(re.findall(r"`\.glose-(\w+)`", SAID)) - {"comment"}:
        assert re.search(rf'"{name}[ "]', script), name
    assert "innerHTML" not in script


def test_the_tables_of_options() -> None:
    shown = set(re.findall(r"`(--[a-z-]+)`", "\n".join(re.findall(r"^\|.*", SAID, re.M))))
    known = {option for one in serve_command.params for option in one.opts}
    assert shown == known - {"--index"}
    defaults = {one.opts[0]: one.default for one in serve_command.params}
    for row in re.findall(r"^\| `(--[a-z-]+)` \| ([0-9]+) ", SAID, re.M):
        assert defaults[row[0]] == float(row[1]), row
    told = set(re.findall(r"`?(--[a-z-]+)", SAID.partition("### Prévenir")[2]))
    assert told <= {option for one in alert_command.params for option in one.opts}


def test_the_saved_questions(demo_index: Path, tmp_path: Path) -> None:
    [said] = blocks("toml")
    place = tmp_path / "veille.toml"
    place.write_text(said)
    watch = questions(place, ZoneInfo("Europe/Paris"))
    assert len(watch.questions) == 2
    assert watch.mail is not None
    done = subprocess.run(
        [sys.executable, "-m", "glose", "alert", str(place), "--index", str(demo_index)],
        capture_output=True, text=True, cwd=ROOT, check=True,
    )  # fmt: skip
    assert "y répondent déjà" in done.stdout
    assert (tmp_path / "veille.state.json").exists()


def test_the_units() -> None:
    units = blocks("ini")
    assert len(units) == 3
    commands = re.findall(r"^ExecStart=\S+/glose (.*)$", "\n".join(units), re.M)
    assert len(commands) == 2
    for command in commands:
        name, *given = command.split()
        [known] = [one for one in _commands() if one.name == name]
        options = {option for one in known.params for option in one.opts}
        assert {one for one in given if one.startswith("--")} <= options


def test_the_units_are_read_by_systemd(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed")
    glose = shutil.which("glose", path=str(Path(sys.executable).parent))
    assert glose is not None
    places = []
    for name, said in zip(re.findall(r"/etc/systemd/system/([\w.-]+)`", SAID), blocks("ini"),
                          strict=True):  # fmt: skip
        places.append(tmp_path / name)
        places[-1].write_text(said.replace("/opt/glose/.venv/bin/glose", glose))
    done = subprocess.run(
        ["systemd-analyze", "verify", *map(str, places)], capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    # it also reads the machine's own units, and complains of those
    ours = [line for line in done.stderr.splitlines() if "glose" in line]
    assert (done.returncode, ours) == (0, [])


def _commands() -> list[Any]:
    import glose

    return list(glose.main.commands.values())


@pytest.fixture
def proxied(glose: str, tmp_path: Path) -> Iterator[str]:
    """The page's own nginx configuration, on loopback."""
    found = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if found is None:
        pytest.skip("nginx is missing: tests/install.sh")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    [said] = blocks("nginx")
    said = said.replace(PRINTED, glose).replace("listen 80;", f"listen 127.0.0.1:{port};")
    folders = "".join(
        f"{name}_temp_path {tmp_path}/{name};\n"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    place = tmp_path / "nginx.conf"
    place.write_text(
        f"daemon off; pid {tmp_path}/pid; error_log {tmp_path}/error.log; events {{}}\n"
        f"http {{ {folders} {said} }}"
    )
    process = subprocess.Popen([found, "-c", str(place), "-p", str(tmp_path)])
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(100):
            try:
                urllib.request.urlopen(address + "/healthz", timeout=5).close()
                break
            except OSError:
                time.sleep(0.05)
        yield address
    finally:
        process.terminate()
        process.wait(10)


def test_behind_nginx(proxied: str) -> None:
    def fetch(path: str, **headers: str) -> tuple[int, Any, bytes]:
        request = urllib.request.Request(
            proxied + path, headers={"Host": "recherche.exemple.fr", **headers}
        )
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.headers, error.read()

    status, headers, body = fetch("/search?q=mot+de+passe")
    assert (status, b"<mark>" in body) == (200, True)
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    again, _, nothing = fetch("/search?q=mot+de+passe", **{"If-None-Match": headers["ETag"]})
    assert (again, nothing) == (304, b"")
    # what a client says of itself is not believed
    _, _, said = fetch("/opensearch.xml", **{"X-Forwarded-Host": "evil.example"})
    assert b"http://recherche.exemple.fr/search" in said
    assert b"evil" not in said
    zipped, headers, body = fetch("/search.json?q=mot+de+passe", **{"Accept-Encoding": "gzip"})
    assert (zipped, headers["Content-Encoding"], len(body) < 20_000) == (200, "gzip", True)
    assert fetch("/search.json?q=" + "a" * 6_000)[0] == 200
    assert fetch("/metrics")[0] == 200
    assert fetch("/search.json?page=0")[0] == 400
    statuses = [fetch(f"/search.json?q={n}")[0] for n in range(40)]
    assert statuses.count(429) > 0

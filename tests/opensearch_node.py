"""How does a test get a real OpenSearch, and a name for an index there?

One node serves all the processes of a run of tests: the first that asks starts it, the last that
leaves stops it. `tests/opensearch.sh` says what to install where it cannot be started.
"""

from __future__ import annotations

import fcntl
import json
import os
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import IO, Any

import httpcore
import pytest

SCRIPT = Path(__file__).with_name("opensearch.sh")
_MISSING = 77
# admin:admin, as the plugin's own settings have it
ADMIN = "Basic YWRtaW46YWRtaW4="
_numbers = count()


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens to; taken again at once, since a node must keep its own."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [open_socket.getsockname()[1] for open_socket in sockets]
    for open_socket in sockets:
        open_socket.close()
    return ports


class Node:
    """A node that runs, and its address without a scheme: `127.0.0.1:PORT`."""

    command = "start"

    def __init__(self, directory: Path, *settings: str) -> None:
        self.directory = directory
        self._settings = settings
        self.host = ""

    def start(self) -> None:
        """Start it, or skip the test with what to install."""
        process = subprocess.run(
            [SCRIPT, self.command, self.directory, *self._settings], capture_output=True, text=True
        )
        if process.returncode == _MISSING:
            pytest.skip(process.stderr.strip())
        assert process.returncode == 0, process.stderr
        self.host = process.stdout.strip().rpartition("/")[2]

    def stop(self) -> None:
        subprocess.run([SCRIPT, "stop", self.directory], check=True)

    def kill(self) -> None:
        """As a power cut would."""
        subprocess.run(["kill", "-9", self.pid], check=True)

    @property
    def pid(self) -> str:
        return (self.directory / "pid").read_text().strip()

    def location(self, name: str, **options: object) -> str:
        """The address of an index there, whose reader sees every commit at once."""
        parameters = {"shards": 1, "replicas": 0, "follow": 0, **options}
        query = "&".join(f"{name}={value}" for name, value in parameters.items())
        return f"opensearch://{self.host}/{name}?{query}"

    def fresh(self, **options: object) -> str:
        """The same, of an index that no other test has."""
        return self.location(f"t{self.pid}-{os.getpid()}-{next(_numbers)}", **options)

    def ask(self, method: str, path: str, body: object = None) -> Any:
        """What the node itself answers."""
        answer = self._answer(method, path, body)
        assert answer.status < 400, answer.content
        return json.loads(answer.content)

    def _answer(self, method: str, path: str, body: object) -> httpcore.Response:
        return httpcore.request(
            method,
            f"http://{self.host}{path}",
            headers={"content-type": "application/json"},
            content=None if body is None else json.dumps(body).encode(),
        )


class SecuredNode(Node):
    """A node with the security plugin, which speaks TLS as localhost; its admin is `admin`."""

    command = "secured"

    def start(self) -> None:
        super().start()
        for _ in range(600):
            if self._answer("GET", "/_plugins/_security/health", None).status == 200:
                return
            time.sleep(0.2)
        raise AssertionError("the security plugin does not start: see logs/node.log")

    @property
    def authority(self) -> Path:
        return self.directory / "config" / "ca.pem"

    def location(self, name: str, **options: object) -> str:
        return "opensearch+https" + super().location(name, **options).removeprefix("opensearch")

    def _answer(self, method: str, path: str, body: object) -> httpcore.Response:
        context = ssl.create_default_context(cafile=str(self.authority))
        with httpcore.ConnectionPool(ssl_context=context) as pool:
            return pool.request(
                method,
                f"https://{self.host}{path}",
                headers={"content-type": "application/json", "authorization": ADMIN},
                content=None if body is None else json.dumps(body).encode(),
            )


def forget(location: str) -> None:
    """Take away every index of an address."""
    # who has not installed what a cluster needs runs the other tests
    from index.engines.opensearch.address import parse
    from index.engines.opensearch.client import Client

    client = Client(parse(location))
    client.delete(f"/{client.address.name}-*", expand_wildcards="all")
    client.close()


class RunningNode(Node):
    """A node that somebody else started."""

    def __init__(self, host: str) -> None:
        super().__init__(Path())
        self.host = host

    @property
    def pid(self) -> str:
        return "0"


@contextmanager
def shared(directory: Path) -> Iterator[Node]:
    """The node of a run of tests; `directory` is the same for all its processes.

    GLOSE_TEST_OPENSEARCH names one that runs already, for who tests often.
    """
    if address := os.environ.get("GLOSE_TEST_OPENSEARCH"):
        yield RunningNode(address)
        return
    directory.mkdir(parents=True, exist_ok=True)
    node = Node(directory)
    users = directory / "users"
    with _lock(directory):
        user_count = int(users.read_text()) if users.exists() else 0
        if user_count:
            node.host = (directory / "host").read_text()
        else:
            node.start()
            (directory / "host").write_text(node.host)
        users.write_text(str(user_count + 1))
    try:
        yield node
    finally:
        with _lock(directory):
            remaining = int(users.read_text()) - 1
            users.write_text(str(remaining))
            if not remaining:
                node.stop()


def stop_what_is_left(directory: Path) -> None:
    """Stop the node of a run that ended, one of whose processes died before it could leave."""
    users = directory / "users"
    if users.exists() and int(users.read_text()):
        users.write_text("0")
        Node(directory).stop()


@contextmanager
def _lock(directory: Path) -> Iterator[IO[str]]:
    with (directory / "turn").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file

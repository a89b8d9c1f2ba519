"""How long the trials are, and what they need of the machine.

TRIALS=long    every point, or many more, instead of a sample of them (`make trials`)
SAMPLE=0.1     that part of the points, at random
SEED=8         another chance
MINUTES, PACE  how long readers and writers work together, how long they rest
KILLS=500      how many kills at random
EACH=60        how many kills of each work
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from tests.opensearch_node import Node, free_ports

# the trials' own modules, which are scripts too
sys.path.insert(0, str(Path(__file__).parent))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker("slow")


@pytest.fixture(scope="session")
def long() -> bool:
    """Whether every point is tried (`make trials`), or a sample of them."""
    return os.environ.get("TRIALS") == "long"


@pytest.fixture(scope="session")
def sample(long: bool) -> float | None:
    """The part of the points to try; None: a few of them, so that it is short."""
    share = os.environ.get("SAMPLE")
    return float(share) if share else 1.0 if long else None


@pytest.fixture(scope="session")
def strace() -> str:
    program = shutil.which("strace")
    if program is None:
        pytest.skip("strace is missing: tests/install.sh")
    attempt = subprocess.run(
        [program, "-f", "--seccomp-bpf", "-qq", "-o", os.devnull, "true"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if attempt.returncode:
        pytest.skip(f"strace is not permitted here: {attempt.stderr.strip()}")
    return program


@pytest.fixture
def chance(request: pytest.FixtureRequest) -> random.Random:
    """The same chance every time for each test, unless a seed is given."""
    return random.Random(f"{os.environ.get('SEED', '8')} {request.node.name}")


@pytest.fixture(scope="session")
def memory() -> Iterator[Path]:
    """A directory in memory where there is one: so many syncs would wear a disk for nothing."""
    shared = Path("/dev/shm")
    roomy = os.access(shared, os.W_OK) and shutil.disk_usage(shared).free > 1_000_000_000
    with tempfile.TemporaryDirectory(prefix="glose-", dir=shared if roomy else None) as folder:
        yield Path(folder)


@pytest.fixture
def place(memory: Path) -> Iterator[Path]:
    """An empty directory."""
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        yield Path(folder)


@pytest.fixture(params=["{}/tantivy.index", "whoosh:{}/whoosh.index"])
def location(request: pytest.FixtureRequest, place: Path) -> str:
    return str(request.param).format(place)


@pytest.fixture
def three_nodes(memory: Path, long: bool) -> Iterator[list[Node]]:
    if not long:
        pytest.skip("three nodes are for make trials (TRIALS=long)")
    ports = free_ports(6)
    seeds = ", ".join(f'"127.0.0.1:{port}"' for port in ports[3:])
    nodes = [
        Node(
            memory / f"n{place}",
            f"node.name: n{place}",
            f"http.port: {ports[place]}",
            f"transport.port: {ports[3 + place]}",
            f"discovery.seed_hosts: [{seeds}]",
            'cluster.initial_cluster_manager_nodes: ["n0", "n1", "n2"]',
            "node.roles: [cluster_manager, data]",
            "discovery.type:",
        )
        for place in range(3)
    ]
    try:
        # one alone would wait half a minute for another
        with ThreadPoolExecutor() as threads:
            deque(threads.map(Node.start, nodes))
        health = "/_cluster/health?wait_for_nodes=3&wait_for_status=green&timeout=120s"
        nodes[0].ask("GET", health)
        yield nodes
    finally:
        for node in nodes:
            # one that a trial killed may not be back
            with suppress(subprocess.CalledProcessError):
                node.kill()

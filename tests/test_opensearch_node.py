"""Does a run of tests end, and leave no node behind, whatever became of its processes?"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.opensearch_node import SCRIPT, stop_what_is_left

PLAIN = "import time; print('ready', flush=True); time.sleep(600)"
DEAF = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {PLAIN}"


@pytest.fixture(params=[PLAIN, DEAF], ids=["stops", "hears nothing"])
def process(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """What stands for a node, and its number where `opensearch.sh` writes it."""
    with subprocess.Popen(
        [sys.executable, "-c", request.param], stdout=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout is not None
        running.stdout.readline()
        (tmp_path / "pid").write_text(str(running.pid))
        yield running
        running.kill()


def test_a_node_is_stopped_even_when_it_does_not_hear(
    process: subprocess.Popen[str], tmp_path: Path
) -> None:
    deaf = "SIG_IGN" in str(process.args)
    # nobody waits for it: the script would see what has ended as long as it has not been waited for
    stopping = subprocess.Popen(
        [SCRIPT, "stop", tmp_path], env={**os.environ, "GLOSE_OPENSEARCH_PATIENCE": "5"}
    )
    assert process.wait(300) == -(signal.SIGKILL if deaf else signal.SIGTERM)
    assert stopping.wait(300) == 0


@pytest.mark.parametrize(("users", "stopped"), [("1", True), ("0", False), (None, False)])
def test_the_node_of_a_run_whose_process_died_is_stopped_at_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, users: str | None, stopped: bool
) -> None:
    if users is not None:
        (tmp_path / "users").write_text(users)
    calls: list[list[object]] = []
    monkeypatch.setattr(subprocess, "run", lambda words, **_: calls.append([*words]))
    stop_what_is_left(tmp_path)
    # once is enough
    stop_what_is_left(tmp_path)
    assert calls == ([[SCRIPT, "stop", tmp_path]] if stopped else [])

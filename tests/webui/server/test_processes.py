"""What does a process do before it serves, so that no answer waits for it?"""

from __future__ import annotations

import gc

import pytest

from index import french
from webui.server import processes


def test_a_process_that_serves_is_prepared(monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[str] = []
    monkeypatch.setattr(french, "prepare", lambda: steps.append("prepare"))
    monkeypatch.setattr(gc, "freeze", lambda: steps.append("freeze"))
    monkeypatch.setattr(gc, "set_threshold", lambda *_: steps.append("threshold"))
    processes.settle()
    # what is made lasts, and is frozen too
    assert steps == ["prepare", "freeze", "threshold"]

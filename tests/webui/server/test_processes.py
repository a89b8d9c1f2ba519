"""What does a process do before it serves, so that no answer waits for it?"""

from __future__ import annotations

import gc

import pytest

from index import french
from webui.server import processes


def test_a_process_that_serves_has_compiled_its_patterns(monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[str] = []
    monkeypatch.setattr(french, "compile_patterns", lambda: steps.append("patterns"))
    monkeypatch.setattr(gc, "freeze", lambda: steps.append("freeze"))
    monkeypatch.setattr(gc, "set_threshold", lambda *_: steps.append("threshold"))
    processes._settle()
    # what is compiled lasts, and is frozen too
    assert steps == ["patterns", "freeze", "threshold"]

"""Does the endpoint do what its own description says, for requests nobody thought of?

Schemathesis makes them from /openapi.json, right ones and wrong ones, and applies all of
its checks. `GLOSE_CASES` is how many of each for each address (a few by default).
"""

from __future__ import annotations

import os
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import CHECKS
from schemathesis.generation import GenerationMode

from index.engines import Engine
from webui import create_app
from webui.openapi import ROUTES

CASES = int(os.environ.get("GLOSE_CASES", "30"))
# without a parameter, nothing can be wrong
WRONG = [route.path for route in ROUTES if route.parameters[1:]]
RIGHT = [route.path for route in ROUTES]


@pytest.fixture(scope="module")
def described(engine: Engine) -> Any:
    return schemathesis.openapi.from_wsgi("/openapi.json", create_app(engine))


@pytest.mark.parametrize(
    ("path", "mode"),
    [*((one, GenerationMode.POSITIVE) for one in RIGHT),
     *((one, GenerationMode.NEGATIVE) for one in WRONG)],
)  # fmt: skip
def test_every_answer_is_described(described: Any, path: str, mode: GenerationMode) -> None:
    made = 0

    @settings(
        max_examples=CASES, deadline=None, derandomize=True, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=described[path]["GET"].as_strategy(generation_mode=mode))
    def holds(case: Any) -> None:
        nonlocal made
        made += 1
        case.call_and_validate(checks=CHECKS.get_all())

    holds()
    assert made > 0

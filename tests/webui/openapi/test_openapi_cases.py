"""Does the endpoint do what its own description says, for requests nobody thought of?

Schemathesis makes them from /openapi.json, right ones and wrong ones, and applies all of
its checks. `GLOSE_CASES` is how many of each for each address (a few by default), `GLOSE_SEED`
makes others. Two in three of an address with one parameter would be the same three requests (none,
the example of the description, a word of this code that Hypothesis read): they are not counted.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import schemathesis
from hypothesis import HealthCheck, given, reject, seed, settings
from jsonschema import Draft202012Validator, FormatChecker
from schemathesis.checks import CHECKS
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection

from index.engines import Engine
from index.question.dates import readable
from webui import create_app
from webui.openapi.description import ROUTES

CASES = int(os.environ.get("GLOSE_CASES", "30"))
SEED = int(os.environ.get("GLOSE_SEED", "20"))
# without a parameter, nothing can be wrong
WRONG = [route.path for route in ROUTES if route.parameters[1:]]
RIGHT = [route.path for route in ROUTES]


@pytest.fixture(scope="module")
def described(engine: Engine) -> Any:
    return schemathesis.openapi.from_wsgi("/openapi.json", create_app(engine))


def fits(parameters: list[dict[str, Any]], address: str) -> bool:
    """Whether what was sent is as described, whatever was meant: null has no writing in an address.

    >>> fits([{"name": "to", "in": "query", "schema": {"enum": [""]}}], "/search.json?to=")
    True
    >>> sort = {"name": "sort", "in": "query", "schema": {"enum": ["newest"]}}
    >>> fits([sort], "/search.json?sort="), fits([sort], "/search.json?sort=newer")
    (True, False)
    """
    query = parse_qs(urlsplit(address).query, keep_blank_values=True)
    for parameter in parameters:
        values: Any = query.get(parameter["name"]) if parameter["in"] == "query" else None
        if values is None:
            continue
        # an empty value is as none
        values = [value for value in values if value.strip(" \t\r\n")]
        if not values:
            continue
        schema = parameter["schema"]
        if schema.get("type") != "array":
            [values, *other_values] = values
            if other_values:
                return False
            if schema.get("type") == "integer" and re.fullmatch("[0-9]+", values):
                values = int(values)
        # random letters that are a date in words, which no pattern says whole
        if parameter["name"] in ("from", "to") and readable(str(values)):
            continue
        if not Draft202012Validator(schema, format_checker=_FORMATS).is_valid(values):
            return False
    return True


_FORMATS = FormatChecker(("date",))


@_FORMATS.checks("date-time", raises=ValueError)
def _instant(value: object) -> bool:
    if not isinstance(value, str):
        return True
    dt.datetime.fromisoformat(value.upper())
    return re.fullmatch(r"[\d-]{10}[Tt ][\d:.]{8,}([Zz]|[+-]\d\d:\d\d)", value) is not None


@pytest.mark.parametrize(
    ("path", "mode"),
    [*((parameter, GenerationMode.POSITIVE) for parameter in RIGHT),
     *((parameter, GenerationMode.NEGATIVE) for parameter in WRONG)],
)  # fmt: skip
def test_every_answer_is_described(described: Any, path: str, mode: GenerationMode) -> None:
    requests: set[str] = set()
    parameters = described[path]["GET"].definition.raw["parameters"]

    @seed(SEED)
    @settings(
        max_examples=CASES, deadline=None, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=described[path]["GET"].as_strategy(generation_mode=mode))
    def check_case(case: Any) -> None:
        # a WSGI application is called without what undoes gzip
        answer = case.call(headers={"Accept-Encoding": "identity"})
        if answer.request.url in requests:
            reject()
        checks = CHECKS.get_all()
        if mode is GenerationMode.NEGATIVE and fits(parameters, answer.request.url):
            checks = [check for check in checks if check is not negative_data_rejection]
        case.validate_response(answer, checks=checks)
        # one that failed is not among them: it is to fail again when Hypothesis asks it again
        requests.add(answer.request.url)

    check_case()
    print(f"\n{path}, {mode.value}: {len(requests)} requests")
    assert requests


@pytest.mark.parametrize("path", RIGHT)
def test_every_address_refuses_other_methods(engine: Engine, path: str) -> None:
    client = create_app(engine).test_client()
    for method in ("POST", "PUT", "PATCH", "DELETE", "TRACE"):
        answer = client.open(path.format(id="a"), method=method)
        assert (answer.status_code, answer.mimetype) == (405, "application/problem+json")
        assert "GET" in answer.headers["Allow"]

"""How do programs describe the endpoint? (OpenAPI 3.1)

Parameters come from the declaration that validates them; the schemas of answers are checked
against real answers by the tests.
"""

from __future__ import annotations

import importlib.metadata
from functools import cache
from typing import Any, NamedTuple

from webui.parameters import AT, PARAMETERS, QUESTION, START, TURNED, Parameter
from webui.schemas import SCHEMAS


class Route(NamedTuple):
    """An address of the endpoint; `says` is a key of the catalogue."""

    path: str
    says: str
    media: str
    schema: str | None
    parameters: tuple[Parameter, ...] = ()


ROUTES: tuple[Route, ...] = (
    Route("/search.json", "route_search", "application/json", "Results", TURNED),
    Route("/search.csv", "route_csv", "text/csv", None, PARAMETERS),
    Route("/search.atom", "route_atom", "application/atom+xml", None, PARAMETERS),
    Route("/article/{id}.json", "route_article", "application/json", "Thread",
          (QUESTION, START, AT)),
    Route("/suggest.json", "route_suggest", "application/x-suggestions+json", "Suggestions",
          (QUESTION,)),
    Route("/complete.json", "route_complete", "application/json", "Completions", (QUESTION,)),
    Route("/status.json", "route_status", "application/json", "Status"),
    Route("/healthz", "route_healthz", "application/json", "Health"),
    Route("/metrics", "route_metrics", "text/plain", None),
    Route("/openapi.json", "route_openapi", "application/json", None),
)  # fmt: skip

PROBLEMS = (
    ("bad-parameter", 400, "error_400"),
    ("no-article", 404, "error_404"),
    ("index-unavailable", 503, "error_503"),
    ("busy", 503, "error_busy"),
    ("too-long", 503, "error_too_long"),
    ("too-often", 429, "error_too_often"),
)


@cache
def version() -> str:
    """This program's version; "0" when it runs without being installed."""
    try:
        return importlib.metadata.version("glose")
    except importlib.metadata.PackageNotFoundError:
        return "0"


def document(name: str, root: str) -> dict[str, Any]:
    """The whole description; `root` is the path everything is served under."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": name,
            "version": version(),
            "summary": "French articles and their comments",
            "license": {"name": "GPL-3.0-or-later", "identifier": "GPL-3.0-or-later"},
        },
        "servers": [{"url": root}],
        "paths": {route.path: {"get": _operation(route)} for route in ROUTES},
        "components": {
            "schemas": SCHEMAS,
            "responses": _RESPONSES,
            "securitySchemes": {"supervision": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(route: Route) -> dict[str, Any]:
    name = route.path.strip("/").replace("/{id}", "").replace(".", "_")
    parameters = [_parameter(one) for one in route.parameters]
    if "{id}" in route.path:
        parameters.insert(0, _ID)
    responses: dict[str, Any] = {
        "200": {
            "description": "The answer",
            "content": {
                route.media: {
                    "schema": {"$ref": f"#/components/schemas/{route.schema}"}
                    if route.schema
                    else {"type": "object" if route.media == "application/json" else "string"}
                }
            },
        },
        "304": {"description": "Nothing has changed since the ETag given"},
        "400": {"$ref": "#/components/responses/BadParameter"},
        "429": {"$ref": "#/components/responses/TooOften"},
        "503": {"$ref": "#/components/responses/Unavailable"},
    }
    if "{id}" in route.path:
        responses["301"] = {"description": "The article has another id now: see Location"}
        responses["404"] = {"$ref": "#/components/responses/NoArticle"}
    described = {"operationId": name, "parameters": parameters, "responses": responses}
    if route.path == "/metrics":
        responses["404"] = {"$ref": "#/components/responses/NoToken"}
        described["security"] = [{"supervision": []}]
    return described


def _parameter(parameter: Parameter) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": parameter.name,
        "in": "query",
        "description": parameter.says_en,
        "schema": dict(parameter.schema),
    }
    if parameter.many:
        described |= {"style": "form", "explode": True}
    if parameter.example is not None:
        read = parameter.read(parameter.example)
        described["example"] = read if isinstance(read, int) else parameter.example
    return described


_ID = {
    "name": "id",
    "in": "path",
    "required": True,
    "description": "the article’s id, percent-encoded",
    "schema": {"type": "string", "minLength": 1},
}


def _problem(description: str) -> dict[str, Any]:
    return {
        "description": description,
        "content": {
            "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
        },
    }


_RESPONSES = {
    "BadParameter": _problem("A parameter has a value it does not accept"),
    "NoArticle": _problem("No article has this id"),
    "NoToken": _problem("No token of supervision was shown, or through a proxy"),
    "TooOften": _problem("Too many questions from this client; see Retry-After"),
    "Unavailable": _problem("The index does not answer, or too many ask; see Retry-After"),
}

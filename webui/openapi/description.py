"""How do programs describe the endpoint? (OpenAPI 3.1)

Parameters come from the declaration that validates them; the schemas of answers are checked
against real answers by the tests.
"""

from __future__ import annotations

import importlib.metadata
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from webui import exports
from webui.addresses import ARTICLE, DRAWING, LISTING, PARAMETERS, QUESTION, TURNED, Parameter
from webui.locale import CATALOGUE
from webui.openapi.schemas import SCHEMAS


class Route(NamedTuple):
    """An address of the endpoint; `says` is a key of the catalogue, `tag` one of TAGS."""

    path: str
    says: str
    media: str
    schema: str | None
    tag: str
    parameters: tuple[Parameter, ...] = ()
    binary: bool = False
    """Whether an answer is no text, and no example of it can be written."""
    also: tuple[str, ...] = ()
    """Other types under which it is given to who accepts no other (generators know few)."""


TAGS = {
    "search": "Questions and their answers, in every form",
    "article": "Articles with their threads",
    "typing": "What could be meant, while one types",
    "service": "What the index holds, and how the service fares",
}


ROUTES: tuple[Route, ...] = (
    Route("/search.json", "route_search", "application/json", "Results", "search", TURNED),
    Route("/search.csv", "route_csv", "text/csv", None, "search", PARAMETERS),
    Route("/search.xlsx", "route_xlsx", exports.TYPES[".xlsx"], None, "search", PARAMETERS,
          binary=True),
    Route("/search.atom", "route_atom", "application/atom+xml", None, "search", PARAMETERS,
          also=("text/xml",)),
    Route("/values.json", "route_values", "application/json", "Values", "search", LISTING),
    Route("/timeline.json", "route_timeline", "application/json", "Timeline", "search", DRAWING),
    Route("/article/{id}.json", "route_article", "application/json", "Thread", "article",
          ARTICLE),
    Route("/suggest.json", "route_suggest", "application/x-suggestions+json", "Suggestions",
          "typing", (QUESTION,)),
    Route("/complete.json", "route_complete", "application/json", "Completions", "typing",
          (QUESTION,)),
    Route("/status.json", "route_status", "application/json", "Status", "service"),
    Route("/healthz", "route_healthz", "application/json", "Health", "service"),
    Route("/metrics", "route_metrics", "text/plain", None, "service"),
    Route("/openapi.json", "route_openapi", "application/json", None, "service"),
)  # fmt: skip

EVERY_PARAMETER: tuple[Parameter, ...] = tuple(
    {
        (parameter.name, parameter.attribute): parameter
        for route in ROUTES
        for parameter in route.parameters
    }.values()
)
"""Of all routes; `sort` is two, of results and of an article's thread."""

PROBLEMS = (
    ("bad-parameter", 400, "error_400"),
    ("unknown-parameter", 400, "error_unknown_parameter"),
    ("no-article", 404, "error_404"),
    ("no-xlsx", 501, "error_no_xlsx_says"),
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
            "description": CATALOGUE["endpoint_empty"][1],
            "license": {"name": "GPL-3.0-or-later", "identifier": "GPL-3.0-or-later"},
        },
        "servers": [{"url": root}],
        "tags": [{"name": name, "description": says} for name, says in TAGS.items()],
        "paths": {route.path: {"get": _operation(route)} for route in ROUTES},
        "components": {
            "schemas": SCHEMAS,
            "responses": _RESPONSES,
            "securitySchemes": {"supervision": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(route: Route) -> dict[str, Any]:
    name = route.path.strip("/").replace("/{id}", "").replace(".", "_")
    parameters = [_parameter(parameter) for parameter in route.parameters]
    if "{id}" in route.path:
        parameters.insert(0, _ID)
    responses: dict[str, Any] = {
        "200": {
            "description": "The answer",
            "content": {media: _content(route) for media in (route.media, *route.also)},
        },
        "304": {"description": "Nothing has changed since the ETag given"},
        "400": {"$ref": "#/components/responses/BadParameter"},
        "429": {"$ref": "#/components/responses/TooOften"},
        "503": {"$ref": "#/components/responses/Unavailable"},
    }
    if route.path == "/search.xlsx":
        responses["501"] = {"$ref": "#/components/responses/NoXlsx"}
    if "{id}" in route.path:
        responses["301"] = {"description": "The article has another id now: see Location"}
        responses["404"] = {"$ref": "#/components/responses/NoArticle"}
    described = {
        "operationId": name,
        "tags": [route.tag],
        "summary": CATALOGUE[route.says][1],
        "parameters": parameters,
        "responses": responses,
    }
    if route.path == "/metrics":
        responses["404"] = {"$ref": "#/components/responses/NoToken"}
        described["security"] = [{"supervision": []}]
    return described


def _content(route: Route) -> dict[str, Any]:
    """An answer's schema, and a real one of the demo."""
    if route.schema:
        schema: dict[str, Any] = {"$ref": f"#/components/schemas/{route.schema}"}
    elif route.media == "application/json":
        schema = {"type": "object"}
    else:
        schema = {"type": "string", **({"format": "binary"} if route.binary else {})}
    example = _examples().get(route.path)
    return {"schema": schema} if example is None else {"schema": schema, "example": example}


@cache
def _examples() -> dict[str, Any]:
    """By path; `make readme` makes them anew."""
    examples: dict[str, Any] = orjson.loads(_EXAMPLES.read_bytes())
    return examples


_EXAMPLES = Path(__file__).with_name("examples.json")


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
        example = parameter.read(parameter.example)
        described["example"] = example if isinstance(example, int) else parameter.example
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
    "BadParameter": _problem("A parameter has a value it does not accept, or a filter is unknown"),
    "NoArticle": _problem("No article has this id"),
    "NoXlsx": _problem("What writes XLSX is not installed: the same table is in CSV"),
    "NoToken": _problem("No token of supervision was shown, or through a proxy"),
    "TooOften": _problem("Too many questions from this client; see Retry-After"),
    "Unavailable": _problem("The index does not answer, or too many ask; see Retry-After"),
}

"""What is answered when a request cannot be served?

A page to people, an RFC 9457 problem to programs; both name what is wrong and what would
be right. The text of a question is never wrong.
"""

from __future__ import annotations

import math
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from urllib.parse import quote

import orjson
from flask import Flask, Response, current_app, g, has_request_context, render_template, request
from flask.globals import request_ctx
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound, SecurityError

from index.engines import IndexUnavailable
from index.question.grammar import LIMITS
from webui.addresses import BadParameter, UnknownParameter
from webui.locale import CATALOGUE, Tongue
from webui.serving import Busy, TooLong, TooOften

RETRY_AFTER = 5
RETRY_SOON = 1
_TITLED = frozenset({400, 404, 405, 413, 414, 431, 500, 503})


@dataclass(frozen=True, slots=True)
class Problem:
    """`kind` is the fragment of the endpoint's page that describes it; "" when the status says all.

    `members` are the problem's own (RFC 9457 §3.2).
    """

    status: int
    detail: str
    kind: str = ""
    members: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)


class NoArticle(Exception):
    """No article has this id."""

    def __init__(self, id: str) -> None:
        super().__init__(id)
        self.id = id


class NoXlsx(Exception):
    """What writes XLSX is not installed."""


def answer_problems(app: Flask) -> None:
    """Give the application its answers to errors."""
    for kind, problem_of in _PROBLEMS.items():
        app.register_error_handler(kind, partial(_answer, problem_of))
    app.register_error_handler(HTTPException, _refused)


def _answer(problem_of: Callable[[Any], Problem], error: Exception) -> Response:
    return respond(problem_of(error))


def _bad_parameter(error: BadParameter) -> Problem:
    say = tongue()
    parameter = error.parameter
    accepts = say.either(parameter.accepts, parameter.accepts_en)
    value = _short(error.value)
    return Problem(
        400,
        say("error_parameter_says", name=parameter.name, value=value, accepts=accepts),
        "bad-parameter",
        {"parameter": parameter.name, "value": value, "accepts": accepts},
    )


def _unknown_parameter(error: UnknownParameter) -> Problem:
    accepts = ", ".join(error.takes)
    detail = tongue()("error_unknown_says", name=_short(error.name), accepts=accepts)
    members = {"parameter": _short(error.name), "accepts": accepts}
    return Problem(400, detail, "unknown-parameter", members)


def _no_article(error: NoArticle) -> Problem:
    return Problem(404, tongue()("error_article_says", id=error.id), "no-article")


def _unavailable(error: IndexUnavailable) -> Problem:
    # where the index is, and what to do to it, is no reader's affair
    current_app.logger.error("%s", error)
    return _later(503, "index-unavailable", RETRY_AFTER)


def _failed(error: Exception) -> Problem:
    incident = secrets.token_hex(4)
    current_app.logger.error("incident %s", incident, exc_info=error)
    detail = tongue()("error_500_says", incident=incident)
    return Problem(500, detail, members={"incident": incident})


def _later(status: int, kind: str, seconds: int) -> Problem:
    """Come back in so many seconds, and why."""
    detail = tongue()(f"error_{kind}_says".replace("-", "_"), n=seconds)
    return Problem(status, detail, kind, headers={"Retry-After": str(seconds)})


_PROBLEMS: dict[type[Exception], Callable[[Any], Problem]] = {
    BadParameter: _bad_parameter,
    UnknownParameter: _unknown_parameter,
    NoXlsx: lambda error: Problem(501, tongue()("error_no_xlsx_says"), "no-xlsx"),
    NoArticle: _no_article,
    IndexUnavailable: _unavailable,
    Busy: lambda error: _later(503, "busy", RETRY_SOON),
    TooLong: lambda error: _later(503, "too-long", RETRY_AFTER),
    TooOften: lambda error: _later(429, "too-often", math.ceil(error.seconds)),
    Exception: _failed,
}


def _refused(error: HTTPException) -> Response:
    """What the framework refuses; an address with a slash too many leads to ours."""
    say = tongue()
    status = error.code or 500
    headers: dict[str, str] = {}
    detail = ""
    if isinstance(error, NotFound):
        if address := _unslashed():
            return elsewhere(address)
        detail = say("error_404_says", path=request.path)
    elif isinstance(error, MethodNotAllowed):
        methods = ", ".join(sorted(error.valid_methods or ()))
        detail, headers = say("error_405_says", methods=methods), {"Allow": methods}
    elif isinstance(error, SecurityError):
        detail = say("error_host_says")
    elif status == 400:
        detail = say("error_bad_says")
    return respond(Problem(status, detail, headers=headers))


def elsewhere(address: str) -> Response:
    """To another address of the same thing, for good."""
    return Response(status=301, headers={"Location": address})


def _unslashed() -> str:
    """The address asked for without the slash a program puts at its end, if it is one of ours."""
    path = request.path.rstrip("/")
    adapter = request_ctx.url_adapter
    if path in (request.path, ""):
        return ""
    if adapter is None or not adapter.test(path, "GET"):
        return ""
    query = quote(request.query_string, safe="%&=+;,:@/?!*'()~")
    return f"{request.script_root}{quote(path)}{'?' if query else ''}{query}"


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:79] + "…"


def respond(problem: Problem) -> Response:
    """The problem in the face the request asked for."""
    say = tongue()
    key = f"error_{problem.kind.replace('-', '_')}"
    if key not in CATALOGUE:
        key = f"error_{problem.status}" if problem.status in _TITLED else "error_other"
    title = say(key)
    if wants_page():
        # whoever mistyped a date keeps the question
        q = request.args.get("q", "")[: LIMITS.characters]
        page = render_template("problem.html", problem=problem, title=title, q=q)
        response = Response(page, problem.status)
    else:
        kind = f"{request.script_root}/api#{problem.kind}" if problem.kind else "about:blank"
        body = {
            "type": kind,
            "title": title,
            "status": problem.status,
            "detail": problem.detail,
            **problem.members,
        }
        response = Response(
            orjson.dumps({name: value for name, value in body.items() if value != ""}),
            problem.status,
            mimetype="application/problem+json",
        )
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Language"] = say.language
    response.vary.update(("Accept-Language", "Accept"))
    response.headers.update(problem.headers)
    return response


def wants_page() -> bool:
    """Return whether a person is reading: no suffix of ours, and HTML not refused.

    A slash that a program puts after the suffix makes no person of it.
    """
    path = request.path.rstrip("/")
    if path.endswith((".json", ".csv", ".xlsx", ".atom", ".xml", "/healthz", "/metrics")):
        return False
    best = request.accept_mimetypes.best_match(
        ["text/html", "application/problem+json", "application/json"], default="text/html"
    )
    return best == "text/html"


def tongue() -> Tongue:
    """The language of the request: French, or English where the browser prefers it."""
    if not has_request_context():
        return Tongue("fr", current_app.config["ZONE"])
    if "tongue" not in g:
        best = request.accept_languages.best_match(["fr", "en"], default="fr")
        g.tongue = Tongue("en" if best == "en" else "fr", current_app.config["ZONE"])
    tongue: Tongue = g.tongue
    return tongue

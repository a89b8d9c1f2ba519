"""How does one get the search page and the endpoint of an index?

    app = webui.create_app(index.engines.open("glose.index"))

is a WSGI application. It reads the index and writes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from index.engines import Engine

if TYPE_CHECKING:
    import flask

__all__ = ["create_app"]


def create_app(engine: Engine, **config: Any) -> flask.Flask:
    """The application over one engine.

    Options, all with a default: `NAME` of the site; `ZONE` of its dates; `CLOCK`, a function
    giving the present aware time; `EXAMPLES`, questions for the home page (else made from
    the latest articles); `MAX_CONTENT_LENGTH` in bytes; `TRUSTED_HOSTS`, the names it answers
    under (else any); `PROXY_HOPS`, how many reverse proxies in front are believed; `PUBLIC_URL`,
    the address it is known by (else that of each request); `METRICS_TOKEN`, what `/metrics` asks
    for (else it is closed); `AT_ONCE`,
    `WAITING` and `BUDGET`, how many questions a process answers at once, how many wait and
    the seconds each may take; `RATE`, questions a minute from one client (0: any number);
    `LOG_REQUESTS` and `LOG_QUESTIONS` (see `journal`); `SYNONYMS`, what words may also be
    written as (see `index.question.synonyms`); `METRICS`, a row of the table of counts (see
    `metrics`).

    >>> from index import engines
    >>> create_app(engines.open(":memory:")).test_client().get("/healthz").status_code
    200
    """
    # what serves: the JSON of an answer at the command line, which this room makes too, needs none
    from webui.application import assembled

    return assembled(engine, config)

"""How does one get the search page and the endpoint of an index?

    app = webui.create_app(index.engines.open("glose.index"))

is a WSGI application. It reads the index and writes nothing.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from index.engines import Engine
from index.question.synonyms import BUNDLED

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
    import flask
    from markupsafe import Markup

    from webui import openapi, problems, views
    from webui.addresses import Links, original, outside
    from webui.locale import excerpt, unbroken
    from webui.page import NAME, Context, lead_kind, marked, named, together
    from webui.serving import (
        Answers,
        Metrics,
        PeriodTotals,
        Rates,
        Request,
        States,
        Turns,
        compression,
        early,
        journal,
        proxies,
        security,
    )

    app = flask.Flask("webui", root_path=str(Path(__file__).parent))
    app.request_class = Request
    app.config.update(
        NAME="Glose",
        ZONE=ZoneInfo("Europe/Paris"),
        CLOCK=lambda: dt.datetime.now(dt.UTC),
        EXAMPLES=(),
        MAX_CONTENT_LENGTH=64 * 1024,
        PROXY_HOPS=0,
        PUBLIC_URL="",
        METRICS_TOKEN="",
        AT_ONCE=4,
        WAITING=100,
        BUDGET=10.0,
        RATE=0,
        ANSWERS=16_000_000,
        LOG_REQUESTS=False,
        LOG_QUESTIONS=False,
        SYNONYMS=BUNDLED,
        SEND_FILE_MAX_AGE_DEFAULT=dt.timedelta(days=30),
    )
    app.config.update(config)
    synonyms = repr(sorted(app.config["SYNONYMS"].items())).encode("utf-8", "backslashreplace")
    app.extensions["synonyms"] = hashlib.sha256(synonyms).hexdigest()
    app.url_map.merge_slashes = False  # an article's id may be an address
    app.jinja_env.context_class = Context
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        excerpt=excerpt, lead_kind=lead_kind, marked=marked, together=together, unbroken=unbroken
    )
    app.extensions["engine"] = engine
    metrics = app.config.get("METRICS") or Metrics()
    app.extensions["metrics"] = metrics
    app.extensions["turns"] = Turns(
        app.config["AT_ONCE"], app.config["WAITING"], app.config["BUDGET"], report=metrics.doing
    )
    app.extensions["rates"] = Rates(app.config["RATE"]) if app.config["RATE"] else None
    app.extensions["states"] = States(engine)
    app.extensions["period_totals"] = PeriodTotals(64)
    app.extensions["answers"] = Answers(app.config["ANSWERS"])
    versions = _versions(Path(app.static_folder or ""))

    @app.context_processor
    def everywhere() -> dict[str, Any]:
        t = problems.tongue()
        # of what the articles say, which is French whatever the page speaks
        article_lang = Markup("" if t.language == "fr" else ' lang="fr"')
        # what people wrote: French, but for what they say of it in Arabic or in Hebrew
        prose = article_lang + Markup(' dir="auto"')
        links = Links(flask.request.script_root, versions)
        shared = {"article_lang": article_lang, "prose": prose, "site": app.config["NAME"]}
        return {"t": t, "links": links, **shared}

    app.jinja_env.globals.update(original=original, outside=outside, version=openapi.version())
    app.jinja_env.globals.update(named=named, NAME=NAME, FLUSH=early.FLUSH)

    journal.watch(app)
    app.register_blueprint(views.pages)
    problems.answer_problems(app)
    security.protect(app)
    compression.compress(app)
    hops = int(app.config["PROXY_HOPS"])
    setattr(app, "wsgi_app", proxies.believing(app.wsgi_app, hops))  # noqa: B010
    return app


def _versions(folder: Path) -> tuple[tuple[str, str], ...]:
    return tuple(
        (file.name, hashlib.sha256(file.read_bytes()).hexdigest()[:8])
        for file in sorted(folder.iterdir())
    )

"""Of what is the application made: options, counts and caches, templates, answers to errors?"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import flask
from markupsafe import Markup

from index.engines import Engine
from index.engines.memo import Memo
from index.question.synonyms import BUNDLED
from webui import openapi, problems, views
from webui.addresses import Links, original, outside
from webui.locale import excerpt, unbroken
from webui.page import NAME, Context, lead_kind, marked, named, together
from webui.serving import (
    Answers,
    Metrics,
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

_DEFAULTS: dict[str, Any] = {
    "NAME": "Glose",
    "ZONE": ZoneInfo("Europe/Paris"),
    "CLOCK": lambda: dt.datetime.now(dt.UTC),
    "EXAMPLES": (),
    "MAX_CONTENT_LENGTH": 64 * 1024,
    "PROXY_HOPS": 0,
    "PUBLIC_URL": "",
    "METRICS_TOKEN": "",
    "AT_ONCE": 4,
    "WAITING": 100,
    "BUDGET": 10.0,
    "RATE": 0,
    "ANSWERS": 16_000_000,
    "LOG_REQUESTS": False,
    "LOG_QUESTIONS": False,
    "SYNONYMS": BUNDLED,
    "SEND_FILE_MAX_AGE_DEFAULT": dt.timedelta(days=30),
}


def assembled(engine: Engine, config: Mapping[str, Any]) -> flask.Flask:
    """Return the application over one engine. config: options, as `create_app` names them."""
    app = flask.Flask("webui", root_path=str(Path(__file__).parent))
    app.request_class = Request
    app.config.update(_DEFAULTS | dict(config))
    app.url_map.merge_slashes = False  # an article's id may be an address
    _extend(app, engine)
    _prepare_templates(app)
    journal.watch(app)
    app.register_blueprint(views.pages)
    problems.answer_problems(app)
    security.protect(app)
    compression.compress(app)
    hops = int(app.config["PROXY_HOPS"])
    setattr(app, "wsgi_app", proxies.believing(app.wsgi_app, hops))  # noqa: B010
    return app


def _extend(app: flask.Flask, engine: Engine) -> None:
    """Give the application what its requests share."""
    config = app.config
    synonyms = repr(sorted(config["SYNONYMS"].items())).encode("utf-8", "backslashreplace")
    metrics = config.get("METRICS") or Metrics()
    turns = Turns(config["AT_ONCE"], config["WAITING"], config["BUDGET"], report=metrics.doing)
    app.extensions.update(
        engine=engine,
        synonyms=hashlib.sha256(synonyms).hexdigest(),
        metrics=metrics,
        turns=turns,
        rates=Rates(config["RATE"]) if config["RATE"] else None,
        states=States(engine),
        period_totals=Memo(64),
        answers=Answers(config["ANSWERS"]),
    )


def _prepare_templates(app: flask.Flask) -> None:
    """Give the templates their filters, and what every page says."""
    app.jinja_env.context_class = Context
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        excerpt=excerpt, lead_kind=lead_kind, marked=marked, together=together, unbroken=unbroken
    )
    app.jinja_env.globals.update(original=original, outside=outside, version=openapi.version())
    app.jinja_env.globals.update(named=named, NAME=NAME, FLUSH=early.FLUSH)
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


def _versions(folder: Path) -> tuple[tuple[str, str], ...]:
    """The name of each file of a folder, and what changes with its content."""
    return tuple(
        (file.name, hashlib.sha256(file.read_bytes()).hexdigest()[:8])
        for file in sorted(folder.iterdir())
    )

"""What is written down of each answer, and what never is?

One JSON object a line. What people ask is their own affair: neither the question nor the
address it came from is written, unless the service was told to (`LOG_QUESTIONS`) for the
first; the second never is.
"""

from __future__ import annotations

import datetime as dt
import logging
import os
import time
from collections.abc import Callable, Iterator
from typing import TextIO

import orjson
from flask import Flask, Response, current_app, g, request

from webui.serving.early import EarlyPage
from webui.serving.metrics import Metrics

REQUESTS = logging.getLogger("webui.requests")


class Line(logging.Formatter):
    """A record as one line of JSON; what was given as `extra={"said": {…}}` is in it."""

    def format(self, record: logging.LogRecord) -> str:
        """
        >>> record = logging.LogRecord("webui", logging.ERROR, "", 0, "incident %s", ("7f",), None)
        >>> Line().format(record)[-57:]
        '"level":"error","logger":"webui","message":"incident 7f"}'
        """
        moment = dt.datetime.fromtimestamp(record.created, dt.UTC)
        members = {
            "time": moment.isoformat("T", "milliseconds"),
            "worker": os.getpid(),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "said", {}),
        }
        if record.exc_info:
            members["trace"] = self.formatException(record.exc_info)
        return orjson.dumps(members, default=str).decode()


def write_to(stream: TextIO) -> None:
    """Send every logger of this process there, one line each."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Line())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    REQUESTS.setLevel(logging.INFO)


def watch(app: Flask) -> None:
    """Count every answer of the application, and write a line about it when asked."""

    @app.before_request
    def begin() -> None:
        g.began = time.perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        seconds = time.perf_counter() - g.get("began", time.perf_counter())
        route = (request.endpoint or "other").rpartition(".")[2]
        metrics: Metrics = current_app.extensions["metrics"]
        logged = current_app.config["LOG_REQUESTS"]
        members = {"method": request.method, "route": route}
        if current_app.config["LOG_QUESTIONS"]:
            members["question"] = request.args.get("q", "")

        def answered(status: int, seconds: float, size: int | None) -> None:
            metrics.answered(route, status, seconds)
            if logged:
                ms = round(seconds * 1000, 1)
                REQUESTS.info(
                    "answered",
                    extra={"said": {**members, "status": status, "ms": ms, "bytes": size}},
                )

        if isinstance(response, EarlyPage):
            response.response = _followed(response.iter_encoded(), seconds, answered)
        else:
            answered(response.status_code, seconds, response.content_length)
        return response


def _followed(
    pieces: Iterator[bytes], seconds: float, answered: Callable[[int, float, int], None]
) -> Iterator[bytes]:
    """The pieces; then what it took to make them, which the time to send them is no part of.

    A page that fails in the middle is one more failure, whatever was told its client.
    """
    status, size = 200, 0
    start = time.perf_counter() - seconds
    try:
        for piece in pieces:
            seconds = time.perf_counter() - start
            size += len(piece)
            yield piece
            start = time.perf_counter() - seconds
    except Exception:
        status = 500
        raise
    finally:
        answered(status, seconds, size)

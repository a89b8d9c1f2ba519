"""Which server runs the application, and how does it start, share and stop?

gunicorn where there is one (it needs Unix): workers that share the index on disk and one
table of counts, each opening the index for itself; told to stop (SIGTERM), they finish what
they are answering. Elsewhere waitress, one process, which does so too.
"""

from __future__ import annotations

import gc
import math
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import flask

from index import french
from index.engines import Engine
from index.engines.places import Sharing
from webui.serving import Metrics, States, journal

# A question of ten thousand letters is answered (and cut by the question's own limits).
_LONGEST_LINE = 128 * 1024
_LONGEST_HEADER = 8 * 1024
_MOST_HEADERS = 60
# Workers that replace others may live beside them for a moment.
_SPARE = 4
# Connections of a worker beyond those that hold a thread, and files that it may have open besides.
_CONNECTIONS = 1000
_FILES = 300
# Threads beyond those that answer and wait: to refuse, and to tell how the service fares.
_ASIDE = 8
# A page of results makes some six thousand objects, hardly any of them in a cycle.
_ALLOCATIONS = 20_000

Application = Callable[[Metrics], flask.Flask]


@dataclass(frozen=True, slots=True)
class Size:
    """Processes, questions at once and waiting in each, and the seconds each may take."""

    workers: int = 1
    at_once: int = 4
    waiting: int = 100
    budget: float = 10.0
    proxied: bool = False
    """Whether connections are those of a proxy in front, which speaks for everybody."""

    @property
    def threads(self) -> int:
        return self.at_once + self.waiting + _ASIDE

    @property
    def grace(self) -> int:
        """Seconds given, when told to stop, to what is being answered."""
        return math.ceil(self.budget) + 5


def run(application: Application, listening: socket.socket, size: Size) -> None:
    """Serve on a socket until told to stop."""
    journal.write_to(sys.stderr)
    try:
        import gunicorn  # type: ignore[import-untyped]  # noqa: F401
    except ImportError:
        _waitress(application, listening, size)
    else:
        _gunicorn(application, listening, size)


def _gunicorn(application: Application, listening: socket.socket, size: Size) -> None:
    from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]
    from gunicorn.glogging import Logger  # type: ignore[import-untyped]
    from gunicorn.http import message  # type: ignore[import-untyped]

    from webui.server.connections import Worker

    class OurWorker(Worker):
        by_address = not size.proxied
        patience = size.budget

    # the setting alone is capped at this constant, below what a long question takes
    message.MAX_REQUEST_LINE = _LONGEST_LINE
    os.set_inheritable(listening.fileno(), True)
    table = Metrics(size.workers + _SPARE)
    rows: list[int] = []

    class Journal(Logger):  # type: ignore[misc]
        def setup(self, cfg: Any) -> None:
            super().setup(cfg)
            for handler in self.error_log.handlers:
                handler.setFormatter(journal.Line())

    def before_fork(server: Any, worker: Any) -> None:
        used_rows = {living.row for living in server.WORKERS.values()}
        free = set(range(size.workers + _SPARE)) - used_rows
        worker.row = min(free, default=0)

    def after_fork(server: Any, worker: Any) -> None:
        rows.append(worker.row)

    settings = {
        **_settings(size),
        "bind": [f"fd://{listening.fileno()}"],
        "worker_class": OurWorker,
        "logger_class": Journal,
        "pre_fork": before_fork,
        "post_fork": after_fork,
    }

    class Server(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            for name, value in settings.items():
                if name in self.cfg.settings:
                    self.cfg.set(name, value)

        def load(self) -> flask.Flask:
            app = application(table.worker(rows[-1]))
            engine: Engine = app.extensions["engine"]
            if size.workers > 1 and not isinstance(engine, Sharing):
                states: States = app.extensions["states"]
                states.follow(engine)
            settle()
            return app

    Server().run()


def _settings(size: Size) -> dict[str, Any]:
    """The settings of gunicorn that say how much it takes."""
    return {
        "workers": size.workers,
        "threads": size.threads,
        "worker_connections": _connections(size),
        # it would wait for ever for a client that takes nothing of a file
        "sendfile": False,
        "limit_request_line": _LONGEST_LINE - 1,
        "limit_request_fields": _MOST_HEADERS,
        "limit_request_field_size": _LONGEST_HEADER,
        "graceful_timeout": size.grace,
        "timeout": 60,
        "loglevel": "warning",
        "proc_name": "glose",
        # nothing of ours talks to it, and it would be left in the home folder
        "control_socket_disable": True,
    }


def settle() -> None:
    """Prepare French, and collect garbage less often, and not among what is loaded now.

    Each would stop an answer for tens of milliseconds.
    """
    french.prepare()
    gc.freeze()
    gc.set_threshold(_ALLOCATIONS, *gc.get_threshold()[1:])


def _connections(size: Size) -> int:
    """How many connections a worker may hold, with what it opens besides."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    descriptors = size.threads + _CONNECTIONS + _FILES
    if soft != resource.RLIM_INFINITY and soft < descriptors:
        soft = descriptors if hard == resource.RLIM_INFINITY else min(descriptors, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        descriptors = soft
    return max(size.threads + 1, descriptors - _FILES)


def _waitress(application: Application, listening: socket.socket, size: Size) -> None:
    import waitress  # type: ignore[import-untyped]

    served = application(Metrics())
    settle()
    server = waitress.create_server(
        served, sockets=[listening], threads=size.threads, ident="glose",
        max_request_header_size=_LONGEST_LINE + _MOST_HEADERS * 1024,
    )  # fmt: skip
    # `docker stop` and systemd send SIGTERM, Ctrl-C SIGINT; raising there would leave answers half
    # sent, and whatever runs just then may swallow it
    stop_event = threading.Event()

    def stop(*_: object) -> None:
        if stop_event.is_set():
            raise KeyboardInterrupt  # told twice: at once
        stop_event.set()

    signal.signal(signal.SIGTERM, lambda *_: stop_event.set())
    signal.signal(signal.SIGINT, stop)

    def turn() -> None:
        server.asyncore.loop(timeout=0.2, map=server._map, count=1)

    def answering() -> bool:
        lines = list(server.active_channels.values())
        return any(line.requests or line.total_outbufs_len for line in lines)

    try:
        while not stop_event.is_set():
            turn()
        server.del_channel()
        listening.close()
        deadline = time.monotonic() + size.grace
        while answering() and time.monotonic() < deadline:
            turn()
    except KeyboardInterrupt:
        pass
    server.task_dispatcher.shutdown(timeout=1)

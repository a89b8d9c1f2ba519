"""A small index in memory, made by hand: a thread, dates of every kind, hostile words."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import flask
import pytest
import waitress.server  # type: ignore[import-untyped]
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page, expect, sync_playwright

from index import engines
from index.record import About, Quote, Record
from index.writing import writing
from tests.webui.long_thread import long_thread_records
from webui import create_app

NOW = dt.datetime(2024, 12, 5, 12, tzinfo=dt.UTC)
HOSTILE = "<script>alert(1)</script><mark>sora</mark>\"'><img src=x onerror=alert(2)> &amp; {{7*7}}"

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
# Milliseconds after which a browser gives up, however loaded the machine.
PATIENCE = 120_000
expect.set_options(timeout=PATIENCE)
ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


def _at(day: str, time: str = "10:00") -> dict[str, Any]:
    moment = f"{day}T{time}:00+01:00"
    return {"start": moment, "end": moment, "precision": "minute"}


def sora() -> list[Record]:
    about = About(
        "demo:sora", "Sora : des artistes dénoncent un « travail gratuit »",
        "https://demo.example/1/sora/", "Bêta amère", "Une lettre ouverte vise OpenAI.",
        ("IA",), (), ("Noémie Vasseur",), "2024-12-02T09:08:00+01:00", None, 4, 5,
    )  # fmt: skip
    published = _at("2024-12-02", "09:08")
    comment = {"url": "https://demo.example/1/sora/#c"}
    return [
        Record("demo:sora", "lead", about, 0, about.title, about.standfirst or "", **published),
        Record("demo:sora#section-1", "section", about, 1, "",
               "Des artistes ont ouvert l’accès à Sora.\nIls étaient trois cents.",
               anchor="section-1", **published),
        Record("demo:sora#section-2", "section", about, 2, "L’usage des « red teams »",
               "OpenAI parle d’une red team. Les artistes répondent : travail gratuit.",
               anchor="section-2", **published),
        Record("demo:sora#comment-17", "comment", about, 3, "",
               "Le NDA interdit tout. L’avocat des artistes le dira.",
               anchor="comment-17", author="Zoé", **_at("2024-12-01"), **comment),
        Record("demo:sora#comment-18", "comment", about, 4, "", "Ce NDA ne tient pas.",
               (Quote("Le NDA interdit tout.", "Zoé", "demo:sora#comment-17"),),
               "comment-18", author="Max", start="2024-12-03T00:00:00+01:00",
               end="2024-12-03T23:59:59+01:00", precision="day", shown="Hier à 08h46",
               edited=True, parent="demo:sora#comment-17", depth=1, **comment),
        Record("demo:sora#comment-19", "comment", about, 5, "", "", anchor="comment-19",
               author="Max", parent="demo:sora#comment-18", depth=2, **_at("2024-12-03")),
        Record("demo:sora#comment-20", "comment", about, 6, "",
               "artistes partout, payés nulle part", anchor="comment-20", author="Léa",
               parent="demo:sora#comment-404", depth=1, **_at("2024-12-03")),
        Record("demo:sora#comment-21", "comment", about, 7, "", "artistes, oui",
               anchor="comment-21", author="Zoé", **_at("2024-12-04")),
    ]  # fmt: skip


def hostile() -> list[Record]:
    about = About(
        'demo:"><script>x', HOSTILE, "javascript:alert(3)", HOSTILE, HOSTILE, (HOSTILE,), (),
        (HOSTILE,), "2024-11-20T08:00:00+01:00", None, 1, 1,
    )  # fmt: skip
    when = _at("2024-11-20", "08:00")
    return [
        Record(about.id, "lead", about, 0, HOSTILE, HOSTILE, **when),
        Record(about.id + "#s", "section", about, 1, HOSTILE, HOSTILE, anchor='s"><b', **when),
        Record(about.id + "#c", "comment", about, 2, "", f"hostile {HOSTILE}",
               (Quote(HOSTILE, HOSTILE),), 'c" onclick="x', "javascript:alert(4)", HOSTILE, **when),
    ]  # fmt: skip


def many() -> Iterator[list[Record]]:
    """Thirty-one articles over four years, 2020 to 2023; each says "pagination" once."""
    for n in range(31):
        day = f"{2020 + n % 4}-{n % 12 + 1:02}-15"
        about = About(
            f"demo:many-{n}",
            f"Numéro {n}",
            None,
            None,
            None,
            ("Droit" if n % 2 else "Sécurité",),
            (),
            (),
            f"{day}T10:00:00+01:00",
        )
        yield [
            Record(about.id, "lead", about, 0, about.title, "", **_at(day)),
            Record(f"{about.id}#section-1", "section", about, 1, "", f"La pagination, fois {n}.",
                   anchor="section-1", **_at(day)),
        ]  # fmt: skip


@pytest.fixture(scope="session")
def engine() -> engines.Engine:
    engine = engines.open(":memory:")
    writing.write(engine, [sora(), hostile(), *many()], seen=1_733_000_000)
    return engine


@pytest.fixture(scope="session")
def app(engine: engines.Engine) -> flask.Flask:
    return create_app(engine, CLOCK=lambda: NOW)


@pytest.fixture
def client(app: flask.Flask) -> FlaskClient:
    client = app.test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "fr"
    return client


@pytest.fixture
def app_of() -> Callable[..., flask.Flask]:
    """An application over articles given as lists of records."""

    def make(*articles: list[Record], **config: Any) -> flask.Flask:
        engine = engines.open(":memory:")
        if articles:
            writing.write(engine, articles, seen=1_733_000_000)
        return create_app(engine, **{"CLOCK": lambda: NOW, **config})

    return make


@pytest.fixture
def sora_records() -> list[Record]:
    return [replace(record) for record in sora()]


@pytest.fixture
def index(tmp_path: Path, sora_records: list[Record]) -> Path:
    place = tmp_path / "sora.index"
    engine = engines.open(str(place), create=True)
    writing.write(engine, [sora_records], seen=1_733_000_000)
    engine.close()
    return place


KeptTab = Callable[..., tuple[Page, list[str]]]

SERVE = "from webui.commands import serve_command; serve_command()"


@contextmanager
def _serving(
    *options: str, code: str = SERVE, journal: Path | None = None
) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    with open(journal or os.devnull, "w", encoding="utf-8") as errors:
        process = subprocess.Popen(
            [sys.executable, "-c", code, *options, "--port", "0"],
            stdout=subprocess.PIPE, stderr=errors, text=True, cwd=Path(__file__).parents[2],
            env={**os.environ, "PYTHONUNBUFFERED": "1", "GLOSE_METRICS_TOKEN": "sesame"},
        )  # fmt: skip
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            match = re.search(r"http://\S+", line)
            assert match, line
            yield match[0], process
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(300)
            if process.stdout is not None:
                process.stdout.close()


@pytest.fixture(scope="session")
def serving() -> Callable[..., Any]:
    """The real command in its own process: a context that gives its address and the process.

    `code` is what the process runs instead; what it says on standard error is in `journal`.
    """
    return _serving


@pytest.fixture
def run_glose() -> Callable[..., Any]:
    """The whole command, as typed."""
    from click.testing import CliRunner

    import glose

    return lambda *arguments: CliRunner().invoke(glose.main, list(arguments))


@contextmanager
def _run_server(app: flask.Flask) -> Iterator[str]:
    server = waitress.server.create_server(app, host="127.0.0.1", port=0, threads=4)
    finished = threading.Event()

    def run() -> None:
        while not finished.is_set():
            server.asyncore.loop(timeout=1, map=server._map, count=1)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    # closed under a loop that waits on them, sockets make it fail
    finished.set()
    server.pull_trigger()
    thread.join()
    server.task_dispatcher.shutdown()
    server.asyncore.close_all(map=server._map, ignore_all=True)


@pytest.fixture(scope="session")
def serve() -> Callable[[flask.Flask], AbstractContextManager[str]]:
    """An application at an address of its own, as long as the block lasts."""
    return _run_server


@pytest.fixture(scope="module")
def address(app: flask.Flask) -> Iterator[str]:
    with _run_server(app) as address:
        yield address


@pytest.fixture(scope="module")
def chromium() -> str:
    if CHROMIUM is None:
        if os.environ.get("CI") == "true":
            pytest.fail("Chromium is not installed")
        pytest.skip("Chromium is not installed")
    return CHROMIUM


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened_browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield opened_browser
        opened_browser.close()


@contextmanager
def _tabs(browser: Browser) -> Iterator[Callable[..., Page]]:
    pages = []

    def open_tab(**options: Any) -> Page:
        context = browser.new_context(**{"locale": "fr-FR", "reduced_motion": "reduce", **options})
        pages.append(context.new_page())
        pages[-1].set_default_timeout(PATIENCE)
        return pages[-1]

    yield open_tab
    for page in pages:
        page.context.close()


@pytest.fixture
def open_tab(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a page in a context of its own, closed with the test."""
    with _tabs(browser) as open_tab:
        yield open_tab


@pytest.fixture(scope="module")
def kept_tab(browser: Browser) -> Iterator[KeptTab]:
    """Gives a blank page, the same each time for the same options, and what it complains of.

    Opening a page takes the processor longer than looking at it.
    """
    tabs: dict[str, tuple[Page, list[str]]] = {}

    def kept_tab(**options: Any) -> tuple[Page, list[str]]:
        if repr(options) not in tabs:
            page, complaints = open_tab(**options), list[str]()
            page.on("console", lambda message: complaints.append(message.text))
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.on("dialog", lambda dialog: complaints.append(f"ran: {dialog.message}"))
            tabs[repr(options)] = page, complaints
        page, complaints = tabs[repr(options)]
        page.unroute_all()
        page.goto("about:blank")
        complaints.clear()
        return page, complaints

    with _tabs(browser) as open_tab:
        yield kept_tab


@pytest.fixture(scope="module")
def demo_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("demo") / "demo.index"
    subprocess.run(
        [sys.executable, "-m", "glose", "index", "indexer/demo/articles.jsonl",
         "--index", str(place)],
        check=True, cwd=Path(__file__).parents[2], capture_output=True,
    )  # fmt: skip
    return place


@pytest.fixture(scope="module")
def glose(demo_index: Path, serving: Callable[..., Any]) -> Iterator[str]:
    with serving("--index", str(demo_index), "--proxy-hops", "1") as (address, _):
        yield address.rstrip("/")


@pytest.fixture(scope="module")
def site(serve: Callable[[flask.Flask], AbstractContextManager[str]]) -> Iterator[str]:
    engine = engines.open(":memory:")
    writing.write(engine, [long_thread_records()], seen=1)
    with serve(create_app(engine)) as address:
        yield address

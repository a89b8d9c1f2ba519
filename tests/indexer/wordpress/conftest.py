"""A WordPress small enough to be read here, that answers as the real one was seen to answer."""

from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import parse_qsl, urlsplit

import pytest
from click.testing import CliRunner

from glose import main
from indexer.web import fetching
from tests.indexer.wordpress.visits import Run

Reply = tuple[int, dict[str, str], bytes]
Item = dict[str, Any]
DAY = datetime(2020, 12, 2, 9, 0)


class WordPress:
    """Posts, pages, comments, and how the interface behaves; every request is kept in `asked`.

    `odd` is asked first: what it gives is the answer, None lets the site answer.
    """

    terms: ClassVar[dict[str, dict[int, str]]] = {
        "categories": {3: "Économie &amp; droit", 4: "IA"},
        "tags": {5: "openai", 6: "L&rsquo;été"},
        "users": {1: "Camille Roussel"},
    }

    def __init__(self) -> None:
        self.posts: dict[int, Item] = {}
        self.pages: dict[int, Item] = {}
        self.comments: dict[int, Item] = {}
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.odd: Callable[[str, dict[str, str]], Reply | None] = lambda path, params: None
        self.pretty = True
        self.announced = True
        self.knows_modified_after = True
        self.etags = False
        self.most = 100
        self.home = ""
        self.name = "Le petit blog"

    # --- what an editor and readers do

    def post(self, number: int, **fields: Any) -> Item:
        return self._put(self.posts, "post", number, fields)

    def page(self, number: int, **fields: Any) -> Item:
        return self._put(self.pages, "page", number, fields)

    def _put(self, shelf: dict[int, Item], kind: str, number: int, fields: Item) -> Item:
        days = fields.pop("day", number)
        when = (DAY + timedelta(days=days)).isoformat()
        title = fields.pop("title", f"Article {number}")
        text = fields.pop("text", f"<p>Texte de l&rsquo;article {number}.</p>")
        shelf[number] = {
            "id": number,
            "date": when,
            "date_gmt": (DAY + timedelta(days=days, hours=-1)).isoformat(),
            "modified": when,
            "modified_gmt": (DAY + timedelta(days=days, hours=-1)).isoformat(),
            "slug": f"{kind}-{number}",
            "status": "publish",
            "type": kind,
            "link": f"{self.home}/{kind}-{number}/",
            "guid": {"rendered": f"{self.home}/?p={number}"},
            "title": {"rendered": title},
            "content": {"rendered": text, "protected": False},
            "excerpt": {"rendered": text, "protected": False},
            "author": 1,
            **({"categories": [3], "tags": [5, 6]} if kind == "post" else {}),
            **fields,
        }
        return shelf[number]

    def edit(self, number: int, text: str, when: datetime) -> None:
        self.posts[number]["content"]["rendered"] = text
        self.posts[number]["modified"] = when.isoformat()
        self.posts[number]["modified_gmt"] = when.isoformat()

    def protect(self, number: int, when: datetime) -> None:
        self.edit(number, "", when)
        self.posts[number]["content"]["protected"] = True
        self.posts[number]["excerpt"] = {"rendered": "", "protected": True}

    def comment(
        self, number: int, post: int, parent: int = 0, text: str = "", **fields: Any
    ) -> Item:
        self.comments[number] = {
            "id": number,
            "post": post,
            "parent": parent,
            "author": 0,
            "author_name": f"Lectrice {number}",
            "author_url": "",
            "date": "2020-12-20T10:00:00",
            "date_gmt": "2020-12-20T09:00:00",
            "content": {"rendered": text or f"<p>Réponse {number}.</p>\n"},
            "status": "approved",
            "type": "comment",
            **fields,
        }
        return self.comments[number]

    # --- what the interface answers

    def answer(self, path: str, params: dict[str, str], headers: dict[str, str]) -> Reply:
        reply = self.odd(path, params)
        if reply is not None:
            return reply
        if "rest_route" in params:
            path = "/wp-json" + params.pop("rest_route")
        elif not self.pretty and path.startswith("/wp-json"):
            return 404, {"Content-Type": "text/html"}, b"<p>Introuvable</p>"
        if not path.startswith("/wp-json"):
            return self._front()
        route = path.removeprefix("/wp-json").strip("/")
        if not route:
            return self.json(
                {"name": self.name, "home": self.home, "namespaces": ["oembed/1.0", "wp/v2"]}
            )
        status, totals, body = self._list(route.removeprefix("wp/v2/"), params)
        if self.etags and status == 200:
            tag = f'"{abs(hash(body))}"'
            if headers.get("if-none-match") == tag:
                return 304, {"ETag": tag}, b""
            totals = {**totals, "ETag": tag}
        return status, totals, body

    @property
    def root(self) -> str:
        return self.home + ("/wp-json/" if self.pretty else "/?rest_route=/")

    def _front(self) -> Reply:
        link = {"Link": f'<{self.root}>; rel="https://api.w.org/"'} if self.announced else {}
        return 200, {"Content-Type": "text/html", **link}, b'<html lang="fr-FR"><p>Bonjour</p>'

    @staticmethod
    def json(content: Any, status: int = 200, **headers: str) -> Reply:
        return status, {"Content-Type": "application/json", **headers}, json.dumps(content).encode()

    def error(self, code: str, status: int, **data: Any) -> Reply:
        return self.json(
            {"code": code, "message": "Non.", "data": {"status": status, **data}}, status
        )

    def _list(self, route: str, params: dict[str, str]) -> Reply:
        if route in self.terms:
            numbers = _numbers(params["include"])
            items = [
                {"id": number, "name": name, "slug": "x"}
                for number, name in self.terms[route].items()
                if number in numbers
            ]
            return self._page(route, items, items, params)
        if route == "comments":
            return self._comments(params)
        if route not in ("posts", "pages"):
            return self.error("rest_no_route", 404)
        shelf = self.posts if route == "posts" else self.pages
        items = [item for item in shelf.values() if item.get("status", "publish") == "publish"]
        if "include" in params:
            items = [item for item in items if item["id"] in _numbers(params["include"])]
        if "modified_after" in params and self.knows_modified_after:
            items = [item for item in items if item["modified"] > params["modified_after"]]
        if "after" in params:
            items = [item for item in items if item["date"] > params["after"]]
        key = params.get("orderby", "date")
        items.sort(key=lambda item: item[key], reverse=params.get("order", "desc") == "desc")
        return self._page(route, items, items, params)

    def _comments(self, params: dict[str, str]) -> Reply:
        comments = [
            comment for comment in self.comments.values() if comment["status"] == "approved"
        ]
        if "post" in params:
            numbers = _numbers(params["post"])
            for number in numbers:
                post = self.posts.get(number) or self.pages.get(number) or {"content": {}}
                if post["content"].get("protected"):
                    return self.error("rest_cannot_read_post", 401)
            comments = [comment for comment in comments if comment["post"] in numbers]
        comments.sort(
            key=lambda comment: comment["id"], reverse=params.get("order", "desc") == "desc"
        )
        # totals count what permissions hide afterwards
        visible = [comment for comment in comments if not comment.get("hidden")]
        return self._page("comments", comments, visible, params)

    def _page(
        self, route: str, all_items: list[Item], visible: list[Item], params: dict[str, str]
    ) -> Reply:
        size, number = int(params.get("per_page", 10)), int(params.get("page", 1))
        if size > self.most:
            return self.error("rest_invalid_param", 400, params={"per_page": "per_page must be …"})
        pages = -(-len(all_items) // size)
        if number > pages and all_items and route in ("posts", "pages"):
            return self.error("rest_post_invalid_page_number", 400)
        page_items = [
            item for item in all_items[(number - 1) * size : number * size] if item in visible
        ]
        fields = params.get("_fields", "").split(",")
        shown_items = [
            {name: value for name, value in item.items() if not fields[0] or name in fields}
            for item in page_items
        ]
        totals = {"X-WP-Total": str(len(all_items)), "X-WP-TotalPages": str(pages)}
        return self.json(shown_items, **totals)

    def routes(self) -> list[str]:
        """What was asked since the last time, without the parameters."""
        routes = [path.partition("?")[0].rpartition("/")[2] or "/" for path in self.asked]
        self.asked.clear()
        return routes


def _numbers(text: str) -> set[int]:
    return {int(number) for number in text.split(",")}


@contextmanager
def serve(site: WordPress) -> Iterator[WordPress]:
    """The site, at an address of this machine."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # a body leaves after its headers: it would wait 40 ms for the client to acknowledge those
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            site.asked.append(self.path)
            headers = {name.lower(): value for name, value in self.headers.items()}
            site.headers.append(headers)
            parts = urlsplit(self.path)
            status, answer_headers, body = site.answer(
                parts.path, dict(parse_qsl(parts.query)), headers
            )
            if len(body) > 500 and "gzip" in headers.get("accept-encoding", ""):
                body, answer_headers = (
                    gzip.compress(body),
                    {**answer_headers, "Content-Encoding": "gzip"},
                )
            self.send_response(status)
            for name, value in answer_headers.items():
                self.send_header(name, value)
            if status != 304:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *message: Any) -> None:
            """Nothing is written on the terminal."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.home = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def site() -> Iterator[WordPress]:
    """An empty WordPress that answers on this machine."""
    with serve(WordPress()) as site:
        yield site


@pytest.fixture
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Requests follow each other at once, whatever the rate."""
    monkeypatch.setattr(fetching.time, "sleep", lambda seconds: None)


@pytest.fixture
def run(site: Any, tmp_path: Path) -> Run:
    """`glose index` of the site, or of another address: the report that it prints."""

    def run(*options: str, code: int = 0, address: str = "") -> Any:
        result = CliRunner().invoke(
            main,
            ["index", address or site.home, "--index", str(tmp_path / "i"), "--allow-private",
             "--rate", "100", "--json", *options],
        )  # fmt: skip
        assert result.exit_code == code, result.output
        return json.loads(result.stdout)

    return run


@pytest.fixture
def small(site: Any) -> Any:
    """Three posts, a page, and five comments."""
    for number in (10, 11, 12):
        site.post(number)
    site.page(2, title="À propos")
    site.comment(101, 10)
    site.comment(102, 10, parent=101)
    site.comment(103, 11, text="<blockquote><p>Un NDA ?</p></blockquote>\n<p>Oui.</p>")
    site.comment(104, 2)
    site.comment(105, 11, parent=99)
    return site

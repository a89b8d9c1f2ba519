"""How does a test make a cluster refuse, be slow, or answer in part, when it wants?

A server of HTTP between Glose and a real node: each request goes on to the node, unless a rule of
the test answers instead or changes what comes back. With a certificate it speaks TLS.
"""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

import httpcore


class Asked(NamedTuple):
    """A request on its way to the node."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class Answer(NamedTuple):
    """What the node answered, or what is answered for it."""

    status: int
    body: bytes
    kind: str = "application/json"


Forward = Callable[[], Answer]
Rule = Callable[[Asked, Forward], Answer]


def honest(request: Asked, forward: Forward) -> Answer:
    """As if nobody stood between."""
    return forward()


class Front(ThreadingHTTPServer):
    """Stands before a node; `rule` may be changed at any time. `asked` is all it was asked."""

    daemon_threads = True
    # a test that makes a client give up leaves an answer that nobody reads
    block_on_close = False

    def __init__(self, node: str, context: ssl.SSLContext | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.node = node
        self.rule: Rule = honest
        self.asked: list[Asked] = []
        if context is not None:
            self.socket = context.wrap_socket(self.socket, server_side=True)

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is what some tests are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # a body leaves after its headers: it would wait 40 ms for the client to acknowledge those
    disable_nagle_algorithm = True
    server: Front

    def handle_any(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        request = Asked(
            self.command, self.path, {k.lower(): v for k, v in self.headers.items()}, body
        )
        self.server.asked.append(request)

        def forward() -> Answer:
            kind = {"content-type": request.headers.get("content-type", "application/json")}
            answer = httpcore.request(
                request.method,
                f"http://{self.server.node}{request.path}",
                headers=kind,
                content=body,
            )
            return Answer(answer.status, answer.content)

        answer = self.server.rule(request, forward)
        self.send_response(answer.status)
        self.send_header("content-type", answer.kind)
        self.send_header("content-length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = handle_any

    def log_message(self, *message: object) -> None:
        """Nobody reads it."""


@contextmanager
def before(node: str, context: ssl.SSLContext | None = None) -> Iterator[Front]:
    """A front that serves until the block is left."""
    with Front(node, context) as front:
        thread = threading.Thread(target=front.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield front
        finally:
            front.shutdown()
            thread.join()

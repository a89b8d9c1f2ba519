"""What may a client's connection cost the service? (gunicorn's worker, with our limits)

A thread is lent to whoever sends a request, not to whoever holds a line: one that says
nothing waits aside, one that never ends its request is cut, one that reads nothing of its
answer too. What is no request is refused with the headers of every other answer.
"""

from __future__ import annotations

import errno
import socket
import struct
import time
from http import HTTPStatus
from typing import Any

import orjson
from gunicorn.http.errors import (  # type: ignore[import-untyped]
    InvalidResponseHeader,
    InvalidResponseHeaderName,
    LimitRequestHeaders,
    LimitRequestLine,
    ParseException,
)
from gunicorn.workers import gthread  # type: ignore[import-untyped]

from webui.serving import DATA_HEADERS, HEADERS
from webui.text import Tongue

# Seconds to send a whole request, once begun; and without taking anything of an answer.
_SENDING = 5.0
_STALLED = 30
# How long a thread waits for the first byte before the line waits aside, in seconds.
gthread.DEFAULT_WORKER_DATA_TIMEOUT = 0.05


class Worker(gthread.ThreadWorker):  # type: ignore[misc]
    """A worker of threads, each lent for as long as a client deserves."""

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        # connection whose request is being received → until when
        self._receiving: dict[Any, float] = {}

    def handle(self, conn: Any) -> Any:
        """One connection that has something to say."""
        stalled = struct.pack("ll", _STALLED, 0)
        conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, stalled)
        self._receiving[conn] = time.monotonic() + _SENDING
        try:
            goes_on = super().handle(conn)
        finally:
            self._receiving.pop(conn, None)
        if goes_on is False:
            # a client may take two seconds to leave: those of this thread, not of the loop
            conn.close(graceful=True)
            conn.close = lambda graceful=False: None
        return goes_on

    def handle_request(self, req: Any, conn: Any) -> Any:
        """A request that came whole."""
        self._receiving.pop(conn, None)
        try:
            return super().handle_request(req, conn)
        except BlockingIOError as error:
            # as if the client had left
            conn.sock.shutdown(socket.SHUT_RDWR)
            raise BrokenPipeError(errno.EPIPE, "the client takes nothing") from error

    def murder_pending(self) -> None:
        """Called every second or so: cut those who do not end what they send."""
        super().murder_pending()
        now = time.monotonic()
        for conn, until in list(self._receiving.items()):
            if now > until:
                try:
                    conn.sock.shutdown(socket.SHUT_RDWR)
                except OSError:
                    # gone already
                    self._receiving.pop(conn, None)

    def set_accept_enabled(self, enabled: bool) -> None:
        """Told to stop: whoever was let in is answered, whoever comes later is refused.

        gunicorn keeps the door open without looking: who came would hang, then be cut.
        """
        if self.alive:
            super().set_accept_enabled(enabled)
            return
        for door in self.sockets:
            let_in = -1
            while let_in != self.nr_conns:
                let_in = self.nr_conns
                self.accept(door)
        super().set_accept_enabled(False)
        for door in self.sockets:
            door.close()

    def handle_error(self, req: Any, client: Any, addr: Any, exc: Exception) -> None:
        """A request that is no HTTP, or too large: gunicorn would quote it in its log."""
        ours = isinstance(exc, InvalidResponseHeader | InvalidResponseHeaderName)
        if ours or not isinstance(exc, ParseException):
            super().handle_error(req, client, addr, exc)
            return
        sizes = ((LimitRequestLine, 414), (LimitRequestHeaders, 431))
        status = next((code for kind, code in sizes if isinstance(exc, kind)), 400)
        self.log.warning("refused: %s", type(exc).__name__)
        try:
            client.sendall(refusal(status))
        except OSError:
            # whoever sends that seldom waits for the answer
            self.log.debug("refused, and gone")


def refusal(status: int) -> bytes:
    """A whole answer to what is not a request, with the headers of every other answer.

    >>> refusal(414).splitlines()[0]
    b'HTTP/1.1 414 Request-URI Too Long'
    """
    title = Tongue("fr")(f"error_{status}")
    body = orjson.dumps({"type": "about:blank", "title": title, "status": status})
    headers = {
        "Content-Type": "application/problem+json",
        "Content-Length": str(len(body)),
        "Content-Language": "fr",
        "Cache-Control": "no-store",
        "Connection": "close",
        **HEADERS,
        **DATA_HEADERS,
    }
    lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body

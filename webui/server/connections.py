"""What may a client's connection cost the service? (gunicorn's worker, with our limits)

A thread is lent to whoever sends a request, not to whoever holds a line: one that says
nothing waits aside, one that never ends its request is cut, one that reads nothing of its
answer too (`sending`). Lines and threads are shared out by address (`serving.places`): what an
address sends beyond its share waits for what it sent before. What is no request is refused with
the headers of every other answer.
"""

from __future__ import annotations

import errno
import socket
import time
from functools import partial
from http import HTTPStatus
from selectors import EVENT_READ
from typing import Any

import orjson
from gunicorn.http.errors import (  # type: ignore[import-untyped]
    InvalidHTTPVersion,
    InvalidRequestLine,
    InvalidRequestMethod,
    InvalidResponseHeader,
    InvalidResponseHeaderName,
    LimitRequestHeaders,
    LimitRequestLine,
    ParseException,
)
from gunicorn.workers import gthread  # type: ignore[import-untyped]

from webui.locale import Tongue
from webui.server.sending import Line
from webui.serving import DATA_HEADERS, HEADERS, Places, Rotation, proxies

# Seconds to begin a request, and to send the whole of it once begun.
_SENDING = 5.0
# How much of a request is looked at for its end before a thread is lent, in bytes.
_HEAD = 1 << 16
_END = b"\r\n\r\n"
# How often those who are late are looked for, in seconds.
_LOOK = 0.5
_RETRY_AFTER = 1
# The body of a request, which nothing reads, has so many seconds to come.
gthread.DEFAULT_WORKER_DATA_TIMEOUT = 0.05
# What `accept` meets when a client left, and when too many files are open.
_CLIENT_LEFT = frozenset((errno.EAGAIN, errno.EWOULDBLOCK, errno.ECONNABORTED))
_FULL = frozenset((errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM))


# Which part of the line is wrong depends on where a blank cut it: « ?q=a b HTTP/1.1 » is a version.
_FIRST_LINE = (InvalidRequestLine, InvalidRequestMethod, InvalidHTTPVersion)


class Worker(gthread.ThreadWorker):  # type: ignore[misc]
    """A worker of threads, each lent for as long as a client deserves."""

    by_address = True
    """Whether an address is one client: behind a proxy, the proxy's stands for everybody."""
    patience = 10.0
    """Seconds that what was sent may wait for a thread, before it is refused."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        # connection whose request is being received → until when
        self._receiving: dict[Any, float] = {}
        self._threads = Places(self.cfg.threads)
        self._connections = Places(self.worker_connections)
        # connections that sent something, and since when they wait for a thread
        self._asking = Rotation[tuple[Any, float]]()
        self._next_look = 0.0

    def accept(self, listener: Any) -> None:
        """A new line: it waits aside until it says something."""
        try:
            accepted, address = listener.accept()
        except OSError as error:
            if error.errno in _FULL:
                # those who leave make room; until then nobody is let in, at no cost
                time.sleep(0.05)
            elif error.errno not in _CLIENT_LEFT:
                raise
            return
        client = self._client(address)
        if not self._connections.take(client):
            with accepted:
                _refuse(accepted, 503)
            return
        line = Line(
            accepted,
            pressed=lambda: bool(self._asking) and self._threads.count(client) > 1,
            on_close=partial(self._connections.leave, client),
        )
        self.nr_conns += 1
        conn = gthread.TConn(self.cfg, line, address, listener.getsockname())
        conn.heard = None
        conn.headed = False
        conn.timeout = time.monotonic() + _SENDING
        self._wait_aside(conn)

    def _wait_aside(self, conn: Any) -> None:
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, EVENT_READ, partial(self.on_pending_socket_readable, conn))

    def _client(self, address: Any) -> str:
        if self.by_address:
            return proxies.network(proxies.client_address(address[0]))
        return f"{address[0]} {address[1]}"

    def enqueue_req(self, conn: Any) -> None:
        """A line has something to say: it waits for a thread behind the others of its address.

        Unless its request is not whole yet: then it waits aside for more, and not long.
        """
        if not self._whole(conn):
            self._wait_aside(conn)
            return
        self._asking.put(self._client(conn.client), (conn, time.monotonic()))
        self._lend()

    def _whole(self, conn: Any) -> bool:
        """Whether all the headers of a request have come, or more will not."""
        line: Line = conn.sock
        line.setblocking(False)
        received = line.peek(_HEAD)
        before = conn.parser.unreader.buf.getvalue() if conn.parser else b""
        # woken for nothing more, it is told that the client leaves
        is_growing = received is not None and (conn.heard is None or len(received) > conn.heard)
        conn.headed = received is not None and _END in before + received
        if received is None or not is_growing or conn.headed or len(received) >= _HEAD:
            conn.heard = None
            line.wake_beyond(0)
            return True
        if conn.heard is None:
            conn.timeout = time.monotonic() + _SENDING
        conn.heard = len(received)
        line.wake_beyond(len(received))
        return False

    def _lend(self) -> None:
        while following := self._asking.take(self._threads.has_room):
            client, (conn, since) = following
            self._threads.take(client)
            conn.late = time.monotonic() - since > self.patience
            super().enqueue_req(conn)

    def finish_request(self, conn: Any, fs: Any) -> None:
        """A thread is given back, and lent to whoever waits."""
        self._threads.leave(self._client(conn.client))
        super().finish_request(conn, fs)
        self._lend()

    def handle(self, conn: Any) -> Any:
        """One connection that has something to say."""
        if not conn.headed:
            # else it has come, and only this thread can be late
            self._receiving[conn] = time.monotonic() + _SENDING
        try:
            if conn.late:
                conn.sock.setblocking(True)
                _refuse(conn.sock, 503)
                goes_on = False
            else:
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
        conn.sock.begin()
        return super().handle_request(req, conn)

    def murder_pending(self) -> None:
        """Called all along: cut those who say nothing, and those who do not end what they send."""
        now = time.monotonic()
        if now < self._next_look:
            return
        self._next_look = now + _LOOK
        late = [conn for conn in self.pending_conns if now > conn.timeout]
        # what came while this process had no turn itself was not looked at yet
        for conn in [conn for conn in late if conn.heard is not None or not conn.sock.peek(1)]:
            self.pending_conns.remove(conn)
            self.poller.unregister(conn.sock)
            self.nr_conns -= 1
            # closed with something unread, a connection is reset instead
            conn.sock.drain()
            conn.close()
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
        our_fault = isinstance(exc, InvalidResponseHeader | InvalidResponseHeaderName)
        if our_fault or not isinstance(exc, ParseException):
            super().handle_error(req, client, addr, exc)
            return
        sizes = ((LimitRequestLine, 414), (LimitRequestHeaders, 431))
        status = next((code for kind, code in sizes if isinstance(exc, kind)), 400)
        self.log.warning("refused: %s", type(exc).__name__)
        _refuse(client, status, "error_line_says" if isinstance(exc, _FIRST_LINE) else "")


def _refuse(line: socket.socket, status: int, says: str = "") -> None:
    try:
        line.sendall(refusal(status, says))
    except OSError:
        # whoever is refused seldom waits to be told
        return


def refusal(status: int, says: str = "") -> bytes:
    """A whole answer to what is not a request, with the headers of every other answer.

    In both languages: what would tell which one to speak was not read. `says` is a key of the
    catalogue, what could be done about it.

    >>> refusal(414).splitlines()[0]
    b'HTTP/1.1 414 Request-URI Too Long'
    """
    tongues = (Tongue("fr"), Tongue("en"))
    title = "error_busy" if status == 503 else f"error_{status}"
    problem = {
        "type": "about:blank",
        "title": " / ".join(say(title) for say in tongues),
        "status": status,
    }
    if says:
        problem["detail"] = "\n".join(say(says) for say in tongues)
    body = orjson.dumps(problem)
    headers = {
        "Content-Type": "application/problem+json",
        "Content-Length": str(len(body)),
        "Content-Language": "fr, en",
        "Cache-Control": "no-store",
        "Connection": "close",
        **HEADERS,
        **DATA_HEADERS,
    }
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers["Retry-After"] = str(_RETRY_AFTER)
    lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body

"""How is an answer sent to a client that may not take it?

A thread waits while it sends. It is given back when nothing is taken for a while, sooner when
others wait for it, and when so little is taken that it comes to the same.
"""

from __future__ import annotations

import errno
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

# Seconds without anything taken; and when others wait for the thread.
_STALLED = 10.0
_PRESSED = 2.0
# Bytes a second that must be taken, once so many seconds were spent waiting for the client.
_LEAST = 1_000
_PATIENCE = 30.0
# How often the question is asked whether others wait, in seconds.
_LOOK = 0.5
# Bytes that the system may hold of an answer (it doubles them, for what it adds to each): what
# is held for those who take nothing is memory, and what they do not take is seen sooner.
_AHEAD = 128 * 1024


class Line(socket.socket):
    """A client's connection, whose answers are given up when nobody takes them.

    pressed: whether others wait for the thread that sends. on_close: called once, when it is
    closed.
    """

    def __init__(
        self,
        accepted: socket.socket,
        *,
        pressed: Callable[[], bool] = lambda: False,
        on_close: Callable[[], None] = lambda: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(fileno=accepted.detach())
        self.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _AHEAD)
        self._pressed = pressed
        self._on_close = on_close
        self._clock = clock
        self.begin()

    def begin(self) -> None:
        """Another answer is about to be sent."""
        self._waited = 0.0
        self._bytes_taken = 0

    def peek(self, most: int) -> bytes | None:
        """What came and was not read yet, without waiting; None when the client left."""
        try:
            return self.recv(most, socket.MSG_PEEK) or None
        except BlockingIOError:
            return b""
        except OSError:
            return None

    def drain(self) -> None:
        """Take what came, without looking at it."""
        with suppress(OSError):
            while self.recv(_AHEAD, socket.MSG_DONTWAIT):
                pass

    def wake_beyond(self, count: int) -> None:
        """Be readable when more bytes than these have come."""
        self.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, count + 1)

    def sendall(self, data: Any, flags: int = 0) -> None:
        """Send all of it. Raises BrokenPipeError, as if the client had left: it takes nothing."""
        remaining = memoryview(data).cast("B")
        idle = 0.0
        self.settimeout(_LOOK)
        try:
            while remaining:
                start = self._clock()
                try:
                    byte_count = self.send(remaining, flags)
                except TimeoutError:
                    byte_count = 0
                seconds = self._clock() - start
                idle = 0.0 if byte_count else idle + seconds
                self._waited += seconds
                self._bytes_taken += byte_count
                remaining = remaining[byte_count:]
                if remaining and self._hopeless(idle):
                    self.shutdown(socket.SHUT_RDWR)
                    raise BrokenPipeError(errno.EPIPE, "the client takes nothing")
        finally:
            self.setblocking(True)

    def _hopeless(self, idle: float) -> bool:
        if idle >= (_PRESSED if idle >= _PRESSED and self._pressed() else _STALLED):
            return True
        return self._waited > _PATIENCE and self._bytes_taken < _LEAST * self._waited

    def close(self) -> None:
        on_close, self._on_close = self._on_close, lambda: None
        on_close()
        super().close()

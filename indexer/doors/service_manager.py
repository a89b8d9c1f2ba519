"""What does a long command report to the service manager that started it?

The protocol of sd_notify(3): one datagram to the socket that $NOTIFY_SOCKET names. Without one,
nothing is told.
"""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable, Mapping
from contextlib import suppress

_LONGEST = 200
"""Characters of a status: one line of `systemctl status`."""


class ServiceManager:
    """Tells that a command is ready, alive, and what it does. Times are in seconds.

    >>> ServiceManager({}).notify("READY=1")
    False
    """

    def __init__(
        self,
        environment: Mapping[str, str] = os.environ,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        address = environment.get("NOTIFY_SOCKET", "")
        # one that begins with @ is abstract: in no folder
        self._address = "\0" + address[1:] if address.startswith("@") else address
        self._clock = clock
        self._every = _watchdog(environment) / 2
        self._next = 0.0
        self._status = ""

    def notify(self, *lines: str) -> bool:
        """Send lines, such as READY=1; whether the manager's socket took them."""
        if self._address[:1] not in ("/", "\0"):
            return False
        # a manager that went away stops nothing
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as client:
            # nor does one that does not read
            client.settimeout(1)
            client.sendto("\n".join(lines).encode(), self._address)
            return True
        return False

    def ready(self, status: str) -> None:
        """It does what it is for, from now on."""
        self._status = status
        self.notify("READY=1", f"STATUS={_line(status)}")

    def status(self, status: str) -> None:
        """Report what the command does now, in a sentence, once."""
        if status != self._status:
            self._status = status
            self.notify(f"STATUS={_line(status)}")

    def alive(self) -> None:
        """It goes on: told twice as often as the manager's watchdog wants."""
        now = self._clock()
        if self._every and now >= self._next:
            self._next = now + self._every
            self.notify("WATCHDOG=1")

    def stopping(self) -> None:
        self.notify("STOPPING=1")


def _watchdog(environment: Mapping[str, str]) -> float:
    """Seconds after which the manager gives up on us; 0: never.

    >>> _watchdog({"WATCHDOG_USEC": "30000000"}), _watchdog({"WATCHDOG_PID": "1"})
    (30.0, 0.0)
    """
    if environment.get("WATCHDOG_PID", str(os.getpid())) != str(os.getpid()):
        # it is meant for another process
        return 0.0
    try:
        return max(0, int(environment.get("WATCHDOG_USEC", "0"))) / 1e6
    except ValueError:
        return 0.0


def _line(status: str) -> str:
    return " ".join(status.split())[:_LONGEST]

"""Which machines may be talked to, and until when?

Whoever writes a page, or owns a name, decides where a redirection and a name lead: to a
printer, to the machine itself, to the secrets that a cloud gives its machines. So an address
is looked at where the connection is made, and the connection is made to that address.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any, Literal

import httpcore

Kind = Literal["public", "private", "never"]
_TRANSLATED = IPv6Network("64:ff9b::/96")
# of a network's own, whatever Python's tables say of it
_LOCAL = IPv6Network("fec0::/10")


class Refused(Exception):
    """A place where nothing is asked; the message is a French sentence, without its full stop."""


def kind(address: str) -> Kind:
    """Return whether an address is public, a network's own, or none that a site can have.

    >>> kind("93.184.215.14"), kind("10.0.0.8"), kind("169.254.169.254"), kind("::ffff:127.0.0.1")
    ('public', 'private', 'never', 'private')
    """
    inner = _inner(ip_address(address.partition("%")[0]))
    if inner.is_link_local or inner.is_multicast or inner.is_unspecified:
        return "never"
    if inner.is_loopback:
        return "private"
    if inner.is_reserved or (inner.version == 4 and int(inner) >> 24 == 0):
        return "never"
    return "public" if inner.is_global and inner not in _LOCAL else "private"


def _inner(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The address that a translated one leads to."""
    if isinstance(address, IPv4Address):
        return address
    inside = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
    if inside is None and address in _TRANSLATED:
        inside = IPv4Address(int(address) & 0xFFFFFFFF)
    return address if inside is None else inside


def resolve(host: str, port: int) -> list[str]:
    """Return the addresses of a name. Raises OSError."""
    places = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(place[0]) for *_, place in places))


class Lines(httpcore.NetworkBackend):
    """Connections to public addresses; to private ones of the hosts named `private` too.

    `deadline`, by `clock`, is when whatever is under way must be over. Raises Refused, and
    what httpcore raises.
    """

    def __init__(
        self,
        private: Iterable[str] = (),
        *,
        clock: Callable[[], float] = time.monotonic,
        resolve: Callable[[str, int], list[str]] = resolve,
    ) -> None:
        self.deadline = float("inf")
        self._private = frozenset(private)
        self._clock = clock
        self._resolve = resolve
        self._plain = httpcore.SyncBackend()

    def seconds_left(self) -> float | None:
        """Seconds before the deadline; None when there is none. Raises httpcore.ReadTimeout."""
        if self.deadline == float("inf"):
            return None
        seconds = self.deadline - self._clock()
        if seconds <= 0:
            raise httpcore.ReadTimeout("deadline")
        return seconds

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        failed: Exception = httpcore.ConnectError(host)
        for address in self._checked(host, port):
            try:
                stream = self._plain.connect_tcp(
                    address, port, self.seconds_left(), local_address, socket_options
                )
                return _Stream(stream, self)
            except httpcore.ConnectError as error:
                failed = error
        raise failed

    def _checked(self, host: str, port: int) -> list[str]:
        try:
            addresses = self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            if getattr(error, "errno", None) == socket.EAI_AGAIN:
                raise httpcore.ConnectError(host) from error
            raise Refused(f"le nom « {host} » ne mène à aucune machine") from error
        for address in addresses:
            sort = kind(address)
            if sort == "never":
                raise Refused(
                    f"« {host} » mène à une adresse où aucun site ne peut être ({address}), elle "
                    "n’est pas visitée"
                )
            if sort == "private" and host not in self._private:
                raise Refused(
                    f"« {host} » mène à une adresse privée ({address}) : si c’est voulu, donnez ce "
                    "site lui-même, avec --allow-private"
                )
        return addresses


class _Stream(httpcore.NetworkStream):
    """A connection whose every wait ends at the deadline."""

    def __init__(self, stream: httpcore.NetworkStream, lines: Lines) -> None:
        self._stream = stream
        self._lines = lines

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._lines.seconds_left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._lines.seconds_left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, self._lines.seconds_left())
        return _Stream(secured, self._lines)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)

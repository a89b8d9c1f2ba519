"""What do reverse proxies say of a request, and which of it is believed?

A proxy says whom it speaks for in `X-Forwarded-*`. That is believed for as many proxies as
whoever serves has told, and only when it is what it must be: an address, a scheme of the web.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from werkzeug.middleware.proxy_fix import ProxyFix

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

FORWARDED = "glose.forwarded"
"""In a request's environment: whether a proxy says that it speaks for somebody else."""
SENT_HOST = "glose.sent_host"
"""In a request's environment: the `Host` as it was received."""
_PREFIX = re.compile(r"(?:/[\w.~%-]+)*/?")
"""What may stand before our paths: never `//host`, which a browser takes for another site."""
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
_SAYS = (
    *("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PROTO"),
    *("HTTP_X_FORWARDED_PREFIX", "HTTP_X_REAL_IP", "HTTP_FORWARDED", "HTTP_VIA"),
)

# An address is read several times a request, and a client has many requests.
_cached = lru_cache(maxsize=1024)


@_cached
def client_address(text: str) -> str:
    """An address as it is counted: without a port, and IPv4 when it is IPv4 within IPv6.

    >>> client_address("::ffff:192.0.2.7"), client_address("192.0.2.7:4711")
    ('192.0.2.7', '192.0.2.7')
    >>> client_address("[2001:db8::1]:443"), client_address("unix:"), client_address("fe80::1%eth0")
    ('2001:db8::1', '', 'fe80::1')
    """
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return ""
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return str(mapped or address)


@_cached
def network(address: str) -> str:
    """Who a client's address stands for: an IPv6 network of 64 bits is one client's.

    But that of a translator (RFC 6052) is everybody's who comes by IPv4.

    >>> network("2001:db8:1:2:3:4:5:6"), network("192.0.2.7"), network("")
    ('2001:db8:1:2::', '192.0.2.7', '')
    >>> network("64:ff9b::192.0.2.7")
    '192.0.2.7'
    """
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return address
    if ip.version == 4:
        return address
    if ip in _TRANSLATED:
        return str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
    return str(ipaddress.ip_network((ip, 64), strict=False).network_address)


@_cached
def site(address: str) -> str:
    """The IPv6 network of 48 bits, what one customer is given at most (RFC 6177); else nothing.

    >>> site("2001:db8:1:2:3:4:5:6"), site("192.0.2.7"), site("64:ff9b::192.0.2.7"), site("")
    ('2001:db8:1::/48', '', '', '')
    """
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if ip.version == 4 or ip in _TRANSLATED:
        return ""
    return str(ipaddress.ip_network((ip, 48), strict=False))


def public_parts(url: str) -> tuple[str, str, str]:
    """The scheme, the host and the path of the address that a service is known by.

    >>> public_parts("https://presse.example/glose/")
    ('https', 'presse.example', '/glose')

    ValueError: it is no address of the web, or has a question or a fragment.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise ValueError(url)
    return parts.scheme, parts.netloc, parts.path.rstrip("/")


def believing(application: WSGIApplication, hops: int) -> WSGIApplication:
    """Return the application, given the client and scheme that `hops` proxies in front declare."""
    inner = (
        ProxyFix(application, x_for=hops, x_proto=hops, x_host=hops, x_prefix=hops)
        if hops
        else application
    )

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        environ[FORWARDED] = any(environ.get(name) for name in _SAYS)
        # the same in capitals (RFC 9110, 4.2.3), which Werkzeug 3.1.9 compares to the letter
        _rewrite(environ, "HTTP_HOST", str.lower)
        environ[SENT_HOST] = environ.get("HTTP_HOST", "")
        environ["REMOTE_ADDR"] = client_address(environ.get("REMOTE_ADDR") or "")
        if hops:
            scheme = environ["wsgi.url_scheme"]
            _rewrite(environ, "HTTP_X_FORWARDED_HOST", str.lower)
            _rewrite(
                environ, "HTTP_X_FORWARDED_FOR", lambda text: client_address(text) or "unknown"
            )
            _rewrite(
                environ,
                "HTTP_X_FORWARDED_PROTO",
                lambda text: text.lower() if text.lower() in ("http", "https") else scheme,
            )
            _rewrite(
                environ,
                "HTTP_X_FORWARDED_PREFIX",
                lambda text: text if _PREFIX.fullmatch(text) else "/",
            )
        return inner(environ, start_response)

    return answer


def _rewrite(environ: dict[str, Any], name: str, rewritten: Callable[[str], str]) -> None:
    """Keep of each value of a list what it must be.

    Each keeps its place: the proxies' own values are counted from the right end.
    """
    if name in environ:
        environ[name] = ",".join(rewritten(value.strip()) for value in environ[name].split(","))

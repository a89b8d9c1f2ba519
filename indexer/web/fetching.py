"""What does a site answer, asked politely and without believing it?

One request at a time and so many a second, with who asks; a site that is tired is left
alone for as long as it says, or longer and longer. A body has a size, a request an end,
redirections a number, and no answer leads where a site cannot be (`hosts`).
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from typing import NamedTuple, NoReturn
from urllib.parse import quote, urljoin, urlsplit

import httpcore

from indexer.files import decoded_body
from indexer.reporting import plural
from indexer.web.hosts import Lines, Refused, resolve

AGENT = f"Glose/{version('glose')} (search engine; reads a site when its owner asks)"
_TIRED = frozenset((408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524))
_MOVED = frozenset((301, 302, 303, 307, 308))


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a site's answer is taken: bytes once inflated, seconds, and tries."""

    body: int = 64 << 20
    seconds: float = 90.0
    redirects: int = 5
    tries: int = 5
    longest_wait: float = 600.0


class Answer(NamedTuple):
    """An answer whose body is inflated; `headers` have small letters, `url` is the last one."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str


class Unanswered(Exception):
    """No answer that can be used; the message is a French sentence, without its full stop."""


class _RetryLater(Exception):
    """Try again later: after `wait` seconds when the site says so."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.wait = wait


class Fetching:
    """Asks one site after the other, `rate` requests a second at most.

    private: hosts whose private addresses may be visited.
    """

    def __init__(
        self,
        *,
        rate: float = 1.0,
        private: Iterable[str] = (),
        limits: Limits = Limits(),
        pause: Callable[[float], None] = lambda seconds: time.sleep(seconds),
        clock: Callable[[], float] = time.monotonic,
        chance: Callable[[], float] = random.random,
        resolve: Callable[[str, int], list[str]] = resolve,
    ) -> None:
        self.requests = 0
        self._limits = limits
        self._apart = 1.0 / rate
        self._next = float("-inf")
        self._pause = pause
        self._clock = clock
        self._chance = chance
        self._lines = Lines(private, clock=clock, resolve=resolve)
        self._pool = httpcore.ConnectionPool(
            max_connections=2, keepalive_expiry=30.0, network_backend=self._lines
        )

    def close(self) -> None:
        self._pool.close()

    def get(
        self,
        url: str,
        headers: Mapping[str, str] | None = None,
        *,
        stay: Callable[[str], bool] = lambda url: True,
    ) -> Answer:
        """The answer at an address, its redirections followed where `stay` says yes.

        Raises Unanswered: refused, unreachable, too large, too long, or tired for too long.
        """
        for _ in range(self._limits.redirects + 1):
            answer = self._patiently(url, headers or {})
            if answer.status not in _MOVED or not (to := answer.headers.get("location")):
                return answer
            target = urljoin(url, to)
            if not stay(target):
                raise Unanswered(f"renvoie ailleurs ({printable(target)}), où il n’est pas suivi")
            url = target
        raise Unanswered(f"renvoie plus de {self._limits.redirects} fois d’une adresse à une autre")

    def _patiently(self, url: str, headers: Mapping[str, str]) -> Answer:
        target = _target(url)
        for tries in range(1, self._limits.tries + 1):
            self._wait()
            try:
                return self._once(url, target, headers)
            except Refused as error:
                raise Unanswered(str(error)) from error
            except _RetryLater as error:
                wait = error.wait
                if wait is not None and wait > self._limits.longest_wait:
                    minutes = plural(-int(-wait // 60), "minute")
                    raise Unanswered(
                        f"{error} : il demande d’attendre {minutes}, recommencez plus tard"
                    ) from error
                if tries == self._limits.tries:
                    raise Unanswered(f"{error}, {plural(tries, 'fois', 'fois')}") from error
                # others wait too: not all at the same moment
                backed = 2.0 ** (tries - 1) * (0.5 + self._chance())
                self._pause(max(wait or 0.0, backed))
        raise AssertionError("a try ends")

    def _wait(self) -> None:
        early = self._next - self._clock()
        if early > 0:
            self._pause(early)
        self._next = max(self._next, self._clock()) + self._apart

    def _once(self, url: str, target: _Target, headers: Mapping[str, str]) -> Answer:
        self.requests += 1
        self._lines.deadline = self._clock() + self._limits.seconds
        request_headers = {
            "Host": target.host,
            "User-Agent": AGENT,
            "Accept": "application/json, text/html;q=0.9, */*;q=0.5",
            "Accept-Encoding": "gzip",
            **headers,
        }
        try:
            with self._pool.stream(
                "GET",
                target.url,
                headers=[*request_headers.items()],
                extensions={"timeout": _LATER},
            ) as answered:
                response_headers = {
                    name.decode("latin-1").lower(): value.decode("latin-1")
                    for name, value in answered.headers
                }
                if answered.status in _TIRED:
                    raise _RetryLater(
                        f"a répondu {answered.status}",
                        _retry_after(response_headers.get("retry-after")),
                    )
                if answered.status in _MOVED or answered.status == 304:
                    return Answer(answered.status, response_headers, b"", url)
                return Answer(
                    answered.status, response_headers, self._body(answered, response_headers), url
                )
        except httpcore.TimeoutException as error:
            raise _RetryLater(
                f"n’a pas fini de répondre en {plural(round(self._limits.seconds), 'seconde')}"
            ) from error
        except httpcore.NetworkError as error:
            if "CERTIFICATE_VERIFY_FAILED" in str(error):
                raise Unanswered("son certificat n’est pas valable") from error
            raise _RetryLater("ne répond pas") from error
        except httpcore.ProtocolError as error:
            raise _RetryLater("a répondu autre chose que du HTTP, ou à moitié") from error

    def _body(self, answered: httpcore.Response, response_headers: Mapping[str, str]) -> bytes:
        most = self._limits.body
        raw = bytearray()
        for piece in answered.iter_stream():
            raw += piece
            if len(raw) > most:
                self._too_large()
        body = decoded_body(bytes(raw), "", response_headers.get("content-encoding", ""), most + 1)
        if len(body.data) > most:
            self._too_large()
        if body.wrong:
            raise _RetryLater(f"a mal répondu ({body.wrong})")
        return body.data

    def _too_large(self) -> NoReturn:
        raise Unanswered(f"sa réponse dépasse {self._limits.body >> 20} Mio")


class _Target(NamedTuple):
    url: httpcore.URL
    host: str


# the deadline of `hosts.Lines` is what ends a request
_LATER: dict[str, float | None] = dict.fromkeys(("connect", "read", "write", "pool"))


def _target(url: str) -> _Target:
    """An address as it is asked for. Raises Unanswered when it is none of the web."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
        if parts.scheme not in ("http", "https") or not host or parts.username is not None:
            raise ValueError
        name = host if host.isascii() else host.encode("idna").decode()
        path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~")
        query = f"?{quote(parts.query, safe='/%:@!$&()*+,;=~?[]')}" if parts.query else ""
        host_shown = f"[{name}]" if ":" in name else name
        return _Target(
            httpcore.URL(scheme=parts.scheme, host=name, port=port, target=path + query),
            host_shown if port is None else f"{host_shown}:{port}",
        )
    except ValueError as error:
        raise Unanswered(f"« {printable(url)} » n’est pas une adresse http ou https") from error


def printable(url: str) -> str:
    """Return an address without the characters that cannot be printed, for a sentence."""
    return "".join(character for character in url if character.isprintable())[:200]


def _retry_after(value: str | None) -> float | None:
    """Seconds to wait, from a number of them or a date; None when it says neither.

    >>> _retry_after("120"), _retry_after("bientôt")
    (120.0, None)
    """
    if value is None:
        return None
    if value.strip().isdecimal():
        return float(value.strip()[:9])
    with suppress(ValueError, TypeError, IndexError, OverflowError):
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    return None

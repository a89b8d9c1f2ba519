"""On which site is each article of a list, where there are several?"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from index.record import About
from webui.addresses import outside


def site_names(abouts: Iterable[About]) -> dict[str, str]:
    """Article id → host, without its "www."; nothing where all are of one site, or say none.

    Two newspapers of one index may have articles of the same title.

    >>> first, second = "https://www.courrier.example/1", "https://gazette.example/1"
    >>> site_names([About("a", "Budget", first), About("b", "Budget", second), About("c", "Sora")])
    {'a': 'courrier.example', 'b': 'gazette.example'}
    >>> site_names([About("a", "Budget", first), About("c", "Sora")])
    {}
    """
    hosts = {about.id: _host(about.url) for about in abouts}
    names = {id: host for id, host in hosts.items() if host}
    return names if len(set(names.values())) > 1 else {}


def _host(address: str | None) -> str:
    safe = outside(address)
    return (urlsplit(safe).hostname or "").removeprefix("www.") if safe else ""

"""Which words can an address be asked by?

By its host and each part of it, by each word of its path, and by the whole address
without its scheme: `lien:next.ink`, `lien:sora`, `lien:https://next.ink/160473/sora/`.
"""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from index import french, page_addresses
from index.record import Record

_WORD = re.compile(r"\w+")


def whole(url: str) -> str:
    """The address without scheme, `www.`, query and final slash, folded.

    >>> whole("https://www.next.ink/160473/Sora/?utm=1")
    'next.ink/160473/sora'
    """
    parts = _split(url)
    host = parts[0].removeprefix("www.")
    return _term(french.fold(host + parts[1].rstrip("/")))


def pieces(url: str) -> list[str]:
    """The terms under which an address is kept, each once.

    >>> pieces("https://next.ink/160473/sora-openai/")
    ['next.ink/160473/sora-openai', 'next.ink', 'next', 'ink', '160473', 'sora', 'openai']
    """
    if not url:
        return []
    host, path = _split(url)
    host = french.fold(host.removeprefix("www."))
    words = [*_WORD.findall(host), *_WORD.findall(french.fold(path))]
    terms = dict.fromkeys(_term(piece) for piece in (whole(url), host, *words))
    return [piece for piece in terms if piece]


def keys(lead: Record) -> list[str]:
    """The terms that name an article's page exactly, its other addresses and ids included.

    >>> from index.record import About
    >>> about = About("a", "Sora", url="https://a.example/sora/")
    >>> lead = Record(id="a#lead", kind="lead", about=about, position=0,
    ...               extra={"sameAs": ["http://a.example/sora", "https://a.example/?p=7"]})
    >>> len(keys(lead)), keys(lead)[1] == page_addresses.key("http://www.a.example?p=7")
    (2, True)
    """
    addresses = [lead.about.url, *lead.extra.get("sameAs", ()), *lead.extra.get("otherIds", ())]
    terms = (page_addresses.key(name) for name in addresses if name)
    return list(dict.fromkeys(filter(None, terms)))


def _split(url: str) -> tuple[str, str]:
    if "//" not in url:
        url = "//" + url
    try:
        parts = urlsplit(url)
    except ValueError:  # brackets that are no IPv6 address
        return "", url
    return parts.netloc, unquote(parts.path)


def _term(text: str) -> str:
    """One term: no white space, and short enough for every engine."""
    return "".join(text.split()).encode("utf-8", "ignore")[:255].decode("utf-8", "ignore")

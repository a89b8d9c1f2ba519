"""Which texts and tags follow one another in a piece of HTML, whatever is written there?

A reading for words and not a tree: comments of blog engines are cut, unclosed, pasted, and
no nesting is too deep. It takes a time in proportion to the length, always. (libxml2 says
nothing when it drops what is under 256 tags, and needs 40 seconds for 50,000 attributes.)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

_NAME = re.compile(r"/?([a-zA-Z][\w.-]*(?::[a-zA-Z][\w.-]*)?)(?=[\s/>\"'<]|\Z)", re.ASCII)
"""Not `<https://a.example>`, `<zoe@a.example>` nor `a<b) {}`: text, though browsers drop it."""
_FARTHEST = 8
"""How many `>` inside quoted attributes one tag may hold."""
_LONGEST = 20_000
"""Past this many characters, attributes are not looked into."""
_RAW = {name: re.compile(f"</{name}(?=[\\s/>])", re.IGNORECASE) for name in ("script", "style")}


class Tag(NamedTuple):
    """A tag, its name in small letters. `attributes` is what follows the name, as written."""

    name: str
    closing: bool
    attributes: str

    def get(self, attribute: str) -> str:
        """An attribute's value, "" without it.

        >>> Tag("a", False, ' HREF="/x?a=1&amp;b" id=top').get("href")
        '/x?a=1&b'
        """
        if attribute not in self.attributes.lower():
            return ""
        pattern = rf"(?:^|[\s\"'/]){attribute}\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))"
        match = re.search(pattern, self.attributes[:_LONGEST], re.IGNORECASE)
        return unescape(next(filter(None, match.groups()), "")) if match else ""

    def has_class(self, *names: str) -> bool:
        """Return whether it is of one of these classes."""
        return not set(names).isdisjoint(self.get("class").split())


def tokens(html: str) -> Iterator[str | Tag]:
    """Texts, with their character references as written, and tags; no comments, no scripts.

    >>> list(tokens("a < b<br/><!-- non -->fin"))
    ['a ', '<', ' b', Tag(name='br', closing=False, attributes='/'), 'fin']
    """
    at, end = 0, len(html)
    while at < end:
        start = html.find("<", at)
        if start < 0:
            yield html[at:]
            return
        if start > at:
            yield html[at:start]
        match = _NAME.match(html, start + 1)
        if match is None:
            if html.startswith("<!--", start):
                at = _after(html, "-->", start + 4)
            elif html.startswith(("<!", "<?", "</"), start):
                at = _after(html, ">", start + 2)
            else:
                yield "<"
                at = start + 1
            continue
        last = _end_of_tag(html, match.end())
        if last < 0:
            yield html[start:]
            return
        name = match[1].lower()
        at = last + 1
        if name in _RAW:
            if match[0][0] != "/":
                closing = _RAW[name].search(html, at)
                at = end if closing is None else closing.start()
            continue
        yield Tag(name, match[0][0] == "/", html[match.end() : last])


def _after(html: str, mark: str, start: int) -> int:
    place = html.find(mark, start)
    return len(html) if place < 0 else place + len(mark)


def _end_of_tag(html: str, start: int) -> int:
    """Where the `>` of a tag is, that of no quoted attribute; -1 when there is none."""
    first = last = html.find(">", start)
    for _ in range(_FARTHEST):
        if last < 0 or last - start > _LONGEST:
            return first
        inside = html[start:last]
        if not (inside.count('"') % 2 or inside.count("'") % 2) or _closed(inside):
            return last
        last = html.find(">", last + 1)
    return first


def _closed(attributes: str) -> bool:
    """Whether every quotation mark that opens a value is closed: title="l'été" is."""
    at = 0
    while match := _OPENING.search(attributes, at):
        at = attributes.find(match[1], match.end()) + 1
        if not at:
            return False
    return True


_OPENING = re.compile(r"=\s*([\"'])")


def skip(following: Iterator[str | Tag], name: str) -> None:
    """Skip what is inside the element just begun, others of its name included."""
    depth = 1
    for token in following:
        if isinstance(token, Tag) and token.name == name:
            depth += -1 if token.closing else 1
            if not depth:
                return

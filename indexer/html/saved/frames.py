"""What did the frames of a saved page show, and where does a saving tool keep it?

In parts of an MHTML, in files of SingleFile's zip (`frames/0/index.html`), or in an address that is
the page itself (`data:text/html,…`). It is put in their `srcdoc`, as SingleFile keeps it in a page.
"""

from __future__ import annotations

import base64
import binascii
import posixpath
import re
from collections.abc import Callable
from html import escape, unescape
from itertools import islice
from typing import Any
from urllib.parse import unquote_to_bytes

import lxml.html
from lxml import etree

from indexer.text import decode

_FRAME = re.compile(
    rb"<iframe\b(?=[\s/>])(?P<before>[^>]{0,4000}?)(?<=[\s\"'])src\s{0,9}=\s{0,9}"
    rb"(?P<quote>[\"'])(?P<source>data:text/html[^\"'>]*|[^\"'>]{1,4000})(?P=quote)",
    re.IGNORECASE,
)
_DATA = re.compile(r"data:(?:text/html|application/xhtml\+xml)(?P<parameters>[^,]{0,200}),", re.I)
_CHARSET = re.compile(r"(?i);\s*charset\s*=\s*[\"']?([\w.:-]{2,40})")
_MOST_FRAMES = 50
_DEEPEST = 3
"""Frames in frames."""

Shown = tuple[str, str] | None
"""The address of a frame, and the HTML that it showed."""


def with_frames(html: bytes, most: int, shown_by: Callable[[str], Shown]) -> bytes:
    """A page with what its frames showed in their `srcdoc`, of `most` bytes at most.

    shown_by: what is known of the source of a frame.

    >>> with_frames(b'<iframe src="cid:1">', 99, lambda source: ("https://a.example", "<p>Oui"))
    b'<iframe  src="https://a.example" srcdoc="&lt;p&gt;Oui">'
    """
    room = most - len(html)

    def framed(match: re.Match[bytes]) -> bytes:
        nonlocal room
        shown = shown_by(unescape(match["source"].decode("ascii", "replace")))
        if shown is None:
            return match[0]
        address, text = shown
        frame = f' src="{escape(address)}" srcdoc="{escape(text)}"'.encode(
            "ascii", "xmlcharrefreplace"
        )
        if len(frame) > room:
            return match[0]
        room -= len(frame)
        return b"<iframe" + match["before"] + frame

    return _FRAME.sub(framed, html, count=_MOST_FRAMES)


def shown_by_data(source: str) -> Shown:
    """What a frame shows whose address is the page itself; None for another address.

    >>> shown_by_data("data:text/html;base64,PHA+T3Vp")
    ('data:text/html', '<p>Oui')
    """
    match = _DATA.match(source)
    if match is None:
        return None
    data = unquote_to_bytes(source[match.end() :])
    if match["parameters"].rstrip().lower().endswith(";base64"):
        try:
            data = base64.b64decode(data)
        except binascii.Error:
            return None
    charset = _CHARSET.search(match["parameters"])
    return "data:text/html", decode(data, charset[1] if charset else None)[0]


def with_files(
    html: bytes, most: int, folder: str, read: Callable[[str], bytes | None], depth: int = 0
) -> bytes:
    """A page of SingleFile's zip with its frames, whose pages are files beside it.

    folder: where the page is, "" or "a/". read: the bytes of a file by its name; None for none.
    """
    if depth == _DEEPEST:
        return html

    def shown_by(source: str) -> Shown:
        name = posixpath.normpath(posixpath.join(folder, source))
        data = read(name)
        if data is None:
            return None
        inside = posixpath.dirname(name) + "/"
        return source, decode(with_files(data, most, inside, read, depth + 1), None)[0]

    return with_frames(html, most, shown_by)


_MOST_SAID = 40
"""Characters of a button, or of the name of an advertisement."""


def frames_left(root: Any) -> list[tuple[str, int]]:
    """Return the addresses of frames whose words are not read, and how many characters these have.

    >>> import lxml.html
    >>> page = lxml.html.document_fromstring("<iframe src='//p.example' srcdoc='<p>"
    ...     "Un vélo électrique pour le prix d&apos;un abonnement de bus'></iframe>")
    >>> frames_left(page)
    [('//p.example', 54)]
    """
    left = []
    for frame in islice(root.iter("iframe"), _MOST_FRAMES):
        try:
            shown = lxml.html.document_fromstring(frame.get("srcdoc") or "<p>")
        except (etree.LxmlError, ValueError, AssertionError):
            continue
        for script in list(shown.iter("script", "style")):
            script.drop_tree()
        length = len(" ".join("".join(shown.itertext()).split()))
        if length > _MOST_SAID:
            left.append((frame.get("src") or "", length))
    return left

"""Which tree is in the bytes of a saved page, from which address, and when was it captured?

What a saving tool added is read, then taken away: SingleFile's and browsers' comments, the
toolbar and the addresses of web.archive.org.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import lxml.html
from lxml import etree

from indexer.html.saved.frames import shown_by_data, with_frames
from indexer.html.saved.saving_tools import saved_by
from indexer.html.saved.self_extracting import CannotExtract, extracted, is_self_extracting
from indexer.reporting import plural
from indexer.text import decode
from indexer.times import Capture

LARGEST_PAGE = 32 * 1024 * 1024
"""Bytes of a page; SingleFile's, with their pictures inside, reach 20 MiB."""
_MOST_ELEMENTS = 400_000
_MOST_ATTRIBUTES = 400


class NotHtml(ValueError):
    """These bytes are no page that can be read; the sentence says why."""


@dataclass(frozen=True, slots=True)
class SavedPage:
    """A page's tree, without comments of markup nor what the saving tool added.

    encoding: as read; `mixed` when some bytes were not of it. captured_by says where the
    capture was found.
    """

    root: Any
    encoding: str
    mixed: bool
    url: str | None
    capture: Capture
    captured_by: str


def read_saved(
    data: bytes, capture: Capture, url: str | None = None, charset: str | None = None
) -> SavedPage:
    """The page of these bytes. Raises NotHtml.

    capture: when the page was captured; the page's own capture date replaces it if it is a guess.
    url, charset: as the archive around the page gives them.

    >>> from datetime import date
    >>> page = read_saved(b"<title>Sora</title><p>Un texte", Capture(date(2024, 12, 4)))
    >>> page.root.findtext(".//p"), page.encoding
    ('Un texte', 'utf-8')
    """
    if len(data) > LARGEST_PAGE:
        raise NotHtml(f"page de plus de {LARGEST_PAGE >> 20} Mio")
    if is_self_extracting(data):
        try:
            data, charset = extracted(data, LARGEST_PAGE), None
        except CannotExtract as error:
            raise NotHtml(str(error)) from error
    if b"data:text/html" in data:
        data = with_frames(data, LARGEST_PAGE, shown_by_data)
    text, encoding, mixed = decode(data, charset)
    saved = saved_by(text)
    page_capture = saved.capture if saved.capture is not None and capture.guessed else capture
    by = saved.by if page_capture is not capture else ""
    root = _parse(_without_archive(text) if saved.by == "archive.org" else text)
    return SavedPage(root, encoding, mixed, url or saved.url, page_capture, by)


_TOOLBAR = re.compile(
    r"<!-- BEGIN WAYBACK TOOLBAR INSERT -->.*?<!-- END WAYBACK TOOLBAR INSERT -->", re.DOTALL
)
_REWRITTEN = re.compile(
    r"(?:https?:)?(?://web\.archive\.org)?/web/\d{4,14}(?:[a-z]{2}_)?/(?=https?:|mailto:)"
)


def _without_archive(text: str) -> str:
    return _REWRITTEN.sub("", _TOOLBAR.sub("", text))


def original(url: str) -> str:
    """An address without what web.archive.org and archive.today put before it.

    >>> original("https://web.archive.org/web/20241204103012/https://a.example/x")
    'https://a.example/x'
    >>> original("https://archive.ph/2024.12.04-103012/https://a.example/x")
    'https://a.example/x'
    """
    return _OF_TODAY.sub("", _REWRITTEN.sub("", url))


_OF_TODAY = re.compile(
    r"^https?://archive\.(?:today|ph|is|li|vn|fo|md)/(?:o/\w+|\d{4}\.\d\d\.\d\d-\d{6})/(?=https?:)"
)


_MOST_FRAMES = 50
_OF_COMMENTS = re.compile(r"(?i)disqus|comment|discussion|viafoura|spot\.?im|openweb")


def _frames(root: Any) -> Iterator[Any]:
    """The frames of a page, then those that are in what they showed."""
    waiting = list(root.iter("iframe"))
    for frame in waiting:
        yield frame
        if frame.tag != "iframe":
            waiting += frame.iter("iframe")


def _unfold(frame: Any) -> None:
    """Put a frame's own page in its place, if it is a thread: SingleFile keeps it in `srcdoc`."""
    frame_html = frame.get("srcdoc") or ""
    names = " ".join(filter(None, map(frame.get, ("id", "class", "title", "name", "src"))))
    if not frame_html or not (_OF_COMMENTS.search(names) or _OF_COMMENTS.search(frame_html)):
        return
    try:
        body = lxml.html.document_fromstring(_COMMENT.sub("", frame_html)).find("body")
    except (etree.LxmlError, ValueError, AssertionError):
        return
    if body is not None:
        for script in list(body.iter("script", "style")):
            script.drop_tree()
        frame.tag = "div"
        frame.attrib.pop("srcdoc")
        frame.extend(body)


_SHADOW = ("shadowrootmode", "shadowroot", "shadowmode")
"""What marks a template as content that is shown: the standard, which SingleFile writes, its
first name (Chromium 90 to 123), and Chromium's MHTML (156)."""
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_PICTURE = re.compile(r"\bdata:[\w/+.;=-]{1,80},[A-Za-z0-9+/=%_.!~*-]{256,}")
_TAG = re.compile(
    r"<[a-zA-Z][^\s/>]*+(?:[^>\"'=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?+|[\"'])*+>?", re.ASCII
)
_VALUE = re.compile(r"=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>\"']*)")
_SCRIPT = re.compile(r"(?i)(<script\b[^>]{0,2000}>)(.*?)(</script\s*>|\Z)", re.DOTALL)


def _parse(text: str) -> Any:
    scripts: list[str] = []

    def aside(match: re.Match[str]) -> str:
        scripts.append(match[2])
        return f"{match[1]}{len(scripts) - 1}{match[3]}"

    # comments of markup may hold whole copies of what is shown; scripts may hold "<!--"
    text = _COMMENT.sub("", _SCRIPT.sub(aside, text))
    text = _TAG.sub(_bounded, _PICTURE.sub("data:,", text))
    text = _FORBIDDEN.sub("", _REFERENCE.sub(_referred, text))
    parser = lxml.html.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True
    )
    try:
        root = lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise NotHtml("aucun élément HTML dans ce fichier") from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise NotHtml("éléments emboîtés sur plus de 2000 niveaux")
    count = sum(1 for _ in root.iter())
    if count > _MOST_ELEMENTS:
        raise NotHtml(f"page de {plural(count, 'élément')}, trop grosse")
    for template in root.iter("template"):
        if any(template.get(name) for name in _SHADOW):
            template.tag = "div"
    for frame in islice(_frames(root), _MOST_FRAMES):
        _unfold(frame)
    for script in root.iter("script"):
        number = script.text or ""
        script.text = _allowed(scripts[int(number)]) if number.isdecimal() else None
    return root


def _bounded(match: re.Match[str]) -> str:
    """A tag without its attributes when they are thousands, each being compared to all."""
    tag = match[0]
    if len(tag) < 2 * _MOST_ATTRIBUTES or len(_VALUE.sub("", tag).split()) <= _MOST_ATTRIBUTES:
        return tag
    name = re.match(r"<[a-zA-Z0-9]{1,40}", tag)
    return f"{name[0] if name else '<div'}>"


_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


_REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,8})|([0-9]{1,9}));?")


def _referred(match: re.Match[str]) -> str:
    """A reference to a character, unless no text can hold it."""
    code = int(match[1], 16) if match[1] else int(match[2])
    return match[0] if code < 0x110000 and not _FORBIDDEN.match(chr(code)) else ""


def _allowed(script: str) -> str:
    return _FORBIDDEN.sub("", script)

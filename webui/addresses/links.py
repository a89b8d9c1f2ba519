"""What is the address of each page, seen from outside?

Only a door knows under which prefix it is served: `root` is that prefix ("" at the root
of a host). Everything given back is a path with its question, never an absolute address.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Literal
from urllib.parse import quote, urlencode, urlsplit

from index.answering import Ask
from index.record import Record
from index.results import Span
from webui.addresses.parameters import ARTICLE, DRAWING, LISTING, SearchParams

Face = Literal["", ".json", ".csv", ".xlsx", ".atom"]


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses of our own pages, and safe ones of other people's.

    >>> Links("/glose").article("demo:sora", "red team", "section-3")
    '/glose/article/demo:sora?q=red+team#section-3'
    """

    root: str = ""
    versions: tuple[tuple[str, str], ...] = ()

    def home(self) -> str:
        return f"{self.root}/"

    def page(self, name: str) -> str:
        """One of the fixed pages: syntax, api, status, opensearch.xml…"""
        return f"{self.root}/{name}"

    def static(self, name: str) -> str:
        """A style sheet, script or picture; the address changes when its content does."""
        version = dict(self.versions).get(name)
        return f"{self.root}/static/{name}" + (f"?v={version}" if version else "")

    def search(self, params: SearchParams, face: Face = "") -> str:
        return params.address(f"{self.root}/search{face}")

    def values(self, params: SearchParams, face: Face = "") -> str:
        """The list of the values of a facet, among the answers of a question."""
        return params.address(f"{self.root}/values{face}", LISTING)

    def timeline(self, params: SearchParams, face: Face = "") -> str:
        """The picture of when a question is spoken of, in large."""
        return params.address(f"{self.root}/timeline{face}", DRAWING)

    def ask(self, question: str) -> str:
        """A question alone, without filters."""
        return self.search(SearchParams(q=question))

    def passage(self, record: Record, q: str = "") -> str:
        """A passage on its article's page; where a thread is long, on the part that it begins."""
        long = record.about.comments > ONE_PART and record.kind == "comment"
        return self.article(record.about.id, q, record.anchor, at=record.anchor if long else "")

    def article(
        self,
        id: str,
        q: str = "",
        anchor: str = "",
        face: Face = "",
        *,
        at: str = "",
        ask: Ask = Ask(),
    ) -> str:
        """An article's page, at one of its passages, with a question's words marked.

        Of a long one, the part with the anchor `at`, or the one that `ask` says.

        >>> Links().article("demo:sora", "nda", ask=Ask(start=120))
        '/article/demo:sora?q=nda&start=120'
        """
        fragment = _fragment(anchor) if anchor else ""
        query_string = _question(q, ask._replace(at=at) if at else ask)
        return f"{self.root}/article/{_segment(id)}{face}{query_string}{fragment}"


# Comments of a thread that surely goes on one page.
ONE_PART = 100
_SEGMENT = ":@!$&'()*+,;=~"
_FRAGMENT = _SEGMENT + "/?"


# the addresses of a page repeat their articles and their question
@lru_cache(maxsize=1000)
def _segment(id: str) -> str:
    return quote(id, safe=_SEGMENT)


@lru_cache(maxsize=1000)
def _fragment(anchor: str) -> str:
    return "#" + quote(anchor, safe=_FRAGMENT)


@lru_cache(maxsize=100)
def _question(q: str, ask: Ask) -> str:
    params = SearchParams(
        q, start=ask.start, at=ask.at, after=ask.after, before=ask.before, show=ask.show,
        thread_order=ask.order,
    )  # fmt: skip
    pairs = params.pairs(ARTICLE)
    return f"?{urlencode(pairs)}" if pairs else ""


def absolute(address: str, links: Links, host: str) -> str:
    """One of our addresses, seen from elsewhere; `host` is that of the home page.

    >>> absolute("/glose/search?q=nda", Links("/glose"), "https://presse.example/glose/")
    'https://presse.example/glose/search?q=nda'
    """
    return host.rstrip("/") + address.removeprefix(links.root)


# Nearly all: a table of many answers asks for each, and taking one apart takes ten times as long.
_PLAIN = re.compile(r"https?://[a-zA-Z0-9.-]+(?:[/?#][!-~]*)?")


def outside(address: str | None) -> str | None:
    """The address when it is one a page may link to (http, https), else None.

    >>> outside("javascript:alert(1)"), outside("https://demo.example/1")
    (None, 'https://demo.example/1')
    """
    if not address or _PLAIN.fullmatch(address):
        return address or None
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return None
    return address.strip() if parts.scheme in ("http", "https") and parts.netloc else None


def original(record: Record, marks: tuple[Span, ...] = ()) -> str | None:
    """The passage on the site it comes from, scrolled to the first mark where browsers can.

    >>> from index.record import About
    >>> r = Record("a#1", "comment", About("a", "A"), 1, text="un travail gratuit, quoi",
    ...            url="https://demo.example/1#c1")
    >>> original(r, ((11, 18),))
    'https://demo.example/1#c1:~:text=un%20travail-,gratuit,-%2C%20quoi'
    """
    address = outside(record.url) or outside(record.about.url)
    if address is None or not marks:
        return address
    start, end = _whole(record.text, *marks[0])
    line_start = record.text.rfind("\n", 0, start) + 1
    line = record.text[line_start:end] + record.text[end:].partition("\n")[0]
    directive = _percent_encoded(record.text[start:end])
    if before := _words_before(line, start - line_start):
        directive = f"{_percent_encoded(before)}-,{directive}"
    if after := _words_after(line, end - line_start):
        directive = f"{directive},-{_percent_encoded(after)}"
    sign = "" if "#" in address else "#"
    return f"{address}{sign}:~:text={directive}"


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """A mark, with the sign that a narrow no-break space holds it to.

    Chromium (156) cuts words at U+202F and finds none that touches one, except with the sign
    on the other side of it ("passe\u202f!"), or with a plain space for it in what is around.
    """
    while start and text[start - 1] == _NARROW:
        start = _run_begins(text, start - 1)
    while end < len(text) and text[end] == _NARROW:
        end = _run_ends(text, end + 1)
    return start, end


def _run_begins(text: str, end: int) -> int:
    while end and not text[end - 1].isspace():
        end -= 1
    return end


def _run_ends(text: str, start: int) -> int:
    while start < len(text) and not text[start].isspace():
        start += 1
    return start


def _words_before(line: str, end: int) -> str:
    """The three words before a place, plain spaces between them, whole as marks are."""
    words = list(_WORD.finditer(line, 0, end))[-_CONTEXT:]
    start = _whole(line, words[0].start(), end)[0] if words else end
    return " ".join(line[start:end].split())


def _words_after(line: str, start: int) -> str:
    """The three words after a place, in the same way."""
    words = list(islice(_WORD.finditer(line, start), _CONTEXT))
    end = _whole(line, start, words[-1].end())[1] if words else start
    return " ".join(line[start:end].split())


_NARROW = "\u202f"
_WORD = re.compile(r"\S+")
_CONTEXT = 3


def _percent_encoded(text: str) -> str:
    # a hyphen, a comma and an ampersand have a meaning in a text directive
    return quote(text, safe="").replace("-", "%2D")

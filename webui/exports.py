"""How are all the answers of a question written as a table or a feed, to the end?

Both are streamed, a page of answers in memory at a time, from one frozen state of the
index: no passage is missed or given twice while another process indexes.
"""

from __future__ import annotations

import csv as table
import datetime as dt
import io
import re
import uuid
from collections.abc import Callable, Iterator, Mapping
from typing import Literal, get_args
from xml.sax.saxutils import escape, quoteattr

from index import french
from index.record import Kind, Record
from index.results import Passage, Results
from webui.links import Links, original, outside
from webui.parameters import Asked
from webui.text import Tongue

Face = Literal["", ".json", ".csv", ".atom"]
TYPES: dict[Face, str] = {
    "": "text/html",
    ".json": "application/json",
    ".csv": "text/csv",
    ".atom": "application/atom+xml",
}
Pages = Iterator[Results]
COLUMNS = (
    "id", "article", "categories", "published", "kind", "author", "start", "end", "precision",
    "edited", "heading", "text", "link", "source",
)  # fmt: skip
# XML 1.0 has no way to write these.
_UNSPEAKABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def walk(page: Callable[[int], Results], number: int = 1) -> Pages:
    """Pages of full matches, from this one to the last."""
    while True:
        results = page(number)
        yield results
        if not results.has_next:
            return
        number += 1


def safe(cell: str) -> str:
    """A cell that a spreadsheet takes for text, never for a formula.

    >>> safe("=1+1"), safe("-2 %"), safe("oui")
    ("'=1+1", "'-2 %", 'oui')
    """
    return "'" + cell if cell.lstrip(" \xa0\u202f").startswith(_FORMULA) else cell


_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def csv(pages: Pages, links: Links, host: str, tongue: Tongue) -> Iterator[str]:
    """Semicolons, a byte order mark and CRLF: what French spreadsheets open rightly.

    `host` is the absolute address of the root, ending with a stroke.
    """
    yield "\N{BYTE ORDER MARK}" + _lines([[tongue(f"csv_{name}") for name in COLUMNS]])
    said = {name: tongue(name) for name in ("yes", "no", *_KINDS.values())}
    for results in pages:
        rows = [
            _cells(passage.record, links, host, said, tongue) for passage in _full(iter([results]))
        ]
        yield _lines([[safe(cell) for cell in row] for row in rows])


_KINDS = {kind: f"kind_{kind}" for kind in get_args(Kind)}


def atom(
    pages: Pages, asked: Asked, links: Links, host: str, tongue: Tongue, updated: str | None
) -> Iterator[str]:
    """An Atom feed (RFC 4287) of every passage, in the order of `pages`; ids never change.

    An entry is `published` when it was written and `updated` when the index first saw it.
    """
    here = _absolute(links.search(asked, ".atom"), links, host)
    there = _absolute(links.search(asked), links, host)
    cited = tongue.cited(asked.q)
    title = tongue("results_for", q=cited) if cited else tongue("results_filtered")
    yield (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{tongue.language}">\n'
        f"<title>{_xml(title)}</title><id>{_id(there)}</id>"
        f'<link rel="self" type="application/atom+xml" href={_attribute(here)}/>'
        f'<link rel="alternate" type="text/html" href={_attribute(there)}/>'
        f"<updated>{_xml(updated or _EPOCH)}</updated>\n"
    )
    for passage in _full(pages):
        yield _entry(passage, asked, links, host, tongue)
    yield "</feed>\n"


_EPOCH = "1970-01-01T00:00:00Z"


def _full(pages: Pages) -> Iterator[Passage]:
    for results in pages:
        for group in results.groups:
            yield from (one for one in group.passages if not one.partial)


def csv_name(question: str, today: dt.date) -> str:
    """What a table is saved as: the question's words, and the day.

    >>> day = dt.date(2026, 11, 28)
    >>> csv_name("« mot de passe » SAUF été", day), csv_name("", day)
    ('glose-mot-de-passe-sauf-ete-2026-11-28.csv', 'glose-2026-11-28.csv')
    """
    words = re.findall(r"[a-z0-9]+", french.fold(question))
    slug = "-".join(words)[:_NAME].strip("-")
    return "-".join(filter(None, ("glose", slug, today.isoformat()))) + ".csv"


_NAME = 60


def _when(time: str | None, precision: str, tongue: Tongue) -> str:
    """A time as spreadsheets read it, in the pages' own zone, as far as it is known."""
    if not time or len(time) <= len("2024-05-02"):
        return time or ""
    local = tongue.local(time).strftime("%Y-%m-%d %H:%M:%S")
    return local[: _KNOWN.get(precision, len(local))]


_KNOWN = {"day": 10, "month": 7, "year": 4}


def _cells(
    record: Record, links: Links, host: str, said: Mapping[str, str], tongue: Tongue
) -> list[str]:
    about = record.about
    return [
        record.id,
        about.title,
        ", ".join(about.categories),
        _when(about.published, "", tongue),
        said[_KINDS[record.kind]],
        (record.author if record.kind == "comment" else ", ".join(about.authors)) or "",
        _when(record.start, record.precision, tongue),
        _when(record.end, record.precision, tongue),
        record.precision,
        said["yes" if record.edited else "no"],
        "" if record.kind == "lead" else record.heading,
        record.text,
        _absolute(links.passage(record), links, host),
        original(record) or "",
    ]


def _lines(rows: list[list[str]]) -> str:
    lines = io.StringIO()
    table.writer(lines, delimiter=";", lineterminator="\r\n").writerows(
        [[cell.replace("\0", "") for cell in row] for row in rows]
    )
    return lines.getvalue()


def _entry(passage: Passage, asked: Asked, links: Links, host: str, tongue: Tongue) -> str:
    record = passage.record
    about = record.about
    if record.kind == "comment":
        name = record.author
        what = tongue("comment_of", name=name) if name else tongue("comment_nobody")
    elif record.kind == "lead":
        what = tongue("lead")
    else:
        what = record.heading or tongue("section_opening")
    authors = [record.author] if record.kind == "comment" else list(about.authors)
    said = " […] ".join(piece.text for piece in passage.snippets) or record.text
    link = _absolute(links.passage(record, asked.q), links, host)
    source = outside(record.url)
    via = f'<link rel="via" href={_attribute(source)}/>' if source else ""
    first = f"<published>{_xml(record.start)}</published>" if record.start else ""
    return (
        f"<entry><title>{_xml(f'{what} — {about.title}')}</title><id>{_id(record.id)}</id>"
        f'<link rel="alternate" type="text/html" href={_attribute(link)}/>{via}{first}'
        f"<updated>{_seen(record)}</updated>"
        + "".join(f"<author><name>{_xml(one or '?')}</name></author>" for one in authors or ["?"])
        + f'<summary type="text">{_xml(said)}</summary></entry>\n'
    )


def _seen(record: Record) -> str:
    """When the index first saw it: what a feed reader sorts by, and takes for new."""
    if not record.seen:
        return _xml(record.end or record.start or record.about.published or _EPOCH)
    return dt.datetime.fromtimestamp(record.seen, dt.UTC).isoformat("T", "seconds")


def _absolute(address: str, links: Links, host: str) -> str:
    return host.rstrip("/") + address.removeprefix(links.root)


def _id(name: str) -> str:
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}"


def _xml(text: str) -> str:
    return escape(_UNSPEAKABLE.sub("\N{REPLACEMENT CHARACTER}", text))


def _attribute(text: str) -> str:
    return quoteattr(_UNSPEAKABLE.sub("\N{REPLACEMENT CHARACTER}", text))

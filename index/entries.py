"""What does an engine receive of a record?

Its texts read once into terms, its values to filter by, and itself to be given back.
What all the passages of one article share is made once for them all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import cached_property, lru_cache
from hashlib import sha256
from zoneinfo import ZoneInfo

from index import addresses, french
from index.engines import Entry
from index.reading import Given, Read, Readers
from index.record import About, Record

_PARIS = ZoneInfo("Europe/Paris")
_LINK = re.compile(r"https?://\S")

_folded = lru_cache(maxsize=10_000)(french.fold)


def entries(records: Iterable[Record]) -> Iterator[Entry]:
    """What an engine is given for each record.

    >>> record = Record(id="a#comment-1", kind="comment", about=About("a", "Sora"), position=1,
    ...                 text="L’avocat a parlé")
    >>> [entry] = entries([record])
    >>> entry.terms["text"]
    'avocat a parle'
    """
    given = [(record, record.seen) for record in records]
    return entries_of(Readers().give(given))


def entries_of(read: Iterable[tuple[Given, Read]]) -> Iterator[Entry]:
    """The same, of records whose text and heading were already read."""
    article: _Article | None = None
    for (record, seen), (text, heading) in read:
        if article is None or record.about is not article.about:
            article = _Article(record.about)
        yield Entry(
            record.id,
            record.about.id,
            _terms(record, article, text, heading) if record.visible else {},
            _values(record, article, seen),
            record.dump(seen),
        )


class _Article:
    """What the passages of one article have in common."""

    def __init__(self, about: About) -> None:
        self.about = about

    @cached_property
    def title(self) -> french.Reading:
        return french.read(self.about.title)

    @cached_property
    def terms(self) -> dict[str, str]:
        title = self.title
        return {
            "title": title.exact,
            "title_stem": _joined(title.stem, title.variant_stems),
            "title_variants": title.variants,
            "url": " ".join(self.addresses),
        }

    @cached_property
    def addresses(self) -> list[str]:
        return addresses.pieces(self.about.url or "")

    @cached_property
    def values(self) -> dict[str, Sequence[str] | int]:
        about = self.about
        values: dict[str, Sequence[str] | int] = {
            "article": [about.id],
            "group": group(about.id),
            "comments": about.comments,
        }
        if about.reading_minutes is not None:
            values["minutes"] = about.reading_minutes
        for name, shown in (("category", about.categories), ("author", about.authors)):
            if shown:
                values[name] = [_folded(one) for one in shown]
                values[name + "_shown"] = shown
        return values


def _terms(
    record: Record, article: _Article, text: french.Reading, heading: french.Reading
) -> dict[str, str]:
    terms = dict(article.terms)
    terms["text"] = text.exact
    stems = [text.stem, text.variant_stems]
    variants = [text.variants]
    if record.kind == "lead":
        # its title is its own words: counted with them, and not once more
        terms["title_stem"] = ""
    if record.heading:
        if record.kind == "lead":
            heading = article.title
        terms["heading"] = heading.exact
        terms["heading_stem"] = _joined(heading.stem, heading.variant_stems)
        stems += [heading.stem, heading.variant_stems]
        variants.append(heading.variants)
    if record.quotes:
        quoted = french.read(record.quoted)
        terms["quoted"] = quoted.exact
        stems += [quoted.stem, quoted.variant_stems]
        variants.append(quoted.variants)
    terms["stem"] = _joined(*stems)
    terms["variants"] = _joined(*variants)
    if record.url and record.url.partition("#")[0] != record.about.url:
        more = [one for one in addresses.pieces(record.url) if one not in article.addresses]
        terms["url"] = _joined(terms["url"], *more)
    if record.kind == "lead":
        terms["url"] = _joined(terms["url"], *addresses.keys(record))
    return terms


def _joined(*parts: str) -> str:
    return " ".join([part for part in parts if part])


def _values(record: Record, article: _Article, seen: int) -> dict[str, Sequence[str] | int]:
    values = dict(article.values)
    values["id"] = [record.id]
    values["kind"] = [record.kind]
    values["state"] = _states(record)
    values["seen"] = seen
    if record.author:
        values["commenter"] = [_folded(record.author)]
        values["commenter_shown"] = [record.author]
    start = record.start or record.about.published
    if start is not None:
        values["start"], values["month"] = _moment(start)
        values["end"] = _moment(record.end or start)[0]
    return values


def _states(record: Record) -> list[str]:
    states = []
    if record.visible:
        states.append("visible")
    if record.edited:
        states.append("edited")
    if record.parent is not None:
        states.append("reply")
    if "://" in record.text and _LINK.search(record.text):
        states.append("link")
    if record.quotes:
        states.append("quote")
    return states


@lru_cache(maxsize=1000)
def _moment(time: str) -> tuple[int, list[str]]:
    """Seconds since 1970, and the month in Paris."""
    moment = datetime.fromisoformat(time)
    local = moment.astimezone(_PARIS)
    return int(moment.timestamp()), [f"{local.year:04}-{local.month:02}"]


@lru_cache(maxsize=1000)
def group(article: str) -> int:
    """The number under which an article's passages are grouped: 62 bits of its id's hash.

    >>> group("demo:sora") == group("demo:sora") < 2**62
    True
    """
    return int.from_bytes(sha256(article.encode()).digest()[:8], "big") >> 2

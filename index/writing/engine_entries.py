"""What does an engine receive of a record?

Its texts read once into terms, its values to filter by, and itself to be given back.
What all the passages of one article share is made once for them all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cached_property, lru_cache
from hashlib import sha256

from index import address_words, french
from index.engines import Entry, Shared
from index.moments import PARIS, moment
from index.record import About, Record
from index.writing.reading import DatedRecord, Readers, Readings

_LINK = re.compile(r"https?://[^\s<>\"'\[\](){}«»“”|]+", re.IGNORECASE)
"""An address in a text, typed there or in a mark: `[url=…]`, `<a href="…">`, `[ici](…)`."""
_AFTER_LINK = ".,;:!?…*_~"
"""What ends a sentence, or what is emphasised, and no address."""

_folded = lru_cache(maxsize=10_000)(french.fold)


def entries(records: Iterable[Record]) -> Iterator[Entry]:
    """Return the engine's entry of each record.

    >>> record = Record(id="a#comment-1", kind="comment", about=About("a", "Sora"), position=1,
    ...                 text="L’avocat a parlé")
    >>> [entry] = entries([record])
    >>> entry.terms["text"]
    'avocat a parle'
    """
    dated = [(record, record.seen) for record in records]
    return entries_of(Readers().give(dated))


def entries_of(records: Iterable[tuple[DatedRecord, Readings]]) -> Iterator[Entry]:
    """Return the entries of records whose text and heading were already read."""
    article: _Article | None = None
    for (record, seen), (text, heading) in records:
        if article is None or record.about is not article.about:
            article = _Article(record.about)
        if record.kind == "lead" and record.heading == record.about.title:
            article.title = heading
        visible = record.visible
        yield Entry(
            record.id,
            _terms(record, article, text, heading) if visible else {},
            _values(record, visible, seen),
            record.dump(seen),
            article.passage if visible else article.hidden,
        )


class _Article:
    """What the passages of one article have in common."""

    def __init__(self, about: About) -> None:
        self.about = about

    @cached_property
    def title(self) -> french.Reading:
        """As its lead's heading, which was read already when it comes first."""
        return french.read(self.about.title)

    @cached_property
    def title_stem(self) -> str:
        return _joined(self.title.stem, self.title.variant_stems)

    @cached_property
    def passage(self) -> Shared:
        """Return what the records that searches find share."""
        terms = {
            "title": self.title.exact,
            "title_variants": self.title.variants,
            "url": " ".join(self.addresses),
        }
        return Shared(terms, self.hidden.values)

    @cached_property
    def hidden(self) -> Shared:
        """Return what the records that only filters reach share."""
        about = self.about
        values: dict[str, Sequence[str] | int] = {
            "article": [about.id],
            "group": group(about.id),
            "comments": about.comments,
        }
        if about.reading_minutes is not None:
            values["minutes"] = about.reading_minutes
        for name, names in (("category", about.categories), ("author", about.authors)):
            if names:
                values[name] = [_folded(value) for value in names]
                values[name + "_shown"] = names
        return Shared({}, values)

    @cached_property
    def addresses(self) -> list[str]:
        return address_words.pieces(self.about.url or "")


def _terms(
    record: Record, article: _Article, text: french.Reading, heading: french.Reading
) -> dict[str, str]:
    terms = {"text": text.exact}
    stems = [text.stem, text.variant_stems]
    variants = [text.variants]
    url: list[str] = []
    if record.kind == "lead":
        # its title is its own words: counted with them, and not once more
        heading = article.title
        url += address_words.keys(record)
    else:
        terms["title_stem"] = article.title_stem
    if record.heading:
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
        url += [
            piece for piece in address_words.pieces(record.url) if piece not in article.addresses
        ]
    for link in (*_links(record), *_typed(record.text)):
        url += [piece for piece in address_words.pieces(link) if piece not in article.addresses]
    if url:
        terms["url"] = " ".join(dict.fromkeys(url))
    return terms


def _links(record: Record) -> list[str]:
    """Where the words of a passage lead; JSON Lines may hold anything there."""
    links = record.extra.get("links")
    return [link for link in links if isinstance(link, str)] if isinstance(links, list) else []


def _typed(text: str) -> list[str]:
    """The addresses that a text shows, or that its marks of BBCode, HTML or Markdown hold.

    >>> _typed("Voir [url=http://a.example/x]ici[/url], https://b.example/y.")
    ['http://a.example/x', 'https://b.example/y']
    """
    if "://" not in text:
        return []
    addresses = (link.rstrip(_AFTER_LINK) for link in _LINK.findall(text))
    return list(dict.fromkeys(addresses))


def _joined(*parts: str) -> str:
    return " ".join([part for part in parts if part])


def _values(record: Record, visible: bool, seen: int) -> dict[str, Sequence[str] | int]:
    values: dict[str, Sequence[str] | int] = {
        "id": [record.id],
        "kind": [record.kind],
        "state": _states(record, visible),
        "seen": seen,
        "position": record.position,
    }
    if record.author:
        values["commenter"] = [_folded(record.author)]
        values["commenter_shown"] = [record.author]
    start = record.start or record.about.published
    if start is not None:
        values["start"], first_month = _moment(start)
        values["end"], last_month = _moment(record.end or start)
        if record.start is None and record.about.precision == "year":
            values["month"] = [first_month[:4]]
        elif period := _shared(first_month, last_month):
            values["month"] = [period]
    return values


def _shared(first_month: str, last_month: str) -> str:
    """The month a passage was written in, or its year where no more is known; else empty.

    >>> _shared("2021-06", "2021-06"), _shared("2021-01", "2021-12"), _shared("2021-12", "2022-01")
    ('2021-06', '2021', '')
    """
    if first_month == last_month:
        return first_month
    year = first_month[:4]
    return year if last_month[:4] == year else ""


def _states(record: Record, visible: bool) -> list[str]:
    states = ["visible"] if visible else []
    if record.edited:
        states.append("edited")
    if record.parent is not None:
        states.append("reply")
    if _links(record) or _typed(record.text):
        states.append("link")
    if record.quotes:
        states.append("quote")
    return states


@lru_cache(maxsize=1000)
def _moment(time: str) -> tuple[int, str]:
    """Seconds since 1970, and the month in Paris."""
    local = instant = moment(time)
    # no offset is two days from Paris, and asking Paris takes long
    if not 1 < instant.day < 27:
        with suppress(OverflowError):  # it is already the year 0 or 10000 somewhere
            local = instant.astimezone(PARIS)
    return int(instant.timestamp()), f"{local.year:04}-{local.month:02}"


@lru_cache(maxsize=1000)
def group(article: str) -> int:
    """The number under which an article's passages are grouped: 62 bits of its id's hash.

    >>> group("demo:sora") == group("demo:sora") < 2**62
    True
    """
    return int.from_bytes(sha256(article.encode()).digest()[:8], "big") >> 2

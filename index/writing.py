"""How do records enter the index?

Each text is read once, and the engine receives its terms. Only what changed is written:
an article read again writes the passages that are new or different, and takes away those
that its page no longer has.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

from index import addresses, erasing, forgotten, french
from index.engines import Engine, Entry, Reader, Writer
from index.engines.kept import Kept
from index.forgotten import Forgotten
from index.record import About, Record

_PARIS = ZoneInfo("Europe/Paris")
_LINK = re.compile(r"https?://\S")
# A commit costs some fsyncs; an interrupted run loses at most what follows the last one.
BATCH = 100_000
_BATCH_BYTES = 256_000_000


@dataclass(frozen=True, slots=True)
class Written:
    """What a run did, in records; `records` is how many it was given."""

    records: int = 0
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0


def write(
    engine: Engine,
    articles: Iterable[Sequence[Record]],
    *,
    seen: int,
    progress: Callable[[int], None] | None = None,
) -> Written:
    """Write articles, each given whole as all its records; commits at the end and now and then.

    `seen` is the run's time in seconds since 1970: the date at which new passages were first
    seen. `progress` is told how many records were just handled. What is of somebody the index
    has forgotten does not come back, and is counted nowhere. Raises IndexUnavailable; what was
    committed before it stays.
    """
    done = Written()
    names = _forgotten(engine)
    with engine.writer() as writer:
        batch = _Batch(engine, writer)
        for given in articles:
            records = erasing.erase(given, names).left if names else given
            if not records:
                continue
            batch.make_room_for(records[0].about.id)
            change = _change(batch.reader, records, seen)
            batch.write(change)
            done = Written(
                done.records + len(records),
                done.added + change.added,
                done.updated + len(change.fresh) - change.added,
                done.unchanged + len(records) - len(change.fresh),
                done.removed + len(change.gone),
            )
            if progress is not None:
                progress(len(records))
    return done


def _forgotten(engine: Engine) -> Forgotten:
    if not isinstance(engine, Kept):
        return Forgotten()
    with engine.faults():
        return forgotten.load(engine.path)


class _Batch:
    """What was written since the last commit, and the state of the index at that commit."""

    def __init__(self, engine: Engine, writer: Writer) -> None:
        self._engine = engine
        self._writer = writer
        self.reader = engine.reader()
        self._articles: set[str] = set()
        self._records = 0
        self._bytes = 0

    def make_room_for(self, article: str) -> None:
        """Commit when the batch is full, or holds this article: it must be seen as it is."""
        full = self._records >= BATCH or self._bytes >= _BATCH_BYTES
        if full or article in self._articles:
            self._writer.commit()
            self.reader = self._engine.reader()
            self._articles.clear()
            self._records = self._bytes = 0
        self._articles.add(article)

    def write(self, change: _Change) -> None:
        if change.replaced or change.gone:
            self._writer.remove([*change.replaced, *change.gone])
        if change.fresh:
            self._writer.add(self._weighed(entries(change.fresh)))
            self._records += len(change.fresh)

    def _weighed(self, written: Iterable[Entry]) -> Iterator[Entry]:
        for entry in written:
            self._bytes += len(entry.stored)
            yield entry


@dataclass(frozen=True, slots=True)
class _Change:
    fresh: list[Record]
    replaced: list[str]
    gone: list[str]

    @property
    def added(self) -> int:
        return len(self.fresh) - len(self.replaced)


def _change(reader: Reader, records: Sequence[Record], seen: int) -> _Change:
    """What differs between an article's records and those the index holds."""
    held: dict[str, tuple[Record, bytes]] = {}
    if reader.size():
        for stored in reader.passages(records[0].about.id):
            record = Record.load(stored)
            held[record.id] = record, stored
    fresh, replaced = [], []
    for record in records:
        old = held.pop(record.id, None)
        if old is None:
            fresh.append(replace(record, seen=seen))
            continue
        same = replace(record, seen=old[0].seen)
        if same.dump() != old[1]:
            fresh.append(same)
            replaced.append(record.id)
    return _Change(fresh, replaced, list(held))


def entries(records: Iterable[Record]) -> Iterable[Entry]:
    """What an engine is given for each record.

    >>> record = Record(id="a#comment-1", kind="comment", about=About("a", "Sora"), position=1,
    ...                 text="L’avocat a parlé")
    >>> [entry] = entries([record])
    >>> entry.terms["text"]
    'avocat a parle'
    """
    title, read = "", french.read("")
    for record in records:
        if record.about.title != title:
            title = record.about.title
            read = french.read(title)
        yield Entry(
            record.id,
            record.about.id,
            _terms(record, read) if record.visible else {},
            _values(record),
            record.dump(),
        )


def _terms(record: Record, title: french.Reading) -> dict[str, str]:
    text = french.read(record.text)
    # the lead's heading is the title, already read
    heading = title if record.kind == "lead" else french.read(record.heading)
    terms = {
        "text": text.exact,
        "heading": heading.exact,
        "title": title.exact,
        "title_stem": _joined(title.stem, title.variant_stems),
        "title_variants": title.variants,
        "heading_stem": _joined(heading.stem, heading.variant_stems),
    }
    own = [text, heading]
    if record.quotes:
        quoted = french.read(record.quoted)
        terms["quoted"] = quoted.exact
        own.append(quoted)
    terms["stem"] = _joined(*(part for one in own for part in (one.stem, one.variant_stems)))
    terms["variants"] = _joined(*(one.variants for one in own))
    if record.about.url or record.url:
        terms["url"] = _joined(
            *addresses.pieces(record.about.url or ""), *addresses.pieces(record.url or "")
        )
    return terms


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _values(record: Record) -> dict[str, Sequence[str] | int]:
    about = record.about
    values: dict[str, Sequence[str] | int] = {
        "id": [record.id],
        "article": [about.id],
        "kind": [record.kind],
        "state": _states(record),
        "group": group(about.id),
        "comments": about.comments,
        "seen": record.seen,
    }
    if about.reading_minutes is not None:
        values["minutes"] = about.reading_minutes
    for name, shown in (
        ("category", about.categories),
        ("author", about.authors),
        ("commenter", (record.author,) if record.author else ()),
    ):
        if shown:
            values[name] = [french.fold(one) for one in shown]
            values[name + "_shown"] = shown
    start = record.start or about.published
    if start is not None:
        values["start"], values["month"] = _moment(start)
        values["end"] = _moment(record.end or start)[0]
    return values


def _states(record: Record) -> list[str]:
    states = {
        "visible": record.visible,
        "edited": record.edited,
        "reply": record.parent is not None,
        "link": bool(_LINK.search(record.text)),
        "quote": bool(record.quotes),
    }
    return [name for name, holds in states.items() if holds]


def _moment(time: str) -> tuple[int, list[str]]:
    """Seconds since 1970, and the month in Paris."""
    moment = datetime.fromisoformat(time)
    return int(moment.timestamp()), [f"{moment.astimezone(_PARIS):%Y-%m}"]


def group(article: str) -> int:
    """The number under which an article's passages are grouped: 62 bits of its id's hash.

    >>> group("demo:sora") == group("demo:sora") < 2**62
    True
    """
    return int.from_bytes(sha256(article.encode()).digest()[:8], "big") >> 2


__all__ = ["About", "Written", "entries", "group", "write"]

"""Which article is an entry of wallabag, a page that somebody kept to read?

Its text is the page's, its dates are of two kinds: when the page was published, if it told,
and when it was kept, which is the date of capture. What the reader wrote in the margin is
private, and is left aside unless it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from indexer.article import PARTIAL, Article, Quote, addresses, article_id
from indexer.canonical import Object, lenient_json
from indexer.markup import Words, line, sections
from indexer.reporting import LeftAside, Outcome, Remark, Skipped
from indexer.threads import Answer, comments, display_name
from indexer.times import machine_time

_NOT_FETCHED = "wallabag can't retrieve contents"
"""How the text begins that wallabag puts where it could not read a page (2.6, a parameter)."""
_FEWEST_ERROR = 400
PROGRAM = "wallabag"


def entry_outcomes(
    name: str, entries: Iterable[Object | Remark | Skipped], *, annotations: bool
) -> Iterator[Outcome]:
    """Yield the articles of a file's entries and what is not read of it, then what was left aside.

    name: the file's. annotations: as of `entry_article`.
    """
    left_aside = LeftAside()
    count = 0
    for entry in entries:
        if isinstance(entry, Remark | Skipped):
            yield entry
        elif article := entry_article(entry, left_aside, annotations=annotations):
            count += 1
            yield article
        else:
            left_aside.add("empty_entries")
    yield from left_aside.remarks(name)
    if not count and not left_aside.count("empty_entries"):
        yield Skipped(name, "aucun article de wallabag")


def entry_article(
    entry: Object, left_aside: LeftAside, *, annotations: bool = False
) -> Article | None:
    """The article of an entry; None for one without an address nor a title.

    annotations: whether the reader's notes are its comments; else they are counted in `left_aside`.

    >>> article = entry_article({"title": "Le phare", "url": "https://a.example/phare",
    ...                          "content": "<p>Vu.</p>", "reading_time": 3}, LeftAside())
    >>> article.headline, article.time_required, article.sections[0].text
    ('Le phare', 'PT3M', 'Vu.')
    """
    url = lenient_json.text(entry.get("url")).strip()
    html = lenient_json.text(entry.get("content"))
    if line(html[:200]).startswith(_NOT_FETCHED):
        html = ""
    headline = line(lenient_json.text(entry.get("title")))[:500]
    if not headline and not url:
        return None
    headline = headline or addresses.title(url)
    page = addresses.page(url)
    web = url if page is not None and page.host else None
    body = sections(html)
    left_aside.add("no_text", not body)
    published = machine_time(lenient_json.text(entry.get("published_at")))
    identity = article_id(headline, published, web)
    minutes = lenient_json.count(entry.get("reading_time"))
    notes = lenient_json.objects(entry.get("annotations"))
    if not annotations:
        left_aside.add("private_notes", len(notes))
    return Article(
        id=identity,
        headline=headline,
        url=web,
        same_as=_other_addresses(entry, web),
        keywords=_tags(entry.get("tags")),
        author=_people(entry.get("published_by")),
        date_published=published,
        time_required=f"PT{minutes}M" if minutes else None,
        in_language=lenient_json.text(entry.get("language")).replace("_", "-")[:35] or None,
        captured_at=machine_time(lenient_json.text(entry.get("created_at"))),
        sections=body,
        comments=comments(identity, map(_note, notes), PROGRAM) if annotations else (),
        extra={} if body and not _failed(entry) else dict(PARTIAL),
    )


def _failed(entry: Object) -> bool:
    """Whether the site had answered that it could not show the page."""
    status = lenient_json.text(entry.get("http_status"))
    return status.isdecimal() and int(status) >= _FEWEST_ERROR


def _other_addresses(entry: Object, url: str | None) -> tuple[str, ...]:
    """Other addresses of the page: the one that was given, the one that led there."""
    other_addresses: list[str] = []
    for name in ("given_url", "origin_url"):
        other = lenient_json.text(entry.get(name)).strip()
        known_addresses = [url or "", *other_addresses]
        if addresses.site(other) and not any(
            addresses.same(other, former) for former in known_addresses
        ):
            other_addresses.append(other)
    return tuple(other_addresses)


def _tags(value: Any) -> tuple[str, ...]:
    """Tags: texts, objects with a label (the API), or one text between commas (v1, CSV)."""
    tags = value.split(",") if type(value) is str else value
    labels = []
    for tag in tags if type(tags) is list else ():
        label = tag.get("label") if type(tag) is dict else tag
        labels.append(line(lenient_json.text(label)))
    return tuple(dict.fromkeys(filter(None, labels)))


def _people(value: Any) -> tuple[str, ...]:
    people = value if type(value) is list else [value]
    names = (display_name(lenient_json.text(person)) for person in people)
    return tuple(dict.fromkeys(filter(None, names)))


def _note(note: Object) -> Answer:
    quoted = lenient_json.text(note.get("quote")).strip()
    return Answer(
        name=lenient_json.text(note.get("id")),
        author=display_name(lenient_json.text(note.get("user"))),
        published=machine_time(lenient_json.text(note.get("created_at"))),
        words=Words(
            "\n".join(
                filter(None, map(str.strip, lenient_json.text(note.get("text")).split("\n")))
            ),
            (Quote(quoted),) if quoted else (),
        ),
    )

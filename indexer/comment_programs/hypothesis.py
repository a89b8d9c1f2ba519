"""Which public annotations of pages are in Hypothesis's JSON?

What its client exports (`annotations`), what its API answers to a search (`rows`, `replies`),
or annotations one after the other. Only those that everybody may read are kept: a private one
may well be in the public group, and `permissions.read` alone says who reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, Any

from indexer.article import Publication, Quote, addresses
from indexer.canonical import Object, lenient_json
from indexer.files import (
    CapturedFile,
    FileFormat,
    PrefixedFile,
    Spool,
    opening,
    placed_values,
)
from indexer.markup import Words, line, marked
from indexer.reporting import LeftAside, Outcome, Rank, Remark, Skipped
from indexer.threads import Answer, display_name, identifier, thread_article, thread_depths

_BOM = b"\xef\xbb\xbf"
_HEAD = 65536
_PUBLIC = "group:__world__"
_LISTS = ("annotations", "rows", "replies")
_ACCOUNT = re.compile(r"acct:([^@\s]{1,200})@")
_LONGEST_QUOTE = 5000


class HypothesisFormat(FileFormat):
    """The reader of Hypothesis's JSON; `publication` tells groups that are public besides all."""

    name = "hypothesis"
    rank = Rank.COMMENTS

    def fits(self, head: bytes) -> bool:
        """Return whether the file is JSON of annotations, or an export of the client without any.

        >>> HypothesisFormat().fits(b'{"rows": [{"uri": "", "permissions": {"read": []}}]}')
        True
        """
        if opening.names(head, "uri", "permissions", "read"):
            return True
        return opening.names(head, "export_userid", "client_version", "annotations")

    def outcomes(self, file: CapturedFile, opened: IO[bytes]) -> Iterator[Outcome]:
        """One partial article for each page."""
        head = opened.read(_HEAD)
        left_aside = LeftAside()
        read = 0
        with Spool() as pages:
            for placed in placed_values(PrefixedFile(head, opened), file.name, *_places(head)):
                if isinstance(placed, Skipped):
                    yield placed
                    continue
                annotation = lenient_json.inside(placed.value)
                read += 1
                if "permissions" not in annotation and "uri" not in annotation:
                    left_aside.add("other_kinds")
                elif not _is_public(annotation, self._options.publication):
                    left_aside.add("private_notes")
                else:
                    url = _address(annotation)
                    page = addresses.page(url)
                    pages.put(
                        url if page is None else page.whole,
                        [url, _title(annotation), _fields(annotation)],
                    )
            for place in pages.names():
                rows = sorted(pages.of(place), key=lambda row: row[2]["published"] or "")
                title = next((row[1] for row in rows if row[1]), "")
                answers = (_answer(**row[2]) for row in rows)
                # without what a campaign adds to it
                url = min((row[0] for row in rows), key=len)
                article = thread_article(url, title, answers, "hypothesis", place)
                left_aside.add("orphan", thread_depths(article.comments).orphans)
                yield article
        if (total := _total(head)) > read:
            # the interface of Hypothesis gives twenty at a time, or as many as `limit` says
            message = f"{total} annotations annoncées, {read} dans le fichier ; &limit=200&offset=…"
            yield Remark("comment_count", message, file.name)
        yield from left_aside.remarks(file.name)


_TOTAL = re.compile(rb'\s*\{\s*"total"\s*:\s*(\d{1,9})\s*,')


def _places(head: bytes) -> tuple[str, ...]:
    """Where annotations are in a file that begins so."""
    if opening.is_list(head):
        return ("item",)
    if any(re.search(rb'"%s"\s*:\s*\[' % name.encode(), head) for name in _LISTS):
        return tuple(f"{name}.item" for name in _LISTS)
    return ("",)


def _total(head: bytes) -> int:
    """How many annotations an answer of the interface says that there are; 0 when it does not.

    >>> _total(b'{"total": 300, "rows": []}'), _total(b'{"rows": [{"total": 300}]}')
    (300, 0)
    """
    match = _TOTAL.match(head.removeprefix(_BOM))
    return int(match[1]) if match else 0


def _is_public(annotation: Object, publication: Publication) -> bool:
    """Whether everybody may read it, and no moderator has hidden it.

    >>> _is_public({"permissions": {"read": ["acct:a@h.is"]}, "group": "__world__"}, Publication())
    False
    """
    readers = lenient_json.inside(annotation.get("permissions")).get("read")
    if (
        annotation.get("hidden") is True
        or annotation.get("deleted") is True
        or type(readers) is not list
    ):
        return False
    groups = (name for name in readers if type(name) is str and name.startswith("group:"))
    return any(publication.allows_of(name, [_PUBLIC]) for name in groups)


def _address(annotation: Object) -> str:
    """The page that is annotated: of a PDF or a file, an address that the web knows, if any."""
    targets = lenient_json.objects(annotation.get("target"))
    links = lenient_json.objects(lenient_json.inside(annotation.get("document")).get("link"))
    candidates = [lenient_json.text(annotation.get("uri"))]
    candidates += [lenient_json.text(target.get("source")) for target in targets]
    candidates += [lenient_json.text(link.get("href")) for link in links]
    candidates = [url.strip() for url in candidates if url.strip()]
    web = next((url for url in candidates if url.startswith(("http://", "https://"))), "")
    if web:
        return web
    # where a file is on somebody's disk is theirs to tell
    return next((url for url in candidates if not url.startswith("file:")), "file")


def _title(annotation: Object) -> str:
    title = lenient_json.inside(annotation.get("document")).get("title")
    first = title[0] if type(title) is list and title else title
    return line(lenient_json.text(first))[:500]


def _fields(annotation: Object) -> dict[str, Any]:
    """The fields of its answer, as plain data: its text in Markdown, and what it quotes apart."""
    references = annotation.get("references")
    above = references[-1] if type(references) is list and references else ""
    created, updated = (lenient_json.time(annotation.get(name)) for name in ("created", "updated"))
    public_name = lenient_json.text(
        lenient_json.inside(annotation.get("user_info")).get("display_name")
    )
    account = _ACCOUNT.match(lenient_json.text(annotation.get("user")))
    quotes = [
        quote
        for target in lenient_json.objects(annotation.get("target"))
        for selector in lenient_json.objects(target.get("selector"))
        if (quote := " ".join(lenient_json.text(selector.get("exact")).split()))
    ]
    return {
        "name": identifier(lenient_json.text(annotation.get("id"))),
        "parent": identifier(lenient_json.text(above)),
        "author": display_name(public_name) or (display_name(account[1]) if account else None),
        "published": created,
        "modified": updated if updated != created else None,
        "text": lenient_json.text(annotation.get("text")),
        "quoted": [quote[:_LONGEST_QUOTE] for quote in quotes],
    }


def _answer(text: str, quoted: list[str], **fields: Any) -> Answer:
    words = marked(text)
    quotes = (*map(Quote, quoted), *words.quotes)
    return Answer(**fields, words=Words(words.text, quotes, words.links))

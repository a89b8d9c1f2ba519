"""Which articles does a text of Movable Type give?

Entries of state `Publish`, with their comments: these have neither names nor parents. Times have
no zone, and are written month first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

from indexer.article import EMPTY, PARTIAL, Article, Publication, addresses, article_id
from indexer.files import CapturedFile, ContentFirst, FileFormat, open_bytes
from indexer.markup import beginning, line, section_lines, words
from indexer.movable_type.entries import KEYS, PARTS, Entry, Part, entries, lines_of
from indexer.movable_type.texts import body, keywords, tags
from indexer.reporting import LeftAside, Outcome, Rank, Remark, Skipped, WithheldArticle, shorten
from indexer.threads import Answer, comments, display_name, identifier
from indexer.times import Times

_BEGINS = re.compile(rb"[\s-]*([A-Z][A-Z ]{1,30}):")
_HAS_PART = re.compile(
    rb"[\r\n]-----[ \t]*[\r\n]+\s*(?:BODY|EXTENDED BODY|EXCERPT|KEYWORDS|COMMENT|PING):[ \t]*[\r\n]"
)
_DATE = re.compile(r"DATE:\s*(\d{1,2})[/.-](\d{1,2})[/.-]\d{2,4}\b")
_OF_COMMENTS = re.compile(r"([A-Z][A-Z0-9 _-]{1,30}):[ \t]*(.*)")
_OWN = frozenset(
    ("AUTHOR", "EMAIL", "IP", "URL", "DATE", "TITLE", "BLOG NAME", "VISIBLE", "STATUS")
)
"""What a comment says of itself, before its text."""


class MovableTypeFormat(ContentFirst, FileFormat):
    """The reader of Movable Type's text.

    Without `month_first`, days are in Movable Type's own order, month first, unless a day of the
    file cannot be written so and none the other way.
    """

    name = "movable-type"
    rank = Rank.EXPORT

    def fits(self, head: bytes) -> bool:
        """Return whether the file begins with what an entry says of itself, then has a part.

        >>> MovableTypeFormat().fits(b"TITLE: Sora\\n-----\\nBODY:\\nUn texte.\\n")
        True
        >>> MovableTypeFormat().fits(b"TITLE: Sora\\n-----\\nUn texte.\\n")
        False
        """
        match = _BEGINS.match(head.removeprefix(b"\xef\xbb\xbf"))
        if match is None or match[1].decode("ascii") not in KEYS:
            return False
        return _HAS_PART.search(head) is not None

    def outcomes(self, file: CapturedFile, opened: IO[bytes]) -> Iterator[Outcome]:
        """Its articles, one at a time, then what was left aside."""
        month_first = self._options.month_first
        if month_first is None:
            month_first, doubt = self._order(file)
            if doubt:
                yield Remark("day_order", f"{doubt} ; --day-order le dit", file.name)
        export = _Export(
            self._options.publication, Times(self._options.zone, month_first=month_first)
        )
        last_line = _LastLine()
        for entry in entries(last_line.passing(lines_of(opened))):
            if entry.too_long:
                yield Skipped(file.name, "une entrée de plus de 32 millions de signes", entry.line)
            elif not entry.fields and not entry.parts:
                yield Skipped(file.name, "ce n'est pas une entrée de Movable Type", entry.line)
            else:
                yield export.article(entry)
        if not last_line.closed:
            reason = "fichier tronqué : la dernière entrée n’a pas de fin (« ----- »)"
            yield Skipped(file.name, reason, last_line.number)
        yield from export.account(file.name)

    def _order(self, file: CapturedFile) -> tuple[bool, str]:
        """Whether days are written month first, and what leaves a doubt."""
        days = months = dates = 0
        with open_bytes(file.path) as opened:
            for text in lines_of(opened):
                if match := _DATE.match(text):
                    dates += 1
                    days += int(match[1]) > 12
                    months += int(match[2]) > 12
        if days and not months:
            return False, "dates lues le jour d'abord : le mois d'abord, il en est d'impossibles"
        if dates and not days and not months:
            return True, "dates lues le mois d'abord, comme Movable Type les écrit"
        return True, ""


class _LastLine:
    """Whether the last line that is not blank closes a part or an entry, and its number."""

    def __init__(self) -> None:
        self.closed = True
        self.number = 0

    def passing(self, lines: Iterator[str]) -> Iterator[str]:
        """The lines, as they are."""
        for number, text in enumerate(lines, start=1):
            if text and not text.isspace():
                self.closed, self.number = text.rstrip() in _CLOSING, number
            yield text


_CLOSING = ("-----", "--------")


class _Export:
    def __init__(self, publication: Publication, times: Times) -> None:
        self._left_aside = LeftAside()
        self._publication = publication
        self._times = times
        self._unread: set[str] = set()

    def account(self, name: str) -> Iterator[Outcome]:
        """What was left aside, or read with a doubt."""
        if self._unread:
            names = shorten(", ".join(sorted(self._unread)), 200)
            yield Remark("parts", f"parties d'une autre sorte, pas lues : {names}", name)
        self._left_aside.add("zone", self._times.unsure)
        self._left_aside.add("date", self._times.amiss)
        yield from self._left_aside.remarks(name)

    def article(self, entry: Entry) -> Article | WithheldArticle:
        """The article of an entry; only its names, when readers may not see it."""
        comment_parts = [part for part in entry.parts if part.name == "COMMENT"]
        self._unread.update(part.name for part in entry.parts if part.name not in PARTS)
        state = entry.state()
        if not self._publication.allows(state):
            self._left_aside.add("unpublished_articles", value=state or EMPTY)
            self._left_aside.add("under_unpublished", len(comment_parts))
            url = entry.value("UNIQUE URL", "PERMALINK")
            return WithheldArticle(
                tuple(filter(None, (_name(entry, entry.value("TITLE"), url), url)))
            )
        self._left_aside.add("pings", sum(part.name == "PING" for part in entry.parts))
        body_text = "\n\n".join(filter(None, map(entry.part, ("BODY", "EXTENDED BODY"))))
        converted = entry.value("CONVERT BREAKS")
        sections = body(body_text, converted)
        headline = line(entry.value("TITLE")) or beginning(sections) or "Sans titre"
        url = entry.value("UNIQUE URL", "PERMALINK")
        identity = _name(entry, headline, url)
        author = display_name(entry.value("AUTHOR"))
        rubrics = [entry.value("PRIMARY CATEGORY"), *entry.every("CATEGORY")]
        words = [*tags(entry.value("TAGS")), *keywords(entry.part("KEYWORDS"))]
        is_partial = entry.value("NO ENTRY") == "1"
        return Article(
            id=identity,
            headline=headline,
            url=url if addresses.site(url) else None,
            description=section_lines(body(entry.part("EXCERPT"), converted)) or None,
            article_section=_each(map(line, rubrics)),
            keywords=_each(map(line, words)),
            author=(author,) if author else (),
            date_published=self._times.time(entry.value("DATE")),
            sections=sections,
            comments=comments(identity, filter(None, map(self._answer, comment_parts))),
            # its comments alone, for an entry that is elsewhere
            extra=dict(PARTIAL) if is_partial else {},
        )

    def _answer(self, part: Part) -> Answer | None:
        """A comment, if readers may see it; its e-mail and IP addresses are passed over."""
        fields, text = _comment(part)
        state = fields.get("STATUS", fields.get("VISIBLE"))
        if not self._publication.allows(state):
            self._left_aside.add("unpublished", value=state or EMPTY)
            return None
        return Answer(
            name="",
            author=display_name(fields.get("AUTHOR", "")),
            published=self._times.time(fields.get("DATE", "")),
            words=words(text, breaks=True),
        )


def _comment(part: Part) -> tuple[dict[str, str], str]:
    """What a comment says of itself, and its text.

    Before its date, any line in capitals and a colon is what it says of itself; after it, only
    what is known: « NB: » may well begin a text.
    """
    fields: dict[str, str] = {}
    at = 0
    for at, text in enumerate(part.lines):  # noqa: B007
        match = _OF_COMMENTS.fullmatch(text)
        if match is None and not text.strip() and not fields:
            continue
        if match is None or match[1] in fields or ("DATE" in fields and match[1] not in _OWN):
            break
        fields[match[1]] = match[2].strip()
    else:
        at = len(part.lines)
    return fields, "\n".join(part.lines[at:]).strip("\n")


def _name(entry: Entry, headline: str, url: str) -> str:
    """The id of an entry: its address, else its day and its name in addresses, else its title."""
    if addresses.site(url):
        return article_id(headline, None, url)
    day = "-".join(re.findall(r"\d+", entry.value("DATE"))[:3])
    if basename := identifier(entry.value("BASENAME")):
        return identifier(":".join(filter(None, ("mt", day, basename))))
    return article_id(headline, None, f"movable-type:{entry.value('DATE')}:{line(headline)}")


def _each(names: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, names)))

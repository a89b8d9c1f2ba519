"""Which articles and comments does a feed (RSS, RDF, Atom) announce?

A feed holds the last few and may cut them: all it gives is partial, and what is absent from
it is not gone. A feed of comments gives, for each page, a partial article with its comments.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import IO, TYPE_CHECKING, Any

from indexer import feed_names, links, loose
from indexer.answers import PARTIAL, Answer, comments, display_name
from indexer.article import Article, Comment, Section
from indexer.captured import CapturedFile
from indexer.dates import instant
from indexer.elements import root
from indexer.feed_dates import entry_time
from indexer.feed_texts import about, answered, body, line_of, own_title, said
from indexer.opening import outcomes
from indexer.report import Outcome, Remark, Skipped, plural, shorten

if TYPE_CHECKING:
    from feedparser import FeedParserDict

LARGEST = 32 << 20
_ROOTS = re.compile(rb"<(?:\w{1,20}:)?(rss|feed|RDF)[\s>]")
_ATOM = re.compile(r"http://www\.w3\.org/2005/Atom|http://purl\.org/atom/")
_RDF = re.compile(r"http://(?:purl\.org|my\.netscape\.com)/(?:rss|rdf)/")
_HALF = re.compile(
    rb"&#(?:[xX]0*[dD][89a-fA-F][0-9a-fA-F]{2}|"
    rb"0*(?:5529[6-9]|55[3-9]\d\d|56\d{3}|57[0-2]\d\d|573[0-3]\d|5734[0-3]));"
)
"""References to halves of characters, which no text can hold."""
_TAG = re.compile(rb"<[a-zA-Z](?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+>")
_LONGEST_TAG = 20_000
"""Bytes: past this a tag has a picture in it, or attributes that are each compared to all."""
_ADDRESS = re.compile(r"\s*[^\s@()]+@[^\s@()]+\s*(?:\((.+)\)\s*)?")
"""As RSS wants an author: `redaction@a.example (Zoé)`."""
_LEFT = {
    "zone": ("date sans décalage horaire, lue", "dates sans décalage horaire, lues"),
    "date": ("date pas comprise", "dates pas comprises"),
    "empty_entries": ("élément sans titre ni texte, laissé", "éléments vides, laissés"),
}
_AFTER = {"zone": " à l'heure de Paris", "empty_entries": " de côté"}


class FeedFormat:
    """The reader of feeds."""

    name = "feed"

    def fits(self, head: bytes) -> bool:
        """Whether it is XML whose first tag is that of a feed.

        >>> FeedFormat().fits(b'<feed xmlns="http://www.w3.org/2005/Atom">')
        True
        >>> FeedFormat().fits(b"<html><rss>"), FeedFormat().fits(b'<feed xmlns="http://x.example">')
        (False, False)
        """
        if not _ROOTS.search(head.replace(b"\0", b"")):
            return False
        found = root(head)
        if found is None:
            # ill-formed before the end of its first tag
            return _ROOTS.match(head.lstrip(b"\xef\xbb\xbf \t\r\n")) is not None
        bare, spaces = found.name.rpartition(":")[2], found.namespaces.values()
        if bare == "feed":
            return not spaces or any(map(_ATOM.match, spaces))
        return bare == "rss" or (bare == "RDF" and any(map(_RDF.match, spaces)))

    def read(self, file: CapturedFile) -> Iterator[Outcome]:
        """One partial article for each entry, or for each page commented on."""
        yield from outcomes(file, partial(_read, file.name))


def _read(name: str, opened: IO[bytes]) -> Iterator[Outcome]:
    data = opened.read(LARGEST + 1)
    if len(data) > LARGEST:
        yield Skipped(name, f"flux de plus de {LARGEST >> 20} Mio")
        return
    parsed = _parsed(data)
    if parsed is None or (not parsed.entries and (parsed.bozo or not parsed.version)):
        yield Skipped(name, "ce flux n'a aucun élément lisible" + _why(parsed))
        return
    if parsed.bozo:
        yield Remark("feed", "flux fautif, lu quand même" + _why(parsed), name)
    if not parsed.entries:
        yield Remark("empty", "flux sans aucun élément pour l'instant", name)
    feed = _Feed(parsed)
    yield from feed.articles()
    for kind, count in (+feed.left).items():
        yield Remark(kind, plural(count, *_LEFT[kind]) + _AFTER.get(kind, ""), name)


def _parsed(data: bytes) -> FeedParserDict | None:
    # imported when a feed is read, and not by every command
    import feedparser

    data = _HALF.sub(b"?", data)
    if len(data) > _LONGEST_TAG:
        data = _TAG.sub(lambda tag: tag[0] if len(tag[0]) <= _LONGEST_TAG else b"<br/>", data)
    try:
        # a stream: given as a text, it would be opened as a file or fetched
        return feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError, AssertionError):
        return None


def _why(parsed: FeedParserDict | None) -> str:
    """What feedparser says is wrong, in a few words, "" when that is nothing."""
    error = None if parsed is None else parsed.get("bozo_exception")
    if error is None:
        return ""
    kind = type(error).__name__
    if kind == "CharacterEncodingOverride":
        return f" : il est en {(parsed or {}).get('encoding')}, ce qui n'est pas annoncé"
    if kind == "CharacterEncodingUnknown":
        return " : encodage inconnu"
    line = getattr(error, "getLineNumber", lambda: None)()
    told = "" if line is None else f", ligne {line}"
    said = re.sub(r"^<unknown>:[\d:]* *", "", " ".join(str(error).split()))
    return f" : XML mal formé{told} ({shorten(said, 80)})"


class _Feed:
    """A feed that was parsed, and what was left out of it."""

    def __init__(self, parsed: FeedParserDict) -> None:
        self.left: Counter[str] = Counter()
        # plain dictionaries: those of feedparser give one member for another
        self._entries: list[Mapping[str, Any]] = [dict(entry) for entry in parsed.entries]
        self._told: Mapping[str, Any] = dict(parsed.feed)
        self._title = line_of(self._told.get("title_detail"))
        self._language = loose.text(self._told.get("language")).strip()[:35] or None

    def articles(self) -> Iterator[Article]:
        """Articles in the feed's order, then what is known by its comments only."""
        pages: dict[str, list[Mapping[str, Any]]] = {}
        for entry in self._entries:
            if _is_comment(entry):
                pages.setdefault(_page_of(entry), []).append(entry)
            elif (article := self._article(entry)) is not None:
                yield article
            else:
                self.left["empty_entries"] += 1
        for entries in pages.values():
            yield self._thread(entries, alone=len(pages) == 1)

    def _article(self, entry: Mapping[str, Any]) -> Article | None:
        where = feed_names.place(_link(entry))
        url = where.page if links.site(where.page) else None
        description, sections = body(entry)
        headline = line_of(entry.get("title_detail")) or _begins(description, sections)
        if not headline:
            return None
        published = self._time(entry, "published") or self._time(entry, "updated")
        modified = self._time(entry, "updated") if entry.get("published") else None
        guid = loose.text(entry.get("id")).strip()
        return Article(
            id=feed_names.name(guid, url, headline, published),
            headline=headline,
            url=url,
            same_as=_others(guid, url),
            description=description,
            article_section=_terms(entry),
            author=_people(entry),
            date_published=published,
            date_modified=modified if _later(modified, published) else None,
            in_language=self._language,
            publisher=self._title or None,
            comment_count=_declared(entry),
            sections=sections,
            extra=dict(PARTIAL),
        )

    def _thread(self, entries: list[Mapping[str, Any]], *, alone: bool) -> Article:
        """The article that these comments are about. alone: the feed is about this one only."""
        first = entries[0]
        where = feed_names.place(_link(first))
        above = _above(first)
        page = _about_page(first, where)
        url = page if links.site(page) else above
        if blogger := feed_names.blogger(loose.text(first.get("id"))):
            # the address of a comment says when it was shown: ?showComment=…
            url = _in_reply_to(first, "href") or url.partition("?")[0]
            above = f"tag:blogger.com,1999:blog-{blogger[0]}.post-{_post(first)}"
        elif where.comment and not where.anchor:
            url = feed_names.place(loose.text(self._told.get("link"))).page or url
        headline = about(self._title, None, blogger is not None) if alone else ""
        headline = headline or about(line_of(first.get("title_detail")), _person(first))
        headline = headline or (links.title(url) if url else "") or self._title or "Sans titre"
        own = url if links.site(url) else None
        name = feed_names.name(above, own, headline)
        answers = sorted(map(self._answer, entries), key=_moment)
        declared = loose.text(self._told.get("opensearch_totalresults")) if alone else ""
        return Article(
            id=name,
            headline=headline,
            url=own,
            same_as=_others(above, own),
            in_language=self._language,
            comment_count=int(declared) if declared.isdecimal() and len(declared) < 9 else None,
            comments=tuple(_pings(comments(name, answers))),
            extra=dict(PARTIAL),
        )

    def _answer(self, entry: Mapping[str, Any]) -> Answer:
        where = feed_names.place(_link(entry))
        number = where.comment or feed_names.place(loose.text(entry.get("id"))).comment
        if blogger := feed_names.blogger(loose.text(entry.get("id"))):
            number = blogger[1]
        parent = feed_names.place(_in_reply_to(entry, "ref")).comment
        words, above = answered(said(entry))
        author = _person(entry)
        return Answer(
            name=number,
            parent=parent or above,
            author=author,
            published=self._time(entry, "published") or self._time(entry, "updated"),
            words=words,
            anchor=where.anchor,
            headline=own_title(line_of(entry.get("title_detail")), author, words.text),
        )

    def _time(self, entry: Mapping[str, Any], name: str) -> str | None:
        told = loose.text(entry.get(name))
        found = entry_time(told, entry.get(f"{name}_parsed"))
        if found is None:
            self.left["date"] += bool(told.strip())
            return None
        self.left["zone"] += not found.sure
        return found.time


def _link(entry: Mapping[str, Any]) -> str:
    return loose.text(entry.get("feedburner_origlink") or entry.get("link")).strip()


def _in_reply_to(entry: Mapping[str, Any], member: str) -> str:
    told = entry.get("thr_in-reply-to")
    return loose.text(told.get(member)).strip() if isinstance(told, Mapping) else ""


def _is_comment(entry: Mapping[str, Any]) -> bool:
    return "thr_in-reply-to" in entry or bool(feed_names.place(_link(entry)).comment)


def _above(entry: Mapping[str, Any]) -> str:
    """What names the article of a comment: the guid of both, without the comment's own."""
    told = loose.text(entry.get("id")).partition("#")[0]
    return told if links.site(told) else _in_reply_to(entry, "ref").partition("#")[0]


def _post(entry: Mapping[str, Any]) -> str:
    """The number of the post a comment of Blogger is under."""
    found = feed_names.blogger(_in_reply_to(entry, "ref"))
    return found[1] if found else ""


def _page_of(entry: Mapping[str, Any]) -> str:
    """What two comments on one page have in common."""
    if feed_names.blogger(loose.text(entry.get("id"))):
        return _in_reply_to(entry, "ref")
    where = feed_names.place(_link(entry))
    if where.comment and not where.anchor:
        return where.page.rpartition("/")[0]
    page = links.page(_about_page(entry, where))
    return _above(entry) if page is None else page.whole


def _about_page(entry: Mapping[str, Any], where: feed_names.Place) -> str:
    """The address of the page a comment is about: its own has none but its article's."""
    if where.comment:
        return where.page
    return feed_names.place(_in_reply_to(entry, "href")).page or where.page


def _others(guid: str, url: str | None) -> tuple[str, ...]:
    return (guid,) if links.site(guid) and not (url and links.same(guid, url)) else ()


def _begins(description: str | None, sections: tuple[Section, ...]) -> str:
    """What to call an entry without a title: how it begins."""
    text = description or (sections[0].headline or sections[0].text if sections else "")
    return shorten(text.partition("\n")[0], 80)


def _people(entry: Mapping[str, Any]) -> tuple[str, ...]:
    whole = _ADDRESS.fullmatch(loose.text(entry.get("author"))[:500])
    if whole is not None:
        # feedparser takes part of a domain it does not know for the name
        name = display_name(whole[1] or "")
        return () if name is None else (name,)
    told = [one.get("name") for one in entry.get("authors") or () if isinstance(one, Mapping)]
    names = [display_name(loose.text(one)) for one in told]
    return tuple(dict.fromkeys(filter(None, names)))


def _person(entry: Mapping[str, Any]) -> str | None:
    return next(iter(_people(entry)), None)


def _terms(entry: Mapping[str, Any]) -> tuple[str, ...]:
    """Its categories, each once; feeds do not tell them from tags."""
    told = [
        line_of({"value": loose.text(tag.get("label") or tag.get("term"))})
        for tag in entry.get("tags") or ()
        if isinstance(tag, Mapping) and "#kind" not in loose.text(tag.get("scheme"))
    ]
    return tuple(dict.fromkeys(filter(None, told)))


def _declared(entry: Mapping[str, Any]) -> int | None:
    """How many comments the article has, as the feed declares it."""
    replies = (one for one in entry.get("links") or () if one.get("rel") == "replies")
    told = [entry.get("slash_comments"), entry.get("thr_total")]
    told += [one.get("thr:count") or one.get("count") for one in replies]
    counts = (loose.text(one).strip() for one in told)
    return next((int(one) for one in counts if one.isdecimal() and len(one) < 9), None)


def _later(modified: str | None, published: str | None) -> bool:
    if modified is None or published is None:
        return modified is not None
    return instant(modified) > instant(published)


def _pings(found: Iterable[Comment]) -> Iterator[Comment]:
    """The comments, those that WordPress made of a link from elsewhere being told as such."""
    for comment in found:
        ping = comment.text.startswith("[…]") and comment.text.endswith("[…]")
        yield replace(comment, kind="pingback") if ping else comment


def _moment(answer: Answer) -> float:
    return instant(answer.published).timestamp() if answer.published else 0.0

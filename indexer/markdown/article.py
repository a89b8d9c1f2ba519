"""Which article is in a Markdown file?

A file is an article: what it says of itself is in its front matter, its date may be in its
name (Jekyll), its headings begin its sections. Drafts, and the pages that present a section
(Hugo's `_index.md`), are left aside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import IO, Any

from indexer.article import (
    PLANNED,
    PROTECTED,
    Article,
    Publication,
    Section,
    addresses,
    article_id,
    is_protected,
    plain,
    withheld,
)
from indexer.files import PACKED, CapturedFile, FileFormat
from indexer.markdown.front_matter import FrontMatter, front_matter
from indexer.markup import line, markdown_sections
from indexer.reporting import LeftAside, Outcome, Rank, Remark, Skipped, WithheldArticle
from indexer.text import decode
from indexer.threads import display_name
from indexer.times import NO_CAPTURE, due, instant, machine_time, planned, shown_dates

_LARGEST = 32 << 20
SUFFIXES = (".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".mdwn", ".mdtext")
_DATED = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[-_ T]+|$)")
_COMMENTS = frozenset(("comments", "commentaires"))
"""Folders in which some sites keep a file for each comment."""
_NAMED_VALUE = re.compile(r"\s*[\w-]{1,40}:[ \t]")
_BUNDLES = frozenset({"index", "readme"})
_NO_MARKDOWN = re.compile(rb"\s*<(?:!doctype\s+html|html[\s>]|\?xml)", re.IGNORECASE)
_HEAD = 65536
_MOVABLE_TYPE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:[A-Z][A-Z ]{2,20}:[^\n]{0,4000}\n){1,60}-----\r?\n"
    rb"(?:BODY|EXTENDED BODY|EXCERPT|KEYWORDS|COMMENT|PING):"
)
"""How an export of Movable Type begins, which many name `.md` or `.txt`."""
_ZONED = re.compile(r"(?:[zZ]|UTC|GMT|[+-]\d\d:?(?:\d\d)?)$")
_LISTED = re.compile(r"\s*[,;]\s*")
_PEOPLE = re.compile(r"\s*<[^<>]*@[^<>]*>")
_LINKED = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]]*)\]\]")
"""A link between the notes of Obsidian, with the words shown for it."""
_NAMES = {
    "headline": "title titre headline",
    "alternative": "subtitle sous_titre soustitre accroche",
    "description": "description summary excerpt chapo chapeau resume abstract",
    "published": "date datepublished date_published published_at publishdate publish_date pubdate"
    " published created created_at date_creation date_de_publication publie_le créé_le",
    "modified": "lastmod modified updated last_modified_at date_modified datemodified updated_at"
    " last_update maj",
    "author": "author authors auteur auteurs by",
    "section": "categories category categorie rubrique rubriques section",
    "keywords": "tags tag keywords mots_cles etiquettes",
    "url": "url canonical_url canonical canonicalurl original_url link permalink source",
    "others": "aliases alias redirect_from guid permalink url",
    "language": "lang language locale langue",
    "slug": "slug",
}
_CLEAR = frozenset(("status", "statut", "draft", "brouillon"))
"""Names of states that are left blank by nobody who means "published"."""


class MarkdownFormat(FileFormat):
    """The reader of Markdown files."""

    name = "markdown"
    rank = Rank.EXPORT

    def named(self, suffix: str, head: bytes) -> bool:
        """Return whether the name says Markdown, and the content no other thing.

        >>> form = MarkdownFormat()
        >>> form.named(".md", b"<p>Sora"), form.named(".md", b"<!DOCTYPE html>")
        (True, False)
        """
        if suffix not in SUFFIXES or _NO_MARKDOWN.match(head) or _MOVABLE_TYPE.match(head):
            return False
        return b"\0" not in head or head.startswith((b"\xff\xfe", b"\xfe\xff"))

    def fits(self, head: bytes) -> bool:
        """Return whether the file begins with a front matter, which no page of text does.

        >>> MarkdownFormat().fits(b"---\\ntitle: Sora\\n---\\n"), MarkdownFormat().fits(b"--- a\\n")
        (True, False)
        """
        if _MOVABLE_TYPE.match(head):
            return False
        start = head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
        if not re.match(rb"---|\+\+\+|```|~~~|ur[li]|tit", start, re.IGNORECASE):
            return False
        text = start.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
        front = front_matter(text, is_named=False)
        return front is not None and bool(front.members)

    def outcomes(self, file: CapturedFile, opened: IO[bytes]) -> Iterator[Outcome]:
        """Its article, after its remarks; or why there is none."""
        data = opened.read(_LARGEST + 1)
        if len(data) > _LARGEST:
            yield Skipped(file.name, f"fichier de plus de {_LARGEST >> 20} Mio")
            return
        if _MOVABLE_TYPE.match(data[:_HEAD]):
            reason = (
                "exportation de Movable Type (plusieurs articles et brouillons), et non du Markdown"
            )
            yield Skipped(file.name, reason)
            return
        text, encoding, mixed = decode(data)
        if "\0" in text:
            yield Skipped(file.name, "ce n'est pas du texte (fichier binaire ?)")
            return
        if mixed or not encoding.startswith("utf"):
            yield Remark(
                "encoding", "lu comme du Windows-1252 : ce n'est pas de l'UTF-8", file.name
            )
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        front = front_matter(text) or FrontMatter({}, text)
        document = _File(file.name, front)
        if front.amiss:
            yield Remark("front_matter", front.amiss, file.name)
        state = document.withheld(self._options.publication)
        if document.stem == "_index":
            yield Remark("section_page", "page de rubrique (_index) laissée de côté", file.name)
        elif state is not None:
            left_aside = LeftAside()
            left_aside.add("unpublished_articles", value=state)
            yield from left_aside.remarks(file.name)
            article = document.article()
            slug = article.extra.get("slug")
            by_slug = f"slug:{slug}" if slug else None
            yield WithheldArticle(
                tuple(filter(None, (article.id, article.url, *article.same_as, by_slug))),
                due=due(article.date_published, datetime.now(UTC)),
            )
        elif not front.text.strip() and not document.line_of("headline"):
            yield Skipped(file.name, "ce fichier n'a ni titre ni texte")
        elif document.is_comment():
            reason = "un commentaire tenu en Markdown, et non un article"
            yield Skipped(file.name, f"{reason} : donnez les pages en HTML, ou un tableau (CSV)")
        else:
            article = document.article()
            yield from document.remarks
            yield article


class _File:
    """A file's name and what it says of itself."""

    def __init__(self, name: str, front: FrontMatter) -> None:
        self.remarks: list[Remark] = []
        self._name = name
        self._front = front
        path = PurePosixPath(name.replace("\\", "/"))
        while path.suffix.lower() in (*PACKED, *SUFFIXES):
            path = path.with_suffix("")
        self.stem = path.name
        self._folders = path.parts[:-1]
        if self.stem.lower() in _BUNDLES and self._folders:
            # a page and its pictures in a folder of its own, which has its name
            self.stem = self._folders[-1]

    def withheld(self, publication: Publication) -> str | None:
        """Return the state that hides the article from readers; None when it is public.

        Jekyll keeps drafts in `_drafts`, and like Hugo shows nothing before its date.
        """
        if "_drafts" in self._folders and not publication.allows_of("draft", ()):
            return "draft"
        members, now = self._front.members, datetime.now(UTC)
        if is_protected(members.items()) and not publication.allows_of(PROTECTED, ()):
            return PROTECTED
        state = withheld(
            ((name, value) for name, value in members.items() if value != "" or name in _CLEAR),
            publication,
            when=_moment,
            now=now,
        )
        if state is None and not publication.allows_of(PLANNED, ()):
            state = PLANNED if planned(self._time("published"), now) else None
            self.remarks.clear()
        return state

    def is_comment(self) -> bool:
        """Return whether it has a header without a title, in a folder of comments."""
        in_folder = any(folder.strip("_").lower() in _COMMENTS for folder in self._folders)
        has_title = self.line_of("headline") or self._front.text.lstrip()[:1] == "#"
        has_header = self._front.members or _NAMED_VALUE.match(self._front.text)
        return in_folder and bool(has_header) and not has_title

    def many(self, member: str) -> list[str]:
        """Return the values of a member, from the first of its names that has any."""
        for name in _NAMES[member].split():
            value = self._front.members.get(name, "")
            texts = [text.strip() for text in ([value] if isinstance(value, str) else value)]
            if texts := [
                text for text in texts if text and text.lower() not in ("null", "~", "[]")
            ]:
                return texts
        return []

    def line_of(self, member: str) -> str:
        """Return the values of a member on one line; "" for none."""
        return line(" ".join(self.many(member)))

    def article(self) -> Article:
        sections = markdown_sections(self._front.text)
        headline, sections = _title(self.line_of("headline"), sections)
        dated = _DATED.match(self.stem)
        headline = headline or addresses.title("/" + self.stem[dated.end() if dated else 0 :])
        headline = headline.strip("/") or self.stem or "Sans titre"
        published, modified = self._time("published"), self._time("modified")
        extra: dict[str, Any] = {}
        if published is None and dated and (day := machine_time("-".join(dated.groups()))):
            published = day
            extra["dateInferred"] = "name"
        if modified and published and instant(modified) <= instant(published):
            modified = None
        url = next((address for address in self.many("url") if addresses.site(address)), None)
        if url is None and (slug := addresses.slug("/" + (self.line_of("slug") or self.stem))):
            # by which comments kept as files know it
            extra["slug"] = slug
        return Article(
            id=article_id(headline, None, url or f"markdown:{self.stem}"),
            headline=headline,
            url=url,
            same_as=self._other_addresses(url),
            alternative_headline=self.line_of("alternative") or None,
            description=self.line_of("description") or None,
            article_section=self._list("section"),
            keywords=self._list("keywords"),
            author=self._people(),
            date_published=published,
            date_modified=modified,
            in_language=self.line_of("language")[:35] or None,
            sections=sections,
            extra=extra,
        )

    def _time(self, member: str) -> str | None:
        text = self.line_of(member)
        if not text or text.lower() in ("true", "yes"):
            return None
        if (time := machine_time(text)) is not None:
            if len(time) > 10 and not _ZONED.search(text[10:]):
                self._remark("zone", "date sans décalage horaire, lue à l'heure de Paris")
            return time
        for shown_date in shown_dates(text, NO_CAPTURE):
            if shown_date.start is not None and not shown_date.inferred:
                day = shown_date.start.date().isoformat()
                return shown_date.exact.isoformat(timespec="seconds") if shown_date.exact else day
        self._remark("date", f"« {text[:60]} » n'est pas une date")
        return None

    def _remark(self, kind: str, message: str) -> None:
        self.remarks.append(Remark(kind, message, self._name))

    def _other_addresses(self, url: str | None) -> tuple[str, ...]:
        """Return the other addresses of the article; a path alone still identifies it."""
        declared_addresses = [address for address in self._all("others") if address != url]
        usable = [
            address
            for address in declared_addresses
            if addresses.site(address) or re.match(r"/[^/:]", address)
        ]
        return tuple(dict.fromkeys(address for address in usable if "/:" not in address))

    def _all(self, member: str) -> Iterator[str]:
        for name in _NAMES[member].split():
            value = self._front.members.get(name, "")
            yield from [value] if isinstance(value, str) else value

    def _list(self, member: str) -> tuple[str, ...]:
        """Return a list, or the parts of a text with commas; an archive writes "a, b et c"."""
        texts = self.many(member)
        if len(texts) == 1 and self._is_spaced(texts[0]):
            texts = texts[0].split()
        elif len(texts) == 1:
            texts = _LISTED.split(line(texts[0]))
            if self._front.header:
                texts[-1:] = texts[-1].rsplit(" et ", 1)
        return tuple(dict.fromkeys(filter(None, (line(text).strip("\"'") for text in texts))))

    def _is_spaced(self, text: str) -> bool:
        """Whether a text is a list as Jekyll (4.3) reads it in a post: `categories: a b`."""
        members = self._front.members
        plural = text in (members.get("categories"), members.get("tags"))
        post = "layout" in members and _DATED.match(self.stem) is not None
        return plural and post and not _LISTED.search(text)

    def _people(self) -> tuple[str, ...]:
        bare = (_LINKED.sub(r"\1", _PEOPLE.sub("", name)) for name in self._list("author"))
        names = map(display_name, bare)
        return tuple(dict.fromkeys(filter(None, names)))


def _moment(text: str) -> datetime | None:
    time = machine_time(text)
    return None if time is None else instant(time)


def _title(headline: str, sections: tuple[Section, ...]) -> tuple[str, tuple[Section, ...]]:
    """Return the title and the other sections; the first heading may be the title."""
    if not sections or not sections[0].headline:
        return headline, sections
    first = sections[0].headline
    if not (
        plain(first).casefold() == plain(headline).casefold()
        if headline
        else sections[0].level == 1
    ):
        return headline, sections
    lead = replace(sections[0], headline=None, level=None, anchor=None)
    return headline or first, (lead, *sections[1:]) if lead.text else sections[1:]

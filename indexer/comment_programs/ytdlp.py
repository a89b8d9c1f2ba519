"""Which video is in a file of yt-dlp, and what did people answer under it?

`--write-info-json --write-comments` writes one object a video, its comments inside;
`-j` one a line; some keep the comments alone, in `…[id].comments.json`. A comment of YouTube has
no date: `_time_text` is what the page shows ("il y a 2 ans"), and `timestamp` is an estimate
that yt-dlp makes of it in English, and not at all in French. What it shows is an interval,
counted from the capture (`epoch`, when the file tells it).
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from dataclasses import replace
from pathlib import PurePath
from typing import IO, Any

from indexer.article import (
    PARTIAL,
    PIECE_OF_PARTIAL,
    Article,
    Publication,
    Section,
    addresses,
    article_id,
)
from indexer.canonical import Object, lenient_json
from indexer.files import (
    CapturedFile,
    FileFormat,
    PlacedValue,
    PrefixedFile,
    Spool,
    opening,
    placed_values,
)
from indexer.markup import Words, line
from indexer.reporting import LeftAside, Outcome, Rank, Remark, Skipped, WithheldArticle, plural
from indexer.threads import Answer, comments, display_name, identifier, thread_depths
from indexer.times import Capture, When, machine_time, when

_HEAD = 65536
_PROGRAM = "ytdlp"
_LISTED, _INSIDE, _ENTRY = "item", "comments.item", "entries.item"
_TEXTS = (
    *("id", "title", "fulltitle", "description", "uploader", "channel", "upload_date"),
    *("webpage_url", "extractor", "extractor_key", "language", "_type"),
    "availability",
)
_MEMBERS = (*_TEXTS, "timestamp", "epoch", "comment_count", "tags", "categories")
_VIDEO = ("extractor", "extractor_key", "automatic_captions", "format_id", "_has_drm")
_COMMENT = ("_time_text", "author_is_uploader", "is_pinned", "author_thumbnail")
_NAMED = re.compile(r"\[([\w-]{6,40})\]$")
_ENDS = re.compile(r"(?:\.(?:info|comments|live_chat|json|gz|xz|zst|bz2))+$", re.IGNORECASE)
_EDITED = re.compile(r"\s*\((?:modifiée?|edited)\)\s*$", re.IGNORECASE)
_YOUTUBE_ID = re.compile(r"[\w-]{11}")
_PUBLIC = ("public",)
_WATCH = "https://www.youtube.com/watch?v="


class YtDlpFormat(FileFormat):
    """The reader of yt-dlp's files."""

    name = _PROGRAM
    rank = Rank.API

    def fits(self, head: bytes) -> bool:
        """Return whether the file is a video as yt-dlp tells it, or comments as it does.

        >>> YtDlpFormat().fits(b'{"id": "a", "title": "A", "extractor": "youtube"}')
        True
        >>> YtDlpFormat().fits(b'[{"id": "a", "parent": "root", "text": "", "_time_text": ""}]')
        True
        """
        if opening.names(head, "id", "title") and any(opening.names(head, name) for name in _VIDEO):
            return True
        comment = opening.names(head, "id", "parent", "text")
        return comment and any(opening.names(head, name) for name in _COMMENT)

    def outcomes(self, file: CapturedFile, opened: IO[bytes]) -> Iterator[Outcome]:
        """An article for each video, its description the text."""
        head = opened.read(_HEAD)
        left_aside = LeftAside()
        listed = opening.is_list(head)
        places = (_LISTED,) if listed else (*_MEMBERS, _INSIDE, _ENTRY)
        placed = placed_values(PrefixedFile(head, opened), file.name, *places)
        pending: PlacedValue | None = None
        while True:
            with Spool() as thread:
                video = _Video(file, listed=listed)
                pending = yield from video.learn(
                    pending, placed, thread, self._options.publication, left_aside
                )
                yield from video.articles(thread, self._options.publication, left_aside)
            if pending is None:
                break
        yield from left_aside.remarks(file.name)


class _Video:
    """What a file tells of one video."""

    def __init__(self, file: CapturedFile, *, listed: bool) -> None:
        self._file = file
        self._listed = listed
        self._members: dict[str, Any] = {}
        self._commented = listed
        self._entries = 0

    def learn(
        self,
        first: PlacedValue | None,
        placed: Iterator[PlacedValue | Skipped],
        thread: Spool,
        publication: Publication,
        left_aside: LeftAside,
    ) -> Generator[Outcome, None, PlacedValue | None]:
        """Keep what is placed, until a member comes again: it begins another video.

        Yield the articles of the videos that a playlist holds (`yt-dlp --dump-single-json`).
        """
        placed_value: PlacedValue | Skipped | None = first or next(placed, None)
        while placed_value is not None:
            if isinstance(placed_value, Skipped):
                yield placed_value
            elif placed_value.place in (_LISTED, _INSIDE):
                self._commented = True
                if type(placed_value.value) is dict:
                    thread.put("", _fields(placed_value.value))
            elif placed_value.place == _ENTRY:
                self._entries += 1
                yield from self._entry(placed_value.value, publication, left_aside)
            elif placed_value.place in self._members:
                return placed_value
            else:
                self._members[placed_value.place] = placed_value.value
            placed_value = next(placed, None)
        return None

    def _entry(
        self, entry: Any, publication: Publication, left_aside: LeftAside
    ) -> Iterator[Outcome]:
        """The article of a video of a playlist, which is held whole."""
        video = _Video(self._file, listed=False)
        members = lenient_json.inside(entry)
        video._members = {name: members[name] for name in _MEMBERS if name in members}
        video._commented = type(members.get("comments")) is list
        with Spool() as thread:
            for comment in lenient_json.objects(members.get("comments")):
                thread.put("", _fields(comment))
            yield from video.articles(thread, publication, left_aside)

    def articles(
        self, thread: Spool, publication: Publication, left_aside: LeftAside
    ) -> Iterator[Outcome]:
        """The article, whole or as a piece when its comments are in another file.

        One that not everybody is led to (`availability`: private, unlisted, premium_only…) is
        left aside.
        """
        texts = {name: lenient_json.text(self._members.get(name)) for name in _TEXTS}
        if self._entries:
            # a playlist, whose videos were read
            return
        if texts["_type"] in ("playlist", "multi_video", "url"):
            left_aside.add("other_kinds", value=texts["_type"])
            return
        if not self._members and not thread.names():
            yield Skipped(self._file.name, "ni vidéo ni commentaire de yt-dlp")
            return
        article = self._article(texts)
        state = texts["availability"] or None
        if not publication.allows_of(state, _PUBLIC):
            left_aside.add("unpublished_articles", value=texts["availability"])
            left_aside.add("under_unpublished", sum(1 for _ in thread.of("")))
            yield WithheldArticle(tuple(filter(None, (article.id, article.url, *article.same_as))))
            return
        read_comments = comments(
            article.id, (self._answer(article.url, **row) for row in thread.of("")), _PROGRAM
        )
        left_aside.add("orphan", thread_depths(read_comments).orphans)
        if self._capture.guessed and (
            dates_shown := sum(comment.date_shown is not None for comment in read_comments)
        ):
            counted = plural(
                dates_shown, "date de commentaire comptée", "dates de commentaires comptées"
            )
            message = f"{counted} depuis la date du fichier ; --captured donne celle du relevé"
            yield Remark("capture", message, self._file.name)
        declared = lenient_json.count(self._members.get("comment_count"))
        if not self._commented or self._listed:
            extra = {"completeness": PIECE_OF_PARTIAL}
        else:
            # yt-dlp stops at --extractor-args max_comments without a word
            extra = (
                dict(PARTIAL)
                if (declared or 0) > len(read_comments) or not article.sections
                else {}
            )
        yield replace(article, comments=read_comments, comment_count=declared, extra=extra)

    def _article(self, texts: dict[str, str]) -> Article:
        stem = _ENDS.sub("", PurePath(self._file.name).name)
        match = _NAMED.search(stem)
        number = identifier(texts["id"]) or (match[1] if match else "")
        site = (texts["extractor"] or texts["extractor_key"]).partition(":")[0].lower()
        if not site and _YOUTUBE_ID.fullmatch(number):
            # comments alone: their file's name has the number only
            site = "youtube"
        page = addresses.page(texts["webpage_url"])
        url = texts["webpage_url"].strip() if page is not None and page.host else None
        if url is None and site == "youtube" and number:
            url = _WATCH + number
        headline = line(texts["title"] or texts["fulltitle"])[:500]
        headline = headline or _NAMED.sub("", stem).strip() or "Sans titre"
        channel = display_name(texts["channel"]) or display_name(texts["uploader"])
        text = _lines(texts["description"])
        published = lenient_json.time(self._members.get("timestamp"))
        identity = identifier(f"{site}:{number}") if site and number else ""
        return Article(
            id=identity or article_id(headline, None, url or stem),
            headline=headline,
            url=url,
            same_as=(f"https://youtu.be/{number}",) if site == "youtube" and number else (),
            article_section=_names(self._members.get("categories")),
            keywords=_names(self._members.get("tags")),
            author=(channel,) if channel else (),
            date_published=published or machine_time(_day(texts["upload_date"])),
            in_language=texts["language"][:35] or None,
            publisher=channel,
            captured_at=self._capture.text,
            sections=(Section(None, text),) if text else (),
        )

    @property
    def _capture(self) -> Capture:
        """When the comments were shown: what the file tells, or its own date."""
        epoch = lenient_json.time(self._members.get("epoch"))
        capture = Capture.parse(epoch) if epoch and self._file.capture.guessed else None
        return capture or self._file.capture

    def _answer(
        self, page: str | None, text: str, date_text: str, timestamp: float | None, **fields: Any
    ) -> Answer:
        """The answer of a comment. fields: those that need nothing of the video."""
        times = self._when(date_text, timestamp)
        name = fields["name"]
        return Answer(
            **fields,
            published=times.published,
            words=Words(text),
            shown=date_text or None,
            earliest=times.earliest,
            latest=times.latest,
            precision=times.precision,
            url=f"{page}&lc={name}" if page and page.startswith(_WATCH) and name else None,
            edited=_EDITED.search(date_text) is not None,
        )

    def _when(self, date_text: str, timestamp: float | None) -> When:
        """When a comment was written: what is shown, else the site's own time."""
        if date_text:
            return when([], _EDITED.sub("", date_text), "", self._capture)
        return When(published=lenient_json.time(timestamp))


def _fields(comment: Object) -> dict[str, Any]:
    """What is kept of a comment, as plain data."""
    timestamp = comment.get("timestamp")
    parent = identifier(lenient_json.text(comment.get("parent")))
    return {
        "name": identifier(lenient_json.text(comment.get("id"))),
        "parent": "" if parent == "root" else parent,
        "author": display_name(lenient_json.text(comment.get("author"))),
        "text": _lines(lenient_json.text(comment.get("text"))),
        "date_text": line(lenient_json.text(comment.get("_time_text")))[:100],
        "timestamp": timestamp if type(timestamp) in (int, float) else None,
        "up": lenient_json.count(comment.get("like_count")),
        "down": lenient_json.count(comment.get("dislike_count")),
        "role": "auteur de la vidéo" if comment.get("author_is_uploader") is True else None,
    }


def _lines(text: str) -> str:
    """A text typed by somebody: its lines that say something."""
    rows = (" ".join(row.split()) for row in text.replace("\0", "").splitlines())
    return "\n".join(filter(None, rows))


def _names(value: Any) -> tuple[str, ...]:
    names = (line(lenient_json.text(name)) for name in value) if type(value) is list else ()
    return tuple(dict.fromkeys(filter(None, names)))


def _day(text: str) -> str:
    return f"{text[:4]}-{text[4:6]}-{text[6:]}" if re.fullmatch(r"\d{8}", text) else ""

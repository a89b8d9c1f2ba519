"""Which articles and threads are in answers of a WordPress's interface (REST) saved to files?

What `curl 'https://site/wp-json/wp/v2/posts?per_page=100&page=1' > posts-1.json` keeps, and the
same of pages, comments, users, categories and tags. An article is read as it is over HTTP
(`rest`), with the same name; its thread comes from other files and joins it by its number.
A file is a page of a list, or a few: nothing is taken for removed because it is not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import IO, Any

from indexer.article import PIECE_OF_PARTIAL, Article, Publication, addresses, article_id
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
from indexer.markup import line
from indexer.reporting import WHOLE, LeftAside, Outcome, Rank, Skipped, WithheldArticle, shorten
from indexer.wordpress import articles
from indexer.wordpress.publishing import article_is_public, comment_is_public
from indexer.wordpress.saved_names import Names, home_of, names_beside

_BOM = b"\xef\xbb\xbf"
_HEAD = 65536
_LISTS = {"page": "pages"}
_OF_TEXTS = frozenset((b"slug", b"link", b"author_name", b"date_gmt"))
_OF_NAMES = frozenset((b"taxonomy", b"avatar_urls"))
"""Members of posts and comments, one of which each has; and those of terms and users."""
_FRAGMENT = re.compile(r"#.*$")


class SavedRestFormat(FileFormat):
    """The reader of saved answers."""

    name = "wordpress-json"
    rank = Rank.API

    def fits(self, head: bytes) -> bool:
        """Return whether the file is JSON as WordPress's interface answers it.

        >>> SavedRestFormat().fits(b'[{"id": 7, "slug": "a", "title": {"rendered": "A"}}]')
        True
        >>> SavedRestFormat().fits(b'{"headline": "A", "id": 7, "slug": "a"}')
        False
        """
        if not opening.is_json(head):
            return False
        if opening.has_members(head, "rendered", "id"):
            return not _OF_TEXTS.isdisjoint(opening.member_names(head))
        names = opening.has_members(head, "id", "name", "slug")
        return (
            (names and not _OF_NAMES.isdisjoint(opening.member_names(head)))
            or _is_root(head)
            or _is_error(head)
        )

    def outcomes(self, file: CapturedFile, opened: IO[bytes]) -> Iterator[Outcome]:
        """Its articles, each without its thread; of comments, one piece for each article."""
        head = opened.read(_HEAD)
        if _is_error(head):
            yield from _error(file.name, PrefixedFile(head, opened))
            return
        listed = opening.is_list(head)
        reading = _Reading(file, self._options.publication)
        with Spool() as threads:
            for placed in placed_values(
                PrefixedFile(head, opened), file.name, "item" if listed else ""
            ):
                if isinstance(placed, Skipped):
                    yield placed
                    continue
                yield from reading.item(placed, threads)
            for place in threads.names():
                yield reading.thread(list(threads.of(place)))
        yield from reading.left_aside.remarks(file.name)
        if not reading.understood:
            yield Skipped(file.name, "ni article, ni commentaire, ni nom de WordPress dans ce JSON")


def _is_root(head: bytes) -> bool:
    """Whether it is the first answer of an interface, which says what the site is called."""
    return opening.has_members(head, "namespaces", "home") and b"wp/v2" in head


def _is_error(head: bytes) -> bool:
    return re.match(rb'\s*\{\s*"code"\s*:\s*"rest_', head.removeprefix(_BOM)) is not None


def _error(name: str, opened: PrefixedFile) -> Iterator[Outcome]:
    for placed in placed_values(opened, name, ""):
        if isinstance(placed, Skipped):
            yield placed
            continue
        answer = lenient_json.inside(placed.value)
        if lenient_json.text(answer.get("code")).endswith("invalid_page_number"):
            # what comes past the last page of a list, when one asks until there is no more
            continue
        message = shorten(line(lenient_json.text(answer.get("message"))), 120)
        yield Skipped(name, f"WordPress a refusé de répondre ({message})")


class _Reading:
    """The items of one file; `understood` counts those that were understood."""

    def __init__(self, file: CapturedFile, publication: Publication) -> None:
        self.left_aside = LeftAside()
        self.understood = 0
        self._publication = publication
        self._captured = file.capture.text
        self._file = file
        self._beside: Names | None = None

    def item(self, placed: PlacedValue, threads: Spool) -> Iterator[Outcome]:
        """What an item of a list gives; comments wait for the others of their article."""
        item = lenient_json.inside(placed.value)
        number = item.get("id")
        if "namespaces" in item and "home" in item:
            self.understood += 1
        elif type(number) is not int:
            self.left_aside.add("other_kinds")
        elif "content" in item and not {"post", "author_name"}.isdisjoint(item):
            self.understood += 1
            self._comment(item, threads)
        elif "content" in item or "title" in item:
            yield from self._post(item)
        elif "name" in item:
            # of people, categories, tags: `names_beside` reads them when an article needs them
            self.understood += 1
        else:
            self.left_aside.add("other_kinds")

    def _post(self, post: Object) -> Iterator[Outcome]:
        self.understood += 1
        kind = lenient_json.text(post.get("type")) or "post"
        names = self._names()
        site = names.site(home_of(post))
        article = articles.article(site, _LISTS.get(kind, "posts"), post, (), names.of(post))
        # its thread may be in another file
        known_as = (article.id, *filter(None, (article.url,)), *article.same_as)
        if not article_is_public(kind, _state(post), self._publication, self.left_aside):
            yield WithheldArticle(known_as)
            return
        article = replace(article, captured_at=self._captured)
        if articles.protected(post):
            self.left_aside.add("protected")
            yield WithheldArticle(known_as, protected=True)
            yield article
        else:
            yield replace(article, extra={**article.extra, "completeness": PIECE_OF_PARTIAL})

    def _names(self) -> Names:
        if self._beside is None:
            self._beside = names_beside(self._file)
        return self._beside

    def _comment(self, comment: Object, threads: Spool) -> None:
        kind, post = lenient_json.text(comment.get("type")), comment.get("post")
        if not comment_is_public(kind, _state(comment), self._publication, self.left_aside):
            return
        if type(post) is not int or post <= 0:
            self.left_aside.add("elsewhere")
            return
        members = {name: comment.get(name) for name in articles.COMMENT_FIELDS.split(",")}
        row = [
            home_of(comment),
            lenient_json.text(comment.get("link")),
            _title_above(comment),
            members,
        ]
        threads.put(f"{row[0]} {post}", row)

    def thread(self, rows: list[Any]) -> Article:
        """The comments of one article, in the order of their numbers."""
        home, post = rows[0][0], rows[0][3]["post"]
        url = next((_FRAGMENT.sub("", row[1]) for row in rows if row[1]), "")
        title = next((row[2] for row in rows if row[2]), "")
        thread = sorted((row[3] for row in rows), key=lambda comment: comment["id"])
        page = addresses.page(url)
        title = title or (addresses.title(url) if page else "") or "Sans titre"
        name = articles.article_name(self._names().site(home), post)
        name = name or article_id(title, None, url or f"wordpress:{post}")
        comments = articles.thread_comments(name, thread)
        return Article(
            name,
            title,
            url=url if page is not None and page.host else None,
            comments=tuple(
                replace(comment, extra={WHOLE: "wordpress-rest"}) for comment in comments
            ),
            captured_at=self._captured,
            extra={"completeness": PIECE_OF_PARTIAL, WHOLE: "wordpress-thread:"},
        )


def _state(item: Object) -> str | None:
    """What an item says of its state; None when it was not asked for (`_fields`)."""
    return lenient_json.text(item["status"]) if "status" in item else None


def _title_above(comment: Object) -> str:
    """The title of a comment's article, where `_embed` gave it."""
    above = lenient_json.objects(lenient_json.inside(comment.get("_embedded")).get("up"))
    titles = (lenient_json.inside(post.get("title")).get("rendered") for post in above)
    return next(filter(None, (line(lenient_json.text(title))[:500] for title in titles)), "")

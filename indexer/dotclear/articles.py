"""Which articles do the tables of Dotclear give, each with its comments?

Published posts and pages, of blogs that are on line, with their published comments. The text is
always HTML, in `post_content_xhtml`, whatever it was written in. Times are universal since
Dotclear 2.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from urllib.parse import quote

from indexer.article import (
    EMPTY,
    PROTECTED,
    Article,
    Comment,
    Section,
    addresses,
    article_id,
)
from indexer.dotclear.schema import PUBLISHED, TABLES
from indexer.files import CapturedFile, ReadingOptions, Row, RowTables, row_number
from indexer.markup import beginning, line, markdown_sections, section_lines, sections, words
from indexer.reporting import LeftAside, Outcome, WithheldArticle
from indexer.threads import Answer, comments, display_name, identifier, thread_depths
from indexer.times import Times, instant

_KINDS = {"post": "post", "page": "pages"}
"""What has a page of its own, and how addresses call it."""
_ON_LINE = "1"


def articles(tables: RowTables, file: CapturedFile, options: ReadingOptions) -> Iterator[Outcome]:
    """The articles of a blog, or of several, then what was left aside."""
    backup = _Backup(tables, options)
    yield from backup.articles()
    yield from backup.account(file.name)


class _Blog:
    """What is known of a blog: in a backup of one blog alone, its name in Dotclear only."""

    def __init__(self, row: Row) -> None:
        url = row["blog_url"].strip()
        self.url = url if addresses.site(url) else ""
        self.name = line(row["blog_name"]) or None
        self.state = row["blog_status"]


class _Backup:
    def __init__(self, tables: RowTables, options: ReadingOptions) -> None:
        self._left_aside = LeftAside()
        self._tables = tables
        self._publication = options.publication
        self._universal = Times(UTC)
        self._local = Times(options.zone)
        site = options.site
        if site and not site.endswith(("/", "?")):
            site += "/"
        self._alone = _Blog({"blog_url": site, "blog_name": "", "blog_status": _ON_LINE})
        self._blogs = {row["blog_id"]: _Blog(row) for row in tables.rows("blog", TABLES["blog"])}
        self._categories = {
            row["cat_id"]: line(row["cat_title"])
            for row in tables.rows("category", TABLES["category"])
        }
        self._users = {
            row["user_id"]: _shown_name(row) for row in tables.rows("user", TABLES["user"])
        }

    def articles(self) -> Iterator[Article | WithheldArticle]:
        """The published posts and pages, by their numbers; of the others, the names."""
        tables = self._tables
        answers = tables.groups("comment", "post_id", TABLES["comment"], then="comment_dt")
        terms = tables.groups("meta", "post_id", TABLES["meta"], then="meta_id")
        for row in tables.rows("post", TABLES["post"], order="post_id"):
            number = row_number(row["post_id"])
            comments, tags = answers.of(number), terms.of(number)
            blog = self._blogs.get(row["blog_id"], self._alone)
            protected = self._is_protected(row)
            if (hidden := not self._is_public(row, blog)) or protected:
                self._left_aside.add("under_unpublished", len(comments))
                path = _path(row)
                names = (self._name(row), blog.url + path if blog.url else f"/{path}")
                yield WithheldArticle(tuple(filter(None, names)), protected=not hidden)
            if not hidden:
                yield self._article(row, blog, [] if protected else comments, tags)
        self._left_aside.add("elsewhere", answers.passed_over(), value="billet absent")

    def _is_public(self, row: Row, blog: _Blog) -> bool:
        """Whether readers see a post; if not, it is counted."""
        kind, state = row["post_type"], row["post_status"]
        if kind not in ("", *_KINDS):
            self._left_aside.add("other_kinds", value=kind)
            return False
        if blog.state not in ("", _ON_LINE):
            self._left_aside.add("unpublished_articles", value="blog hors ligne")
            return False
        if not self._publication.allows_of(state, PUBLISHED):
            self._left_aside.add("unpublished_articles", value=state or EMPTY)
            return False
        return True

    def _is_protected(self, row: Row) -> bool:
        return bool(row["post_password"]) and not self._publication.allows_of(PROTECTED, ())

    def account(self, name: str) -> Iterator[Outcome]:
        """What was left aside, or read with a doubt."""
        self._left_aside.add("zone", self._local.unsure)
        self._left_aside.add("date", self._local.amiss + self._universal.amiss)
        yield from self._left_aside.remarks(name)

    def _article(self, row: Row, blog: _Blog, comment_rows: list[Row], tags: list[Row]) -> Article:
        protected = self._is_protected(row)
        self._left_aside.add("protected", protected)
        body = () if protected else _body(row, "content")
        excerpt = () if protected else _body(row, "excerpt")
        headline = line(row["post_title"]) or beginning(body) or "Sans titre"
        published = self._time(row["post_dt"], row["post_tz"])
        modified = self._time(row["post_upddt"], row["post_tz"])
        if modified and published and instant(modified) <= instant(published):
            modified = None
        path = _path(row)
        url = blog.url + path if blog.url else None
        identity = self._name(row) or article_id(headline, published)
        author = self._users.get(row["user_id"]) or display_name(row["user_id"])
        category = self._categories.get(row["cat_id"], "")
        return Article(
            id=identity,
            headline=headline,
            url=url,
            # a path alone leads nowhere from here, but tells which article it is
            same_as=() if url or not row["post_url"] else (f"/{path}",),
            description=section_lines(excerpt) or None,
            article_section=(category,) if category else (),
            keywords=_tags(tags),
            author=(author,) if author else (),
            date_published=published,
            date_modified=modified,
            in_language=row["post_lang"] or None,
            publisher=blog.name,
            sections=body,
            comments=self._comments(identity, comment_rows),
        )

    def _name(self, row: Row) -> str:
        """The id of a post: its blog and its address, the same in every backup of it."""
        if not row["post_url"]:
            return ""
        place = row["post_url"] if row["post_type"] != "page" else f"pages/{row['post_url']}"
        return identifier(":".join(filter(None, ("dotclear", row["blog_id"], place))))

    def _time(self, cell: str, zone: str) -> str | None:
        """A time; Dotclear 2 keeps universal times, and beside them the zone they are shown in."""
        return (self._universal if zone else self._local).time(cell)

    def _comments(self, article: str, rows: list[Row]) -> tuple[Comment, ...]:
        answers = []
        for row in rows:
            if row["comment_trackback"] == "1":
                self._left_aside.add("pings")
            elif not self._publication.allows_of(row["comment_status"], PUBLISHED):
                self._left_aside.add("unpublished", value=row["comment_status"] or EMPTY)
            else:
                answers.append(self._answer(row))
        thread = comments(article, answers)
        self._left_aside.add("orphan", thread_depths(thread).orphans)
        return thread

    def _answer(self, row: Row) -> Answer:
        number = identifier(row["comment_id"])
        return Answer(
            name=number,
            author=display_name(row["comment_author"]),
            published=self._time(row["comment_dt"], row["comment_tz"]),
            words=words(row["comment_content"]),
            anchor=f"c{number}" if number else None,
        )


def _path(row: Row) -> str:
    """The end of the address of a post."""
    return f"{_KINDS.get(row['post_type'], 'post')}/{quote(row['post_url'], safe='/')}"


def _shown_name(row: Row) -> str | None:
    """How a blog names an author: the name chosen, else first and last names, else the login."""
    full_name = f"{row['user_firstname']} {row['user_name']}"
    return display_name(row["user_displayname"]) or display_name(full_name)


def _body(row: Row, part: str) -> tuple[Section, ...]:
    """The sections of the content, or of the excerpt, from its HTML, else as it was written."""
    if html := row[f"post_{part}_xhtml"]:
        return sections(html)
    content = row[f"post_{part}"]
    if row["post_format"] == "markdown":
        return markdown_sections(content)
    return sections(content, breaks=row["post_format"] not in ("", "xhtml"))


def _tags(rows: list[Row]) -> tuple[str, ...]:
    names = (line(row["meta_id"]) for row in rows if row["meta_type"] == "tag")
    return tuple(dict.fromkeys(filter(None, names)))

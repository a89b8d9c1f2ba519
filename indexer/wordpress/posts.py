"""Which article does a post of WordPress make, with its terms, metas and comments?

The post is as an export (WXR) tells it, or as the tables of its base do. Published posts and pages
are kept, and their approved comments; held and rejected ones, pingbacks and trackbacks, drafts,
menus and images are left out and counted. A post behind a password gives its title only. A topic
of bbPress is an article, and its replies are its comments.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from indexer.article import (
    EMPTY,
    PARTIAL,
    PIECE,
    PROTECTED,
    Article,
    Comment,
    Publication,
    Section,
    addresses,
    article_id,
)
from indexer.files import Spool
from indexer.markup import line, wordpress_text, words
from indexer.reporting import LeftAside, WithheldArticle, shorten
from indexer.threads import Answer, comments, display_name, identifier, thread_depths
from indexer.times import clock
from indexer.wordpress.builders import Metas, builder_html, is_built_elsewhere
from indexer.wordpress.footnotes import with_notes
from indexer.wordpress.forums import Forums, anonymous_name, answered
from indexer.wordpress.publishing import article_is_public, comment_is_public

OF_COMMENTS = (
    "comment_id", "comment_parent", "comment_author", "comment_date", "comment_date_gmt",
    "comment_content", "comment_type", "comment_approved",
)  # fmt: skip
"""What is read of a comment; the rest is its reader's address, and the machine's."""


LANGUAGE = "language"
"""The taxonomy of Polylang (3.6): its slugs are codes (fr), its names words (« Français »)."""


class Post(NamedTuple):
    """A post: its members by the names of an export, and its terms by taxonomy and name.

    Of a `LANGUAGE`, the slug is the name.
    """

    members: Mapping[str, str]
    terms: Sequence[tuple[str, str]] = ()
    metas: Metas = ()
    comments: Sequence[Mapping[str, str]] = ()


class Posts:
    """The posts of a site. `blog`, of which more may be learnt, has its `title`, `link`,
    `base_blog_url`, `language` and `pubDate`; `authors` are their names by login.
    """

    def __init__(self, publication: Publication) -> None:
        self.left_aside = LeftAside()
        self.blog: dict[str, str] = {}
        self.authors: dict[str, str] = {}
        self._publication = publication
        self._forums = Forums()
        self._waiting = Spool()

    def articles(self, post: Post) -> Iterator[Article | WithheldArticle]:
        """Yield the article of a post; only its names when readers may not see it.

        A topic or a reply whose forum or topic may follow waits for `rest`.
        """
        kind = post.members.get("post_type", "").strip()
        if self._forums.awaits(kind, post.members):
            self._waiting.put(kind, list(post))
        else:
            yield from self._articles(post)

    def rest(self) -> Iterator[Article | WithheldArticle]:
        """Yield those that waited, after the last post."""
        with self._waiting:
            for kind in ("topic", "reply"):
                for piece in self._waiting.of(kind):
                    yield from self._articles(Post(*piece))

    def _articles(self, post: Post) -> Iterator[Article | WithheldArticle]:
        members = post.members
        kind = members.get("post_type", "").strip() or "post"
        status = members["status"].strip() if "status" in members else None
        if kind == "reply" and (topic := self._forums.topic_of(members)) is not None:
            yield from self._reply(topic, post)
            return
        if kind == "forum":
            self._forums.learn(members)
        is_topic = kind == "topic" and self._forums.holds(members)
        if kind == "topic":
            self._forums.add(members, None)
        if is_topic:
            kind, status = "post", "publish"
        if not article_is_public(kind, status, self._publication, self.left_aside):
            url = members.get("link", "").strip() or None
            name = self._name(members.get("post_id", ""), "", None, url)
            yield self._withheld(post, kind, name)
            return
        protected = self._is_protected(members)
        article = self._article(post, kind, protected, is_topic)
        if protected:
            yield self._withheld(post, kind, article.id, protected=True)
        yield article
        if is_topic and not protected:
            self._forums.add(members, article.id)

    def _withheld(
        self, post: Post, kind: str, name: str, *, protected: bool = False
    ) -> WithheldArticle:
        """The names of an article whose text and comments readers may not see."""
        self.left_aside.add("under_unpublished", len(post.comments))
        url = post.members.get("link", "").strip() or None
        names = (name, url, *self._other_addresses(post.members, kind, url))
        return WithheldArticle(tuple(filter(None, names)), protected=protected)

    def _article(self, post: Post, kind: str, protected: bool, is_topic: bool) -> Article:
        members = post.members
        self.left_aside.add("protected", protected)
        sections = () if protected else self._sections(post)
        headline = line(members.get("title", "")) or _untitled(sections, members)
        published = self._clock(members, "post_date", members.get("pubDate"))
        modified = self._clock(members, "post_modified")
        url = members.get("link", "").strip() or None
        name = self._name(members.get("post_id", ""), headline, published, url)
        return Article(
            id=name,
            headline=headline,
            url=url,
            same_as=self._other_addresses(members, kind, url),
            description=None if protected else line(members.get("excerpt", "")) or None,
            article_section=_terms(post, "category"),
            keywords=_terms(post, "post_tag", "tag"),
            author=self._author(post),
            date_published=published,
            date_modified=modified if modified != published else None,
            in_language=self._language(post),
            publisher=line(self.blog.get("title", "")) or None,
            captured_at=self._export_time(),
            sections=sections,
            comments=() if protected else self._comments(name, post.comments),
            # plugins export comments without the texts: those that are known stay
            extra=_completeness(is_topic and not protected, bool(sections or protected)),
        )

    def _reply(self, topic: str, post: Post) -> Iterator[Article]:
        """Return the topic with a reply to it, as one of its pieces."""
        members = post.members
        status = members.get("status", "").strip()
        if not self._publication.allows_of(status, ("publish",)):
            self.left_aside.add("unpublished", value=status or EMPTY)
            return
        number = identifier(members.get("post_id", ""))
        answer = Answer(
            name=number,
            parent=answered(post.metas),
            author=next(iter(self._author(post)), None),
            published=self._clock(members, "post_date", members.get("pubDate")),
            words=words(members.get("content", ""), breaks=True),
            anchor=f"post-{number}" if number else None,
        )
        # its topic, another piece, knows the title
        yield Article(
            id=topic,
            headline="Sujet",
            comments=comments(topic, [answer]),
            extra={"completeness": PIECE},
        )

    def _sections(self, post: Post) -> tuple[Section, ...]:
        """The text of a post, else the one that its page builder keeps."""
        content, metas = post.members.get("content", ""), post.metas
        sections = wordpress_text.body(with_notes(content, metas))
        if not any(section.text for section in sections):
            kind = "without_text"
            if is_built_elsewhere(metas):
                sections = wordpress_text.shown(with_notes(builder_html(metas), metas))
                kind = "built_elsewhere"
            self.left_aside.add(kind, not any(section.text for section in sections))
        return sections

    def _is_protected(self, members: Mapping[str, str]) -> bool:
        password = members.get("post_password", "").strip()
        return bool(password) and not self._publication.allows_of(PROTECTED, ())

    def _export_time(self) -> str | None:
        """When the export was made: an earlier one does not undo a later one."""
        moment = clock(None, None, self.blog.get("pubDate"))
        return None if moment is None else moment.time

    def _name(self, number: str, headline: str, published: str | None, url: str | None) -> str:
        site = addresses.site(self.blog.get("base_blog_url") or self.blog.get("link") or url or "")
        number = identifier(number)
        if not number or not site:
            return article_id(headline, published, url)
        return identifier(f"wp:{site}:{number}")

    def _other_addresses(
        self, members: Mapping[str, str], kind: str, url: str | None
    ) -> tuple[str, ...]:
        """Return the other addresses of the article: its guid, and the one by number."""
        home = (self.blog.get("base_blog_url") or self.blog.get("link") or "").rstrip("/")
        number = members.get("post_id", "").strip()
        candidates = [members.get("guid", "").strip()]
        if addresses.site(home) and number.isdecimal():
            candidates.append(f"{home}/?{'page_id' if kind == 'page' else 'p'}={number}")
        return addresses.others(url, candidates)

    def _language(self, post: Post) -> str | None:
        """Return the language that an extension files a post under, else the site's."""
        site = self.blog.get("language", "")
        code = next(iter(_terms(post, LANGUAGE)), "").replace("_", "-")
        return code if code and not site.casefold().startswith(code.casefold()) else site or None

    def _author(self, post: Post) -> tuple[str, ...]:
        # where an extension lets several sign, the account is among them, or is not
        if logins := _terms(post, "author"):
            names = (self.authors.get(login) or display_name(login) for login in logins)
            return tuple(filter(None, names))
        login = post.members.get("creator", "").strip()
        name = self.authors.get(login) or display_name(login or anonymous_name(post.metas))
        return () if name is None else (name,)

    def _clock(self, members: Mapping[str, str], name: str, feed: str | None = None) -> str | None:
        """Return the time of `name`, by the site's two clocks, else the feed's."""
        moment = clock(members.get(f"{name}_gmt"), members.get(name), feed)
        if moment is None:
            return None
        self.left_aside.add("zone", not moment.sure)
        return moment.time

    def _comments(self, article: str, listed: Sequence[Mapping[str, str]]) -> tuple[Comment, ...]:
        answers = []
        for members in listed:
            kind, approved = members.get("comment_type", ""), members.get("comment_approved")
            if comment_is_public(kind, approved, self._publication, self.left_aside):
                answers.append(self._answer(members))
        thread = comments(article, answers)
        self.left_aside.add("orphan", thread_depths(thread).orphans)
        return thread

    def _answer(self, members: Mapping[str, str]) -> Answer:
        number = identifier(members.get("comment_id", ""))
        return Answer(
            name=number,
            parent=identifier(members.get("comment_parent", "")),
            author=display_name(members.get("comment_author", "")),
            published=self._clock(members, "comment_date"),
            words=words(members.get("comment_content", ""), breaks=True),
            anchor=f"comment-{number}" if number else None,
        )


def _completeness(is_topic: bool, is_complete: bool) -> dict[str, str]:
    """Return what an article says of its replies, that follow, and of a text that is missing."""
    if is_topic:
        return {"completeness": PIECE}
    # plugins export comments without the texts: those that are known stay
    return {} if is_complete else dict(PARTIAL)


def _terms(post: Post, *taxonomies: str) -> tuple[str, ...]:
    """Return the names of a post's terms in these taxonomies, each once."""
    names = (line(name) for taxonomy, name in post.terms if taxonomy in taxonomies)
    return tuple(dict.fromkeys(filter(None, names)))


def _untitled(sections: tuple[Section, ...], members: Mapping[str, str]) -> str:
    """Return a title for an article without one: its beginning, else its slug."""
    if sections:
        first = sections[0].headline or sections[0].text.partition("\n")[0]
        return shorten(first, 80)
    return addresses.title("/" + members.get("post_name", "").strip()).strip("/") or "Sans titre"

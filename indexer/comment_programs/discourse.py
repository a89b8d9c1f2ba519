"""Which topic does Discourse give, in one JSON file or in many?

`/t/ID.json` has the topic and its first 20 posts, `/t/ID/posts.json` others, `/posts/ID.json`
one: pieces of one article, put together by `gathering`. The first post is the article, or,
where Discourse holds the comments of a site, a stub that ends with the article's address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from indexer.article import PARTIAL, PIECE, Article, article_id, slug
from indexer.canonical import Object, lenient_json
from indexer.files import CapturedFile, JsonFileFormat, opening
from indexer.markup import line, sections, words
from indexer.reporting import LeftAside, Outcome, Rank, Skipped
from indexer.threads import NO_WORDS, Answer, comments, display_name, identifier

_LIKES = 2
_POST_TYPES = (1, 2, None)
_ARCHETYPES = ("regular", "banner")
_TYPES = {3: "notice", 4: "whisper"}
"""Kinds of posts in Discourse 3.5 (Post.types): regular, moderator_action, small_action, whisper.

A topic's archetype is `regular`, `private_message` or `banner`; one that is not `visible` is in
no list.
"""
_STUB = re.compile(r"<small>[^<]{0,300}<a [^>]{0,300}href=[\"'](https?://[^\"'\s]{1,2000})[\"']")


class DiscourseFormat(JsonFileFormat):
    """The reader of Discourse's JSON."""

    name = "discourse"
    rank = Rank.COMMENTS

    def fits(self, head: bytes) -> bool:
        """Return whether the file is a topic, or posts.

        >>> DiscourseFormat().fits(b'{"post_stream": {"posts": []}}')
        True
        """
        post = opening.names(head, "cooked", "username", "created_at")
        return post or opening.names(head, "post_stream")

    def value_outcomes(self, file: CapturedFile, value: Any) -> Iterator[Outcome]:
        """The topic, or a piece of it."""
        topic = lenient_json.inside(value)
        stream = lenient_json.inside(topic.get("post_stream"))
        listed = topic.get("latest_posts") or (value if topic == {} else [value])
        posts = lenient_json.objects(stream.get("posts") if stream else listed)
        by_topic: dict[str, list[Object]] = {}
        withheld = 0
        left_aside = LeftAside()
        for post in posts:
            if type(post.get("post_number")) is not int or "cooked" not in post:
                continue
            if post.get("post_type") not in _POST_TYPES:
                left_aside.add("other_kinds", value=_TYPES.get(post["post_type"], "sorte inconnue"))
                continue
            if (
                state := _hidden_state(topic if stream else post)
            ) and not self._options.publication.allows_of(state, ()):
                withheld += 1
                kind = "unpublished_articles" if post["post_number"] == 1 else "unpublished"
                left_aside.add(kind, value=state)
                continue
            number = lenient_json.text(
                post.get("topic_id") or (topic.get("id") if stream else None)
            )
            by_topic.setdefault(number, []).append(post)
        hidden = left_aside.count("other_kinds")
        if not by_topic and not withheld and not hidden:
            yield Skipped(file.name, "aucun message de Discourse")
        for number, together in by_topic.items():
            yield _article(number, together, topic if stream else {}, hidden)
        yield from left_aside.remarks(file.name)


def _hidden_state(topic: Object) -> str:
    """What keeps a topic, or the topic of a post, from everybody; "" for nothing."""
    if (lenient_json.text(topic.get("archetype")) or "regular") not in _ARCHETYPES:
        return lenient_json.text(topic["archetype"])
    if topic.get("deleted_at") and "post_stream" in topic:
        return "deleted"
    return "unlisted" if topic.get("visible") is False else ""


def _article(number: str, posts: Sequence[Object], topic: Object, hidden: int) -> Article:
    first = next((post for post in posts if post["post_number"] == 1), None)
    title = next((candidate for candidate in _titles(topic, posts) if candidate), "")
    short = next((candidate for candidate in _slugs(topic, posts) if candidate), "") or slug(title)
    headline = line(title)[:500] or short.replace("-", " ") or "Sans titre"
    name = identifier(f"discourse:{short}:{number}") if number else article_id(headline)
    answers = [_answer(post) for post in posts if post is not first]
    thread = comments(name, answers, "discourse", partial(_native, number))
    stub = _STUB.search(lenient_json.text(first.get("cooked"))) if first else None
    declared = lenient_json.count(topic.get("posts_count"))
    total = lenient_json.count(len(topic["post_stream"].get("stream") or ())) if topic else None
    missing = first is None or not topic or len(posts) + hidden < max(total or 0, declared or 0)
    extra: dict[str, Any] = {}
    if missing:
        extra = {"completeness": PIECE}
    elif stub:
        extra = dict(PARTIAL)
    published = lenient_json.time((first or {}).get("created_at") or topic.get("created_at"))
    return Article(
        id=name,
        headline=headline,
        url=stub[1] if stub else None,
        same_as=(f"/t/{short}/{number}",) if short and number else (),
        author=() if first is None or stub else tuple(filter(None, (_author(first),))),
        date_published=None if stub else published,
        date_modified=None if first is None or stub else _modified(first),
        comment_count=declared - 1 if declared else None,
        sections=() if first is None or stub else sections(lenient_json.text(first.get("cooked"))),
        comments=thread,
        extra=extra,
    )


def _titles(topic: Object, posts: Sequence[Object]) -> Iterator[str]:
    yield lenient_json.text(topic.get("title"))
    yield from (lenient_json.text(post.get("topic_title")) for post in posts)


def _slugs(topic: Object, posts: Sequence[Object]) -> Iterator[str]:
    yield identifier(lenient_json.text(topic.get("slug")))
    yield from (identifier(lenient_json.text(post.get("topic_slug"))) for post in posts)


def _native(topic: str, ref: str) -> str:
    """The number of a post quoted as "topic/post", if it is of this topic."""
    topic_number, _, number = ref.rpartition("/")
    return number if topic_number in ("", topic) else ""


def _author(post: Object) -> str | None:
    return display_name(lenient_json.text(post.get("username") or post.get("name")))


def _modified(post: Object) -> str | None:
    version = lenient_json.count(post.get("version")) or 1
    return lenient_json.time(post.get("updated_at")) if version > 1 else None


def _answer(post: Object) -> Answer:
    above = lenient_json.count(post.get("reply_to_post_number")) or 0
    deleted = any(post.get(name) for name in ("deleted_at", "user_deleted", "hidden"))
    acts = lenient_json.objects(post.get("actions_summary"))
    likes = (lenient_json.count(act.get("count")) for act in acts if act.get("id") == _LIKES)
    return Answer(
        name=str(post["post_number"]),
        parent=str(above) if above > 1 else "",
        author=_author(post),
        published=lenient_json.time(post.get("created_at")),
        words=NO_WORDS if deleted else words(lenient_json.text(post.get("cooked"))),
        modified=_modified(post),
        deleted=deleted,
        up=next(likes, None) or None,
        anchor=f"post_{post['post_number']}",
    )

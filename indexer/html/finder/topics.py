"""Is a thread all that its page says, so that its first message is the article?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from typing import Any

from lxml import etree

from indexer.html.elements import short_text, text_of
from indexer.html.finder.comment_words import shown, thread_hint, words_of
from indexer.html.finder.thread_items import Items

_LONGEST_BESIDE = 200
"""Characters in paragraphs that are no message's, on the page of a topic."""
_LONGEST_LINE = 80
_RE = re.compile(r"(?:re|rep|aw) ?(?:\[\d+\])? ?: ?")


def is_topic(items: Items, root: Any, *, is_named: bool) -> bool:
    """Whether no other text stands in a page, that says to be a topic's.

    By the names of its elements; or the first message has the page's title, and most others « Re: »
    it. is_named: the zone may speak of comments, as that of a thread of a forum below an article.
    """
    elements = {element for item in items.items for element in item.elements}
    says_so = _is_headed_topic(items, root, elements)
    if not is_named:
        says_so = says_so or _is_inside_topic(items) or _is_titled(items, root)
    return says_so and sum(_lengths(root, elements)) < _LONGEST_BESIDE


_TOPIC = frozenset(("topic", "thread", "sujet"))
_HEADED = _TOPIC | {"conversation", "discussion"}


def _is_headed_topic(items: Items, root: Any, elements: Set[Any]) -> bool:
    """Whether the page's heading is called a topic's, and is of no article beside the messages."""
    heading = next((heading for heading in root.iter("h1") if heading not in elements), None)
    if len(items.items) < 2 or heading is None or not words_of(heading) & _HEADED:
        return False
    article = next(heading.iterancestors("article"), None)
    return article is None or article in items.items[0].root.iterancestors()


def _is_inside_topic(items: Items) -> bool:
    """Whether what is around several messages is called a topic, in the page.

    The names of the page itself may be those of what its article speaks of: `topic-culture`.
    """
    if len(items.items) < 2:
        return False
    first, last = (set(items.items[place].root.iterancestors()) for place in (0, -1))
    around = (element for element in first & last if element.tag not in ("body", "html"))
    return any(words_of(element) & _TOPIC and thread_hint(element) < 2 for element in around)


def _is_titled(items: Items, root: Any) -> bool:
    heading = next(root.iter("h1"), None)
    title = "" if heading is None else shown(short_text(heading, 300))
    titles = [shown(members.title or "") for members in items.members]
    answers = sum(_RE.sub("", other, count=1) == title != other for other in titles[1:])
    return bool(title) and titles[0] == title and answers * 2 > len(titles) - 1


_LONG_TEXTS = etree.XPath("//body//text()[string-length() > 80][not(ancestor::p or ancestor::a)]")


def _lengths(root: Any, elements: Set[Any]) -> Iterator[int]:
    """Yield the characters of each paragraph, and text as long, that is not in these elements."""

    def is_outside(node: Any) -> bool:
        return node not in elements and elements.isdisjoint(node.iterancestors())

    yield from (len(text_of(paragraph)) for paragraph in root.iter("p") if is_outside(paragraph))
    for text in _LONG_TEXTS(root):
        holder = text.getparent().getparent() if text.is_tail else text.getparent()
        length = len(text.strip())
        if length > _LONGEST_LINE and is_outside(holder):
            yield length

"""Which message of a forum's topic is the article, and which answer it?

The page of a topic has no text but its messages: the first of the first page is the article, as it
is in the JSON of a Discourse.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from indexer.article import Section
from indexer.html.comments.thread import FoundComment, PageThread
from indexer.html.metadata.head import Head
from indexer.markup import html_text
from indexer.text import key
from indexer.times import Capture, when


def is_first_page(root: Any) -> bool:
    """Return whether no page of the topic precedes this one."""
    return not _led_to(root, "prev")


def has_more_pages(root: Any) -> bool:
    """Return whether the topic has other pages."""
    return _led_to(root, "prev") or _led_to(root, "next")


def _led_to(root: Any, rel: str) -> bool:
    # SMF 2.0 says the same of the topics before and after
    return any(
        rel in (link.get("rel") or "").lower().split() and "prev_next" not in link.get("href", "")
        for link in root.iter("a", "link")
    )


def with_opening(
    head: Head, thread: PageThread, capture: Capture
) -> tuple[Head, PageThread, tuple[Section, ...]]:
    """Return the head signed and dated by the first message, the answers, and its text."""
    first, answers = thread.comments[0], thread.comments[1:]
    time = when(first.machine, first.shown, first.edited, capture)
    head = replace(
        head,
        author=(first.author,) if first.author else head.author,
        date_published=time.published or time.earliest or head.date_published,
        date_modified=time.modified,
    )
    shifted = tuple(
        replace(
            answer,
            parent=None if not answer.parent else answer.parent - 1,
            parent_native=None if answer.parent_native == first.native else answer.parent_native,
        )
        for answer in answers
    )
    return head, replace(thread, comments=shifted), tuple(_sections(first))


def _sections(message: FoundComment) -> Iterator[Section]:
    """The message as an article's text: under its headings, with its quotations in their place.

    Lines that are none of its words nor of its quotations (notices of edits) are left out.
    """
    texts = (message.text, *(quote.text for quote in message.quotes))
    message_lines = {key(line) for text in texts for line in text.split("\n")}
    sections = html_text.sections(message.html)
    if not sections:
        yield Section(None, message.text)
        return
    for section in sections:
        lines = (line for line in section.text.split("\n") if key(line) in message_lines)
        text = "\n".join(lines)
        # where lines are left out, the places of embeds are no longer these
        embeds = section.embeds if text == section.text else ()
        yield replace(section, text=text, embeds=embeds)

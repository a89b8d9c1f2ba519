"""What do the comments found without an adapter become, in the shape of those of adapters?"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import replace
from html import escape
from itertools import islice
from typing import Any

from indexer.files import outer_html
from indexer.html.comments.comment_names import is_led, without_lead
from indexer.html.comments.member_times import with_hour
from indexer.html.comments.thread import Account, FoundComment, PageThread
from indexer.html.elements import MARK, copied, short_text
from indexer.html.finder.announced import Announcement
from indexer.html.finder.comment_words import (
    SIGNATURE,
    is_button,
    is_hidden_translation,
    is_named_button,
    is_unfolding,
    words_of,
)
from indexer.html.finder.date_marks import ATTRIBUTES, DateMark, is_dated
from indexer.html.finder.items.edit_notices import without_edit_notice, without_signs
from indexer.html.finder.items.item import Item
from indexer.html.finder.items.members import Members
from indexer.html.finder.items.pieces import ends_line, stands_apart
from indexer.html.finder.items.words import Node, is_quotation
from indexer.html.finder.thread_answers import Place, places_of
from indexer.html.finder.thread_finder import Thread
from indexer.html.finder.thread_items import Items
from indexer.markup import html_text

NAME = "sans adaptateur"
"""How reports call the finder."""
_AFTER_NAME = re.compile(r"^[\s:;,|•·)\]–—-]+(?=\w|[«\"“])")
_BEFORE_NAME = re.compile(r"\s+[-–—]{1,3}$")
_BLOCKS = frozenset(("p", "blockquote", "ul", "ol", "pre", "table", "figure", "dl", "li", "div"))


def page_thread(thread: Thread, announced: Sequence[Announcement], tops: Set[Any]) -> PageThread:
    """The comments of a thread, with the account of how they were found."""
    items = _without_leads(thread.items)
    account = Account(NAME)
    counts = [announcement for announcement in announced if announcement.count is not None]
    if counts:
        numbered = [
            announcement for announcement in counts if announcement.count == len(items.items)
        ]
        closest = (numbered or counts)[0]
        account.declared, account.declared_by = closest.count, closest.text
        if thread.numbered:
            account.declared = len(items.items)
    places = places_of(items)
    elements = [element for item in items.items for element in item.elements]
    for element in elements:
        element.set(MARK, "item")
    try:
        comments = [
            _comment(item, members, place, account, has_markup=thread.topic)
            for item, members, place in zip(items.items, items.members, places, strict=True)
        ]
    finally:
        for element in elements:
            element.attrib.pop(MARK, None)
    comments = unquoted(comments)
    account.items = len(comments)
    around = [
        element for element in thread.zone.elements if thread.zone.sure and element not in tops
    ]
    return PageThread(tuple(comments), account, (*around, *elements), tuple(elements), thread.topic)


def _without_leads(items: Items) -> Items:
    """The same, where the program writes « par » before each name."""
    if not is_led(members.author or "" for members in items.members):
        return items
    members = tuple(
        replace(members, author=members.author and without_lead(members.author))
        for members in items.members
    )
    return replace(items, members=members)


def _comment(
    item: Item, members: Members, place: Place, account: Account, *, has_markup: bool
) -> FoundComment:
    machine, date_text = _date(item.date)
    markup = "" if members.deleted else _html(members.body)
    words = html_text.words(markup)
    if members.body and members.body[0].kind != "element":
        # what stood between the name and the words
        words = words._replace(text=_AFTER_NAME.sub("", words.text))
        words = words._replace(text=_BEFORE_NAME.sub("", words.text))
    words = without_signs(words)
    words, edited = without_edit_notice(words)
    for member, value in (
        ("id", place.native),
        ("author", members.author),
        ("date", date_text or (machine[0] if machine else None)),
        ("title", members.title),
        ("role", members.role),
        ("body", words.text),
    ):
        if value:
            account.note(member, "forme", value)
    return FoundComment(
        native=place.native,
        anchor=place.anchor,
        author=members.author,
        role=members.role,
        machine=machine,
        shown=date_text,
        edited=edited,
        title=members.title,
        text=words.text,
        quotes=words.quotes,
        links=words.links,
        parent=place.parent,
        deleted=members.deleted,
        html=markup if has_markup else "",
    )


def _date(date: DateMark) -> tuple[tuple[str, ...], str]:
    """The times meant for machines, and the text of the date."""
    if date.mixed:
        texts = (date.element.text, *(child.tail for child in date.element))
        return (), next((" ".join(text.split()) for text in texts if text and is_dated(text)), "")
    elements = islice(date.element.iter("*"), 6)
    machine = (element.get(name) for element in elements for name in ATTRIBUTES)
    text = with_hour(date.element, short_text(date.element, 200))
    return tuple(filter(None, machine)), text


def unquoted(comments: list[FoundComment]) -> list[FoundComment]:
    """Return comments with their quotations as their words, where all are wholly quotations."""
    if not all(not comment.text and comment.quotes for comment in comments):
        return comments
    return [
        replace(comment, text="\n".join(quote.text for quote in comment.quotes), quotes=())
        for comment in comments
    ]


def _html(body: Sequence[Node]) -> str:
    return "".join(_piece(node) for node in body)


def _piece(node: Node) -> str:
    if node.kind != "element":
        return escape(node.string, quote=False)
    if node.element.tag == "br":
        return "<br>"
    dropped = [
        element
        for element in node.element.iter("*")
        if _is_dropped(element) and MARK not in element.attrib
    ]
    for element in dropped:
        element.set(MARK, "drop")
    try:
        copy = copied(node.element)
    finally:
        for element in dropped:
            element.attrib.pop(MARK, None)
    for element in copy.iter("*"):
        if element is not copy and is_quotation(element) and element.tag not in ("blockquote", "q"):
            element.tag = "blockquote"
    copy.tag = node.element.tag if node.element.tag in _BLOCKS else "span"
    if len(node.element) and any(child.tag in _BLOCKS for child in node.element):
        copy.tag = "div" if copy.tag == "span" else copy.tag
    if is_quotation(node.element):
        copy.tag = "blockquote"
    return outer_html(copy)


def _is_dropped(element: Any) -> bool:
    """Whether an element inside the words is a button, and nobody's words."""
    if element.tag in ("button", "form"):
        return True
    if words_of(element) & SIGNATURE:
        return True
    if is_hidden_translation(element) or is_named_button(element):
        return True
    text = short_text(element, 60) if element.tag == "a" else ""
    if is_unfolding(text) and ends_line(element, is_button):
        return True
    # what is longer is a pasted address, or words
    return bool(text) and is_button(text) and stands_apart(element, is_button)

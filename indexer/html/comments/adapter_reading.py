"""Which comments does an adapter find in a page, and who answers whom?

Every selector is run once on the whole page, and what it finds goes to the innermost
comment around it: an answer inside a comment keeps its own words and author. Comments are
never merged because they look alike: one can be sent twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from indexer.files import outer_html
from indexer.html.comments.adapter_items import body_of, items_of, matches_of
from indexer.html.comments.adapter_quotes import is_quoted, make_blockquotes
from indexer.html.comments.adapters import MEMBERS, Adapter, Rule, Selector
from indexer.html.comments.member_times import machine_times, marked_date, with_hour
from indexer.html.comments.thread import Account, FoundComment, PageThread
from indexer.html.comments.unruled_members import (
    action_links,
    is_header,
    marked_quotes,
    marked_roles,
    name_text,
    vote_counts,
)
from indexer.html.elements import (
    MARK,
    anchor_of,
    copied,
    grouped,
    holds_title,
    owners_of,
    text_of,
)
from indexer.html.finder.announced import declared_count
from indexer.html.finder.comment_words import is_deletion_notice
from indexer.html.finder.date_marks import is_dated
from indexer.html.finder.found_thread import unquoted
from indexer.html.finder.items.edit_notices import without_edit_notice, without_signs
from indexer.html.finder.items.names import marked_name
from indexer.html.finder.items.pieces import item_pieces
from indexer.markup import html_text


def read_with(adapter: Adapter, root: Any) -> PageThread:
    """The comments that an adapter finds in a page, and the account of them."""
    return _Reading(root, adapter).thread()


class _Reading:
    """One adapter at work on one page."""

    def __init__(self, root: Any, adapter: Adapter) -> None:
        self._root = root
        self._adapter = adapter
        self._account = Account(adapter.name)
        self._matches = matches_of(adapter, root)
        self._items = items_of(adapter, root, self._matches)
        self._borders = frozenset(self._items)
        self._markup = ""
        self._owner = owners_of(root, set(self._items))
        self._roles = marked_roles(self._items, self._owner)
        self._by_rule = {
            rule: self._elements_by_item(rule) for rules in adapter.rules.values() for rule in rules
        }

    def thread(self) -> PageThread:
        """The comments, in the order of the page, with their parents' places."""
        self._declare()
        # once for the page: what is copied of it remembers
        marked = [
            *self._mark("quote", self._selected(self._adapter.quote)),
            *self._mark("drop", self._selected(self._adapter.drop)),
            *self._mark("item", self._items),
        ]
        # these look at the marks above
        marked += self._mark("drop", (*action_links(self._owner), *vote_counts(self._owner)))
        marked += self._mark("quote", marked_quotes(self._owner))
        try:
            return self._read()
        finally:
            for element in marked:
                element.attrib.pop(MARK, None)

    def _selected(self, selectors: Iterable[Selector]) -> Iterator[Any]:
        return (element for selector in selectors for element in selector.of(self._root))

    def _mark(self, mark: str, elements: Iterable[Any]) -> list[Any]:
        """Set a mark on elements, and return them."""
        marked = list(elements)
        for element in marked:
            element.set(MARK, mark)
        return marked

    def _read(self) -> PageThread:
        items: list[Any] = []
        comments: list[FoundComment] = []
        accounts = []
        for item in self._items:
            account = Account(self._adapter.name)
            comment = self._comment(item, account)
            if comment is not None:
                items.append(item)
                comments.append(comment)
                accounts.append(account)
        for account in accounts:
            for member, rule in account.by.items():
                self._account.note(member, rule, account.samples[member])
        self._account.items = len(comments)
        containers = self._around(items) if items else ()
        comments = unquoted(list(self._parents(items, comments)))
        return PageThread(
            tuple(comments),
            self._account,
            containers,
            tuple(items),
            # without a message, it is no topic
            self._adapter.topic and bool(comments),
        )

    def _around(self, items: list[Any]) -> tuple[Any, ...]:
        """Return the elements of the thread, without those that hold the article's title."""
        outer = (
            box
            for box in self._selected(self._adapter.container)
            if box.tag not in ("html", "body", "main") and not holds_title(box)
        )
        return tuple(dict.fromkeys([*outer, *items]))

    # each rule once for the page: what it gives to each item

    def _elements_by_item(self, rule: Rule) -> dict[Any, list[Any]]:
        by_item: dict[Any, list[Any]] = {}
        if (place := rule.before or rule.after) is not None:
            beside = set(place.of(self._root))
            for item in self._items:
                sibling = self._beside(item, beside, before=place is rule.before)
                if sibling is not None:
                    by_item[item] = [sibling]
            if not rule.selector.self:
                inside = grouped(self._matches[rule], beside)
                by_item = {item: inside.get(siblings[0], []) for item, siblings in by_item.items()}
        elif rule.around is not None:
            places = set(rule.around.of(self._root))
            nearest = owners_of(self._root, places)
            free = (node for node in self._matches[rule] if self._owner.get(node) is None)
            inside = grouped(free, places, nearest)
            places_seen: set[Any] = set()
            for item in self._items:
                place = nearest.get(item)
                if place is not None and place not in places_seen:
                    places_seen.add(place)
                    by_item[item] = inside.get(place, [])
        elif rule.selector.self:
            by_item = {item: [item] for item in self._items}
        else:
            for element in self._matches[rule]:
                owner = self._owner.get(element)
                if owner is None or owner is element:
                    continue
                if not rule.selector.children or element.getparent() is owner:
                    by_item.setdefault(owner, []).append(element)
        return by_item

    def _beside(self, item: Any, candidates: set[Any], *, before: bool) -> Any:
        """The closest of these among an item's siblings on one side; None at the next item."""
        for sibling in islice(item.itersiblings(preceding=before), 4):
            if sibling in candidates:
                return sibling
            if not before and sibling in self._borders:
                break
        return None

    def _values(self, item: Any, member: str) -> tuple[Rule | None, list[Any], str]:
        """The rule of a member that finds something, the elements, and the first one's value."""
        for rule in self._adapter.rules.get(member, ()):
            for element in self._by_rule[rule].get(item, ()):
                value = _value(element, rule)
                if member == "author" and rule.attribute is None and len(element):
                    value = name_text(element) or value
                if rule.like is not None and value:
                    match = rule.like.search(value[:2000])
                    value = (match[match.re.groups and 1] or "").strip() if match else ""
                if value and not (member == "author" and is_dated(value)):
                    return rule, self._by_rule[rule][item], value
        return None, [], ""

    def _comment(self, item: Any, account: Account) -> FoundComment | None:
        values, header = self._plain_members(item, account)
        if "author" not in values and (name := marked_name(item_pieces((item,), self._borders))):
            values["author"] = name
            account.note("author", "balisage", name)
        machine, date_text, dated = self._date(item, account)
        words, has_body = self._body(item, account, [*header, *dated])
        words, notice = without_edit_notice(without_signs(words))
        role = self._roles.get(item)
        if "role" not in values and role and role != values.get("author"):
            values["role"] = role
            account.note("role", "balisage", role)
        deleted = "deleted" in values or (is_deletion_notice(words.text) and not words.quotes)
        members = values.keys() | ({"date"} if machine or date_text else set())
        # who wrote what was deleted, and when, is often deleted too
        marks = {"author", "date", "id"} if deleted else {"author", "date"}
        if not (has_body or deleted) or not members & marks:
            return None
        if not set(self._adapter.requires) <= members | {"body"}:
            return None
        _, _, parent = self._values(item, "parent")
        return FoundComment(
            native=values.get("id"),
            anchor=anchor_of(item, values.get("id")),
            author=values.get("author"),
            role=values.get("role"),
            machine=machine,
            shown=date_text,
            edited=values.get("edited", "") or notice,
            title=None if values.get("title") == values.get("author") else values.get("title"),
            text="" if deleted else words.text,
            html=self._markup if self._adapter.topic and not deleted else "",
            quotes=() if deleted else words.quotes,
            links=() if deleted else words.links,
            parent_native=parent or None,
            url=values.get("url"),
            kind=values.get("kind", "").lower() or None,
            deleted=deleted,
            votes_for=_number(values.get("votes_for")),
            votes_against=_number(values.get("votes_against")),
        )

    def _plain_members(self, item: Any, account: Account) -> tuple[dict[str, str], list[Any]]:
        """The members that are a text, by name, and the elements that hold the author's alone."""
        values: dict[str, str] = {}
        header: list[Any] = []
        for member in MEMBERS:
            if member in ("body", "date", "depth", "parent", "quote_author"):
                continue
            rule, elements, value = self._values(item, member)
            if rule is not None:
                values[member] = value
                account.note(member, rule.text, value)
                if member == "author" and rule.like is None:
                    header += [
                        element
                        for element in elements
                        if value in (_value(element, rule), name_text(element))
                    ]
        return values, header

    def _date(self, item: Any, account: Account) -> tuple[tuple[str, ...], str, list[Any]]:
        """The times for machines, the text of the date, and the element that holds nothing else."""
        for rule in self._adapter.rules.get("date", ()):
            for element in self._by_rule[rule].get(item, ()):
                machine, date_text = (
                    machine_times(element),
                    with_hour(element, _value(element, rule)),
                )
                if rule.like is not None:
                    match = rule.like.search(date_text[:2000])
                    date_text = match[match.re.groups and 1] if match else ""
                if any(char.isdigit() for char in "".join(machine) + date_text) or _NEAR.search(
                    date_text
                ):
                    account.note("date", rule.text, date_text or machine[0])
                    return machine, date_text, [element] if rule.like is None else []
        element = marked_date(item, self._borders)
        if element is None:
            return (), "", []
        account.note("date", "balisage", text_of(element))
        return machine_times(element), with_hour(element, text_of(element)), [element]

    def _body(
        self, item: Any, account: Account, header: Sequence[Any]
    ) -> tuple[html_text.Words, bool]:
        """The words, without the elements of the header that stand among them."""
        for rule, elements in self._bodies(item):
            body_elements = body_of(elements)
            inside = [element for element in header if is_header(element, body_elements[0])]
            for element in inside:
                element.set(MARK, "drop")
            try:
                first, *beside = body_elements
                self._markup = self._own(first) + "".join(
                    self._own(element, element.tag) for element in beside
                )
                words = html_text.words(self._markup)
            finally:
                for element in inside:
                    element.attrib.pop(MARK, None)
            account.note("body", rule.text, words.text)
            return words, True
        return html_text.Words(""), False

    def _bodies(self, item: Any) -> Iterator[tuple[Rule, list[Any]]]:
        """Yield what may hold the words, by rule; at last what stands in a quotation."""
        bodies = [(rule, self._by_rule[rule].get(item, ())) for rule in self._adapter.rules["body"]]
        for is_last in (False, True):
            for rule, elements in bodies:
                unquoted = [
                    element
                    for element in elements
                    if is_last or element.get(MARK) == "quote" or not is_quoted(element, item)
                ]
                if unquoted:
                    yield rule, unquoted

    def _own(self, element: Any, tag: str = "div") -> str:
        """An element's HTML, without the answers inside nor what the adapter drops."""
        copy = copied(element)
        copy.tag = tag
        make_blockquotes(copy, self._adapter.rules.get("quote_author", ()))
        return outer_html(copy)

    def _parents(self, items: list[Any], comments: list[FoundComment]) -> Iterable[FoundComment]:
        """Yield the comments with their parents, from the page, else from nesting or depth."""
        places = {item: place for place, item in enumerate(items)}
        places = {**self._wrapped(places), **places}
        natives: dict[str, int] = {}
        for place, comment in enumerate(comments):
            if comment.native:
                natives.setdefault(comment.native, place)
        indents = set(self._selected(self._adapter.indent))
        above: list[tuple[int, int]] = []
        for place, (item, comment) in enumerate(zip(items, comments, strict=True)):
            depth = self._depth(item, indents)
            while above and (depth is None or above[-1][0] >= depth):
                above.pop()
            parent = natives.get((comment.parent_native or "").lstrip("#"))
            if parent is None:
                parent = self._nested(item, place, places)
            if parent is None and above and not comment.parent_native:
                parent = above[-1][1]
            if depth is not None:
                above.append((depth, place))
            yield replace(comment, parent=None if parent == place else parent)

    def _wrapped(self, places: Mapping[Any, int]) -> dict[Any, int]:
        """The items that hold no words of theirs, and the comment each wraps: the same number.

        Answers stand in the item, beside the comment: `li#li-comment-7 > article#comment-7`.
        """
        return {
            around: place
            for item, place in places.items()
            if (around := item.getparent()) in self._borders
            and around not in places
            and _number_of(around) == _number_of(item) != ""
        }

    def _nested(self, item: Any, place: int, places: Mapping[Any, int]) -> int | None:
        around = item.getparent()
        while around is not None:
            owner = self._owner.get(around)
            if owner is None:
                return None
            if (above := places.get(owner, place)) != place:
                return above
            around = owner.getparent()
        return None

    def _depth(self, item: Any, indents: set[Any]) -> int | None:
        _, _, depth = self._values(item, "depth")
        if (number := _number(depth)) is not None or not self._adapter.indent:
            return number
        return sum(ancestor in indents for ancestor in item.iterancestors())

    def _declare(self) -> None:
        for selector in self._adapter.declared:
            for element in selector.of(self._root):
                count = declared_count(text_of(element) or element.get("content") or "")
                if count is not None:
                    self._account.declared, self._account.declared_by = count, selector.css
                    return


_NEAR = re.compile(r"(?i)hier|aujourd|instant|yesterday|today|just now|il y a une|an? \w+ ago")


def _value(element: Any, rule: Rule) -> str:
    if rule.attribute is not None:
        return " ".join((element.get(rule.attribute) or "").split())
    return text_of(element) or (element.get("content") or "").strip()


def _number_of(element: Any) -> str:
    """The number that ends an element's id, "" without one."""
    match = re.search(r"\d+$", element.get("id") or "")
    return match[0] if match else ""


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None

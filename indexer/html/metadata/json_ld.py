"""What do the scripts of JSON-LD in a page say of its article and of its comments?

Publishers write it in many ways: a list, a `@graph`, a string for a list, an organisation
as author, JSON with a comma too many. What cannot be parsed is counted, never guessed.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator
from html import unescape
from typing import Any

from indexer.markup import html_text

_DEEPEST = 60
_WRAPPED = re.compile(r"^\s*(?://)?\s*(?:<!\[CDATA\[|<!--)|(?://)?\s*(?:\]\]>|-->)\s*;?\s*$")
_COMMA = re.compile(r",(\s*[}\]])")
_ARTICLES = re.compile(
    r"(?:Article|Posting|Report|Review|BlogPost|AskPublicNewsArticle|PodcastEpisode|RadioEpisode)$"
)
_LISTS = frozenset({"CollectionPage", "ItemList", "SearchResultsPage"})


def nodes(root: Any) -> tuple[list[dict[str, Any]], int]:
    """Return the JSON-LD objects of a page, outer ones first, and the count of scripts not JSON.

    >>> import lxml.html
    >>> script = '<script type="application/ld+json">{"@graph": [{"@type": "Article"},]}</script>'
    >>> nodes(lxml.html.document_fromstring(script))
    ([{'@graph': [{'@type': 'Article'}]}, {'@type': 'Article'}], 0)
    """
    objects: list[dict[str, Any]] = []
    wrong = 0
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower() or not (script.text or "").strip():
            continue
        value = _parse(script.text)
        if value is None:
            wrong += 1
        else:
            objects += _objects(value)
    return objects, wrong


def _parse(text: str) -> Any:
    text = _WRAPPED.sub("", text).strip().rstrip(";")
    for attempt in (text, _COMMA.sub(r"\1", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _objects(value: Any) -> list[dict[str, Any]]:
    """Return an object, the objects of a list or a graph, and the main entity of a page."""
    objects: list[dict[str, Any]] = []
    waiting = deque([value])
    for _ in range(10_000):
        if not waiting:
            break
        item = waiting.popleft()
        if isinstance(item, list):
            waiting.extendleft(reversed(item))
        elif isinstance(item, dict):
            item = _plain(item)
            objects.append(item)
            waiting += [item[name] for name in ("@graph", "mainEntity") if name in item]
            if isinstance(item.get("mainEntityOfPage"), dict):
                waiting.append(item["mainEntityOfPage"])
    return objects


def _plain(node: Any, depth: int = 0) -> Any:
    """An object without the prefix of schema.org before its members' names."""
    if isinstance(node, list) and depth < _DEEPEST:
        return [_plain(item, depth + 1) for item in node]
    if not isinstance(node, dict) or depth >= _DEEPEST:
        return node
    if not any(_PREFIX.match(name) for name in node):
        return node
    return {_PREFIX.sub("", name): _plain(value, depth + 1) for name, value in node.items()}


_PREFIX = re.compile(r"schema:|https?://schema\.org/")


def types(node: dict[str, Any]) -> frozenset[str]:
    """The types of an object, without the address of their vocabulary."""
    return frozenset(
        str(kind).rpartition("/")[2].rpartition(":")[2] for kind in listed(node.get("@type"))
    )


def article_node(objects: list[dict[str, Any]], url: str | None) -> dict[str, Any] | None:
    """Return the page's article: the object with its address, else the fullest one."""
    articles = [
        candidate
        for candidate in objects
        if any(_ARTICLES.search(kind) for kind in types(candidate))
    ]
    if any("QAPage" in types(item) for item in objects):
        # the questions of a `FAQPage` are the site's own, with its answers
        articles += [item for item in objects if "Question" in types(item)]
    if not articles:
        return None

    def worth(node: dict[str, Any]) -> tuple[bool, bool, int]:
        addresses = {
            text(node.get("url")),
            text(node.get("@id")),
            text(node.get("mainEntityOfPage")),
        }
        return (url in addresses, bool(text(node.get("headline"))), len(node))

    return max(articles, key=worth)


def resolved(node: dict[str, Any], objects: list[dict[str, Any]]) -> dict[str, Any]:
    """Return an object with its references (`@id`) replaced by the page's objects they name.

    >>> person = {"@id": "#zoe", "@type": "Person", "name": "Zoé"}
    >>> resolved({"author": {"@id": "#zoe"}}, [person])["author"]["name"]
    'Zoé'
    """
    objects_by_id = {
        other["@id"]: other
        for other in [*_inside(objects), *objects]
        if isinstance(other.get("@id"), str) and len(other) > 1
    }

    def referred(value: Any) -> Any:
        if isinstance(value, list):
            return [referred(item) for item in value[:100]]
        if isinstance(value, str):
            # a name by which no object is called is somebody's
            return objects_by_id.get(value, value)
        if isinstance(value, dict) and isinstance(value.get("@id"), str) and "name" not in value:
            return {**objects_by_id.get(value["@id"], {}), **value}
        return value

    names: set[str] = set()

    def whole(comment: dict[str, Any], depth: int) -> dict[str, Any]:
        name = comment.get("@id")
        if isinstance(name, str) and name not in names:
            # once: objects may name each other in a ring
            names.add(name)
            comment = {**objects_by_id.get(name, {}), **comment}
        comment = {
            at: referred(value) if at in _REFERRING else value for at, value in comment.items()
        }
        if depth < _DEEPEST:
            inside = _ANSWERS & comment.keys()
            comment |= {at: wholes(comment[at], depth + 1) for at in inside}
        return comment

    def wholes(value: Any, depth: int = 0) -> list[dict[str, Any]]:
        comments = [whole(item, depth) for item in listed(value) if isinstance(item, dict)]
        return [comment for comment in comments if len(comment) > 1]

    def member(name: str, value: Any) -> Any:
        if name in _ANSWERS:
            return wholes(value)
        return referred(value) if name in _REFERRING else value

    return {name: member(name, value) for name, value in node.items()}


def _inside(objects: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The objects that are members of others, the first thousands of them."""
    inside: list[dict[str, Any]] = []
    waiting = deque(value for item in objects for value in item.values())
    for _ in range(10_000):
        if not waiting:
            break
        value = waiting.popleft()
        if isinstance(value, dict):
            inside.append(value)
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
    return inside


def page_node(objects: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Return what is said of the page around the article; None when nothing is."""
    return next((item for item in objects if types(item) & _PAGES), None)


_PAGES = frozenset(("WebPage", "ItemPage"))


def with_tied(node: dict[str, Any], objects: list[dict[str, Any]]) -> dict[str, Any]:
    """An article with the comments that name it, or that answer those: `about`, `parentItem`.

    Comments that name nothing are those of the page's only article.

    >>> article = {"@id": "#a"}
    >>> objects = [article, {"@type": "Comment", "@id": "#1", "about": {"@id": "#a"}, "text": "Un"},
    ...     {"@type": "Comment", "parentItem": {"@id": "#1"}, "text": "Deux"}]
    >>> [(comment["text"], parent) for comment, parent in comments(with_tied(article, objects))]
    [('Un', None), ('Deux', 0)]
    """
    loose = [item for item in objects if types(item) & {"Comment", "Answer"}]
    if not loose or _answers(node):
        return node
    copies = [{**item} for item in loose]
    is_only_article = sum(any(map(_ARTICLES.search, types(item))) for item in objects) == 1
    holders: dict[str, dict[str, Any]] = {}
    tied = {**node}
    for holder in (tied, *copies):
        names = (_name(holder.get(member)) for member in ("@id", "url", "mainEntityOfPage"))
        holders.update((name, holder) for name in names if name and name not in holders)
    for comment in copies:
        above = next(filter(None, (_name(comment.get(member)) for member in _TIES)), None)
        target = holders.get(above) if above else tied if is_only_article else None
        if target is not None and target is not comment:
            target["comment"] = [*listed(target.get("comment")), comment]
    return tied


_TIES = ("parentItem", "about", "itemReviewed", "discusses")


def _name(value: Any) -> str | None:
    """The name by which an object is referred to."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("@id") or value.get("url")
    return value if isinstance(value, str) and value else None


_ANSWERS = frozenset(("comment", "acceptedAnswer", "suggestedAnswer"))
_REFERRING = frozenset(("author", "creator", "publisher", "editor"))


def is_list_page(objects: list[dict[str, Any]]) -> bool:
    """Return whether the page says it is a list of articles."""
    return any(types(item) & _LISTS for item in objects)


def listed(value: Any) -> list[Any]:
    """A value, or the values of a list."""
    if isinstance(value, dict) and isinstance(value.get("@list"), list):
        value = value["@list"]
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def text(value: Any) -> str | None:
    """A member's words: a string, the name of an object, the first of a list. None if blank.

    >>> text({"@type": "Person", "name": "Zo&eacute;"}), text([" a "]), text("")
    ('Zoé', 'a', None)
    """
    for _ in range(5):
        if isinstance(value, list):
            value = value[0] if value else None
        elif isinstance(value, dict):
            value = value.get("name") or value.get("@value") or value.get("@id") or value.get("url")
        else:
            break
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        return None
    words = html_text.line(value) if "<" in value else " ".join(unescape(value).split())
    return words or None


def texts(value: Any) -> tuple[str, ...]:
    """The words of a member that is a string or a list, each once."""
    return tuple(dict.fromkeys(filter(None, map(text, listed(value)))))


def people(value: Any) -> tuple[str, ...]:
    """Return the names of the authors who are persons, without organisations.

    >>> people([{"givenName": "Zoé", "familyName": "Roy"}, {"@type": "Organization", "name": "L"}])
    ('Zoé Roy',)
    """
    persons = []
    for author in listed(value):
        kinds = types(author) if isinstance(author, dict) else frozenset()
        if kinds and not kinds & {"Person", "Patient", "Author"}:
            continue
        names = author
        if isinstance(author, dict):
            parts = (text(author.get(member)) for member in ("givenName", "familyName"))
            names = author.get("name") or " ".join(filter(None, parts))
        persons += [name for name in texts(names) if not name.startswith(("http://", "https://"))]
    return tuple(dict.fromkeys(persons))


def count(node: dict[str, Any]) -> int | None:
    """Return the number of comments that an article declares."""
    counts = [node.get("commentCount"), _answer_count(node)]
    counts += [
        statistic.get("userInteractionCount")
        for statistic in listed(node.get("interactionStatistic"))
        if isinstance(statistic, dict) and "CommentAction" in str(statistic.get("interactionType"))
    ]
    # "UserComments:12", "12 UserComments": before `interactionStatistic`
    counts += [
        re.sub(r"\W*UserComments\W*", "", old)
        for old in texts(node.get("interactionCount"))
        if "UserComments" in old
    ]
    for value in counts:
        if (number := text(value)) and number.isascii() and number.isdigit() and len(number) < 9:
            return int(number)
    return None


def _answer_count(node: dict[str, Any]) -> int | None:
    """The answers that a question declares, and the comments that are under it and under them."""
    declared = text(node.get("answerCount")) or ""
    if not declared.isdecimal() or len(declared) > 8:
        return None
    members = ("acceptedAnswer", "suggestedAnswer")
    answers = sum(isinstance(answer, dict) for name in members for answer in listed(node.get(name)))
    return int(declared) + sum(1 for _ in comments(node)) - answers


def comments(node: dict[str, Any]) -> Iterator[tuple[dict[str, Any], int | None]]:
    """Return the comments of an object and their answers, each with its parent's position.

    >>> article = {"comment": [{"text": "Un", "comment": {"text": "Deux"}}, {"text": "Trois"}]}
    >>> [(comment["text"], parent) for comment, parent in comments(article)]
    [('Un', None), ('Deux', 0), ('Trois', None)]
    """
    waiting: deque[tuple[dict[str, Any], int | None, int]]
    waiting = deque((comment, None, 0) for comment in _answers(node))
    place = 0
    while waiting:
        comment, parent, depth = waiting.popleft()
        yield comment, parent
        if depth < _DEEPEST:
            waiting.extendleft((inside, place, depth + 1) for inside in reversed(_answers(comment)))
        place += 1


def _answers(node: dict[str, Any]) -> list[dict[str, Any]]:
    members = ("comment", "acceptedAnswer", "suggestedAnswer")
    answers = [answer for member in members for answer in listed(node.get(member))]
    return [answer for answer in answers if isinstance(answer, dict)]

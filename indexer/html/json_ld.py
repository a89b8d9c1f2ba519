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
_ARTICLES = re.compile(r"(?:Article|Posting|Report|Review|BlogPost|AskPublicNewsArticle)$")
_LISTS = frozenset({"CollectionPage", "ItemList", "SearchResultsPage"})


def nodes(root: Any) -> tuple[list[dict[str, Any]], int]:
    """The objects of a page's JSON-LD, outer ones first, and how many scripts are not JSON.

    >>> import lxml.html
    >>> script = '<script type="application/ld+json">{"@graph": [{"@type": "Article"},]}</script>'
    >>> nodes(lxml.html.document_fromstring(script))
    ([{'@graph': [{'@type': 'Article'}]}, {'@type': 'Article'}], 0)
    """
    found: list[dict[str, Any]] = []
    wrong = 0
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower() or not (script.text or "").strip():
            continue
        value = _parse(script.text)
        if value is None:
            wrong += 1
        else:
            found += _objects(value)
    return found, wrong


def _parse(text: str) -> Any:
    text = _WRAPPED.sub("", text).strip().rstrip(";")
    for attempt in (text, _COMMA.sub(r"\1", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _objects(value: Any) -> list[dict[str, Any]]:
    """An object, those of a list, of a graph, and the entity that a page is about."""
    found: list[dict[str, Any]] = []
    waiting = deque([value])
    for _ in range(10_000):
        if not waiting:
            break
        one = waiting.popleft()
        if isinstance(one, list):
            waiting.extendleft(reversed(one))
        elif isinstance(one, dict):
            found.append(one)
            waiting += [one[name] for name in ("@graph", "mainEntity") if name in one]
            if isinstance(one.get("mainEntityOfPage"), dict):
                waiting.append(one["mainEntityOfPage"])
    return found


def types(node: dict[str, Any]) -> frozenset[str]:
    """The types of an object, without the address of their vocabulary."""
    return frozenset(str(one).rpartition("/")[2] for one in listed(node.get("@type")))


def article_node(found: list[dict[str, Any]], url: str | None) -> dict[str, Any] | None:
    """The object that is the page's article: the one with its address, else with most to say."""
    articles = [one for one in found if any(_ARTICLES.search(kind) for kind in types(one))]
    if not articles:
        return None

    def worth(node: dict[str, Any]) -> tuple[bool, bool, int]:
        told = {text(node.get("url")), text(node.get("@id")), text(node.get("mainEntityOfPage"))}
        return (url in told, bool(text(node.get("headline"))), len(node))

    return max(articles, key=worth)


def resolved(node: dict[str, Any], found: list[dict[str, Any]]) -> dict[str, Any]:
    """An object whose members that only refer to others of the page (`@id`) are these others.

    >>> person = {"@id": "#zoe", "@type": "Person", "name": "Zoé"}
    >>> resolved({"author": {"@id": "#zoe"}}, [person])["author"]["name"]
    'Zoé'
    """
    known = {one["@id"]: one for one in found if isinstance(one.get("@id"), str) and len(one) > 1}

    def referred(value: Any) -> Any:
        if isinstance(value, list):
            return [referred(one) for one in value[:100]]
        if isinstance(value, dict) and isinstance(value.get("@id"), str) and "name" not in value:
            return {**known.get(value["@id"], {}), **value}
        return value

    return {name: referred(node[name]) if name in _REFERRING else node[name] for name in node}


_REFERRING = frozenset(("author", "creator", "publisher", "editor"))


def is_list_page(found: list[dict[str, Any]]) -> bool:
    """Whether the page says it is a list of articles."""
    return any(types(one) & _LISTS for one in found)


def listed(value: Any) -> list[Any]:
    """A value, or the values of a list."""
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
    said = html_text.line(value) if "<" in value else " ".join(unescape(value).split())
    return said or None


def texts(value: Any) -> tuple[str, ...]:
    """The words of a member that is a string or a list, each once."""
    return tuple(dict.fromkeys(filter(None, map(text, listed(value)))))


def people(value: Any) -> tuple[str, ...]:
    """The persons among authors: an organisation that signs is not one."""
    found = []
    for one in listed(value):
        kinds = types(one) if isinstance(one, dict) else frozenset()
        if kinds and not kinds & {"Person", "Patient", "Author"}:
            continue
        names = one.get("name") if isinstance(one, dict) else one
        found += [name for name in texts(names) if not name.startswith(("http://", "https://"))]
    return tuple(dict.fromkeys(found))


def count(node: dict[str, Any]) -> int | None:
    """The number of comments an article declares."""
    told = [node.get("commentCount")]
    told += [
        one.get("userInteractionCount")
        for one in listed(node.get("interactionStatistic"))
        if isinstance(one, dict) and "CommentAction" in str(one.get("interactionType"))
    ]
    for value in told:
        if (said := text(value)) and said.isascii() and said.isdigit() and len(said) < 9:
            return int(said)
    return None


def comments(node: dict[str, Any]) -> Iterator[tuple[dict[str, Any], int | None]]:
    """The comments of an object and their answers, each with its parent's place among them.

    >>> told = {"comment": [{"text": "Un", "comment": {"text": "Deux"}}, {"text": "Trois"}]}
    >>> [(one["text"], parent) for one, parent in comments(told)]
    [('Un', None), ('Deux', 0), ('Trois', None)]
    """
    waiting: deque[tuple[dict[str, Any], int | None, int]]
    waiting = deque((one, None, 0) for one in _answers(node))
    place = 0
    while waiting:
        one, parent, depth = waiting.popleft()
        yield one, parent
        if depth < _DEEPEST:
            waiting.extendleft((inside, place, depth + 1) for inside in reversed(_answers(one)))
        place += 1


def _answers(node: dict[str, Any]) -> list[dict[str, Any]]:
    said = [*listed(node.get("comment")), *listed(node.get("suggestedAnswer"))]
    return [one for one in said if isinstance(one, dict)]

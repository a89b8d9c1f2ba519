"""What is in a cell of JSON: names, a time, or the text of a rich editor?

Databases write their objects so (`[{"id": 3, "name": "Zoé"}]`, MongoDB's `{"$date": …}`), and
editors keep texts so: Editor.js, Draft.js, ProseMirror and TipTap, Lexical, Slate, Quill,
Contentful and Sanity.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape
from typing import Any

import orjson

_LONGEST = 4_000_000
_DEEPEST = 60
_NAMES = ("name", "nom", "display_name", "displayName", "username", "title", "titre", "label")
_INSIDE = ("root", "blocks", "ops", "children", "content", "items")
_WORDS = ("text", "insert", "value")
_KINDS = ("tag", "style", "type", "nodeType", "_type", "tagName")
_HEADING = re.compile(r"(?:h|head(?:ing|er))[-_]?(?:([1-6])|(one|two|three|four|five|six))?$")
_LEVELS = ("one", "two", "three", "four", "five", "six")


def named_in(text: str) -> tuple[str, ...] | None:
    """Return the names that a list or an object of JSON has; None for a text that is none.

    >>> named_in('[{"id": 3, "name": "Zoé"}, "Luc"]'), named_in("[sic]"), named_in("Zoé")
    (('Zoé', 'Luc'), None, None)
    """
    value = _parsed(text)
    if value is None:
        return None
    items = value if isinstance(value, list) else [value]
    names = (
        next((item[name] for name in _NAMES if isinstance(item.get(name), str)), "")
        if isinstance(item, dict)
        else item
        for item in items
    )
    return tuple(name for name in names if isinstance(name, str) and name)


def moment_in(text: str) -> str:
    """Return the time that MongoDB and Firestore write as an object; another text as it is.

    >>> moment_in('{"$date": "2024-03-04T09:22:00Z"}'), moment_in("2024")
    ('2024-03-04T09:22:00Z', '2024')
    """
    value = _parsed(text)
    while isinstance(value, dict):
        value = next((value[key] for key in _MOMENTS if key in value), None)
    return str(value) if isinstance(value, str | int) else text


_MOMENTS = ("$date", "$numberLong", "_seconds", "seconds", "date")


def html_in(text: str) -> str | None:
    """Return the HTML of a text that an editor keeps as JSON; None for any other text.

    >>> html_in('{"ops": [{"insert": "Un.\\\\nDeux < 3."}]}')
    '<p>Un.</p><p>Deux &lt; 3.</p>'
    >>> html_in('{"blocks": [{"type": "header", "data": {"text": "<b>Un</b>", "level": 2}}]}')
    '<h2><b>Un</b></h2>'
    >>> html_in('{"name": "Un"}'), html_in("Un")
    (None, None)
    """
    value = _parsed(text)
    if isinstance(value, dict) and _are_nodes(value.get("ops"), lambda op: "insert" in op):
        inserts = (op["insert"] for op in value["ops"])
        lines = "".join(insert for insert in inserts if isinstance(insert, str)).split("\n")
        return "".join(f"<p>{escape(line, quote=False)}</p>" for line in lines if line.strip())
    try:
        return "".join(_html(value, 0)) if _is_rich(value) else None
    except RecursionError:
        # deeper than anybody writes
        return None


def _parsed(text: str) -> Any:
    text = text.strip()
    if text[:1] + text[-1:] not in ("{}", "[]") or len(text) > _LONGEST:
        return None
    try:
        return orjson.loads(text)
    except ValueError:
        return None


def _is_rich(value: Any) -> bool:
    """Whether these are the nodes of a text, as an editor knows them."""
    if isinstance(value, list):
        return bool(value) and _are_nodes(
            value, lambda node: _kind(node) and isinstance(node.get("children"), list)
        )
    if not isinstance(value, dict):
        return False
    root = value.get("root")
    nodes = root.get("children") if isinstance(root, dict) else value.get("blocks")
    if _kind(value) in ("doc", "document"):
        nodes = value.get("content")
    return _are_nodes(nodes, _kind)


def _are_nodes(value: Any, is_node: Callable[[Mapping[str, Any]], object]) -> bool:
    """Whether these are a list of an editor's objects alone: of others, nothing would be read."""
    return isinstance(value, list) and all(
        isinstance(node, dict) and is_node(node) for node in value
    )


def _kind(node: Mapping[str, Any]) -> str:
    kinds = (node.get(name) for name in _KINDS)
    return next((kind.casefold() for kind in kinds if isinstance(kind, str)), "")


def _html(value: Any, depth: int) -> Iterator[str]:
    if depth > _DEEPEST:
        raise RecursionError
    if isinstance(value, list):
        for node in value:
            yield from _html(node, depth + 1)
    elif isinstance(value, str):
        # an item of a list of Editor.js
        yield f"<li>{value}</li>"
    elif isinstance(value, dict):
        yield from _node(value, depth)


def _node(node: Mapping[str, Any], depth: int) -> Iterator[str]:
    kind, data = _kind(node), node.get("data")
    tag = _tag(kind, node)
    words = next((node[name] for name in _WORDS if isinstance(node.get(name), str)), "")
    pieces: list[str] = []
    if isinstance(data, dict) and isinstance(data.get("text"), str):
        # Editor.js keeps HTML
        pieces.append(data["text"])
    elif isinstance(data, dict) and isinstance(data.get("items"), list):
        pieces += _html(data["items"], depth + 1)
    else:
        pieces.append(escape(words, quote=False))
        pieces += [piece for name in _INSIDE for piece in _html(node.get(name), depth + 1)]
    if kind in ("linebreak", "hardbreak", "hard_break"):
        yield "<br>"
    yield from (f"<{tag}>", *pieces, f"</{tag}>") if tag else pieces


def _tag(kind: str, node: Mapping[str, Any]) -> str:
    """The element of HTML that a node is; "" for what is inside a line, or holds blocks."""
    if match := _HEADING.match(kind):
        places = (node.get("attrs"), node.get("data"), node)
        levels = (place.get("level") for place in places if isinstance(place, dict))
        level = next((level for level in levels if level in range(1, 7)), 2)
        word = _LEVELS.index(match[2]) + 1 if match[2] else level
        return f"h{match[1] or word}"
    if "quote" in kind:
        return "blockquote"
    if kind in ("listitem", "list-item", "list_item", "li"):
        return "li"
    return "p" if kind in _PARAGRAPHS else ""


_PARAGRAPHS: Sequence[str] = (
    *("paragraph", "p", "unstyled", "normal", "block"),
    *("ordered-list-item", "unordered-list-item", "code-block", "atomic"),
)

"""Where are the comments in a page of this engine? The answers are data: adapters.toml.

An adapter names an engine or a site, says by which elements it is recognised, which
elements are comments, and where each comment's members are. `adapters.toml` explains the
file's words; a reader can add a file of the same form, whose adapters are tried first.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from cssselect import HTMLTranslator, SelectorError
from lxml import etree

MEMBERS = (
    *("id", "author", "role", "date", "edited", "title", "body", "parent", "depth"),
    *("quote_author", "url", "kind", "deleted", "votes_for", "votes_against"),
)
"""What a comment's rules can find."""
_LISTS = ("matches", "item", "drop", "quote", "declared", "container", "indent")
_RULE = ("css", "attr", "like", "before", "after", "around")


class AdapterError(ValueError):
    """A file of adapters that cannot be used; the sentence says where and why."""


class Selector:
    """A CSS selector, run once on a whole page. `children` asks for the item's own children.

    >>> import lxml.html
    >>> page = lxml.html.document_fromstring('<p class="b">Sora</p>')
    >>> [element.text for element in Selector("p.b").of(page)]
    ['Sora']
    """

    def __init__(self, css: str) -> None:
        self.css = css.strip()
        self.children = self.css.startswith(">")
        self.self = not self.css
        plain = self.css.removeprefix(">").strip() or "*"
        try:
            path = HTMLTranslator().css_to_xpath(plain, prefix="descendant-or-self::")
            self._find = etree.XPath(path)
        except (SelectorError, etree.XPathError, ValueError, RecursionError) as error:
            raise AdapterError(f"« {css} » n'est pas un sélecteur CSS ({error})") from error

    def of(self, root: Any) -> list[Any]:
        """The elements of a page, in its order."""
        elements: list[Any] = self._find(root)
        return elements


@dataclass(frozen=True, slots=True)
class Rule:
    """One place where a member can be.

    selector: the element (empty: the item itself). attribute: read it rather than the text.
    like: the first group, or the whole match, of this expression. before: the closest of
    these among the item's elder siblings; after: among the younger ones, up to the next item.
    around: the item's closest such ancestor, whose first item it is.
    """

    selector: Selector
    attribute: str | None = None
    like: re.Pattern[str] | None = None
    before: Selector | None = None
    after: Selector | None = None
    around: Selector | None = None

    @property
    def text(self) -> str:
        """As an account of what was found shows it."""
        place = self.before or self.after or self.around
        css = " ".join(filter(None, (place.css if place else "", self.selector.css)))
        return css + (f"@{self.attribute}" if self.attribute else "")


@dataclass(frozen=True, slots=True)
class Adapter:
    """How an engine shows comments. `fallback`: tried only when no other gives any.

    topic: the first comment of the page is its article, as in forums.
    """

    name: str
    matches: tuple[Selector, ...]
    item: tuple[Selector, ...]
    rules: Mapping[str, tuple[Rule, ...]]
    requires: tuple[str, ...]
    drop: tuple[Selector, ...] = ()
    quote: tuple[Selector, ...] = ()
    declared: tuple[Selector, ...] = ()
    container: tuple[Selector, ...] = ()
    indent: tuple[Selector, ...] = ()
    fallback: bool = False
    topic: bool = False


def read_adapters(text: str, name: str) -> tuple[Adapter, ...]:
    """The adapters of a TOML text. Raises AdapterError, with the file's and adapter's names.

    >>> text = '[[adapter]]\\nname = "x"\\nitem = "li.c"\\nbody = ".t"\\nauthor = ".a"'
    >>> [adapter.name for adapter in read_adapters(text, "mine.toml")]
    ['x']
    """
    try:
        tables = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise AdapterError(f"{name} : {error}") from error
    entries = tables.get("adapter")
    if not isinstance(entries, list) or not entries or set(tables) != {"adapter"}:
        raise AdapterError(f"{name} : des tables [[adapter]] sont attendues, et rien d'autre")
    adapters = []
    for place, table in enumerate(entries):
        try:
            adapters.append(_adapter(table))
        except AdapterError as error:
            table_name = table.get("name", place) if isinstance(table, dict) else place
            raise AdapterError(f"{name}, adapter {table_name} : {error}") from error
    return tuple(adapters)


def _adapter(table: Any) -> Adapter:
    if not isinstance(table, dict) or not isinstance(table.get("name"), str):
        raise AdapterError("« name » manque")
    keys = {"name", "requires", "fallback", "topic", *_LISTS, *MEMBERS}
    if unknown := sorted(set(table) - keys):
        raise AdapterError(f"mot inconnu : {', '.join(unknown)}")
    for needed in ("item", "body"):
        if needed not in table:
            raise AdapterError(f"« {needed} » manque")
    requires = tuple(_strings(table.get("requires", []), "requires"))
    if unknown := sorted(set(requires) - set(MEMBERS)):
        raise AdapterError(f"requires : {', '.join(unknown)} n'est pas un membre")
    lists = {name: tuple(map(Selector, _strings(table.get(name, []), name))) for name in _LISTS}
    rules = {
        member: tuple(_rule(rule, member) for rule in _many(table[member]))
        for member in MEMBERS
        if member in table
    }
    lists["matches"] = lists["matches"] or lists["item"]
    fallback, topic = (table.get(name, False) is True for name in ("fallback", "topic"))
    return Adapter(
        table["name"], rules=rules, requires=requires, fallback=fallback, topic=topic, **lists
    )


def _many(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else [value]


def _strings(value: Any, name: str) -> Sequence[str]:
    values = _many(value)
    if not all(isinstance(text, str) for text in values):
        raise AdapterError(f"{name} : des sélecteurs CSS, entre guillemets, sont attendus")
    return values


def _rule(value: Any, name: str) -> Rule:
    if isinstance(value, str):
        css, _, attribute = value.rpartition("@") if "@" in value else (value, "", "")
        return Rule(Selector(css), attribute.strip() or None)
    if not isinstance(value, dict) or not all(isinstance(part, str) for part in value.values()):
        raise AdapterError(f"{name} : un sélecteur, ou une table {{css, attr, like}}, est attendu")
    if unknown := sorted(set(value) - set(_RULE)):
        raise AdapterError(f"{name} : mot inconnu : {', '.join(unknown)}")
    try:
        like = re.compile(value["like"], re.IGNORECASE) if "like" in value else None
    except re.error as error:
        raise AdapterError(f"{name} : « {value['like']} » : {error}") from error
    places = (Selector(value[at]) if at in value else None for at in ("before", "after", "around"))
    return Rule(Selector(value.get("css", "")), value.get("attr"), like, *places)


@cache
def known_adapters() -> tuple[Adapter, ...]:
    """Those that come with Glose."""
    path = Path(__file__).with_name("adapters.toml")
    return read_adapters(path.read_text(encoding="utf-8"), path.name)


def load_adapters(path: Path) -> tuple[Adapter, ...]:
    """Those of a reader's own file, then Glose's. Raises AdapterError, OSError."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise AdapterError(f"{path.name} : ce n'est pas de l'UTF-8") from error
    return (*read_adapters(text, path.name), *known_adapters())

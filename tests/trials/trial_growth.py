"""Which files does an example grow into: wider, longer, deeper, in each of its places?

Of an example of some format: each element repeated until the file weighs so much, or emptied, or
put ten thousand times in itself; each text made as long as that, of what readers find hard.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from lxml import etree

DEEP = 10_000
HARD = (
    "Les mots de passe partagés fuient encore. ",
    "porte-avions-mot-clé-red-team ",
    "mot-",
    "a",
    "12 345,6 ",
    "<b><i>x</i></b>",
    "<div>",
    "a\n",
    "\n",
    "[*_`> ",
    "e\u0301",
    "ami·e·s",
    "https://a.example/b?c=d ",
    "&amp;",
    "« ",
    "\U0001f600",
)
"""What a text is repeated of: common words, compounds, marks of each syntax."""
MARKS = ("> ", "[", "- ", "#", "**", "![", "<b>", "{{{", "[[", "<quote>", "-*")
_HOLE = "hole-of-growth"

Grown = tuple[str, Callable[[], bytes]]
"""How it grew, in words, and what makes its bytes."""


def grown(path: Path, weight: int, chance: random.Random) -> Iterator[Grown]:
    """Everything that an example grows into, of some `weight` in bytes each."""
    data = path.read_bytes()
    if path.suffix in (".xml", ".rss", ".atom", ".html"):
        yield from _markup(data, weight, chance, html=path.suffix == ".html")
    elif path.suffix == ".json":
        yield from _json(data, weight, chance)
    else:
        yield from _lines(data.decode("utf-8", "replace"), weight, chance)


def _markup(data: bytes, weight: int, chance: random.Random, *, html: bool) -> Iterator[Grown]:
    parser: Any = etree.HTMLParser(encoding="utf-8") if html else etree.XMLParser(recover=True)
    method = "html" if html else "xml"
    elements = list(etree.fromstring(data, parser).iter(etree.Element))
    kinds = {(element.getparent() is not None, element.tag): at
             for at, element in enumerate(elements)}  # fmt: skip
    for (inside, tag), at in kinds.items():
        if not inside:
            continue

        def around(at: int = at) -> tuple[str, str, str]:
            """What is before an element, it, and what is after."""
            element = list(etree.fromstring(data, parser).iter(etree.Element))[at]
            element_text = etree.tostring(
                element, encoding="unicode", with_tail=False, method=method
            )
            parent = element.getparent()
            parent.replace(element, etree.Comment(_HOLE))
            root = parent.getroottree().getroot()
            text = etree.tostring(root, encoding="unicode", method=method)
            before, _, after = text.partition(f"<!--{_HOLE}-->")
            return before, element_text, after

        def wide(around: Callable[[], tuple[str, str, str]] = around) -> bytes:
            before, element_text, after = around()
            return (before + f"\n{element_text}" * (weight // len(element_text)) + after).encode()

        def deep(around: Callable[[], tuple[str, str, str]] = around) -> bytes:
            before, element_text, after = around()
            opening = re.match(r"<([^\s>/]+)[^>]*>", element_text)
            if opening is None:
                return (before + element_text + after).encode()
            end = f"</{opening[1]}>"
            return (before + opening[0] * DEEP + "x" + end * DEEP + after).encode()

        def long(
            around: Callable[[], tuple[str, str, str]] = around, hard: str = chance.choice(HARD)
        ) -> bytes:
            before, element_text, after = around()
            text = hard if html else hard.replace("&", "&amp;").replace("<", "&lt;")
            opening, _, after_opening = element_text.partition(">")
            return (
                before + opening + ">" + text * (weight // len(text)) + after_opening + after
            ).encode()

        name = str(tag).rpartition("}")[2]
        yield from ((f"wide {name}", wide), (f"deep {name}", deep), (f"long {name}", long))


def _json(data: bytes, weight: int, chance: random.Random) -> Iterator[Grown]:
    def places(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[Any, Any]]:
        yield path, value
        if isinstance(value, dict):
            for name, member in value.items():
                yield from places(member, (*path, name))
        elif isinstance(value, list) and value:
            yield from places(value[0], (*path, 0))

    def filled(path: tuple[str | int, ...], content: str) -> bytes:
        element_text: Any = {"": json.loads(data)}
        at: Any = element_text
        steps = ("", *path)
        for step in steps[:-1]:
            at = at[step]
        at[steps[-1]] = _HOLE
        text = json.dumps(element_text[""], ensure_ascii=False)
        return text.replace(json.dumps(_HOLE), content).encode()

    for path, value in list(places(json.loads(data))):
        name = ".".join(map(str, path))
        item = json.dumps(value[0] if isinstance(value, list) and value else value)
        hard = chance.choice(HARD)
        contents = {
            "wide": lambda item=item: "[" + f"{item},\n" * (weight // (len(item) + 2)) + item + "]",
            "long": lambda hard=hard: json.dumps(hard * (weight // len(hard))),
            "deep": lambda: "[" * DEEP + "]" * DEEP,
            "deeper": lambda: '{"a":' * (weight // 6) + "1" + "}" * (weight // 6),
            "digits": lambda: "1" * (weight // 8),
            "named": lambda: "{" + ",".join(f'"k{n}": 1' for n in range(weight // 10)) + "}",
        }
        for how, content in contents.items():
            yield f"{how} {name}", lambda path=path, content=content: filled(path, content())  # type: ignore[misc]


def _lines(text: str, weight: int, chance: random.Random) -> Iterator[Grown]:
    lines = text.splitlines(keepends=True)
    for at, line in enumerate(lines):
        before, after = "".join(lines[:at]), "".join(lines[at + 1 :])
        hard, mark = chance.choice(HARD), chance.choice(MARKS)
        half = len(line) // 2
        middles = {
            "wide": lambda line=line: line * (weight // len(line)),
            "long": lambda line=line, half=half, hard=hard: (
                line[:half] + hard * (weight // len(hard)) + line[half:]
            ),
            "deep": lambda line=line, mark=mark: mark * DEEP + line,
            "blank": lambda line=line: line + "\n" * weight,
            "open": lambda line=line: '"' + line * (weight // len(line)),
            "cells": lambda line=line: line.rstrip("\n") + ";,\t" * (weight // 3) + "\n",
        }
        for how, middle in middles.items():
            yield (
                f"{how} line {at + 1}",
                lambda before=before, middle=middle, after=after: (  # type: ignore[misc]
                    before + middle() + after
                ).encode(),
            )

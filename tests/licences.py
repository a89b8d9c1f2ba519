"""Under which licences is what Glose installs? Writes the table of docs/trust.md.

Of the dependencies of pyproject.toml, of their own, and of the extras that people install; not
of what only tests, measures and documents Glose (`dev`, `docs`), which is given to nobody. From
the metadata of what is installed here, on this system: a package of another one (waitress on
Windows) is not.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path
from typing import NamedTuple

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
NOT_SHIPPED = frozenset({"dev", "build", "docs"})

COMPATIBLE = frozenset(
    {
        *("0BSD", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "MIT", "PSF-2.0", "Zlib"),
        # with the version 3 of the GPL, and not with its version 2
        "Apache-2.0",
        # its secondary licences are those of GNU
        "MPL-2.0",
        *("GPL-2.0-or-later", "GPL-3.0-or-later", "LGPL-2.1-or-later", "LGPL-3.0-or-later"),
    }
)
"""By the list of the Free Software Foundation, as SPDX names them."""
DOUBTFUL = {
    "regex": "CNRI-Python: the Foundation holds the licence of Python 1.6b1 to be incompatible, "
    "for its choice of law; the same code is in Python itself, under PSF-2.0",
}
"""What is not clear, package by package, and why it is kept."""
_TEXTS = {"3-Clause BSD License": "BSD-3-Clause"}
_CLASSIFIERS = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "GNU General Public License v2 or later (GPLv2+)": "GPL-2.0-or-later",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}


class Licensed(NamedTuple):
    """A package that is installed, its licence in SPDX, and the extra that brings it ("" if none
    does)."""

    name: str
    licence: str
    extra: str


def licensed() -> list[Licensed]:
    """Every package that is installed with Glose, by name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    kinds = {"": project["dependencies"], **project["optional-dependencies"]}
    packages: dict[str, Licensed] = {}
    for extra, requirements in kinds.items():
        for name in _closure(requirements) if extra not in NOT_SHIPPED else ():
            packages.setdefault(name, Licensed(name, licence(name), extra))
    return sorted(packages.values())


def _closure(requirements: list[str]) -> Iterator[str]:
    """The packages that these requirements bring, on this system."""
    seen: set[str] = set()
    waiting = [(text, "") for text in requirements]
    while waiting:
        text, extra = waiting.pop()
        required = Requirement(text)
        if required.marker is not None and not required.marker.evaluate({"extra": extra}):
            continue
        name = canonicalize_name(required.name)
        if name in seen:
            continue
        seen.add(name)
        yield name
        for requirement in distribution(name).requires or ():
            waiting += [(requirement, extra) for extra in required.extras or {""}]


def licence(name: str) -> str:
    """The licence of an installed package, in SPDX; what its metadata says when it is no such."""
    metadata = distribution(name).metadata
    if expression := metadata.get("License-Expression"):
        return str(expression)
    declared = str(metadata.get("License") or "").strip()
    declared = _TEXTS.get(declared, declared)
    if all(part in COMPATIBLE for part in re.split(r" (?:AND|OR) ", declared)):
        return declared
    classified = [
        _CLASSIFIERS.get(words.rpartition(" :: ")[2], words)
        for words in metadata.get_all("Classifier") or ()
        if words.startswith("License ::")
    ]
    return " AND ".join(classified) or declared.partition("\n")[0] or "unknown"


def compatible(expression: str) -> bool:
    """Whether something under this licence may be a part of what is under GPL-3.0-or-later.

    >>> compatible("MPL-1.1 OR LGPL-2.1-or-later"), compatible("MIT AND CNRI-Python")
    (True, False)
    >>> compatible("MIT AND (Apache-2.0 OR GPL-2.0-only)")
    True
    """
    words = re.findall(r"[()]|[\w.+-]+", expression)
    value, remaining = _alternatives(words)
    return value and not remaining


def _alternatives(words: list[str]) -> tuple[bool, list[str]]:
    value, words = _conjunction(words)
    while words[:1] == ["OR"]:
        right_value, words = _conjunction(words[1:])
        value = value or right_value
    return value, words


def _conjunction(words: list[str]) -> tuple[bool, list[str]]:
    value, words = _licence_name(words)
    while words[:1] == ["AND"]:
        right_value, words = _licence_name(words[1:])
        value = value and right_value
    return value, words


def _licence_name(words: list[str]) -> tuple[bool, list[str]]:
    if words[:1] == ["("]:
        value, words = _alternatives(words[1:])
        return value and words[:1] == [")"], words[1:]
    return bool(words) and words[0] in COMPATIBLE, words[1:]


def table() -> str:
    """The table, in Markdown."""
    lines = ["| paquet | licence | apporté par |", "|---|---|---|"]
    for package in licensed():
        doubt = " (voir plus haut)" if package.name in DOUBTFUL else ""
        extra = f"`glose[{package.extra}]`" if package.extra else "Glose"
        lines.append(f"| {package.name} | {package.licence}{doubt} | {extra} |")
    return "\n".join(lines)


def document() -> Path:
    """Where the table is."""
    return ROOT / "docs" / "trust.md"


BEGIN, END = "<!-- licences: begin (make readme) -->", "<!-- licences: end -->"


def main() -> None:
    text = document().read_text("utf-8")
    before, _, ending = text.partition(BEGIN)
    _, _, after = ending.partition(END)
    document().write_text(f"{before}{BEGIN}\n{table()}\n{END}{after}", "utf-8")


if __name__ == "__main__":
    main()

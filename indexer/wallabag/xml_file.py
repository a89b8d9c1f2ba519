"""Which entries are in an XML file of wallabag?

Its exporter (2.6, JMS Serializer) writes the members of its JSON as elements of the same names, and
what a list holds as `<entry>`, as it calls the entries themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, Any

from lxml import etree

from indexer.files import CapturedFile, Fault, FileFormat, elements, local, root
from indexer.reporting import Outcome, Rank
from indexer.wallabag.entries import entry_outcomes

_STATE = re.compile(rb"<(?:is_archived|is_starred|hashed_url|domain_name)[\s/>]")
_LISTS = ("tags", "published_by", "annotations")


class WallabagXmlFormat(FileFormat):
    """The reader of wallabag's XML."""

    name = "wallabag-xml"
    rank = Rank.PAGE

    def fits(self, head: bytes) -> bool:
        """Return whether the file is XML of entries, each with a state that wallabag gives it.

        >>> head = b"<?xml version='1.0'?><result><entry><is_archived>0</is_archived>"
        >>> WallabagXmlFormat().fits(head), WallabagXmlFormat().fits(b"<result><entry/></result>")
        (True, False)
        """
        if _STATE.search(head) is None:
            return False
        first = root(head)
        return first is not None and first.name in ("result", "entry")

    def outcomes(self, file: CapturedFile, opened: IO[bytes]) -> Iterator[Outcome]:
        """An article for each entry."""
        entries = (
            element.outcome(file.name) if isinstance(element, Fault) else _entry(element.node)
            for element in elements(opened, ("entry",), ("entry",))
        )
        yield from entry_outcomes(file.name, entries, annotations=self._options.annotations)


def _entry(node: etree._Element) -> dict[str, Any]:
    """An entry as the JSON has it: texts, and lists of texts or of objects."""
    return {local(child): _member(local(child), child) for child in node}


def _member(name: str, node: etree._Element) -> Any:
    text = node.text or ""
    if name not in _LISTS:
        return int(text) if name == "reading_time" and text.isdecimal() else text
    return [_entry(item) if len(item) else item.text or "" for item in node]

"""What does a SPIP site hold, in the XML that SPIP 1.9 and 2.0 dumped?

`<SPIP version=… adresse_site=…>`, then a `<spip_articles>` for each row of the table, its
columns inside. Earlier dumps had other names, and are refused by theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import IO

from indexer.files import (
    CapturedFile,
    Fault,
    FileFormat,
    RowTables,
    elements,
    first_bytes,
    local,
    root,
)
from indexer.reporting import Outcome, Rank, Skipped
from indexer.spip.articles import staged_articles
from indexer.spip.schema import TABLES

_SITE = re.compile(rb"<SPIP\b[^>]{0,2000}?\badresse_site\s{0,9}=\s{0,9}[\"']([^\"'>]{1,500})[\"']")
_PREFIX = "spip_"


class SpipXmlFormat(FileFormat):
    """The reader of SPIP's dumps in XML."""

    name = "spip-xml"
    rank = Rank.EXPORT

    def fits(self, head: bytes) -> bool:
        """Return whether the file is XML whose first tag is SPIP's.

        >>> SpipXmlFormat().fits(b'<?xml version="1.0"?><SPIP version="SPIP 1.9.2"><spip_meta>')
        True
        """
        if b"<SPIP" not in head:
            return False
        first = root(head)
        return first is not None and first.name == "SPIP"

    def outcomes(self, file: CapturedFile, opened: IO[bytes]) -> Iterator[Outcome]:
        """Its articles; a row that is not well formed is left aside with its line."""
        with RowTables.staged() as tables:
            if match := _SITE.search(first_bytes(file.path, 8192)):
                site = unescape(match[1].decode("utf-8", "replace"))
                tables.create("meta", TABLES["meta"])
                tables.insert("meta", ["adresse_site", site])
            has_articles = False
            # every table, so that those left out are no long way without any
            for element in elements(opened, ("*",), (_PREFIX + r"\w+",)):
                if isinstance(element, Fault):
                    yield element.outcome(file.name)
                    continue
                table = element.name.removeprefix(_PREFIX)
                if not element.name.startswith(_PREFIX) or table not in TABLES:
                    continue
                cells = {local(child): child.text or "" for child in element.node}
                # a version before 3 has other tables and columns, which tell it
                columns = [name for name in TABLES[table] if name in cells]
                if columns:
                    tables.create(table, columns)
                    tables.insert(table, [cells[name] for name in columns], columns)
                has_articles = has_articles or table in ("articles", "breves")
            if not has_articles:
                reason = (
                    "sauvegarde de SPIP sans <spip_articles> : celles de SPIP 1.9 et 2.0 en ont"
                )
                yield Skipped(file.name, reason)
                return
            yield from staged_articles(tables, file, self._options)

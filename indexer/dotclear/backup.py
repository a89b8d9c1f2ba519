"""What does a Dotclear hold, in the flat file that it makes as its backup?"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import IO

from indexer.dotclear.articles import articles
from indexer.dotclear.flat_file import MAGIC, Header, UnreadLine, flat_lines
from indexer.dotclear.schema import TABLES, named_now
from indexer.files import CapturedFile, ContentFirst, FileFormat, RowTables
from indexer.reporting import Outcome, Rank, Skipped


class DotclearFormat(ContentFirst, FileFormat):
    """The reader of Dotclear's backups, of one blog (`single`) or of all (`full`).

    options: `zone` is that of the times of Dotclear 1; a backup of one blog does not tell `site`.
    """

    name = "dotclear"
    rank = Rank.EXPORT

    def fits(self, head: bytes) -> bool:
        """Return whether the file begins as one.

        >>> DotclearFormat().fits(b"\\xef\\xbb\\xbf///DOTCLEAR|2.2|full\\n")
        True
        """
        return head.removeprefix(codecs.BOM_UTF8).startswith(MAGIC)

    def outcomes(self, file: CapturedFile, opened: IO[bytes]) -> Iterator[Outcome]:
        """Its articles; a line that is not understood is left aside with its number."""
        with RowTables.staged() as tables:
            columns_read: list[tuple[int, str]] = []
            table = ""
            for parsed in flat_lines(opened):
                if isinstance(parsed, UnreadLine):
                    yield Skipped(file.name, parsed.reason, parsed.line)
                elif isinstance(parsed, Header):
                    table, columns = named_now(parsed.table.removeprefix("dc_"), parsed.columns)
                    known_columns = TABLES.get(table, ())
                    columns_read = [
                        (at, name) for at, name in enumerate(columns) if name in known_columns
                    ]
                    columns_read = list({name: (at, name) for at, name in columns_read}.values())
                    if columns_read:
                        tables.create(table, [name for _, name in columns_read])
                elif columns_read:
                    cells = [parsed.cells[at] for at, _ in columns_read]
                    tables.insert(table, cells, [name for _, name in columns_read])
            if not tables.has("post"):
                yield Skipped(
                    file.name, "cette sauvegarde de Dotclear n'a pas de billets ([post …])"
                )
                return
            yield from articles(tables, file, self._options)

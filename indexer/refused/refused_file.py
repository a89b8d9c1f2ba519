"""Of which kind is a file that must not be read, why not, and what is to be exported instead?

People's own archives (Discourse, Mastodon, Facebook…) hold their private messages, what they
deleted and other people's e-mail addresses beside what was public, and seldom say which is
which. They are refused by name, with what gives the public part alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from indexer.files import UNREADABLE, CapturedFile, ContentFirst, first_bytes, unreadable
from indexer.refused.matching import HEAD, file_reason
from indexer.reporting import Outcome, Rank, Skipped


class RefusedFormat(ContentFirst):
    """A format that fits what must not be read, and says why."""

    name = "refused"
    rank = Rank.TEXT

    def fits(self, head: bytes) -> bool:
        """Return whether the file is of a kind that is not read.

        >>> RefusedFormat().fits(b'{"db": [{"meta": {"exported_on": 1}}]}')
        True
        """
        return file_reason(head) is not None

    def read(self, file: CapturedFile) -> Iterator[Outcome]:
        """Why it is not read."""
        try:
            reason = file_reason(first_bytes(file.path, HEAD))
        except UNREADABLE as error:
            reason = unreadable(error)
        yield Skipped(file.name, reason or "ce fichier n’est pas de ceux que Glose refuse")

"""Which files only describe a saved page beside them, and hold no article?

SingleFile's zip has a `manifest.json` (`originalUrl`, `indexFilename`, in 2.0.83); a site's own
application has another, which browsers and crawlers save with its pages (`start_url`, `icons`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.files import CapturedFile
from indexer.reporting import Outcome, Rank, Remark

_MEMBERS = (
    (rb'"originalUrl"\s*:', rb'"indexFilename"\s*:'),
    (rb'"(?:start_url|short_name|display)"\s*:', rb'"icons"\s*:'),
)


class ManifestFormat:
    """The reader of manifests, which have nothing to index."""

    name = "manifest"
    rank = Rank.PAGE

    def fits(self, head: bytes) -> bool:
        """Return whether this begins as a manifest, and as no article.

        >>> ManifestFormat().fits(b'{"originalUrl": "https://a", "indexFilename": "index.html"}')
        True
        """
        if head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] != b"{" or b'"headline"' in head:
            return False
        return any(all(re.search(name, head) for name in names) for names in _MEMBERS)

    def read(self, file: CapturedFile) -> Iterator[Outcome]:
        """A remark: it is no fault that it gives nothing."""
        yield Remark("other_files", "description d'une page enregistrée, rien à indexer", file.name)

"""Where are the samples that tests of several rooms read?"""

from __future__ import annotations

from pathlib import Path

INDEXER = Path(__file__).parent
EXPORTS = INDEXER / "exports"
PAGES = INDEXER / "pages" / "samples"
HTML = INDEXER / "html" / "samples"
MARKDOWN = INDEXER / "markdown" / "samples"
TABLES = INDEXER / "tables" / "samples"
THREADS = INDEXER / "html" / "threads"

"""Every format is known, as for `glose index`: each declares which sources are better than it."""

import indexer.pipeline.sources  # noqa: F401

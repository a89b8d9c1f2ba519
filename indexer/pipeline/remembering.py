"""What did the last runs over the same sources tell, and where is it kept?

Beside the index, in a small file that goes where the index goes: digests of sentences, and
nothing that anybody wrote. A run on other sources does not forget them.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

from index import engines
from index.engines import IndexUnavailable, disk
from indexer.reporting import Told

NAME = "told.json"
_VERSION = 1
_RUNS = 200
"""Sets of sources that are remembered, the last ones."""


def _runs(location: str) -> dict[str, list[str]]:
    try:
        folder = engines.place(location)[1]
        content = {} if folder is None else disk.read_json(folder / NAME)
        if content.get("version") != _VERSION:
            return {}
        return {str(run): list(map(str, digests)) for run, digests in content["runs"].items()}
    except (OSError, disk.Damaged, IndexUnavailable, KeyError, TypeError, AttributeError):
        # what is not remembered is told again
        return {}


def told_before(location: str) -> Told:
    """Return the sentences that former runs into an index printed."""
    return Told({digest for digests in _runs(location).values() for digest in digests})


def remember(location: str, sources: Sequence[str], sentences: Told) -> None:
    """Keep the sentences of a run, in place of the last one over these sources. Raises OSError."""
    folder = engines.place(location)[1]
    if folder is None or not folder.is_dir():
        return
    run = blake2b("\0".join(sorted(sources)).encode("utf-8", "replace"), digest_size=8).hexdigest()
    runs = _runs(location)
    if runs.pop(run, []) == sentences.digests:
        return
    runs[run] = sentences.digests
    kept = dict(list(runs.items())[-_RUNS:])
    disk.write_json(folder / NAME, {"version": _VERSION, "runs": kept})

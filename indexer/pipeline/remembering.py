"""Which sentences did the last runs over the same sources print, and where are they stored?

Beside the index, in a small file that goes where the index goes, or in a note on its cluster:
digests of sentences, and nothing that anybody wrote. A run on other sources does not forget them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from hashlib import blake2b
from typing import Any

from index import engines
from index.engines import IndexUnavailable, disk, places
from indexer.reporting import Sentences

NAME = "told.json"
_VERSION = 1
_RUNS = 200
"""Sets of sources that are remembered, the last ones."""


def _runs(location: str) -> dict[str, list[str]]:
    try:
        content = _content(location)
        if content.get("version") != _VERSION:
            return {}
        return {str(run): list(map(str, digests)) for run, digests in content["runs"].items()}
    except (OSError, disk.Damaged, IndexUnavailable, KeyError, TypeError, AttributeError):
        # what is not remembered is told again
        return {}


def _content(location: str) -> Mapping[str, Any]:
    folder = engines.place(location)[1]
    if folder is not None:
        return disk.read_json(folder / NAME)
    if engines.in_memory(location):
        return {}
    with closing(engines.open(location)) as engine:
        return places.of(engine).note(NAME) or {}


def former_sentences(location: str) -> Sentences:
    """Return the sentences that former runs into an index printed."""
    return Sentences({digest for digests in _runs(location).values() for digest in digests})


def remember(location: str, sources: Sequence[str], sentences: Sentences) -> None:
    """Keep the sentences of a run, in place of the last one over these sources.

    Raises OSError, and IndexUnavailable for an index on a cluster.
    """
    folder = engines.place(location)[1]
    if engines.in_memory(location) or (folder is not None and not folder.is_dir()):
        return
    run = blake2b("\0".join(sorted(sources)).encode("utf-8", "replace"), digest_size=8).hexdigest()
    runs = _runs(location)
    if runs.pop(run, []) == sentences.digests:
        return
    runs[run] = sentences.digests
    last_runs = dict(list(runs.items())[-_RUNS:])
    content = {"version": _VERSION, "runs": last_runs}
    if folder is not None:
        disk.write_json(folder / NAME, content)
        return
    with closing(engines.open(location)) as engine:
        places.of(engine).keep_note(NAME, content)

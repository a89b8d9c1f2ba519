"""How does a process read a state of the index that another gave the first page of?

By the points in time of that other one, which the cluster lets anybody ask: their ids are kept in
a note beside the index, under the state's name. So many notes in all, one of them overwritten by
each new commit that somebody turns the pages of; the points in time end once nobody has asked them
for some minutes.
"""

from __future__ import annotations

from collections.abc import Callable

from index.engines.opensearch import notes, state
from index.engines.opensearch.client import Client
from index.engines.opensearch.points import PointsInTime, leave
from index.engines.opensearch.snapshot import Snapshot
from index.engines.opensearch.state import State

_NOTES = 32


def share(shared_snapshot: Snapshot, name: str) -> None:
    """Let other processes read a state, under a name. Raises IndexUnavailable."""
    points, present = shared_snapshot.points, shared_snapshot.state
    if shared_snapshot.shared == points:
        return
    content = {"name": name, "index": present.index, **present.meta(), "points": [*points]}
    notes.keep(shared_snapshot.client, _note(present.generation), content)
    shared_snapshot.shared = points
    leave(points)


def shared(
    client: Client, generation: int, name: str, read_state: Callable[[], State]
) -> Snapshot | None:
    """A state that some process shared; None when it is there no more. Raises IndexUnavailable."""
    content = notes.read(client, _note(generation))
    if content is None or content["name"] != name:
        return None
    past = state.loaded(client.address.location, content["index"], content)
    return Snapshot(client, past, read_state, PointsInTime(*content["points"]))


def _note(generation: int) -> str:
    return f"state-{generation % _NOTES}"

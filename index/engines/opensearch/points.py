"""Which points in time does this process hold on a cluster, and when does it let them go?

A node keeps three hundred, for ten minutes after each was last asked, whoever opened them: a
command that left its own would keep all others from answering once it was run 150 times. So they
are closed when nobody reads them any more, and those that are left when the process ends.
"""

from __future__ import annotations

import atexit
import os
from collections.abc import Iterable
from typing import NamedTuple

from index.engines.faults import IndexUnavailable
from index.engines.opensearch.client import Client

KEEP_ALIVE = "10m"
"""How long a point in time is kept after each search that asks it."""

# Seconds that letting go may take: the cluster would do it by itself, later.
_PATIENCE = 2


class PointsInTime(NamedTuple):
    """The ids of the two points in time, and in how many shards the records are."""

    records: str
    words: str
    shards: int


# By id, with the client and the process that opened it: one that is forked reads it still.
_clients: dict[str, tuple[Client, int]] = {}


def open_points(client: Client, records: str, words: str) -> PointsInTime:
    """Open the points in time of an index and of its words, both or none. Raises Refused."""
    words_id, _ = _point(client, words)
    try:
        records_id, shards = _point(client, records)
    except IndexUnavailable:
        _close(client, [words_id])
        raise
    return PointsInTime(records_id, words_id, shards)


def _point(client: Client, index: str) -> tuple[str, int]:
    """A point in time of an index, and how many shards that has."""
    # where the answer is late, nobody has its name to close it: until it is asked it lasts little
    keep_alive = f"{int(client.address.options.timeout * 2) + 1}s"
    answer = client.post(
        f"/{index}/_search/point_in_time", keep_alive=keep_alive, allow_partial_pit_creation=False
    )
    if answer["_shards"]["failed"]:
        raise client.of(503, {"type": "partial_point_in_time"})
    id = str(answer["pit_id"])
    _clients[id] = client, os.getpid()
    return id, int(answer["_shards"]["total"])


def close(client: Client, points: PointsInTime) -> None:
    """Let the cluster forget two points in time; it would by itself, later."""
    _close(client, [points.records, points.words])


def leave(points: PointsInTime) -> None:
    """Leave two points in time open when this process ends: others read them."""
    for id in (points.records, points.words):
        _clients.pop(id, None)


def _close(client: Client, ids: Iterable[str]) -> None:
    ids = [*ids]
    for id in ids:
        _clients.pop(id, None)
    try:
        client.delete("/_search/point_in_time", {"pit_id": ids}, _timeout=_PATIENCE)
    except IndexUnavailable:
        return


@atexit.register
def _close_all() -> None:
    """Close what this process opened and left."""
    ids: dict[Client, list[str]] = {}
    for id, (client, process) in [*_clients.items()]:
        if process == os.getpid():
            ids.setdefault(client, []).append(id)
    for client, ids_of_client in ids.items():
        _close(client, ids_of_client)
        client.close()

"""How is an index of a cluster copied away, and brought back?

A backup is a snapshot in a repository that whoever keeps the cluster declared: DÉPÔT/COPIE. What
comes back from one is restored beside the index, under names of its own, and takes its place only
when every part of it is there, and without anybody whom the index has forgotten since.
"""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from index.engines import IndexMissing, IndexUnavailable
from index.engines.opensearch import Cluster, bulk, notes, state
from index.engines.opensearch.address import parse
from index.engines.opensearch.client import Client
from index.engines.opensearch.lock import ClusterLock
from index.engines.opensearch.refusals import Refused
from index.engines.opensearch.state import State
from index.keeping.rewriting import fill
from index.writing import Forgotten, forgotten

_RECORDS = re.compile(r"(.+)-([1-9][0-9]*)")
# A copy of hundreds of gigabytes comes back in hours.
_HOURS = 12 * 3600
_MARK = "glose"
_RECOVERED = "*.shards.primary,*.shards.stage,*.shards.index.size.recovered_in_bytes"


def backup(cluster: Cluster, target: Path) -> int:
    """Copy the index, nobody writing meanwhile, to DÉPÔT/COPIE. Gives its bytes."""
    client = cluster.client
    path = _copy_path(target)
    with cluster.hold():
        present = cluster.state()
        # before: a copy that is whole is not to be said to have failed
        size = cluster.bytes()
        indices = [present.index, present.words, f"{client.address.name}-notes"]
        mark = secrets.token_hex(8)
        body = {"indices": ",".join(indices), "include_global_state": False, "partial": False}
        try:
            client.put(path, body | {"metadata": {_MARK: mark}})
        except Refused as refused:
            # one whose answer was lost may be under way, and is then asked for twice by the client
            if not _marked(client, path, mark):
                if refused.kind == "invalid_snapshot_name_exception":
                    raise _taken(client, path, target) from refused
                raise _unavailable(refused, target) from refused
        snapshot = _awaited(client, path)
        if snapshot["state"] != "SUCCESS":
            raise IndexUnavailable(
                f"La copie « {target} » n’est pas entière ({snapshot['state']}) : contrôlez "
                "le dépôt et l’état du cluster, puis recommencez sous un autre nom."
            )
        return size


def _snapshot(client: Client, path: str) -> dict[str, Any]:
    snapshot: dict[str, Any] = client.get(path)["snapshots"][0]
    return snapshot


def _marked(client: Client, path: str, mark: str) -> bool:
    """Whether there is a copy that bears our mark."""
    try:
        metadata = bulk.patiently(client, lambda: _snapshot(client, path)).get("metadata") or {}
    except Refused:
        return False
    return bool(metadata.get(_MARK) == mark)


def _awaited(client: Client, path: str) -> dict[str, Any]:
    """The copy once it has ended, however long it takes: no proxy waits for hours."""
    for pause in _pauses():
        snapshot = bulk.patiently(client, lambda: _snapshot(client, path))
        if snapshot["state"] != "IN_PROGRESS":
            break
        time.sleep(pause)
    return snapshot


def _pauses() -> Iterator[float]:
    """Yield how long to wait each time: a small copy has ended at once."""
    pause = 0.05
    while True:
        yield pause
        pause = min(5.0, pause * 1.5)


def restore(
    source: Path, location: str, *, force: bool = False, names: Forgotten | None = None
) -> int:
    """Restore an index from DÉPÔT/COPIE; return its record count. Raises IndexUnavailable.

    The people this index has forgotten, and those of `names`, do not come back with it.
    """
    client = Client(parse(location))
    path = _copy_path(source)
    present = _present(client)
    if present is not None and not force:
        raise IndexUnavailable(
            f"Il y a déjà un index à l’adresse « {location} » : donnez un autre nom, ou --force "
            "pour le remplacer."
        )
    try:
        snapshot = client.get(path)["snapshots"][0]
    except Refused as refused:
        raise _unavailable(refused, source) from refused
    former = next((index for index in snapshot["indices"] if _RECORDS.fullmatch(index)), None)
    if former is None or snapshot["state"] != "SUCCESS":
        raise IndexUnavailable(
            f"« {source} » n’est pas une sauvegarde de Glose, ou elle n’est pas entière : "
            "donnez-en une autre."
        )
    lock = ClusterLock(client, notes.index(client, create=True))
    try:
        return _restored(client, path, former, present, lock, names or Forgotten())
    finally:
        # a cluster that no longer answers is not asked to be tidy: whoever writes next sweeps
        with suppress(IndexUnavailable):
            notes.remove_restored(client)
        lock.release()


def _restored(
    client: Client,
    path: str,
    former: str,
    present: State | None,
    lock: ClusterLock,
    more_names: Forgotten,
) -> int:
    present_names = more_names | _forgotten(notes.read(client, forgotten.NAME))
    number = state.next_number(client)
    fresh = f"{client.address.name}-{number}"
    _bring(client, path, f"{former},{former}-words", former, fresh)
    # what hours brought is not given up for an answer that is late
    restored = bulk.patiently(client, lambda: state.read(client, fresh, former=True))
    generation = max(restored.generation, present.generation if present else 0) + 1
    restored = replace(restored, generation=generation)
    bulk.patiently(client, partial(state.write, client, restored))
    names = present_names | _forgotten_in_copy(client, path, former)
    if present_names:
        # nobody comes back whom this index has forgotten, not even for a moment
        copy = Cluster(client, former=True, index=fresh, writer_lock=lock)
        restored = state.create(client, number + 1, generation + 1, restored)
        cleaned = Cluster(client, index=restored.index, writer_lock=lock)
        fill(cleaned, copy.reader(), names)
        for cluster in (copy, cleaned):
            cluster.release()
    lock.alive()
    if names:
        forgotten.keep(Cluster(client, former=True, index=restored.index), names)
    state.take(client, restored, present)
    state.sweep(client, restored.index)
    return Cluster(client, former=True).reader().size()


def _bring(client: Client, path: str, indices: str, former: str, fresh: str) -> None:
    body: dict[str, Any] = {
        "indices": indices,
        "include_global_state": False,
        "include_aliases": False,
        "rename_pattern": re.escape(former),
        "rename_replacement": fresh,
    }
    replicas = client.address.options.replicas
    if replicas >= 0:
        body["index_settings"] = {"index.number_of_replicas": replicas}
    try:
        answer = client.post(f"{path}/_restore", body, wait_for_completion=True, _timeout=_HOURS)
    except Refused as refused:
        # a proxy gave it up, and the cluster goes on: nobody else makes these, we have the lock
        if not _arrived(client, indices.replace(former, fresh)):
            raise _unavailable(refused, Path(path.removeprefix("/_snapshot/"))) from refused
        return
    if answer["snapshot"]["shards"]["failed"]:
        raise client.of(503, {"type": "partial_restore", "reason": indices})


def _arrived(client: Client, indices: str) -> bool:
    """Wait for indices that are being restored, as long as they grow; whether all of each came.

    False at once where none is.
    """
    before: object = None
    stalled, pauses = 0.0, _pauses()
    while True:
        try:
            settings = client.indices(f"/{indices}/_settings", flat_settings=True)
            recoveries = client.indices(f"/{indices}/_recovery", filter_path=_RECOVERED)
        except Refused as refused:
            if not refused.passing:
                return False
        else:
            shards = {
                name: int(settings[name]["settings"]["index.number_of_shards"]) for name in settings
            }
            done = {
                name: sum(shard["primary"] and shard["stage"] == "DONE" for shard in some["shards"])
                for name, some in recoveries.items()
            }
            if done == shards:
                return True
            stalled = 0.0 if recoveries != before else stalled
            before = recoveries
        if stalled >= client.address.options.patience:
            return False
        time.sleep(pause := next(pauses))
        stalled += pause


def _forgotten_in_copy(client: Client, path: str, former: str) -> Forgotten:
    """Return the people that the copy's index had forgotten."""
    match = _RECORDS.fullmatch(former)
    assert match is not None
    former_notes, restored = f"{match[1]}-notes", notes.restored(client)
    notes.remove_restored(client)
    _bring(client, path, former_notes, former_notes, restored)
    return _forgotten(notes.read(client, forgotten.NAME, restored))


def _forgotten(note: Any) -> Forgotten:
    return Forgotten() if note is None else forgotten.loaded(note)


def _present(client: Client) -> State | None:
    try:
        return state.read(client, former=True)
    except IndexMissing:
        return None


def _copy_path(path: Path) -> str:
    """The path, on the cluster, of the copy that DÉPÔT/COPIE names."""
    parts = path.parts
    if len(parts) != 2 or not all(re.fullmatch(r"[a-z0-9][a-z0-9._-]*", part) for part in parts):
        raise IndexUnavailable(
            f"« {path} » : la copie d’un index de cluster s’écrit DÉPÔT/COPIE, en minuscules ; le "
            "dépôt est celui que l’administrateur du cluster a déclaré (PUT _snapshot/DÉPÔT)."
        )
    return f"/_snapshot/{parts[0]}/{parts[1]}"


def _taken(client: Client, path: str, copy: Path) -> IndexUnavailable:
    """Return the error for a name that a copy has, maybe ours, whole, whose answer was lost."""
    try:
        snapshot = client.get(path)["snapshots"][0]
    except Refused as refused:
        return _unavailable(refused, copy)
    ended = datetime.fromtimestamp(snapshot.get("end_time_in_millis", 0) / 1000).astimezone()
    state_of_copy = (
        f"entière, du {ended:%d/%m/%Y à %H:%M:%S}"
        if snapshot["state"] == "SUCCESS"
        else f"qui n’est pas entière ({snapshot['state']})"
    )
    return IndexUnavailable(
        f"« {copy} » : il y a déjà une copie de ce nom, {state_of_copy}. Donnez un autre nom."
    )


def _unavailable(refused: Refused, copy: Path) -> IndexUnavailable:
    if refused.kind == "repository_missing_exception":
        return IndexUnavailable(
            f"« {copy} » : le cluster n’a pas de dépôt de ce nom. Son administrateur le déclare : "
            f"PUT _snapshot/{copy.parts[0]}."
        )
    if refused.kind == "snapshot_missing_exception":
        return IndexUnavailable(
            f"« {copy} » : il n’y a pas de copie de ce nom dans ce dépôt "
            f"(GET _snapshot/{copy.parts[0]}/_all)."
        )
    if refused.kind == "concurrent_snapshot_execution_exception":
        return IndexUnavailable(
            f"« {copy} » : le dépôt est occupé par une autre copie, qui s’y fait, en revient ou en "
            f"est ôtée (GET _snapshot/{copy.parts[0]}/_status). Recommencez quand elle aura fini."
        )
    if refused.kind.startswith(("repository_", "snapshot_")) and refused.status == 500:
        # of the repository alone: no part of the cluster is missing
        return IndexUnavailable(
            f"« {copy} » : le dépôt ne le permet pas, ou ne répond pas. Demandez à qui tient le "
            f"cluster s’il s’y écrit (GET _snapshot/{copy.parts[0]} : readonly), et si chaque nœud "
            f"y accède (POST _snapshot/{copy.parts[0]}/_verify). ({refused.kind})"
        )
    return refused

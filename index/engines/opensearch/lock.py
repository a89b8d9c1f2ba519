"""Who is writing this index, when writers are on several machines?

One note on the cluster, taken by a script that the cluster runs, so that two can never have it,
and by its clock, so that no machine's is trusted. It ends by itself when its owner, who says so
every now and then, has been silent too long; and an owner who was too long silent stops.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable

import orjson

from index.engines.directory.lock import holder, myself
from index.engines.faults import IndexUnavailable, busy
from index.engines.opensearch.client import Client
from index.engines.opensearch.refusals import Refused

_ID = "lock"
SECONDS = 60.0
"""After so long a silence, the lock is anybody's."""

# Seconds that leaving it may take.
_LEAVING = 10
_TIMED_OUT = 408

_TAKE = """
if (ctx._source.until < ctx._now) {
  ctx._source.owner = params.owner;
  ctx._source.said = params.said;
  ctx._source.until = ctx._now + params.lasts;
} else { ctx.op = 'none'; }
"""
# nobody else had it meanwhile: the note would be another's, or gone
_RENEW = """
if (ctx._source.owner == params.owner) {
  ctx._source.until = ctx._now + params.lasts;
} else { ctx.op = 'none'; }
"""
_LEAVE = "if (ctx._source.owner == params.owner) { ctx.op = 'delete'; } else { ctx.op = 'none'; }"


class ClusterLock:
    """Held from its making to `release`. Raises IndexUnavailable, saying who holds it."""

    def __init__(
        self,
        client: Client,
        index: str,
        *,
        seconds: float = SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._client = client
        self._path = f"/{index}/_update/{_ID}"
        self._note = f"/{index}/_doc/{_ID}"
        self._seconds = seconds
        self._clock = clock
        self._owner = secrets.token_hex(8)
        self._identity = myself().decode()
        self._until = 0.0
        self._await_shard(index)
        try:
            is_taken = self._take()
        except Refused:
            # the answer was lost, perhaps: the lock would be ours, unused, for a minute
            self._leave()
            raise
        if not is_taken:
            raise IndexUnavailable(busy(client.address.location, self._holder()))
        self._end = threading.Event()
        self._beating = threading.Thread(target=self._beat, name="lock", daemon=True)
        self._beating.start()

    def alive(self) -> None:
        """Raises IndexUnavailable when the lock may be somebody else's by now."""
        if self._clock() >= self._until and not self._renewed():
            raise IndexUnavailable(
                f"L’écriture de l’index « {self._client.address.location} » s’est arrêtée : cette "
                "machine n’a pas pu dire au cluster qu’elle écrivait encore, et une autre a pu "
                "commencer. Relancez la commande ; ce qui était déjà enregistré est intact."
            )

    def release(self) -> None:
        """Let go; a cluster that no longer answers will do it by itself."""
        self._end.set()
        self._beating.join()
        self._leave()

    def _leave(self) -> None:
        script = {"source": _LEAVE, "params": {"owner": self._owner}}
        try:
            self._client.post(self._path, {"script": script}, _timeout=_LEAVING)
        except Refused:
            return

    def _await_shard(self, index: str) -> None:
        """Wait until the note is on a node. Raises Refused when it is on none.

        A script would wait for it too, but anew whenever anything changes in the cluster's state,
        and would take the lock for nobody when the shard comes at last.
        """
        wait = self._client.longest_wait
        try:
            self._client.get(f"/_cluster/health/{index}", wait_for_status="yellow", timeout=wait)
        except Refused as refused:
            if refused.status == _TIMED_OUT:
                reason = {"type": "unavailable_shards_exception", "reason": index}
                raise self._client.of(503, reason) from refused
            # a role that is not shown the cluster's health: taking the lock tells what is wrong

    def _take(self) -> bool:
        unowned = {"owner": "", "said": "", "until": 0}
        return self._say(_TAKE, content=self._identity, scripted_upsert=True, upsert=unowned)

    def _renewed(self) -> bool:
        try:
            return self._say(_RENEW)
        except Refused:
            return False

    def _say(self, source: str, content: str = "", **more: object) -> bool:
        duration_ms = int(self._seconds * 1000)
        params = {"owner": self._owner, "said": content, "lasts": duration_ms}
        start = self._clock()
        script = {"source": source, "params": params}
        answer = self._client.post(
            self._path,
            {"script": script, **more},
            retry_on_conflict=5,
            timeout=self._client.longest_wait,
        )
        if answer["result"] == "noop":
            return False
        # counted from before the request: never longer than the cluster counts
        self._until = start + self._seconds
        return True

    def _beat(self) -> None:
        while not self._end.wait(self._seconds / 4):
            self._renewed()

    def _holder(self) -> str:
        try:
            return holder(orjson.loads(self._client.get(self._note)["_source"]["said"]))
        except (Refused, KeyError, ValueError):
            return ""

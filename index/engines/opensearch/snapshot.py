"""How do all the requests of a reader see the same state of the index?

Each is asked of two points in time, one of the records and one of the words, opened once a
process and generation: a node refuses the three hundredth. A point in time does not outlive a
node that held a part of it, nor a long silence; it is then opened anew, once, inside the
question, if the index is still at the same commit. One that was opened while somebody committed
may see a part of what was: it is dated by itself, so that it passes for the commit of no other
process. What a cluster gives of an index a part of which does not answer is refused, however small
the part: OpenSearch itself gives it with status 200.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import orjson
from whoosh.query import Query
from whoosh.query import Term as TermNode

from index.engines.faults import StateLost
from index.engines.opensearch import rights
from index.engines.opensearch.client import Client
from index.engines.opensearch.learnt import LearntWords
from index.engines.opensearch.points import KEEP_ALIVE, PointsInTime, close, open_points
from index.engines.opensearch.refusals import Refused
from index.engines.opensearch.state import State
from index.engines.requests import Term

Body = dict[str, Any]

RANKED = "ranked"
"""The aggregation of a search that ranks, though it gives no hit of its own."""

# A shard is walked in one piece: nodes of several cores would walk its segments apart, and a
# script would count an article once for each piece that holds some of it. Whoever says where to
# stop is not given pieces (OpenSearch: « Concurrent segment search », Limitations).
_ONE_WALK = {"terminate_after": 2**31 - 1}

# What a cluster says when a point in time is gone, or the part of it that a node held.
_LOST = (404, 500, 503)


class Snapshot:
    """The records and the words at one commit. `state` changes only when StateLost is raised.

    learnt: what it said of words. shared: points in time that other processes ask too, and that
    nobody closes: they end once they have not been asked for some minutes.
    """

    def __init__(
        self,
        client: Client,
        present: State,
        read_state: Callable[[], State],
        shared: PointsInTime | None = None,
    ) -> None:
        self.client = client
        self._read_state = read_state
        self._opening = threading.Lock()
        self.shared = shared
        self.learnt = LearntWords()
        self.state, self.points = (present, shared) if shared else self._open(present)

    def counted(self, tree: Query) -> int | None:
        """How many records match a tree of a single word, where that was learnt; else None.

        Not where records were removed or a commit was cut: words may be counted too often then.
        """
        if not isinstance(tree, TermNode) or self.state.doubtful:
            return None
        return self.learnt.frequency(Term(tree.fieldname, tree.text))

    def records(self, *bodies: Body) -> list[Any]:
        """The answers to some searches of the records, in one trip."""
        return self.ask([("records", body) for body in bodies])

    def ask(self, searches: Sequence[tuple[str, Body]]) -> list[Any]:
        """The answers to some searches, each of `records` or of `words`, in one trip.

        Raises IndexUnavailable; StateLost when the index is another by now.
        """
        if not searches:
            return []
        before, points = self.state, self.points
        try:
            return self._ask(points, searches)
        except Refused as refused:
            if refused.status not in _LOST:
                raise
            self._reopen(points)
            if not self.state.same(before):
                raise StateLost(
                    f"L’index « {self.client.address.location} » a été refait pendant la "
                    "question : recommencez."
                ) from refused
            return self._ask(self.points, searches)

    def _ask(self, points: PointsInTime, searches: Sequence[tuple[str, Body]]) -> list[Any]:
        options = self.client.address.options
        # frequencies are those of the whole index, not of the shard where a record happens to be
        header = {"allow_partial_search_results": False}
        scored_header = header | (
            {"search_type": "dfs_query_then_fetch"} if points.shards > 1 else {}
        )
        lines = []
        for place, body in searches:
            point = {"id": getattr(points, place), "keep_alive": KEEP_ALIVE}
            aggregations = body.get("aggs", {})
            ranks = body.get("size") != 0 or RANKED in aggregations
            scored = place == "records" and ranks
            limits: dict[str, Any] = {"timeout": f"{int(options.timeout * 1000)}ms"}
            if aggregations:
                limits |= _ONE_WALK
            lines += [
                orjson.dumps(scored_header if scored else header),
                orjson.dumps(body | {"pit": point} | limits),
            ]
        payload = b"\n".join(lines) + b"\n"
        answer = self.client.post("/_msearch", payload)
        responses = answer["responses"]
        if len(responses) != len(searches):
            raise self.client.foreign(answer)
        for response in responses:
            self._check(response)
        return list(responses)

    def _check(self, answer: Any) -> None:
        if "error" in answer:
            raise self.client.of(answer["status"], answer["error"])
        if not {"_shards", "timed_out", "hits"} <= answer.keys():
            raise self.client.foreign(answer)
        shards = answer["_shards"]
        if answer["timed_out"] or shards["failed"] or shards["successful"] != shards["total"]:
            failures = shards.get("failures", [{}])
            raise self.client.of(503, failures[0].get("reason", "partial_answer"))

    def _open(self, present: State) -> tuple[State, PointsInTime]:
        """Points in time of a state, which is dated anew when they may see another."""
        points = open_points(self.client, present.index, present.words)
        try:
            return self._checked(present, points), points
        except BaseException:
            close(self.client, points)
            raise

    def _checked(self, present: State, points: PointsInTime) -> State:
        """Return the state that points in time see.

        Raises IndexUnavailable when the cluster hides a part of it from our role.
        """
        counts = rights.counted(self.client, present.index, present.words)
        answers = rights.SampleAnswers(*self._ask(points, rights.SAMPLES))
        rights.refuse_masked(answers)
        now = self._read_state()
        if now.same(present) and not now.writing:
            # nothing was under way that statistics may have counted and a search not seen
            if counts is None:
                answers.refuse_fewer(now.doubtful, has_records=now.whole > 1)
            else:
                rights.refuse_short(answers.counts, counts)
        if now.index == present.index and (now.writing or now.generation != present.generation):
            # words of the commit under way may be there without their records
            present = replace(present, updated=time.time(), next=now.next, lost=now.lost)
        return present

    def _reopen(self, lost: PointsInTime) -> None:
        """Open both again, unless another thread did."""
        with self._opening:
            if self.points == lost:
                self.learnt = LearntWords()
                self.state, self.points = self._open(self._read_state())

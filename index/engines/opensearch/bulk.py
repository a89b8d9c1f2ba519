"""How do many operations reach a cluster, none of them lost and none in silence?

In requests of a bounded size, two of them under way at most. A request, or one operation of it,
that is refused because the cluster is busy is sent again after a wait that doubles, for as long
as the address's `patience`. One closed to writing ends the run at once: it would be refused for
ever. One that can never be accepted is put in a file, and reported. Sending again harms nothing: an
operation carries a version, and an older one than what is there changes nothing.
"""

from __future__ import annotations

import random
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

import orjson

from index.engines.opensearch.client import Client
from index.engines.opensearch.refusals import Refused

Operation = tuple[bytes, bytes]
"""A line that says what is done to which document, and the document; b"" for a removal."""

T = TypeVar("T")
Report = Callable[[], None]
Sleep = Callable[[float], None]

_BYTES = 5_000_000
_OPERATIONS = 2_000
_UNDER_WAY = 2
_FIRST_WAIT, _LONGEST_WAIT = 0.25, 20.0
# of one operation inside a request: these pass, like those of a whole request
_BUSY = frozenset({429, 500, 502, 503, 504})
_TOO_LARGE = 413


@dataclass(slots=True)
class BulkReport:
    """The fate of some operations. `refused`: those that never can be accepted, and why."""

    done: int = 0
    retried: int = 0
    refused: list[tuple[Operation, str]] = field(default_factory=list)

    def add(self, report: BulkReport) -> None:
        self.done += report.done
        self.retried += report.retried
        self.refused += report.refused


def send(
    client: Client,
    path: str,
    operations: Iterable[Operation],
    *,
    alive: Report = lambda: None,
    sleep: Sleep = time.sleep,
) -> BulkReport:
    """Send operations to the index at `path`. Raises Refused; what was sent stays.

    `alive` is asked before each request, and may raise: whoever lost the right to write.
    """
    report = BulkReport()
    under_way: deque[Future[BulkReport]] = deque()

    def settle() -> None:
        report.add(under_way.popleft().result())

    with ThreadPoolExecutor(_UNDER_WAY, "bulk") as threads:
        try:
            for batch in _requests(operations):
                alive()
                if len(under_way) == _UNDER_WAY:
                    settle()
                under_way.append(threads.submit(_request, client, path, batch, alive, sleep))
            while under_way:
                settle()
        finally:
            for future in under_way:
                future.cancel()
    return report


def _requests(operations: Iterable[Operation]) -> Iterator[list[Operation]]:
    batch: list[Operation] = []
    size = 0
    for operation in operations:
        batch.append(operation)
        size += len(operation[0]) + len(operation[1])
        if size >= _BYTES or len(batch) >= _OPERATIONS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _request(
    client: Client, path: str, batch: Sequence[Operation], alive: Report, sleep: Sleep
) -> BulkReport:
    """One request, and what of it must be sent again."""
    report = BulkReport()
    waits = _waits(client.address.options.patience)
    remaining = list(batch)
    while remaining:
        try:
            body = b"\n".join(filter(None, chain.from_iterable(remaining))) + b"\n"
            answer = client.post(f"/{path}/_bulk", body, timeout=client.longest_wait)
            if len(answer["items"]) != len(remaining):
                raise client.foreign(answer)
        except Refused as refused:
            if refused.status == _TOO_LARGE and len(remaining) > 1:
                # a proxy of nginx takes 1 MB, until it is told otherwise
                half = len(remaining) // 2
                for portion in (remaining[:half], remaining[half:]):
                    report.add(_request(client, path, portion, alive, sleep))
                return report
            if not refused.passing or not _wait(waits, sleep):
                raise
        else:
            remaining, refusal = _again(client, remaining, answer["items"], report)
            if refusal is not None and not _wait(waits, sleep):
                raise refusal
        if remaining:
            report.retried += 1
            alive()
    return report


def _again(
    client: Client, batch: Sequence[Operation], answers: Sequence[Any], report: BulkReport
) -> tuple[list[Operation], Refused | None]:
    """Return the operations to send once more, and why the last of them was refused.

    Raises Refused when all would be in vain.
    """
    remaining: list[Operation] = []
    refusal: Refused | None = None
    for operation, answer in zip(batch, answers, strict=True):
        [(action, outcome)] = answer.items()
        status, error = outcome["status"], outcome.get("error")
        # 404: what is to be removed is not there; 409: something newer is
        if error is None or status == 409 or (status == 404 and action == "delete"):
            report.done += 1
            continue
        refused = client.of(status, error)
        if refused.blocked:
            # it comes with the status of a passing refusal, and would be refused for ever
            raise refused
        if status in _BUSY:
            remaining.append(operation)
            refusal = refused
        else:
            report.refused.append((operation, str(refused)))
    return remaining, refusal


def _waits(patience: float) -> Iterator[float]:
    """How long to wait each time, so many seconds in all."""
    wait = _FIRST_WAIT
    while patience > 0:
        # several loaders that were refused together are not to come back together
        delay = min(patience, wait * random.uniform(0.7, 1.3))
        patience -= delay
        yield delay
        wait = min(_LONGEST_WAIT, wait * 2)


def patiently(client: Client, ask: Callable[[], T], sleep: Sleep = time.sleep) -> T:
    """Repeat a request, which may be asked twice, until it is answered. Raises Refused, at last."""
    waits = _waits(client.address.options.patience)
    while True:
        try:
            return ask()
        except Refused as refused:
            if not refused.passing or not _wait(waits, sleep):
                raise


def _wait(waits: Iterator[float], sleep: Sleep) -> bool:
    for delay in waits:
        sleep(delay)
        return True
    return False


def keep_refused(path: Path, refused: Sequence[tuple[Operation, str]]) -> None:
    """Write what was refused at the end of a file, one JSON line each. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        for (action, document), why in refused:
            line = {
                "why": why,
                "operation": orjson.loads(action),
                "document": orjson.loads(document) if document else None,
            }
            file.write(orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE))

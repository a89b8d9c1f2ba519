"""What does a supervisor want to count? (the text format of Prometheus)

A fixed table of numbers in memory that the workers of one service share: each writes in
its own row, and whichever is asked adds the rows. No file is written, nothing is to be
swept when a worker ends, and a worker that takes the row of another goes on counting.
"""

from __future__ import annotations

import mmap
import threading
from collections.abc import Iterator, Sequence

from index.results import IndexState

# Endpoints, as Flask names them; any other counts as "other".
ROUTES = (
    "home", "search", "search_json", "search_csv", "search_xlsx", "search_atom", "article",
    "values", "values_json", "timeline", "timeline_json",
    "suggest", "complete", "status", "status_json", "healthz", "metrics", "syntax_page", "api",
    "openapi_json", "opensearch", "robots", "static", "other",
)  # fmt: skip
STATUSES = ("200", "304", "400", "404", "405", "429", "500", "503", "other")
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
GAUGES = ("running", "waiting")

_BUCKETS = len(SECONDS) + 1
_ROUTE = len(STATUSES) + _BUCKETS + 1
_ROW = len(ROUTES) * _ROUTE + len(GAUGES)


class Metrics:
    """One row of the table; `worker` gives another row of the same.

    >>> metrics = Metrics(2)
    >>> metrics.answered("search", 200, 0.004)
    >>> metrics.worker(1).answered("search", 200, 0.3)
    >>> [line for line in metrics.text(None, "0").splitlines() if "requests_total{" in line]
    ['glose_requests_total{route="search",status="200"} 2']
    """

    def __init__(self, workers: int = 1) -> None:
        # anonymous and shared: what a child writes after a fork, its parent reads
        self._table = memoryview(mmap.mmap(-1, workers * _ROW * 8)).cast("d")
        self._workers = workers
        self._lock = threading.Lock()
        self._row = 0

    def worker(self, number: int) -> Metrics:
        """The row of a worker, 0 ≤ number < workers; what it was doing before is over."""
        metrics = object.__new__(Metrics)
        metrics._table, metrics._workers = self._table, self._workers
        metrics._lock, metrics._row = threading.Lock(), number
        metrics.doing(0, 0)
        return metrics

    def answered(self, route: str, status: int, seconds: float) -> None:
        """Count an answer that was made in so many seconds, or begun if it is an export."""
        counted_route = route if route in ROUTES else "other"
        shown_status = str(status) if str(status) in STATUSES else "other"
        at = self._row * _ROW + ROUTES.index(counted_route) * _ROUTE
        bucket = next((i for i, most in enumerate(SECONDS) if seconds <= most), len(SECONDS))
        with self._lock:
            self._table[at + STATUSES.index(shown_status)] += 1
            self._table[at + len(STATUSES) + bucket] += 1
            self._table[at + _ROUTE - 1] += seconds

    def doing(self, running: int, waiting: int) -> None:
        """How many questions are being answered and wait now."""
        at = (self._row + 1) * _ROW - len(GAUGES)
        self._table[at], self._table[at + 1] = running, waiting

    def text(self, state: IndexState | None, version: str) -> str:
        """Every number of every worker; `state` None when the index does not answer."""
        sums = [sum(self._table[column::_ROW]) for column in range(_ROW)]
        return "\n".join([*_lines(sums), *_index(state, version), ""])


def _lines(sums: Sequence[float]) -> Iterator[str]:
    rows = {route: sums[i * _ROUTE : (i + 1) * _ROUTE] for i, route in enumerate(ROUTES)}
    yield "# HELP glose_requests_total Requests answered, by route and status."
    yield "# TYPE glose_requests_total counter"
    for route, row in rows.items():
        for status, count in zip(STATUSES, row, strict=False):
            if count:
                labels = f'{{route="{route}",status="{status}"}}'
                yield f"glose_requests_total{labels} {count:.0f}"
    yield "# HELP glose_request_seconds Seconds until the answer was made; exports, begun."
    yield "# TYPE glose_request_seconds histogram"
    for route, row in rows.items():
        counts = row[len(STATUSES) : len(STATUSES) + _BUCKETS]
        if not any(counts):
            continue
        cumulative = 0.0
        for bound, count in zip([*map(str, SECONDS), "+Inf"], counts, strict=True):
            cumulative += count
            yield f'glose_request_seconds_bucket{{route="{route}",le="{bound}"}} {cumulative:.0f}'
        yield f'glose_request_seconds_sum{{route="{route}"}} {row[-1]:.6f}'
        yield f'glose_request_seconds_count{{route="{route}"}} {cumulative:.0f}'
    for name, count in zip(GAUGES, sums[-len(GAUGES) :], strict=True):
        yield f"# HELP glose_questions_{name} Questions {name} now."
        yield f"# TYPE glose_questions_{name} gauge"
        yield f"glose_questions_{name} {count:.0f}"


def _index(state: IndexState | None, version: str) -> Iterator[str]:
    yield "# HELP glose_build_info The version of this program."
    yield "# TYPE glose_build_info gauge"
    yield f'glose_build_info{{version="{version}"}} 1'
    yield "# HELP glose_index_up Whether the index answers."
    yield "# TYPE glose_index_up gauge"
    yield f"glose_index_up {int(state is not None)}"
    if state is None:
        return
    counts = {
        "articles": state.articles,
        "sections": state.sections,
        "comments": state.comments,
        "generation": state.generation,
    }
    for name, count in counts.items():
        yield f"# HELP glose_index_{name} The index's {name}."
        yield f"# TYPE glose_index_{name} gauge"
        yield f"glose_index_{name} {count}"

"""What do the metrics tell those who supervise the service?"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import flask
import pytest
from prometheus_client.parser import text_string_to_metric_families

from index.engines import IndexUnavailable
from webui import create_app
from webui.serving.metrics import GAUGES, ROUTES, STATUSES, Metrics


def metrics(text: str) -> dict[str, float]:
    """What Prometheus itself reads: sample, with its labels → value."""
    return {
        sample.name + "".join(f"|{v}" for _, v in sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


TOKEN = {"Authorization": "Bearer sesame"}


def test_metrics_are_what_prometheus_reads(app_of: Callable[..., flask.Flask]) -> None:
    client = app_of(METRICS_TOKEN="sesame").test_client()
    for address in ("/search?q=a", "/search?q=a", "/search?page=0", "/nope", "/static/glose.css"):
        client.get(address).close()
    answer = client.get("/metrics", headers=TOKEN)
    assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    counters = metrics(answer.text)
    assert counters["glose_requests_total|search|200"] == 2
    assert counters["glose_requests_total|search|400"] == 1
    assert counters["glose_requests_total|other|404"] == 1
    assert counters["glose_request_seconds_bucket|+Inf|search"] == 3
    assert counters["glose_request_seconds_count|search"] == 3
    client.get("/search?q=a").close()
    later = metrics(client.get("/metrics", headers=TOKEN).text)
    seconds_sum = "glose_request_seconds_sum|search"
    assert 0 < counters[seconds_sum] < later[seconds_sum]
    assert counters["glose_index_up"] == 1
    assert counters["glose_index_articles"] == 0


def test_metrics_answer_when_the_index_does_not() -> None:
    class Gone:
        location = "nowhere"

        def reader(self) -> Any:
            raise IndexUnavailable("parti")

        writer = reader

        def close(self) -> None: ...

    client = create_app(Gone(), METRICS_TOKEN="sesame").test_client()
    counters = metrics(client.get("/metrics", headers=TOKEN).text)
    assert counters["glose_index_up"] == 0


def test_every_route_and_status_has_its_place(app: flask.Flask) -> None:
    endpoints = {rule.endpoint.rpartition(".")[2] for rule in app.url_map.iter_rules()}
    assert endpoints <= set(ROUTES)
    table = Metrics()
    for route in ROUTES:
        for status in (*STATUSES[:-1], 299):
            table.answered(route, int(status), 11.0)
    table.doing(3, 4)
    counters = metrics(table.text(None, "1"))
    assert sum(v for k, v in counters.items() if k.startswith("glose_requests_total")) == (
        len(ROUTES) * len(STATUSES)
    )
    assert [counters[f"glose_questions_{name}"] for name in GAUGES] == [3, 4]


# what is shared is shared by a fork, which Python warns of when threads are about
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_processes_count_together() -> None:
    table = Metrics(2)
    table.worker(0).answered("search", 200, 0.1)
    if (child := os.fork()) == 0:
        table.worker(1).answered("search", 200, 0.1)
        os._exit(0)
    os.waitpid(child, 0)
    # the row of a worker that ended is taken over, and its counts with it
    table.worker(1).answered("search", 200, 0.1)
    assert metrics(table.text(None, "1"))["glose_requests_total|search|200"] == 3

"""Puts real answers into the description of the endpoint: run by `make readme`."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

from index import engines
from index.writing import writing
from indexer import canonical
from webui import create_app
from webui.openapi.description import ROUTES

TOP = Path(__file__).parent.parent
EXAMPLES = TOP / "webui" / "openapi" / "examples.json"
NOW = dt.datetime(2024, 12, 5, 12, tzinfo=dt.UTC)
# questions of the demo that few passages answer, so that an answer can be read whole
ASKED = {
    "/search.json": "/search.json?q=%22mot+de+passe%22&size=1",
    "/search.csv": "/search.csv?q=%22mot+de+passe%22+fuite",
    "/search.atom": "/search.atom?q=%22mot+de+passe%22+fuite",
    "/values.json": "/values.json?q=%22mot+de+passe%22&facet=commenter&contains=a",
    "/timeline.json": "/timeline.json?q=%22mot+de+passe%22&compare=fuite&from=2024&share=yes",
    "/article/{id}.json": "/article/{id}.json?q=fuite",
    "/suggest.json": "/suggest.json?q=mot+de+p",
    "/complete.json": "/complete.json?q=mot+de+p",
    "/status.json": "/status.json",
    "/healthz": "/healthz",
}


def examples() -> dict[str, Any]:
    """A real answer for each address of the endpoint, by its path in the description."""
    engine = engines.open(":memory:")
    lines = (TOP / "indexer" / "demo" / "articles.jsonl").read_bytes().splitlines()
    articles = [canonical.article(line) for line in lines]
    writing.write(engine, map(canonical.records_of, articles), seen=1_733_000_000)
    client = create_app(engine, CLOCK=lambda: NOW).test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "fr"
    shortest = min(articles, key=lambda article: len(article.comments)).id
    answers: dict[str, Any] = {}
    for path, address in ASKED.items():
        answer = client.get(address.replace("{id}", shortest))
        assert answer.status_code == 200, address
        route = next((route for route in ROUTES if route.path == path), None)
        if route is None or route.binary:
            continue
        answers[path] = json.loads(answer.data) if "json" in answer.mimetype else answer.text
    # the only member that differs from one run to the next
    answers["/search.json"]["took_ms"] = 3.1
    return answers


if __name__ == "__main__":
    text = json.dumps(examples(), ensure_ascii=False, indent=1)
    EXAMPLES.write_text(text + "\n", "utf-8")

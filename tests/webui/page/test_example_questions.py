"""Does each question that the home page offers have an answer?"""

from __future__ import annotations

from pathlib import Path

from lxml import html

from index import engines
from webui import create_app


def test_each_example_finds_something(demo_index: Path) -> None:
    client = create_app(engines.open(str(demo_index))).test_client()
    home = html.document_fromstring(client.get("/").text)
    links = home.xpath("//section[@aria-labelledby='examples']//a/@href")
    assert len(links) == 6
    for link in links:
        answer = client.get(link.replace("/search?", "/search.json?")).get_json()
        assert answer["totals"]["passages"], link

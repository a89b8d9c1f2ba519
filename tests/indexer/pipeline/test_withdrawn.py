"""Is it said that an index still holds what its source no longer publishes?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from indexer.doors.commands import COMMANDS
from indexer.reporting import origins

INDEX = next(command for command in COMMANDS if command.name == "index")
EXPORT = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>B</title><link>https://b.example</link>
<wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>https://b.example</wp:base_blog_url>{}
</channel></rss>"""
ITEM = """<item><title>Article {n}</title><link>https://b.example/a{n}/</link>
<content:encoded><![CDATA[<p>Le vanadium, fois {n}.</p>]]></content:encoded>
<wp:post_id>{n}</wp:post_id><wp:post_date_gmt>2024-01-0{n} 09:00:00</wp:post_date_gmt>
<wp:status>{state}</wp:status><wp:post_type>post</wp:post_type></item>"""


def write(place: Path, *states: str) -> Path:
    items = [ITEM.format(n=n, state=state) for n, state in enumerate(states, 1)]
    place.write_text(EXPORT.format("".join(items)), encoding="utf-8")
    return place


def withdrawn(*arguments: object) -> list[str]:
    result = CliRunner().invoke(INDEX, [*map(str, arguments), "--json"], catch_exceptions=False)
    report: dict[str, Any] = json.loads(result.stdout)
    return [
        example["source"]
        for warning in report["warnings"]
        if warning["kind"] == "withdrawn"
        for example in warning["examples"]
    ]


@pytest.mark.parametrize("state", ["draft", "private", "trash", "future"])
def test_what_is_no_longer_published_is_told(tmp_path: Path, state: str) -> None:
    export, where = tmp_path / "b.xml", tmp_path / "index"
    # a draft that the index never held is nothing to be told
    assert withdrawn(write(export, "publish", "publish", "draft"), "--index", where) == []
    assert withdrawn(write(export, state, "publish", "draft"), "--index", where) == [
        "wp:b.example:1"
    ]
    # nothing else in the file is published
    assert withdrawn(write(export, state, state, "draft"), "--index", where) == [
        "wp:b.example:1", "wp:b.example:2",
    ]  # fmt: skip
    # published again, by this source
    assert withdrawn(write(export, state, "publish", "draft"), "--index", where) == [
        "wp:b.example:1"
    ]
    assert withdrawn(export, "--index", where, "--prune") == []
    assert withdrawn(export, "--index", where) == []


def test_what_was_not_looked_for_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(origins, "MOST_WITHHELD", 2)
    export, index = tmp_path / "b.xml", tmp_path / "index"
    assert withdrawn(write(export, "publish", "draft", "draft"), "--index", index) == []
    write(export, "publish", *["draft"] * 5)
    arguments = [str(export), "--index", str(index), "--all"]
    output = CliRunner().invoke(INDEX, arguments, catch_exceptions=False).output
    assert "3 autres articles non publiés : on n’a pas cherché si l’index les tient" in output

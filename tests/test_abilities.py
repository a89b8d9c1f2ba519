"""Is the table of what each kind of index can do true, both its "yes" and its "no"?"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from index import engines
from index.engines import IndexUnavailable
from tests.abilities import ABILITIES, PLACES, Ability, Tried, fill
from tests.opensearch_node import Node, forget


@pytest.fixture(params=PLACES)
def trial(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Tried]:
    if request.param == "opensearch":
        yield from _on_cluster(request.getfixturevalue("node"), monkeypatch)
        return
    name = {"tantivy": f"{tmp_path}/i", "whoosh": f"whoosh:{tmp_path}/i", "memory": ":memory:"}
    engine = engines.open(name[request.param], create=True)
    fill(engine)
    # nothing bounds what an engine of this process gives
    yield Tried(engine, tmp_path / "copie.tar", lambda: None)
    engine.close()


def _on_cluster(node: Node, monkeypatch: pytest.MonkeyPatch) -> Iterator[Tried]:
    from index.engines.opensearch import hits, page

    def few() -> None:
        for file in (hits, page):
            monkeypatch.setattr(file, "WINDOW", 5)

    location, repository = node.fresh(shards=3), f"depot-{time.time_ns()}"
    node.ask(
        "PUT", f"/_snapshot/{repository}", {"type": "fs", "settings": {"location": repository}}
    )
    engine = engines.open(location, create=True)
    fill(engine)
    yield Tried(engine, Path(repository) / "copie", few)
    engine.close()
    for copy in node.ask("GET", f"/_snapshot/{repository}/_all")["snapshots"]:
        node.ask("DELETE", f"/_snapshot/{repository}/{copy['snapshot']}")
    node.ask("DELETE", f"/_snapshot/{repository}")
    forget(location)


@pytest.mark.parametrize("ability", ABILITIES, ids=lambda ability: ability.name)
def test_the_table_is_true(trial: Tried, ability: Ability, request: pytest.FixtureRequest) -> None:
    place = request.node.callspec.params["trial"]
    if place not in ability.without:
        ability.probe(trial)
        return
    with pytest.raises(IndexUnavailable, match=ability.without[place]):
        ability.probe(trial)

"""What is said and done when the index of notes, which has the lock, is on no node any more?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from glose import main
from index.engines.opensearch import Cluster, schema
from tests.opensearch_node import Node

COPY = "notes-lost"


@pytest.fixture
def repository(node: Node) -> Iterator[str]:
    node.ask("PUT", f"/_snapshot/{COPY}", {"type": "fs", "settings": {"location": COPY}})
    yield COPY
    node.ask("DELETE", f"/_snapshot/{COPY}/*")


def run(cluster: Cluster, *words: str) -> tuple[int, str]:
    # each that writes waits so long for the notes, as much as it is given
    location = cluster.location.replace("timeout=20", "timeout=5")
    result = CliRunner().invoke(main, [*words, "--index", location])
    return result.exit_code, result.output


def test_who_writes_is_told_what_is_lost_and_how_to_go_on(
    cluster: Cluster, node: Node, repository: str, tmp_path: Path
) -> None:
    notes = f"{cluster.client.address.name}-notes"
    source = tmp_path / "articles.jsonl"
    source.write_text(json.dumps({"id": "x:1", "headline": "La mer"}) + "\n", "utf-8")
    copy = f"{repository}/{cluster.client.address.name}"
    assert run(cluster, "forget", "--commenter", "Zoé")[0] == 0
    assert run(cluster, "backup", copy)[0] == 0
    # as when the disk of its only node is lost: none may have it
    node.ask("DELETE", f"/{notes}")
    nowhere = {"number_of_replicas": 0, "routing.allocation.enable": "none"}
    path = f"/{notes}?wait_for_active_shards=0"
    mappings = schema.notes(schema.Copies())["mappings"]
    node.ask("PUT", path, {"settings": {"index": nowhere}, "mappings": mappings})
    for words in (
        ("index", str(source), "--quiet"),
        ("delete", "a"),
        ("rebuild",),
        ("compact",),
        ("forget", "--commenter", "Zoé"),
        ("backup", f"{copy}-2"),
        ("restore", copy, "--force"),
        ("verify",),
    ):
        code, sentence = run(cluster, *words)
        assert code == 1, words
        assert f"« {notes} », qui tient le verrou" in sentence, (words, sentence)
        assert f"DELETE {notes}, puis glose restore" in sentence, (words, sentence)
    # whoever reads needs no notes
    assert run(cluster, "search", "fibre", "--json")[0] == 0
    assert run(cluster, "export")[0] == 0
    node.ask("DELETE", f"/{notes}")
    assert run(cluster, "restore", copy, "--force")[0] == 0
    names = cluster.note("forgotten.json")
    assert names
    assert run(cluster, "index", str(source), "--quiet")[0] == 0

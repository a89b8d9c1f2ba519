"""Can whoever administers an index do all that there is to do, by commands, where it is?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from glose import main
from tests.opensearch_node import forget

ARTICLES = [
    {
        "id": f"ex:{name}",
        "headline": f"Le {name}",
        "articleBody": "Le phare éclaire la mer.",
        "datePublished": "2024-05-01",
        "comments": [{"id": f"{name}-1", "text": f"Un requin près du {name}", "author": "Zoé"}],
    }
    for name in ("phare", "port")
]


@pytest.fixture(params=["whoosh", "opensearch"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "whoosh":
        yield f"whoosh:{tmp_path / 'index'}"
        return
    location = request.getfixturevalue("node").fresh()
    yield location
    forget(location)


def test_an_administrator_walks(where: str, tmp_path: Path) -> None:
    source = tmp_path / "articles.jsonl"
    source.write_text("".join(json.dumps(article) + "\n" for article in ARTICLES), "utf-8")

    def run(*words: str, code: int = 0) -> str:
        result = CliRunner().invoke(main, [*words, "--index", where])
        assert result.exit_code == code, (words, result.output, result.exception)
        return result.output

    def passages(question: str) -> int:
        return int(json.loads(run("search", question, "--json"))["totals"]["passages"])

    run("index", str(source))
    assert passages("requin") == 2
    assert "sain" in run("verify")
    assert "sain" in run("verify", "--against", str(source))
    assert "1 passage retiré" in run("delete", "ex:port#comment-port-1")
    assert passages("requin") == 1
    assert "retirés" in run("delete", "ex:port")
    assert "introuvable" in run("delete", "ex:port", code=1)
    assert "la source le donne" in run("verify", "--against", str(source), code=1)
    assert "sain" in run("verify")
    run("compact")
    run("rebuild")
    assert passages("requin") == 1
    run("forget", "--commenter", "Zoé")
    assert passages("pseudo:zoé") == 0
    assert "sain" in run("verify")
    run("status")
    out = tmp_path / "out.jsonl"
    run("export", "-o", str(out))
    assert [json.loads(line)["id"] for line in out.read_text().splitlines()] == ["ex:phare"]

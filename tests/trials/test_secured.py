"""Does OpenSearch's security plugin let the roles of SERVICE.md do what is said, and no more?

A real node with the plugin (`tests/opensearch.sh secured`), its TLS and its users: for `make
trials`, since it takes a minute to start. The roles are those that SERVICE.md gives, read there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from glose import main
from tests.opensearch_node import SecuredNode

_PASSWORD = "Une-Phrase-Assez-Longue-42"
_SERVICE = Path(__file__).parents[2] / "SERVICE.md"
_ROLE = re.compile(r"PUT (_plugins/_security/api/roles/[\w-]+)\n( +\{.*?\}\]\})\n", re.DOTALL)
ARTICLES = [
    {
        "id": f"ex:{name}",
        "headline": f"Le {name}",
        "articleBody": "Le phare éclaire la mer.",
        "datePublished": "2024-05-01",
        "comments": [{"id": f"{name}-1", "text": f"Un requin près du {name}", "author": "Zoé"}],
    }
    for name in ("phare", "port", "pont")
]

Run = Callable[..., str]


@pytest.fixture(scope="module")
def secured(long: bool, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SecuredNode]:
    if not long:
        pytest.skip("the security plugin is for make trials (TRIALS=long)")
    node = SecuredNode(tmp_path_factory.mktemp("secured") / "node")
    node.start()
    try:
        roles = dict(_ROLE.findall(_SERVICE.read_text("utf-8")))
        assert [path.rpartition("/")[2] for path in roles] == ["glose", "glose-lecture"]
        for path, body in roles.items():
            node.ask("PUT", f"/{path}", json.loads(body))
        snapshots = {"type": "fs", "settings": {"location": "depot"}}
        node.ask("PUT", "/_snapshot/depot", snapshots)
        for role in ("glose", "glose-lecture"):
            user(node, role, role)
        yield node
    finally:
        node.stop()


def user(node: SecuredNode, name: str, role: str) -> None:
    body = {"password": _PASSWORD, "opendistro_security_roles": [role]}
    node.ask("PUT", f"/_plugins/_security/api/internalusers/{name}", body)


def reader_with(node: SecuredNode, name: str, **hidden: Any) -> None:
    """Make a user whose role reads all but what is hidden; `statistics`: whether it may ask."""
    actions = ["read", "indices:admin/mappings/get"]
    if hidden.pop("statistics", True):
        actions.append("indices:monitor/stats")
    index = {"index_patterns": ["presse*"], "allowed_actions": actions} | hidden
    body = {"cluster_permissions": ["cluster_composite_ops_ro"], "index_permissions": [index]}
    node.ask("PUT", f"/_plugins/_security/api/roles/{name}", body)
    user(node, name, name)


@pytest.fixture
def run(secured: SecuredNode, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    password = tmp_path / "password"
    password.write_text(_PASSWORD + "\n")
    monkeypatch.setenv("GLOSE_OPENSEARCH_PASSWORD_FILE", str(password))
    monkeypatch.setenv("GLOSE_OPENSEARCH_CA", str(secured.authority))
    where = secured.location("presse")

    def run(name: str, *words: str, code: int = 0, index: str = where) -> str:
        monkeypatch.setenv("GLOSE_OPENSEARCH_USER", name)
        result = CliRunner().invoke(main, [*words, "--index", index])
        assert result.exit_code == code, (name, words, result.output, result.exception)
        if code:
            # one sentence, on one line
            assert result.output.count("\n") == 1, result.output
        return result.output

    return run


@pytest.fixture
def filled(run: Run, tmp_path: Path) -> Path:
    source = tmp_path / "articles.jsonl"
    source.write_text("".join(json.dumps(article) + "\n" for article in ARTICLES), "utf-8")
    run("glose", "index", str(source), "--quiet")
    return source


def passages(run: Run, name: str, question: str) -> int:
    return int(json.loads(run(name, "search", question, "--json"))["totals"]["passages"])


def test_the_role_that_writes_does_everything(run: Run, filled: Path, tmp_path: Path) -> None:
    assert passages(run, "glose", "requin") == 3
    assert "sain" in run("glose", "verify")
    assert "1 passage retiré" in run("glose", "delete", "ex:port#comment-port-1")
    run("glose", "compact")
    run("glose", "backup", "depot/copie")
    run("glose", "rebuild")
    run("glose", "forget", "--commenter", "Zoé")
    assert passages(run, "glose", "requin") == 0
    run("glose", "restore", "depot/copie", "--force")
    # nobody who was forgotten comes back with a copy
    assert passages(run, "glose", "phare") == 4
    assert passages(run, "glose", "requin") == 0
    out = tmp_path / "out.jsonl"
    run("glose", "export", "-o", str(out))
    assert len(out.read_text().splitlines()) == 3
    assert "presse" in run("glose", "status")


def test_the_role_that_reads_writes_nothing(run: Run, filled: Path, tmp_path: Path) -> None:
    assert passages(run, "glose-lecture", "phare") >= 4
    run("glose-lecture", "status")
    run("glose-lecture", "export", "-o", str(tmp_path / "out.jsonl"))
    for words in (
        ("index", str(filled), "--quiet"),
        ("delete", "ex:phare"),
        ("rebuild",),
        ("backup", "depot/autre"),
        ("forget", "--commenter", "Zoé"),
    ):
        refusal = run("glose-lecture", *words, code=1)
        assert "ce nom n’y a pas ce droit" in refusal, words
        assert "SERVICE.md" in refusal


def test_who_is_not_known_is_told_who_can_help(
    run: Run, filled: Path, secured: SecuredNode, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "ne reconnaît pas « personne »" in run("personne", "search", "phare", code=1)
    plain = secured.location("presse").replace("+https", "")
    assert "opensearch+https://" in run("glose", "search", "phare", code=1, index=plain)
    by_number = secured.location("presse").replace("localhost", "127.0.0.1")
    assert "n’est pas à ce nom" in run("glose", "search", "phare", code=1, index=by_number)
    monkeypatch.delenv("GLOSE_OPENSEARCH_CA")
    assert "autorité connue d’ici" in run("glose", "search", "phare", code=1)


@pytest.mark.parametrize(
    ("name", "hidden", "sentence"),
    [
        ("dls", {"dls": '{"term": {"kind": "lead"}}'}, "n’en montre que"),
        (
            "dls-sans",
            # words have no kind: all of them are hidden
            {"dls": '{"term": {"kind": "lead"}}', "statistics": False},
            "montre 3 passages, et n’en compte par leurs mots que 0",
        ),
        ("fls-stored", {"fls": ["~stored"]}, "fls"),
        ("fls-month", {"fls": ["~month"]}, "fls"),
        ("masks-kind", {"masked_fields": ["kind"]}, "masked_fields"),
        ("masks-stored", {"masked_fields": ["stored"]}, "masked_fields"),
        ("nothing-hidden", {"statistics": False}, ""),
    ],
)
def test_a_role_that_hides_a_part_is_told(
    run: Run, filled: Path, secured: SecuredNode, name: str, hidden: dict[str, Any], sentence: str
) -> None:
    reader_with(secured, name, **hidden)
    words = ("search", "pseudo:zoé OU phare", "--json")
    if sentence:
        refusal = run(name, *words, code=1)
        assert sentence in refusal
        assert "qui tient le cluster" in refusal
    else:
        assert json.loads(run(name, *words))["totals"]["passages"]

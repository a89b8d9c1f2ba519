"""Can a reader of comments be added by somebody who writes no code, and are its faults said?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from glose import main
from indexer.html.comments.adapters import (
    AdapterError,
    known_adapters,
    load_adapters,
    read_adapters,
)

SENTENCE = "<p>Un paragraphe de l'article, assez long pour qu'on le garde comme il est.</p>"
PAGE = (
    f"<article><h1>Sora</h1>{SENTENCE * 5}</article><div class=avis><q class=qui>Zoé</q>"
    "<i class=quand>2 décembre 2024 à 9h52</i><div class=mots>Un mot.</div></div>"
)
MINE = """
[[adapter]]
name = "chez moi"
item = ".avis"
author = ".qui"
date = ".quand"
body = ".mots"
"""


def test_an_adapter_of_ones_own(tmp_path: Path) -> None:
    page, adapter_file = tmp_path / "sora.html", tmp_path / "mine.toml"
    page.write_text(PAGE)
    adapter_file.write_text(MINE)
    runner = CliRunner()
    without_adapter = runner.invoke(main, ["check", str(page), "--json"])
    assert json.loads(without_adapter.output)["comments"] == 0
    result = runner.invoke(main, ["check", str(page), "--adapters", str(adapter_file)])
    assert result.exit_code == 0
    assert "1 ×  Zoé  [.qui]" in result.output
    assert "[chez moi]" in result.output
    with_adapter = runner.invoke(
        main, ["check", str(page), "--json", "--adapters", str(adapter_file)]
    )
    value = json.loads(with_adapter.output)
    assert value["comments"] == 1
    assert {"what": "· texte", "by": ".mots", "count": 1, "value": "Un mot."} in value["html"][
        "found"
    ]
    index = ["index", str(page), "--dry-run", "--json", "--adapters", str(adapter_file)]
    assert json.loads(runner.invoke(main, index).output)["comments"] == 1


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[[adapter", "mine.toml : "),
        ("adapter = 1", "tables [[adapter]]"),
        ('[[adapter]]\nitem = "a"\nbody = "b"', "« name » manque"),
        ('[[adapter]]\nname = "x"\nbody = "b"', "adapter x : « item » manque"),
        ('[[adapter]]\nname = "x"\nitem = "a"', "« body » manque"),
        ('[[adapter]]\nname = "x"\nitem = "a["\nbody = "b"', "« a[ » n'est pas un sélecteur CSS"),
        ('[[adapter]]\nname = "x"\nitem = "a"\nbody = "b"\nauteur = "c"', "mot inconnu : auteur"),
        ('[[adapter]]\nname = "x"\nitem = "a"\nbody = 3', "body : un sélecteur"),
        ('[[adapter]]\nname = "x"\nitem = 3\nbody = "b"', "item : des sélecteurs CSS"),
        ('[[adapter]]\nname = "x"\nitem = "a"\nbody = {like = "("}', "« ( »"),
        ('[[adapter]]\nname = "x"\nitem = "a"\nbody = {cs = "b"}', "mot inconnu : cs"),
        ('[[adapter]]\nname = "x"\nitem = "a"\nbody = "b"\nrequires = "c"', "n'est pas un membre"),
    ],
)
def test_faults_are_said(text: str, sentence: str) -> None:
    with pytest.raises(AdapterError) as caught:
        read_adapters(text, "mine.toml")
    assert sentence in str(caught.value)


def test_a_faulty_file_is_a_wrong_use(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE)
    (tmp_path / "bad.toml").write_bytes(b"\xff")
    for name, sentence in (("bad.toml", "UTF-8"), ("absent.toml", "introuvable")):
        use = ["check", str(tmp_path / "a.html"), "--adapters", str(tmp_path / name)]
        result = CliRunner().invoke(main, use)
        assert result.exit_code == 2
        assert sentence in result.output


def test_ones_own_come_first_and_those_known_stay(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    # Windows' Notepad marks the order of bytes
    path.write_text(MINE, "utf-8-sig")
    assert next(adapter.name for adapter in load_adapters(path)) == "chez moi"
    assert load_adapters(path)[1:] == known_adapters()
    assert len({adapter.name for adapter in known_adapters()}) == len(known_adapters())

"""Does a command that is wrongly used, or given what cannot be read, say what would be right?"""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from glose import main


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["index", "ftp://site.example/x"], "ni un chemin ni une adresse http:// ou https://"),
        (["serch", "phare"], "Peut-être 'search' ?"),
        (["zzz"], "'zzz' n’est pas une commande."),
        (["search", "phare", "--page", "0"], "0 n’est pas permis : au moins 1."),
        (["serve", "--port", "99999"], "99999 n’est pas permis : de 0 à 65535."),
        (["evaluate", __file__], "est un fichier : il faut un dossier."),
    ],
)
def test_a_wrong_use_says_what_would_be_right(arguments: list[str], sentence: str) -> None:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2
    assert sentence in result.output


def test_a_source_that_cannot_be_compared_is_said(tmp_path: Path) -> None:
    where, lines = str(tmp_path / "essai.index"), tmp_path / "jour.jsonl"
    lines.write_text('{"id": "a", "headline": "Le phare", "text": "La digue."}\n', "utf-8")
    CliRunner().invoke(main, ["index", str(lines), "--index", where])
    source = tmp_path / "nuit.jsonl"
    source.write_text('{"x":', "utf-8")
    verified = CliRunner().invoke(main, ["verify", "--against", str(source), "--index", where])
    assert "Laissé de côté : " in verified.output
    assert "nuit.jsonl, ligne 1 : ce n’est pas du JSON, dès la colonne" in verified.output

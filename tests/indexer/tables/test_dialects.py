"""How are tables separated, quoted and titled, as spreadsheets, R, SQL clients and people do it?"""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.tables.dialects import dialect_of
from tests.indexer.outcomes import articles, outcomes_of, remarks, skipped

WRITTEN = {
    # Excel's own line, as it is and as a program that quotes each cell writes it
    "told separator": "sep=|\nTitre|Texte|Auteur\nLe bac|Un, deux ; trois.|Alice\n",
    "told tab": "sep=\t\nTitre\tTexte\tAuteur\nLe bac\tUn, deux ; trois.\tAlice\n",
    "told in quotes": '"sep=;"\nTitre;Texte;Auteur\nLe bac;"Un, deux ; trois.";Alice\n',
    "told in a row": "sep=;;;\nTitre;Texte;Auteur\nLe bac;'x';Alice\n".replace(
        "'x'", '"Un, deux ; trois."'
    ),
    "spaces": 'titre, texte, auteur\n"Le bac", "Un, deux ; trois.", "Alice"\n',
    "apostrophes": "'titre';'texte';'auteur'\n'Le bac';'Un, deux ; trois.';'Alice'\n",
    "a title": 'Nos articles;;\n;;\nTitre;Texte;Auteur\nLe bac;"Un, deux ; trois.";Alice\n',
    "two titles": "Nos articles\nau 1er mars\n\nTitre,Texte,Auteur\nLe bac,"
    '"Un, deux ; trois.",Alice\n',
}


@pytest.mark.parametrize("way", WRITTEN)
def test_a_table_written_so(way: str, tmp_path: Path) -> None:
    outcomes = outcomes_of(tmp_path, WRITTEN[way], "t.csv")
    [article] = articles(outcomes)
    assert (article.headline, article.author) == ("Le bac", ("Alice",))
    assert [section.text for section in article.sections] == ["Un, deux ; trois."]
    assert skipped(outcomes) == []


def test_what_is_above_the_names_of_the_columns_is_told(tmp_path: Path) -> None:
    said = remarks(outcomes_of(tmp_path, WRITTEN["two titles"], "t.csv"))
    assert said["above"].endswith("Nos articles ; au 1er mars")


def test_lines_are_numbered_from_the_first_of_the_file(tmp_path: Path) -> None:
    table = WRITTEN["two titles"] + "Trop,de,cellules,ici\n"
    assert [line for line, _ in skipped(outcomes_of(tmp_path, table, "t.csv"))] == [6]


@pytest.mark.parametrize(
    "table",
    [
        # a line of its own as wide as the names is no title, and neither is a name
        "Intitulé fou;Corps du billet;Qui\nTitre;Texte;Auteur\n",
        "Titre;;\nTexte;Auteur;Date\nUn.;Alice;2024\n",
    ],
)
def test_a_row_is_not_taken_for_the_names(table: str, tmp_path: Path) -> None:
    assert "above" not in remarks(outcomes_of(tmp_path, table, "t.csv"))


def test_an_apostrophe_that_begins_a_name_quotes_nothing(tmp_path: Path) -> None:
    table = "titre;texte;auteur\n'Tit bac;L'eau, l'air.;Alice\n"
    [article] = articles(outcomes_of(tmp_path, table, "t.csv"))
    assert article.headline == "'Tit bac"


@pytest.mark.parametrize("text", ["Un, deux ; trois.", "Un, deux.", "Un | deux, trois."])
def test_one_column_is_not_cut_at_the_signs_of_its_texts(text: str) -> None:
    assert dialect_of(f"texte\n{text}\nQuatre.\n").rows == ((text,), ("Quatre.",))

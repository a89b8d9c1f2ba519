"""What does the page say of how a question was understood, and of what it found?"""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.webui.page.test_results_page import page, texts_of


@pytest.mark.parametrize(
    ("q", "language", "chips"),
    [
        ("artistes -avocat", "fr", ["", "écarte : avocat"]),
        ("artistes -avoc*", "fr", ["", "écarte : avocat"]),
        ("artistes -avocat", "en", ["", "leaves out: avocat"]),
        ("artistes -Oùi", "fr", ["", "écarte : Oùi"]),
        # no sign is beside them
        ("artistes -(avocat OU oui)", "fr", ["", "écarte : avocat", "écarte : oui"]),
        # what is looked for is not said again
        ("avocat oui", "fr", ["", ""]),
    ],
)
def test_a_chip_says_what_it_leaves_out(
    client: FlaskClient, q: str, language: str, chips: list[str]
) -> None:
    answer = page(client, f"/search?q={q}", **{"Accept-Language": language})
    pieces = answer.xpath("//li[starts-with(@class, 'chip')]")
    shown = [" ".join(texts_of(piece.xpath(".//*[@class='matches']"))) for piece in pieces]
    assert shown == chips


@pytest.mark.parametrize(
    ("q", "notices"),
    [
        ("le artistes de la zzyzx", ["« le », « de », « la » sont trop courants pour être exigés ; "
                                     "+ devant un mot l’exige."]),
        ("le artistes le zzyzx", ["« le » est trop courant pour être exigé ; +le l’exige."]),
        ("artistes zzyzx", []),
    ],
)  # fmt: skip
def test_common_words_take_one_sentence(client: FlaskClient, q: str, notices: list[str]) -> None:
    assert texts_of(page(client, f"/search?q={q}").xpath("//ul[@class='notices']/li")) == notices


@pytest.mark.parametrize(
    ("q", "sentence"),
    [
        ("avocat pagination", "Aucun résultat. 32 passages n’ont qu’une partie des mots"),
        ("avocatt", "Aucun résultat. 1 passage a des mots proches, ou une partie des mots"),
        ("nda avocat", "1 article, 1 passage (0 dans les articles, 1 dans les commentaires). "
                       "1 autre passage n’a qu’une partie des mots"),
    ],
)  # fmt: skip
def test_what_holds_a_part_of_the_words_is_said(client: FlaskClient, q: str, sentence: str) -> None:
    assert texts_of(page(client, f"/search?q={q}").xpath("//*[@role='status']"))[0] == sentence

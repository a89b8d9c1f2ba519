"""Where sentences end, and where they do not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from index.answering.sentences import Layout


@pytest.mark.parametrize(
    "text",
    [
        "Il pleut.| Il vente.",
        "Il pleut !| Il vente ?| Oui…| Bon.",
        "Il pleut ! dit-elle.| Puis rien.",
        "M. Martin et Mme. Durand sont là.| Le Dr. Petit aussi.",
        "J. Dupont vaut 3.5 points.| En 2024. il plut.",
        "En 2024.| Puis en 2025.",
        "Des chats, des chiens, etc. et le reste.| Des chats, etc.| Puis rien.",
        "Voir art. 5 et p. 12.| Fin.",
        "Il a dit : « Non. Jamais. Rien. » et il est parti.| Puis rien.",
        "Il a dit : « Non. »| Puis rien.",
        "1. Premier point.| 2. Second point.",
        "Titre sans point\n|Une phrase.",
        "Un... deux.| Trois...| Quatre.",
        "Rien à la fin",
        "www.exemple.fr est là.| Node.js aussi.",
        "Vraiment ?!| Oui.",
    ],
)
def test_sentences(text: str) -> None:
    unbroken = text.replace("|", "")
    sentences = [unbroken[start:end] for start, end in Layout(unbroken, 160, 280).sentences]
    assert sentences == [piece.strip() for piece in text.split("|")]


def test_a_quotation_is_kept_whole_or_left_out() -> None:
    text = "mot " * 150 + "« une citation de quelques mots » " + "mot " * 150
    at = text.index("«")
    for start in range(0, len(text) - 20, 7):
        left, right = Layout(text, 160, 280).around(start, start + 3, 0, len(text))
        piece = text[left:right]
        inside = at < start < text.index("»")
        assert inside or ("«" in piece) == ("»" in piece)


def test_a_number_or_a_sign_is_not_parted_from_its_word() -> None:
    text = " ".join(f"{number}\u00a0000\u00a0€\u202f!" for number in range(100, 200))
    for start in range(0, len(text) - 20, 13):
        left, right = Layout(text, 160, 280).around(start, start + 1, 0, len(text))
        assert text[left : left + 3].isdigit()
        assert text[left - 1 : left] in ("", " ")
        assert text[right - 1] == "!"


@pytest.mark.parametrize("sign", [".", " ", "»", ". ", ".»", "« ", "\n", " \n", "« » ", "x"])
def test_a_great_deal_of_anything_is_laid_out_at_once(sign: str, in_proportion: Any) -> None:
    def prepare(size: int) -> Callable[[], object]:
        text = "mot " + sign * (size // len(sign)) + " fin"

        def lay_out() -> None:
            left, right = Layout(text, 160, 280).around(0, 3, 0, len(text))
            assert (left, text[left:right].startswith("mot")) == (0, True)
            assert right <= 280

        return lay_out

    in_proportion(prepare, 75_000)

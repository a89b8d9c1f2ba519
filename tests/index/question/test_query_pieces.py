"""What are the pieces of a question, and what is left without one?"""

from __future__ import annotations

import pytest

from index.question.synonyms import BUNDLED
from index.question.trees import text_of
from tests.index.question.parsed_questions import SmallVocabulary, parse


def test_partial_is_any_of_the_plain_words_and_all_the_rest() -> None:
    partial = parse('sora nda "red team" auteur:x -bêta').partial
    assert partial is not None
    text = text_of(partial)
    assert "(stem:sora | title_stem:sora | stem:nda | title_stem:nda)" in text
    assert '& (text:"red team" |' in text
    assert "[author:x]=0" in text
    assert "!(text:beta" in text


@pytest.mark.parametrize(
    "question", ["sora", '"red team"', 'sora "red team"', "+a1 +b2", "auteur:x"]
)
def test_nothing_is_partial_with_less_than_two_words_to_choose_from(question: str) -> None:
    assert parse(question).partial is None


# --- pieces


@pytest.mark.parametrize(
    ("question", "remaining"),
    [
        ("artistes openai", ["openai", "artistes"]),
        ("sora OU midjourney OU veo", ["midjourney OU veo", "sora OU veo", "sora OU midjourney"]),
        ("(sora OU veo) artistes", ["(veo) artistes", "(sora) artistes", "(sora OU veo)"]),
        ("sora SAUF bêta", ["SAUF bêta", "sora"]),
        ('sora -"mot de passe"', ['-"mot de passe"', "sora"]),
        ("-(sora) veo", ["veo", "-(sora)"]),
        ("titre:(sora OU veo)", ["titre:(veo)", "titre:(sora)"]),
        ("openai PRES/5 artistes", [""]),
        ("Qu’est-ce que l’avocat ?", ["que l’avocat ?", "Qu’est-ce l’avocat ?", "Qu’est-ce que ?"]),
        ("date:mars 2023 sora", ["sora", "date:mars 2023"]),
        ("sora,veo", [",veo", "sora,"]),
    ],
)
def test_each_piece_can_be_taken_out(question: str, remaining: list[str]) -> None:
    assert [piece.without for piece in parse(question).pieces] == remaining


def test_pieces_know_their_place_and_the_tree_that_counts_them() -> None:
    question = parse("sora -veo tri:récent le")
    assert [(p.kind, p.start, p.end) for p in question.pieces] == [
        ("word", 0, 4),
        ("excluded", 5, 9),
        ("order", 10, 20),
        ("common", 21, 23),
    ]
    holding_texts = [None if tree is None else text_of(tree) for tree in question.holding]
    # what it finds when it is asked alone
    assert holding_texts[0] == "stem:sora"
    assert holding_texts[1] is not None
    assert holding_texts[1].startswith("(text:veo |")
    assert holding_texts[2:] == [None, None]


def test_a_form_of_the_index_is_shown_as_it_is_written() -> None:
    """« 06-12 » is no day to a reader, nor « 30an » an age."""
    assert parse("12 juin 2024").pieces[0].matches == ("12/06", "12/06/2024")
    # its words too, which a reader would see as the same
    assert parse("30 ans").pieces[0].matches == ("30\u00a0ans",)
    # a name is as its author has it
    assert parse("pseudo:06-12").pieces[0].matches == ("06-12",)


def test_a_day_is_no_rank_of_a_king() -> None:
    """« le 14 » is no « le XIV », whatever the index holds, and « Louis 14 » is Louis XIV."""
    roman = SmallVocabulary(text="xiv louis")
    assert "le xiv" not in parse("le 14 mai", roman, synonyms=BUNDLED).pieces[1].matches
    assert "louis xiv" in parse("Louis 14", roman, synonyms=BUNDLED).pieces[1].matches

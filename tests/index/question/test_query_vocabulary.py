"""What does the index's own vocabulary add to a question?"""

from __future__ import annotations

from index.question.trees import text_of
from tests.index.question.parsed_questions import HELD, codes, parse, required, tree


def test_a_prefix_stands_for_the_exact_words_of_each_column() -> None:
    parsed = parse("Artis*", HELD)
    assert text_of(parsed.tree) == (
        "((text:artistes | text:artisan | text:artiste) ~ title:artisane)"
    )
    assert parsed.pieces[0].matches == ("artistes", "artisan", "artisane", "artiste")


def test_a_question_mark_stands_for_one_letter_and_a_star_within_for_any() -> None:
    assert required("m?t", HELD) == "(text:mot | text:mat | text:met)"
    assert required("art*te", HELD) == "text:artiste"


def test_a_prefix_inside_a_phrase_is_a_row_of_each_word() -> None:
    assert required('"red te*"', HELD) == '(text:"red team" | text:"red tea")'
    assert required("red-tea*", HELD) == '(text:"red team" | text:"red tea")'


def test_a_misspelt_word_stands_for_those_at_one_fault_or_two() -> None:
    assert parse("midjourny~", HELD).pieces[0].matches == ("midjourney",)
    assert parse("midjourny~2", HELD).pieces[0].matches == ("midjourney", "midjourneys")


def test_neighbours_are_also_met_by_their_joined_form() -> None:
    assert required("red team", HELD) == (
        "((stem:red | stem:redteam^0.3 | title_stem:red | title_stem:redteam^0.3)"
        " & (stem:team | stem:redteam^0.3 | title_stem:team | title_stem:redteam^0.3)"
        " & !((title_stem:red | title_stem:redteam^0.3)"
        " & (title_stem:team | title_stem:redteam^0.3)"
        " & !(stem:red | stem:redteam^0.3 | stem:team)))"
    )
    assert "redteam" not in required("red sora team", HELD)


def test_a_number_in_groups_is_also_met_in_one_piece() -> None:
    assert "stem:150000" in required("150 000 artistes")


def test_an_unknown_word_is_also_met_as_two_known_ones_and_it_is_said() -> None:
    assert 'text:"peut etre"' in required("peutetre", HELD)
    assert codes("peutetre", HELD) == ["split_word"]
    assert codes("redteam", HELD) == []


def test_synonyms_are_alternatives_of_plain_words_only() -> None:
    synonyms = {"ia": ("intelligence artificielle",), "intelligence artificielle": ("ia",)}
    parsed = parse("ia", synonyms=synonyms)
    assert 'text:"intelligence artificielle"^0.5' in text_of(parsed.tree)
    assert parsed.pieces[0].matches == ("ia", "intelligence artificielle")
    question = parse("intelligence artificielle sora", synonyms=synonyms)
    assert text_of(question.tree).count("stem:ia^0.5") >= 2
    assert "artificielle" not in tree("=ia", synonyms=synonyms)
    assert "^" not in tree('"intelligence artificielle"', synonyms=synonyms)

"""What does a question become: its words, its phrases, what it excludes?"""

from __future__ import annotations

import pytest

from index.question.syntax import parse as parse_marks
from index.question.trees import text_of
from tests.index.question.parsed_questions import HELD, codes, kinds, parse, required, tree

# --- words


def test_one_plain_word_must_be_in_the_passage_itself_and_the_title_only_helps() -> None:
    assert tree("sora") == "((stem:sora | text:sora) ~ title_stem:sora)"


def test_each_of_several_words_may_be_in_the_title_but_not_all_of_them() -> None:
    assert required("sora nda") == (
        "((stem:sora | title_stem:sora) & (stem:nda | title_stem:nda)"
        " & !(title_stem:sora & title_stem:nda & !(stem:sora | stem:nda)))"
    )


def test_words_confined_to_the_passage_already_make_the_answer_its_own() -> None:
    assert required("sora texte:nda") == "((stem:sora | title_stem:sora) & stem:nda)"


@pytest.mark.parametrize(
    "question",
    [
        "’tain c’ est l’ état d’ ici",
        "les joueurs’ ou la ’ fin",
        "‘sora’ et ‘veo’",
        "d’‘red-team’",
        "aujourd’hui ‘red team",
        "5’ 10’ 15’",
    ],
)
def test_an_apostrophe_quotes_nothing(question: str) -> None:
    _, marks, notices = parse_marks(question)
    assert {type(mark).__name__ for mark in marks} == {"Word"}
    assert not notices


@pytest.mark.parametrize(
    ("question", "equal_question"),
    [
        ("artistes ET openai", "artistes openai"),
        ("artistes AND openai", "artistes openai"),
        ("+artistes +openai", "artistes openai"),
        ("ARTISTES Openaï", "artistes openai"),
        ("sora OR midjourney", "sora OU midjourney"),
        ("sora | midjourney", "sora OU midjourney"),
        ("sora|midjourney", "sora OU midjourney"),
        ("sora SAUF bêta", "sora -beta"),
        ("sora NOT bêta", "sora -beta"),
        ("sora −bêta", "sora -beta"),
        ("“red team”", '"red team"'),
        ("« red team »", '"red team"'),
        ("«\u00a0red team\u00a0»", '"red team"'),
        ("«\u202fRed Team\u202f»", '"red team"'),
        ("„red team“", '"red team"'),
        ("‟red team”", '"red team"'),
        ("″red team″", '"red team"'),
        ("‹ red team ›", '"red team"'),
        ("‹\u202fred team\u202f›", '"red team"'),
        ("‘red team’", '"red team"'),
        ("’red team’", '"red team"'),
        ("'red team'", '"red team"'),
        ("‚red team‘", '"red team"'),
        ("la ‘red team’, c’est", 'la "red team" c’est'),
        ("(‘red team’ OU sora)", '("red team" OU sora)'),
        ("sora,‘red team’", 'sora "red team"'),
        ("-‘mot de passe’ sora", '-"mot de passe" sora'),
        ("l’‘état de droit’", '"état de droit"'),
        ("‘l’état d’ici’", '"l’état d’ici"'),
        ("‘l’ état d’ ici’", '"l’état d’ici"'),
        ("‘openai artistes’~5", '"openai artistes"~5'),
        ("titre:‘red team’", 'titre:"red team"'),
        ("auteur:‘Jean Dupont’", 'auteur:"Jean Dupont"'),
        ("pseudo: ’le petit Max’", 'pseudo:"le petit Max"'),
        ("‹gratuit›", "=gratuit"),
        # an apostrophe stays one, whatever is typed for it
        ("l’‘affaire", "l’affaire"),
        ("l’‘affaire’", "l’affaire"),
        ("rock ‘n’ roll", "rock n’ roll"),
        ("l’été ’68 et l’été ’69", "l’été 68 et l’été 69"),
        ("des ’jeunes’ et des ’vieux’", "des jeunes et des vieux"),
        ('"gratuit"', "=gratuit"),
        ('="gratuit"', "=gratuit"),
        ("openai PRES/5 artistes", '"openai artistes"~5'),
        ("<<red team>>", '"red team"'),
        ("<< red team >>~3 sora", '"red team"~3 sora'),
        ("openai PRÈS/5 artistes", '"openai artistes"~5'),
        ("openai PRE\u0300S/5 artistes", '"openai artistes"~5'),
        ("openai NEAR/5 artistes", '"openai artistes"~5'),
        ("titre: sora", "titre:sora"),
        ("depuis: mars 2023", 'depuis:"mars 2023"'),
        ("depuis:mars 2023 sora", 'depuis:"mars 2023" sora'),
        ("commentaires > 10", "commentaires>10"),
        ("commentaires:>10", "commentaires>10"),
        ("commentaires≥11", "commentaires>10"),
        ("date>=2024", "depuis:2024"),
        ("date<2024", "avant:2024"),
        ('lettre d\'"IA"', 'lettre "IA"'),
        ("sora, midjourney", "sora midjourney"),
        ("sora,midjourney", "sora midjourney"),
        ("Sora ?", "sora"),
        ("Sora?", "sora"),
    ],
)
def test_these_are_two_ways_to_write_one_question(question: str, equal_question: str) -> None:
    assert tree(question) == tree(equal_question)


def test_and_binds_more_than_or_and_or_more_than_juxtaposition() -> None:
    assert tree("a1 OU b2 c3") == tree("(a1 OU b2) c3")
    assert tree("a1 ET b2 OU c3") == tree("(a1 ET b2) OU c3")
    assert tree("a1 OU b2 OU c3") == tree("(a1 OU b2) OU c3")


def test_lower_case_operators_are_words() -> None:
    assert ("common", "ou") in kinds("sora ou midjourney")
    assert required("sora ou midjourney") == required("sora midjourney")


@pytest.mark.parametrize(
    "word",
    [
        *("red-team", "peut-être", "C++", "C#", ".NET", "R&D", "http://next.ink/a:b", "10:38"),
        *("--help", "lecteur(s)", "l’avocat", "titre-x", "a@b.fr", '27"', "std::vector", "C:\\x"),
        "d'“x",
    ],
)
def test_these_are_words_and_exclude_or_name_nothing(word: str) -> None:
    parsed = parse(f"sora {word}")
    assert {piece.kind for piece in parsed.pieces} <= {"word", "common", "exact"}
    assert not {piece.kind for piece in parsed.pieces} & {"excluded", "field"}
    assert not {notice.code for notice in parsed.notices} & {"unknown_field", "not_a_word"}


# --- exclusions, exact words, phrases


def test_exclusion_is_of_the_exact_form_in_the_passage_whatever_its_title() -> None:
    assert tree("-wire") == (
        "([state:visible]=0 & !(text:wire | heading:wire | quoted:wire | variants:wire))"
    )


@pytest.mark.parametrize(
    ("question", "excluded"),
    [
        ('-"mot de passe"', 'text:"mot de passe"'),
        ("-auteur:x", "!author:x"),
        ("-titre:sora", "!(title:sora | title_variants:sora)"),
        ("-(a1 OU b2)", "text:b2"),
        ("-date:2024", "!(start:..1735685999 & end:1704063600..)"),
        ("-dans:commentaires", "!kind:comment"),
    ],
)
def test_anything_can_be_excluded(question: str, excluded: str) -> None:
    assert excluded in tree(question)
    assert tree(question).startswith("([state:visible]=0 & !")


def test_a_hyphen_inside_a_word_asks_for_the_row_or_the_word_in_one_piece() -> None:
    assert required("red-team") == (
        '(text:"red team"^0.2 | heading:"red team"^0.2 | quoted:"red team"^0.2 | stem:redteam^0.3)'
    )


def test_a_phrase_counts_every_word_and_is_not_stemmed() -> None:
    assert required('"mots de passe"') == (
        '(text:"mots de passe" | heading:"mots de passe" | quoted:"mots de passe")'
    )


def test_a_phrase_also_finds_its_two_words_written_as_one_where_the_index_has_it() -> None:
    assert "text:redteam" in required('"red team"', HELD)
    assert "variants:redteam" in required('"red team"', HELD)
    assert 'text:"une redteam rouge"' in required('"une red team rouge"', HELD)
    assert "redteam" not in required('"red team"')


def test_near_asks_each_two_words_in_one_column() -> None:
    assert required('"a1 b2 c3"~4') == (
        "((text:(a1 … b2)/4 & text:(a1 … c3)/4 & text:(b2 … c3)/4)"
        " | (heading:(a1 … b2)/4 & heading:(a1 … c3)/4 & heading:(b2 … c3)/4)"
        " | (quoted:(a1 … b2)/4 & quoted:(a1 … c3)/4 & quoted:(b2 … c3)/4))"
    )
    assert "text:(b2 … c3)/3" in required("a1 PRES/5 b2 PRES/3 c3")
    assert required('"a1 a1"~4') == required("=a1")


# --- common words


def test_common_words_are_set_aside_and_it_is_said() -> None:
    parsed = parse("le monde")
    assert required("le monde") == required("monde")
    assert "stem:le^0.45" in text_of(parsed.tree)
    # the longest lists that there are: one of them is enough
    assert text_of(parsed.tree).count(":le^") == 1
    assert kinds("le monde") == [("common", "le"), ("word", "monde")]
    assert [(n.code, n.start, n.end) for n in parsed.notices] == [("common_word", 0, 2)]
    assert parsed.words == ("monde",)


def test_a_common_word_with_plus_or_in_quotes_is_required() -> None:
    assert "stem:le " in required("+le monde")
    assert required('"le monde"') == required('"LE MONDE"')
    assert codes('+le monde "la poste"') == []


@pytest.mark.parametrize("outside", ["serveurs", "serveurs messagerie élèves"])
@pytest.mark.parametrize(("quoted", "inside"), [("cas contact", "cas"), ("contact", "contact")])
def test_quotes_are_plain_words_when_nothing_holds_everything(
    outside: str, quoted: str, inside: str
) -> None:
    parsed = parse(f'{outside} "{quoted}"')
    assert parsed.sentence is not None
    assert parsed.quoted
    assert f"stem:{inside}" in text_of(parsed.sentence)
    assert f'& (text:"{quoted}" |' not in text_of(parsed.sentence)
    assert f"stem:{inside}" not in text_of(parsed.tree)


@pytest.mark.parametrize(
    "question",
    ['"cas contact"', "serveurs =cas", 'serveurs +"cas contact"', 'serveurs titre:"cas"'],
)
def test_what_is_asked_exactly_or_alone_stays_required(question: str) -> None:
    assert parse(question).sentence is None


def test_common_words_alone_are_a_phrase() -> None:
    assert tree("pour que") == tree('"pour que"')
    assert codes("pour que") == ["common_phrase"]
    assert kinds("pour que auteur:x") == [("phrase", "pour que"), ("field", "auteur:x")]


@pytest.mark.parametrize(
    ("question", "texts"),
    [
        ("budget sauf train", ["small_operator"]),
        ("budget SAUF train", []),
        ("sauf train", []),
        ("budget pres/3 train", ["small_operator"]),
        ("budget près/3 train", ["small_operator"]),
        ("budget PRÈS/3 train", []),
        ("tous sauf", []),
        ("<<red team", ["unclosed_quote"]),
    ],
)
def test_what_looks_like_an_operator_and_is_a_word_is_said(question: str, texts: list[str]) -> None:
    assert [code for code in codes(question) if code != "common_word"] == texts

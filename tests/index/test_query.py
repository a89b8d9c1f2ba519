"""What does a question become: its tree, its pieces, its notices?"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import query as nodes

from index import french
from index.question import query
from index.question.grammar import LIMITS, NAMED, WORDS
from index.question.trees import written

NOW = datetime(2024, 3, 15, 12, tzinfo=ZoneInfo("Europe/Paris"))


class Held(query.Vocabulary):
    """A small index's words: column → term → number of passages."""

    def __init__(self, **columns: str) -> None:
        self._columns = {
            name: {word: words.split().count(word) for word in words.split()}
            for name, words in columns.items()
        }

    def freq(self, field: str, term: str) -> int:
        return self._columns.get(field, {}).get(term, 0)

    def words(self, field: str, prefix: str, limit: int | None = None) -> list[tuple[str, int]]:
        held = self._columns.get(field, {}).items()
        found = [pair for pair in held if pair[0].startswith(prefix)]
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:limit]


HELD = Held(
    text="red team redteam artiste artistes artistes artisan midjourney met mot mat peut etre tea"
    " team mot passe",
    title="artisane midjourneys",
    variants="redteam",
    stem="artist",
    category="droit droits logiciel",
    author="jeanne",
)


def parse(asked: str, vocabulary: query.Vocabulary = query.EMPTY, **more: Any) -> query.Question:
    return query.parse(asked, vocabulary, now=NOW, **more)


def tree(asked: str, vocabulary: query.Vocabulary = query.EMPTY, **more: Any) -> str:
    return written(parse(asked, vocabulary, **more).tree)


def codes(asked: str, vocabulary: query.Vocabulary = query.EMPTY) -> list[str]:
    return [notice.code for notice in parse(asked, vocabulary).notices]


def kinds(asked: str, vocabulary: query.Vocabulary = query.EMPTY) -> list[tuple[str, str]]:
    return [(piece.kind, piece.text) for piece in parse(asked, vocabulary).pieces]


def required(asked: str, vocabulary: query.Vocabulary = query.EMPTY) -> str:
    """What must be met, without what only ranks."""
    whole = parse(asked, vocabulary).tree
    return written(whole.a if type(whole) is nodes.AndMaybe else whole)


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
    ("asked", "same"),
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
        ('"gratuit"', "=gratuit"),
        ('="gratuit"', "=gratuit"),
        ("openai PRES/5 artistes", '"openai artistes"~5'),
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
def test_these_are_two_ways_to_write_one_question(asked: str, same: str) -> None:
    assert tree(asked) == tree(same)


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
    asked = parse(f"sora {word}")
    assert {piece.kind for piece in asked.pieces} <= {"word", "common", "exact"}
    assert not {piece.kind for piece in asked.pieces} & {"excluded", "field"}
    assert not {notice.code for notice in asked.notices} & {"unknown_field", "not_a_word"}


# --- exclusions, exact words, phrases


def test_exclusion_is_of_the_exact_form_in_the_passage_whatever_its_title() -> None:
    assert tree("-wire") == (
        "([state:visible]=0 & !(text:wire | heading:wire | quoted:wire | variants:wire))"
    )


@pytest.mark.parametrize(
    ("asked", "excluded"),
    [
        ('-"mot de passe"', 'text:"mot de passe"'),
        ("-auteur:x", "!author:x"),
        ("-titre:sora", "!(title:sora | title_variants:sora)"),
        ("-(a1 OU b2)", "text:b2"),
        ("-date:2024", "!(start:..1735685999 & end:1704063600..)"),
        ("-dans:commentaires", "!kind:comment"),
    ],
)
def test_anything_can_be_excluded(asked: str, excluded: str) -> None:
    assert excluded in tree(asked)
    assert tree(asked).startswith("([state:visible]=0 & !")


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


# --- the index's words


def test_a_prefix_stands_for_the_exact_words_of_each_column() -> None:
    asked = parse("Artis*", HELD)
    assert written(asked.tree) == (
        "((text:artistes | text:artisan | text:artiste) ~ title:artisane)"
    )
    assert asked.pieces[0].matches == ("artistes", "artisan", "artisane", "artiste")


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
    known = {"ia": ("intelligence artificielle",), "intelligence artificielle": ("ia",)}
    asked = parse("ia", synonyms=known)
    assert 'text:"intelligence artificielle"^0.5' in written(asked.tree)
    assert asked.pieces[0].matches == ("ia", "intelligence artificielle")
    both = parse("intelligence artificielle sora", synonyms=known)
    assert written(both.tree).count("stem:ia^0.5") >= 2
    assert "artificielle" not in tree("=ia", synonyms=known)
    assert "^" not in tree('"intelligence artificielle"', synonyms=known)


# --- common words


def test_common_words_are_set_aside_and_it_is_said() -> None:
    asked = parse("le monde")
    assert required("le monde") == required("monde")
    assert "stem:le^0.15" in written(asked.tree)
    assert kinds("le monde") == [("common", "le"), ("word", "monde")]
    assert [(n.code, n.start, n.end) for n in asked.notices] == [("common_word", 0, 2)]
    assert asked.words == ("monde",)


def test_a_common_word_with_plus_or_in_quotes_is_required() -> None:
    assert "stem:le " in required("+le monde")
    assert required('"le monde"') == required('"LE MONDE"')
    assert codes('+le monde "la poste"') == []


@pytest.mark.parametrize("outside", ["serveurs", "serveurs messagerie élèves"])
@pytest.mark.parametrize(("quoted", "inside"), [("cas contact", "cas"), ("contact", "contact")])
def test_quotes_are_plain_words_when_nothing_holds_everything(
    outside: str, quoted: str, inside: str
) -> None:
    found = parse(f'{outside} "{quoted}"')
    assert found.sentence is not None
    assert found.quoted
    assert f"stem:{inside}" in written(found.sentence)
    assert f'& (text:"{quoted}" |' not in written(found.sentence)
    assert f"stem:{inside}" not in written(found.tree)


@pytest.mark.parametrize(
    "asked", ['"cas contact"', "serveurs =cas", 'serveurs +"cas contact"', 'serveurs titre:"cas"']
)
def test_what_is_asked_exactly_or_alone_stays_required(asked: str) -> None:
    assert parse(asked).sentence is None


def test_common_words_alone_are_a_phrase() -> None:
    assert tree("pour que") == tree('"pour que"')
    assert codes("pour que") == ["common_phrase"]
    assert kinds("pour que auteur:x") == [("phrase", "pour que"), ("field", "auteur:x")]


# --- fields


@pytest.mark.parametrize(
    ("asked", "must"),
    [
        (
            "titre:sora",
            "([state:visible]=0"
            " & ((title_stem:sora | (heading_stem:sora & kind:lead)) ~ title:sora))",
        ),
        ('titre:"red team"', '([state:visible]=0 & title:"red team")'),
        ("titre:=gratuit", "([state:visible]=0 & (title:gratuit | title_variants:gratuit))"),
        ("texte:sora", "(stem:sora | text:sora)"),
        ("chapo:sora", "(stem:sora & kind:lead)"),
        ("intertitre:sora", "(heading_stem:sora & (kind:section | kind:comment))"),
        ("rubrique:Économie", "([state:visible]=0 & [category:economie]=0)"),
        ('auteur:"Jean D’Arc"', "([state:visible]=0 & [author:jean d'arc]=0)"),
        ("pseudo:Mihashi", "([state:visible]=0 & [commenter:mihashi]=0)"),
        ("lien:next.ink", "([state:visible]=0 & [url:next.ink]=0)"),
        (
            "lien:next.ink/sora",
            "([state:visible]=0 & [(url:next.ink/sora | (url:next.ink & url:sora))]=0)",
        ),
        ("article:demo:Sora", "([state:visible]=0 & [article:demo:Sora]=0)"),
        ("dans:article", "([state:visible]=0 & [(kind:lead | kind:section)]=0)"),
        ("dans:commentaires", "([state:visible]=0 & [kind:comment]=0)"),
        ("dans:titre sora", "(heading_stem:sora & [kind:lead]=0)"),
        ("est:modifié", "([state:visible]=0 & [state:edited]=0)"),
        ("est:réponse", "([state:visible]=0 & [state:reply]=0)"),
        ("a:lien", "([state:visible]=0 & [state:link]=0)"),
        ("a:citation", "([state:visible]=0 & [state:quote]=0)"),
        ("commentaires>10", "([state:visible]=0 & [comments:11..]=0)"),
        ("commentaires>=10", "([state:visible]=0 & [comments:10..]=0)"),
        ("commentaires=10", "([state:visible]=0 & [comments:10..10]=0)"),
        ("commentaires:10..20", "([state:visible]=0 & [comments:10..20]=0)"),
        ("lecture<5", "([state:visible]=0 & [minutes:..4]=0)"),
        ("lecture<=5", "([state:visible]=0 & [minutes:..5]=0)"),
        ("date:2024-12", "([state:visible]=0 & [(start:..1735685999 & end:1733007600..)]=0)"),
        ("avant:2025", "([state:visible]=0 & [start:..1735685999]=0)"),
        ("depuis:2024-06-01", "([state:visible]=0 & [end:1717192800..]=0)"),
        ("après:2024-06-01", "([state:visible]=0 & [end:1717279200..]=0)"),
        ("tri:récent", "[state:visible]=0"),
    ],
)
def test_a_field_requires(asked: str, must: str) -> None:
    assert required(asked) == must
    assert codes(asked) == []


@pytest.mark.parametrize(
    ("asked", "must"),
    [
        # the same field: one or the other; different fields: both
        ("rubrique:a1 rubrique:b2", "([category:a1]=0 | [category:b2]=0)"),
        ("rubrique:a1 category:b2", "([category:a1]=0 | [category:b2]=0)"),
        ("rubrique:a1 auteur:b2", "[category:a1]=0 & [author:b2]=0"),
        ("rubrique:a1 ET rubrique:b2", "[category:a1]=0 & [category:b2]=0"),
        ("rubrique:(a1 OU b2)", "([category:a1]=0 | [category:b2]=0)"),
        ("date:2023 date:2024", " | [(start:..1735685999 & end:1704063600..)]=0)"),
        ("depuis:2023 avant:2024", "[end:1672527600..]=0 & [start:..1704063599]=0"),
        ("commentaires>10 commentaires<20", "[comments:11..]=0 & [comments:..19]=0"),
        ("titre:a1 titre:b2", " ~ title:a1) | ((title_stem:b2 |"),
        ("titre:(a1 b2)", " ~ title:a1) & ((title_stem:b2 |"),
    ],
)
def test_fields_hold_together(asked: str, must: str) -> None:
    assert must in tree(asked)


def test_the_beginning_of_a_key_is_enough_with_a_star() -> None:
    assert "[(category:droit | category:droits)]=0" in tree("rubrique:dr*", HELD)


def test_a_value_that_the_index_lacks_is_said_with_those_that_are_close() -> None:
    notice = parse("auteur:jean", HELD).notices[0]
    assert (notice.code, notice.start, notice.end) == ("absent_value_near", 0, 11)
    assert "jeanne" in notice.message
    assert codes("rubrique:sport", HELD) == ["absent_value"]


def test_a_name_of_several_words_needs_no_quotes_where_the_index_has_it() -> None:
    class Named(Held):
        def freq(self, field: str, term: str) -> int:
            return int((field, term) == ("author", "jean de la fontaine"))

    asked = parse("auteur:Jean de La Fontaine sora", Named())
    assert [piece.text for piece in asked.pieces] == ["auteur:Jean de La Fontaine", "sora"]
    assert written(asked.tree) == tree('auteur:"Jean de La Fontaine" sora', Named())
    assert [piece.without for piece in asked.pieces] == ["sora", "auteur:Jean de La Fontaine"]
    assert kinds("auteur:Jean Dupont", Named()) == [("field", "auteur:Jean"), ("word", "Dupont")]


def test_an_unknown_field_is_text_with_the_nearest_name() -> None:
    asked = parse("titer:sora")
    assert written(asked.tree) == tree("titer sora")
    assert [(n.code, n.start, n.end) for n in asked.notices] == [("unknown_field_near", 0, 6)]
    assert "titre:" in asked.notices[0].message
    assert codes("zzz:sora") == ["unknown_field"]


def test_a_date_that_cannot_be_read_filters_nothing_and_says_so() -> None:
    assert tree("sora date:brumaire") == tree("sora")
    assert codes("sora date:brumaire") == ["unreadable_date"]
    assert codes("sora commentaires>beaucoup est:beau") == ["unreadable_number", "unknown_value"]


def test_dates_are_shown_as_real_days_and_the_question_keeps_its_words() -> None:
    piece = parse('pendant:"semaine dernière" sora').pieces[0]
    assert (piece.kind, piece.text) == ("date", 'pendant:"semaine dernière"')
    assert piece.matches == ("du 4 au 10 mars 2024",)


@pytest.mark.parametrize(
    ("asked", "order"),
    [
        ("tri:récent", "newest"),
        ("sora tri:ancien", "oldest"),
        ("tri:pertinence", "relevance"),
        ("sort:commenté x", "most_commented"),
        ("sora", None),
    ],
)
def test_the_order_is_told_apart_from_the_tree(asked: str, order: str | None) -> None:
    assert parse(asked).order == order
    assert "order" not in tree(asked)


# --- partial matches


def test_partial_is_any_of_the_plain_words_and_all_the_rest() -> None:
    partial = parse('sora nda "red team" auteur:x -bêta').partial
    assert partial is not None
    text = written(partial)
    assert "(stem:sora | title_stem:sora | stem:nda | title_stem:nda)" in text
    assert '& (text:"red team" |' in text
    assert "[author:x]=0" in text
    assert "!(text:beta" in text


@pytest.mark.parametrize("asked", ["sora", '"red team"', 'sora "red team"', "+a1 +b2", "auteur:x"])
def test_nothing_is_partial_with_less_than_two_words_to_choose_from(asked: str) -> None:
    assert parse(asked).partial is None


# --- pieces


@pytest.mark.parametrize(
    ("asked", "without"),
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
def test_each_piece_can_be_taken_out(asked: str, without: list[str]) -> None:
    assert [piece.without for piece in parse(asked).pieces] == without


def test_pieces_know_their_place_and_the_tree_that_counts_them() -> None:
    question = parse("sora -veo tri:récent le")
    assert [(p.kind, p.start, p.end) for p in question.pieces] == [
        ("word", 0, 4),
        ("excluded", 5, 9),
        ("order", 10, 20),
        ("common", 21, 23),
    ]
    held = [None if one is None else written(one) for one in question.holding]
    # what it finds when it is asked alone
    assert held[0] == "stem:sora"
    assert held[1] is not None
    assert held[1].startswith("(text:veo |")
    assert held[2:] == [None, None]


# --- limits


@pytest.mark.parametrize(
    ("asked", "code", "start", "end"),
    [
        ("mot " * 200, "too_long", 511, 800),
        ("a" * 10_000, "too_long", 512, 10_000),
        (" ".join(f"m{n}" for n in range(40)), "too_many_words", 118, 149),
        ("(" * 9 + "a1" + ")" * 9, "too_deep", 8, 9),
        ('"' + "mot " * 14 + '"', "phrase_too_long", 49, 57),
        ('"a1 b2"~50', "slop_too_wide", 6, 10),
        ("a1 PRES/99 b2", "slop_too_wide", 3, 10),
        ("a1 b*", "prefix_too_short", 3, 5),
        ("*mot", "leading_wildcard", 0, 4),
        ("?mot", "leading_wildcard", 0, 4),
        ("mot~ bot~ lot~", "fuzzy_too_short", 0, 4),
        ("moto~9", "fuzzy_too_far", 0, 6),
        ("moto~ boto~ loto~", "too_many_fuzzy", 12, 17),
        (" ".join(f"abc{n}*" for n in range(9)), "too_many_wild", 48, 53),
    ],
)
def test_past_a_limit_the_question_is_cut_and_it_is_said_where(
    asked: str, code: str, start: int, end: int
) -> None:
    found = [(n.start, n.end) for n in parse(asked, HELD).notices if n.code == code]
    assert found[0] == (start, end)


def test_at_most_128_words_stand_for_a_prefix_most_frequent_first() -> None:
    many = Held(text=" ".join(f"abc{n:03}" for n in range(200)) + " abc150")
    question = parse("abc*", many)
    assert codes("abc*", many) == ["too_many_expansions"]
    assert len(question.tree.subqueries) == 128
    assert question.pieces[0].matches[:2] == ("abc150", "abc000")


# --- what is not understood


@pytest.mark.parametrize(
    ("asked", "code", "start", "end"),
    [
        ('"red team', "unclosed_quote", 0, 1),
        ("sora »", "unclosed_quote", 5, 6),
        ("(sora", "unclosed_bracket", 0, 1),
        ("sora)", "unclosed_bracket", 4, 5),
        ("sora OU", "dangling_operator", 5, 7),
        ("OU sora", "dangling_operator", 0, 2),
        ("sora SAUF", "dangling_operator", 5, 9),
        ("titre:", "dangling_operator", 0, 6),
        ("sora ()", "nothing_inside", 5, 7),
        ('sora ""', "nothing_inside", 5, 7),
        ("***", "not_a_word", 0, 3),
        ("***", "nothing_understood", 0, 3),
        ("~", "nothing_understood", 0, 1),
        ("-", "nothing_understood", 0, 1),
        ('"a1 b2" PRES/3 c3', "near_needs_words", 0, 17),
        ("zzz*", "no_expansion", 0, 4),
        ("date:2024..2023", "dates_swapped", 0, 15),
    ],
)
def test_what_was_not_understood_is_said(asked: str, code: str, start: int, end: int) -> None:
    found = [(n.start, n.end) for n in parse(asked, HELD).notices if n.code == code]
    assert found == [(start, end)]


@pytest.mark.parametrize("asked", ["", "   ", "\u00a0", "***", "((((", "-", '"', "~", "OU", "zzz*"])
def test_a_question_of_nothing_finds_nothing(asked: str) -> None:
    assert tree(asked, HELD) == "∅"
    assert parse(asked, HELD).partial is None


def test_messages_are_french_and_english_and_name_what_was_typed() -> None:
    notice = parse("midj* sora", HELD).notices
    assert notice == ()
    notice = parse("le sora").notices
    assert "« le »" in notice[0].message
    assert "“le”" in notice[0].message_en


# --- any string at all

SIGNS = [
    *WORDS,
    *(f"{name}:" for field in NAMED for name in field.names),
    *"\"«»“”„‟″()+-=|*?~@/:.,;!'’<>",
    *("~2", "PRES/5", "NEAR/99", "..", "commentaires>", "lecture<=", "10", "2024", "hier"),
    *("sora", "le", "la", "red", "team", "artis*", "m?t", "l’avocat", "red-team", "C++"),
    *("lecteur·rice·s", "150 000", "😀", "\x00", "\ud800", "\u0301", "\u202e", "漢字", "ﬁ", "İ"),
    *(" ", "  ", "\u00a0", "\u202f", "\n", "http://a.fr/?b=(c)", "a" * 70, "#Mot", "@moi"),
]
QUESTIONS = st.lists(st.sampled_from(SIGNS) | st.text(max_size=4), max_size=160).map("".join) | (
    st.text(max_size=700)
)
# how long one string takes has a test of its own
QUICK = settings(deadline=None)


def walk(tree: nodes.Query, depth: int = 0) -> int:
    """Refuse any node that engines do not compile, and any Not without a positive beside it."""
    written(tree)
    deepest = depth
    if type(tree) in (nodes.And, nodes.Or):
        children = list(tree.subqueries)
        assert len(children) > 1
        nots = [child for child in children if type(child) is nodes.Not]
        assert type(tree) is nodes.And or not nots
        assert len(nots) < len(children)
        assert nodes.NullQuery not in children
    elif type(tree) is nodes.AndMaybe:
        children = [tree.a, tree.b]
    elif type(tree) is nodes.Not:
        children = [tree.query]
    elif type(tree) is nodes.ConstantScoreQuery:
        children = [tree.child]
    else:
        if type(tree) is nodes.Phrase:
            assert 1 < len(tree.words) <= LIMITS.phrase
        return deepest
    return max(walk(child, depth + 1) for child in children)


@QUICK
@given(QUESTIONS)
def test_any_string_is_a_question(asked: str) -> None:
    question = parse(asked, HELD)
    assert question.asked == asked
    assert type(question.tree) is not nodes.Not
    assert walk(question.tree) <= 4 * LIMITS.depth + 8
    if question.partial is not None:
        assert walk(question.partial) <= 4 * LIMITS.depth + 8
    for held in question.holding:
        if held is not None:
            walk(held)
    assert len(question.holding) == len(question.pieces)
    for notice in question.notices:
        assert 0 <= notice.start < notice.end <= len(asked)
        assert notice.message.encode()
        assert notice.message_en.encode()
    for piece in question.pieces:
        assert 0 <= piece.start < piece.end <= len(asked)
        assert len(piece.text) == piece.end - piece.start
        assert piece.without.encode().decode() == piece.without
    assert sum(piece.kind != "common" for piece in question.pieces) <= LIMITS.terms


@QUICK
@given(QUESTIONS)
def test_one_string_gives_one_question(asked: str) -> None:
    first, again = parse(asked, HELD), parse(asked, HELD)
    assert written(first.tree) == written(again.tree)
    assert (first.pieces, first.notices) == (again.pieces, again.notices)


@QUICK
@given(st.lists(st.sampled_from(["sora", "veo", "midjourney", "artiste", "openai"]), min_size=1))
def test_plain_words_read_the_same_with_or_without_capitals_and_accents(words: list[str]) -> None:
    plain = " ".join(words)
    dressed = plain.replace("e", "é").replace("o", "Ô").upper()
    assert required(plain) == required(dressed)
    assert parse(plain).words == tuple(dict.fromkeys(map(french.fold, words)))


HOSTILE = [
    *(sign * 512 for sign in "(\")«-+=~*?|@:.<>a1 \u0301\ud800😀'’,·"),
    *(
        sign * (512 // len(sign))
        for sign in ("(a", "a)", "OU ", "a OU ", "- ", "+-", "a:", "date:")
    ),
    *(sign * (512 // len(sign)) for sign in ("date:mars ", "titre:", "-(", '"a" ', 'x"', "m?t ")),
    *(
        sign * (512 // len(sign))
        for sign in ("a PRES/5 ", "ab* ", "a-", "l’", "1 000 ", "a·", "@a ")
    ),
    *(sign * (512 // len(sign)) for sign in ("abcd~ ", "peutetre ", "commentaires>", "a<", "..")),
    "a*" * 256,
    "a" + "*b" * 250,
    "abc" + "?*" * 250,
    '"' + "ab* " * 127 + '"',
    '"' + "le " * 170 + '"~10',
    "date:" + "il y a " * 70,
    "x" * 10_000,
    "mot " * 100_000,
]


@pytest.mark.parametrize("asked", HOSTILE, ids=lambda asked: repr(asked[:12]))
def test_hostile_strings_take_a_bounded_number_of_steps(asked: str, steps: Any) -> None:
    parse(asked, HELD)
    assert steps(lambda: walk(parse(asked, HELD).tree)) < 200_000


@QUICK
@given(QUESTIONS)
def test_what_is_left_of_a_question_is_a_question(asked: str) -> None:
    for piece in parse(asked, HELD).pieces[:4]:
        # what stood beside it may be read anew: « ETtitre:x: » without its word is two more
        assert parse(piece.without, HELD).asked == piece.without
        assert len(piece.without) <= len(asked)

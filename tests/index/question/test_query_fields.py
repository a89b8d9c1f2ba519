"""What do the fields of a question require, alone and together?"""

from __future__ import annotations

import pytest

from index.question.trees import text_of
from tests.index.question.parsed_questions import (
    HELD,
    SmallVocabulary,
    codes,
    kinds,
    parse,
    required,
    tree,
)


@pytest.mark.parametrize(
    ("question", "must"),
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
        ('rubrique:"Les 1 000 jours"', "([state:visible]=0 & [category:les 1 000 jours]=0)"),
        ('article:"a 1 500"', "([state:visible]=0 & [article:a 1 500]=0)"),
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
def test_a_field_requires(question: str, must: str) -> None:
    assert required(question) == must
    assert codes(question) == []


@pytest.mark.parametrize(
    ("question", "must"),
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
def test_fields_hold_together(question: str, must: str) -> None:
    assert must in tree(question)


def test_the_beginning_of_a_key_is_enough_with_a_star() -> None:
    assert "[(category:droit | category:droits)]=0" in tree("rubrique:dr*", HELD)


@pytest.mark.parametrize(
    ("value", "asked"),
    [
        ("https://www.next.ink/sora*", "url:next.ink/sora-2"),
        ("next.ink/sora/*", "url:next.ink/sora/a"),
        ("https://www.next.ink/*", "url:next.ink)"),
        ("NEXT*", "url:next.ink/sora-2"),
    ],
)
def test_the_beginning_of_an_address_is_as_addresses_are_kept(value: str, asked: str) -> None:
    vocabulary = SmallVocabulary(url="next.ink/sora-2 next.ink/sora/a next.ink next ink sora")
    assert asked in tree(f"lien:{value}", vocabulary)
    assert codes(f"lien:{value}", vocabulary) == []


def test_a_value_that_the_index_lacks_is_said_with_those_that_are_close() -> None:
    notice = parse("auteur:jean", HELD).notices[0]
    assert (notice.code, notice.start, notice.end) == ("absent_value_near", 0, 11)
    assert "jeanne" in notice.message
    assert codes("rubrique:sport", HELD) == ["absent_value"]


@pytest.mark.parametrize(
    ("question", "texts"),
    [
        ("article:a2", []),
        ("article:a3", ["absent_value"]),
        ("lien:next.ink", []),
        ("lien:https://next.ink/sora", []),
        ("lien:https://next.ink/veo", ["absent_value"]),
        ("site:nulle.part", ["absent_value"]),
        ("lien:so*", []),
        ("lien:polit*", ["no_expansion"]),
    ],
)
def test_an_article_or_an_address_that_the_index_lacks_is_said(
    question: str, texts: list[str]
) -> None:
    assert codes(question, SmallVocabulary(article="a2", url="next.ink next ink sora")) == texts


@pytest.mark.parametrize(
    ("question", "texts"),
    [
        ("titre=sora", ["field_with_equals"]),
        ("titre==sora", ["field_with_equals"]),
        ("date==2024", []),
        ("date>(2024)", []),
        ("date>=( brumaire )", ["unreadable_date"]),
        ("commentaires>(dix ou onze)", ["unreadable_number"]),
        ("auteur=Zoé sora", ["field_with_equals"]),
        ('titre="sora 2"', ["field_with_equals"]),
        ('-titre="sora 2"', ["field_with_equals"]),
        ("auteur=(Zoé OU Léa)", ["field_with_equals"]),
        ("date=2024", []),
        ('date="mars 2024"', []),
        ("url=sora", []),
        ("E=mc2", []),
        ("=titre", []),
        ("commentaires>", ["dangling_operator"]),
        ("sora commentaires>=", ["dangling_operator"]),
        ("lien:*", ["unknown_value"]),
        ("lien:zibeline", ["absent_value"]),
    ],
)
def test_what_is_no_field_as_it_is_written_is_said(question: str, texts: list[str]) -> None:
    assert codes(question, SmallVocabulary(url="next.ink next ink sora")) == texts


@pytest.mark.parametrize(
    ("quoted", "question"),
    [
        ('date="mars 2024"', "date:03/2024"),
        ("date>«\u00a0mars 2024\u00a0»", "date>03/2024"),
        ('sora commentaires>="10"', "sora commentaires>=10"),
        ("date=(2023 OU 2024)", "date:(2023 OU 2024)"),
        ("date==(2023 OU 2024)", "date:(2023 OU 2024)"),
    ],
)
def test_a_value_is_compared_between_quotes_too(quoted: str, question: str) -> None:
    assert tree(quoted) == tree(question)


@pytest.mark.parametrize("question", ["commentaires:1 500x", "date:1 500 voix", "dans:1 500"])
def test_a_notice_says_a_number_as_it_was_typed(question: str) -> None:
    [notice] = [notice for notice in parse(question).notices if "500" in notice.message]
    assert "« 1 500" in notice.message


BLOG = "blog.next.ink blog next ink sora le pont_neuf html ete"


@pytest.mark.parametrize(
    ("question", "asked", "texts"),
    [
        # a blog of the site, the name of a file, a piece of an address as it is copied
        ("lien:next.ink", "(url:next & url:ink)", ["address_words"]),
        ("lien:next.ink/sora", "(url:next & url:ink & url:sora)", ["address_words"]),
        ("lien:le-pont_neuf.html", "(url:le & url:pont_neuf & url:html)", ["address_words"]),
        ("lien:blog.next.ink/veo", "(url:blog.next.ink & url:veo)", ["absent_value"]),
        ("lien:nulle.ink", "url:nulle.ink", ["absent_value"]),
        ("lien:%C3%A9t%C3%A9", "url:ete", []),
    ],
)
def test_an_address_of_no_known_host_is_asked_by_its_words(
    question: str, asked: str, texts: list[str]
) -> None:
    vocabulary = SmallVocabulary(url=BLOG)
    assert asked in tree(question, vocabulary)
    assert codes(question, vocabulary) == texts


@pytest.mark.parametrize(
    ("question", "alike"),
    [
        # quotes around one word of a value, as several programs ask for
        ("pseudo:'Zoé' sora", "pseudo:Zoé sora"),
        ("lien:'next.ink'", "lien:next.ink"),
        ("date:'2024'", "date:2024"),
        ("pseudo:-zoe sora", "-pseudo:zoe sora"),
        ("auteur:-jeanne sora", "-auteur:jeanne sora"),
        ("lien:-next.ink sora", "-lien:next.ink sora"),
        ("titre:-bêta sora", "-titre:bêta sora"),
        ("-pseudo:-zoe sora", "pseudo:zoe sora"),
    ],
)
def test_a_sign_may_follow_a_field(question: str, alike: str) -> None:
    assert tree(question) == tree(alike)
    assert "commenter:-zoe" in tree('pseudo:"-zoe"')


@pytest.mark.parametrize(
    ("question", "alike"),
    [
        ("chapeau:sora", "chapo:sora"),
        ("site:next.ink", "lien:next.ink"),
        ("sora tri:date", "sora tri:récent"),
    ],
)
def test_a_field_has_the_names_that_people_try(question: str, alike: str) -> None:
    assert tree(question) == tree(alike)
    assert parse(question).order == parse(alike).order
    assert codes(question) == []


def test_a_name_of_several_words_needs_no_quotes_where_the_index_has_it() -> None:
    class Named(SmallVocabulary):
        def freq(self, field: str, term: str) -> int:
            return int((field, term) == ("author", "jean de la fontaine"))

    parsed = parse("auteur:Jean de La Fontaine sora", Named())
    assert [piece.text for piece in parsed.pieces] == ["auteur:Jean de La Fontaine", "sora"]
    assert text_of(parsed.tree) == tree('auteur:"Jean de La Fontaine" sora', Named())
    assert [piece.without for piece in parsed.pieces] == ["sora", "auteur:Jean de La Fontaine"]
    assert kinds("auteur:Jean Dupont", Named()) == [("field", "auteur:Jean"), ("word", "Dupont")]


def test_an_unknown_field_is_text_with_the_nearest_name() -> None:
    parsed = parse("titer:sora")
    assert text_of(parsed.tree) == tree("titer sora")
    assert [(n.code, n.start, n.end) for n in parsed.notices] == [("unknown_field_near", 0, 6)]
    assert "titre:" in parsed.notices[0].message
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
    ("question", "order"),
    [
        ("tri:récent", "newest"),
        ("sora tri:ancien", "oldest"),
        ("tri:pertinence", "relevance"),
        ("sort:commenté x", "most_commented"),
        ("sora", None),
    ],
)
def test_the_order_is_told_apart_from_the_tree(question: str, order: str | None) -> None:
    assert parse(question).order == order
    assert "order" not in tree(question)


@pytest.mark.parametrize(
    ("question", "text", "people"),
    [
        ("pseudo:Zoé", "@zoe", "commenter:@zoe"),
        ("pseudo:@Zoé", "@zoe", "commenter:@zoe"),
        ("pseudo:Zoé", "@zoe zoe", "(commenter:zoe | commenter:@zoe)"),
        ("pseudo:Zoé", "zoe", "commenter:zoe"),
        ("auteur:Zoé", "@zoe", "author:zoe"),
    ],
)
def test_a_name_may_have_the_sign_that_youtube_gives_it(
    question: str, text: str, people: str
) -> None:
    assert tree(question, SmallVocabulary(commenter=text)) == f"([state:visible]=0 & [{people}]=0)"


@pytest.mark.parametrize("question", ['@"Le Gaulois"', "@«Le Gaulois»", 'pseudo:"Le Gaulois"'])
def test_a_name_of_several_words_may_follow_its_sign(question: str) -> None:
    assert "commenter:le gaulois" in tree(question)


@pytest.mark.parametrize("question", ["auteur : Dupont", "Auteur\u00a0: Dupont", "auteur :Dupont"])
def test_a_colon_may_have_a_space_before_it(question: str) -> None:
    assert tree(question) == tree("auteur:Dupont")


@pytest.mark.parametrize("name", ['"Jean Dupont"', "« Jean Dupont »", "“Jean Dupont”"])
@pytest.mark.parametrize("field", ["auteur", "rubrique", "titre"])
def test_quotes_may_follow_a_colon_with_spaces(field: str, name: str) -> None:
    assert tree(f"{field} : {name}") == tree(f'{field}:"Jean Dupont"')


@pytest.mark.parametrize("question", ["vers : Dupont", "à : Dupont", "mot : Dupont"])
def test_what_begins_a_sentence_is_no_field(question: str) -> None:
    assert "field" not in dict(kinds(question))


@pytest.mark.parametrize(
    ("question", "alike"),
    [
        ("date:>2023", "date>2023"),
        ("date:<2023", "avant:2023"),
        ("date:>=2023", "depuis:2023"),
        ('date:"avant hier"', "date:avant-hier"),
    ],
)
def test_a_date_may_be_compared_after_its_colon(question: str, alike: str) -> None:
    assert tree(question) == tree(alike)
    assert codes(question) == []

"""Is what is marked in a text what matched?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest
from whoosh.query import (
    And,
    AndMaybe,
    ConstantScoreQuery,
    Every,
    Not,
    NullQuery,
    NumericRange,
    Or,
    Phrase,
    Query,
    Term,
)

from index import french
from index.answering import matching
from tests.index.answering.leaves import near_tree, stem


def mark(text: str, tree: Query, field: str = "text") -> str:
    """The text with its marks in square brackets."""
    for start, end in reversed(matching.marks(text, tree, field)):
        text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return text


WORD = AndMaybe(Or([stem("avocat"), Term("title_stem", "avocat")]), Term("text", "avocat"))
RED_TEAM = Or([Phrase("text", ["red", "team"]), Term("variants", "redteam")])


@pytest.mark.parametrize(
    ("tree", "expected"),
    [
        (stem("avocat"), "L’[avocat] et les [avocats] d’un autre."),
        (Term("text", "avocat"), "L’[avocat] et les avocats."),
        (stem("avocat"), "« [Avocats] ! », dit l'[AVOCAT]."),
        (WORD, "L’[avocat] parle."),
        # what only ranks adds nothing to what decides
        (AndMaybe(stem("chat"), Term("text", "chien")), "un [chat], un chien"),
        (
            AndMaybe(stem("chat"), Or([stem("chien"), Phrase("text", ["un"])])),
            "un [chat], un chien",
        ),
        (AndMaybe(Every(), Term("text", "chien")), "un chien"),
        (ConstantScoreQuery(stem("chat"), 0.0), "un [chat]"),
        # nothing for exclusions and filters
        (And([stem("chat"), Not(Term("text", "chien"))]), "un [chat], un chien"),
        (Not(And([stem("chat"), Not(stem("chien"))])), "un chat, un chien"),
        (
            And([Term("kind", "comment"), Term("state", "visible"), NumericRange("end", 1, 2)]),
            "comment",
        ),
        (And([Term("category", "chat"), stem("chien")]), "un chat, un [chien]"),
        (Term("url", "chat"), "un chat"),
        (NullQuery, "un chat"),
        # other fields' words
        (Term("title_stem", "chat"), "un chat"),
        (Term("title", "chat"), "un chat"),
        (Term("heading_stem", "chat"), "un chat"),
        (Phrase("title", ["un", "chat"]), "un chat"),
        # a phrase is one mark, and its words elsewhere are not marked
        (Phrase("text", ["red", "team"]), "red, la [red team] de la team"),
        (Phrase("text", ["red", "team"]), "La [Red-Team], la [red « team] »"),
        (Phrase("text", ["red", "team"]), "une [red 🎉 team] — une [red — team]"),
        (Phrase("text", ["red", "team"]), "red et team, redteam, team red"),
        (Phrase("text", ["un", "chat", "un"]), "[un chat un chat un] chat"),
        (Phrase("text", ["mot", "de", "passe"]), "le [mot de passe] du mot de la passe"),
        (RED_TEAM, "[red-team], [redteam], [Red Team], red"),
        # a variant covers the whole of what it stands for
        (Term("variants", "redteam"), "La [red-team] est la [redteam]"),
        (Term("variants", "150000"), "[150 000] habitants, [150.000], 150 et 000"),
        (Term("variants", "150000"), "[150 000]"),
        (Term("variants", "sncf"), "La [S.N.C.F.] et la [SNCF]"),
        (stem("lecteur"), "les [lecteur·rice·s] et les [lecteurs]"),
        (Term("variants", "lectrices"), "les [lecteur·rice·s]"),
        # near words are marked apart, and only where they are near
        (near_tree("chat", "noir", 2), "un [chat] très [noir], puis un chat qui est parfois noir"),
        (near_tree("noir", "chat", 1), "[chat] [noir] et un noir"),
        (near_tree("noir", "chat", 2, ordered=True), "chat noir, [noir] et [chat], noir"),
        (near_tree("noir", "noir", 1), "noir et noir"),
        # prefixes arrive as the words they begin
        (
            Or([Term("text", "artiste"), Term("text", "artistes")]),
            "l’[artiste], les [artistes], l’art",
        ),
        # accents, ligatures, composed and decomposed
        (stem("œuvre"), "[Œuvre] et [oeuvres]"),
        (Term("text", "ete"), "[été], [e\u0301te\u0301], [ETE]"),
        (Term("text", "c++"), "le [C++], pas le C"),
    ],
)
def test_marks(tree: Query, expected: str) -> None:
    text = expected.replace("[", "").replace("]", "")
    assert mark(text, tree) == expected


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("text", "chat chien [loup] ours"),
        ("heading", "[chat] chien [loup] ours"),
        ("title", "chat [chien] loup ours"),
        ("quoted", "chat chien [loup] [ours]"),
    ],
)
def test_each_field_shows_what_was_asked_of_it(field: str, expected: str) -> None:
    tree = And(
        [
            Term("heading_stem", "chat"),
            Term("title_stem", "chien"),
            stem("loup"),
            Term("quoted", "ours"),
        ]
    )
    assert mark("chat chien loup ours", tree, field) == expected


def test_an_optional_word_of_the_title_is_marked_there() -> None:
    tree = AndMaybe(stem("chat"), Or([Term("text", "chat"), Term("title_stem", "chat")]))
    assert mark("Le chat et le chien", tree, "title") == "Le [chat] et le chien"


def test_only_phrases_whose_words_are_all_there_are_looked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A prefix in a phrase is thousands of them, of which a text holds hardly one."""
    looked_for: list[Sequence[str]] = []
    runs = matching._runs

    def count_phrases(words: Sequence[str], places: Mapping[str, Sequence[int]]) -> list[int]:
        looked_for.append(words)
        return runs(words, places)

    monkeypatch.setattr(matching, "_runs", count_phrases)
    phrases = [Phrase("text", ["les", f"co{n}"]) for n in range(500)]
    matcher = matching.matcher(Or(phrases))
    matches = list(matching._matched(french.tokens("Tous les co7, les co"), matcher.text))
    assert [(match.start, match.end) for match in matches] == [(5, 12)]
    assert looked_for == [("les", "co7")]


def test_a_word_is_read_once_to_be_told_and_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    """What tells whether it answers is what says where it is marked."""
    read: list[str] = []
    for memory in (matching._Terms, french._Places, french._Rows):
        monkeypatch.setattr(memory, "compute", _noting(memory.compute, read))
    monkeypatch.setattr(matching, "_terms", matching._Terms())
    monkeypatch.setattr(french, "_places", french._Places())
    text = "Un «Quadricycle», deux quadricycles et la quadrature : un quadricycle."
    assert len(matching.marks(text, stem("quadricycle"), "text")) == 3
    # the quadrature begins otherwise
    words = ["«Quadricycle»,", "quadricycles", "quadricycle."]
    # each of them for its terms, and for its tokens
    assert sorted(read) == sorted(2 * words)


def _noting(compute: Callable[..., Any], read: list[str]) -> Callable[..., Any]:
    def noted(memory: Any, chunk: str) -> Any:
        read.append(chunk)
        return compute(memory, chunk)

    return noted


def test_a_participle_is_marked_after_its_auxiliary_only() -> None:
    text = "Le parti dit : ils sont déjà partis, mais une partie reste. Est-elle partie ?"
    tree = stem("partir")
    places = matching.marks(text, tree, "text")
    assert [text[start:end] for start, end in places] == ["partis", "partie"]
    assert text.startswith("partie ?", places[-1][0])


@pytest.mark.parametrize(
    "text", ["la S N C F recrute", "la S. N. C. F. recrute", "la S N C F, encore"]
)
def test_an_acronym_whose_letters_stand_apart_is_marked(text: str) -> None:
    (mark,) = matching.marks(text, stem("sncf"), "text")
    assert text[slice(*mark)].replace(".", "").replace(" ", "") == "SNCF"


@pytest.mark.parametrize(
    ("text", "field", "term", "marked"),
    [
        ("Une vitamine B 12.", "variants", "b12", "B 12"),
        ("Le sommet du G 20", "variants", "g20", "G 20"),
        ("Il coûte EUR 10.", "variants", "10€", "EUR 10"),
        ("Il coûte € 10", "variants", "10€", "€ 10"),
        ("Un XX e siècle.", "variants", "20esiecle", "XX e siècle"),
        ("À H2A 1B2, Montréal", "variants", "h2a1b2", "H2A 1B2"),
        ("Voir les nos 5 et suivants", "stem", "numero", "nos"),
        ("BRAVO A T O U S", "variants", "tous", "T O U S"),
        ("BRAVO A T O U S", "stem", "tout", "T O U S"),
        ("Pour l’O N U. C 3 aussi", "variants", "onu", "O N U"),
        ("Pour l’O. N. U. aussi", "variants", "onu", "O. N. U."),
    ],
)
def test_what_goes_over_several_chunks_is_marked(
    text: str, field: str, term: str, marked: str
) -> None:
    spans = matching.marks(text, Term(field, term), "text")
    assert [text[start:end] for start, end in spans] == [marked]

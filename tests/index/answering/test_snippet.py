"""What is shown of a text, and are its pieces and their marks slices of it?"""

from __future__ import annotations

import json
import lzma
from functools import lru_cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.query import (
    And,
    AndMaybe,
    Not,
    Or,
    Phrase,
    Query,
    Term,
)

from index import french
from index.answering import matching, snippet
from index.answering.sentences import Layout
from index.record import About, Record, recent_record
from index.results import Occurrence, Snippet
from tests.index.answering.leaves import near_tree, stem
from tests.shared import SHARED


def test_a_wanted_serves_many_texts() -> None:
    matcher = matching.matcher(stem("chat"))
    for text in ("un chat", "deux chats", "rien"):
        assert matching.marks(text, matcher, "text") == matching.marks(text, stem("chat"), "text")
        assert snippet.snippets(text, matcher) == snippet.snippets(text, stem("chat"))


FILLER = "La pluie tombe sur la ville et personne ne sort de chez soi avant le soir. "
LONG = (
    FILLER * 6 + "Le chat dort. " + FILLER * 6 + "Un chat et un loup, puis un ours. " + FILLER * 6
)


def snippets_of_trees(text: str, *trees: Query) -> tuple[Snippet, ...]:
    return snippet.snippets(text, Or(list(trees)))


def test_a_short_text_is_shown_whole() -> None:
    chat = Snippet("  Un chat.\n", ((5, 9),), occurrences=(Occurrence(5, 9, True),))
    assert snippets_of_trees("  Un chat.\n", stem("chat")) == (chat,)
    assert snippets_of_trees("Un chien.", stem("chat")) == (Snippet("Un chien."),)
    assert snippets_of_trees("", stem("chat")) == snippets_of_trees(" \n", stem("chat")) == ()


def test_without_a_match_the_beginning_is_shown() -> None:
    [piece] = snippets_of_trees(LONG, stem("absent"))
    assert LONG.startswith(piece.text)
    assert (piece.marks, piece.starts_inside, piece.ends_inside) == ((), False, True)
    assert piece.text.endswith("avant le soir.")
    assert 160 <= len(piece.text) <= 280


def test_the_whole_question_comes_before_its_words() -> None:
    text = (
        "Un mot, puis plus loin on passe. " + FILLER * 6 + "Le mot de passe est long. " + FILLER * 6
    )
    [first, *pieces] = snippet.snippets(text, And([stem("mot"), stem("passe")]))
    assert "mot de passe" in first.text
    assert [occurrence.whole for occurrence in first.occurrences] == [True]
    assert [occurrence.whole for piece in pieces for occurrence in piece.occurrences] == [
        False,
        False,
    ]


def test_the_densest_window_comes_first() -> None:
    first, second = snippets_of_trees(LONG, stem("chat"), stem("loup"), stem("ours"))
    assert "Un chat et un loup, puis un ours." in first.text
    assert len(first.marks) == 3
    assert "Le chat dort." in second.text
    assert first.starts_inside
    assert first.ends_inside
    assert snippet.snippets(LONG, stem("chat"), "text", 1) != ()
    assert len(snippet.snippets(LONG, stem("chat"), "text", 1)) == 1
    assert len(snippet.snippets(LONG, stem("pluie"))) == 3


def test_a_phrase_comes_before_many_words() -> None:
    text = "Un chat, un loup, un ours, un chat. " + FILLER * 8 + "Le loup gris dort. " + FILLER * 3
    words = [stem("chat"), stem("loup"), stem("ours")]
    assert "loup gris" in snippets_of_trees(text, Phrase("text", ["loup", "gris"]), *words)[0].text


def test_snippets_are_whole_sentences_when_they_fit() -> None:
    for piece in snippets_of_trees(LONG, stem("chat")):
        assert piece.text[0].isupper()
        assert piece.text[-1] == "."
        assert 160 <= len(piece.text) <= 280


def test_a_sentence_too_long_is_cut_between_words() -> None:
    text = "mot " * 200 + "chat " + "mot " * 200
    [piece] = snippets_of_trees(text, stem("chat"))
    assert set(piece.text.split()) == {"mot", "chat"}
    assert piece.text == piece.text.strip()
    assert 240 <= len(piece.text) <= 280


def test_a_text_without_spaces() -> None:
    [piece] = snippets_of_trees("x" * 1000 + " chat " + "y" * 1000, stem("chat"))
    assert "chat" in piece.text
    assert len(piece.text) <= 280


def test_a_match_longer_than_a_snippet_is_still_whole() -> None:
    words = [f"mot{number}" for number in range(80)]
    text = FILLER * 4 + " ".join(words) + ". " + FILLER * 4
    [piece] = snippets_of_trees(text, Phrase("text", words))
    assert " ".join(words) in piece.text
    assert len(piece.marks) == 1


def test_windows_do_not_overlap() -> None:
    text = " ".join(f"mot{number} chat" for number in range(300))
    pieces = snippet.snippets(text, stem("chat"), "text", 5)
    words = [word for piece in pieces for word in piece.text.split() if word != "chat"]
    assert len(pieces) == 5
    assert len(words) == len(set(words))


# Properties

WORDS = ["chat", "chats", "l’avocat", "d'été", "red-team", "red", "team", "lecteur·rice·s", "C++"]
WORDS += [
    "150 000",
    "« Oui",
    "», dit-il.",
    "M. Martin",
    "etc.",
    "fin !",
    "\n\n",
    "—",
    "🎉",
    "Œuvre.",
]
texts = st.one_of(
    st.lists(st.sampled_from(WORDS), max_size=120).map(" ".join),
    st.lists(st.sampled_from([*WORDS, " ", ".", "\u00a0", "x" * 90]), max_size=120).map("".join),
    st.text(max_size=600),
)
leaves = st.one_of(
    st.sampled_from(["chat", "avocat", "ete", "team", "lecteur", "oeuvre", "c++", "150"]).map(stem),
    st.sampled_from(["chat", "red", "martin"]).map(lambda word: Term("text", word)),
    st.sampled_from(["redteam", "150000", "lectrices"]).map(lambda word: Term("variants", word)),
    st.just(Phrase("text", ["red", "team"])),
    st.just(Phrase("text", ["chat", "chats", "red"])),
    st.just(near_tree("chat", "red", 3)),
    st.just(Term("kind", "comment")),
)
trees = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(And, st.lists(inner, min_size=1, max_size=3)),
        st.builds(Or, st.lists(inner, min_size=1, max_size=3)),
        st.builds(AndMaybe, inner, inner),
        st.builds(Not, inner),
    ),
    max_leaves=5,
)


def check(text: str, tree: Query, field: str = "text") -> None:
    """Everything that is true of any text and any tree."""
    marks = matching.marks(text, tree, field)
    edges = [edge for mark in marks for edge in mark]
    assert edges == sorted(edges)
    assert all(0 <= start < end <= len(text) for start, end in marks)
    assert all(text[start:end].strip() for start, end in marks)
    pieces = snippet.snippets(text, tree, field)
    assert bool(pieces) == bool(text.strip())
    assert len(pieces) <= 3
    marked_words = {text[start:end] for start, end in marks}
    longest = max(map(len, marked_words), default=0)
    at = []
    for piece in pieces:
        assert piece.text in text
        assert piece.text.strip()
        assert len(piece.text) <= max(snippet.LONGEST, longest)
        assert bool(piece.marks) == bool(marks)
        assert {piece.text[start:end] for start, end in piece.marks} <= marked_words
        assert piece.starts_inside or not text[: text.index(piece.text)].strip()
        at.append(piece.text)
    if len(text) > snippet.LONGEST:
        assert sum(map(len, at)) <= len(text)


@settings(deadline=None, max_examples=300)
@given(text=texts, tree=trees)
def test_any_text_and_any_tree(text: str, tree: Query) -> None:
    check(text, tree)


@settings(deadline=None, max_examples=600)
@given(text=texts, tree=trees)
def test_marks_by_chunks_are_the_marks_of_the_whole_text(text: str, tree: Query) -> None:
    """The short cut through the chunks of a text finds what reading all of it finds."""
    matcher = matching.matcher(tree).text
    slow = matching._merged(matching._matched(french.tokens(text), matcher))
    assert matching.marks(text, tree, "text") == tuple((match.start, match.end) for match in slow)


@lru_cache
def corpus() -> list[str]:
    """Texts of real passages."""
    path = SHARED / "corpus" / "passages_100k.jsonl.xz"
    if not path.exists():
        pytest.skip(f"no corpus at {path}: set GLOSE_SHARED")
    texts: list[str] = []
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            texts += [section["text"] for section in article["sections"]]
            texts += [comment["text"] for comment in article.get("comment", ())]
            if len(texts) >= 500:
                return texts
    return texts


def test_on_real_passages() -> None:
    for number, text in enumerate(corpus()):
        words = [token for token in french.tokens(text) if token.rule != "emoji"]
        if len(words) < 12:
            continue
        question_words = words[(number * 7) % (len(words) - 4) :][:4]
        phrase = Phrase("text", [token.exact for token in question_words[:3]])
        tree = And(
            [phrase, Term("stem", question_words[3].stem), Not(Term("text", words[0].exact))]
        )
        check(text, tree)
        marks = matching.marks(text, phrase, "text")
        assert any(a <= question_words[0].start and question_words[2].end <= b for a, b in marks)
        [first, *_] = snippet.snippets(text, tree)
        assert any(
            [token.exact for token in french.tokens(first.text[a:b])][:3] == phrase.words
            or len(french.tokens(first.text[a:b])) >= 3
            for a, b in first.marks
        )


def test_real_snippets_read_well() -> None:
    """Most are sentences, and few are short."""
    pieces = [
        piece
        for text in corpus()
        if len(text) > 600
        for piece in snippet.snippets(text, Or([stem("homme"), stem("valeur"), stem("grand")]))
    ]
    assert len(pieces) > 100
    assert all(len(piece.text) <= 280 for piece in pieces)
    assert sum(len(piece.text) >= 160 for piece in pieces) > 0.9 * len(pieces)
    ended_pieces = [
        piece for piece in pieces if piece.text.rstrip('»”"’)] \u00a0\u202f')[-1] in ".!?…"
    ]
    assert len(ended_pieces) > 0.6 * len(pieces)


def test_a_text_shown_for_two_words_is_cut_into_sentences_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    layout = snippet.Layout
    laid: list[str] = []

    def counted(text: str, shortest: int, longest: int) -> Layout:
        laid.append(text)
        return layout(text, shortest, longest)

    monkeypatch.setattr(snippet, "Layout", counted)
    text = "Le chat dort au soleil. Le chien garde la maison depuis hier. " * 8
    chat, chien = (snippet.snippets(text, stem(word)) for word in ("chat", "chien"))
    assert chat[0].text[slice(*chat[0].marks[0])] == "chat"
    assert chien[0].text[slice(*chien[0].marks[0])] == "chien"
    assert laid == [text]
    # what weighs much is worked out again rather than kept in memory
    long = text * 30
    snippet.snippets(long, stem("chat"))
    snippet.snippets(long, stem("chat"))
    assert laid == [text, long, long]


def test_a_phrase_reads_no_word_that_cannot_be_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    answered = french.answered
    monkeypatch.setattr(french, "answered", lambda chunk: read.append(chunk) or answered(chunk))
    text = "Naguère, chat ou tortue grimpaient : la tortue — grimpeuse, dit-on — vivait là."
    tree = Phrase("text", ["tortue", "grimpeuse"])
    [piece] = snippet.snippets(text, tree)
    assert [text[start:end] for start, end in piece.marks] == ["tortue — grimpeuse"]
    assert read == ["tortue", "grimpeuse,"]


def test_a_word_met_many_times_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read_words: list[str] = []
    tokens = french.tokens
    monkeypatch.setattr(french, "tokens", lambda text: read_words.append(text) or tokens(text))
    matcher = matching.matcher(stem("avocat"))
    # words that no other test has read
    text = "Tantôt avocats, naguère l’avocat. " * 50
    assert len(matching.marks(text, matcher, "text")) == 100
    assert matching.marks("Des avocats, encore.", matcher, "text") == ((4, 11),)
    assert sorted(read_words) == ["avocats,", "l’avocat."]
    # each answers by itself: what stands between two is not read
    assert len(snippet.whole(text, matcher, "text").marks) == 100
    assert sorted(read_words) == ["avocats,", "l’avocat."]


def test_the_words_of_a_phrase_are_read_once_as_they_stand(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read_pieces: list[str] = []
    tokens = french.tokens
    monkeypatch.setattr(french, "tokens", lambda text: read_pieces.append(text) or tokens(text))
    text = "Au fond de Paris, de Lyon et de Nantes, loin de la mer, de là-bas. " * 20
    matcher = matching.matcher(Phrase("text", ["de", "la"]))
    marks = matching.marks(text, matcher, "text")
    assert [text[start:end] for start, end in marks] == ["de la", "de là"] * 20
    assert sorted(piece for piece in read_pieces if "de" in piece) == ["de", "de la", "de là-bas."]


def test_a_record_that_is_shown_again_is_not_loaded_again() -> None:
    stored = Record("a#1", "section", About("a", "Sora"), 1, text="Dans le texte").dump()
    assert recent_record(stored) == Record.load(stored)
    # an engine gives other bytes each time, that are equal
    assert recent_record(bytes(bytearray(stored))) is recent_record(stored)


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("Le mot de passe. " + "Rien ici. " * 60, 1),
        ("Le mot de passe. " + "Rien ici. " * 60 + "Un mot, une passe.", 3),
        ("Rien ici. " * 60, 0),
    ],
)
def test_what_stands_together_is_worked_out_once_where_one_piece_has_it_all(
    text: str, times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree = And([stem("mot"), stem("passe")])
    work, runs = snippet.occurrences, []

    def counted(*args: Any) -> Any:
        runs.append(args)
        return work(*args)

    monkeypatch.setattr(snippet, "occurrences", counted)
    pieces = snippet.snippets(text, tree)
    assert len(runs) == times
    for piece in pieces:
        matches = matching.matches(piece.text, matching.matcher(tree), "text")
        whole = matching.wholes(tree)["text"]
        assert piece.occurrences == (work(piece.text, matches, whole) if matches else ())

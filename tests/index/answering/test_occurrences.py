"""What is one occurrence of a question, and does it answer all of it?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.query import And, Or, Query, Term

from index.answering import matching, occurrences, snippet
from index.question import query
from index.question.synonyms import BUNDLED

NOW = dt.datetime(2024, 12, 5, tzinfo=dt.UTC)


def mark(question: str | Query, text: str, field: str = "text") -> str:
    """The text with whole occurrences in braces and stray words in parentheses."""
    tree = question
    if isinstance(question, str):
        tree = occurrences.complete(query.parse(question, now=NOW, synonyms=BUNDLED))
    piece = snippet.whole(text, tree, field)
    for start, end, is_whole in reversed(piece.occurrences):
        around = "{}" if is_whole else "()"
        text = f"{text[:start]}{around[0]}{text[start:end]}{around[1]}{text[end:]}"
    return text


@pytest.mark.parametrize(
    ("question", "text"),
    [
        # small words between, and signs that hold words together
        ("mot de passe", "Mon {mot de passe}, {mot-de-passe}, les {mots du passe}."),
        ("mot de passe", "Le « {mot » de « passe} », un {mot  de passe}, {MOT DE PASSE}."),
        ("mot de passe", "Un (mot). (Passe) ! Un (mot) ; (passe). Un (mot) bien long, (passe)."),
        ("mot de passe", "Un (mot)\n(passe), un (mot) : (passe), un (mot) — (passe)."),
        ("mot de passe", "Un (mot), un {mot de passe}, {mot de passe} {mot de passe}."),
        ("mot de passe", "Deux (mots)? Non."),
        ("mot de passe", "Un {mdp} et un {mot de passe}."),
        # one mark is one occurrence
        ("artistes", "Des {artistes}, {artistes} toujours, l’{artiste}."),
        ('"mot de passe"', "Un {mot de passe}, un mot du passe, {mot-de-passe}."),
        ('"mot de passe" oublié', "{Mot de passe oublié}, (oublié) ; un (mot de passe)."),
        # either is enough
        ("chat OU chien", "Le {chat} et le {chien}."),
        ("(chat OU chien) souris", "{Chat, souris}, {souris et chien}, (chat) gris, (chien)."),
        # what is not asked of the text asks nothing of it
        ("titre:sora artistes", "Des {artistes} et sora."),
        ("auteur:zoé artistes depuis:2023", "Des {artistes}."),
        ("dans:commentaires nda -veo", "Un {NDA} sans veo."),
        # asked to be near, they are one wherever they stand
        ("mot PRES/5 passe", "Un {mot tout à fait passe}, et bien plus loin que cela un mot."),
        # a comma holds words apart where something else is nearer
        ("voiture électrique", "Une auto (électrique), {voitures électriques}."),
        ("paris lyon", "{Paris, Lyon} et {Paris-Lyon}. (Paris). (Lyon)."),
        # a point ends a sentence, or an abbreviation
        ("art martial", "C’est tout un (art) ! (Martial) est là. Selon l’{art. martial} 3."),
        ("travail gratuit", "(travail) {travail gratuit} (gratuit)"),
        ("1 200 euros", "Pour {1 200 euros} ou {1200 €}."),
        ("l’avocat des artistes", "L’{avocat des artistes} le dira, l’(avocat)."),
    ],
)
def test_marks_that_stand_together_are_one(question: str, text: str) -> None:
    unmarked = text.translate(str.maketrans("", "", "{}()"))
    assert mark(question, unmarked) == text


def test_a_title_answers_by_its_own_words() -> None:
    assert mark("mot passe", "Le mot de passe", "title") == "Le {mot de passe}"
    # artists are asked of what the passage says itself
    assert mark("titre:sora artistes", "Sora, artistes", "title") == "{Sora}, (artistes)"
    assert mark("artistes", "Les artistes", "title") == "Les {artistes}"


def test_what_was_meant_by_a_misspelt_word_is_part_of_the_whole() -> None:
    class Vocabulary(query.Vocabulary):
        def freq(self, field: str, term: str) -> int:
            return int(term in ("mot", "passe", "gratuit"))

        def words(self, field: str, prefix: str, limit: int | None = None) -> list[tuple[str, int]]:
            return [(word, 1) for word in ("gratuit", "mot", "passe") if word.startswith(prefix)]

        def near(
            self, field: str, word: str, faults: int, heads: Sequence[str]
        ) -> list[tuple[str, int]]:
            return [("gratuit", 1)] if word == "gratuti" else []

    question = query.parse("mot gratuti", Vocabulary(), now=NOW)
    assert any(piece.instead for piece in question.pieces)
    matcher = matching.matcher(question.partial or question.tree)
    matcher = matcher._replace(whole=matching.wholes(occurrences.complete(question)))
    marks = snippet.whole("un mot gratuit, un mot", matcher, "text").occurrences
    assert [(occurrence.start, occurrence.end, occurrence.whole) for occurrence in marks] == [
        (3, 14, True),
        (19, 22, False),
    ]


WORDS = ("mot", "passe", "clé", "de", "chat", ",", ".", "\n", "et")
ASKED = And([Or([Term("stem", "mot"), Term("stem", "cle")]), Term("stem", "passe")])


@given(st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join))
def test_each_mark_is_in_one_occurrence(text: str) -> None:
    piece = snippet.whole(text, ASKED, "text")
    at = 0
    for start, end, is_whole in piece.occurrences:
        assert at <= start < end
        own = [text[a:b] for a, b in piece.marks if start <= a and b <= end]
        assert own
        assert is_whole == ("passe" in own and bool({"mot", "clé"} & set(own)))
        at = end
    inside = [
        mark
        for mark in piece.marks
        if any(
            occurrence.start <= mark[0] and mark[1] <= occurrence.end
            for occurrence in piece.occurrences
        )
    ]
    assert inside == list(piece.marks)


@pytest.mark.parametrize("words", [["mot"], ["mot", "clé"], ["mot", "chat", "clé"]])
def test_a_long_row_of_marks_takes_steps_in_proportion(
    words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is whole in it, so that each mark could be looked at from each other."""
    steps = 0
    leaves_of = occurrences.Match.leaves.__get__

    class Counted(occurrences.Match):
        @property
        def leaves(self) -> frozenset[occurrences.Leaf]:  # type: ignore[override]
            nonlocal steps
            steps += 1
            return frozenset(leaves_of(self))

    counts = []
    for times in (200, 2000):
        text = " ".join(words * times)
        matches, at = [], 0
        for word in text.split():
            matches.append(Counted(at, at + len(word), False, word, frozenset({("stem", word)})))
            at += len(word) + 1
        steps = 0
        occurrences.occurrences(text, matches, occurrences.Whole(ASKED, "text"))
        counts.append(steps)
    assert counts[1] < 12 * counts[0]


@given(st.lists(st.sampled_from([*WORDS, "chat", "chat"]), max_size=30).map(" ".join))
def test_what_answers_by_itself_is_told_without_what_is_beside_it(text: str) -> None:
    tree = Or([Term("stem", "mot"), Term("stem", "chat")])
    matches = matching.matches(text, matching.matcher(tree), "text")
    whole = occurrences.Whole(tree, "text")
    by_runs = [
        occurrence
        for run in occurrences._runs(text, matches)
        for occurrence in occurrences._cut(text, run, whole)
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(occurrences, "_small", lambda between: pytest.fail(f"read {between!r}"))
        assert list(occurrences.occurrences(text, matches, whole)) == by_runs

"""Random questions of the grammar, over random records: every engine finds the same passages."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from index import engines
from index.answering.searching import search
from index.record import About, Quote, Record
from index.writing.writing import write

NOW = datetime(2025, 7, 1, tzinfo=UTC)
WORDS = (
    "l’été", "red-team", "redteam", "red", "team", "abonné·e·s", "abonnées", "150 000", "C++",
    "journaux", "journal", "mot", "de", "passe", "la", "Poste", "évènement", "evenement",
)  # fmt: skip
NAMES = ("Zoé", "jean-michel", "MmeMichu")
PIECES = (
    "été", "red-team", "redteam", '"red team"', "« mot de passe »", '"passe mot"~3', "=journal",
    "journ*", "m?t", "jornal~", "-poste", '-"red team"', "titre:journal", "titre:mot",
    "texte:poste", "intertitre:passe", "chapo:été", "pseudo:zoe", "@MmeMichu", "auteur:jean*",
    "rubrique:droit", "dans:commentaires", "dans:article", "dans:titre", "article:a1",
    "date:2024", "depuis:2024-03", "avant:2025", "commentaires>1", "lecture<5", "est:modifié",
    "est:réponse", "a:citation", "a:lien", "c++", "abonnés", "150000", "de", "la poste",
    "mot PRES/3 poste", "tri:récent", "inconnu:mot", "(", ")", "OU",
)  # fmt: skip

texts = st.lists(st.sampled_from(WORDS), max_size=7).map(" ".join)


@st.composite
def articles(draw: st.DrawFn) -> list[list[Record]]:
    passages = []
    for number in range(draw(st.integers(1, 4))):
        about = About(
            f"a{number}",
            draw(texts) or "Titre",
            authors=(draw(st.sampled_from(NAMES)),),
            categories=draw(st.sampled_from([("Droit",), ("IA", "Droit"), ()])),
            published=f"202{draw(st.integers(3, 5))}-0{draw(st.integers(1, 9))}-01T00:00:00+01:00",
            reading_minutes=draw(st.sampled_from([None, 3, 9])),
            comments=draw(st.integers(0, 3)),
        )
        records = [
            Record(
                id=f"{about.id}#lead",
                kind="lead",
                about=about,
                position=0,
                heading=about.title,
                text=draw(texts),
            )
        ]
        records += [
            Record(
                id=f"{about.id}#section-{i}",
                kind="section",
                about=about,
                position=i,
                heading=draw(texts),
                text=draw(texts),
            )
            for i in range(1, draw(st.integers(1, 3)))
        ]
        records += [
            Record(
                id=f"{about.id}#comment-{i}",
                kind="comment",
                about=about,
                position=9 + i,
                text=draw(texts),
                author=draw(st.sampled_from(NAMES)),
                edited=draw(st.booleans()),
                quotes=draw(st.sampled_from([(), (Quote("mot"),)])),
                parent=draw(st.sampled_from([None, f"{about.id}#comment-0"])),
            )
            for i in range(about.comments)
        ]
        passages.append(records)
    return passages


questions = st.lists(
    st.tuples(
        st.sampled_from(["", "", "", "OU ", "SAUF ", "ET ", "-", "+"]), st.sampled_from(PIECES)
    ).map("".join),
    min_size=1,
    max_size=5,
).map(" ".join)


@settings(max_examples=60)
@given(articles(), st.lists(questions, min_size=1, max_size=12))
def test_every_engine_answers_alike(
    no_suggestions: Callable[[], AbstractContextManager[None]],
    articles_given: list[list[Record]],
    questions: list[str],
) -> None:
    readers = []
    for place in (":memory:", "whoosh::memory:"):
        engine = engines.open(place)
        # two runs: a segment each
        write(engine, articles_given[::2], seen=1)
        write(engine, articles_given[1::2], seen=2)
        readers.append(engine.reader())
    for question in questions:
        answers = []
        # what is offered beside the answers is not compared: the default engine alone offers it
        for reader, offers in zip(readers, (nullcontext, no_suggestions), strict=True):
            with offers():
                results = search(reader, question, now=NOW, size=100, group=False)
            full = {group.passages[0].record.id for group in results.groups if not group.partial}
            partial = {group.passages[0].record.id for group in results.groups if group.partial}
            assert len(full) == results.totals.passages, question
            assert not full & partial, question
            answers.append((full, results.totals, [piece.passages for piece in results.understood]))
        assert answers[0] == answers[1], question

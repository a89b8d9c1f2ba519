"""In which order do full and partial matches stand, and do pages lose or repeat any?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from random import Random

import pytest
from whoosh.query import Phrase, SpanNear2, Term

from index import engines
from index.answering import searching
from index.engines import Engine, Look, Reader, ranking
from index.record import About, Record
from index.results import Results
from index.writing.writing import write
from tests.opensearch_node import Node, forget

NOW = datetime(2025, 6, 1, tzinfo=UTC)
WORDS = ("cuivre", "antenne", "satellite", "orbite")
ASKED = "cuivre antenne satellite"


def passage(name: str, text: str, place: int = 1) -> Record:
    about = About(name, f"Article {name}")
    return Record(f"{name}#comment-{place}", "comment", about, place, text=text)


def filled(engine: Engine, articles: list[list[Record]]) -> Reader:
    write(engine, articles, seen=1)
    return engine.reader()


@pytest.fixture(scope="module")
def reader(common_location: str) -> Iterator[Reader]:
    draw = Random(7)
    engine = engines.open(common_location, create=True)
    yield filled(
        engine,
        [
            [
                passage(
                    f"a{number}",
                    " ".join(draw.choices((*WORDS, "vent", "mer"), k=draw.randint(2, 12))),
                    place,
                )
                for place in range(1, draw.randint(2, 5))
            ]
            for number in range(60)
        ],
    )
    engine.close()


def pages(reader: Reader, question: str, size: int, *, group: bool) -> Iterator[Results]:
    number = 1
    while True:
        results = searching.search(reader, question, now=NOW, page=number, size=size, group=group)
        yield results
        if not results.has_next:
            return
        number += 1


def holds_every_word(text: str) -> bool:
    return set(ASKED.split()) <= set(text.split())


@pytest.mark.parametrize("group", [True, False])
@pytest.mark.parametrize("size", [1, 7, 100])
def test_pages_hold_every_full_match_once_and_end_with_the_last(
    reader: Reader, size: int, group: bool
) -> None:
    all_pages = list(pages(reader, ASKED, size, group=group))
    listed = [group for page in all_pages for group in page.groups]
    names = [
        listed_group.about.id if group else listed_group.passages[0].record.id
        for listed_group in listed
    ]
    assert len(names) == len(set(names))
    full = [group for group in listed if not group.partial]
    totals = all_pages[0].totals
    assert len(full) == (totals.articles if group else totals.passages) > 5
    assert all(group.passages_found for group in full)
    assert {page.listed for page in all_pages} == {all_pages[-1].listed}
    assert len(all_pages) == -(-all_pages[0].listed // size)
    last = max(place for place, group in enumerate(listed, 1) if not group.partial)
    assert last == all_pages[0].listed <= len(listed)
    beyond = searching.search(
        reader, ASKED, now=NOW, page=len(all_pages) + 1, size=size, group=group
    )
    assert not beyond.groups
    assert not beyond.has_next


@pytest.mark.parametrize("group", [True, False])
def test_a_group_is_partial_when_no_passage_of_it_holds_everything(
    reader: Reader, group: bool
) -> None:
    for page in pages(reader, ASKED, 5, group=group):
        for listed_group in page.groups:
            holds_all = [holds_every_word(passage.record.text) for passage in listed_group.passages]
            assert listed_group.partial is not holds_all[0]
            assert [passage.partial for passage in listed_group.passages] == [
                not is_held for is_held in holds_all
            ]


def test_the_totals_count_full_matches_only(reader: Reader) -> None:
    results = searching.search(reader, ASKED, now=NOW)
    either_words = searching.search(reader, ASKED.replace(" ", " OU "), now=NOW)
    assert results.totals.passages + results.totals.partial == either_words.totals.passages


def test_every_page_tells_as_many_partial_matches(engine: Engine) -> None:
    reader = filled(
        engine,
        [[passage(f"full{n}", "cuivre antenne")] for n in range(4)]
        + [[passage(f"part{n}", "cuivre seul")] for n in range(7)],
    )
    for size in (1, 3, 4, 10):
        rows = [
            (page.totals.passages, page.totals.partial)
            for page in pages(reader, "cuivre antenne", size, group=True)
        ]
        assert set(rows) == {(4, 7)}, size


def test_of_a_subject_what_speaks_of_it_stands_before_what_mentions_each_word(
    engine: Engine,
) -> None:
    """Three words or more; of two, both must be there to come first."""
    filler = " ".join(["vent"] * 400)
    reader = filled(
        engine,
        [
            [passage("mentions", f"Le cuivre, {filler} une antenne, {filler} un satellite.")],
            [passage("speaks", "Antenne de satellite : une antenne, un satellite, une antenne.")],
            *([passage(f"other{n}", "La mer et le vent, le vent et la mer.")] for n in range(9)),
        ],
    )

    def order(question: str, **options: object) -> list[tuple[str, bool]]:
        results = searching.search(reader, question, now=NOW, **options)  # type: ignore[arg-type]
        return [(group.about.id, group.partial) for group in results.groups]

    assert order("cuivre antenne satellite") == [("speaks", True), ("mentions", False)]
    assert order("cuivre satellite") == [("mentions", False), ("speaks", True)]
    assert order("+cuivre +antenne +satellite") == [("mentions", False)]
    assert order("cuivre ET antenne ET satellite") == [("mentions", False)]
    # another order than by score says nothing of what is partial
    assert order("cuivre antenne satellite", order="newest") == [("mentions", False)]


def test_however_many_speak_of_it_what_holds_everything_is_not_far(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ranking, "AMONG", 20)
    filler = " ".join(["vent"] * 400)
    speaks = "Antenne de satellite : une antenne, un satellite, une antenne."
    reader = filled(
        engine,
        [
            [passage("mentions", f"Le cuivre, {filler} une antenne, {filler} un satellite.")],
            *([passage(f"speaks{n}", speaks)] for n in range(30)),
            *([passage(f"other{n}", "La mer et le vent, le vent et la mer.")] for n in range(40)),
        ],
    )
    listed = [group for page in pages(reader, ASKED, 8, group=True) for group in page.groups]
    assert [place for place, group in enumerate(listed) if not group.partial] == [20]


def test_the_accents_typed_are_a_preference(engine: Engine) -> None:
    reader = filled(
        engine,
        [
            [passage("none", "Il y a une longue marche demain.")],
            [passage("accent", "Il y a un grand marché demain.")],
        ],
    )
    for question, first in (("marché", "accent"), ("le marché", "accent"), ("marche", "none")):
        results = searching.search(reader, question, now=NOW)
        assert results.groups[0].about.id == first, question
        assert results.totals.articles == 2


def test_a_phrase_has_the_scores_of_the_whole_however_many_shards(node: Node) -> None:
    """Only the shard of one article holds its words: the others know nothing of them.

    Lucene 10 would then leave their records out of what a score is made of, with `dfs` too.
    """
    articles = [[passage(f"a{n}", "la mer et le vent " * (n + 1))] for n in range(9)]
    articles.append([passage("b", "une antenne relais")])
    words = Term("text", "antenne"), Term("text", "relais")
    close = SpanNear2([*words], slop=2, ordered=False)
    scores = []
    for shards in (1, 3):
        location = node.fresh(shards=shards)
        engine = engines.open(location, create=True)
        reader = filled(engine, articles)
        # a word of its own asks every shard, and so would hide it
        for tree in (Phrase("text", ["antenne", "relais"]), close):
            [hit] = reader.search(tree, 5).hits
            [stored] = reader.look(Look(samples=[(tree, 1)])).samples[0]
            assert stored == reader.load([hit.ref])[0]
            scores.append(hit.score)
        engine.close()
        forget(location)
    assert scores[:2] == pytest.approx(scores[2:])
    assert all(scores)


def test_a_cluster_names_articles_only_when_they_are_few(node: Node) -> None:
    # who has not installed what a cluster needs runs the other tests
    from index.engines.opensearch import ranks
    from index.engines.opensearch.reader import ClusterReader

    location = node.fresh()
    engine = engines.open(location, create=True)
    articles = [*([passage(f"a{n}", "la mer")] for n in range(4)), [passage("b", "le vent")]]
    reader = filled(engine, articles)
    assert isinstance(reader, ClusterReader)
    calls = []
    for word in ("mer", "vent", "port"):
        body = ranks.ranking(Term("text", word), "relevance", ranks.Span(0, 1, 3), few=3)
        [answer] = reader.snapshot.records(body)
        ranked = ranks.read(answer, "relevance")
        calls.append((ranked.articles, len(ranked.few)))
    engine.close()
    forget(location)
    assert calls == [(4, 0), (1, 1), (0, 0)]

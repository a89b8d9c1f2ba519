"""Is what would take too much work left out, and is it told?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from whoosh import query as nodes

from index import engines
from index.answering import FACETS, Ask, searching, thread
from index.engines import Engine
from index.engines.in_process import runs, work
from index.record import About, Record
from index.results import Results
from index.writing import writing
from tests.index.engines.million_records import WORDS, Articles, Million

NOW = datetime(2026, 11, 28, tzinfo=UTC)
HELD = {"le": 900, "la": 800, "sora": 3}


def frequency(field: str, term: str) -> int:
    return HELD.get(term, 0)


LE_LA = nodes.Phrase("text", ["le", "la"])
NEAR = nodes.SpanNear2([nodes.Term("text", "le"), nodes.Term("text", "la")], slop=5, ordered=False)
SORA = nodes.Term("text", "sora")
LE = nodes.Term("text", "le")
TOGETHER = nodes.And([nodes.Term("text", "le"), nodes.Term("text", "la")])


@pytest.mark.parametrize(
    ("tree", "lighter", "is_lost"),
    [
        (LE_LA, TOGETHER, True),
        (NEAR, TOGETHER, True),
        # what is excluded only narrows, and would narrow too much
        (nodes.And([SORA, nodes.Not(LE_LA)]), nodes.And([SORA, nodes.Every()]), True),
        # nor are words excluded, when they are too many
        (
            nodes.And([SORA, nodes.Not(nodes.Or([nodes.Term("text", "le")] * 30))]),
            nodes.And([SORA, nodes.Every()]),
            True,
        ),
        # what only ranks is nobody's condition
        (nodes.AndMaybe(SORA, LE_LA), SORA, False),
        (nodes.AndMaybe(SORA, nodes.Or([SORA, LE_LA])), nodes.AndMaybe(SORA, SORA), False),
        (
            nodes.ConstantScoreQuery(nodes.Or([LE_LA, SORA]), 0.0),
            nodes.ConstantScoreQuery(nodes.Or([TOGETHER, SORA]), 0.0),
            True,
        ),
        (nodes.Phrase("text", ["le", "sora"]), nodes.Phrase("text", ["le", "sora"]), False),
        (nodes.Or([SORA] * 30), nodes.Or([SORA] * 30), False),
        # what is looked up counts, wherever what is excluded stands
        (
            nodes.Or([SORA, nodes.And([LE, *[nodes.Not(SORA)] * 12])]),
            nodes.Or([SORA, nodes.And([LE, *[nodes.Every()] * 12])]),
            True,
        ),
        (nodes.Or([SORA, nodes.Not(nodes.Or([LE] * 12))]), nodes.Or([SORA, nodes.Every()]), True),
        # alternatives that are the same without it are one
        (
            nodes.Or([nodes.And([LE, nodes.Not(nodes.Or([SORA, LE]))]) for _ in range(9)]),
            nodes.And([LE, nodes.Every()]),
            True,
        ),
    ],
)
def test_the_heaviest_conditions_go_first(
    monkeypatch: pytest.MonkeyPatch, tree: nodes.Query, lighter: nodes.Query, is_lost: bool
) -> None:
    monkeypatch.setattr(work, "_OPENED", 0)
    light_tree, was_lost = work.lightened(tree, frequency, 1000, 10_000)
    assert (repr(light_tree), was_lost) == (repr(lighter), is_lost)
    # a lighter tree is as light as can be
    lighter_tree, _ = work.lightened(light_tree, frequency, 1000, 10_000)
    assert repr(lighter_tree) == repr(lighter)


def test_only_as_much_goes_as_must(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "_OPENED", 0)
    light = nodes.Phrase("text", ["la", "sora"])
    both_rows = nodes.And([light, LE_LA])
    assert work.lightened(both_rows, frequency, 1000, 10_000) == (
        nodes.And([light, TOGETHER]),
        True,
    )
    assert work.lightened(both_rows, frequency, 1000, 100_000) == (both_rows, False)


def test_what_the_rows_of_a_prefix_share_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "_OPENED", 0)
    ends = [nodes.Term("text", f"so{n}") for n in range(64)]
    rows = nodes.Or([nodes.Phrase("text", ["le", end.text]) for end in ends])
    many = {"le": 900, **{end.text: 100 for end in ends}}
    light, lost = work.lightened(rows, lambda _, word: many[word], 1000, 0)
    assert (light, lost) == (nodes.And([nodes.Term("text", "le"), nodes.Or(ends)]), True)
    # the records of the shared word are looked up among the others
    assert work.work(light, lambda _, word: many[word], 1000) == 900 + 64 * 100 + 3 * 900
    # a row of the shared word alone asks no more than it
    alternatives = nodes.Or([nodes.Phrase("text", ["le", "le"]), *rows.subqueries])
    light, _ = work.lightened(alternatives, lambda _, word: many[word], 1000, 0)
    assert light == nodes.And([nodes.Term("text", "le")])


@pytest.fixture(params=[":memory:", "whoosh::memory:"])
def engine(request: pytest.FixtureRequest) -> Engine:
    opened_engine = engines.open(request.param)
    texts = ["le chat et la souris", "la souris et le chat", "le chat", "une souris"]
    articles = []
    for n, text in enumerate(texts):
        about = About(f"demo:{n}", f"Numéro {n}", categories=("Rubrique",))
        lead = Record(about.id, "lead", about, 0, about.title)
        comment = Record(f"{about.id}#c", "comment", about, 1, "", text, anchor="c", author="Zoé")
        articles.append(
            [lead, comment, replace(comment, id=f"{about.id}#d", position=2, anchor="d")]
        )
    writing.write(opened_engine, articles, seen=1)
    return opened_engine


def answers(engine: Engine, question: str) -> Results:
    return searching.search(
        engine.reader(), question, now=NOW, facets=tuple(FACETS), places=True,
        filters=searching.Filters(where="comments"),
    )  # fmt: skip


RUNS = {(runs.NAME, "de_la"): 600_000, (runs.NAME, "que_de_la"): 20_000}


@pytest.mark.parametrize("words", [["de", "la"], ["que", "de", "la"]])
def test_phrases_of_common_words_are_no_more_work_than_their_runs(words: list[str]) -> None:
    tree = nodes.Or([nodes.Phrase("text", words)] * 4)
    # by the places of their words, that is too much
    lighter = work.WorkBudget(Million(WORDS), work.ALL)
    assert lighter.lighter(tree) is not tree
    assert lighter.stopped == ("conditions",)
    # as runs it is not, nor is what stands around the answers
    effort = work.WorkBudget(Million(WORDS | RUNS), work.ALL)
    assert effort.lighter(tree) is tree
    effort.spend(tree, 3, 1.5)
    assert effort.allows("facets", tree, 8, 2.0)
    assert effort.stopped == ()


@pytest.mark.parametrize("location", [":memory:", "whoosh::memory:"])
def test_a_phrase_that_is_looked_up_keeps_its_order(
    location: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "MANY", 1)
    opened_engine = engines.open(location)
    about = [About(f"demo:{n}", "Titre") for n in range(4)]
    texts = ["fin de la nuit", "la fin de nuit", "de la", "de la lune"]
    articles = [
        [Record(article.id, "lead", article, 0, article.title, text)]
        for article, text in zip(about, texts, strict=True)
    ]
    writing.write(opened_engine, articles, seen=1)
    # a record was taken away: whether a run is left is looked at
    with opened_engine.writer() as writer:
        writer.remove(["demo:3"])
    phrase = nodes.Phrase("text", ["de", "la"])
    # three words and their places, and no more than a run
    monkeypatch.setattr(work, "EVALUATION", work._OPENED + 4)
    request = engines.PageRequest(phrase)
    page = opened_engine.reader().page(request)
    exact = opened_engine.reader().freq(runs.NAME, "de_la") > 0
    assert exact == (location == ":memory:")
    assert (page.records, tuple(page.stopped)) == ((2, ()) if exact else (3, ("conditions",)))


QUOTED = '"chat et la souris"'


def test_what_is_light_is_exact(engine: Engine) -> None:
    results = answers(engine, QUOTED)
    assert (results.totals.passages, results.totals.exact, results.stopped) == (2, True, ())
    assert results.facets["category"]
    assert results.everywhere is not None
    assert [piece.passages for piece in results.understood] == [2]


def test_conditions_that_are_not_checked_are_never_counted_as_exact(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "EVALUATION", 0)
    results = answers(engine, QUOTED)
    # those that hold the words, in another order too
    assert (results.totals.passages, results.totals.exact) == (4, False)
    assert results.stopped == ("conditions",)
    assert [note.code for note in results.notices] == ["too_heavy"]
    # nothing holds the words: that is exact
    no_results = answers(engine, '"chat une"')
    assert (no_results.totals.passages, no_results.totals.exact) == (0, True)


def test_what_surrounds_the_answers_is_left_out_first(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "ALL", 0)
    monkeypatch.setattr(work, "OFFERS", 0)
    results = answers(engine, QUOTED)
    assert (results.totals.passages, results.totals.exact) == (2, True)
    assert {*results.stopped} >= {"facets", "counts"}
    assert [note.code for note in results.notices] == ["not_counted"]
    assert not any(results.facets.values())
    assert results.everywhere is None
    assert [piece.passages for piece in results.understood] == [None]
    results_of_nothing = answers(engine, "chat xyzzyq souris")
    assert "suggestions" in results_of_nothing.stopped
    assert results_of_nothing.relax == ()


def test_what_is_looked_at_by_itself_is_exact(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "EVALUATION", 0)
    phrase = nodes.Phrase("text", ["chat", "et", "la", "souris"])
    assert engine.reader().look(engines.Look(totals=[phrase])).totals == [2]


@pytest.mark.parametrize(
    "ask",
    [
        Ask(),
        Ask(show="found"),
        Ask(show="found", after=1),
        Ask(after=3),
        Ask(before=1),
        Ask(show="found", order="newest"),
    ],
)
def test_of_an_article_what_is_too_much_work_is_marked_and_not_looked_for(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, ask: Ask
) -> None:
    monkeypatch.setattr(work, "EVALUATION", 0)
    thread_shown = thread(engine.reader(), "demo:0", QUOTED, now=NOW, ask=ask)
    assert thread_shown is not None
    assert {passage.record.anchor for passage in thread_shown.passages} == {"", "c", "d"}
    assert (thread_shown.answering, thread_shown.show, thread_shown.whole_occurrences) == (
        None,
        "all",
        2,
    )


def test_many_articles_are_counted_a_part_at_a_time() -> None:
    frequencies = Articles(WORDS | {("text", "zinc"): 900})
    common, rare = nodes.Term("text", "de"), nodes.Term("text", "zinc")
    effort = work.WorkBudget(frequencies, work.ALL)
    assert (effort.times_counted(common), effort.times_counted(rare)) == (2, 1)
    # a word alone, however common, has all that a page shows
    effort.spend(common, 5, 1.5)
    assert effort.allows_facets(common, 5)
    # eight of them have not
    many = nodes.Or([common] * 8)
    effort = work.WorkBudget(frequencies, work.ALL)
    effort.spend(many, 6, 1.5)
    assert not effort.allows_facets(many, 5)


def test_what_was_counted_is_better_known_than_what_could_match() -> None:
    tree = nodes.Or([nodes.Term("text", "de"), nodes.Term("text", "de")])
    effort = work.WorkBudget(Articles(WORDS), 40_000_000)
    assert not effort.allows_facets(tree, 5)
    effort = work.WorkBudget(Articles(WORDS), 40_000_000)
    effort.learn(tree, 12)
    assert effort.allows_facets(tree, 5)


def test_what_only_has_to_be_met_is_counted_too() -> None:
    """Twenty common words are each met in nearly every record, for how many passages hold them."""
    common = nodes.Term("text", "de")
    effort = work.WorkBudget(Million(WORDS), 25_000_000)
    totals = [effort.allows("counts", common, counted=work.MATCHED) for _ in range(20)]
    # 950,000 postings, and three times as much to count them
    assert totals == [True] * 6 + [False] * 14


def test_the_words_of_a_row_that_is_not_checked_are_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(work, "_OPENED", 0)
    rows = nodes.And([nodes.Phrase("text", words) for words in [["le", "la"], ["la", "le"]] * 2])
    assert work.work(rows, frequency, 1000) == 4 * 25_600
    # two rows less would be enough, if their words were not read
    light, was_lost = work.lightened(rows, frequency, 1000, 52_000)
    assert was_lost
    assert work.work(light, frequency, 1000) == 25_600 + 3 * 1_700


@pytest.mark.parametrize(("evaluation", "asked"), [(work.EVALUATION, [40, 160]), (8, [160])])
def test_the_best_of_a_costly_tree_are_asked_for_once(
    monkeypatch: pytest.MonkeyPatch, evaluation: int, asked: list[int]
) -> None:
    """Forty passages of one article, all better than those of twenty others."""
    made = engines.open(":memory:")
    articles = []
    for n in range(21):
        about = About(f"demo:{n}", "Titre")
        lead = Record(about.id, "lead", about, 0, about.title)
        words = ["chat", "chat"] if n == 0 else ["chat", "parmi beaucoup d’autres animaux sauvages"]
        said = Record(f"{about.id}#0", "comment", about, 1, "", " ".join(words), anchor="0")
        count = 40 if n == 0 else 1
        articles.append(
            [lead]
            + [replace(said, id=f"{about.id}#{i}", position=i + 1, anchor=str(i))
               for i in range(count)]
        )  # fmt: skip
    writing.write(made, articles, seen=1)
    monkeypatch.setattr(work, "EVALUATION", evaluation)
    counts: list[int] = []
    reader = made.reader()
    best = type(reader).best

    def counted(self: object, tree: nodes.Query, count: int, *more: object) -> object:
        if tree == sought:
            counts.append(count)
        return best(self, tree, count, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(type(reader), "best", counted)
    sought = nodes.Term("stem", "chat")
    page = reader.page(engines.PageRequest(sought))
    assert counts == [min(count, page.records) for count in asked]
    assert [len(page.groups), page.records] == [10, 60]


def test_the_facets_of_a_costly_tree_are_stopped_before_those_of_a_word() -> None:
    """Both have as many answers; a tree is read once for each part of the articles of values."""
    costly = nodes.And([nodes.Term("text", "que"), nodes.Or([nodes.Term("text", "de")] * 30)])
    assert work.WorkBudget(Articles(WORDS), 130_000_000).allows_facets(nodes.Term("text", "que"), 5)
    effort = work.WorkBudget(Articles(WORDS), 300_000_000)
    assert not effort.allows_facets(costly, 5)
    assert effort.stopped == ("facets",)


def test_a_tree_that_is_rewritten_leaves_less_for_what_is_beside_it() -> None:
    effort = work.WorkBudget(Million(WORDS), 70 * work._REWRITTEN)
    rows = nodes.Or([nodes.Phrase("text", ["de", "la"])] * 60)
    assert effort.lighter(rows) is not rows
    assert effort.allows("counts", nodes.Term("text", "zinc"), 20)
    assert not effort.allows("counts", nodes.Term("text", "zinc"), 20)

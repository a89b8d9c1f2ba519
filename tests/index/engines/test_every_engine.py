"""What every engine answers alike."""

from __future__ import annotations

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
    SpanNear2,
    Term,
    Wildcard,
)

from index import french
from index.engines import Engine, Order, PageRequest, Reader
from index.question.vocabulary.expanding import Vocabulary
from tests.index.engines.filling import Find, Make, fill

SORA = Term("text", "sora")
WORDS = [
    "le chat noir dort",
    "le chien noir court",
    "un chat et un chien",
    "noir c est noir",
    "",
]


@pytest.fixture
def animals(engine: Engine, entry: Make) -> Reader:
    """Five records in three commits: r0 to r4, numbered by `comments`."""
    entries = [
        entry(f"r{number}", words, comments=number, category=["ia", "logiciel libre"][: number % 3])
        for number, words in enumerate(WORDS)
    ]
    return fill(engine, entries[:2], entries[2:4], entries[4:])


def test_an_empty_index_answers(engine: Engine) -> None:
    reader = engine.reader()
    assert (reader.size(), reader.generation) == (0, 0)
    assert reader.search(Every(), 10).total == 0
    assert reader.search(And([SORA, Not(Phrase("text", ["a", "b"]))]), 10).hits == []
    page = reader.page(PageRequest(Every(), facets=["category_shown"]))
    assert (page.count, page.kinds, page.groups) == (0, {}, [])
    assert page.facets == {"category_shown": []}
    assert reader.freq("text", "sora") == 0
    assert reader.words("text", "so", 10) == []
    assert reader.passages("a") == []
    assert reader.load([]) == []


TREES: list[tuple[Query, str]] = [
    (Term("text", "noir"), "013"),
    (Term("text", "noi"), ""),
    (Term("stem", "chat"), "02"),
    (Term("id", "r3"), "3"),
    (Term("category", "logiciel libre"), "2"),
    (Term("category", "libre"), ""),
    (Term("kind", "lead"), ""),
    (Phrase("text", ["noir"]), "013"),
    (Phrase("text", ["chat", "noir"]), "0"),
    (Phrase("text", ["noir", "chat"]), ""),
    (Phrase("text", ["le", "noir"]), ""),
    (Phrase("text", ["chat", "noir"], slop=0), "0"),
    (Phrase("text", ["un", "chat", "et", "un"]), "2"),
    (Phrase("text", ["noir", "noir"]), ""),
    (SpanNear2([Term("text", "le"), Term("text", "noir")], slop=2, ordered=False), "01"),
    (SpanNear2([Term("text", "noir"), Term("text", "le")], slop=2, ordered=False), "01"),
    (SpanNear2([Term("text", "noir"), Term("text", "le")], slop=1, ordered=False), ""),
    (SpanNear2([Term("text", "noir"), Term("text", "noir")], slop=3, ordered=False), "3"),
    (SpanNear2([Term("text", "noir"), Term("text", "noir")], slop=2, ordered=False), ""),
    (SpanNear2([Term("text", "le"), Term("text", "noir")], slop=2, ordered=True), "01"),
    (SpanNear2([Term("text", "noir"), Term("text", "le")], slop=4, ordered=True), ""),
    (And([Term("text", "noir"), Term("text", "chat")]), "0"),
    (And([Term("text", "noir"), Not(Term("text", "chat"))]), "13"),
    (And([Not(Term("text", "noir")), Not(Term("text", "chat"))]), "4"),
    (And([Or([Not(SORA), SORA]), Term("text", "chien")]), "12"),
    (Or([Term("text", "dort"), Not(Term("text", "noir"))]), "024"),
    (Or([Term("text", "dort"), Term("text", "court")]), "01"),
    (Or([And([Term("text", "chat"), Term("text", "dort")]), Term("text", "est")]), "03"),
    (Not(Term("text", "noir")), "24"),
    (Not(Not(Term("text", "noir"))), "013"),
    (Not(Or([Term("text", "noir"), Not(Term("text", "chat"))])), "2"),
    (AndMaybe(Term("text", "noir"), Term("text", "chat")), "013"),
    (AndMaybe(Term("text", "noir"), NullQuery), "013"),
    (AndMaybe(Not(Term("text", "noir")), Term("text", "chat")), "24"),
    (Not(AndMaybe(Term("text", "noir"), Term("text", "chat"))), "24"),
    (ConstantScoreQuery(Term("text", "noir"), 0.0), "013"),
    (And([Term("text", "le"), ConstantScoreQuery(Not(Term("text", "chat")), 0.0)]), "1"),
    (NumericRange("comments", 1, 3), "123"),
    (NumericRange("comments", None, 1), "01"),
    (NumericRange("comments", 3, None), "34"),
    (NumericRange("comments", 3, 1), ""),
    (NumericRange("end", 0, None), ""),
    (Not(NumericRange("comments", 1, 3)), "04"),
    (Every(), "01234"),
    (And([Every(), Not(SORA)]), "01234"),
    (NullQuery, ""),
    (Not(NullQuery), "01234"),
    (And([Term("text", "noir"), NullQuery]), ""),
    (Or([Term("text", "noir"), NullQuery]), "013"),
    (And([Term("text", "noir")]), "013"),
    (And([And([Term("text", "noir"), Not(Term("text", "est"))]), Term("text", "le")]), "01"),
]


@pytest.mark.parametrize("order", ["relevance", "newest", "oldest", "most_commented"])
def test_a_tree_finds_its_records(animals: Reader, find_ids: Find, order: Order) -> None:
    failures = []
    for tree, numbers in TREES:
        ids = find_ids(animals, tree, order=order)
        kinds = animals.page(PageRequest(tree, order)).kinds
        short = animals.search(tree, 1, order)
        assert animals.search(tree, 0, order).hits == []
        if (sorted(ids), short.total, len(short.hits), sum(kinds.values())) != (
            [f"r{number}" for number in numbers],
            len(numbers),
            min(1, len(numbers)),
            len(numbers),
        ):
            failures.append((tree, numbers, ids, short.total, kinds))
    assert failures == []


def test_a_node_that_is_not_of_the_language_is_refused(animals: Reader) -> None:
    with pytest.raises(TypeError, match="Wildcard"):
        animals.search(Wildcard("text", "noi*"), 10)


def test_scores_follow_boosts_and_optional_parts(
    engine: Engine, entry: Make, find_ids: Find
) -> None:
    reader = fill(
        engine,
        [
            entry("once", "sora veo claude gemini"),
            entry("twice", "sora sora claude gemini"),
            entry("other", "claude gemini mistral llama"),
        ],
    )
    assert find_ids(reader, SORA) == ["twice", "once"]
    assert find_ids(reader, AndMaybe(SORA, Term("text", "veo", boost=9.0))) == ["once", "twice"]
    assert find_ids(reader, Or([SORA, Term("text", "mistral", boost=9.0)]))[0] == "other"
    [*_, last] = reader.search(Or([SORA, Not(SORA)]), 10).hits
    assert last.score == 0.0
    hit = reader.search(And([SORA, ConstantScoreQuery(Term("text", "claude"), 0.0)]), 10).hits
    assert [hit.score for hit in hit] == pytest.approx(
        [hit.score for hit in reader.search(SORA, 10).hits]
    )
    # a filter chooses and does not rank
    assert {hit.score for hit in reader.search(Term("kind", "comment"), 10).hits} == {0.0}


def test_a_field_weighs_what_its_declaration_says(engine: Engine, entry: Make) -> None:
    reader = fill(engine, [entry("a", "sora veo"), entry("b", "chat chien")])
    # `stem` weighs twice `text`, and both hold the same words here
    [text], [stem] = (reader.search(Term(name, "sora"), 1).hits for name in ("text", "stem"))
    assert stem.score == pytest.approx(2 * text.score, rel=1e-3)


def test_orders(engine: Engine, entry: Make, find_ids: Find) -> None:
    reader = fill(
        engine,
        [
            entry("middle", "sora", start=20, end=25, comments=5),
            entry("dateless", "sora"),
            entry("old", "sora", start=10, end=99, comments=7),
        ],
        [
            entry("new", "sora", start=30, end=30, comments=5),
            entry("before 1970", "sora", start=-5, end=-5),
        ],
    )
    assert find_ids(reader, SORA, order="newest") == [
        "old",
        "new",
        "middle",
        "before 1970",
        "dateless",
    ]
    assert find_ids(reader, SORA, order="oldest") == [
        "before 1970",
        "old",
        "middle",
        "new",
        "dateless",
    ]
    commented = find_ids(reader, SORA, order="most_commented")
    assert commented[:3] == ["old", "middle", "new"]
    assert sorted(commented[3:]) == ["before 1970", "dateless"]
    assert find_ids(reader, SORA, 2, "newest") == ["old", "new"]


def test_ties_keep_the_order_of_indexing(engine: Engine, entry: Make, find_ids: Find) -> None:
    ids = [f"r{number:02}" for number in range(30)]
    reader = fill(engine, [entry(id, "sora", comments=1) for id in ids])
    for order in ("relevance", "most_commented"):
        assert find_ids(reader, SORA, order=order) == ids
        assert find_ids(reader, SORA, 7, order) == ids[:7]


def test_hits_know_their_article_s_number(engine: Engine, entry: Make) -> None:
    reader = fill(engine, [entry("1", "sora", group=2**62 + 7)])
    assert reader.search(SORA, 1).hits[0].group == 2**62 + 7


def test_stored_bytes_come_back(engine: Engine, entry: Make) -> None:
    stored = bytes(range(256))
    reader = fill(engine, [entry("1", "sora", stored=stored, article="a b")], [entry("2", "veo")])
    [hit] = reader.search(SORA, 10).hits
    assert reader.load([hit.ref, hit.ref]) == [stored, stored]
    assert reader.passages("a b") == [stored]
    assert reader.passages("a") == [b"2"]
    assert reader.passages("b") == []


def test_words_that_look_like_one(engine: Engine, entry: Make) -> None:
    """Those that are measured one by one, whatever the beginnings that are asked."""
    text = "serveur serveurs servers serveuse serevur erveur seveur mer mers amer merr été étés"
    reader = fill(engine, [entry("1", text)])
    asked = [
        (word, faults, heads)
        for word in ("serveur", "serveu", "serveurz", "mer", "étes", "m")
        for faults in (1, 2, 3)
        for heads in ((word[:1],), (word[:5],), (word,), (word[:3], f"a{word[:1]}"), ("se",), ())
    ]
    for word, faults, heads in asked:
        alike = Vocabulary.near(reader, "text", word, faults, heads)
        assert reader.near("text", word, faults, heads) == alike, (word, faults, heads)


def test_words_and_frequencies(engine: Engine, entry: Make) -> None:
    reader = fill(
        engine,
        [entry("1", "artiste artistes art c++"), entry("2", "artistes été")],
        [entry("3", "artistes art étude"), entry("4", "arx 5g")],
    )
    assert reader.words("text", "art") == [("artistes", 3), ("art", 2), ("artiste", 1)]
    assert reader.words("text", "art", 1) == [("artistes", 3)]
    assert reader.words("text", "ét") == [("étude", 1), ("été", 1)]
    assert reader.words("text", "c+", 5) == [("c++", 1)]
    assert reader.words("text", "zzz", 5) == []
    assert len(reader.words("text", "")) == 8
    assert reader.slips("text", "rtistes") == [("artistes", 3)]
    assert reader.slips("text", "ar") == [("art", 2), ("arx", 1)]
    assert reader.slips("text", "art") == [("arx", 1)]
    assert reader.freq("text", "artistes") == 3
    assert reader.freq("stem", "art") == 2
    assert reader.freq("text", "rien") == 0
    assert reader.freq("kind", "comment") == 4


TERMS = ["c++", "l'", "été", "日本語", "🎉", "x" * 255, "a.b", "a:b", "and", "*", "#tag", "ﬁ"]


def test_terms_of_any_kind(engine: Engine, entry: Make, find_ids: Find) -> None:
    reader = fill(engine, [entry(term, f"un {term} deux") for term in TERMS])
    for term in TERMS:
        assert find_ids(reader, Term("text", term)) == [term]
        assert find_ids(reader, Phrase("text", ["un", term, "deux"])) == [term]
        assert reader.freq("text", term) == 1


VALUES = ["deux mots", "a,b;c", "Éric", "x" * 3000, "🎉", "-", "a\tb\nc"]


def test_keys_of_any_kind(engine: Engine, entry: Make, find_ids: Find) -> None:
    entries = [
        entry(
            value,
            "un",
            article=value,
            category=[*map(french.fold, (value, "autre"))],
            category_shown=[value, "autre"],
        )
        for value in VALUES
    ]
    reader = fill(engine, entries)
    for value in VALUES:
        assert find_ids(reader, Term("article", value)) == [value]
        assert find_ids(reader, Term("id", value)) == [value]
    counted = reader.page(PageRequest(Every(), facets=["category_shown"])).facets["category_shown"]
    assert {(value.value, value.records) for value in counted} == {
        *((value, 1) for value in VALUES),
        ("autre", len(VALUES)),
    }


def test_positions_go_far(engine: Engine, entry: Make, find_ids: Find) -> None:
    text = " ".join(["mot"] * 5000 + ["red", "team"] + ["fin"] * 46 + ["red"])
    reader = fill(engine, [entry("1", text), entry("2", "team red")])
    assert find_ids(reader, Phrase("text", ["red", "team"])) == ["1"]
    assert find_ids(reader, Phrase("text", ["mot", "red"])) == ["1"]
    near_tree = SpanNear2([Term("text", "team"), Term("text", "red")], slop=47, ordered=False)
    assert find_ids(reader, near_tree) == ["1", "2"] or find_ids(reader, near_tree) == ["2", "1"]

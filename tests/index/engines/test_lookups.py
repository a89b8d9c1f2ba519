"""Is it counted in how many lists each record is looked up?"""

from __future__ import annotations

import pytest
from whoosh import query as nodes

from index.engines.in_process import lookups, work
from tests.index.engines.million_records import WORDS, Articles, Million

LE = nodes.Term("text", "le")
LE_LA = nodes.Phrase("text", ["le", "la"])
RARE = [nodes.Term("text", str(n)) for n in range(60)]
PAIRS = [nodes.Or(pair) for pair in zip(RARE[:30], RARE[30:], strict=True)]


@pytest.mark.parametrize(
    ("excluded", "times"),
    [
        ([nodes.Not(RARE[0])], 2),
        # lists of words that are read side by side: tantivy 0.27 takes 1.4 ms for one, 1.8 for 64
        ([nodes.Not(nodes.Or(RARE))], 2),
        # one after the other, 6.4 ms for 20
        ([nodes.Not(word) for word in RARE], 61),
        # each record is sought in the lists of what must be there together
        ([nodes.Not(nodes.And(PAIRS[:2]))], 6),
        ([nodes.Not(nodes.And(PAIRS))], 14),
        ([nodes.Not(nodes.Or([RARE[0], nodes.And(RARE[1:4])]))], 5),
        # but not in those of what that excludes, where it is looked up in its turn: none is left
        ([nodes.Not(nodes.And([RARE[0], nodes.Not(nodes.And(RARE[1:4]))]))], 3),
    ],
)
def test_each_record_of_the_rest_is_looked_up_in_what_is_excluded(
    excluded: list[nodes.Query], times: int
) -> None:
    held = WORDS | {("text", "zinc"): 900} | {(word.fieldname, word.text): 0 for word in RARE}
    for required in ("de", "zinc"):
        tree = nodes.And([nodes.Term("text", required), *excluded])
        words = sum(work._leaf(leaf, Million(held).freq, 1_000_000) for leaf in work._leaves(tree))
        looked_up = work.work(tree, Million(held).freq, 1_000_000) - words
        assert looked_up == times * held["text", required]


DE_LA = nodes.Or([nodes.Term("text", "de"), nodes.Term("text", "la")])
QUE_ZINC = nodes.Or([nodes.Term("text", "que"), nodes.Term("text", "zinc")])


@pytest.mark.parametrize(
    ("required", "times"),
    [
        # words that are required are read side by side
        ([LE, nodes.Term("text", "la")], 0),
        ([DE_LA], 0),
        # tantivy 0.27, at 100,000 passages: eight unions of three common words take 16 ms, of which
        # reading the words is a quarter
        ([DE_LA, QUE_ZINC], 3),
        ([DE_LA, QUE_ZINC, DE_LA, QUE_ZINC], 9),
        ([nodes.Term("text", "que"), DE_LA], 3),
        # what is excluded is no condition that the others are looked up for
        ([DE_LA, nodes.Not(LE)], 2),
        ([DE_LA, nodes.Not(nodes.And([DE_LA, QUE_ZINC]))], 6),
    ],
)
def test_each_record_of_the_rest_is_looked_up_in_each_union_that_is_required(
    required: list[nodes.Query], times: int
) -> None:
    held = WORDS | {("text", "zinc"): 900, ("text", "le"): 800_000}
    tree = nodes.And(required)
    words = sum(work._leaf(leaf, Million(held).freq, 1_000_000) for leaf in work._leaves(tree))
    looked_up = work.work(tree, Million(held).freq, 1_000_000) - words
    assert looked_up == times * lookups.matching(tree, Million(held).freq, 1_000_000)


def test_to_score_what_unions_require_and_rank_is_counted() -> None:
    """The tree is asked as often; but its best are sought by their scores."""
    tree = nodes.And([DE_LA, QUE_ZINC])
    for ranked, scored in (
        (tree, 4),
        (nodes.AndMaybe(tree, nodes.Or([LE_LA] * 3)), 4 + 3 * 3),
        (nodes.AndMaybe(tree, nodes.Or([LE_LA] * 30)), 4 + 3 * 8),
        (nodes.AndMaybe(nodes.Term("text", "que"), LE_LA), 3),
        (nodes.Term("text", "que"), 0),
        (DE_LA, 0),
    ):
        held = Million(WORDS | {("text", "zinc"): 0})
        assert lookups.ranked(ranked, held.freq, 1_000_000) == scored * 700_000
    # what is left for the facets is less by that
    effort = work.WorkBudget(Articles(WORDS), work.ALL)
    effort.spend(tree, 5, 1.5)
    assert effort.allows_facets(tree, 5)
    effort = work.WorkBudget(Articles(WORDS), work.ALL)
    effort.spend(tree, 5, 1.5, scored=30)
    assert not effort.allows_facets(tree, 5)

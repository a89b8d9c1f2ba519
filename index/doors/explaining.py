"""Why does a passage answer a question, and with what score?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from whoosh import query as nodes

from index.answering import understood
from index.engines import Reader
from index.question.pruning import pruned
from index.question.synonyms import BUNDLED
from index.question.trees import text_of


@dataclass(frozen=True, slots=True)
class Explanation:
    """tree: the question as every engine receives it; engine_query: that of this engine's library.

    For one passage: whether it answers, its score, and what each leaf of the tree gives to it,
    as (leaf, score), the most first. Leaves of filters and exclusions give nothing.
    """

    tree: str
    partial: str | None
    engine_query: str
    answers: bool | None = None
    score: float | None = None
    parts: tuple[tuple[str, float], ...] = ()


def explain(
    reader: Reader,
    question_text: str,
    passage: str | None = None,
    *,
    now: datetime,
    synonyms: Mapping[str, tuple[str, ...]] = BUNDLED,
) -> Explanation:
    """Explain how a question is read, and how it scores `passage`, a record's id."""
    question = understood(reader, question_text, now=now, synonyms=synonyms)
    tree = question.tree
    explanation = Explanation(
        text_of(tree),
        None if question.partial is None else text_of(question.partial),
        reader.engine_query(pruned(tree, reader)),
    )
    if passage is None:
        return explanation
    score = _score(reader, tree, passage)
    parts = {}
    for leaf in _leaves(tree):
        leaf_score = _score(reader, leaf, passage)
        if leaf_score:
            parts[text_of(leaf)] = leaf_score
    ranked = sorted(parts.items(), key=lambda part: (-part[1], part[0]))
    return Explanation(
        explanation.tree,
        explanation.partial,
        explanation.engine_query,
        score is not None,
        score,
        tuple(ranked),
    )


def _score(reader: Reader, tree: nodes.Query, passage: str) -> float | None:
    if tree == nodes.NullQuery:
        return None
    hits = reader.search(nodes.And([tree, nodes.Term("id", passage)]), 1).hits
    return hits[0].score if hits else None


def _leaves(tree: nodes.Query) -> Iterator[nodes.Query]:
    """The leaves that may add to a score."""
    if isinstance(tree, nodes.Not | nodes.ConstantScoreQuery):
        return
    if isinstance(tree, nodes.AndMaybe):
        yield from _leaves(tree.a)
        yield from _leaves(tree.b)
    elif isinstance(tree, nodes.And | nodes.Or):
        for sub in tree.subqueries:
            yield from _leaves(sub)
    else:
        yield tree

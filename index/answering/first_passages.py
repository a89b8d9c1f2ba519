"""Which passages would a question find first, seen at once, while it is still being typed?

Nothing is counted nor offered around them: a page of answers costs many times more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from whoosh import query as nodes

from index.answering import showing
from index.answering.looking import KnownWords
from index.engines import PageRequest, Reader
from index.question import query
from index.question.pruning import pruned
from index.question.synonyms import BUNDLED
from index.results import Passage

# Of each question: their texts are read, and may be long.
_MOST = 10


def first_passages(
    reader: Reader,
    words: KnownWords,
    trees: Sequence[Callable[[], nodes.Query]],
    count: int,
) -> tuple[Passage, ...]:
    """The best passages of a tree; where they are few, those of the trees after it.

    trees: readings, as `question_tree` is, of the reader's words. count: at most 10. Each passage
    is marked with what its own tree looks for.
    """
    passages: dict[str, Passage] = {}
    for reading in trees:
        for passage in _best(reader, words.settled(reading), min(count, _MOST)):
            passages.setdefault(passage.record.id, passage)
        if len(passages) >= count:
            break
    return tuple(passages.values())[:count]


def question_tree(
    words: KnownWords,
    question_text: str,
    now: datetime,
    synonyms: Mapping[str, tuple[str, ...]] = BUNDLED,
) -> nodes.Query:
    """What a question asks of an index, without the words that no record has."""
    return pruned(query.parse(question_text, words, now=now, synonyms=synonyms).tree, words)


def _best(reader: Reader, tree: nodes.Query, count: int) -> list[Passage]:
    request = PageRequest(tree, size=count, grouped=False, shown=1, counted=False, parents=False)
    page = reader.page(request)
    return [group.passages[0] for group in showing.groups(page, tree)]

"""Which passages would a question find first, seen at once, while it is still being typed?

Nothing is counted nor offered around them: a page of answers costs many times more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from index.answering import looking, showing
from index.engines import PageRequest, Reader
from index.question import query
from index.question.pruning import pruned
from index.question.synonyms import BUNDLED
from index.results import Passage

# Of each question: their texts are read, and may be long.
_MOST = 10


def first_passages(
    reader: Reader,
    questions: Sequence[str],
    count: int,
    *,
    now: datetime,
    synonyms: Mapping[str, tuple[str, ...]] = BUNDLED,
) -> tuple[Passage, ...]:
    """The best passages of a question; where they are few, those of the questions after it.

    count: at most 10. Each is marked with what its own question looks for.
    """
    passages: dict[str, Passage] = {}
    for question in questions:
        for passage in _best(reader, question, min(count, _MOST), now, synonyms):
            passages.setdefault(passage.record.id, passage)
        if len(passages) >= count:
            break
    return tuple(passages.values())[:count]


def _best(
    reader: Reader,
    question_text: str,
    count: int,
    now: datetime,
    synonyms: Mapping[str, tuple[str, ...]],
) -> list[Passage]:
    words = looking.known_words(reader)
    tree = words.settled(
        lambda: pruned(query.parse(question_text, words, now=now, synonyms=synonyms).tree, words)
    )
    request = PageRequest(tree, size=count, grouped=False, shown=1, counted=False, parents=False)
    page = reader.page(request)
    return [group.passages[0] for group in showing.groups(page, tree)]

"""Which passages would a question find first, seen at once, while it is still being typed?

Nothing is counted nor offered around them: a page of answers costs many times more.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from index.answering import looking, showing
from index.engines import PageRequest, Reader
from index.question import query
from index.question.pruning import pruned
from index.question.synonyms import BUNDLED
from index.results import Passage

# From so many letters on, a word may be but begun.
_BEGUN = re.compile(r"(?:^|(?<=[\s(]))[^\W_]{3,}$")
# Its hits may be of one long text: they are read, and no more than these.
_MOST = 10


def first_passages(
    reader: Reader,
    asked: str,
    count: int,
    *,
    now: datetime,
    synonyms: Mapping[str, tuple[str, ...]] = BUNDLED,
) -> tuple[Passage, ...]:
    """The best passages of a question; then, where they are few, those that go on as it does.

    count: at most 10. The last word may be only begun: "mot de pas" finds "mot de passe".
    """
    found: dict[str, Passage] = {}
    for question in (asked, f"{asked}*") if _BEGUN.search(asked) else (asked,):
        for passage in _best(reader, question, min(count, _MOST), now, synonyms):
            found.setdefault(passage.record.id, passage)
        if len(found) >= count:
            break
    return tuple(found.values())[:count]


def _best(
    reader: Reader,
    asked: str,
    count: int,
    now: datetime,
    synonyms: Mapping[str, tuple[str, ...]],
) -> list[Passage]:
    words = looking.known(reader)
    tree = words.settled(
        lambda: pruned(query.parse(asked, words, now=now, synonyms=synonyms).tree, words)
    )
    wanted = PageRequest(tree, size=count, grouped=False, shown=1, counted=False, parents=False)
    page = reader.page(wanted)
    return [group.passages[0] for group in showing.groups(page, tree)]

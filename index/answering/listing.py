"""Which values does a facet of a question have, all of them, page by page?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from whoosh import query as nodes

from index import french
from index.answering import looking
from index.answering.facets import FACETS, buckets, shown_always
from index.answering.filters import Filters, narrowed
from index.answering.retrying import retry_lost_state
from index.engines import ListRequest, Reader
from index.question import query
from index.question.clauses import VISIBLE
from index.question.pruning import pruned
from index.question.synonyms import BUNDLED
from index.results import Bucket


class Values(NamedTuple):
    """A page of the values of a facet, the commonest first, and those that the filters ask.

    `total` is how many there are on all the pages; it is not exact beyond tens of thousands.
    """

    values: tuple[Bucket, ...] = ()
    chosen: tuple[Bucket, ...] = ()
    total: int = 0
    exact: bool = True


@retry_lost_state
def values(
    reader: Reader,
    question_text: str,
    facet: str,
    *,
    now: datetime,
    filters: Filters = Filters(),
    containing: str = "",
    page: int = 1,
    size: int = 100,
    synonyms: Mapping[str, tuple[str, ...]] = BUNDLED,
) -> Values:
    """The values of `category`, `author` or `commenter` among the answers.

    Counted as if the filters did not narrow this facet; `containing` is a text that they hold,
    whatever the case and the accents. Raises IndexUnavailable.
    """
    words = looking.known_words(reader)
    fewer = filters.without(facet)

    def tree() -> nodes.Query:
        question = query.parse(question_text, words, now=now, synonyms=synonyms)
        if not question.text.strip() and filters == Filters():
            return VISIBLE
        return pruned(narrowed(question, filters, fewer), words)

    field = FACETS[facet]
    listed = reader.values(
        ListRequest(
            words.settled(tree),
            field,
            french.fold(containing),
            (page - 1) * size,
            size,
            filters.named([facet]).get(field, ()),
        )
    )
    shown_buckets = shown_always(buckets([facet], {field: listed.named}), filters.values([facet]))
    return Values(
        buckets([facet], {field: listed.values})[facet],
        shown_buckets[facet],
        listed.total,
        listed.exact,
    )

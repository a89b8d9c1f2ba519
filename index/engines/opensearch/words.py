"""Which words does an index hold, and in how many records is each?

A cluster lists no dictionary, so the words are kept in a small index of their own, of one
shard: one document a word of a field, with how many records hold it. A word is there before the
first record that holds it. After a commit that was cut, the next counts again, among the records,
each word that the cut one may have counted. Of records that were removed or changed the words may
be counted still: those held by no more records than that (`State.doubtful`) are looked for among
the records before they are given.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import Any, TypeVar

import orjson

from index.engines.opensearch.bulk import Operation, patiently
from index.engines.opensearch.client import Client
from index.engines.opensearch.documents import word_id
from index.engines.opensearch.schema import WINDOW
from index.engines.opensearch.snapshot import Snapshot
from index.engines.requests import Near, Prefix, Term
from index.engines.words import Words
from index.record import KEY_FIELDS, WORD_FIELDS

Word = tuple[str, str]
"""A field and a word of it."""

FIELDS = frozenset({*WORD_FIELDS, *KEY_FIELDS} - {"id", "article"})
"""Those whose words are kept: not those of which each value is a record's or an article's own."""

# What a regular expression of Lucene's gives a meaning to.
_SIGNS = str.maketrans({sign: "\\" + sign for sign in '.?+*|{}[]()"\\#@&<>~'})
# Lucene compares words with an automaton up to so many faults.
_AUTOMATON = 2

# The id of a document is stored, and compressed: it costs more to read than all the rest.
_NOTHING = "_none_"

# Words looked for together among the records.
_AT_ONCE = 500

_T = TypeVar("_T")


def operations(
    client: Client, index: str, added: Mapping[Word, int], version: int, *, empty: bool
) -> Iterator[Operation]:
    """Return the operations that add to the counts of words; `empty`: none was counted before."""
    for portion in portions(added.items(), WINDOW):
        names = [word_id(word) for word, _ in portion]
        before = {} if empty else _frequencies(client, index, names)
        for id, (word, change) in zip(names, portion, strict=True):
            yield _operation(word, before.get(id, 0) + change, version)


def _operation(word: Word, records: int, version: int) -> Operation:
    action = {"_id": word_id(word), "version": version, "version_type": "external_gte"}
    field, text = word
    document = {"field": field, "word": text, "records": records, "since": version}
    return orjson.dumps({"index": action}), orjson.dumps(document)


def recounted(snapshot: Snapshot, version: int) -> Iterator[Operation]:
    """Return the operations that mend the counts of words after commits that were cut.

    A snapshot of what all the operations of the last one left, its own words included.
    """
    body: dict[str, Any] = {
        "query": {"range": {"since": {"gte": snapshot.state.whole}}},
        "size": WINDOW,
        "sort": [{"field": "asc"}, {"word": "asc"}],
        "track_total_hits": False,
        "stored_fields": _NOTHING,
        "docvalue_fields": ["field", "word", "records"],
    }
    client = snapshot.client
    while True:
        [answer] = patiently(client, lambda: snapshot.ask([("words", body)]))
        hits = answer["hits"]["hits"]
        for portion in portions(hits, _AT_ONCE):
            counted = {_word(hit): hit["fields"]["records"][0] for hit in portion}
            # one search each: Lucene knows in how many records a word is, and walks none
            searches = [*map(_holding, counted)]
            answers = patiently(client, partial(snapshot.records, *searches))
            for (word, before), result in zip(counted.items(), answers, strict=True):
                records = result["hits"]["total"]["value"]
                if records != before:
                    yield _operation(word, records, version)
        if len(hits) < WINDOW:
            return
        body["search_after"] = hits[-1]["sort"]


def _word(hit: Mapping[str, Any]) -> Word:
    return hit["fields"]["field"][0], hit["fields"]["word"][0]


def _holding(word: Word) -> dict[str, Any]:
    field, text = word
    return {"query": {"term": {field: text}}, "size": 0, "track_total_hits": True}


def _frequencies(client: Client, index: str, names: Sequence[str]) -> dict[str, int]:
    """How many records hold each word, by its document's id, as it was last committed."""
    body = {
        "query": {"ids": {"values": names}},
        "size": WINDOW,
        "_source": False,
        "docvalue_fields": ["records"],
    }
    path = f"/{index}/_search"
    answer = patiently(client, partial(client.post, path, body, allow_partial_search_results=False))
    return {hit["_id"]: hit["fields"]["records"][0] for hit in answer["hits"]["hits"]}


def of_terms(terms: Sequence[Term]) -> dict[str, Any]:
    """The search that finds how many records hold each of some terms."""
    return _asking({"ids": {"values": [word_id(term) for term in terms]}}, len(terms))


def commonest() -> list[dict[str, Any]]:
    """The searches of the words that most records hold, of what weighs and of what texts write."""
    return [_asking({"term": {"field": field}}, WINDOW) for field in ("stem", "text")]


def beginning(prefix: Prefix) -> dict[str, Any]:
    """The search of the words that begin so."""
    filters: list[Any] = [{"term": {"field": prefix.field}}]
    if prefix.text:
        filters.append({"prefix": {"word": prefix.text}})
    limit = WINDOW if prefix.limit is None else min(prefix.limit, WINDOW)
    return _asking({"bool": {"filter": filters}}, limit)


def looking_like(fields: Sequence[str], near: Near) -> dict[str, Any]:
    """The search of the words of some fields that look like one: to be measured again."""
    heads = f"({'|'.join(head.translate(_SIGNS) for head in near.heads)}).*"
    filters: list[Any] = [{"terms": {"field": [*fields]}}]
    if near.faults <= _AUTOMATON:
        fuzzy = {"value": near.word, "fuzziness": near.faults, "rewrite": "constant_score"}
        if _begins(near):
            # what both begin with holds no fault, and Lucene goes straight to it
            fuzzy["prefix_length"] = len(near.heads[0])
        else:
            filters.append({"regexp": {"word": heads}})
        filters.append({"fuzzy": {"word": fuzzy}})
    else:
        # so many signs more or less at most; by itself that would be a walk over nearly all words
        least = max(1, len(near.word) - near.faults)
        most = len(near.word) + near.faults
        filters.append({"regexp": {"word": f"({heads})&(.{{{least},{most}}})"}})
    return _asking({"bool": {"filter": filters}}, WINDOW)


def _begins(near: Near) -> bool:
    """Whether the words wanted begin as the word itself does, before its last letter.

    >>> _begins(Near("text", "serveur", 1, ("serve",))), _begins(Near("text", "mer", 1, ("mer",)))
    (True, False)
    """
    head, *others = near.heads
    # of a beginning that is the whole word, some versions of Lucene give that word alone
    return not others and near.word.startswith(head) and head != near.word


def _asking(query: Mapping[str, Any], limit: int) -> dict[str, Any]:
    return {
        "query": {"bool": {"filter": [query, {"range": {"records": {"gt": 0}}}]}},
        "size": limit,
        # what it is sorted by comes with each hit, and nothing else has to
        "sort": [{"records": "desc"}, {"word": "asc"}, {"field": "asc"}],
        "track_total_hits": False,
        "stored_fields": _NOTHING,
    }


def read(answer: Mapping[str, Any]) -> Words:
    """The words that a search found."""
    return [(word, records) for records, word, _ in sorted_by(answer)]


def by_field(answer: Mapping[str, Any]) -> dict[str, Words]:
    """The words that a search found, of each field."""
    fields: dict[str, Words] = {}
    for records, word, field in sorted_by(answer):
        fields.setdefault(field, []).append((word, records))
    return fields


def sorted_by(answer: Mapping[str, Any]) -> list[tuple[int, str, str]]:
    """Of each word that a search found: how many records hold it, itself, its field."""
    return [hit["sort"] for hit in answer["hits"]["hits"]]


def portions(items: Iterable[_T], size: int) -> Iterator[list[_T]]:
    """The same, so many at a time.

    >>> [*portions("abcde", 2)]
    [['a', 'b'], ['c', 'd'], ['e']]
    """
    remaining = iter(items)
    while portion := list(islice(remaining, size)):
        yield portion

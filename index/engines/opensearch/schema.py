"""How does an index of OpenSearch hold our fields?

Strictly: what is not declared is refused. Texts arrive as terms joined by one space and are
split on white space, so the cluster's own French is never used. What is stored is the record's
JSON as text, which compresses; the terms themselves are not kept beside their postings, so that
`_reindex` cannot remake an index: `glose rebuild` does, from the records.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from index.record import FIELDS

LONGEST = 32_766
"""Bytes of a term of Lucene's at most."""

# so many characters, however long each is
_TERM = LONGEST // 4
_ANALYZER = "glose_terms"
_SIMILARITY = "glose_bm25"

ABSENT = "\ue000"
"""A term for records that lack a column: Lucene's means are over the records that have it, where
the other engines' are over all; of private use, so that no text has it."""

NOWHERE = "\ue001"
"""A term that no record has, of private use too."""

# What a template of the cluster that matches our names may not choose for us: OpenSearch's own
# defaults, said by ourselves.
_OURS: dict[str, Any] = {
    "default_pipeline": "_none",
    "final_pipeline": "_none",
    "search.default_pipeline": "_none",
    "max_terms_count": 65_536,
    "max_docvalue_fields_search": 100,
    "mapping.total_fields.limit": 1_000,
    # documents are replaced, and an article is on one shard
    "append_only.enabled": False,
    "routing_partition_size": 1,
    # what a commit acknowledges is on the disk
    "translog.durability": "request",
}


class Copies(NamedTuple):
    """In how many shards an index is, and how many copies of each there are besides the first."""

    shards: int = 1
    replicas: int = 1


def records(copies: Copies, meta: dict[str, Any]) -> dict[str, Any]:
    """The body that makes the index of the records.

    >>> made = records(Copies(3), {})
    >>> made["settings"]["number_of_shards"], made["mappings"]["dynamic"]
    (3, 'strict')
    """
    columns: dict[str, Any] = {}
    for field in FIELDS:
        match field.kind:
            case "text":
                columns[field.name] = _terms("positions")
            case "bag":
                columns[field.name] = _terms("freqs")
            case "key":
                columns[field.name] = {"type": "keyword", "doc_values": True}
            case "number":
                columns[field.name] = {"type": "long"}
    # the order of arrival, which breaks ties
    columns["seq"] = {"type": "long"}
    # of the terms, so that a record that says the same is known
    columns["print"] = {"type": "long", "index": False}
    for name in ("stored", "packed"):
        columns[name] = {"type": "keyword", "index": False, "doc_values": False}
    columns["parent"] = {"type": "keyword", "index": False}
    return {
        "settings": _OURS
        | {
            "number_of_shards": copies.shards,
            "number_of_replicas": copies.replicas,
            # only a commit shows anything to readers
            "refresh_interval": "-1",
            # best_compression takes a quarter less disk, and inflates 56 kB for each record shown
            "codec": "default",
            "max_result_window": WINDOW,
            "analysis": {
                "analyzer": {_ANALYZER: {"type": "custom", "tokenizer": "glose_space"}},
                "tokenizer": {"glose_space": {"type": "whitespace", "max_token_length": _TERM}},
            },
            "similarity": {_SIMILARITY: {"type": "BM25", "k1": 1.2, "b": 0.75}},
        },
        "mappings": {
            "dynamic": "strict",
            "_meta": meta,
            # an article is on one shard: its passages are counted there, exactly
            "_routing": {"required": True},
            "_source": {"enabled": True, "includes": ["stored", "packed"]},
            "properties": columns,
        },
    }


WINDOW = 10_000
"""Hits given at once at most."""


WORD = {
    "field": {"type": "keyword", "norms": False},
    "word": {"type": "keyword", "norms": False},
    # how many hold it, and the first number of the last commit that said so
    "records": {"type": "long"},
    "since": {"type": "long"},
}
"""The columns of a word."""


def words(copies: Copies) -> dict[str, Any]:
    """The body that makes the index of the words: by beginning and by likeness, commonest first."""
    return {
        "settings": _OURS
        | {
            "number_of_shards": 1,
            "number_of_replicas": copies.replicas,
            "refresh_interval": "-1",
            "codec": "best_compression",
            "max_result_window": WINDOW,
            # all the beginnings of words at one fault of one are some 1,600
            "max_regex_length": 100_000,
        },
        "mappings": {
            "dynamic": "strict",
            "_routing": {"required": False},
            "_source": {"enabled": True},
            "properties": WORD,
        },
    }


def notes(copies: Copies) -> dict[str, Any]:
    """The body that makes the index of what lies beside: who writes, whom to forget."""
    return {
        "settings": _OURS | {"number_of_shards": 1, "number_of_replicas": copies.replicas},
        "mappings": {
            "dynamic": "strict",
            "_routing": {"required": False},
            "_source": {"enabled": True},
            "properties": {
                "said": {"type": "keyword", "index": False, "doc_values": False},
                "owner": {"type": "keyword"},
                "until": {"type": "long"},
            },
        },
    }


def _terms(index_options: str) -> dict[str, Any]:
    return {
        "type": "text",
        "analyzer": _ANALYZER,
        "index_options": index_options,
        "similarity": _SIMILARITY,
    }


COLUMNS = tuple(records(Copies(), {})["mappings"]["properties"])
"""Those of the index of records."""

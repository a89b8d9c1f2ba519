"""Does the cluster show us the whole index, or does a role hide a part of it?

OpenSearch's security plugin hides documents (`dls`) and columns (`fls`) from a role, and masks
columns (`masked_fields`), with status 200: answers are short then, and an index made anew of what
is shown lacks the rest for good. So it is looked for before a state is read: a mapping lacks the
columns that are hidden; the statistics of an index count the documents that are; and a record, a
word whose columns are masked are not those that were stored. Where our role may not ask for
statistics, the words say of each kind of record how many there are, at least.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import orjson

from index.engines.faults import IndexUnavailable
from index.engines.opensearch.client import Client
from index.engines.opensearch.documents import masked, word_id
from index.engines.opensearch.refusals import HIDDEN, Refused
from index.engines.opensearch.schema import COLUMNS

_FORBIDDEN = 403
# The settings that close an index to writing, and the numbers of their blocks.
_CLOSING = {"index.blocks.write": "8", "index.blocks.read_only": "5", "index.blocks.metadata": "9"}

SAMPLES: tuple[tuple[str, dict[str, Any]], ...] = (
    (
        "records",
        {
            "size": 1,
            "track_total_hits": True,
            "sort": [{"seq": "desc"}],
            "_source": ["stored"],
            "docvalue_fields": ["id", "article", "kind"],
        },
    ),
    (
        "words",
        {
            "size": 1,
            "track_total_hits": True,
            "_source": False,
            "docvalue_fields": ["field", "word", "records"],
        },
    ),
    (
        "words",
        {
            "size": 0,
            "query": {"bool": {"filter": [{"term": {"field": "kind"}}]}},
            "aggs": {"records": {"sum": {"field": "records"}}},
        },
    ),
)
"""The searches, of a place of the snapshot each, whose answers `SampleAnswers` holds."""


class SampleAnswers(NamedTuple):
    """The answers to `SAMPLES`: a record, a word, and the numbers of records of each kind."""

    records: Any
    words: Any
    kinds: Any

    @property
    def counts(self) -> list[int]:
        """How many records, and how many words, the cluster shows."""
        return [answer["hits"]["total"]["value"] for answer in self[:2]]

    def refuse_fewer(self, doubtful: int, *, has_records: bool) -> None:
        """Raises IndexUnavailable when fewer records are shown than the words count (`dls`).

        doubtful: how many of those that they count may have been removed. has_records: whether the
        index ever held one. Words that count fewer than are shown are hidden themselves.
        """
        counted = int(self.kinds["aggregations"]["records"]["value"])
        shown, least = self.counts[0], counted - doubtful
        if counted < max(shown, has_records):
            raise IndexUnavailable(
                f"Le cluster montre {shown} passages, et n’en compte par leurs mots que {counted} "
                f": {HIDDEN}"
            )
        if shown < least:
            raise IndexUnavailable(
                f"Le cluster tient au moins {least} passages et n’en montre que {shown} : {HIDDEN} "
                "Si un autre que Glose en a ôté, glose verify le dit à un rôle qui a "
                "indices:monitor/stats."
            )


def refuse_columns(properties: Mapping[str, Any]) -> None:
    """Raises IndexUnavailable for a mapping of records that lacks columns (`fls`)."""
    hidden_columns = [column for column in COLUMNS if column not in properties]
    if hidden_columns:
        names = ", ".join(f"« {column} »" for column in hidden_columns[:3])
        raise IndexUnavailable(f"Le cluster ne montre pas les colonnes {names} : {HIDDEN}")


def counted(client: Client, *indices: str) -> list[int] | None:
    """How many documents each index holds, shown or not; None when our role may not ask."""
    try:
        return _counted(client, *indices)
    except Refused as refused:
        if refused.status != _FORBIDDEN:
            raise
        return None


def _counted(client: Client, *indices: str) -> list[int]:
    path = f"/{','.join(indices)}/_stats/docs"
    answer = client.get(path, filter_path="indices.*.primaries.docs.count")
    stats = answer.get("indices", {})
    # an index none of whose first shards answers is not there
    return [
        int(stats[index]["primaries"]["docs"]["count"]) if index in stats else 0
        for index in indices
    ]


def refuse_short(shown: Sequence[int], counts: Sequence[int]) -> None:
    """Raises IndexUnavailable when fewer records, or words, are shown than there are (`dls`)."""
    for name, shown_count, count in zip(("passages", "mots"), shown, counts, strict=False):
        if shown_count < count:
            raise IndexUnavailable(
                f"Le cluster tient {count} {name} et n’en montre que {shown_count} : {HIDDEN}"
            )


def refuse_loss(client: Client, index: str) -> None:
    """Raises IndexUnavailable unless we are shown every record of an index that nobody writes.

    Asked before it is made anew, of the records of a commit that was cut too. Nor is an index made
    anew that somebody closed to writing: the new one would be open.
    """
    settings = client.indices(f"/{index}/_settings", flat_settings=True)[index]["settings"]
    for name, number in _CLOSING.items():
        if settings.get(name) == "true":
            reason = f"index [{index}] blocked by: [FORBIDDEN/{number}/{name} (api)];"
            raise client.of(_FORBIDDEN, {"type": "cluster_block_exception", "reason": reason})
    # a search says which part is on no node; a refresh would wait for it
    _shown(client, index)
    client.post(f"/{index}/_refresh")
    counts = _counted(client, index)
    refuse_short([_shown(client, index)], counts)


def _shown(client: Client, index: str) -> int:
    """How many records of every part of an index are shown to us. Raises Refused."""
    body = {"size": 0, "track_total_hits": True}
    answer = client.post(f"/{index}/_search", body, allow_partial_search_results=False)
    return int(answer["hits"]["total"]["value"])


def refuse_masked(answers: SampleAnswers) -> None:
    """Raises IndexUnavailable for a record or a word that is not the one that was stored."""
    for hit in answers.records["hits"]["hits"]:
        columns = {name: values[0] for name, values in hit.get("fields", {}).items()}
        for column, value in _stored(hit.get("_source", {})).items():
            if columns.get(column) != value:
                raise masked(column)
    for hit in answers.words["hits"]["hits"]:
        columns = {name: values[0] for name, values in hit.get("fields", {}).items()}
        if "records" not in columns:
            raise masked("records")
        if word_id((columns.get("field", ""), columns.get("word", ""))) != hit["_id"]:
            raise masked("word")


def _stored(source: Mapping[str, str]) -> dict[str, str]:
    """What a record says its columns are; nothing where it says none."""
    try:
        content = orjson.loads(source["stored"])
        columns = {
            "id": content["id"],
            "article": content["about"]["id"],
            "kind": content["kind"],
        }
    except (KeyError, TypeError, orjson.JSONDecodeError):
        return {}
    return {name: value for name, value in columns.items() if isinstance(value, str)}

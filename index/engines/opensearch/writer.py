"""How do records reach a cluster, all of a commit or none that a reader is told of?

What is added waits in a file until the commit: leaving by an exception sends nothing. A commit
says on the cluster that it begins, sends the words, then the records, and says that it is whole;
only then do readers follow. Cut in the middle, some of its records are there for whoever opens
the index next, and running again brings the rest: an operation sent twice is one. The commit
after it, be there nothing to send, counts the words of the cut one again.
"""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, Self

import orjson

from index.engines import Entry
from index.engines.faults import IndexUnavailable, dead, why
from index.engines.opensearch import bulk, points, state, words
from index.engines.opensearch.bulk import Operation
from index.engines.opensearch.client import Client
from index.engines.opensearch.documents import addition, document_id, removal
from index.engines.opensearch.schema import ABSENT, LONGEST, WORD
from index.engines.opensearch.snapshot import Snapshot
from index.engines.opensearch.state import State
from index.engines.opensearch.words import Word, portions
from index.plurals import counted

_AT_ONCE = 1_000


class ClusterWriter:
    """The one writer of an index. After an error it is dead: nothing is asked of it again."""

    def __init__(
        self,
        client: Client,
        present: State,
        *,
        alive: Callable[[], None],
        published: Callable[[State], None],
        end: Callable[[], None],
    ) -> None:
        self._client = client
        self._alive = alive
        self._published = published
        self._end = end
        self._dead = False
        self._state = present
        self._empty = present.next == 1
        # whether a commit was cut before this one: what it sent may be there, unsaid
        self._cut = present.writing
        if self._cut:
            _refresh(client, present)
        # an index of November 2026 has no column for what a cut commit counted
        client.put(f"/{present.words}/_mapping", {"properties": WORD})
        # closed when the block is left
        self._spool = TemporaryFile()  # noqa: SIM115
        self._fresh()

    def _fresh(self) -> None:
        self._spool.truncate(0)
        self._number = self._state.next
        # by id of a document: where its operation is in the file, and how long each line
        self._added: dict[str, tuple[int, int, int]] = {}
        self._removed: set[str] = set()

    def add(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            id = document_id(entry.id)
            action, document = addition(entry, id, self._number)
            self._number += 1
            try:
                place = self._spool.seek(0, os.SEEK_END)
                self._spool.write(action + document)
            except OSError as error:
                raise IndexUnavailable(
                    f"Le dossier temporaire, où attend ce qui va partir au cluster : {why(error)}. "
                    "Donnez-en un autre par la variable TMPDIR."
                ) from error
            self._added[id] = place, len(action), len(document)

    def remove(self, ids: Iterable[str]) -> None:
        for record_id in ids:
            id = document_id(record_id)
            self._added.pop(id, None)
            self._removed.add(id)

    def commit(self) -> None:
        if self._dead:
            raise IndexUnavailable(dead(self._client.address.location))
        if not self._added and not self._removed and not self._cut:
            return
        try:
            self._commit()
        except IndexUnavailable:
            # running again says what is there; this one no longer knows
            self._dead = True
            raise

    def _commit(self) -> None:
        self._alive()
        before = {} if self._empty else dict(self._before())
        removed_ids = [id for id in before if id in self._removed and id not in self._added]
        if not self._added and not removed_ids and not self._cut:
            self._fresh()
            return
        added = self._counted(before)
        lost = len(removed_ids) + sum(1 for id in before if self._changed(id, before[id]))
        first, cut = self._state.next, self._cut
        begun = self._state.begun(self._number - first + len(removed_ids), lost)
        self._say(begun)
        self._cut = True
        word_operations = words.operations(
            self._client, begun.words, added, first, empty=self._empty
        )
        refused = self._send(begun.words, word_operations)
        refused += self._send(begun.index, self._operations(before, removed_ids))
        _refresh(self._client, begun)
        if cut:
            self._count_again(begun)
        bulk.patiently(self._client, lambda: state.refuse_replaced(self._client, begun))
        self._state = begun.committed()
        self._say(self._state)
        self._published(self._state)
        self._empty = self._cut = False
        self._fresh()
        if refused:
            self._tell(refused)

    def _count_again(self, begun: State) -> None:
        """Make right the words that commits that were cut may have counted. Raises Refused."""
        opened = bulk.patiently(self._client, lambda: Snapshot(self._client, begun, lambda: begun))
        try:
            refused = self._send(begun.words, words.recounted(opened, begun.next - 1))
        finally:
            points.close(self._client, opened.points)
        if refused:
            raise self._client.of(400, {"type": "words_refused", "reason": refused[0][1]})
        _refresh(self._client, begun)

    def _say(self, present: State) -> None:
        bulk.patiently(self._client, lambda: state.write(self._client, present))

    def _send(self, index: str, operations: Iterable[Operation]) -> list[tuple[Operation, str]]:
        return bulk.send(self._client, index, operations, alive=self._alive).refused

    def _before(self) -> Iterator[tuple[str, tuple[str, int]]]:
        """Of the documents that are removed or replaced, those the index holds: where, and what."""
        # what is added may be there though nobody knew: a commit whose answer was lost is whole
        ids = sorted(self._removed.union(self._added))
        for portion in portions(ids, _AT_ONCE):
            body = {
                "query": {"ids": {"values": portion}},
                "size": len(portion),
                "_source": False,
                "docvalue_fields": ["print"],
            }
            path = f"/{self._state.index}/_search"
            answer = bulk.patiently(
                self._client,
                partial(self._client.post, path, body, allow_partial_search_results=False),
            )
            for hit in answer["hits"]["hits"]:
                yield hit["_id"], (hit["_routing"], hit["fields"]["print"][0])

    def _counted(self, before: dict[str, tuple[str, int]]) -> dict[Word, int]:
        """In how many more records each word is; those of a record that says the same are not."""
        added: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for id in self._added:
            if id in before and not self._changed(id, before[id]):
                continue
            for name, terms in self._document(id).items():
                if name in words.FIELDS:
                    added[name].update({*(terms if isinstance(terms, list) else terms.split())})
        return {
            (name, word): records
            for name, counts in added.items()
            for word, records in counts.items()
            if _listed(word)
        }

    def _changed(self, id: str, before: tuple[str, int]) -> bool:
        return id in self._added and self._document(id)["print"] != before[1]

    def _document(self, id: str) -> dict[str, Any]:
        document: dict[str, Any] = orjson.loads(self._lines(id)[1])
        return document

    def _lines(self, id: str) -> Operation:
        place, action, document = self._added[id]
        self._spool.seek(place)
        return self._spool.read(action), self._spool.read(document)

    def _operations(
        self, before: dict[str, tuple[str, int]], removed_ids: list[str]
    ) -> Iterator[Operation]:
        number = self._number
        for id in removed_ids:
            yield removal(id, before[id][0], number), b""
            number += 1
        for id in self._added:
            action, document = self._lines(id)
            if id in before:
                former_routing = before[id][0]
                routing = orjson.loads(action)["index"]["routing"]
                if former_routing != routing:
                    # under another article, the same id is another document
                    yield removal(id, former_routing, number), b""
            yield action, document

    def _tell(self, refused: list[tuple[Operation, str]]) -> None:
        """Raises IndexUnavailable, saying where what was refused is."""
        folder = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
        path = folder / "glose" / f"{self._client.address.name}-refused.jsonl"
        try:
            bulk.keep_refused(path, refused)
            place = f"voir « {path} », où la raison est dite"
        except OSError as error:
            place = f"« {path} » n’a pas pu être écrit ({why(error)})"
        raise IndexUnavailable(
            f"L’index « {self._client.address.location} » est enregistré, sauf "
            f"{counted(len(refused), 'passage')} que le cluster refuse : {place}. "
            f"Le premier : {refused[0][1]}"
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None:
                self.commit()
        finally:
            self._spool.close()
            self._end()


def _listed(word: str) -> bool:
    # a record with a longer one is refused, and so would be the word
    return word != ABSENT and len(word.encode()) <= LONGEST


def _refresh(client: Client, present: State) -> None:
    for index in (present.words, present.index):
        answer = bulk.patiently(client, partial(client.post, f"/{index}/_refresh"))
        if answer["_shards"]["failed"]:
            raise client.of(503, {"type": "partial_refresh", "reason": index})

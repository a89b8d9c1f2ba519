"""Which indices of the cluster are ours, and at which commit are they?

    presse          the alias that the address names
    presse-3        the records; its mapping's `_meta` is the stamp, and says the last commit
    presse-3-words  the words that the records hold, with how many hold each
    presse-notes    who writes, and whom the index must not learn again

An index rewritten whole grows beside as presse-4, and takes the alias in one request.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Self

import orjson

from index.engines import faults, stamp
from index.engines.faults import IndexMissing, IndexUnavailable
from index.engines.opensearch import notes, rights, schema
from index.engines.opensearch.client import Client
from index.engines.opensearch.making import copies, make
from index.engines.opensearch.refusals import Refused
from index.engines.stamp import Stamp

_META = "glose"
_STAMP = "*.mappings._meta,*.mappings.properties.*.type"


@dataclass(frozen=True, slots=True)
class State:
    """One index of records as it says it is.

    next: the number of the next record written. whole: what it was when the last commit ended.
    lost: records removed or changed since it was made, whose words may still be counted.
    """

    index: str
    stamp: Stamp
    generation: int = 0
    updated: float | None = None
    next: int = 1
    whole: int = 1
    lost: int = 0

    @property
    def words(self) -> str:
        """The index of its words."""
        return f"{self.index}-words"

    @property
    def name(self) -> str:
        """The alias, which the notes beside the index are named after."""
        return self.index.rpartition("-")[0]

    @property
    def writing(self) -> bool:
        """Whether a commit was begun and not ended."""
        return self.next > self.whole

    @property
    def doubtful(self) -> int:
        """A word held by no more records than this may be in none."""
        # words are sent before their records, and again after a commit that was cut
        return self.lost + self.next - self.whole

    def same(self, other: State) -> bool:
        """Return whether both are of one commit."""
        return (self.index, self.generation, self.updated) == (
            other.index,
            other.generation,
            other.updated,
        )

    def meta(self) -> dict[str, Any]:
        """As it is written in the mapping."""
        content = asdict(self)
        del content["index"]
        return {_META: content}

    def begun(self, operations: int, lost: int) -> Self:
        """A commit of so many operations is about to be sent: its numbers are nobody else's.

        lost: how many records it removes or changes.
        """
        return replace(self, next=self.next + operations, lost=self.lost + lost)

    def committed(self) -> Self:
        """The commit is whole, and readers may follow."""
        return replace(self, generation=self.generation + 1, updated=time.time(), whole=self.next)


def read(client: Client, index: str | None = None, *, former: bool = False) -> State:
    """The present state of the index that the address names, or of one that grows beside it.

    Raises IndexUnavailable: not there, not ours, made by another version (unless `former`).
    """
    address = client.address
    try:
        answer = client.indices(f"/{index or address.name}/_mapping", filter_path=_STAMP)
    except Refused as refused:
        if refused.status != 404:
            raise
        if index is None and (former_index := _seen_nameless(client)):
            raise IndexUnavailable(moved(address.name, former_index)) from refused
        raise IndexMissing(faults.missing(address.location)) from refused
    # a template of the cluster may give the alias to the indices of others, or to one that grows
    metas = {
        name: mapping["mappings"]["_meta"]
        for name, mapping in answer.items()
        if _META in mapping["mappings"].get("_meta", {})
    }
    if not metas:
        unsealed_index = next(filter(lambda name: _is_sealless(answer[name]), answer), "")
        sentence = _UNSEALED.format(unsealed_index) if unsealed_index else _strayed(client)
        raise IndexUnavailable(sentence or _foreign(address.location))
    if len(metas) > 1:
        raise IndexUnavailable(_several(address.location, address.name, sorted(metas)))
    [(name, meta)] = metas.items()
    present = loaded(address.location, name, meta, former=former)
    if present.stamp.present:
        rights.refuse_columns(answer[name]["mappings"].get("properties", {}))
    return present


def loaded(location: str, index: str, meta: Mapping[str, Any], *, former: bool = False) -> State:
    """The inverse of `State.meta`. Raises IndexUnavailable as `read` does."""
    expected = stamp.current("opensearch")
    try:
        content = dict(meta[_META])
        index_stamp = Stamp(**content.pop("stamp"))
        # an index of November 2026 said only that much of a commit that was cut
        if not content.pop("writing", False):
            content.setdefault("whole", content["next"])
    except (KeyError, TypeError):
        raise IndexUnavailable(_foreign(location)) from None
    if content.keys() - {column.name for column in fields(State)}:
        raise IndexUnavailable(faults.newer_version(location, "autre sceau", str(expected)))
    state = State(index, index_stamp, **content)
    if index_stamp.format != expected.format:
        raise IndexUnavailable(
            faults.other_version(location, str(index_stamp), str(expected), mendable=False)
        )
    if not former and not index_stamp.present:
        raise IndexUnavailable(stamp.other_version(index_stamp, location))
    return state


def _is_sealless(content: Mapping[str, Any]) -> bool:
    """Whether a mapping has our columns, and says nothing of a commit any more."""
    return {*schema.COLUMNS} <= {*content["mappings"].get("properties", {})}


def refuse_replaced(client: Client, present: State) -> None:
    """Raises IndexUnavailable unless the indices of a state are those that we made.

    Where the cluster makes the indices it lacks (`action.auto_create_index`), one that a policy
    destroyed while it was written comes back without what we ask of it.
    """
    listed = client.indices(f"/{present.index},{present.words}/_mapping", filter_path=_STAMP)
    properties = listed.get(present.words, {}).get("mappings", {}).get("properties", {})
    is_ours = {
        present.index: _META in listed.get(present.index, {}).get("mappings", {}).get("_meta", {}),
        present.words: properties.get("word", {}).get("type") == "keyword",
    }
    for index in is_ours:
        if not is_ours[index]:
            raise IndexUnavailable(_REPLACED.format(index, present.index, present.words))


def write(client: Client, state: State) -> None:
    """Make it the state that readers find. Raises Refused unless every node knows it."""
    answer = client.put(f"/{state.index}/_mapping", {"_meta": state.meta()})
    if not answer["acknowledged"]:
        raise client.of(503, {"type": "not_acknowledged", "reason": state.index})


def create(client: Client, number: int, generation: int = 0, like: State | None = None) -> State:
    """An empty index of records, and that of its words, under no alias yet."""
    name, spread = client.address.name, copies(client, like.index if like else "")
    created = State(f"{name}-{number}", stamp.current("opensearch"), generation)
    # the records first: cut here, they say that they are ours, and `sweep` takes them away
    make(client, created.index, schema.records(spread, created.meta()))
    make(client, created.words, schema.words(spread))
    return created


def take(client: Client, fresh: State, former: State | None) -> None:
    """Give the alias to an index, in one request that readers see done or not done."""
    name = client.address.name
    actions: list[Any] = [{"add": {"index": fresh.index, "alias": name}}]
    if former is not None:
        actions.insert(0, {"remove": {"index": former.index, "alias": name}})
    client.post("/_aliases", {"actions": actions})


def next_number(client: Client) -> int:
    """A number that no index and no alias under our names has, nor its words, whoever made it."""
    indices = _under_our_names(client, expand_wildcards="all")
    names = {name for index in indices for name in (index, *indices[index]["aliases"])}
    return max((_number(client, name.removesuffix("-words")) for name in names), default=0) + 1


def sweep(client: Client, present: str) -> None:
    """Take away our indices that are not the present one: those of before, and half-made ones.

    With them go the words of records that somebody took away, and the notes of a copy whose
    restoring was cut, which name whom it had forgotten.
    """
    listed = _under_our_names(client)
    for index in _ours_among(client, listed):
        if index != present:
            remove(client, index)
    for index in _orphans(client, listed):
        client.delete(f"/{index}", ignore_unavailable=True)
    notes_beside = f"{client.address.name}-notes-restored"
    if notes.ours(listed.get(notes_beside, {})):
        client.delete(f"/{notes_beside}", ignore_unavailable=True)


def _orphans(client: Client, listed: Mapping[str, Any]) -> list[str]:
    """Return which of these indices, by name, hold the words of records that are gone."""
    words = {
        index: records
        for index, settings in listed.items()
        if _number(client, records := index.removesuffix("-words")) and records != index
        # older ones have no `since`
        if {*schema.WORD} - {*settings.get("mappings", {}).get("properties", {})} <= {"since"}
    }
    # closed indices hold their records still
    present = _under_our_names(client, expand_wildcards="all") if words else {}
    return [index for index, records in words.items() if records not in present]


def nameless(client: Client) -> str:
    """The index of ours that holds records, when the alias is gone; empty when none does."""
    return next(
        (
            index
            for index, meta in _ours_among(client, _under_our_names(client)).items()
            if meta.get("next", 1) > 1
        ),
        "",
    )


def _seen_nameless(client: Client) -> str:
    """The same as `nameless`; empty for a role that only reads, and may not list our names."""
    try:
        return nameless(client)
    except Refused as refused:
        if refused.status != 403:
            raise
        return ""


def _ours_among(client: Client, listed: Mapping[str, Any]) -> dict[str, Any]:
    """Those of some indices that are ours and hold records, and what each says of itself.

    Somebody may have named theirs so, `presse-2026`: it is ours if it says so.
    """
    return {
        index: settings["mappings"]["_meta"][_META]
        for index, settings in listed.items()
        if _number(client, index) and _META in settings.get("mappings", {}).get("_meta", {})
    }


def _under_our_names(client: Client, expand_wildcards: str = "open,hidden") -> dict[str, Any]:
    indices = client.indices(
        f"/{client.address.name}-*",
        filter_path=f"*.settings.index.uuid,*.aliases,{_STAMP}",
        expand_wildcards=expand_wildcards,
    )
    return {index: {"aliases": {}} | settings for index, settings in indices.items()}


def _number(client: Client, name: str) -> int:
    """The number of an index of records under our name, 0 for another name."""
    begin, _, tail = name.rpartition("-")
    return int(tail) if begin == client.address.name and tail.isdecimal() else 0


def size(client: Client, present: State) -> int:
    """Bytes on the disks of an index and its words, copies of the same not counted."""
    stats = client.get(f"/{present.index},{present.words}/_stats/store")
    return int(stats["_all"]["primaries"]["store"]["size_in_bytes"])


def remove(client: Client, index: str) -> None:
    """Take an index away with its words, if it is there.

    Both at once: words alone would be nobody's, and name whom the records had forgotten.
    """
    client.delete(f"/{index},{index}-words", ignore_unavailable=True)


def _several(location: str, alias: str, indices: Sequence[str]) -> str:
    return (
        f"« {location} » : plusieurs index de Glose portent cet alias ({', '.join(indices)}), par "
        "un modèle du cluster sans doute (GET _index_template, GET _template), ou une copie "
        "restaurée avec ses alias. Demandez à qui tient le cluster de l’ôter du modèle, et de tous "
        "ces index sauf celui qui sert : "
        f'POST _aliases {{"actions": [{{"remove": {{"index": "NOM", "alias": "{alias}"}}}}]}}'
    )


def moved(alias: str, index: str, holders: Sequence[str] = ()) -> str:
    """What is said when the alias names none of our indices, and one of them holds passages.

    holders: the indices that have the alias now.
    """
    removals = [{"remove": {"index": holder, "alias": alias}} for holder in holders]
    actions = orjson.dumps([*removals, {"add": {"index": index, "alias": alias}}]).decode()
    fate = f"est passé à « {', '.join(holders)} »" if holders else "manque"
    return (
        f"L’alias « {alias} » {fate}, et le cluster tient « {index} », un index de Glose qui a des "
        f'passages. Rendez-lui l’alias (POST _aliases {{"actions": {actions}}}), ou détruisez-le '
        f"pour repartir de rien (DELETE {index},{index}-words)."
    )


def _strayed(client: Client) -> str:
    """Return what is said when the alias of an index of ours was given to others; else ""."""
    name = client.address.name
    holders = client.indices(f"/{name}/_alias")
    # an index of that very name is nobody's alias
    index = nameless(client) if name not in holders else ""
    return moved(name, index, sorted(holders)) if index else ""


_UNSEALED = (
    "« {0} » a les colonnes d’un index de Glose, et son sceau (_meta de son mapping) n’y est "
    "plus : quelqu’un a changé ce mapping. Sans lui, rien ne dit ce qui y est entier : "
    "détruisez-le (DELETE {0},{0}-words), puis glose restore d’une copie, ou indexez de "
    "nouveau les sources."
)
_REPLACED = (
    "« {0} » a été détruit pendant que Glose y écrivait, et le cluster l’a refait de lui-même "
    "(action.auto_create_index). Demandez à qui tient le cluster ce qui l’a détruit, une politique "
    "(ISM) sans doute ; puis détruisez le reste (DELETE {1},{2}), et glose restore d’une copie, ou "
    "indexez de nouveau les sources."
)


def _foreign(location: str) -> str:
    return (
        f"« {location} » n’est pas un index de Glose. Donnez un autre nom après l’hôte, ou "
        "demandez à qui tient le cluster ce qui porte ce nom."
    )

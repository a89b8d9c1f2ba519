"""What lies beside an index of a cluster: who writes, whom it must not learn again.

In an index of its own, which is made before that of the records, and is never made anew where
those are: whoever was forgotten would come back.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

from index.engines.faults import IndexUnavailable
from index.engines.opensearch import schema
from index.engines.opensearch.client import Client
from index.engines.opensearch.documents import masked
from index.engines.opensearch.making import copies, make
from index.engines.opensearch.refusals import Refused
from index.engines.opensearch.schema import Copies

_COLUMNS = frozenset(schema.notes(Copies())["mappings"]["properties"])


def ours(content: Mapping[str, Any]) -> bool:
    """Whether an index is one of notes, by its `mappings`."""
    return bool(content.get("mappings", {}).get("properties", {}).keys() >= _COLUMNS)


def index(client: Client, *, create: bool = False) -> str:
    """The name of the index of notes; `create`: which is made where there is none.

    Raises IndexUnavailable when it was destroyed, or is somebody else's.
    """
    name = f"{client.address.name}-notes"
    if not _exists(client, name):
        if not create:
            raise IndexUnavailable(_destroyed(client, name))
        try:
            make(client, name, schema.notes(copies(client)))
        except Refused as refused:
            if refused.kind != "resource_already_exists_exception":
                raise
    return name


def _exists(client: Client, name: str) -> bool:
    """Raises IndexUnavailable when it is not ours."""
    try:
        answer = client.indices(f"/{name}/_mapping", filter_path="*.mappings.properties.*.type")
    except Refused as refused:
        if refused.status != 404:
            raise
        return False
    # an index without columns is not in the answer
    if not answer or not all(map(ours, answer.values())):
        raise IndexUnavailable(_FOREIGN.format(name, client.address.name))
    return True


def read(client: Client, name: str, beside: str | None = None) -> dict[str, Any] | None:
    """Return the note kept beside the index under a name, or in another index of notes."""
    try:
        document = client.get(f"/{beside or client.address.name + '-notes'}/_doc/{name}")
    except Refused as refused:
        if refused.status != 404:
            raise
        return None
    try:
        content: dict[str, Any] = orjson.loads(document["_source"]["said"])
    except (KeyError, orjson.JSONDecodeError) as error:
        raise masked("said") from error
    return content


def keep(client: Client, name: str, content: Mapping[str, Any]) -> None:
    """Put something beside the index under a name."""
    document = {"said": orjson.dumps(content).decode()}
    client.put(f"/{index(client)}/_doc/{name}", document, timeout=client.longest_wait)


def restored(client: Client) -> str:
    """The name of the index of the notes of a copy, while they are read."""
    return f"{client.address.name}-notes-restored"


def remove_restored(client: Client) -> None:
    """Take away the notes of a copy, which name whom it had forgotten, if they are there."""
    if _exists(client, restored(client)):
        client.delete(f"/{restored(client)}", ignore_unavailable=True)


_FOREIGN = (
    "« {0} », où Glose tient son verrou et qui fut oublié, est un index d’autre chose. Demandez à "
    "qui tient le cluster ce qui porte ce nom ; ou donnez un autre nom que « {1} » à l’index."
)


def _destroyed(client: Client, name: str) -> str:
    content = {"mappings": {"properties": schema.notes(Copies())["mappings"]["properties"]}}
    return (
        f"« {name} », qui tient le verrou et qui fut oublié, a été détruit : qui fut oublié "
        "reviendrait. Restaurez une copie avec glose restore, qui le rend, et oubliez de nouveau "
        "qui le fut depuis. Sans copie, ou si personne ne le fut : "
        f"PUT {name} {orjson.dumps(content).decode()}"
    )

"""How is an index made on a cluster, and in how many pieces?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from index.engines.opensearch.client import Client
from index.engines.opensearch.refusals import Refused
from index.engines.opensearch.schema import Copies

# Refusals of a new index, with status 400, that come from no template.
_NO_TEMPLATE = frozenset({"resource_already_exists_exception", "validation_exception"})


def copies(client: Client, like: str = "") -> Copies:
    """Return the shards and replicas of an index: as the address says, else as another one has."""
    current = Copies()
    if like:
        settings = client.indices(f"/{like}/_settings")[like]["settings"]["index"]
        current = Copies(int(settings["number_of_shards"]), int(settings["number_of_replicas"]))
    options = client.address.options
    return Copies(
        options.shards or current.shards,
        current.replicas if options.replicas < 0 else options.replicas,
    )


def make(client: Client, index: str, body: Mapping[str, Any]) -> None:
    """Make an index. Raises Refused, and when its first shards are on no node."""
    try:
        answer = client.put(f"/{index}", body, timeout=client.longest_wait)
    except Refused as refused:
        # a template may add to what is asked, and a 400 names no template
        if refused.status != 400 or refused.kind in _NO_TEMPLATE:
            raise
        raise Refused(_templated(client, index, refused), refused.status, refused.kind) from refused
    if not answer["shards_acknowledged"]:
        raise client.of(503, {"type": "unavailable_shards_exception", "reason": index})


def _templated(client: Client, index: str, refused: Refused) -> str:
    request = f"POST _index_template/_simulate_index/{index}"
    return (
        f"{refused} Un modèle du cluster y ajoute sans doute ce qu’il refuse ({request}) : "
        f"demandez à qui tient le cluster d’en excepter « {client.address.name}-* »."
    )

"""What does a cluster receive of a record or a word, and what does it give back?"""

from __future__ import annotations

from base64 import b64decode, b64encode, urlsafe_b64encode
from hashlib import blake2b, sha256
from typing import Any

import orjson

from index import french
from index.engines import Entry
from index.engines.faults import IndexUnavailable
from index.engines.opensearch.bulk import Operation
from index.engines.opensearch.schema import ABSENT
from index.record import FIELDS, WORD_FIELDS

# OpenSearch refuses a whole request for one longer id.
_ID_BYTES = 512
_SHOWN_FIELDS = tuple(field.name for field in FIELDS if field.name.endswith("_shown"))


def document_id(id: str) -> str:
    """The id of a record's document: its own, or a digest of one that is too long.

    >>> document_id("a#lead"), len(document_id("x" * 3000))
    ('a#lead', 71)
    """
    if 0 < len(id.encode()) <= _ID_BYTES:
        return id
    return "sha256:" + sha256(id.encode()).hexdigest()


def word_id(word: tuple[str, str]) -> str:
    """The id of the document of a word, which is a field and a word of it.

    >>> word_id(("text", "chat")) != word_id(("title", "chat"))
    True
    """
    digest = blake2b("\0".join(word).encode(), digest_size=15).digest()
    return urlsafe_b64encode(digest).decode()


def addition(entry: Entry, id: str, number: int) -> Operation:
    document: dict[str, Any] = {}
    for terms in (entry.shared.terms, entry.terms):
        for name, joined in terms.items():
            if joined:
                document[name] = f"{document[name]} {joined}" if name in document else joined
    print = blake2b(orjson.dumps(document, option=orjson.OPT_SORT_KEYS), digest_size=7)
    document["print"] = int.from_bytes(print.digest(), "big")
    for name in WORD_FIELDS:
        document.setdefault(name, ABSENT)
    for values in (entry.shared.values, entry.values):
        for name, value in values.items():
            document[name] = value if isinstance(value, int) else list(value)
    for name in _SHOWN_FIELDS:
        if name in document:
            # facets are counted by folded names, whoever wrote them
            folded = [french.fold(spelling) for spelling in document[name]]
            document.setdefault(name.removesuffix("_shown"), folded)
    document["seq"] = number
    document |= _stored(entry.stored)
    action = {
        "_id": id,
        "routing": routing(document.get("article", [""])[0]),
        "version": number,
        "version_type": "external_gte",
    }
    return orjson.dumps({"index": action}), orjson.dumps(document)


def routing(article: str) -> str:
    """Return the routing value that chooses the shard of an article's records.

    A cluster takes a comma in it for several, and none that is empty.
    """
    return blake2b(article.encode(), digest_size=9).hexdigest()


def _stored(stored: bytes) -> dict[str, str]:
    """As text, which compresses; what is not text, as it can."""
    try:
        document: dict[str, str] = {"stored": stored.decode()}
    except UnicodeDecodeError:
        return {"packed": b64encode(stored).decode()}
    try:
        parent = orjson.loads(stored)["parent"]
    except (orjson.JSONDecodeError, KeyError, TypeError):
        return document
    return document | {"parent": parent} if isinstance(parent, str) else document


def unstored(source: dict[str, str]) -> bytes:
    """The inverse of what a document is given to store. Raises IndexUnavailable when it is hidden.

    As OpenSearch's security plugin hides the fields that a role names (`fls`).
    """
    if "stored" in source:
        return source["stored"].encode()
    if "packed" in source:
        return b64decode(source["packed"])
    raise IndexUnavailable(
        "Le cluster trouve des passages et n’en rend pas le texte : un rôle en cache des champs. "
        "Demandez à qui tient le cluster un rôle qui ne cache ni champ ni document (fls, dls)."
    )


def masked(column: str) -> IndexUnavailable:
    """The error for a column of which the cluster gives values that were not given to it.

    As OpenSearch's security plugin masks those that a role names (`masked_fields`): a search meets
    the true values, and what is read of them is a digest.
    """
    return IndexUnavailable(
        f"Le cluster rend de la colonne « {column} » ce qui ne lui fut pas donné : un rôle cache "
        "ou masque des champs (fls, masked_fields). Demandez à qui tient le cluster un rôle qui "
        "n’en cache ni n’en masque aucun."
    )


def removal(id: str, routing: str, number: int) -> bytes:
    action = {"_id": id, "routing": routing, "version": number, "version_type": "external_gte"}
    return orjson.dumps({"delete": action})

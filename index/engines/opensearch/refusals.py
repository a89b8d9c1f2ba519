"""What is an operator told, when a cluster does not answer as it must?

One sentence a fault: what happened, who can mend it, and how. Some faults pass by themselves, and
who loads a cluster asks again: `Refused` says which.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from opensearchpy.exceptions import ConnectionError as NoAnswer
from opensearchpy.exceptions import (
    ConnectionTimeout,
    SerializationError,
    SSLError,
    TransportError,
)
from urllib3.exceptions import NameResolutionError, ProtocolError

from index.engines.faults import IndexUnavailable
from index.engines.opensearch import tls
from index.engines.opensearch.address import Address

NEVER = -1
"""The status of what will never be answered otherwise."""

# A node that died is still asked for a moment, and its silence is an error of the others.
_NODE_GONE = frozenset({"node_not_connected_exception", "node_disconnected_exception"})

_BLOCK = "cluster_block_exception"
# The setting that each block comes from, by the number that its reason gives: INDEX_…_BLOCK of
# OpenSearch 3.9's IndexMetadata.java, CLUSTER_…_BLOCK of its Metadata.java.
_SETTINGS = {
    "5": "index.blocks.read_only",
    "6": "cluster.blocks.read_only",
    "7": "index.blocks.read",
    "8": "index.blocks.write",
    "9": "index.blocks.metadata",
    "10": "cluster.blocks.create_index",
    "12": "index.blocks.read_only_allow_delete",
    "13": "cluster.blocks.read_only_allow_delete",
}
_BLOCKED = re.compile(r"\[[A-Z_]+/([0-9]+)/")
_CLOSED = re.compile(r"index \[([^]\s]+)\] blocked by")

# A setting that a reason names: « This limit can be set by changing the [search.max_buckets]… ».
_NAMED = re.compile(r"(?:chang(?:ing|ed by) the \[|')([a-z_]+(?:\.[a-z_]+)+)[]']")
# Limits that come without the name of their setting.
_UNNAMED = {
    "shards open;": "cluster.max_shards_per_node",
    "Limit of total fields": "index.mapping.total_fields.limit",
}


class Refused(IndexUnavailable):
    """A refusal of a cluster. `kind`: its word for it.

    `status`: of HTTP; 0 when nothing came, -1 when nothing ever will.
    """

    def __init__(self, sentence: str, status: int = 0, kind: str = "") -> None:
        super().__init__(sentence)
        self.status = status
        self.kind = kind

    @property
    def passing(self) -> bool:
        """Whether the same may be accepted a moment later."""
        return not self.blocked and (
            self.status in (0, 429, 502, 503, 504) or self.kind in _NODE_GONE
        )

    @property
    def blocked(self) -> bool:
        """Whether somebody, or a full disk, closed the index to writing."""
        # a cluster that has no manager yet blocks too, and says that it is unavailable
        return self.kind == _BLOCK and self.status != 503


def refused(address: Address, error: Exception, timeout: float = 0.0) -> Refused:
    """An error of the client, as a sentence; `timeout`: seconds that the cluster was given."""
    subject = f"L’index « {address.location} »"
    hosts = _hosts(address)
    match error:
        case SSLError():
            advice, is_passing = tls.insecure(address, error)
            return Refused(f"{subject} : {advice}", 0 if is_passing else NEVER)
        case ConnectionTimeout():
            return Refused(
                f"{subject} : le cluster n’a pas répondu en {timeout:g} s. Contrôlez sa "
                "charge, ou donnez-lui plus de temps : ?timeout=SECONDES"
            )
        case NoAnswer() if isinstance(error.info, NameResolutionError):
            return Refused(
                f"{subject} : aucune machine ne se trouve sous ce nom ({hosts}). Contrôlez "
                f"l’adresse, et le DNS de cette machine. ({_short(error)})"
            )
        case NoAnswer() if isinstance(error.info, ProtocolError) and not address.secure:
            return Refused(
                f"{subject} : le cluster a coupé sans répondre ({hosts}). S’il parle TLS, écrivez "
                f"opensearch+https:// ; sinon, contrôlez qu’il est debout. ({_short(error)})"
            )
        case NoAnswer():
            return Refused(
                f"{subject} : le cluster ne répond pas ({hosts}). Contrôlez qu’il est lancé, "
                f"l’adresse et le pare-feu. ({_short(error)})"
            )
        case SerializationError():
            return foreign(address, 200, _short(error))
        case TransportError():
            status = error.status_code if isinstance(error.status_code, int) else 0
            if (
                not isinstance(error.info, dict)
                and status < 500
                and status not in (401, 403, 413, 429)
            ):
                # OpenSearch says its faults in JSON
                return foreign(address, status, _short(error))
            body = error.info if isinstance(error.info, dict) else {}
            return answered(address, status, body.get("error") or error.error)
    return Refused(f"{subject} : le cluster ne peut pas être demandé. ({_short(error)})")


def _hosts(address: Address) -> str:
    return ", ".join(f"{host}:{port}" for host, port in address.hosts)


def unreadable(address: Address, error: Exception) -> Refused:
    """A file of a certificate or of a key that cannot be read, or is none."""
    return Refused(f"L’index « {address.location} » : {tls.unreadable(error)}", NEVER)


def foreign(address: Address, status: int, answer: str) -> Refused:
    """Return the sentence for an answer that OpenSearch would not have given."""
    if "HTTPS port" in answer:
        advice = "ce port ne parle que TLS : écrivez opensearch+https://."
    elif 300 <= status < 400:
        advice = (
            "l’adresse renvoie ailleurs. Donnez celle où elle renvoie ; opensearch+https:// si "
            "c’est en https."
        )
    else:
        advice = (
            "ce qui répond n’est pas OpenSearch. Contrôlez l’hôte et le port, et le mandataire "
            "s’il y en a un devant."
        )
    return Refused(
        f"L’index « {address.location} » ({_hosts(address)}) : {advice} ({status} : "
        f"{answer[:200]})",
        NEVER,
    )


def answered(address: Address, status: int, error: Any) -> Refused:
    """An error in the cluster's own words, as a sentence."""
    subject = f"L’index « {address.location} »"
    causes = [*_causes(error)] or [("", str(error))]
    known_cause = next((cause for cause in causes if cause[0] in _SENTENCES), None)
    kind = (known_cause or causes[0])[0]
    # of those without a sentence the deepest says most: the first, that all shards failed
    cause, why = known_cause or causes[-1]
    if "don't have primary shards" in why:
        # of a copy: the repository is not to blame
        kind = "no_shard_available_action_exception"
    reason = (why if cause in ("", why) else f"{cause}: {why}")[:300] or str(status)
    block = _BLOCKED.search(why)
    if setting := _SETTINGS.get(block[1]) if block else None:
        return Refused(f"{subject} {_opened(address, setting, why)} ({reason})", status, kind)
    if limit := _limit(status, why):
        sentence = f"le réglage {limit} du cluster l’empêche. Demandez à qui tient le cluster"
        return Refused(f"{subject} : {sentence} de le changer. ({reason})", status, kind)
    if any(text in why for text in _HIDING):
        return Refused(f"{subject} : {HIDDEN} ({reason})", NEVER, kind)
    if match := _WORDS_GONE.search(why):
        advice = _WORDLESS.format(*match.groups())
    elif "shard" in kind and f"{address.name}-notes" in why:
        advice = _NOTES_LOST.format(address.name)
    elif kind in _SENTENCES:
        sentence = _SENTENCES[kind].format(_index_of(error) or address.name)
        return Refused(f"{subject} {sentence} ({reason})", status, kind)
    elif status >= 500:
        advice = _UNSURE if kind == "security_exception" else _IN_PART
    elif status == 401:
        user = address.identity.user
        advice = _UNKNOWN.format(user) if user else _ANONYMOUS
    else:
        advice = _ADVICE.get(status, "le cluster refuse cette demande.")
    return Refused(f"{subject} : {advice} ({reason})", status, kind)


def _limit(status: int, reason: str) -> str:
    """The setting that a refusal is due to, by its reason; empty when none is named."""
    if status in (401, 403):
        return ""
    match = _NAMED.search(reason)
    return match[1] if match else next((_UNNAMED[text] for text in _UNNAMED if text in reason), "")


def _opened(address: Address, setting: str, reason: str) -> str:
    """What a setting closed, and how it is opened."""
    content = f'{{"{setting}": null}}'
    names = ",".join(_CLOSED.findall(reason)) or address.name
    request = f"PUT {names}/_settings {content}"
    if setting.startswith("cluster."):
        request = f'PUT _cluster/settings {{"persistent": {content}}}'
    elif setting.endswith("allow_delete"):
        # a disk closes all that is on it: the first is named, and the next would be met after it
        request = f"PUT {address.name}-*/_settings {content}"
    if setting.endswith("allow_delete"):
        return (
            "est fermé en écriture : le disque d’un nœud est presque plein. Libérez de la place : "
            f"le cluster le rouvre alors de lui-même ; sinon, une minute plus tard : {request}."
        )
    return f"est fermé par {setting}. Qui tient le cluster sait pourquoi, et le rouvre : {request}."


HIDDEN = (
    "un rôle en cache ou en masque une part (dls, fls, masked_fields). Demandez à qui tient le "
    "cluster un rôle qui n’en cache ni n’en masque rien."
)
"""What is said when a role has only a part of the index, after what shows it."""

# What OpenSearch's security plugin refuses to such a role, and what Lucene says of masked numbers.
_HIDING = (
    "not supported when FLS or DLS or Fieldmasking is activated",
    "unexpected docvalues type SORTED_NUMERIC",
)
_WORDS_GONE = re.compile(r"no such index \[(([^]]+)-words)\]")
_WORDLESS = (
    "« {0} », qui tient ses mots, a été détruit. Restaurez une copie avec glose restore ; sans "
    "copie, détruisez le reste (DELETE {1}) et indexez de nouveau les sources."
)
_NOTES_LOST = (
    "« {0}-notes », qui tient le verrou et qui fut oublié, n’est sur aucun nœud debout. Relancez "
    "celui qui manque ; GET _cluster/allocation/explain dit sinon pourquoi le cluster ne le place "
    "nulle part. Perdu pour de bon, DELETE {0}-notes, puis glose restore d’une copie, qui rend qui "
    "fut oublié avant elle ; oubliez de nouveau qui le fut depuis."
)
_IN_PART = (
    "une partie du cluster manque, et une réponse ne serait pas entière. Attendez qu’il se "
    "remette (GET _cluster/health) ; perdue pour de bon, glose restore la rend d’une copie."
)
_UNSURE = (
    "le cluster n’a pas pu contrôler nos droits. Demandez à qui tient le cluster ce que son "
    "journal en dit."
)
_UNKNOWN = (
    "le cluster refuse cet accès : il ne reconnaît pas « {} » à ce mot de passe. Contrôlez "
    "GLOSE_OPENSEARCH_USER et le fichier que nomme GLOSE_OPENSEARCH_PASSWORD_FILE, ou demandez un "
    "autre mot de passe à qui tient le cluster."
)
_ANONYMOUS = (
    "le cluster refuse cet accès : il veut un nom et un mot de passe. Demandez-les à qui tient le "
    "cluster, et donnez-les par GLOSE_OPENSEARCH_USER et GLOSE_OPENSEARCH_PASSWORD_FILE."
)
_ADVICE = {
    403: "le cluster refuse cet accès : ce nom n’y a pas ce droit. Demandez à qui tient le "
    "cluster les droits que dit « Sur un cluster OpenSearch » de SERVICE.md.",
    413: "le cluster, ou le mandataire devant lui, refuse une demande aussi longue. Relevez sa "
    "limite (client_max_body_size de nginx, http.max_content_length d’OpenSearch).",
    429: "le cluster est trop occupé pour répondre. Recommencez dans un moment.",
}

_TOO_MANY = (
    ": la question a trop de mots pour le cluster. Donnez des mots plus longs, ou relevez "
    "indices.query.bool.max_clause_count."
)
# What a cluster says by a name of its own, and what is to be done about it.
_SENTENCES = {
    _BLOCK: ": le cluster n’est pas prêt. Attendez qu’il se remette (GET _cluster/health).",
    "index_closed_exception": ": « {0} » est fermé. Rouvrez-le : POST {0}/_open.",
    "index_not_found_exception": ": le cluster ne le connaît pas, ou ne le connaît plus.",
    "search_context_missing_exception": ": l’état qu’on lisait n’est plus tenu par le cluster.",
    "cluster_manager_not_discovered_exception": ": le cluster n’a pas de chef. Contrôlez que la "
    "majorité de ses nœuds est debout.",
    "no_shard_available_action_exception": ": une part de l’index n’est sur aucun nœud debout. "
    "Relancez le nœud qui manque, ou restaurez une copie avec glose restore.",
    "too_many_clauses": _TOO_MANY,
    "too_many_nested_clauses": _TOO_MANY,
    "circuit_breaking_exception": ": le cluster manque de mémoire pour cette demande. Recommencez "
    "dans un moment, ou donnez-lui plus de mémoire.",
    "unavailable_shards_exception": ": une part de l’index n’est sur aucun nœud debout, et ne peut "
    "être écrite. Relancez le nœud qui manque ; sinon, GET _cluster/allocation/explain dit "
    "pourquoi le cluster ne la place nulle part.",
    "task_cancelled_exception": ": le cluster a interrompu cette demande : il est trop chargé, ou "
    "son réglage search.cancel_after_time_interval est trop court. Recommencez dans un moment ; "
    "sinon, demandez à qui tient le cluster de le changer.",
    "script_exception": ": le cluster a refusé le compte des articles. Il lui faut le module "
    "lang-painless et le droit d’exécuter des scripts.",
}


def _causes(error: Any) -> Iterable[tuple[str, str]]:
    """The names of an error and of its causes, each with its reason, the deepest causes last."""
    if isinstance(error, str):
        yield error, error
    if isinstance(error, Mapping):
        if isinstance(error.get("type"), str):
            yield error["type"], str(error.get("reason") or error["type"])
        for name in ("root_cause", "caused_by", "failed_shards", "reason"):
            inner = error.get(name)
            for cause in inner if isinstance(inner, list) else [inner]:
                if isinstance(cause, Mapping):
                    yield from _causes(cause)


def _index_of(error: Any) -> str:
    """The index that an error is about; empty when it names none."""
    if not isinstance(error, Mapping):
        return ""
    causes = [error, *(error.get("root_cause") or [])]
    return next((str(cause["index"]) for cause in causes if cause.get("index")), "")


def _short(error: Exception) -> str:
    return str(getattr(error, "error", None) or error)[:200]

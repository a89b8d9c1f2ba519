"""How is a cluster asked, and what is said when it does not answer as it must?

The only file that imports opensearchpy: its client knows TLS, passwords and hosts that come and
go. Every answer is JSON; every fault leaves as `Refused`, with the sentence an operator reads.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Iterable, Mapping
from typing import Any

import orjson
from opensearchpy import OpenSearch
from opensearchpy.exceptions import (
    ConnectionError as NoAnswer,
)
from opensearchpy.exceptions import (
    ConnectionTimeout,
    OpenSearchException,
    SSLError,
    TransportError,
)

from index.engines.faults import IndexUnavailable
from index.engines.opensearch.address import Address

_JSON = {"content-type": "application/json"}
_LINES = {"content-type": "application/x-ndjson"}
# Connections kept open to each host: threads of a server, and two of a loading.
_CONNECTIONS = 16
# A node that died is still asked for a moment, and its silence is an error of the others.
_LEFT = frozenset({"node_not_connected_exception", "node_disconnected_exception"})
_NEVER = -1

# it writes each refused request to the log, with its body: what readers ask is nobody's business
logging.getLogger("opensearch").setLevel(logging.CRITICAL)


class Refused(IndexUnavailable):
    """What a cluster answered instead. `kind`: its word for it.

    `status`: of HTTP; 0 when nothing came, -1 when nothing ever will.
    """

    def __init__(self, sentence: str, status: int = 0, kind: str = "") -> None:
        super().__init__(sentence)
        self.status = status
        self.kind = kind

    @property
    def passing(self) -> bool:
        """Whether the same may be accepted a moment later."""
        return not self.blocked and (self.status in (0, 429, 502, 503, 504) or self.kind in _LEFT)

    @property
    def blocked(self) -> bool:
        """Whether somebody, or a full disk, closed the index to writing."""
        return self.kind == "cluster_block_exception"


class Client:
    """One cluster, shared between threads; made anew in a process that was forked."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self.trips = 0
        self._making = threading.Lock()
        self._process = 0
        self._client: OpenSearch | None = None

    def get(self, path: str, **params: Any) -> Any:
        return self.request("GET", path, params)

    def put(self, path: str, body: object = None, **params: Any) -> Any:
        return self.request("PUT", path, params, body)

    def post(self, path: str, body: object = None, **params: Any) -> Any:
        return self.request("POST", path, params, body)

    def delete(self, path: str, body: object = None, **params: Any) -> Any:
        return self.request("DELETE", path, params, body)

    def request(
        self, method: str, path: str, params: Mapping[str, Any], body: object = None
    ) -> Any:
        """One trip; a body of bytes is lines of JSON. Raises Refused."""
        lines = isinstance(body, bytes)
        sent = body if lines or body is None else orjson.dumps(body)
        timeout = params.get("_timeout", self.address.options.timeout)
        self.trips += 1
        try:
            return self._here().transport.perform_request(
                method,
                path,
                params={name: _parameter(value) for name, value in params.items() if name[0] != "_"}
                | {"request_timeout": timeout},
                body=sent,
                headers=_LINES if lines else _JSON,
            )
        except OpenSearchException as error:
            raise self.refused(error, timeout) from error
        except (ValueError, OSError) as error:
            # a certificate's file that cannot be read, or is none
            raise Refused(
                f"L’index « {self.address.location} » ne peut pas être demandé au cluster : "
                f"{error}. Contrôlez les variables GLOSE_OPENSEARCH_CA, _CERT et _KEY.",
                _NEVER,
            ) from error

    def refused(self, error: Exception, timeout: float = 0.0) -> Refused:
        """The same, as a sentence."""
        subject = f"L’index « {self.address.location} »"
        match error:
            case SSLError() if "WRONG_VERSION_NUMBER" in str(error):
                return Refused(
                    f"{subject} : le cluster ne parle pas TLS à ce port. Donnez celui où il le "
                    "parle, ou opensearch:// s’il n’en a pas.",
                    _NEVER,
                )
            case SSLError() if "[Errno" in _short(error):
                return Refused(
                    f"{subject} : un certificat ne se lit pas ({_short(error)}). Contrôlez les "
                    "fichiers que nomment GLOSE_OPENSEARCH_CA, _CERT et _KEY.",
                    _NEVER,
                )
            case SSLError():
                return Refused(
                    f"{subject} : le certificat du cluster n’est pas celui qu’on attend "
                    f"({_short(error)}). Donnez l’autorité qui l’a signé par GLOSE_OPENSEARCH_CA, "
                    "et le nom d’hôte que porte le certificat.",
                    _NEVER,
                )
            case ConnectionTimeout():
                return Refused(
                    f"{subject} : le cluster n’a pas répondu en {timeout:g} s. Contrôlez sa "
                    "charge, ou donnez-lui plus de temps : ?timeout=SECONDES"
                )
            case NoAnswer():
                hosts = ", ".join(f"{host}:{port}" for host, port in self.address.hosts)
                return Refused(
                    f"{subject} : le cluster ne répond pas ({hosts}). Contrôlez qu’il est lancé, "
                    f"l’adresse et le pare-feu. ({_short(error)})"
                )
            case TransportError():
                status = error.status_code if isinstance(error.status_code, int) else 0
                body = error.info if isinstance(error.info, dict) else {}
                return self.of(status, body.get("error") or error.error)
        return Refused(f"{subject} : {_short(error)}")

    def of(self, status: int, error: Any) -> Refused:
        """An error in the cluster's own words, as a sentence."""
        subject = f"L’index « {self.address.location} »"
        kinds = list(_kinds(error))
        kind = next((name for name in kinds if name in _SENTENCES), kinds[0] if kinds else "")
        reason = f"{kind}: {_reason(error)}"[:300]
        if kind in _SENTENCES:
            return Refused(f"{subject} {_SENTENCES[kind]} ({reason})", status, kind)
        if status in (401, 403):
            return Refused(
                f"{subject} : le cluster refuse cet accès. Contrôlez GLOSE_OPENSEARCH_USER, son "
                f"mot de passe et ses droits. ({reason})",
                status,
                kind,
            )
        if status == 429:
            return Refused(
                f"{subject} : le cluster est trop occupé pour répondre. Recommencez dans un "
                f"moment. ({reason})",
                status,
                kind,
            )
        if status >= 500:
            return Refused(
                f"{subject} : une partie du cluster manque, et une réponse ne serait pas entière. "
                f"Attendez qu’il se remette (GET _cluster/health). ({reason})",
                status,
                kind,
            )
        return Refused(f"{subject} : le cluster refuse cette demande. ({reason})", status, kind)

    def close(self) -> None:
        with self._making:
            if self._client is not None and self._process == os.getpid():
                self._client.close()
            self._client = None

    def _here(self) -> OpenSearch:
        # connections are not to be shared with the process that this one was forked from
        if self._client is None or self._process != os.getpid():
            with self._making:
                if self._client is None or self._process != os.getpid():
                    self._client = self._made()
                    self._process = os.getpid()
        return self._client

    def _made(self) -> OpenSearch:
        address, identity = self.address, self.address.identity
        secure: dict[str, Any] = {}
        if address.secure:
            secure = {
                "verify_certs": True,
                "ssl_assert_hostname": None,
                "ca_certs": identity.authority or None,
                "client_cert": identity.certificate or None,
                "client_key": identity.key or None,
            }
        return OpenSearch(
            hosts=[{"host": host, "port": port} for host, port in address.hosts],
            http_auth=(identity.user, identity.password) if identity.user else None,
            use_ssl=address.secure,
            http_compress=False,
            pool_maxsize=_CONNECTIONS,
            # another host is asked when one does not answer; what a host says is ours to judge
            max_retries=len(address.hosts),
            retry_on_status=(),
            retry_on_timeout=False,
            **secure,
        )


# What a cluster says by a name of its own, and what is to be done about it.
_SENTENCES = {
    "cluster_block_exception": "est fermé en écriture : le disque d’un nœud est presque plein, ou "
    "quelqu’un l’a fermé. Libérez de la place, puis rouvrez-le : PUT NOM/_settings "
    '{"index.blocks.read_only_allow_delete": null}.',
    "index_not_found_exception": ": le cluster ne le connaît pas, ou ne le connaît plus.",
    "search_context_missing_exception": ": l’état qu’on lisait n’est plus tenu par le cluster.",
    "cluster_manager_not_discovered_exception": ": le cluster n’a pas de chef. Contrôlez que la "
    "majorité de ses nœuds est debout.",
    "no_shard_available_action_exception": ": une part de l’index n’est sur aucun nœud debout. "
    "Relancez le nœud qui manque, ou restaurez une copie avec glose restore.",
    "too_many_clauses": ": la question a trop de mots pour le cluster. Donnez des mots plus longs, "
    "ou relevez indices.query.bool.max_clause_count.",
    "too_many_nested_clauses": ": la question a trop de mots pour le cluster. Donnez des mots plus "
    "longs, ou relevez indices.query.bool.max_clause_count.",
    "circuit_breaking_exception": ": le cluster manque de mémoire pour cette demande. Recommencez "
    "dans un moment, ou donnez-lui plus de mémoire.",
    "script_exception": ": le cluster a refusé le compte des articles. Il lui faut le module "
    "lang-painless et le droit d’exécuter des scripts.",
}


def _kinds(error: Any) -> Iterable[str]:
    """The names of an error and of its causes, the deepest causes last."""
    if isinstance(error, str):
        yield error
    if isinstance(error, Mapping):
        if isinstance(error.get("type"), str):
            yield error["type"]
        for name in ("root_cause", "caused_by", "failed_shards", "reason"):
            inner = error.get(name)
            for cause in inner if isinstance(inner, list) else [inner]:
                if isinstance(cause, Mapping):
                    yield from _kinds(cause)


def _reason(error: Any) -> str:
    if isinstance(error, Mapping):
        return str(error.get("reason") or error.get("type") or error)
    return str(error)


def _short(error: Exception) -> str:
    return str(getattr(error, "error", None) or error)[:200]


def _parameter(value: object) -> object:
    return str(value).lower() if isinstance(value, bool) else value

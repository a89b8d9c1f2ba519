"""How is a cluster asked?

By opensearchpy's client, which knows TLS and hosts that come and go. Every answer is JSON; every
fault leaves as `Refused`, with the sentence an operator reads (see `refusals`).
"""

from __future__ import annotations

import logging
import os
import re
import threading
from base64 import b64encode
from collections.abc import Mapping
from typing import Any

import orjson
from opensearchpy import OpenSearch
from opensearchpy.exceptions import OpenSearchException
from opensearchpy.serializer import JSONSerializer

from index.engines.opensearch import refusals
from index.engines.opensearch.address import Address, Identity
from index.engines.opensearch.refusals import Refused

_JSON = {"content-type": "application/json"}
_LINES = {"content-type": "application/x-ndjson"}
# Connections kept open to each host: threads of a server, and two of a loading.
_CONNECTIONS = 16

# What only the cluster's manager answers. A cluster that has none says so after 30 s, unless told.
_MANAGED = re.compile(
    r"/[^_/][^/]*(/_mapping|/_settings)?|/_aliases|/_cluster/health/.+|/_snapshot/.+"
)

# it writes each refused request to the log, with its body: what readers ask is nobody's business
logging.getLogger("opensearch").setLevel(logging.CRITICAL)


class Client:
    """One cluster, shared between threads; made anew in a process that was forked."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self.trips = 0
        self._making = threading.Lock()
        self._process = 0
        self._client: OpenSearch | None = None

    @property
    def longest_wait(self) -> str:
        """The time a cluster may wait for a part that is missing: it answers before we give up."""
        return f"{int(self.address.options.timeout * 800)}ms"

    def get(self, path: str, **params: Any) -> Answer:
        return self.request("GET", path, params)

    def put(self, path: str, body: object = None, **params: Any) -> Answer:
        return self.request("PUT", path, params, body)

    def post(self, path: str, body: object = None, **params: Any) -> Answer:
        return self.request("POST", path, params, body)

    def delete(self, path: str, body: object = None, **params: Any) -> Answer:
        return self.request("DELETE", path, params, body)

    def indices(self, path: str, **params: Any) -> dict[str, dict[str, Any]]:
        """Ask for something of each of some indices; the answers by name. Raises Refused."""
        answer = self.get(path, **params)
        if not all(isinstance(content, dict) for content in answer.values()):
            raise self.foreign(answer)
        return dict(answer)

    def request(
        self, method: str, path: str, params: Mapping[str, Any], body: object = None
    ) -> Answer:
        """One trip; a body of bytes is lines of JSON. Raises Refused."""
        lines = isinstance(body, bytes)
        payload = body if lines or body is None else orjson.dumps(body)
        timeout = params.get("_timeout", self.address.options.timeout)
        if "filter_path" in params:
            # what is wrong is told whole
            params = {**params, "filter_path": f"{params['filter_path']},error,status"}
        if _MANAGED.fullmatch(path):
            params = {"cluster_manager_timeout": self.longest_wait, **params}
        self.trips += 1
        try:
            content = self._in_this_process().transport.perform_request(
                method,
                path,
                params={name: _parameter(value) for name, value in params.items() if name[0] != "_"}
                | {"request_timeout": timeout},
                body=payload,
                headers=_LINES if lines else _JSON,
            )
        except OpenSearchException as error:
            raise refusals.refused(self.address, error, timeout) from error
        except (ValueError, OSError) as error:
            raise refusals.unreadable(self.address, error) from error
        if not isinstance(content, dict):
            raise self.foreign(content)
        return Answer(self, content)

    def foreign(self, content: object) -> Refused:
        """The error for an answer that OpenSearch would not give."""
        return refusals.foreign(self.address, 200, str(content))

    def of(self, status: int, error: Any) -> Refused:
        """An error in the cluster's own words, as a sentence."""
        return refusals.answered(self.address, status, error)

    def close(self) -> None:
        with self._making:
            if self._client is not None and self._process == os.getpid():
                self._client.close()
            self._client = None

    def _in_this_process(self) -> OpenSearch:
        # connections are not to be shared with the process that this one was forked from
        if self._client is None or self._process != os.getpid():
            with self._making:
                if self._client is None or self._process != os.getpid():
                    self._client = self._new_client()
                    self._process = os.getpid()
        return self._client

    def _new_client(self) -> OpenSearch:
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
            hosts=[
                {"host": host, "port": port, "url_prefix": address.prefix}
                for host, port in address.hosts
            ],
            headers=_authorization(identity),
            serializer=_Answers(),
            use_ssl=address.secure,
            http_compress=False,
            pool_maxsize=_CONNECTIONS,
            # another host is asked when one does not answer; what a host says is ours to judge
            max_retries=len(address.hosts),
            retry_on_status=(),
            retry_on_timeout=False,
            **secure,
        )


class Answer(dict[str, Any]):
    """The JSON answer of a cluster. A name that it lacks, and that OpenSearch always gives, raises
    Refused: a proxy, or another program, answers in its place."""

    def __init__(self, client: Client, content: Mapping[str, Any]) -> None:
        super().__init__(content)
        self._client = client

    def __missing__(self, name: str) -> Any:
        raise self._client.foreign(dict(self))


class _Answers(JSONSerializer):
    """Reads answers, of a hundred kilobytes, with orjson."""

    def loads(self, s: str) -> Any:
        try:
            return orjson.loads(s)
        except orjson.JSONDecodeError:
            return super().loads(s)


def _authorization(identity: Identity) -> dict[str, str]:
    """Who we are, in UTF-8 as OpenSearch reads it; the client itself would say it in Latin-1.

    >>> _authorization(Identity("rédaction", "10 €"))
    {'authorization': 'Basic csOpZGFjdGlvbjoxMCDigqw='}
    """
    if not identity.user:
        return {}
    credentials = f"{identity.user}:{identity.password}"
    return {"authorization": f"Basic {b64encode(credentials.encode()).decode()}"}


def _parameter(value: object) -> object:
    return str(value).lower() if isinstance(value, bool) else value

"""Where is the cluster, who are we to it, and under which name does it keep the index?

    opensearch://host:9200/presse
    opensearch+https://one:9200,two:9200/presse?shards=6&replicas=1
    opensearch+https://proxy/recherche/presse

The address says where; who we are, which nobody should read in a list of processes, is said by
the environment: GLOSE_OPENSEARCH_USER, _PASSWORD or _PASSWORD_FILE; _CA, the authority's
certificate; _CERT and _KEY, our own.
"""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from urllib.parse import parse_qsl, urlsplit

from index.engines import faults
from index.engines.faults import IndexUnavailable

_NO_HOST = "il faut un hôte, ou plusieurs séparés par des virgules : hôte:port"
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}")
_PREFIX = re.compile(r"[\w.~/-]*", re.ASCII)
_PORT = 9200
_VARIABLE = "GLOSE_OPENSEARCH_"


@dataclass(frozen=True, slots=True)
class Options:
    """The options of an index, which may be given after a `?` of its address.

    shards, replicas: of an index that is made; 0 and -1 leave them as they are, or 1. timeout:
    seconds a request may take. follow: seconds during which what others commit may go unseen.
    patience: seconds during which a cluster that is too busy to write is asked again.
    """

    shards: int = 0
    replicas: int = -1
    timeout: float = 30.0
    follow: float = 1.0
    patience: float = 600.0


@dataclass(frozen=True, slots=True)
class Identity:
    """The name and password sent to a cluster, and who must certify it; empty for none."""

    user: str = ""
    password: str = ""
    authority: str = ""
    certificate: str = ""
    key: str = ""

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> Self:
        """As the environment says it. Raises OSError for a file of a password."""
        variables = {
            name: environment.get(_VARIABLE + name, "")
            for name in ("USER", "PASSWORD", "PASSWORD_FILE", "CA", "CERT", "KEY")
        }
        password = variables["PASSWORD"]
        if variables["PASSWORD_FILE"]:
            password = Path(variables["PASSWORD_FILE"]).read_text().rstrip("\r\n")
        return cls(
            variables["USER"], password, variables["CA"], variables["CERT"], variables["KEY"]
        )


@dataclass(frozen=True, slots=True)
class Address:
    """A cluster, and the name of an index there; prefix: of its paths, behind a proxy.

    >>> address = parse("opensearch://one:9201,two/presse?shards=3", {})
    >>> address.hosts, address.name, address.options.shards, address.secure
    ((('one', 9201), ('two', 9200)), 'presse', 3, False)
    >>> behind = parse("opensearch://one/outils/recherche/presse", {})
    >>> behind.prefix, behind.name
    ('outils/recherche', 'presse')
    """

    location: str
    hosts: tuple[tuple[str, int], ...]
    prefix: str
    name: str
    secure: bool
    options: Options
    identity: Identity


def parse(location: str, environment: Mapping[str, str] = os.environ) -> Address:
    """The address that a location says. Raises IndexUnavailable with what is wrong in it."""
    if "@" in location:
        # it would be read in lists of processes, and in every sentence about this index
        raise _wrong(
            location,
            "le nom et le mot de passe se donnent par GLOSE_OPENSEARCH_USER et "
            "GLOSE_OPENSEARCH_PASSWORD, jamais dans l’adresse",
        )
    if "#" in location:
        raise _wrong(
            location, "une adresse d’index n’a pas de « # » ; les réglages suivent un « ? »"
        )
    try:
        parts = urlsplit(location)
    except ValueError:  # [::1, h＠
        raise _wrong(location, _NO_HOST) from None
    prefix, _, name = parts.path.strip("/").rpartition("/")
    if not _NAME.fullmatch(name) or not _PREFIX.fullmatch(prefix):
        raise _wrong(
            location,
            "le nom de l’index, qui finit l’adresse, s’écrit en minuscules sans accent, chiffres, "
            "-, _ et points",
        )
    try:
        identity = Identity.of(environment)
    except (OSError, ValueError) as error:
        raise _wrong(location, f"le fichier du mot de passe ne se lit pas ({error})") from error
    if identity.password and not identity.user:
        raise _wrong(location, "un mot de passe est donné, et nul nom : GLOSE_OPENSEARCH_USER")
    if ":" in identity.user:
        raise _wrong(location, "GLOSE_OPENSEARCH_USER est un nom sans deux-points ni mot de passe")
    if identity.key and not identity.certificate:
        raise _wrong(location, "une clé est donnée, et nul certificat : GLOSE_OPENSEARCH_CERT")
    address = Address(
        location,
        tuple(_host(location, host) for host in parts.netloc.split(",")),
        prefix,
        name,
        parts.scheme == "opensearch+https",
        _options(location, parts.query),
        identity,
    )
    if (
        identity.password
        and not address.secure
        and not all(_is_local(host) for host, _ in address.hosts)
    ):
        raise _wrong(
            location,
            "un mot de passe ne part pas en clair sur le réseau : écrivez opensearch+https://",
        )
    return address


def _host(location: str, text: str) -> tuple[str, int]:
    try:
        parts = urlsplit(f"//{text.strip()}")
        host, port = parts.hostname, _PORT if parts.port is None else parts.port
    except ValueError:
        host = None
    if not host or not port:
        raise _wrong(location, _NO_HOST)
    return host, port


def _options(location: str, query: str) -> Options:
    kinds = {"shards": int, "replicas": int, "timeout": float, "follow": float, "patience": float}
    least = {"shards": 1, "timeout": 0.1}
    options: dict[str, float] = {}
    # what follows is not one of ours, perhaps: a password that some programs take there
    address = location.partition("?")[0]
    for name, value in parse_qsl(query, keep_blank_values=True):
        if name not in kinds:
            raise _wrong(address, f"« {name} » : les réglages sont {', '.join(kinds)}")
        if name in options:
            raise _wrong(address, f"« {name} » est donné deux fois")
        try:
            options[name] = kinds[name](value)
        except ValueError:
            raise _wrong(address, f"« {name}={value} » : il y faut un nombre") from None
        if not least.get(name, 0) <= options[name] <= 10_000:
            raise _wrong(address, f"« {name}={value} » : de {least.get(name, 0)} à 10000")
    return Options(**options)  # type: ignore[arg-type]


def _is_local(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _wrong(location: str, why: str) -> IndexUnavailable:
    return IndexUnavailable(f"« {faults.shown(location)} » : {why}.")

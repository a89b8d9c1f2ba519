"""What does TLS refuse of a connection, on one side or the other, and who can mend it?"""

from __future__ import annotations

import ssl
from typing import Any

from index.engines.opensearch.address import Address

# Why OpenSSL refuses a certificate: X509_V_ERR_… of its x509_vfy.h.
_EXPIRED, _NOT_YET = 10, 9
_UNSIGNED, _NAMED_OTHERWISE = frozenset({2, 18, 19, 20, 21}), frozenset({62, 64})
# What OpenSSL reads where the other end does not speak TLS, by its version.
_PLAIN = ("WRONG_VERSION_NUMBER", "PACKET_LENGTH_TOO_LONG", "HTTP_REQUEST")
# The alerts of a server that wants a certificate of ours, or does not take the one it got.
_OUR_TLS = (
    "CERTIFICATE_REQUIRED",
    "HANDSHAKE_FAILURE",
    "BAD_CERTIFICATE",
    "ALERT_UNKNOWN_CA",
    "CERTIFICATE_EXPIRED",
    "CERTIFICATE_UNKNOWN",
)


def insecure(address: Address, error: Any) -> tuple[str, bool]:
    """Return the sentence for what TLS refuses, and whether it may accept it a moment later."""
    cause = _ssl_cause(error)
    short = str(error.error or error)[:200]
    if isinstance(cause, ssl.SSLEOFError) or "UNEXPECTED_EOF" in short:
        # as a node that dies does, which another may replace
        advice = (
            "le cluster a coupé une connexion TLS. Contrôlez qu’il est debout, et que ce port "
            "parle TLS."
        )
        return f"{advice} ({short})", True
    if any(name in short for name in _PLAIN):
        advice = (
            "le cluster ne parle pas TLS à ce port. Donnez celui où il le parle, ou opensearch:// "
            "s’il n’en a pas."
        )
    elif "[Errno" in short or "[X509" in short or "[PEM" in short or "is encrypted" in short:
        return unreadable(error), False
    elif any(name in short for name in _OUR_TLS) and "alert" in short.lower():
        advice = (
            "le cluster veut un certificat de client, ou n’accepte pas le nôtre. Demandez-en un à "
            "qui tient le cluster, et donnez-le par GLOSE_OPENSEARCH_CERT et _KEY."
        )
    else:
        code = cause.verify_code if isinstance(cause, ssl.SSLCertVerificationError) else 0
        advice = _certificate(address, code)
    return f"{advice} ({short})", False


def unreadable(error: Exception) -> str:
    """Return the sentence for a file of a certificate or of a key that is none, or closed to us."""
    return (
        f"un certificat ou une clé ne se lit pas ({str(error)[:200]}). Contrôlez les fichiers que "
        "nomment GLOSE_OPENSEARCH_CA, _CERT et _KEY, et que Glose a le droit de les lire."
    )


def _certificate(address: Address, code: int) -> str:
    """What is wrong with the cluster's certificate, and who can mend it."""
    authority = address.identity.authority
    if code == _EXPIRED:
        return (
            "le certificat du cluster, ou celui de son autorité, a expiré. C’est à qui tient le "
            "cluster de le renouveler ; contrôlez aussi l’heure de cette machine."
        )
    if code == _NOT_YET:
        return (
            "le certificat du cluster n’est pas encore valable. Contrôlez l’heure de cette "
            "machine, puis demandez à qui tient le cluster."
        )
    if code in _NAMED_OTHERWISE:
        return (
            "le certificat du cluster n’est pas à ce nom. Donnez dans l’adresse un nom d’hôte "
            "qu’il porte, ou demandez à qui tient le cluster d’y ajouter celui-ci."
        )
    if code in _UNSIGNED and authority:
        return (
            "le certificat du cluster n’est pas signé par l’autorité que nomme "
            f"GLOSE_OPENSEARCH_CA ({authority}). Demandez à qui tient le cluster le certificat de "
            "son autorité, et donnez-le à la place."
        )
    if code in _UNSIGNED:
        return (
            "le certificat du cluster n’est pas signé par une autorité connue d’ici. Demandez à "
            "qui tient le cluster le certificat de son autorité, et donnez-le par "
            "GLOSE_OPENSEARCH_CA."
        )
    return (
        "le certificat du cluster n’est pas celui qu’on attend. Donnez l’autorité qui l’a signé "
        "par GLOSE_OPENSEARCH_CA, et le nom d’hôte que porte le certificat."
    )


def _ssl_cause(error: Any) -> object:
    """What Python's ssl raised, under what urllib3 and the client made of it."""
    inner: Any = error.info
    while isinstance(inner, Exception) and not isinstance(inner, ssl.SSLError):
        inner = inner.args[0] if inner.args else None
    return inner

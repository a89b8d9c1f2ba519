"""How is the search page served?

A door: it opens the index, takes the port, and runs a production server. What cannot work
is said before anything starts.
"""

from __future__ import annotations

import errno
import ipaddress
import os
import socket
import sys
from pathlib import Path
from typing import Any

import click
import flask

from index import engines
from index.answering import state
from index.doors.options import (
    listening_options,
    number_option,
    synonyms_option,
    where_option,
)
from index.question.synonyms import load
from webui import create_app, server
from webui.locale import Tongue
from webui.refusals import Refused
from webui.server import Size
from webui.serving import Metrics, proxies

_BACKLOG = 1024


def _public_url(_: click.Context, __: click.Parameter, value: str | None) -> str:
    if not value:
        return ""
    try:
        scheme, host, path = proxies.public_parts(value)
    except ValueError as error:
        raise click.BadParameter("une adresse http:// ou https://, sans ? ni #") from error
    return f"{scheme}://{host}{path}"


def _metrics_token(file: Path | None) -> str:
    if file is None:
        return os.environ.get("GLOSE_METRICS_TOKEN", "").strip()
    try:
        token = file.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(f"{file} : ce jeton ne peut pas être lu ({error})") from error
    if not token:
        raise Refused(f"{file} : ce fichier est vide, et /metrics demande un jeton")
    return token


@click.command("serve")
@where_option
@listening_options
@number_option("--workers", 1, click.IntRange(1, 64), "Nombre de processus.")
@number_option(
    "--threads", 4, click.IntRange(1, 256), "Questions traitées à la fois par processus."
)
@number_option(
    "--waiting",
    100,
    click.IntRange(0, 1000),
    "Questions qui attendent leur tour par processus ; les autres sont refusées "
    "(503, Retry-After).",
)
@number_option(
    "--budget",
    10.0,
    click.FloatRange(0.1, 300),
    "Secondes accordées à une question, attente comprise.",
)
@number_option(
    "--rate",
    0,
    click.IntRange(0, 100_000),
    "Questions par minute d’un même client, pour chaque processus ; 0 : sans limite.",
)
@click.option(
    "--log",
    is_flag=True,
    help="Écrire une ligne JSON par réponse sur la sortie d’erreur, sans la question "
    "ni l’adresse de qui la pose.",
)
@click.option("--log-questions", is_flag=True, help="Comme --log, avec le texte des questions.")
@click.option(
    "--trusted-host",
    "trusted",
    multiple=True,
    metavar="NOM",
    help="Ne répondre que sous ce nom (répétable).",
)
@number_option(
    "--proxy-hops",
    0,
    click.IntRange(0, 8),
    "Nombre de mandataires (proxies) à croire devant ce service.",
)
@click.option(
    "--public-url",
    metavar="ADRESSE",
    callback=_public_url,
    help="L’adresse sous laquelle ce service est connu (https://site.example/recherche) : celle "
    "des fils et des liens absolus. Sans elle, ils prennent le nom que donne la requête.",
)
@click.option(
    "--metrics-token-file",
    "token_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FICHIER",
    help="Le jeton que /metrics demande (Authorization: Bearer), ou $GLOSE_METRICS_TOKEN ; "
    "sans jeton, /metrics est fermé.",
)
@synonyms_option
def serve_command(
    location: str, host: str, port: int, workers: int, threads: int, waiting: int,
    budget: float, rate: int, log: bool, log_questions: bool, trusted: tuple[str, ...],
    proxy_hops: int, public_url: str, token_file: Path | None, synonyms: Path | None,
) -> None:  # fmt: skip
    """Servir la page de recherche et l’interface JSON."""
    # opened here only to refuse early: each process opens its own
    engine = engines.open(location)
    index_state = state(engine.reader())
    engine.close()
    listening = _listen(host, port)
    address = _address(host, listening.getsockname()[1])
    say = Tongue("fr")
    click.echo(
        say(
            "serving", articles=index_state.articles, comments=index_state.comments, address=address
        )
    )
    if not index_state.articles:
        click.echo(say("serving_empty", location=location))
    sys.stdout.flush()
    options: dict[str, Any] = {
        "PROXY_HOPS": proxy_hops,
        "PUBLIC_URL": public_url,
        "METRICS_TOKEN": _metrics_token(token_file),
        "AT_ONCE": threads,
        "WAITING": waiting,
        "BUDGET": budget,
        "RATE": rate,
        "LOG_REQUESTS": log or log_questions,
        "LOG_QUESTIONS": log_questions,
    }
    if synonyms is not None:
        options["SYNONYMS"] = load(synonyms)
    if trusted:
        options["TRUSTED_HOSTS"] = list(trusted)

    def application(metrics: Metrics) -> flask.Flask:
        return create_app(engines.open(location), METRICS=metrics, **options)

    server.run(application, listening, Size(workers, threads, waiting, budget, proxy_hops > 0))


def _listen(host: str, port: int) -> socket.socket:
    """The socket, taken before the server starts so that a taken port is one sentence."""
    say = Tongue("fr")
    try:
        places = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, protocol, _, place = places[0]
        listening = socket.socket(family, kind, protocol)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(place)
        listening.listen(_BACKLOG)
    except socket.gaierror as error:
        raise Refused(say("serve_bad_host", host=host)) from error
    except OSError as error:
        reasons = {
            errno.EADDRINUSE: "serve_taken",
            errno.EACCES: "serve_forbidden",
            errno.EADDRNOTAVAIL: "serve_bad_host",
        }
        reason = reasons.get(error.errno or 0)
        if reason is None:
            raise
        raise Refused(say(reason, host=host, port=str(port))) from error
    return listening


def _address(host: str, port: int) -> str:
    """
    >>> _address("0.0.0.0", 80), _address("::1", 8000)
    ('http://127.0.0.1:80/', 'http://[::1]:8000/')
    """
    try:
        ip = ipaddress.ip_address(host)
    except ValueError:
        return f"http://{host}:{port}/"
    if ip.is_unspecified:
        host = "127.0.0.1" if ip.version == 4 else "::1"
    return f"http://[{host}]:{port}/" if ip.version == 6 else f"http://{host}:{port}/"


COMMANDS: tuple[click.Command, ...] = (serve_command,)

"""Is a configuration file right, what does it make of the commands, and what may it hold?

`config`: a door. The commands are handed in, since those of other rooms are among them.
"""

from __future__ import annotations

import datetime
import json
import os
import re
import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from index.doors.configuration import (
    CLUSTER,
    SHARED,
    TABLES,
    VARIABLE,
    Commands,
    Configuration,
    key_of,
    load,
    parameters,
)

_WIDTH = 96
# What a key may hold, where its default says nothing: an example, which is checked.
_EXAMPLES: dict[str, Any] = {
    "index": "/var/lib/glose/index",
    "synonyms": "/etc/glose/synonymes.txt",
    "trusted-host": ["recherche.exemple.fr"],
    "public-url": "https://recherche.exemple.fr",
    "metrics-token-file": "/etc/glose/metrics",
    "sources": ["/srv/articles", "https://journal.exemple.fr"],
    "captured": datetime.date(2026, 11, 28),
    "format": "html",
    "adapters": "/etc/glose/adaptateurs.toml",
    "published": ["prepa"],
    "columns": ["titre=Titre,texte=Contenu"],
    "timezone": "Europe/Paris",
    "day-order": "jour-mois",
    "site": "https://journal.exemple.fr",
    "source": "le-site",
    "folder": "/srv/articles",
    "questions": "/etc/glose/veille.toml",
    "state": "/var/lib/glose/veille.state.json",
    "target": "/srv/copies",
    "keep": 14,
}


def commands(command_of: Commands) -> tuple[click.Command, ...]:
    """The commands of this door, over those that a file configures."""
    return (_config_command(command_of),)


def _config_command(command_of: Commands) -> click.Command:
    @click.command("config")
    @click.argument(
        "path",
        metavar="[FICHIER]",
        required=False,
        envvar=VARIABLE,
        type=click.Path(dir_okay=False, path_type=Path),
    )
    @click.option(
        "--check", is_flag=True, help="Contrôler FICHIER : c’est ce qui se fait sans option."
    )
    @click.option(
        "--show",
        is_flag=True,
        help="Montrer ce que FICHIER et l’environnement donnent à chaque commande, sans secret.",
    )
    @click.option("--example", is_flag=True, help="Montrer tout ce qu’un fichier peut contenir.")
    def config_command(path: Path | None, check: bool, show: bool, example: bool) -> None:
        """Contrôler un fichier de configuration (TOML), que toute commande prend par --config.

        Le fichier a une table par commande : [serve], [index], [watch], [alert], [backup] ; ce
        qui vaut pour toutes est sous [all]. La ligne de commande l’emporte sur l’environnement,
        et l’environnement sur le fichier.
        """
        if example:
            click.echo(example_of(command_of), nl=False)
            return
        if path is None:
            raise click.UsageError(f"il manque FICHIER, ou ${VARIABLE}")
        configuration = load(path, command_of, None)
        if show:
            for line in shown_lines(configuration, command_of):
                click.echo(line)
        if check or not show:
            click.echo(f"« {path} » : rien à redire.", err=show)

    return config_command


def shown_lines(configuration: Configuration, command_of: Commands) -> Iterator[str]:
    """Yield the lines of a TOML of what each command would be given, and where it comes from."""
    for table in TABLES:
        command = command_of(table)
        values = configuration.of(command)
        yield f"[{table}]"
        for parameter in parameters(command):
            name = str(parameter.name)
            value: Any = os.environ.get(str(parameter.envvar)) if parameter.envvar else None
            if value:
                origin = f"${parameter.envvar}"
            elif name in values:
                line = configuration.lines.get((table, name))
                value, origin = values[name], f"ligne {line}" if line else "[all]"
            else:
                value, origin = parameter.get_default(click.Context(command)), "par défaut"
            if isinstance(value, bool | int | float | str | list):
                yield f"{key_of(parameter)} = {_toml(_without_secret(value))}  # {origin}"
            elif isinstance(value, dict):
                yield f"# {', '.join(value)} : ici même"
        yield ""
    yield "[opensearch]"
    for key, variable in CLUSTER.items():
        if variable in os.environ:
            yield f"{key} = {_toml(os.environ[variable])}  # ${variable}"
        elif variable in configuration.cluster:
            yield f"{key} = {_toml(configuration.cluster[variable])}"
    for secret in ("GLOSE_OPENSEARCH_PASSWORD", "GLOSE_METRICS_TOKEN", "GLOSE_SMTP_PASSWORD"):
        if os.environ.get(secret):
            yield f"# ${secret} est donné par l’environnement"


def _without_secret(value: Any) -> Any:
    if isinstance(value, str):
        return re.sub(r"(?<=://)\S*@", "…@", value)
    return [_without_secret(item) for item in value] if isinstance(value, list) else value


def _toml(value: Any) -> str:
    """
    >>> _toml(["été", 'a"b']), _toml(True), _toml(datetime.date(2026, 11, 28))
    ('["été", "a\\\\"b"]', 'true', '2026-11-28')
    """
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def example_of(command_of: Commands) -> str:
    """A file that holds every key, each behind a #, with its help and its default or an example."""
    lines = [
        "# Tout ce qu’un fichier de configuration de Glose peut contenir (glose config --example).",
        "# Ôtez le # devant une clef pour la donner. La ligne de commande l’emporte sur",
        "# l’environnement, et lui sur ce fichier. Un chemin relatif l’est à ce fichier.",
        "# Un secret n’est jamais ici : il est dans un fichier à lui, ou dans l’environnement.",
        "",
        "# Ce qui vaut pour toutes les commandes.",
        "[all]",
        *_keys([p for p in parameters(command_of("serve")) if key_of(p) in SHARED]),
    ]
    for table in TABLES:
        command = command_of(table)
        lines += [f"# glose {table} : {command.get_short_help_str(200)}", f"[{table}]"]
        command_parameters = [
            parameter for parameter in parameters(command) if key_of(parameter) not in SHARED
        ]
        lines += _keys(command_parameters)
        if table == "alert":
            lines += [*_INLINE_EXAMPLE, ""]
    lines += ["# Qui l’on est pour un cluster OpenSearch.", "[opensearch]"]
    lines += [f"# {key} = {_toml(value)}" for key, value in _CLUSTER_EXAMPLE.items()]
    return "\n".join(lines) + "\n"


def _keys(parameters: Sequence[click.Parameter]) -> Iterator[str]:
    for parameter in parameters:
        description = (
            getattr(parameter, "help", None) or f"L’argument {parameter.make_metavar(_NOWHERE)}."
        )
        yield from (
            f"# {line}" for line in textwrap.wrap(description, _WIDTH - 2, break_on_hyphens=False)
        )
        yield f"# {key_of(parameter)} = {_toml(_example(parameter))}"
        yield ""


_NOWHERE = click.Context(click.Command("glose"))


def _example(parameter: click.Parameter) -> Any:
    key = key_of(parameter)
    if key in _EXAMPLES:
        return _EXAMPLES[key]
    default = parameter.get_default(_NOWHERE)
    return default if isinstance(default, bool | int | float | str) else False


_INLINE_EXAMPLE = """\
# Les questions peuvent aussi tenir ici, plutôt que dans un fichier à elles : address, puis
# [[alert.question]] et [alert.mail], comme dans SERVICE.md.
""".splitlines()
_CLUSTER_EXAMPLE = {
    "user": "glose",
    "password-file": "/etc/glose/opensearch",
    "ca": "/etc/glose/autorite.pem",
    "cert": "/etc/glose/glose.pem",
    "key": "/etc/glose/glose.key",
}

"""What does the page of the command line say? (click's own commands)"""

from __future__ import annotations

import re
from collections.abc import Iterator

import click

from from_code.markdown import code, table
from glose import main


def commands() -> Iterator[tuple[str, click.Command]]:
    """Give each command with its name, in the order of `glose --help`."""
    context = click.Context(main)
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        assert command is not None
        yield name, command


def commands_page() -> str:
    """The command line."""
    blocks = [
        "# La ligne de commande",
        "Toutes les commandes s’écrivent `glose COMMANDE`, et `glose COMMANDE --help` dit ce qui "
        "suit. Elles partagent leurs codes de sortie : 0, tout va bien ; 1, quelque chose a été "
        "laissé de côté ou n’est pas sain ; 2, mauvais usage.",
    ]
    for name, command in commands():
        blocks += [f"## glose {name}", *_about(name, command)]
    blocks += ["## Variables d’environnement", _variables()]
    return "\n\n".join(blocks)


def _about(name: str, command: click.Command) -> Iterator[str]:
    context = click.Context(command, info_name=f"glose {name}")
    pieces = command.collect_usage_pieces(context)
    yield f"```text\nglose {name} {' '.join(pieces)}\n```"
    yield from (_plain(paragraph) for paragraph in (command.help or "").split("\n\n"))
    rows = [row for option in command.params if (row := _option(option, context)) is not None]
    if rows:
        yield table(["option", "ce qu’elle fait", "par défaut"], rows)


def _option(option: click.Parameter, context: click.Context) -> list[str] | None:
    if not isinstance(option, click.Option) or option.hidden:
        return None
    metavar = "" if option.is_flag or option.count else " " + option.make_metavar(context)
    names = ", ".join(option.opts)
    # a long list of choices is said below the name, not in it
    shown = code(names + metavar) if len(metavar) < 60 else code(names)
    says = _plain(option.help or "")
    if len(metavar) >= 60:
        says += " " + ", ".join(map(code, metavar.strip(" []").split("|")))
    if option.required:
        says += " Nécessaire."
    return [shown, says, code(_default(option))]


def _default(option: click.Option) -> str:
    variable = f"${option.envvar}" if option.envvar else ""
    default = option.default
    if option.is_flag or not isinstance(default, str | int | float) or isinstance(default, bool):
        return variable
    return f"{variable}, {default}" if variable else str(default)


def _plain(text: str) -> str:
    """Return a help text, what stars and brackets mean to Markdown taken from it."""
    one_line = " ".join(text.split())
    escaped = re.sub(r"([*<>\[\]_])", r"\\\1", one_line)
    return escaped.replace("FORMAT.md", "[](formats.md)")


def variables() -> dict[str, str]:
    """The variables that options take their value from, with what the option says."""
    return {
        str(option.envvar): _plain(option.help or "")
        for _, command in commands()
        for option in command.params
        if isinstance(option, click.Option) and option.envvar
    }


_OTHERS = {
    "GLOSE_METRICS_TOKEN": "Le jeton que `/metrics` demande ; voir `--metrics-token-file`.",
    "GLOSE_SMTP_PASSWORD": "Le mot de passe du serveur de courriel de `glose alert --mail`.",
    "GLOSE_OPENSEARCH_*": "Qui l’on est pour un cluster : [](../guides/cluster.md).",
}


def _variables() -> str:
    rows = [[code(name), says] for name, says in (variables() | _OTHERS).items()]
    return table(["variable", "ce qu’elle dit"], rows)

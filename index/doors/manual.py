"""What is the manual page of these commands, as man(1) reads it?

One page for all, in the language of their help. Other characters than ASCII are named, so that the
page is the same whatever groff takes its input for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from importlib.metadata import version

import click

_EXITS = (
    ("0", "Tout va bien."),
    ("1", "Quelque chose a été sauté, manque, ou n’est pas sain."),
    ("2", "Mauvais usage."),
)
_SECRETS = {
    "GLOSE_METRICS_TOKEN": "Le jeton que /metrics demande, sans fichier.",
    "GLOSE_SMTP_PASSWORD": "Le mot de passe du serveur d’envoi, sans fichier.",
    "GLOSE_OPENSEARCH_USER": "Qui l’on est pour un cluster ; de même _PASSWORD_FILE, _PASSWORD, "
    "_CA, _CERT, _KEY.",
}


def page(main: click.Group) -> str:
    """The page, in the macros of man, ASCII only."""
    return "".join(f"{line}\n" for line in _lines(main))


def _lines(main: click.Group) -> Iterator[str]:
    context = click.Context(main, info_name="glose")
    yield '.\\" made by "glose man": "make man"'
    yield f'.TH GLOSE 1 "" "Glose {version("glose")}" "Commandes de Glose"'
    # a long name leaves too few blanks to stretch, and hyphens would spoil what is copied
    yield ".ad l"
    yield ".nh"
    yield ".SH NOM"
    yield f"glose \\- {_text(main.get_short_help_str(200)).rstrip('.')}"
    yield ".SH SYNOPSIS"
    yield ".B glose"
    yield ".I COMMANDE"
    yield ".RI [ OPTIONS ]"
    yield ".SH DESCRIPTION"
    yield from _paragraphs(main.help or "")
    yield ".SH COMMANDES"
    variables: dict[str, str] = {}
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        assert command is not None
        yield from _command(command, click.Context(command, info_name=name, parent=context))
        variables |= _variables(command)
    yield ".SH ENVIRONNEMENT"
    for variable, description in sorted((variables | _SECRETS).items()):
        yield from _item(f"\\fB{_text(variable)}\\fR", description)
    yield '.SH "CODES DE SORTIE"'
    for code, meaning in _EXITS:
        yield from _item(code, meaning)


def _command(command: click.Command, context: click.Context) -> Iterator[str]:
    arguments = [
        parameter.make_metavar(context)
        for parameter in command.params
        if isinstance(parameter, click.Argument)
    ]
    yield f'.SS "glose {_text(" ".join([str(command.name), *arguments]))}"'
    yield from _paragraphs(command.help or "")
    for parameter in command.params:
        record = parameter.get_help_record(context)
        if record is not None and record[1]:
            names, description = record
            yield from _item(f"\\fB{_text(names)}\\fR", description)


def _variables(command: click.Command) -> Mapping[str, str]:
    return {
        parameter.envvar: str(getattr(parameter, "help", "") or f"L’option {parameter.opts[0]}.")
        for parameter in command.params
        if isinstance(parameter.envvar, str)
    }


def _item(head: str, body: str) -> Iterator[str]:
    yield ".TP"
    yield head
    yield _line(body)


def _paragraphs(help_text: str) -> Iterator[str]:
    for number, paragraph in enumerate(re.split(r"\n\s*\n", help_text.strip())):
        if number:
            yield ".PP"
        lines = paragraph.splitlines()
        if lines[0].strip() == "\b":
            # what Click leaves as it is: commands to copy
            yield from (".nf", *(_line(line) for line in lines[1:]), ".fi")
        else:
            yield _line(" ".join(paragraph.split()))


def _line(paragraph: str) -> str:
    """A line of text that is never taken for a request: those begin with a dot or a quote."""
    text = _text(" ".join(paragraph.split()))
    return f"\\&{text}" if text[:1] in (".", "'") else text


def _text(plain: str) -> str:
    """
    >>> _text("l’été -- a\\\\b")
    'l\\\\[u2019]\\\\[u00E9]t\\\\[u00E9] \\\\-\\\\- a\\\\eb'
    """
    return "".join(
        _SIGNS.get(character, character) if character.isascii() else f"\\[u{ord(character):04X}]"
        for character in plain
    )


# What groff would print as typographic signs, which no shell reads.
_SIGNS = {
    "\\": "\\e", "-": "\\-", '"': "\\(dq", "'": "\\(aq", "~": "\\(ti", "^": "\\(ha", "`": "\\(ga",
}  # fmt: skip

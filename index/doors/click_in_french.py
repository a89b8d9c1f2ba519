"""Which sentences does the library of commands print, and what are they in French?

Its help and its errors stand beside ours. It takes its sentences from gettext, which would want a
compiled catalogue and the environment of a French system; here they are said whatever the system
speaks. A sentence that is not known stays as it is.
"""

from __future__ import annotations

import re
import sys
from typing import Any

import click

_FRENCH = {
    "Usage:": "Usage :",
    # a colon follows
    "Options": "Options ",
    "Show this message and exit.": "Afficher cette aide.",
    "Show the version and exit.": "Afficher la version.",
    "default: {default}": "par défaut : {default}",
    "env var: {var}": "variable : {var}",
    "required": "nécessaire",
    "file": "fichier",
    "directory": "dossier",
    "path": "chemin",
    "Error: {message}": "glose : {message}",
    "Aborted!": "glose : interrompu.",
    "Try '{command} {option}' for help.": "Aide : {command} {option}",
    "Missing command.": "il manque une commande.",
    "No such command {name!r}.": "{name!r} n’est pas une commande.",
    "No such option {name!r}.": "{name!r} n’est pas une option.",
    "Did you mean {possibility}?": "Peut-être {possibility} ?",
    "(Did you mean one of: {possibilities}?)": "Peut-être {possibilities} ?",
    "Missing argument": "il manque",
    "Missing option": "il manque l’option",
    "Missing parameter": "il manque",
    "Option {name!r} requires an argument.": "l’option {name!r} veut une valeur.",
    "Option {name!r} does not take a value.": "l’option {name!r} ne prend pas de valeur.",
    "Got unexpected extra argument ({args})": "de trop : {args}",
    "Got unexpected extra arguments ({args})": "de trop : {args}",
    "Invalid value: {message}": "{message}",
    "Invalid value for {param_hint}: {message}": "{param_hint} : {message}",
    "{value!r} is not a valid {number_type}.": "{value!r} n’est pas un {number_type}.",
    "{value} is not in the range {range}.": "{value} n’est pas permis : {range}.",
    "{value!r} is not {choice}.": "{value!r} n’est pas {choice}.",
    "{value!r} is not one of {choices}.": "{value!r} n’est pas l’un de {choices}.",
    "{name} {filename!r} does not exist.": "{name} {filename!r} introuvable.",
    "{name} {filename!r} is a file.": "{filename!r} est un fichier : il faut un dossier.",
    "{name} {filename!r} is a directory.": "{filename!r} est un dossier : il faut un fichier.",
    "{name} {filename!r} is not readable.": "{name} {filename!r} illisible.",
    "{name} {filename!r} is not writable.": "{name} {filename!r} protégé contre l’écriture.",
}
# What a value is called, in capitals where one is wanted.
_KINDS = {
    "text": "texte",
    "integer": "entier",
    "integer range": "entier",
    "float": "nombre",
    "float range": "nombre",
}


def _translated(sentence: str) -> str:
    return _FRENCH.get(sentence, sentence)


def _counted(singular: str, several: str, count: int) -> str:
    return _translated(singular if count == 1 else several)


def _range(number: Any) -> str:
    """What a number may be; the ends of ours are all included.

    >>> _range(click.IntRange(1)), _range(click.IntRange(0, 65535))
    ('au moins 1', 'de 0 à 65535')
    """
    if number.max is None:
        return f"au moins {number.min}"
    return f"au plus {number.max}" if number.min is None else f"de {number.min} à {number.max}"


_help_record = click.Option.get_help_record


def _spaced(option: click.Option, context: click.Context) -> tuple[str, str] | None:
    """The help of an option, with no-break spaces where French has them.

    Click parts what it adds between brackets with semicolons that have no space before them.
    """
    record = _help_record(option, context)
    if record is None:
        return None
    name, text = record
    sentence, bracket, extra = text.rpartition("  [")
    if bracket:
        text = sentence + bracket + extra.replace("; ", " ; ")
    return name, re.sub(" (?=[;:?!»])|(?<=«) ", "\N{NO-BREAK SPACE}", text)


def _speak() -> None:
    click.Option.get_help_record = _spaced  # type: ignore[method-assign, assignment]
    for numbers in (click.IntRange, click.FloatRange):
        numbers._describe_range = _range  # type: ignore[method-assign, assignment]
    for name, module in list(sys.modules.items()):
        if name.startswith(click.__name__ + "."):
            for function, replacement in (("_", _translated), ("ngettext", _counted)):
                if hasattr(module, function):
                    setattr(module, function, replacement)
    for kind in vars(click.types).values():
        if isinstance(kind, type) and issubclass(kind, click.ParamType):
            kind_name = vars(kind).get("name")
            if kind_name in _KINDS:
                kind.name = _KINDS[kind_name]


# once, before any command is declared: what a value is called is kept with its option
_speak()

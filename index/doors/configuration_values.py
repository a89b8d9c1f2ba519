"""Is a value of a configuration file what an option of a command takes?"""

from __future__ import annotations

import math
import re
from datetime import date, time
from pathlib import Path
from typing import Any

import click

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.I)


def plain(parameter: click.Parameter, name: str, value: Any, folder: Path | None) -> Any:
    """One value of TOML as the command line would give it, paths made absolute from `folder`.

    folder: None leaves paths as they are. Raises click.BadParameter for another type.

    >>> plain(click.Option(["--port"], type=int), "port", 80, None)
    80
    """
    expected, fits = _kind(parameter, value)
    if not fits:
        raise click.BadParameter(f"« {name} » veut {expected}, pas {called(value)}")
    if isinstance(value, date | time):
        return value.isoformat()
    return _text(parameter, value, folder) if isinstance(value, str) else value


def check(parameter: click.Parameter, value: Any, context: click.Context) -> None:
    """See that a command takes this value. Raises click.BadParameter, as the command would."""
    cast = parameter.type.convert(value, parameter, context)
    # that of the index warns, which is for when it is opened
    if parameter.callback is not None and parameter.name != "location":
        parameter.callback(context, parameter, (cast,) if several(parameter) else cast)


def several(parameter: click.Parameter) -> bool:
    """Return whether a parameter takes a list of values."""
    return parameter.multiple or parameter.nargs == -1


def _text(parameter: click.Parameter, value: str, folder: Path | None) -> str:
    if not value.strip():
        raise click.BadParameter("un texte vide ne dit rien")
    if "\x00" in value:
        raise click.BadParameter("le caractère nul n’est pas permis")
    address = _ADDRESS.match(value)
    if address and "@" in value.partition("://")[2].partition("/")[0]:
        raise click.BadParameter("une adresse ne porte ici ni nom ni mot de passe")
    if parameter.name == "location":
        return _location(value, folder or Path())
    if address or folder is None or not isinstance(parameter.type, click.Path):
        return value
    return str(folder / value)


def _location(value: str, folder: Path) -> str:
    # a command that has no file, and its help, need no engine
    from index.engines import IndexUnavailable, place

    try:
        engine, path = place(value)
    except IndexUnavailable as error:
        raise click.BadParameter(str(error)) from error
    if path is None:
        return value
    return f"{'whoosh:' if engine == 'whoosh' else ''}{folder / path}"


def _kind(parameter: click.Parameter, value: Any) -> tuple[str, bool]:
    """What a parameter wants, in words, and whether a value of TOML is that."""
    if getattr(parameter, "is_flag", False):
        return "true ou false", isinstance(value, bool)
    if isinstance(value, bool):
        fits_number = False
    else:
        fits_number = isinstance(value, int | float) and math.isfinite(value)
    if isinstance(parameter.type, click.types.IntParamType):
        return "un nombre entier", fits_number and isinstance(value, int)
    if isinstance(parameter.type, click.types.FloatParamType):
        return "un nombre", fits_number
    if getattr(parameter, "metavar", None) == "DATE":
        return "une date, ou un texte", isinstance(value, str | date)
    if several(parameter):
        return "une liste de textes", isinstance(value, str)
    return "un texte entre guillemets", isinstance(value, str)


def called(value: Any) -> str:
    """Return the name of a TOML value in a French sentence.

    >>> called(8000), called([1])
    ('le nombre 8000', 'une liste')
    """
    match value:
        case bool():
            return "true ou false"
        case int() | float():
            return f"le nombre {value}"
        case str():
            return "un texte"
        case list():
            return "une liste"
        case dict():
            return "une table"
    return f"une date ou une heure ({value})"

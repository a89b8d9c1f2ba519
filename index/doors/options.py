"""Which options do several commands have?

Where the index is, which synonyms, where a server listens, whether JSON is printed. They need
nothing that answers a question: most commands have one of them and ask none.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import click

from index import engines
from index.engines import IndexUnavailable, disk, faults


def _located(context: click.Context, option: click.Parameter, location: str) -> str:
    """Return the location as given; warn when it is on a network's disk, or on none."""
    with suppress(IndexUnavailable):
        if engines.in_memory(location):
            click.echo(faults.ends_with_process(location), err=True)
        path = engines.place(location)[1]
        warning = None if path is None else disk.network_warning(path)
        if warning is not None:
            click.echo(warning, err=True)
    return location


where_option = click.option(
    "--index",
    "location",
    callback=_located,
    metavar="OÙ",
    envvar="GLOSE_INDEX",
    default="glose.index",
    show_default=True,
    show_envvar=True,
    help="Le dossier de l’index, whoosh:DOSSIER, opensearch://HÔTE/NOM, ou :memory:.",
)


synonyms_option = click.option(
    "--synonyms",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    envvar="GLOSE_SYNONYMS",
    show_envvar=True,
    help="Un fichier de synonymes, à la place de celui de Glose.",
)


quiet_option = click.option(
    "--quiet",
    "-q",
    is_flag=True,
    help="Ne rien dire de ce qui va bien : rien n’est écrit quand il n’y a rien de nouveau à dire.",
)
"""For whoever runs a command at night, and is sent what it prints."""


json_option = click.option("--json", "as_json", is_flag=True, help="Un objet JSON.")


_Function = TypeVar("_Function", bound=Callable[..., object])


def number_option(
    name: str, default: float, accepted: click.ParamType[Any], help: str
) -> Callable[[_Function], _Function]:
    """An option that is a number, whose default the help shows."""
    return click.option(name, default=default, show_default=True, type=accepted, help=help)


def listening_options(function: _Function) -> _Function:
    """Give a command that serves its `host` and `port`."""
    for option in (
        number_option("--port", 8000, click.IntRange(0, 65535), "Port ; 0 en choisit un libre."),
        click.option("--host", default="127.0.0.1", show_default=True, help="Adresse où écouter."),
    ):
        function = option(function)
    return function

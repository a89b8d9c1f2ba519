"""What can be told at the command line of tables, and of exports whose times do not say all?

Their columns, the zone of their times, and whether a day is written before its month.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import click

from indexer.tables import Tables, declared_columns

_META = "glose.tables"
_ORDERS = ("jour-mois", "mois-jour")
Command = TypeVar("Command", bound=Callable[..., Any])


def table_options(command: Command) -> Command:
    """Add `--columns`, `--timezone` and `--day-order` to a command.

    `tables_in` returns what they gave.
    """
    columns = click.option(
        "--columns",
        multiple=True,
        callback=_columns,
        # read before the option that makes the formats
        is_eager=True,
        expose_value=False,
        metavar="titre=Colonne,…",
        help="D’un tableau (CSV, Parquet) : quelle colonne est quoi ; voir FORMAT.md.",
    )
    zone = click.option(
        "--timezone",
        callback=_zone,
        is_eager=True,
        expose_value=False,
        metavar="FUSEAU",
        help="D’un tableau, ou d’une exportation de SPIP ou de Movable Type : le fuseau des "
        "heures qui n’en disent pas ; sinon, Europe/Paris.",
    )
    order = click.option(
        "--day-order",
        type=click.Choice(_ORDERS),
        callback=_order,
        is_eager=True,
        expose_value=False,
        help="D’un tableau, ou d’un texte de Movable Type : ce qui vient d’abord dans 02/03/2024 ; "
        "sinon, le mois pour Movable Type, et ce que disent les autres dates.",
    )
    return columns(zone(order(command)))


def tables_in(context: click.Context) -> Tables | None:
    """Return the options about tables, None when none was given."""
    options = context.meta.get(_META)
    return Tables(**options) if options else None


def _columns(context: click.Context, option: click.Parameter, value: tuple[str, ...]) -> None:
    columns: dict[str, str] = {}
    for text in value:
        try:
            columns |= declared_columns(text)
        except ValueError as error:
            raise click.BadParameter(str(error)) from error
    if columns:
        context.meta.setdefault(_META, {})["columns"] = columns


def _zone(context: click.Context, option: click.Parameter, value: str | None) -> None:
    if value is None:
        return
    try:
        zone = ZoneInfo(value)
    except (ValueError, OSError, LookupError) as error:
        raise click.BadParameter(
            f"« {value} » n’est pas un fuseau comme Europe/Paris ou UTC"
        ) from error
    context.meta.setdefault(_META, {})["zone"] = zone


def _order(context: click.Context, option: click.Parameter, value: str | None) -> None:
    if value is not None:
        context.meta.setdefault(_META, {})["month_first"] = value == "mois-jour"

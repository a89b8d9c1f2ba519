"""What can be told of exports at the command line: a site's address, and whose notes to read?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

import click

from indexer.article import addresses

_META = "glose.exports"
Command = TypeVar("Command", bound=Callable[..., Any])


class Exports(NamedTuple):
    """`site` is the address of a site whose export does not tell it.

    annotations: whether the notes that a reader made in wallabag are read too.
    """

    site: str = ""
    annotations: bool = False


def export_options(command: Command) -> Command:
    """Add `--site` and `--annotations` to a command; `exports_of` gives what they said."""
    site = click.option(
        "--site",
        callback=_site,
        # read before the option that makes the formats
        is_eager=True,
        expose_value=False,
        metavar="ADRESSE",
        help="D’une exportation qui ne dit pas l’adresse de son site (Blogger de Takeout…) : cette "
        "adresse, par exemple https://x.blogspot.com.",
    )
    annotations = click.option(
        "--annotations",
        is_flag=True,
        callback=_annotations,
        is_eager=True,
        expose_value=False,
        help="De wallabag : lire aussi les notes privées de qui a lu.",
    )
    return site(annotations(command))


def exports_of(context: click.Context) -> Exports:
    """What was told of exports."""
    return Exports(**context.meta.get(_META, {}))


def _site(context: click.Context, option: click.Parameter, value: str | None) -> None:
    if value is None:
        return
    address = value.strip() if "://" in value else f"https://{value.strip()}"
    if not addresses.site(address) or any(map(str.isspace, address)):
        raise click.BadParameter(
            f"« {value} » n’est pas l’adresse d’un site, comme https://x.blogspot.com"
        )
    context.meta.setdefault(_META, {})["site"] = address


def _annotations(context: click.Context, option: click.Parameter, value: bool) -> None:
    if value:
        context.meta.setdefault(_META, {})["annotations"] = True

"""What can be told of sources at the command line, and which formats does that make?

When pages were saved (`--captured`), what all sources are (`--format`), where comments are in pages
(`--adapters`), which states are published beside the known ones (`--published`), and what tables
and exports do not tell themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial, reduce
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from index.engines.faults import why
from indexer.article import Publication, addresses
from indexer.files import Format, ReadingOptions
from indexer.html import AdapterError, load_adapters
from indexer.pipeline import sources
from indexer.tables import declared_columns
from indexer.times import Capture

_META = "glose.reading"
_ORDERS = ("jour-mois", "mois-jour")


def options_in(context: click.Context) -> ReadingOptions:
    """Return what the options of a command told of its sources."""
    return ReadingOptions(**context.meta.get(_META, {}))


def _told(flag: str, member: str, read: Callable[[Any], Any], **settings: Any) -> Any:
    """Return an option whose value, as `read` gives it, is a member of `options_in`."""

    def keep(context: click.Context, option: click.Parameter, value: Any) -> None:
        if value not in (None, (), False):
            context.meta.setdefault(_META, {})[member] = read(value)

    # read before the option that makes the formats
    return click.option(flag, callback=keep, is_eager=True, expose_value=False, **settings)


def _published(states: tuple[str, ...]) -> Publication:
    if not all(map(str.strip, states)):
        raise click.BadParameter(
            "un état est attendu, comme « prepa » ; une case vide est « vide »"
        )
    return Publication(states)


def _columns(assignments: tuple[str, ...]) -> dict[str, str]:
    columns: dict[str, str] = {}
    for text in assignments:
        try:
            columns |= declared_columns(text)
        except ValueError as error:
            raise click.BadParameter(str(error)) from error
    return columns


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError) as error:
        raise click.BadParameter(
            f"« {name} » n’est pas un fuseau comme Europe/Paris ou UTC"
        ) from error


def _site(text: str) -> str:
    address = text.strip() if "://" in text else f"https://{text.strip()}"
    if not addresses.site(address) or any(map(str.isspace, address)):
        raise click.BadParameter(
            f"« {text} » n’est pas l’adresse d’un site, comme https://x.blogspot.com"
        )
    return address


def _adapters(
    context: click.Context, option: click.Parameter, value: Path | None
) -> Sequence[Format]:
    """The formats, as the options of this command make them."""
    options = options_in(context)
    if value is None and not context.meta.get(_META):
        return sources.FORMATS
    try:
        return sources.formats(options, None if value is None else load_adapters(value))
    except AdapterError as error:
        raise click.BadParameter(str(error)) from error
    except OSError as error:
        raise click.BadParameter(f"« {value} » : {why(error)}") from error


_OPTIONS = (
    _told(
        "--site",
        "site",
        _site,
        metavar="ADRESSE",
        help="D’une exportation qui ne dit pas l’adresse de son site (Blogger de Takeout…) : cette "
        "adresse, par exemple https://x.blogspot.com.",
    ),
    _told(
        "--annotations",
        "annotations",
        bool,
        is_flag=True,
        help="De wallabag : lire aussi les notes privées de qui a lu.",
    ),
    _told(
        "--columns",
        "columns",
        _columns,
        multiple=True,
        metavar="titre=Colonne,…",
        help="D’un tableau (CSV, Parquet) : quelle colonne est quoi ; voir FORMAT.md.",
    ),
    _told(
        "--timezone",
        "zone",
        _zone,
        metavar="FUSEAU",
        help="D’un tableau, ou d’une exportation de SPIP ou de Movable Type : le fuseau des "
        "heures qui n’en disent pas ; sinon, Europe/Paris.",
    ),
    _told(
        "--day-order",
        "month_first",
        partial(str.__eq__, _ORDERS[1]),
        type=click.Choice(_ORDERS),
        help="D’un tableau, ou d’un texte de Movable Type : ce qui vient d’abord dans 02/03/2024 ; "
        "sinon, le mois pour Movable Type, et ce que disent les autres dates.",
    ),
    _told(
        "--published",
        "publication",
        _published,
        multiple=True,
        metavar="ÉTAT",
        help="Tenir aussi cet état pour publié, tel que le compte rendu le cite (prepa, pending…) "
        "; répétable. Sinon, seul ce qui se dit publié l’est.",
    ),
    click.option(
        "--adapters",
        "among",
        callback=_adapters,
        type=click.Path(path_type=Path),
        metavar="FICHIER",
        help="Où sont les commentaires dans les pages d’autres sites (TOML) ; voir FORMAT.md.",
    ),
)


def reading_options(command: Any) -> Any:
    """What can be told of sources, as options of a command; `among`: the formats they make."""
    return reduce(lambda decorated, option: option(decorated), reversed(_OPTIONS), command)


def _captured(context: click.Context, option: click.Parameter, value: str | None) -> Capture | None:
    capture = None if value is None else Capture.parse(value)
    if value is not None and capture is None:
        raise click.BadParameter(
            f"« {value} » n’est pas une date comme 2024-12-04 ou 2024-12-04T10:30"
        )
    return capture


captured_option = click.option(
    "--captured",
    callback=_captured,
    metavar="DATE",
    help="Quand les pages ont été enregistrées (heure de Paris) ; sinon, la date des fichiers.",
)


def format_option(*more_names: str) -> Callable[[Any], Any]:
    """Return `--format`, of the formats of files and more; its help has them in lines that wrap."""
    names = [*sources.NAMES, *more_names]
    return click.option(
        "--format",
        "form",
        type=click.Choice(names),
        metavar="FORMAT",
        help="Le format de toutes les sources ; sinon, reconnu au contenu. L’un de : "
        f"{', '.join(names)}.",
    )


def format_named(name: str | None, among: Sequence[Format]) -> Format | None:
    """Return the format that `--format` names; None without one."""
    return next((form for form in among if form.name == name), None)

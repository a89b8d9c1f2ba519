"""What can be told of sources at the command line, and which formats does that make?

When pages were saved (`--captured`), what all sources are (`--format`), where comments are in pages
(`--adapters`), what is in tables (`--columns`, `--timezone`), what an export does not tell
(`--site`), and which states are published beside the known ones (`--published`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from index.engines.faults import why
from indexer.article import Publication
from indexer.doors.export_options import Exports, export_options, exports_of
from indexer.doors.table_options import table_options, tables_in
from indexer.files import Format
from indexer.html import AdapterError, load_adapters
from indexer.pipeline import sources
from indexer.times import Capture

_META = "glose.published"


def _adapters(
    context: click.Context, option: click.Parameter, value: Path | None
) -> Sequence[Format]:
    """The formats, as the options of this command make them."""
    tables, publication = tables_in(context), published_in(context)
    exports = exports_of(context)
    if value is None and tables is None and publication is None and exports == Exports():
        return sources.FORMATS
    try:
        adapters = None if value is None else load_adapters(value)
    except AdapterError as error:
        raise click.BadParameter(str(error)) from error
    except OSError as error:
        raise click.BadParameter(f"« {value} » : {why(error)}") from error
    return sources.formats(adapters, tables, publication or Publication(), **exports._asdict())


def _published(context: click.Context, option: click.Parameter, value: tuple[str, ...]) -> None:
    if not all(map(str.strip, value)):
        raise click.BadParameter(
            "un état est attendu, comme « prepa » ; une case vide est « vide »"
        )
    if value:
        context.meta[_META] = Publication(value)


def published_in(context: click.Context) -> Publication | None:
    """Return what `--published` gave, None for nothing."""
    publication = context.meta.get(_META)
    return publication if isinstance(publication, Publication) else None


_adapters_option = click.option(
    "--adapters",
    "among",
    callback=_adapters,
    type=click.Path(path_type=Path),
    metavar="FICHIER",
    help="Où sont les commentaires dans les pages d’autres sites (TOML) ; voir FORMAT.md.",
)
_published_option = click.option(
    "--published",
    multiple=True,
    callback=_published,
    # read before the option that makes the formats
    is_eager=True,
    expose_value=False,
    metavar="ÉTAT",
    help="Tenir aussi cet état pour publié, tel que le compte rendu le cite (prepa, pending…) ; "
    "répétable. Sinon, seul ce qui se dit publié l’est.",
)


def _captured(context: click.Context, option: click.Parameter, value: str | None) -> Capture | None:
    capture = None if value is None else Capture.parse(value)
    if value is not None and capture is None:
        raise click.BadParameter(
            f"« {value} » n'est pas une date comme 2024-12-04 ou 2024-12-04T10:30"
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


def reading_options(command: Any) -> Any:
    """`--adapters`, `--published`, what can be told of tables and exports; `among`: the formats."""
    return export_options(table_options(_published_option(_adapters_option(command))))

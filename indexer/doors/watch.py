"""How does an index take what arrives in a folder, as long as it is asked to?

A door: it reads flags, signals and the clock. What a file does wrong is told, and never ends
the watch; an index that somebody else is writing is tried again.
"""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import click

from index import engines
from index.doors.commands import where_option
from index.engines import IndexUnavailable, disk
from index.engines.faults import why
from indexer.doors.commands import format_named, format_option
from indexer.doors.reading_options import reading_options
from indexer.files import Arrivals, Format, watching
from indexer.pipeline import Brought, bring
from indexer.reporting import plural

_AGAIN = 10.0
"""Seconds before an index that could not be written is tried again."""


@click.command("watch")
@click.argument(
    "folder",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="DOSSIER",
)
@where_option
@format_option
@reading_options
@click.option(
    "--settle",
    type=click.FloatRange(0.1, 3600),
    default=2.0,
    show_default=True,
    metavar="SECONDES",
    help="Un fichier est lu quand il n’a pas changé depuis ce temps.",
)
@click.option(
    "--poll",
    is_flag=True,
    help="Regarder les fichiers chaque seconde, là où le système ne prévient pas (réseau) ; "
    "un système de fichiers en réseau est reconnu.",
)
def watch_command(
    folder: Path,
    location: str,
    form: str | None,
    among: Sequence[Format],
    settle: float,
    poll: bool,
) -> None:
    """Mettre dans l’index ce qui est dans DOSSIER, puis ce qui y arrive.

    S’arrête à Ctrl-C, ce qui est lu étant écrit. Un fichier retiré du dossier reste dans
    l’index : glose index DOSSIER --prune l’en retire.
    """
    if engines.place(location)[1] is None:
        raise click.UsageError("un index en mémoire finirait avec le suivi : donnez un dossier")
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    folder = folder.resolve()
    poll = poll or disk.far(folder) is not None
    click.echo(f"« {folder} » est suivi{', en regardant chaque seconde' if poll else ''}.")
    sys.stdout.flush()
    late: float | None = None
    try:
        for arrivals, files in watching.arrivals(
            folder,
            quiet=settle,
            poll=poll,
            every=form is not None,
            # a stop is heard between two commits
            stop=stopped.is_set,
            clock=time.monotonic,
        ):
            if late is not None and time.monotonic() < late:
                arrivals.again(files, time.monotonic())
                continue
            late = None
            if not _take(arrivals, files, folder, location, form, among):
                late = time.monotonic() + _AGAIN
    except OSError as error:
        click.echo(f"glose : « {folder} » ne peut plus être suivi : {why(error)}.", err=True)
        sys.exit(1)
    click.echo("Le suivi s’arrête ; ce qui a été lu est dans l’index.")


def _take(
    arrivals: Arrivals,
    files: list[Path],
    folder: Path,
    location: str,
    form: str | None,
    among: Sequence[Format],
) -> bool:
    """Put files in the index, in one commit; False when the index refuses them for now."""
    try:
        brought = bring(files, location, folder=folder, form=format_named(form, among), among=among)
        _tell(brought, len(files))
    except IndexUnavailable as error:
        click.echo(f"glose : {error} Nouvel essai dans {round(_AGAIN)} secondes.", err=True)
        arrivals.again(files, time.monotonic())
        return False
    except Exception as error:
        if len(files) == 1:
            # whatever it is, the next files have nothing to do with it
            reason = f"erreur inattendue ({type(error).__name__} : {error})"
            click.echo(f"Laissé de côté : {files[0]} : {reason}", err=True)
            return True
        done = [_take(arrivals, [file], folder, location, form, among) for file in files]
        return all(done)
    return True


def _tell(brought: Brought, count: int) -> None:
    report, done = brought
    for line in report.lines():
        click.echo(line, err=True)
    click.echo(
        f"{plural(count, 'fichier lu', 'fichiers lus')} : {report.summary()} ; "
        f"{plural(done.added, 'passage ajouté', 'passages ajoutés')}, "
        f"{plural(done.updated, 'modifié')}, {plural(done.unchanged, 'inchangé')}, "
        f"{plural(done.removed, 'retiré')}."
    )
    sys.stdout.flush()


COMMANDS: tuple[click.Command, ...] = (watch_command,)

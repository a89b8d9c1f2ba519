"""How does an index take what arrives in a folder, as long as it is asked to?

A door: it reads flags, signals and the clock. What a file does wrong is told, and never ends
the watch; an index that somebody else is writing, or whose disk is full, is tried again; a folder
that goes is waited for. A manager of services that asked is told how it goes.
"""

from __future__ import annotations

import errno
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from index import engines
from index.doors.options import where_option
from index.engines import IndexUnavailable, disk
from index.engines.faults import why
from indexer.doors.reading_options import format_named, format_option, reading_options
from indexer.doors.service_manager import ServiceManager
from indexer.files import Arrivals, Format, watching
from indexer.pipeline import ImportReport, bring, ingest
from indexer.reporting import plural

_AGAIN = 10.0
"""Seconds before an index that could not be written is tried again."""
_PASSING = (errno.ENOSPC, errno.EDQUOT, errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EIO)
"""Errors of the machine, that pass, where those of a file stay."""


@click.command("watch")
@click.argument(
    "folder",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="DOSSIER",
)
@where_option
@format_option()
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
    if engines.in_memory(location):
        raise click.UsageError("un index en mémoire finirait avec le suivi : donnez un dossier")
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    folder = folder.resolve()
    poll = poll or disk.network_warning(folder) is not None
    click.echo(f"« {folder} » est suivi{', en regardant chaque seconde' if poll else ''}.")
    sys.stdout.flush()
    manager = ServiceManager()

    def over() -> bool:
        # a stop is heard between two commits
        manager.alive()
        return stopped.is_set()

    intake = Intake(folder, location, form, among, manager.alive)
    try:
        _follow(intake, manager, settle=settle, poll=poll, stop=over)
    except OSError as error:
        click.echo(f"glose : « {folder} » ne peut plus être suivi : {why(error)}.", err=True)
        sys.exit(1)
    manager.stopping()
    click.echo("Le suivi s’arrête ; ce qui a été lu est dans l’index.")


def _follow(
    intake: Intake,
    manager: ServiceManager,
    *,
    settle: float,
    poll: bool,
    stop: Callable[[], bool],
) -> None:
    """Take what arrives until `stop`. settle: seconds without a change. Raises OSError."""
    folder = intake.folder
    waits = f"Attend ce qui arrive dans « {folder} »."

    def folder_gone(is_gone: bool) -> None:
        sentence = (
            f"« {folder} » n’est plus là : il est attendu." if is_gone else f"« {folder} » revient."
        )
        click.echo(sentence, err=is_gone)
        sys.stdout.flush()
        manager.status(sentence if is_gone else waits)

    late: float | None = None
    manager.ready(waits)
    for arrivals, files in watching.arrivals(
        folder,
        quiet=settle,
        poll=poll,
        every=intake.form is not None,
        stop=stop,
        clock=time.monotonic,
        folder_gone=folder_gone,
    ):
        if late is not None and time.monotonic() < late:
            arrivals.again(files, time.monotonic())
            continue
        late = None
        manager.status(f"Lit {plural(len(files), 'fichier')} de « {folder} ».")
        if intake.take(arrivals, files):
            manager.status(waits)
        else:
            manager.status(intake.refused.sentence)
            late = time.monotonic() + _AGAIN


class Refusal:
    """Why nothing can be written for now: said when it begins, and when it is another."""

    def __init__(self) -> None:
        self.sentence = ""

    def say(self, sentence: str) -> None:
        if sentence != self.sentence:
            self.sentence = sentence
            click.echo(f"glose : {sentence}", err=True)
            # apart: a command that mends it ends the sentence, to be copied
            click.echo(f"Nouvel essai toutes les {round(_AGAIN)} secondes.", err=True)

    def over(self) -> None:
        self.sentence = ""


class Intake:
    """Puts the files of a folder in an index.

    form, among: as `--format` and the other options say them. alive: called as the work goes on.
    """

    def __init__(
        self,
        folder: Path,
        location: str,
        form: str | None,
        among: Sequence[Format],
        alive: Callable[[], None] = lambda: None,
    ) -> None:
        self.folder = folder
        self.form = format_named(form, among)
        self.refused = Refusal()
        self._location = location
        self._among = among
        self._alive = alive

    def take(self, arrivals: Arrivals, files: list[Path]) -> bool:
        """Put files in the index, in one commit; False when the index refuses them for now."""
        try:
            import_report = bring(
                files,
                self._location,
                folder=self.folder,
                form=self.form,
                among=self._among,
                alive=self._alive,
            )
            _tell(import_report, len(files))
            for path, due in import_report.due.items():
                arrivals.later(path, due.timestamp())
        except IndexUnavailable as error:
            self.refused.say(str(error))
            arrivals.again(files, time.monotonic())
            return False
        except Exception as error:
            if isinstance(error, OSError) and error.errno in _PASSING:
                # the disk's fault, of the temporary folder too: no file's
                self.refused.say(f"« {self.folder} » ne peut pas être lu : {why(error)}.")
                arrivals.again(files, time.monotonic())
                return False
            if len(files) == 1:
                # whatever it is, the next files have nothing to do with it
                reason = f"erreur inattendue ({type(error).__name__} : {error})"
                click.echo(f"Laissé de côté : {files[0]} : {reason}", err=True)
                return True
            # by halves: one bad file of ten thousand is found in some thirty runs
            middle = len(files) // 2
            halves = [self.take(arrivals, half) for half in (files[:middle], files[middle:])]
            return all(halves)
        self.refused.over()
        return True


def _tell(import_report: ImportReport, count: int) -> None:
    report, write_report = import_report.report, import_report.done
    for line in report.lines():
        click.echo(line, err=True)
    click.echo(
        f"{plural(count, 'fichier lu', 'fichiers lus')} : {report.summary()} ; "
        f"{ingest.counts_of(write_report)}."
    )
    sys.stdout.flush()


COMMANDS: tuple[click.Command, ...] = (watch_command,)

"""Which options does `glose alert` take, and when does it print?

A door: it reads the files, the clock and the index, tells what is new, and only then
remembers that it was told.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from index import engines
from index.answering import state
from index.doors.configuration import InlineTable
from index.doors.options import json_option, synonyms_option, where_option
from index.doors.standard_streams import echo_json
from index.engines.faults import why
from index.moments import PARIS
from index.question.synonyms import BUNDLED, load
from webui.alerts import files, news, state_file, text
from webui.alerts.files import QuestionFile, Unreadable
from webui.alerts.mailing import DeliveryError
from webui.alerts.state_file import AlreadyRunning, Unwritable
from webui.locale import Tongue
from webui.refusals import Misused, Refused

_SCHEMES = ("http://", "https://")


class _Questions(click.Path):
    """A file of questions, a page's address, or the table [alert] of a configuration."""

    def convert(self, value: Any, *context: Any) -> Any:
        if isinstance(value, InlineTable):
            _watch_of(value)
            return value
        if isinstance(value, str) and value.startswith(_SCHEMES):
            return value
        return super().convert(value, *context)


def _watch_of(questions: Path | str | InlineTable) -> QuestionFile:
    if isinstance(questions, str):
        return files.address(questions, PARIS)
    if isinstance(questions, Path):
        return files.questions(questions, PARIS)
    content = dict(questions)
    mail = content.get("mail")
    if isinstance(mail, dict) and isinstance(mail.get("password_file"), str):
        # as every path of a configuration
        folder = questions.path.absolute().parent
        content["mail"] = mail | {"password_file": str(folder / mail["password_file"])}
    return files.watch(content, questions.path, PARIS)


@click.command("alert")
@click.argument(
    "questions",
    metavar="QUESTIONS|ADRESSE",
    type=_Questions(dir_okay=False, path_type=Path),
)
@where_option
@click.option(
    "--state",
    "remembered",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FICHIER",
    help="Où retenir ce qui a été dit ; à défaut, à côté des questions (veille.toml donne "
    "veille.state.json), ou dans ~/.local/state/glose pour une adresse.",
)
@json_option
@click.option(
    "--mail",
    "by_mail",
    is_flag=True,
    help="Envoyer un message par le serveur de [mail], s’il y a du nouveau.",
)
@click.option(
    "--all", "everything", is_flag=True, help="Dire tout ce qui répond, pas seulement le nouveau."
)
@click.option("--dry-run", is_flag=True, help="Ne rien retenir ni envoyer.")
@synonyms_option
def alert_command(
    questions: Path | str | InlineTable, location: str, remembered: Path | None, as_json: bool,
    by_mail: bool, everything: bool, dry_run: bool, synonyms: Path | None,
) -> None:  # fmt: skip
    """Dire ce qui est nouveau, depuis la dernière fois, pour les questions de QUESTIONS.

    QUESTIONS est un fichier TOML, ou l’adresse d’une page de résultats, entre guillemets simples.
    La première fois, une question ne dit rien : elle retient ce qui y répond déjà.
    """
    watch = _watch(questions)
    if remembered is None:
        remembered = _default_state_path(questions, watch)
    if not dry_run:
        # until the command ends: two runs at once would tell the same news twice
        click.get_current_context().with_resource(_alone(remembered))
    try:
        marks = state_file.marks(remembered)
    except Unreadable as error:
        raise Misused(str(error)) from error
    except OSError as error:
        raise Misused(f"« {error.filename} » : {why(error)}.") from error
    if by_mail and watch.mail is None:
        raise Misused(f"« {_source(questions)} » n’a pas de table [mail].")
    reader = engines.open(location).reader()
    report = news.look(
        reader, watch.questions, marks, now=datetime.now(PARIS), everything=everything,
        synonyms=BUNDLED if synonyms is None else load(synonyms),
    )  # fmt: skip
    tongue = Tongue("fr", PARIS)
    message = text.text(report, watch.address, tongue)
    if as_json:
        echo_json(text.value(report, state(reader)))
    elif not by_mail or dry_run:
        click.echo(message)
    if dry_run:
        return
    try:
        if by_mail and watch.mail is not None and report.total:
            watch.mail.send(text.subject(report, tongue), message)
        # questions that left the file are forgotten with it
        state_file.remember(remembered, report.marks)
    except DeliveryError as error:
        raise Refused(f"{error} Rien n’est retenu : ce sera redit.") from error
    except OSError as error:
        raise Refused(
            f"« {remembered} » ne s’écrit pas : {why(error)}. Ce qui précède sera redit."
        ) from error


def _watch(questions: Path | str | InlineTable) -> QuestionFile:
    try:
        return _watch_of(questions)
    except Unreadable as error:
        raise Misused(str(error)) from error
    except OSError as error:
        raise Misused(f"« {error.filename or _source(questions)} » : {why(error)}.") from error


def _source(questions: Path | str | InlineTable) -> Path | str:
    """Return the path or the address of the questions, for messages."""
    return questions if isinstance(questions, Path | str) else questions.path


def _default_state_path(questions: Path | str | InlineTable, watch: QuestionFile) -> Path:
    source = _source(questions)
    if isinstance(source, Path):
        return source.with_suffix(".state.json")
    state_path = files.default_state_path(watch)
    try:
        state_path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refused(
            f"« {state_path.parent} » ne s’écrit pas : {why(error)}. "
            "Donnez un fichier avec --state."
        ) from error
    return state_path


@contextmanager
def _alone(remembered: Path) -> Iterator[None]:
    try:
        with state_file.alone(remembered):
            yield
    except AlreadyRunning as error:
        raise Refused(
            f"« {remembered} » sert déjà à un autre « glose alert ». Attendez qu’il finisse, ou "
            "donnez un autre fichier avec --state."
        ) from error
    except Unwritable as error:
        raise Refused(f"« {remembered} » ne s’écrit pas : {error}. Rien n’est dit.") from error

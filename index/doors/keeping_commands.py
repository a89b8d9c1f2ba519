"""Which commands keep an index: verify, rewrite, back up, restore, forget?

`verify`, `rebuild`, `compact`, `backup`, `restore`, `delete`, `forget`: doors, which read
flags, the clock and the terminal, and print. Exit codes: 0; 1, something is not sound or
was not found; 2, a wrong use. Comparing with sources needs the room that reads them: the
front door hands that in.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import click
import orjson
from tqdm import tqdm

from index import engines
from index.doors.options import quiet_option, where_option
from index.doors.standard_streams import TEXT, echo_json
from index.engines import IndexUnavailable, Reader, disk
from index.engines.faults import unwritable
from index.keeping import Receipt, backups, forgetting, rewriting, verifying
from index.plurals import counted, weight
from index.question.vocabulary import names
from index.writing import forgotten

Sources = Callable[[Sequence[Path], Reader], verifying.Sources]
"""What an index would hold of each article that some paths give."""

report_json_option = click.option(
    "--json", "as_json", is_flag=True, help="Le compte rendu en JSON."
)


def _verify_command(sources: Sources) -> click.Command:
    @click.command("verify")
    @where_option
    @click.option(
        "--against",
        "paths",
        multiple=True,
        metavar="SOURCE",
        type=click.Path(exists=True, path_type=Path),
        help="Comparer aussi avec ce que donne SOURCE ; on peut en donner plusieurs.",
    )
    @click.option("--quick", is_flag=True, help="Les fichiers seulement.")
    @report_json_option
    @quiet_option
    def verify_command(
        location: str, paths: tuple[Path, ...], quick: bool, as_json: bool, quiet: bool
    ) -> None:
        """Contrôler l’index : sommes de contrôle, comptes, chaque passage relu et retrouvé."""
        with _bar() as bar:
            report = verifying.verify(location, quick=quick, progress=bar.update)
            if paths and not report.problems:
                engine = engines.open(location)
                verifying.against(engine, sources(paths, engine.reader()), report)
        if as_json:
            echo_json(verifying.as_json(report))
        else:
            for note in report.notes:
                click.echo(note, err=True)
            for place, problem in report.problems:
                click.echo(f"{place} : {problem}")
            if report.problems or not quiet:
                click.echo(_verified(report, compared=bool(paths)))
        sys.exit(1 if report.problems else 0)

    return verify_command


def _verified(report: verifying.VerifyReport, *, compared: bool) -> str:
    """What was verified, and what to do if it is not sound."""
    return (
        f"{counted(report.files, 'fichier')} ({weight(report.bytes)}), "
        f"{counted(report.records, 'passage relu')}"
        + (f", {counted(report.compared, 'comparé')} à leur source" if compared else "")
        + (
            ". Tout est sain."
            if not report.problems
            else f". {counted(len(report.problems), 'problème')} : restaurez une copie "
            "(glose restore) ou refaites l’index depuis ses sources (glose index)."
        )
    )


@click.command("rebuild")
@where_option
@report_json_option
@quiet_option
def rebuild_command(location: str, as_json: bool, quiet: bool) -> None:
    """Refaire l’index de ce qu’il tient, avec le français de cette version, pendant qu’il sert."""
    _rewrite(location, as_json, quiet, former=True)


@click.command("compact")
@where_option
@report_json_option
@quiet_option
def compact_command(location: str, as_json: bool, quiet: bool) -> None:
    """Récrire l’index sans rien de ce qui en a été retiré, pendant qu’il sert."""
    _rewrite(location, as_json, quiet, former=False)


def _rewrite(location: str, as_json: bool, quiet: bool, *, former: bool) -> None:
    with _bar() as bar:
        engine = engines.open(location, former=former)
        rewritten = rewriting.rewrite(engine, progress=bar.update, sharing=not former)
    if as_json:
        echo_json(
            {
                "records": rewritten.records,
                "bytes_before": rewritten.bytes_before,
                "bytes": rewritten.bytes,
            }
        )
    elif not quiet:
        click.echo(
            f"Index « {location} » refait : {counted(rewritten.records, 'passage')}, "
            f"{weight(rewritten.bytes_before)} avant, {weight(rewritten.bytes)} après."
        )


@click.command("backup")
@click.argument("target", metavar="FICHIER|DOSSIER", type=click.Path(path_type=Path))
@where_option
@click.option("--force", is_flag=True, help="Remplacer FICHIER s’il est déjà là.")
@click.option(
    "--keep",
    type=click.IntRange(min=1),
    metavar="N",
    help="Dans un DOSSIER : ne garder que les N dernières copies datées.",
)
@report_json_option
@quiet_option
def backup_command(
    target: Path, location: str, force: bool, keep: int | None, as_json: bool, quiet: bool
) -> None:
    """Copier l’index dans FICHIER, un tar (.tar.gz : compressé), ou dans un DOSSIER.

    Dans un dossier, la copie porte sa date : glose-2026-11-28T033000Z.tar.gz. Une copie déjà
    là n’est jamais remplacée sans --force. L’index d’un cluster se copie dans un dépôt que le
    cluster connaît : DÉPÔT/COPIE.
    """
    if target == Path("-"):
        raise click.BadParameter(
            "donnez un nom de fichier ; un tube se nomme, lui aussi (/dev/stdout)",
            param_hint="FICHIER",
        )
    if engines.place(location)[0] == "opensearch":
        if keep is not None or force:
            raise click.BadParameter(
                "le cluster garde ses copies lui-même, et n’en remplace aucune",
                param_hint="--keep, --force",
            )
        size = backups.backup(engines.open(location, former=True), target)
        _print_backup(target, size, [], as_json, quiet)
        return
    index_path, target_path = engines.place(location)[1], target.resolve()
    if index_path is not None and index_path.resolve() in (target_path, *target_path.parents):
        raise click.BadParameter(
            "une copie mise dans l’index partirait avec lui : donnez un autre endroit",
            param_hint="FICHIER",
        )
    folder = target if target.is_dir() else None
    if folder is None and keep is not None:
        raise click.BadParameter("il faut un DOSSIER qui existe", param_hint="--keep")
    if folder is not None:
        target = backups.dated(folder, datetime.now(UTC))
    elif target.exists() and not disk.is_pipe_or_device(target) and not force:
        raise click.BadParameter(
            f"« {target} » existe déjà : donnez un autre nom, un dossier (la copie y est datée), "
            "ou --force pour le remplacer.",
            param_hint="FICHIER",
        )
    with _file(target):
        # before a rebuild too: an index of another version is copied as it is
        size = backups.backup(engines.open(location, former=True), target)
        removed = backups.prune(folder, keep) if folder is not None and keep is not None else []
    _print_backup(target, size, removed, as_json, quiet)


def _print_backup(
    target: Path, size: int, removed: Sequence[Path], as_json: bool, quiet: bool
) -> None:
    """Say where a copy is, its size in bytes, and which older ones were removed."""
    # the standard output may be what it went to
    err = disk.is_pipe_or_device(target)
    if as_json:
        report = {"path": str(target), "bytes": size, "removed": [str(path) for path in removed]}
        click.echo(orjson.dumps(report), err=err)
    elif not quiet:
        click.echo(f"« {target} » : {weight(size)}.", err=err)
        for path in removed:
            click.echo(f"« {path} » : copie ancienne, retirée.")


@click.command("restore")
@click.argument("source", metavar="FICHIER", type=click.Path(dir_okay=False, path_type=Path))
@where_option
@click.option("--force", is_flag=True, help="Remplacer l’index qui s’y trouve.")
@click.option(
    "--forgotten",
    "tombstones",
    type=click.Path(exists=True, path_type=Path),
    metavar="INDEX|FICHIER",
    help="Un index plus récent, ou son forgotten.json : qui il a oublié ne revient pas.",
)
def restore_command(source: Path, location: str, force: bool, tombstones: Path | None) -> None:
    """Remettre en place la copie FICHIER, faite par glose backup, après l’avoir contrôlée.

    Celle d’un cluster se nomme DÉPÔT/COPIE.
    """
    if engines.place(location)[0] != "opensearch" and not source.exists():
        raise click.BadParameter(f"'{source}' introuvable.", param_hint="FICHIER")
    names = None
    if tombstones is not None:
        with _file(tombstones):
            try:
                # a folder without the file has forgotten nobody: that is to be said, not guessed
                names = forgotten.load_file(
                    tombstones / forgotten.NAME if tombstones.is_dir() else tombstones
                )
            except disk.Damaged as error:
                raise click.BadParameter(
                    f"« {tombstones} » ne dit pas qui a été oublié", param_hint="--forgotten"
                ) from error
    with _file(source):
        records = backups.restore(source, location, force=force, names=names)
    click.echo(f"Index « {location} » restauré : {counted(records, 'passage')}.")
    try:
        engines.open(location).close()
    except IndexUnavailable as error:
        # a copy of another version is back as it was: what opens it is said at once
        click.echo(str(error), err=True)


@click.command("delete")
@click.argument("ids", nargs=-1, required=True, type=TEXT, metavar="ARTICLE|COMMENTAIRE…")
@where_option
@report_json_option
def delete_command(ids: tuple[str, ...], location: str, as_json: bool) -> None:
    """Retirer des articles ou des commentaires, par leur identifiant.

    Les réponses à un commentaire restent. Ce que les sources donnent encore reviendra au
    prochain glose index.
    """
    counts = rewriting.delete(engines.open(location), list(ids))
    if as_json:
        echo_json(counts)
    else:
        for key, count in counts.items():
            click.echo(f"{key} : {counted(count, 'passage retiré') if count else 'introuvable'}")
    sys.exit(0 if all(counts.values()) else 1)


@click.command("forget")
@click.option(
    "--commenter", "name", required=True, type=TEXT, metavar="NOM", help="Le nom à oublier."
)
@where_option
@click.option("--dry-run", is_flag=True, help="Dire ce qui partirait, sans rien changer.")
@click.option(
    "--receipt",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FICHIER",
    help="Où écrire le reçu, en JSON, dans un nouveau fichier ; sinon, la sortie standard.",
)
def forget_command(name: str, location: str, dry_run: bool, receipt: Path | None) -> None:
    """Oublier un commentateur : commentaires, nom, mentions, copies ; et le prouver.

    L’index est récrit sans lui, puis fouillé ; le nom ne reviendra pas aux prochains imports.
    """
    if not name.strip():
        raise click.BadParameter("il est vide", param_hint="--commenter")
    at = datetime.now(UTC).isoformat(timespec="seconds")
    engine = engines.open(location)
    with _ready(receipt) as write:
        with _bar() as bar:
            outcome = forgetting.forget(engine, name, at=at, dry_run=dry_run, progress=bar.update)
        write(orjson.dumps(outcome.as_json(), option=orjson.OPT_INDENT_2) + b"\n")
    if not outcome.replaced.comments and (
        close_names := names.near(engine.reader(), "commenter", name)
    ):
        close_list = ", ".join(f"« {close_name} »" for close_name, _ in close_names)
        click.echo(
            f"Aucun commentaire n’est de « {name} » ; de noms proches : {close_list}.", err=True
        )
    for line in _sentences(outcome):
        click.echo(line, err=True)
    sys.exit(1 if outcome.traces else 0)


@contextmanager
def _ready(receipt: Path | None) -> Iterator[Callable[[bytes], object]]:
    """Give a function that writes the receipt, once its place is known to be writable."""
    if receipt is None or disk.is_pipe_or_device(receipt):
        yield partial(click.echo, nl=False) if receipt is None else receipt.write_bytes
        return
    if receipt.exists():
        # it may be the proof that somebody else was forgotten
        raise click.BadParameter(
            f"« {receipt} » existe déjà : un reçu n’en remplace aucun, donnez un autre nom.",
            param_hint="--receipt",
        )
    target = receipt.resolve()
    with ExitStack() as end:
        with _file(receipt):
            draft = end.enter_context(disk.draft(target)) / target.name

        def write(content: bytes) -> None:
            with _file(receipt):
                draft.write_bytes(content)
                draft.replace(target)

        yield write


def _sentences(receipt: Receipt) -> Iterator[str]:
    count = receipt.replaced
    yield (
        f"{'À retirer' if receipt.dry_run else 'Retiré'} : "
        f"{counted(count.comments, 'commentaire')} ; "
        f"{'à remplacer' if receipt.dry_run else 'remplacé'} par […] : "
        f"{counted(count.mentions, 'mention')}, {counted(count.names, 'nom')}, "
        f"{counted(count.quotes, 'citation')}, {counted(count.copies, 'copie')}."
    )
    if receipt.forgotten_before:
        yield "Ce nom était déjà oublié : ce qui en fut retiré alors n’est pas dans ce reçu."
    if receipt.dry_run:
        return
    if receipt.traces:
        traces = counted(len(receipt.traces), "trace")
        yield f"Il reste {traces}, voir le reçu : relancez la commande."
    else:
        yield (
            f"Rien n’en reste dans l’index : {counted(receipt.files_read, 'fichier')}, "
            f"{counted(receipt.records_read, 'passage')} et {counted(receipt.terms_read, 'mot')} "
            "relus."
        )
    if not receipt.words_known:
        yield (
            "Leurs phrases ne sont pas connues (aucun commentaire de ce nom, ou oubliés par une "
            "version qui ne les gardait pas) : ce que d’autres en ont repris n’a pas été cherché."
        )
    if receipt.left:
        yield (
            "Le même nom, ou leurs mots cités par un article, se lisent à "
            f"{counted(len(receipt.left), 'endroit')}, voir le reçu : jugez-en."
        )
    yield f"Restent hors de portée : {', '.join(forgetting.NOT_COVERED)}."


def _bar() -> Any:
    """A progress bar on a terminal; in a pipe, nothing."""
    return tqdm(unit=" passages", disable=not sys.stderr.isatty(), file=sys.stderr, leave=False)


@contextmanager
def _file(path: Path) -> Iterator[None]:
    """What goes wrong with a file that is not the index's is said of that file."""
    try:
        yield
    except OSError as error:
        # a draft's name says nothing to anybody
        draft = disk.FRESH in str(error.filename or disk.FRESH)
        place = error.filename if not draft else path if path.parent.is_dir() else path.parent
        raise IndexUnavailable(unwritable(place, error)) from error


def commands(sources: Sources) -> Sequence[click.Command]:
    """The commands of this file; `sources` reads what `verify --against` compares with."""
    return (
        _verify_command(sources),
        rebuild_command,
        compact_command,
        backup_command,
        restore_command,
        delete_command,
        forget_command,
    )

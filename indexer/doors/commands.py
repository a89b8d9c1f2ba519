"""What can be brought into an index, and checked before, at the command line?

`index`, `check`: doors, which read flags, the environment, the clock and files.
Exit codes: 0; 1, something was left aside or is not sound; 2, a wrong use.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any

import click

from index.doors.options import quiet_option, where_option
from index.doors.standard_streams import echo_json
from index.engines import IndexUnavailable
from index.engines.faults import why
from index.record import Record
from index.writing import WriteReport
from indexer.article import Article
from indexer.doors.export import export_command
from indexer.doors.paths import existing
from indexer.doors.reading_options import (
    captured_option,
    format_named,
    format_option,
    options_in,
    reading_options,
)
from indexer.files import Format
from indexer.merging import ArticleMerger, Reading
from indexer.pipeline import (
    PruneReport,
    check_file,
    ingest,
    lines_of,
    remembering,
    sources,
    visiting,
)
from indexer.reporting import Origins, Outcome, Report, plural
from indexer.times import Capture


def _source_name(context: click.Context, option: click.Parameter, value: str | None) -> str | None:
    if value is not None and not (value.strip() and len(value) <= 100 and value.isprintable()):
        raise click.BadParameter("un nom d’un à cent caractères est attendu")
    return value


class _Source(click.Path):
    """A path, or the address of a site."""

    def convert(self, value: Any, *context: Any) -> Any:
        if value == "":
            # a shell's empty variable is not the folder one happens to be in
            self.fail("« » n’est ni un fichier, ni un dossier, ni une adresse", *context)
        address = isinstance(value, str) and visiting.is_address(value)
        return value if address else super().convert(value, *context)


@click.command("index")
@click.argument(
    "source_args",
    nargs=-1,
    required=True,
    type=_Source(path_type=Path, readable=False),
    metavar="SOURCE…",
)
@where_option
@captured_option
@format_option(visiting.NAME)
@reading_options
@click.option("--json", "as_json", is_flag=True, help="Le compte rendu en JSON.")
@click.option(
    "--all",
    "tell_all",
    is_flag=True,
    help="Redire aussi les fautes et les remarques déjà dites par une exécution précédente.",
)
@click.option(
    "--strict",
    is_flag=True,
    help="Sortir avec le code 1 dès que quelque chose est laissé de côté, même déjà dit.",
)
@quiet_option
@click.option("--dry-run", is_flag=True, help="Tout lire, ne rien écrire.")
@click.option(
    "--join",
    is_flag=True,
    help="Mettre les commentaires tenus ailleurs (Disqus, Isso…) sous leurs articles, "
    "reconnus à leur adresse.",
)
@click.option(
    "--prune",
    is_flag=True,
    help="Retirer les articles venus de ces sources et qu’elles ne donnent plus ; rien, si quelque "
    "chose a été laissé de côté, ou si plus d’un cinquième d’une source partait.",
)
@click.option("--prune-all", is_flag=True, help="Comme --prune, même au-delà d’un cinquième.")
@click.option(
    "--source",
    "name",
    callback=_source_name,
    metavar="NOM",
    help="Le nom commun de ces sources, pour --prune ; sinon, leur chemin, ou l’adresse du site.",
)
@click.option(
    "--full",
    is_flag=True,
    help="D’un site : tout relire, et pas seulement ce qui est nouveau depuis la dernière visite.",
)
@click.option(
    "--rate",
    type=click.FloatRange(0.01, 100),
    default=1.0,
    show_default=True,
    help="D’un site : le nombre de requêtes par seconde.",
)
@click.option(
    "--allow-private",
    is_flag=True,
    help="D’un site : le lire même à une adresse privée ou locale.",
)
def index_command(
    source_args: tuple[Path | str, ...],
    location: str,
    captured: Capture | None,
    form: str | None,
    among: Sequence[Format],
    as_json: bool,
    tell_all: bool,
    strict: bool,
    quiet: bool,
    dry_run: bool,
    join: bool,
    prune: bool,
    prune_all: bool,
    name: str | None,
    full: bool,
    rate: float,
    allow_private: bool,
) -> None:
    """Mettre dans l’index les articles de SOURCE : pages, exportations, archives, dossiers.

    SOURCE peut aussi être l’adresse d’un WordPress, lu par son interface (REST).
    """
    addresses, paths = _parted(source_args, form)
    report = Report(sentences=remembering.former_sentences(location))
    empty = ingest.is_empty(location)
    origins = Origins(paths, report, name=name)
    merger = ArticleMerger(claim=prune or prune_all or name is not None)
    outcomes = sources.read(
        paths,
        captured,
        format_named(form, among),
        threads_first=join,
        among=among,
        each=origins.read,
        apart=True,
    )
    moved_ids: set[str] = set()
    if join:
        outcomes = ingest.joined(outcomes, location, moved_ids)
    batches = ingest.records_of(outcomes, report)
    portions = _portions(
        visiting.visits(
            addresses,
            location,
            now=datetime.now(),
            rate=rate,
            allow_private=allow_private,
            full=full,
            forget=dry_run,
            publication=options_in(click.get_current_context()).publication,
        ),
        addresses,
        origins,
        report,
    )
    if dry_run:
        before = ingest.reading_of(location) if prune or prune_all else None
        _read_only(chain(batches, chain.from_iterable(portions)), merger, before)
        write_report = WriteReport()
    else:
        write_report = _write_all(location, batches, portions, merger, report, moved_ids)
    pruned = None
    if prune or prune_all:
        pruned = ingest.prune(location, origins, merger, report, every=prune_all, dry=dry_run)
        removed = 0 if dry_run else pruned.records
        write_report = ingest.sum_of(write_report, WriteReport(removed=removed))
    for remark in ingest.still_held(location, origins, merger):
        report.note(remark)
    unwritten = dry_run or not report.articles
    if empty:
        write_report = ingest.from_nothing(write_report)
    if as_json:
        _account_as_json(report, write_report, pruned)
    elif quiet:
        _account_of_news(report, pruned, tell_all)
    else:
        _account(report, write_report, None if unwritten else location, pruned, tell_all)
    if not dry_run:
        _remember(location, source_args, report)
    sound = report.sound if strict else not report.news
    sys.exit(0 if sound and (pruned is None or pruned.done) else 1)


def _parted(source_args: Sequence[Path | str], form: str | None) -> tuple[list[str], list[Path]]:
    """Return the addresses and the paths of the sources, once both agree with the format."""
    addresses = [source for source in source_args if isinstance(source, str)]
    paths = [source for source in source_args if isinstance(source, Path)]
    existing(paths)
    if (addresses and form not in (None, visiting.NAME)) or (paths and form == visiting.NAME):
        raise click.UsageError(
            f"le format {visiting.NAME} est celui des adresses, et d’elles seules"
        )
    return addresses, paths


def _portions(
    visits: Iterable[list[Outcome]], addresses: Sequence[str], origins: Origins, report: Report
) -> Iterator[list[list[Record]]]:
    """The records of each portion of some sites, a list of them for each article."""
    for portion in visits:
        outcomes = (
            origins.read(outcome, visiting.NAME, _site(outcome, addresses)) for outcome in portion
        )
        yield list(ingest.records_of(outcomes, report))


def _read_only(
    batches: Iterable[list[Record]], merger: ArticleMerger, before: Reading | None
) -> None:
    """Read all the articles of a run that writes nothing.

    before: the index, where the run also says what would be removed of it.
    """
    with ingest.progress_bar() as bar:
        for batch in batches:
            if before is not None:
                merger.stored_id(batch, before)
            bar.update(len(batch))


def _write(
    location: str,
    batches: Iterator[list[Record]],
    portions: Iterable[list[list[Record]]],
    merger: ArticleMerger,
) -> WriteReport:
    """Write the articles of files, then each portion of the sites, before the next is asked for."""
    write_report = WriteReport()
    # nothing is created before there is something to write
    first = next(batches, None)
    with ingest.progress_bar() as bar:
        if first is not None:
            write_report = ingest.write_in(location, chain([first], batches), bar, merger)
        for portion in filter(None, portions):
            portion_report = ingest.write_in(location, iter(portion), bar, merger)
            write_report = ingest.sum_of(write_report, portion_report)
    return write_report


def _write_all(
    location: str,
    batches: Iterator[list[Record]],
    portions: Iterable[list[list[Record]]],
    merger: ArticleMerger,
    report: Report,
    moved_ids: set[str],
) -> WriteReport:
    """Write what is read, then what waited for all of it; remove what joining put elsewhere.

    moved_ids: filled while the batches are read.
    """
    written = _write(location, batches, portions, merger)
    rest = ingest.write_rest(location, merger, report)
    moved = ingest.remove_moved(location, moved_ids - merger.incoming_ids)
    return ingest.sum_of(ingest.sum_of(written, rest), WriteReport(removed=moved))


def _remember(location: str, source_args: Sequence[Path | str], report: Report) -> None:
    try:
        remembering.remember(location, [str(source) for source in source_args], report.sentences)
    except OSError as error:
        click.echo(f"Ce qui a été dit ne peut pas être noté ({why(error)}).", err=True)
    except IndexUnavailable as error:
        # a cluster that has no index yet, nothing having been written, or that no longer answers
        if report.sentences.digests:
            click.echo(f"Ce qui a été dit n’est pas noté : {error}", err=True)


def _site(outcome: Outcome, addresses: Sequence[str]) -> str:
    """Return the address of the site that an outcome comes from."""
    url = getattr(outcome, "url" if isinstance(outcome, Article) else "source", None) or ""
    return next(
        (address for address in addresses if url.startswith(address.rstrip("/"))), addresses[0]
    )


def _account_as_json(report: Report, write_report: WriteReport, pruned: PruneReport | None) -> None:
    counts = report.as_json()
    skipped, warnings = counts.pop("skipped"), counts.pop("warnings")
    record_counts = {
        name: getattr(write_report, name) for name in ("added", "updated", "unchanged", "removed")
    }
    pruned_json = {} if pruned is None else {"pruned": pruned.as_json()}
    by_source = [source.as_json() for source in report.sources.values()]
    echo_json(
        {**counts, **record_counts, **pruned_json, "skipped": skipped, "warnings": warnings}
        | {"sources": by_source}
    )


def _account(
    report: Report,
    write_report: WriteReport,
    location: str | None,
    pruned: PruneReport | None,
    tell_all: bool,
) -> None:
    """What was read and done. location: of the index, where something was written."""
    for line in report.lines(every=tell_all):
        click.echo(line, err=True)
    click.echo(f"Lu : {report.summary()}.")
    for line in report.by_source():
        click.echo(line)
    if location is not None:
        click.echo(f"Index « {location} » : {ingest.counts_of(write_report)}.")
    else:
        click.echo("Rien n’a été écrit.")
    if pruned is not None:
        for line in pruned.lines(dry=location is None):
            click.echo(line, err=not pruned.done)
    if report.left_out:
        sentence = plural(report.left_out, "source ou ligne laissée", "sources ou lignes laissées")
        click.echo(f"{sentence} de côté.", err=True)


def _account_of_news(report: Report, pruned: PruneReport | None, tell_all: bool) -> None:
    """What nobody was told yet, and what was not done."""
    for line in report.lines(every=tell_all, count_again=False):
        click.echo(line, err=True)
    if pruned is not None and not pruned.done:
        for line in pruned.lines(dry=False):
            click.echo(line, err=True)


@click.command("check")
@click.argument("path", type=click.Path(path_type=Path, readable=False), metavar="PAGE")
@captured_option
@format_option()
@reading_options
@click.option("--json", "as_json", is_flag=True, help="Le compte rendu en JSON.")
def check_command(
    path: Path,
    captured: Capture | None,
    form: str | None,
    among: Sequence[Format],
    as_json: bool,
) -> None:
    """Montrer ce qui est reconnu dans PAGE, sans rien indexer."""
    existing([path])
    checked = check_file(path, captured, format_named(form, among), among=among)
    if as_json:
        echo_json(checked.as_json())
    else:
        for line in lines_of(checked):
            click.echo(line)
    sys.exit(0 if checked.report.sound else 1)


COMMANDS: tuple[click.Command, ...] = (index_command, export_command, check_command)

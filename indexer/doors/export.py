"""How are the articles of an index taken out again, at the command line?

`export`: all of them, as JSON Lines, to the standard output or into a file that is whole or absent.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import click

from index import engines
from index.doors.options import where_option
from index.engines import disk
from index.engines.faults import unwritable
from indexer.canonical import articles, dump
from indexer.doors.paths import existing
from indexer.files import create_bytes
from indexer.reporting import plural


@click.command("export")
@where_option
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FICHIER",
    help="Où écrire (.gz ou .xz : compressé) ; sinon, ou « - », la sortie standard.",
)
def export_command(location: str, output: Path | None) -> None:
    """Rendre tous les articles de l’index, en JSON Lines."""
    if output == Path("-"):
        output = None
    if output is not None:
        existing([output.parent])
    engine = engines.open(location)
    try:
        lines = map(dump, articles(engine.reader()))
        if output is None:
            file = sys.stdout.buffer
            for line in lines:
                file.write(line)
            file.flush()
            return
        count = _replace(output, lines)
    except OSError as error:
        if output is None:
            raise
        click.echo(f"glose : {unwritable(output, error)}", err=True)
        sys.exit(1)
    finally:
        engine.close()
    click.echo(f"{plural(count, 'article écrit', 'articles écrits')} dans « {output} ».", err=True)


def _replace(output: Path, lines: Iterator[bytes]) -> int:
    """Write beside, then take the place: a file that is there is whole, or the one before.

    A link is followed; a pipe or a device takes the lines as they come, and stays what it is.
    """
    if disk.is_pipe_or_device(output):
        return _write(output, lines)
    output = output.resolve()
    beside = output.with_name(f".{os.getpid()}.{output.name}")
    with ExitStack() as undo:
        undo.callback(beside.unlink, missing_ok=True)
        count = _write(beside, lines)
        os.replace(beside, output)
    return count


def _write(path: Path, lines: Iterator[bytes]) -> int:
    count = 0
    with create_bytes(path) as file:
        for line in lines:
            file.write(line)
            count += 1
    return count


COMMANDS: tuple[click.Command, ...] = (export_command,)

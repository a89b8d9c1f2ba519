"""What does Glose look like, at once, with articles of its own?

`demo`: a door. It indexes the bundled articles, then hands over to the server, which is another
room's and is handed in.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from index.doors.options import listening_options
from indexer.demo import ARTICLES
from indexer.pipeline import bring

Serve = Callable[..., object]


def commands(serve: Serve) -> tuple[click.Command, ...]:
    """The commands of this door, over what serves an index (location, host, port)."""
    return (_demo_command(serve),)


def _demo_command(serve: Serve) -> click.Command:
    @click.command("demo")
    @click.argument(
        "folder",
        required=False,
        metavar="[DOSSIER]",
        type=click.Path(path_type=Path, file_okay=False),
    )
    @listening_options
    def demo_command(folder: Path | None, host: str, port: int) -> None:
        """Indexer les articles fournis avec Glose, dans DOSSIER, et servir la page.

        Sans DOSSIER, l’index est dans un dossier temporaire, ôté à la fin ; $GLOSE_INDEX n’est
        pas lu.
        """
        with _place(folder) as folder_path:
            report = bring([ARTICLES], str(folder_path), folder=ARTICLES).report
            click.echo(f"Lu : {report.summary()}.")
            serve(location=str(folder_path), host=host, port=port)

    return demo_command


@contextmanager
def _place(folder: Path | None) -> Iterator[Path]:
    if folder is not None:
        yield folder
        return
    owner = os.getpid()
    top = Path(tempfile.mkdtemp(prefix="glose-demo-"))
    try:
        yield top / "index"
    finally:
        # a worker of the server, which is a copy of this process, leaves by the same way
        if os.getpid() == owner:
            shutil.rmtree(top, ignore_errors=True)

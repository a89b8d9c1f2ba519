"""Which commands does Glose have?

The front door: one command, assembled from the three rooms. It is the only file that
knows all of them.
"""

from __future__ import annotations

import sys
from typing import Any

import click

import index.doors.click_in_french  # noqa: F401 - before the commands, which are declared in it
from index.doors import commands as searching
from index.doors import keeping_commands as keeping
from index.doors import standard_streams
from index.engines import IndexUnavailable
from indexer.doors import commands as indexing
from indexer.doors import evaluation, watch
from indexer.pipeline import RecordsIn
from webui import commands as serving
from webui.json_views import face


class Glose(click.Group):
    """A command whose expected failures are one sentence, never a traceback."""

    def main(self, *arguments: Any, **more: Any) -> Any:
        standard_streams.settle()
        try:
            return super().main(*arguments, **more)
        except OSError as error:
            said = standard_streams.unwritten(error)
            if said is None:
                raise
            standard_streams.leave_unwritten()
            click.echo(f"glose : {said}", err=True)
            sys.exit(1)

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except IndexUnavailable as error:
            click.echo(f"glose : {error}", err=True)
            ctx.exit(1)
        except KeyboardInterrupt:
            click.echo("glose : interrompu ; ce qui était déjà enregistré est intact.", err=True)
            ctx.exit(1)
        except BrokenPipeError:
            # whoever read our output has seen enough
            sys.stderr.close()
            ctx.exit(0)


@click.group(
    cls=Glose,
    context_settings={"help_option_names": ["-h", "--help"]},
    subcommand_metavar="COMMANDE …",
)
@click.version_option(package_name="glose")
def main() -> None:
    """Chercher dans des articles français et dans les réponses de leurs lecteurs."""


for command in (
    *indexing.COMMANDS,
    *watch.COMMANDS,
    *searching.commands(face),
    *serving.COMMANDS,
    *keeping.commands(RecordsIn),
    *evaluation.COMMANDS,
):
    main.add_command(command)

if __name__ == "__main__":
    main()

"""Which commands does Glose have?

The front door: one command, assembled from the three rooms. It is the only file that
knows all of them.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

import click

import index.doors.click_in_french  # noqa: F401 - before the commands, which are declared in it
from index.doors import configuration, standard_streams
from index.engines.faults import IndexUnavailable

# Each with the file that declares it, which is read when the command is called: they need one
# another's libraries no more than a question needs those of a server.
_DECLARED = {
    "alert": "webui.alerts",
    "backup": "index.doors.keeping_commands",
    "check": "indexer.doors.commands",
    "compact": "index.doors.keeping_commands",
    "completion": "index.doors.shell_commands",
    "config": "index.doors.configuration_commands",
    "delete": "index.doors.keeping_commands",
    "demo": "indexer.doors.demo",
    "evaluate": "indexer.doors.evaluation",
    "explain": "index.doors.commands",
    "export": "indexer.doors.export",
    "forget": "index.doors.keeping_commands",
    "index": "indexer.doors.commands",
    "man": "index.doors.shell_commands",
    "rebuild": "index.doors.keeping_commands",
    "restore": "index.doors.keeping_commands",
    "search": "index.doors.commands",
    "serve": "webui.commands",
    "status": "index.doors.commands",
    "terms": "index.doors.commands",
    "verify": "index.doors.keeping_commands",
    "watch": "indexer.doors.watch",
}


def _face(*arguments: Any, **more: Any) -> Any:
    """The JSON of an answer, which the web's room makes."""
    from webui.json_views import face

    return face(*arguments, **more)


def _sources(*arguments: Any) -> Any:
    """The records that some paths give, which the indexer's room makes."""
    from indexer.pipeline import RecordsIn

    return RecordsIn(*arguments)


def _known(name: str) -> click.Command:
    """A command by its name."""
    command = main.get_command(click.Context(main), name)
    assert command is not None
    return command


def _serve(**options: Any) -> None:
    """Serve an index, which the web's room does; what is not said is as by default."""
    click.get_current_context().invoke(_known("serve"), **options)


# the doors that are not declared at once, since they are handed something of another room
_HANDED: dict[str, Any] = {
    "index.doors.commands": _face,
    "index.doors.configuration_commands": _known,
    "index.doors.keeping_commands": _sources,
    "indexer.doors.demo": _serve,
}
# what reads no configuration
_UNCONFIGURED = ("completion", "config", "demo", "man")


class Glose(click.Group):
    """A command whose expected failures are one sentence, never a traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_DECLARED)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.commands and cmd_name in _DECLARED:
            name = _DECLARED[cmd_name]
            declared = import_module(name)
            handed = self if name == "index.doors.shell_commands" else _HANDED.get(name)
            for command in declared.COMMANDS if handed is None else declared.commands(handed):
                # a program that imports this file twice shares the commands
                taken = any("--config" in parameter.opts for parameter in command.params)
                if command.name not in _UNCONFIGURED and not taken:
                    command.params.insert(0, configuration.option(_known))
                self.add_command(command)
        return self.commands.get(cmd_name)

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


main.params.insert(0, configuration.option_before())

if __name__ == "__main__":
    main()

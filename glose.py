"""Which commands does Glose have?

The front door: one command, assembled from the three rooms. It is the only file that
knows all of them.
"""

from __future__ import annotations

import gc
import sys
from importlib import import_module
from typing import Any

import click

import index.doors.click_in_french  # noqa: F401 - before the commands, which are declared in it
from index.doors import configuration, standard_streams, stopping

# Each with the file that declares it, which is read when the command is called: they need one
# another's libraries no more than a question needs those of a server. And the first sentence of its
# help, so that the list of them all reads none of these files.
_DECLARED = {
    "alert": (
        "webui.alerts",
        "Dire ce qui est nouveau, depuis la dernière fois, pour les questions de QUESTIONS.",
    ),
    "backup": (
        "index.doors.keeping_commands",
        "Copier l’index dans FICHIER, un tar (.tar.gz : compressé), ou dans un DOSSIER.",
    ),
    "check": (
        "indexer.doors.commands",
        "Montrer ce qui est reconnu dans PAGE, sans rien indexer.",
    ),
    "compact": (
        "index.doors.keeping_commands",
        "Récrire l’index sans rien de ce qui en a été retiré, pendant qu’il sert.",
    ),
    "completion": (
        "index.doors.shell_commands",
        "Donner de quoi compléter les commandes de Glose dans SHELL : bash, zsh ou fish.",
    ),
    "config": (
        "index.doors.configuration_commands",
        "Contrôler un fichier de configuration (TOML), que toute commande prend par --config.",
    ),
    "delete": (
        "index.doors.keeping_commands",
        "Retirer des articles ou des commentaires, par leur identifiant.",
    ),
    "demo": (
        "indexer.doors.demo",
        "Indexer les articles fournis avec Glose, dans DOSSIER, et servir la page.",
    ),
    "evaluate": (
        "indexer.doors.evaluation",
        "Mesurer la recherche sur des questions jugées : nDCG@10, MRR@10, rappel@100.",
    ),
    "explain": (
        "index.doors.commands",
        "Montrer ce que devient QUESTION : l’arbre, ce que le moteur reçoit, les parts d’un score.",
    ),
    "export": (
        "indexer.doors.export",
        "Rendre tous les articles de l’index, en JSON Lines.",
    ),
    "forget": (
        "index.doors.keeping_commands",
        "Oublier un commentateur : commentaires, nom, mentions, copies ; et le prouver.",
    ),
    "index": (
        "indexer.doors.commands",
        "Mettre dans l’index les articles de SOURCE : pages, exportations, archives, dossiers.",
    ),
    "man": (
        "index.doors.shell_commands",
        "Donner la page de manuel de Glose, faite de ses commandes.",
    ),
    "rebuild": (
        "index.doors.keeping_commands",
        "Refaire l’index de ce qu’il tient, avec le français de cette version, pendant qu’il sert.",
    ),
    "restore": (
        "index.doors.keeping_commands",
        "Remettre en place la copie FICHIER, faite par glose backup, après l’avoir contrôlée.",
    ),
    "search": (
        "index.doors.commands",
        "Chercher QUESTION ; par exemple : glose search '\"red team\" SAUF openai'",
    ),
    "serve": (
        "webui.commands",
        "Servir la page de recherche et l’interface JSON.",
    ),
    "status": (
        "index.doors.status",
        "Dire ce que l’index contient.",
    ),
    "terms": (
        "index.doors.commands",
        "Montrer comment TEXTE est lu (à défaut, l’entrée standard) : mots, formes, places, "
        "règles.",
    ),
    "verify": (
        "index.doors.keeping_commands",
        "Contrôler l’index : sommes de contrôle, comptes, chaque passage relu et retrouvé.",
    ),
    "watch": (
        "indexer.doors.watch",
        "Mettre dans l’index ce qui est dans DOSSIER, puis ce qui y arrive.",
    ),
}


def _face(*arguments: Any, **options: Any) -> Any:
    """The JSON of an answer, which the web's room makes."""
    from webui.json_views import face

    return face(*arguments, **options)


def _sources(*arguments: Any) -> Any:
    """The records that some paths give, which the indexer's room makes."""
    from indexer.pipeline import RecordsIn

    return RecordsIn(*arguments)


def _imported(name: str) -> Any:
    # what is imported stays: looking through it for what may be freed is a twentieth of a start
    enabled = gc.isenabled()
    gc.disable()
    try:
        return import_module(name)
    finally:
        if enabled:
            gc.freeze()
            gc.enable()


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
            name, _ = _DECLARED[cmd_name]
            declared = _imported(name)
            handed = self if name == "index.doors.shell_commands" else _HANDED.get(name)
            for command in declared.COMMANDS if handed is None else declared.commands(handed):
                # a program that imports this file twice shares the commands
                has_option = any("--config" in parameter.opts for parameter in command.params)
                if command.name not in _UNCONFIGURED and not has_option:
                    command.params.insert(0, configuration.option(_known))
                self.add_command(command)
        return self.commands.get(cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in _DECLARED:
            from difflib import get_close_matches

            if close_names := get_close_matches(args[0], _DECLARED, 1):
                ctx.fail(f"{args[0]!r} n’est pas une commande. Peut-être {close_names[0]!r} ?")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        # Click cuts each at a line, in the middle of a sentence
        with formatter.section("Commandes "):
            formatter.write_dl([(name, text) for name, (_, text) in _DECLARED.items()])

    def main(self, *arguments: Any, **options: Any) -> Any:
        standard_streams.settle()
        try:
            with stopping.heard():
                return super().main(*arguments, **options)
        except OSError as error:
            sentence = standard_streams.unwritten(error)
            if sentence is None:
                raise
            standard_streams.leave_unwritten()
            click.echo(f"glose : {sentence}", err=True)
            sys.exit(1)

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("glose : interrompu ; ce qui était déjà enregistré est intact.", err=True)
            ctx.exit(1)
        except BrokenPipeError:
            # whoever read our output has seen enough
            sys.stderr.close()
            ctx.exit(0)
        except Exception as error:
            # whoever raises it has imported it already: a command's help imports no engine
            from index.engines.faults import IndexUnavailable

            if not isinstance(error, IndexUnavailable):
                raise
            click.echo(f"glose : {error}", err=True)
            ctx.exit(1)


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

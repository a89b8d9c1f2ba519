"""What does a configuration file give to each command, and is that what the command takes?

    [all]
    index = "/var/lib/glose/index"

    [serve]
    workers = 2

The keys are the long options of the commands, without their dashes, and the names of their
arguments: nothing is declared twice. What is given at the command line wins, then the environment,
then the file. A relative path is relative to the file. Secrets stay in files of their own, or in
the environment.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from index.doors import configuration_values as values
from index.doors import toml_lines
from index.doors.toml_lines import Document, Key

VARIABLE = "GLOSE_CONFIG"
TABLES = ("serve", "index", "watch", "alert", "backup")
"""The commands that a machine runs, each with a table of its own."""
SHARED = ("index", "synonyms")
"""The keys of [all], for every command that takes them, also those without a table."""
CLUSTER = {
    name: f"GLOSE_OPENSEARCH_{name.upper().replace('-', '_')}"
    for name in ("user", "password-file", "ca", "cert", "key")
}
"""The keys of [opensearch], and the variables that they stand for."""
_RENAMED = {"source_args": "sources", "by_mail": "by-mail"}
"""Keys that are not what the parameter is called: `mail` is the table of the questions' file."""
_INLINE = {"questions": ("address", "question", "mail")}
"""An argument that names a file, and the keys of that file, which may stand in the table."""
_SECRET = re.compile(r"pass(word|wd)|mot-de-passe|secret|token|jeton|passphrase", re.I)
_META = "glose.configuration"

Commands = Callable[[str], click.Command]


class Misconfigured(click.UsageError):
    """The faults of a configuration file, one sentence a line."""


class InlineTable(dict[str, Any]):
    """A table of the configuration read in place of a file. `path`: of the configuration.

    Whoever reads it raises a ValueError, whose `key` says where in it.
    """

    path: Path


@dataclass(slots=True)
class Configuration:
    """A file read and checked: the values it gives each command, by parameter name.

    `lines` are where each comes from.
    """

    path: Path
    values: dict[str, dict[str, Any]] = field(default_factory=dict)
    lines: dict[tuple[str, str], int] = field(default_factory=dict)
    shared: dict[str, Any] = field(default_factory=dict)
    cluster: dict[str, str] = field(default_factory=dict)

    def of(self, command: click.Command) -> dict[str, Any]:
        """Return the defaults of a command, as click's `default_map` wants them."""
        keys = {key_of(parameter): parameter.name for parameter in parameters(command)}
        shared = {keys[key]: value for key, value in self.shared.items() if key in keys}
        return {str(name): value for name, value in shared.items()} | self.values.get(
            str(command.name), {}
        )


def parameters(command: click.Command) -> list[click.Parameter]:
    """The parameters of a command that a file may give."""
    return [
        parameter
        for parameter in command.params
        if parameter.name not in ("config", "help") and not getattr(parameter, "hidden", False)
    ]


def key_of(parameter: click.Parameter) -> str:
    """
    >>> key_of(click.Option(["--trusted-host", "trusted"])), key_of(click.Argument(["source_args"]))
    ('trusted-host', 'sources')
    """
    name = str(parameter.name)
    if isinstance(parameter, click.Argument) or name in _RENAMED:
        return _RENAMED.get(name, name)
    return max(parameter.opts, key=len).lstrip("-")


def keys_of(command: click.Command) -> dict[str, click.Parameter | None]:
    """The keys of a command's table; None for those that stand for a file of their own."""
    keys: dict[str, click.Parameter | None] = {}
    for parameter in parameters(command):
        keys[key_of(parameter)] = parameter
        keys |= dict.fromkeys(_INLINE.get(str(parameter.name), ()))
    return keys


def load(path: Path, commands: Commands, running: str | None) -> Configuration:
    """Read a file, check all of it, and return what it gives.

    running: the command that is about to run; its paths must be there. None: those of every
    command. Raises Misconfigured with every fault, each with its line.
    """
    path_name = str(path)
    try:
        document = toml_lines.read(path.read_bytes())
    except OSError as error:
        # hardly any command has to say why
        from index.engines.faults import why

        raise Misconfigured(f"« {path_name} » : {why(error)}.") from error
    except toml_lines.Unreadable as error:
        raise Misconfigured(f"« {path_name} », ligne {error.line} : {error}.") from error
    reading = _Reading(path, document, commands, running)
    configuration = reading.configuration()
    if reading.faults:
        ordered = sorted(set(reading.faults))
        raise Misconfigured(
            "\n".join(
                f"« {path_name} », ligne {line} : {sentence}{'' if sentence.endswith('?') else '.'}"
                for line, sentence in ordered
            )
        )
    return configuration


class _Reading:
    def __init__(
        self, path: Path, document: Document, commands: Commands, running: str | None
    ) -> None:
        self._path = path
        self._folder = path.absolute().parent
        self._document = document
        self._commands = commands
        self._running = running
        self.faults: list[tuple[int, str]] = []

    def configuration(self) -> Configuration:
        configuration = Configuration(self._path)
        tables = ("all", *TABLES, "opensearch")
        for table, content in self._document.content.items():
            if table not in tables:
                self._fault((table,), self._unknown_table(table, content, tables))
            elif not isinstance(content, dict):
                self._fault((table,), f"[{table}] est une table, pas une valeur")
            elif table == "all":
                configuration.shared = self._shared(content)
            elif table == "opensearch":
                configuration.cluster = self._cluster(content)
            else:
                configuration.values[table] = self._values(table, content, configuration.lines)
        return configuration

    def _fault(self, key: Key, sentence: str) -> None:
        self.faults.append((self._document.line(*key), sentence))

    def _unknown_table(self, table: str, content: Any, tables: tuple[str, ...]) -> str:
        if isinstance(content, dict):
            return f"il n’y a pas de table [{table}]" + _suggestion(table, tables, "[{}]")
        if table in SHARED:
            return f"« {table} » va sous [all]"
        owners = [name for name in TABLES if table in keys_of(self._commands(name))]
        if owners:
            return f"« {table} » va sous une table : [" + "] ou [".join(owners) + "]"
        return f"« {table} » n’est dans aucune table, et n’est pas connu" + _suggestion(
            table, tables, "[{}]"
        )

    def _values(
        self, table: str, content: Mapping[str, Any], lines: dict[tuple[str, str], int]
    ) -> dict[str, Any]:
        command = self._commands(table)
        keys = keys_of(command)
        values: dict[str, Any] = {}
        inline = InlineTable()
        inline.path = self._path
        for key, value in content.items():
            parameter = keys.get(key)
            if key not in keys:
                self._fault((table, key), self._unknown(key, table, keys))
            elif parameter is None:
                inline[key] = value
            else:
                checked = self._checked(parameter, (table, key), value, table)
                if checked is not None:
                    values[str(parameter.name)] = checked
                lines[table, str(parameter.name)] = self._document.line(table, key)
        if inline:
            self._inline(table, inline, keys, values)
        return values

    def _inline(
        self,
        table: str,
        inline: InlineTable,
        keys: Mapping[str, click.Parameter | None],
        values: dict[str, Any],
    ) -> None:
        name = next(name for name, inside in _INLINE.items() if set(inside) & set(inline))
        parameter = keys[name]
        assert parameter is not None
        if name in values:
            key = next(iter(inline))
            self._fault((table, key), f"« {name} » nomme déjà le fichier qui tient « {key} »")
            return
        try:
            parameter.type.convert(inline, parameter, click.Context(self._commands(table)))
        except (click.BadParameter, ValueError) as error:
            message = error.message if isinstance(error, click.BadParameter) else str(error)
            inside = getattr(error, "key", ())
            self._fault((table, *(inside or (next(iter(inline)),))), message.rstrip("."))
        values[name] = inline

    def _shared(self, content: Mapping[str, Any]) -> dict[str, Any]:
        search = self._commands("serve")
        keys = {key_of(parameter): parameter for parameter in parameters(search)}
        shared: dict[str, Any] = {}
        for key, value in content.items():
            if key not in SHARED:
                self._fault(("all", key), self._unknown(key, "all", dict.fromkeys(SHARED)))
            else:
                checked = self._checked(keys[key], ("all", key), value, self._running or "serve")
                if checked is not None:
                    shared[key] = checked
        return shared

    def _cluster(self, content: Mapping[str, Any]) -> dict[str, str]:
        variables = {}
        for key, value in content.items():
            if key not in CLUSTER:
                self._fault(
                    ("opensearch", key), self._unknown(key, "opensearch", dict.fromkeys(CLUSTER))
                )
            elif not isinstance(value, str) or not value:
                self._fault(
                    ("opensearch", key), f"« {key} » veut un texte, pas {values.called(value)}"
                )
            else:
                variables[CLUSTER[key]] = value if key == "user" else str(self._folder / value)
        return variables

    def _unknown(self, key: str, table: str, keys: Mapping[str, Any]) -> str:
        if _SECRET.search(key):
            files = [name for name in keys if name.endswith("-file")]
            advice = f" : {files[0]} nomme un fichier qui le tient" if files else ""
            return (
                f"« {key} » : un secret ne s’écrit pas ici{advice}, ou une variable "
                "d’environnement le donne"
            )
        return f"« {key} » n’est pas une clef de [{table}]" + _suggestion(
            key, tuple(keys), "« {} »"
        )

    def _checked(self, parameter: click.Parameter, key: Key, value: Any, command: str) -> Any:
        """The value as `default_map` wants it; None when it is wrong, which is then noted."""
        name = str(key[-1])
        several = values.several(parameter)
        items = value if several and isinstance(value, list) else [value]
        converted = []
        for rank, item in enumerate(items):
            item_key: Key = (*key, rank) if isinstance(value, list) and several else key
            try:
                converted.append(self._converted(parameter, item, item_key, command))
            except click.BadParameter as error:
                wrong = error.message.rstrip(".")
                self._fault(item_key, wrong if wrong.startswith("« ") else f"« {name} » : {wrong}")
        if len(converted) < len(items):
            return None
        return converted if several else converted[0]

    def _converted(self, parameter: click.Parameter, value: Any, key: Key, command: str) -> Any:
        name = next(part for part in reversed(key) if isinstance(part, str))
        folder = None if name == "target" and self._on_cluster() else self._folder
        value = values.plain(parameter, name, value, folder)
        # what another command reads may not be there yet
        for_running = self._running is None or key[0] in (self._running, "all")
        if for_running or not isinstance(parameter.type, click.Path):
            values.check(parameter, value, click.Context(self._commands(command)))
        return value

    def _on_cluster(self) -> bool:
        """Whether what is copied is on a cluster, whose copies are in no folder."""
        tables = (self._document.content.get(name) for name in ("backup", "all"))
        locations = [table.get("index") for table in tables if isinstance(table, dict)]
        location = next((location for location in locations if location), None)
        location = os.environ.get("GLOSE_INDEX") or location
        return isinstance(location, str) and location.startswith("opensearch")


def _suggestion(word: str, names: tuple[str, ...], form: str) -> str:
    """
    >>> _suggestion("prot", ("port", "host"), "« {} »")
    ' ; peut-être « port » ?'
    >>> _suggestion("zzz", ("port", "host"), "« {} »")
    ' ; il y a « port », « host »'
    """
    import difflib

    matches = difflib.get_close_matches(word.lower().replace("_", "-"), names, 1)
    if matches:
        return f" ; peut-être {form.format(matches[0])} ?"
    return " ; il y a " + ", ".join(map(form.format, names))


def apply(context: click.Context, configuration: Configuration) -> None:
    """Make a file's values the defaults of a command that is about to be read."""
    context.default_map = configuration.of(context.command)
    for name, value in configuration.cluster.items():
        # the environment wins over the file
        if not (name.endswith("_PASSWORD_FILE") and "GLOSE_OPENSEARCH_PASSWORD" in os.environ):
            os.environ.setdefault(name, value)


def option(commands: Commands) -> click.Option:
    """`--config`, for every command."""

    def load_file(context: click.Context, parameter: click.Parameter, value: Path | None) -> None:
        before = context.meta.get(_META)
        source = context.get_parameter_source("config")
        if before is not None and source is not click.core.ParameterSource.COMMANDLINE:
            value = before
        if value is not None:
            apply(context, load(value, commands, str(context.command.name)))

    return _option(load_file, VARIABLE)


def option_before() -> click.Option:
    """`--config` before the name of the command: glose --config FICHIER serve."""

    def keep(context: click.Context, parameter: click.Parameter, value: Path | None) -> None:
        if value is not None:
            context.meta[_META] = value

    return _option(keep, None)


def _option(callback: Callable[..., None], variable: str | None) -> click.Option:
    return click.Option(
        ["--config"],
        type=click.Path(dir_okay=False, path_type=Path),
        envvar=variable,
        show_envvar=variable is not None,
        # before what it gives a default to
        is_eager=True,
        expose_value=False,
        callback=callback,
        metavar="FICHIER",
        help="Un fichier TOML qui tient ces options (glose config --example) ; la ligne l’emporte.",
    )

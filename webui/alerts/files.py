"""Which questions are saved, and to whom are their news sent?

address = "https://recherche.exemple.fr"   # where Glose is served, for the links

[[question]]
name = "Red team"
q = '"red team" SAUF openai'
in = "comments"                             # and category, author, commenter, from, to

[mail]
to = ["moi@exemple.fr"]
from = "glose@exemple.fr"
server = "smtp.exemple.fr"
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from zoneinfo import ZoneInfo

from index.doors import toml_lines
from webui.addresses import PARAMETERS, BadParameter, filled_in, outside, passed_over, read
from webui.alerts.mailing import Mail, MailSettingsError
from webui.alerts.news import Saved
from webui.locale import Tongue

_FILTERS = ("q", "in", "category", "author", "commenter", "from", "to")
_DECLARED = tuple(parameter for parameter in PARAMETERS if parameter.name in _FILTERS)


class Unreadable(ValueError):
    """A file that does not say what it must; the message is a French sentence.

    key: what is wrong in it, as names of tables and of keys and ranks in lists.
    """

    def __init__(self, message: str, key: tuple[str | int, ...] = ()) -> None:
        super().__init__(message)
        self.key = key


@dataclass(frozen=True, slots=True)
class QuestionFile:
    """What a file of questions holds. `address` ends with a slash, or is ""."""

    questions: tuple[Saved, ...]
    address: str = ""
    mail: Mail | None = None


class _Values:
    """A table of the file, seen as the parameters of an address."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self._table = table

    def getlist(self, key: str) -> list[str]:
        value = self._table.get(key, [])
        return [str(item) for item in (value if isinstance(value, list) else [value])]


def questions(path: Path, zone: ZoneInfo) -> QuestionFile:
    """The questions of a file. Raises Unreadable, OSError.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, "veille.toml").write_text('[[question]]\\nq = "nda depuis:hier"')
    ...     questions(Path(folder, "veille.toml"), ZoneInfo("Europe/Paris")).questions[0].name
    'nda depuis:hier'
    """
    try:
        document = toml_lines.read(path.read_bytes())
    except toml_lines.Unreadable as error:
        raise Unreadable(f"« {path} », ligne {error.line} : {error}") from error
    return watch(document.content, path, zone)


def watch(content: Mapping[str, Any], path: Path, zone: ZoneInfo) -> QuestionFile:
    """The questions of what such a file holds; `path` is named in sentences. Raises Unreadable."""
    _only(content, ("address", "question", "mail"), path, "du fichier", ())
    tables = content.get("question")
    if not isinstance(tables, list) or not tables:
        raise Unreadable(f"« {path} » : aucune question. Il en faut une : [[question]]")
    saved = tuple(_saved(table, path, rank, zone) for rank, table in enumerate(tables, 1))
    names = [question.name for question in saved]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise Unreadable(
            f"« {path} » : deux questions se nomment « {twice} ».",
            ("question", len(names) - 1 - names[::-1].index(twice)),
        )
    address = content.get("address", "")
    if address and (not isinstance(address, str) or outside(address) is None):
        raise Unreadable(f"« {path} » : address doit être une adresse http ou https.", ("address",))
    mail = None
    if "mail" in content:
        try:
            mail = Mail.read(content["mail"])
        except MailSettingsError as error:
            raise Unreadable(f"« {path} », [mail] : {error}", ("mail",)) from error
    return QuestionFile(saved, address.rstrip("/") + "/" if address else "", mail)


def address(text: str, zone: ZoneInfo) -> QuestionFile:
    """The question of an address of the page of results, or of its feed. Raises Unreadable.

    >>> watch = address("https://presse.example/glose/search?q=nda&in=comments", ZoneInfo("UTC"))
    >>> watch.questions[0].name, watch.questions[0].params.where, watch.address
    ('nda', 'comments', 'https://presse.example/glose/')
    """
    parts = urlsplit(text)
    home, _, name = parts.path.rpartition("/")
    if not parts.netloc or name not in _PAGES:
        raise Unreadable(
            f"« {text} » n’est pas l’adresse d’une recherche. Copiez celle de la page de résultats."
        )
    values: dict[str, list[str]] = {}
    for key, value in parse_qsl(parts.query, keep_blank_values=True):
        values.setdefault(key, []).append(value)
    try:
        params = read(_Values(values), zone, _DECLARED)
    except BadParameter as error:
        raise Unreadable(
            f"« {text} » : {error.parameter.name} vaut « {error.value} » ; "
            f"il accepte {error.parameter.accepts}."
        ) from error
    if ignored := passed_over(filled_in(_Values(values), values)):
        # for years, it would tell of what nobody wanted to follow
        raise Unreadable(f"« {text} » : {ignored[0].message}")
    if not params.q.strip() and not params.filtered:
        raise Unreadable(f"« {text} » ne demande rien.")
    question_name = params.q.strip() or Tongue("fr", zone)("results_filtered")
    return QuestionFile((Saved(question_name, params),), f"{parts.scheme}://{parts.netloc}{home}/")


_PAGES = ("search", "search.atom", "search.json", "search.csv")


def default_state_path(watch: QuestionFile) -> Path:
    """Return where the state of an address is stored: there is no file of questions to put it
    beside.
    """
    state_home = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    question_address = f"{watch.address}{watch.questions[0].params.address('')}"
    name = blake2b(question_address.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    return Path(state_home) / "glose" / f"alert-{name}.json"


def _saved(table: Any, path: Path, rank: int, zone: ZoneInfo) -> Saved:
    if not isinstance(table, dict):
        raise Unreadable(
            f'« {path} » : une question s’écrit [[question]], puis q = "…"', ("question",)
        )
    _only(table, ("name", *_FILTERS), path, f"de la question {rank}", ("question", rank - 1))
    try:
        params = read(_Values(table), zone, _DECLARED)
    except BadParameter as error:
        accepts = error.parameter.accepts
        raise Unreadable(
            f"« {path} », question {rank} : {error.parameter.name} vaut « {error.value} » ; "
            f"il accepte {accepts}.",
            ("question", rank - 1, error.parameter.name),
        ) from error
    name = " ".join(str(table.get("name", "")).split()) or params.q.strip()
    if not name:
        raise Unreadable(
            f"« {path} » : la question {rank} n’a ni q ni name.", ("question", rank - 1)
        )
    return Saved(name, params)


def _only(
    table: Mapping[str, Any],
    names: tuple[str, ...],
    path: Path,
    table_name: str,
    key: tuple[str | int, ...],
) -> None:
    # a misspelt filter that was passed over would widen the question in silence
    unknown = next((name for name in table if name not in names), None)
    if unknown is not None:
        listed = ", ".join(names)
        raise Unreadable(
            f"« {path} » : « {unknown} » {table_name} n’est pas connu ; il y a {listed}.",
            (*key, unknown),
        )

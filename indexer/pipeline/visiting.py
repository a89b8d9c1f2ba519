"""How does an index follow sites, given by their addresses?

The articles come by portions, each written before the next is asked for, and what was read
is remembered in the index's directory when it is there. The index is free between two
portions: a visit may last for hours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from index import engines
from index.engines import IndexUnavailable, stamp
from index.engines.faults import why
from indexer.article import Publication
from indexer.reporting import Outcome, Remark, Skipped

if TYPE_CHECKING:
    from indexer.wordpress import State

NAME = "wordpress-rest"
"""The format of what is read at an address, as `--format` calls it."""


def is_address(source: str) -> bool:
    """Return whether a source is a site's address, and no file.

    >>> is_address("https://a.example"), is_address("pages/"), is_address("c:/pages")
    (True, False, False)
    """
    return source.partition(":")[0].lower() in ("http", "https") and "://" in source


def visits(
    addresses: Sequence[str],
    location: str,
    *,
    now: datetime,
    rate: float = 1.0,
    allow_private: bool = False,
    full: bool = False,
    forget: bool = False,
    publication: Publication = Publication(),
) -> Iterator[list[Outcome]]:
    """The articles of some sites that an index does not hold yet, by portions.

    Asking for the next portion says that the one before is written. rate: requests a second.
    allow_private: the sites may be at private addresses. full: read everything again.
    forget: remember nothing of this visit. publication: which states are published.
    """
    if not addresses:
        return
    # what talks to sites is imported when there is one to talk to
    from indexer.web import Fetching
    from indexer.wordpress import rest

    for address in addresses:
        private = [urlsplit(address).hostname or ""] if allow_private else []
        fetching = Fetching(rate=rate, private=private)
        try:
            visit = partial(
                rest.visit,
                fetching,
                address,
                now=now,
                full=full,
                publication=publication,
            )
            yield from _visit(visit, address, location, forget=forget)
        except KeyboardInterrupt:
            again = "tout sera relu"
            if engines.place(location)[1] is not None:
                again = "la lecture reprendra où elle en est"
            reason = f"interrompu : la prochaine fois, {again}"
            yield [Skipped(address, reason)]
            return
        finally:
            fetching.close()


def _visit(
    visit: Callable[..., Iterator[list[Outcome]]], address: str, location: str, *, forget: bool
) -> Iterator[list[Outcome]]:
    """The portions of one site. visit: takes the state of the visit before, and keeps its own."""
    from indexer.wordpress import state as rest_state

    name, folder = engines.place(location)
    if folder is None:
        reason = "rien n’est retenu d’une visite à l’autre pour cet index : tout est relu"
        yield [Remark("state", reason, address)]
        yield from visit(None, keep=_nowhere)
        return
    state_path = rest_state.place(folder, address)
    try:
        state = rest_state.load(state_path, _data(name, folder, location))
    except OSError as error:
        yield [
            Remark(
                "state", f"{state_path.name} ne se lit pas ({why(error)}) : tout est relu", address
            )
        ]
        state = None
    keep = _nowhere if forget else partial(_keep, state_path, name, folder, location)
    try:
        yield from visit(state, keep=keep)
    except _StateNotSaved as error:
        yield [Skipped(address, str(error))]


class _StateNotSaved(Exception):
    """What was read cannot be remembered."""


def _data(name: str, folder: Path, location: str) -> str:
    try:
        return stamp.read(folder, name, location, former=True).data
    except IndexUnavailable:
        # there is none yet, or writing will tell
        return ""


def _keep(state_path: Path, name: str, folder: Path, location: str, state: State) -> None:
    from indexer.wordpress import state as rest_state

    data = _data(name, folder, location)
    if not data:
        return
    try:
        rest_state.save(state_path, data, state)
    except OSError as error:
        raise _StateNotSaved(f"la visite ne peut pas être notée ({why(error)})") from error


def _nowhere(state: State) -> None:
    """Nothing is remembered."""

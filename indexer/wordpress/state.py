"""What was already read of a WordPress, so that the next visit asks for what is new only?

A small file for each site in the index's own directory: it goes where the index goes, and a
new index begins anew. It says nothing that anybody wrote.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from index.engines import disk
from indexer.article import addresses, slug
from indexer.wordpress.site import Site, Validator

KINDS = ("posts", "pages")
CLOSED = -1
"""The count of an article whose thread nobody may read."""
_VERSION = 1
_TIME = "%Y-%m-%dT%H:%M:%S"


@dataclass
class Mark:
    """Up to where a list was read, by the site's own clock; "" before anything was.

    `recent` are the articles changed within a day of `modified`, and when: that clock is not
    exact (an hour comes twice in autumn), and what it seems to hold again is known by them.
    """

    modified: str = ""
    published: str = ""
    recent: dict[int, str] = field(default_factory=dict)

    @property
    def since(self) -> str:
        """From when changes are asked for."""
        return a_day_before(self.modified)


@dataclass
class State:
    """`counts` are the comments of each article, by list and number.

    `newest` is the highest number of a comment, `total` how many the site announced. `walk` is
    the list and page where a reading of everything is, None when it went to its end.
    `begun` says that the marks are those of its beginning.
    """

    site: Site
    marks: dict[str, Mark] = field(default_factory=lambda: {kind: Mark() for kind in KINDS})
    counts: dict[str, dict[int, int]] = field(default_factory=lambda: {kind: {} for kind in KINDS})
    newest: int = 0
    total: int | None = None
    walk: tuple[str, int] | None = (KINDS[0], 1)
    begun: bool = False
    validators: dict[str, Validator] = field(default_factory=dict)

    def kind(self, number: int) -> str | None:
        """The list in which an article is known."""
        return next((kind for kind in KINDS if number in self.counts[kind]), None)


def a_day_before(time: str) -> str:
    """The same time of the day before; "" for no time.

    >>> a_day_before("2024-03-01T10:00:00"), a_day_before("")
    ('2024-02-29T10:00:00', '')
    """
    try:
        return (datetime.fromisoformat(time) - timedelta(days=1)).strftime(_TIME)
    except (ValueError, OverflowError):
        return ""


def place(folder: Path, address: str) -> Path:
    """Return where the state of a site is kept in the directory of an index.

    >>> place(Path("i"), "https://www.a.example/") == place(Path("i"), "http://a.example")
    True
    """
    page = addresses.page(address)
    site_address = page.whole if page is not None else address
    return (
        folder
        / f"rest-{slug(site_address)}-{hashlib.sha256(site_address.encode()).hexdigest()[:10]}.json"
    )


def load(path: Path, data: str) -> State | None:
    """Return the saved state; None when everything must be read again. Raises OSError.

    data: the name of the index's files now. Files other than those the state was saved for
    (restored, rebuilt) may hold less than it records; a damaged state is not used.
    """
    try:
        document = disk.read_json(path)
        if document["version"] != _VERSION or document["data"] != data:
            return None
        return State(
            Site(**document["site"]),
            {
                kind: Mark(
                    **{**document["marks"][kind], "recent": _numbered(document, kind, "recent")}
                )
                for kind in KINDS
            },
            {kind: _numbered(document, kind, "counts") for kind in KINDS},
            document["newest"],
            document["total"],
            tuple(document["walk"]) if document["walk"] else None,
            document["begun"],
            {url: Validator(**validator) for url, validator in document["validators"].items()},
        )
    except FileNotFoundError:
        return None
    except (disk.Damaged, KeyError, TypeError, ValueError, AttributeError):
        return None


def _numbered(document: Mapping[str, Any], kind: str, name: str) -> dict[int, Any]:
    inside = document["marks"][kind]["recent"] if name == "recent" else document[name][kind]
    return {int(number): value for number, value in inside.items()}


def save(path: Path, data: str, state: State) -> None:
    """Replace the state whole. Raises OSError, the former state left as it was."""
    document: dict[str, Any] = {"version": _VERSION, "data": data, **asdict(state)}
    document["counts"] = {kind: _with_text_keys(document["counts"][kind]) for kind in KINDS}
    for kind in KINDS:
        document["marks"][kind]["recent"] = _with_text_keys(document["marks"][kind]["recent"])
    document["walk"] = list(state.walk) if state.walk else None
    disk.write_json(path, document)


def _with_text_keys(numbered: Mapping[int, Any]) -> dict[str, Any]:
    return {str(number): value for number, value in numbered.items()}

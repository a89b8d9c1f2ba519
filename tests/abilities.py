"""What can be done with an index, wherever it is kept? Each row is tried by `test_abilities.py`.

`markdown` writes the table of SERVICE.md (`make readme`): a "no" is there only with the sentence
that whoever asks for it reads, and a "yes" only because the probe went through.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from whoosh.query import Every

from index import engines
from index.answering import FACETS, searching
from index.engines import Engine, PageRequest, places
from index.keeping import backups, forgetting, rewriting, verifying
from index.record import About, Record
from index.writing.writing import write

NOW = datetime(2025, 6, 1, tzinfo=UTC)
PLACES = {
    "tantivy": "un dossier",
    "whoosh": "`whoosh:` dossier",
    "opensearch": "`opensearch://`",
    "memory": "`:memory:`",
}
"""Where an index may be, and how the table calls it."""


def article(name: str, *comments: str, author: str = "Zoé") -> list[Record]:
    about = About(name, f"Article {name}", comments=len(comments))
    return [
        Record(f"{name}#comment-{n}", "comment", about, n, text=text, author=author)
        for n, text in enumerate(comments, 1)
    ]


@dataclass
class Tried:
    """An index of nine articles, and where its copies go. `few`: make a window of five hits."""

    engine: Engine
    copies: Path
    few: Callable[[], None]

    @property
    def location(self) -> str:
        return self.engine.location

    def found(self, question: str, engine: Engine | None = None) -> int:
        reader = (engine or self.engine).reader()
        return searching.search(reader, question, now=NOW).totals.passages


def fill(engine: Engine) -> None:
    write(engine, [article("a", "la fibre", "le cuivre", author="Bob")], seen=1)
    write(engine, [article(f"b{n}", "la mer") for n in range(8)], seen=1)


Probe = Callable[[Tried], None]


@dataclass(frozen=True)
class Ability:
    """`without`: where it is not, and what the sentence says there. `note`: the table's remark."""

    name: str
    probe: Probe
    without: Mapping[str, str] = field(default_factory=dict)
    note: str = ""


def answers(tried: Tried) -> None:
    results = searching.search(tried.engine.reader(), "mer OU fibre", now=NOW, facets=FACETS)
    assert (results.totals.passages, results.totals.articles) == (9, 9)
    assert any(results.facets.values())
    assert tried.found('"la mer" -fibre') == 8


def pages_of(tried: Tried, *, grouped: bool) -> None:
    tried.few()
    request = PageRequest(Every(), number=2, size=4, grouped=grouped)
    assert len(tried.engine.reader().page(request).groups) == 4


def is_exported(tried: Tried) -> None:
    assert len([*rewriting.everything(tried.engine.reader())]) == 10


def turns_pages(tried: Tried) -> None:
    before = tried.engine.reader()
    write(tried.engine, [article("c", "la mer")], seen=2)
    assert searching.search(before, "mer", now=NOW).totals.passages == 8
    assert tried.found("mer") == 9


def turns_pages_elsewhere(tried: Tried) -> None:
    """As a second process of the server does it: it is told of the state, or has seen it come."""
    with closing(engines.open(places.of(tried.engine).location)) as second_engine:
        first, state = tried.engine.reader(), second_engine.reader()
        if isinstance(tried.engine, places.Sharing):
            tried.engine.share(first, "first")
        write(tried.engine, [article("c", "la mer")], seen=2)
        if isinstance(second_engine, places.Sharing):
            shared = second_engine.shared(first.generation, "first")
            assert shared is not None
            state = shared
        assert searching.search(state, "mer", now=NOW).totals.passages == 8


def is_kept(tried: Tried) -> None:
    with closing(engines.open(places.of(tried.engine).location)) as reopened:
        assert tried.found("mer", reopened) == 8


def is_followed(tried: Tried) -> None:
    with closing(engines.open(places.of(tried.engine).location)) as reading:
        assert tried.found("mer", reading) == 8
        write(tried.engine, [article("c", "la mer")], seen=2)
        assert tried.found("mer", reading) == 9


def has_one_writer(tried: Tried) -> None:
    second_engine = engines.open(places.of(tried.engine).location)
    with (
        closing(second_engine),
        tried.engine.writer(),
        pytest.raises(engines.IndexUnavailable, match="déjà en cours d’écriture"),
    ):
        second_engine.writer()


def is_deleted_from(tried: Tried) -> None:
    assert rewriting.delete(tried.engine, ["b1", "a#comment-1"]) == {"b1": 1, "a#comment-1": 1}
    assert (tried.found("mer"), tried.found("fibre")) == (7, 0)


def is_rebuilt(tried: Tried) -> None:
    assert rewriting.rewrite(tried.engine).records == 10


def is_copied(tried: Tried) -> None:
    assert backups.backup(tried.engine, tried.copies) > 0
    rewriting.delete(tried.engine, ["b1"])
    assert backups.restore(tried.copies, tried.location, force=True) == 10
    assert tried.found("mer") == 8


def is_verified(tried: Tried, *, quick: bool) -> None:
    report = verifying.verify(tried.location, quick=quick)
    assert report.problems == []
    assert (report.files > 0) if quick else (report.records == 10)


def forgets(tried: Tried) -> None:
    report = forgetting.forget(tried.engine, "Bob", at="2025-06-01")
    assert (len(report.comments), report.traces) == (2, ())
    assert tried.found("fibre") == 0


NO_DISK = {"memory": "n’est pas sur un disque"}

ABILITIES = (
    Ability("répondre : pages, nombres, facettes, phrases", answers),
    Ability("donner les passages au-delà du dix millième", partial(pages_of, grouped=False)),
    Ability(
        "donner les articles au-delà du dix millième",
        partial(pages_of, grouped=True),
        {"opensearch": "demandez les passages, ou un export"},
        "une phrase le dit ; les passages et les exports vont au bout",
    ),
    Ability("rendre tout ce qu’il tient (`glose export`)", is_exported),
    Ability("finir de tourner les pages d’un état remplacé depuis", turns_pages),
    Ability(
        "… dans un autre processus que celui qui a donné la première",
        turns_pages_elsewhere,
        NO_DISK,
        "sinon, `page.restart` dit où reprendre",
    ),
    Ability("rester quand la commande finit", is_kept, NO_DISK),
    Ability("suivre ce qu’un autre processus y écrit", is_followed, NO_DISK),
    Ability("refuser qu’un second processus écrive", has_one_writer, NO_DISK),
    Ability("retirer un article, un commentaire (`glose delete`)", is_deleted_from),
    Ability("être refait pendant qu’il sert (`rebuild`, `compact`)", is_rebuilt, NO_DISK),
    Ability("être copié, et restauré (`backup`, `restore`)", is_copied, NO_DISK),
    Ability(
        "être relu passage par passage (`glose verify`)",
        partial(is_verified, quick=False),
        NO_DISK,
    ),
    Ability(
        "voir ses fichiers contrôlés (`glose verify --quick`)",
        partial(is_verified, quick=True),
        {"opensearch": "GET _cluster/health", **NO_DISK},
        "le cluster contrôle les siens",
    ),
    Ability("oublier quelqu’un, avec un reçu (`glose forget`)", forgets, NO_DISK),
)


def markdown() -> str:
    """The table of SERVICE.md."""
    lines = [
        "| | " + " | ".join(PLACES.values()) + " | |",
        "|---" * (len(PLACES) + 2) + "|",
        *(
            f"| {ability.name} | "
            + " | ".join("**non**" if place in ability.without else "oui" for place in PLACES)
            + f" | {ability.note} |"
            for ability in ABILITIES
        ),
    ]
    return "\n".join(lines)

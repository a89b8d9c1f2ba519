"""Does a damaged export ever do worse than be refused, in part or whole, with a sentence?"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.article.model import Article
from indexer.canonical import conversion, jsonl
from indexer.pipeline.sources import FORMATS, read
from indexer.reporting.report import Outcome, Remark, Skipped
from tests.indexer.samples import EXPORTS, MARKDOWN, TABLES

FILES = {
    path.name: path
    for folder in (EXPORTS, MARKDOWN, TABLES)
    for path in sorted(folder.rglob("*.*"))
}
NAMES = list(FILES)
PIECES = [b"", b"\x00", b"<", b">", b"&", b'"', b"\xff", b"]]>", b"<![CDATA[", b"{", b";", b"---\n"]
BYTES = st.sampled_from(PIECES)
# Of each of some fifty files, with every step counted: others are drawn at each run.
FEW = settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])


@st.composite
def mutations(draw: st.DrawFn, data: bytes) -> bytes:
    """A file cut, with bytes changed, taken away, put in, or written twice."""
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(data)))
        kind = draw(st.sampled_from(["flip", "put", "cut", "take", "again"]))
        if kind == "flip" and at < len(data):
            data = data[:at] + bytes([data[at] ^ draw(st.integers(1, 255))]) + data[at + 1 :]
        elif kind == "put":
            data = data[:at] + draw(BYTES) + data[at:]
        elif kind == "cut":
            data = data[: max(at, len(data) // 2)]
        else:
            end = min(len(data), at + draw(st.integers(0, 300)))
            data = data[:at] + (data[at:end] * 2 if kind == "again" else b"") + data[end:]
    return data


def sound(outcomes: Iterator[Outcome]) -> None:
    """What every outcome must be, whatever was read."""
    for outcome in outcomes:
        if isinstance(outcome, Article):
            assert outcome.headline
            assert jsonl.article(jsonl.dump(outcome)).id == outcome.id
            records = conversion.records_of(outcome)
            assert len({record.id for record in records}) == len(records)
            for record in records:
                assert record.dump()
        else:
            assert isinstance(outcome, Skipped | Remark)
            assert outcome.sentence().strip()


@pytest.mark.parametrize("name", NAMES)
@FEW
@given(data=st.data())
def test_mutations(name: str, data: st.DataObject, tmp_path: Path, steps: Any) -> None:
    path = tmp_path / name
    path.write_bytes(data.draw(mutations(FILES[name].read_bytes())))
    assert steps(lambda: sound(read([path]))) < 2_000_000


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_every_reader_can_be_given_every_export(form: object) -> None:
    """`--format` may be wrong."""
    for name, path in FILES.items():
        try:
            sound(read([path], forced=form))  # type: ignore[arg-type]
        except Exception as error:
            error.add_note(f"while reading {name}")
            raise


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("isso") / "comments.db"
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE threads (id INTEGER PRIMARY KEY, uri UNIQUE, title)")
        db.execute(
            "CREATE TABLE comments (tid REFERENCES threads(id), id INTEGER PRIMARY KEY, parent,"
            " created, modified, mode, remote_addr, text, author)"
        )
        db.execute("INSERT INTO threads VALUES (1, '/x', 'X')")
        db.executemany(
            "INSERT INTO comments VALUES (1, ?, NULL, 1e9, NULL, 1, '', ?, 'Yann')",
            [(n, "mot " * n) for n in range(1, 60)],
        )
    db.close()
    return path.read_bytes()


@pytest.fixture(scope="module")
def spip(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("spip") / "spip.sqlite"
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE spip_rubriques (id_rubrique INTEGER PRIMARY KEY, titre)")
        db.execute(
            "CREATE TABLE spip_articles (id_article INTEGER PRIMARY KEY, titre, id_rubrique,"
            " texte, date, statut)"
        )
        db.execute("CREATE TABLE spip_forum (id_forum, objet, id_objet, texte, auteur, statut)")
        db.executemany(
            "INSERT INTO spip_articles VALUES (?, ?, 1, ?, '2024-05-03 10:00:00', 'publie')",
            [(n, f"{n}. Titre", "{{{Mot}}} [[note]] " * n) for n in range(1, 30)],
        )
        db.executemany(
            "INSERT INTO spip_forum VALUES (?, 'article', ?, 'Oui', 'Yann', 'publie')",
            [(n, n % 30) for n in range(1, 90)],
        )
    db.close()
    return path.read_bytes()


@pytest.mark.parametrize("program", ["base", "spip"])
@FEW
@given(data=st.data())
def test_mutations_of_a_database(
    program: str, request: pytest.FixtureRequest, data: st.DataObject, tmp_path: Path, steps: Any
) -> None:
    path = tmp_path / "comments.db"
    path.write_bytes(data.draw(mutations(request.getfixturevalue(program))))
    assert steps(lambda: sound(read([path]))) < 2_000_000

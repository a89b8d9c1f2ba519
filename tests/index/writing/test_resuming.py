"""A run cut anywhere goes on from where it was: what was kept is not read again."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from index import engines, french
from index.keeping.rewriting import everything
from index.keeping.verifying import verify
from index.record import About, Record
from index.writing import writing
from index.writing.writing import write

ARTICLES = 30
BATCH = 20
PASSAGES = 3


def article(number: int) -> list[Record]:
    name = f"a{number:02}"
    about = About(name, f"Titre {number}", comments=PASSAGES - 1)
    return [
        Record(
            id=f"{name}#{place}",
            kind="comment" if place else "lead",
            about=about,
            position=place,
            text=f"le texte {number} {place}",
        )
        for place in range(PASSAGES)
    ]


def articles(*, batches: int = ARTICLES) -> Iterator[list[Record]]:
    """Articles, the process dying where the `cut`-th would come."""
    for number in range(ARTICLES):
        if number == batches:
            os.kill(os.getpid(), signal.SIGKILL)
        yield article(number)


def run(location: str, batches: int) -> None:
    writing.BATCH = BATCH
    write(engines.open(location, create=True), articles(batches=batches), seen=1)


@pytest.mark.parametrize("batches", [1, 8, 9, 15, 29])
@pytest.mark.parametrize("location", ["{}/x.index", "whoosh:{}/x.index"])
def test_what_was_kept_is_not_read_again(
    location: str, batches: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    location = location.format(tmp_path)
    died = multiprocessing.get_context("spawn").Process(target=run, args=(location, batches))
    died.start()
    died.join()
    assert died.exitcode == -signal.SIGKILL
    record_ids = {record.id for record in everything(engines.open(location).reader())}
    # whole articles, the first ones, and no more than a batch is lost
    whole_articles = len(record_ids) // PASSAGES
    assert record_ids == {
        record.id for number in range(whole_articles) for record in article(number)
    }
    assert batches * PASSAGES - len(record_ids) < BATCH + PASSAGES

    monkeypatch.setattr(writing, "BATCH", BATCH)
    texts: list[str] = []
    read_text = french.read

    def read_and_count(text: str) -> french.Reading:
        texts.append(text)
        return read_text(text)

    monkeypatch.setattr(french, "read", read_and_count)
    report = write(engines.open(location), articles(), seen=2)
    assert (report.unchanged, report.added) == (
        len(record_ids),
        ARTICLES * PASSAGES - len(record_ids),
    )
    assert (report.updated, report.removed) == (0, 0)
    texts_again = {record.text for number in range(whole_articles) for record in article(number)}
    assert not texts_again & set(texts)
    monkeypatch.undo()
    first_seen = {record.id: record.seen for record in everything(engines.open(location).reader())}
    assert first_seen == {
        record.id: 1 if record.id in record_ids else 2
        for number in range(ARTICLES)
        for record in article(number)
    }
    assert verify(location).problems == []

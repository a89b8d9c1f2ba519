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

ARTICLES = 60
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


def articles(*, cut: int = ARTICLES) -> Iterator[list[Record]]:
    """Articles, the process dying where the `cut`-th would come."""
    for number in range(ARTICLES):
        if number == cut:
            os.kill(os.getpid(), signal.SIGKILL)
        yield article(number)


def run(location: str, cut: int) -> None:
    writing.BATCH = BATCH
    write(engines.open(location, create=True), articles(cut=cut), seen=1)


@pytest.mark.parametrize("cut", [1, 8, 9, 30, 59])
@pytest.mark.parametrize("location", ["{}/x.index", "whoosh:{}/x.index"])
def test_what_was_kept_is_not_read_again(
    location: str, cut: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    location = location.format(tmp_path)
    died = multiprocessing.get_context("spawn").Process(target=run, args=(location, cut))
    died.start()
    died.join()
    assert died.exitcode == -signal.SIGKILL
    kept = {record.id for record in everything(engines.open(location).reader())}
    # whole articles, the first ones, and no more than a batch is lost
    whole = len(kept) // PASSAGES
    assert kept == {one.id for number in range(whole) for one in article(number)}
    assert cut * PASSAGES - len(kept) < BATCH + PASSAGES

    monkeypatch.setattr(writing, "BATCH", BATCH)
    texts: list[str] = []
    read = french.read

    def counted(text: str) -> french.Reading:
        texts.append(text)
        return read(text)

    monkeypatch.setattr(french, "read", counted)
    done = write(engines.open(location), articles(), seen=2)
    assert (done.unchanged, done.added) == (len(kept), ARTICLES * PASSAGES - len(kept))
    assert (done.updated, done.removed) == (0, 0)
    again = {one.text for number in range(whole) for one in article(number)}
    assert not again & set(texts)
    monkeypatch.undo()
    first_seen = {record.id: record.seen for record in everything(engines.open(location).reader())}
    assert first_seen == {
        one.id: 1 if one.id in kept else 2 for number in range(ARTICLES) for one in article(number)
    }
    assert verify(location).problems == []

"""Texts are read elsewhere as they are read here, in order, whatever becomes of who reads them."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from index.record import About, Record
from index.writing import reading
from index.writing.reading import DatedRecord, Readers, Readings

ABOUT = About("a", "Sora")
TEXTS = ["L’été à 10 h 38", "« Red-team », dit-il 👍", "", "150 000 €", "👍", "L'un\nl'autre"]


def given(count: int) -> list[DatedRecord]:
    return [
        (
            Record(
                id=f"a#{n}",
                kind="section",
                about=ABOUT,
                position=n,
                text=f"{text} n{n}",
                heading=TEXTS[n % 2],
            ),
            n,
        )
        for n, text in zip(range(count), TEXTS * count, strict=False)
    ]


def read(readers: Readers, records: list[DatedRecord]) -> list[tuple[DatedRecord, Readings]]:
    found = []
    for at in range(0, len(records), 5):
        found += readers.give(records[at : at + 5])
    return [*found, *readers.remaining()]


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_SHORT_RUN", 20)
    monkeypatch.setattr(reading, "_BATCH", 12)


def test_others_read_the_same_in_the_same_order() -> None:
    records = given(200)
    before = sys.getswitchinterval()
    with Readers(0) as here, Readers(2) as elsewhere:
        assert read(elsewhere, records) == read(here, records)
    assert sys.getswitchinterval() == before


def test_long_texts_go_before_there_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_CHARACTERS", 30)
    sent: list[int] = []
    send = Readers._send
    monkeypatch.setattr(
        Readers, "_send", lambda self: (sent.append(len(self._waiting)), send(self))[1]
    )
    records = given(100)
    with Readers(0) as here, Readers(1) as elsewhere:
        assert read(elsewhere, records) == read(here, records)
    assert sum(sent) == 100 - 15
    assert max(sent) < 12


def test_a_process_taken_away_takes_nothing_with_it() -> None:
    records = given(300)
    found: list[tuple[DatedRecord, Readings]] = []
    with Readers(0) as here, Readers(1) as readers:
        found += readers.give(records[:100])
        assert readers._pool is not None
        for pid in list(readers._pool._processes):
            os.kill(pid, signal.SIGKILL)
        found += read(readers, records[100:])
        assert found == read(here, records)


def test_what_goes_wrong_leaves_nobody_behind() -> None:
    before = {process.pid for process in multiprocessing.active_children()}

    def ours() -> set[int | None]:
        return {process.pid for process in multiprocessing.active_children()} - before

    with suppress(ZeroDivisionError), Readers(1) as readers:
        list(readers.give(given(50)))
        assert ours()
        raise ZeroDivisionError
    for _ in range(2_000):
        if not ours():
            return
        time.sleep(0.05)
    pytest.fail("a process outlives what asked for it")


_ALONE = """
import os, sys, time
from index.writing.reading import Readers
from tests_given import given
if __name__ == "__main__":
    with Readers(1) as readers:
        for _ in readers.give(given(2000)):
            pass
        while not readers._pool._processes:
            time.sleep(0.01)
        print(*readers._pool._processes, flush=True)
        sys.stdin.read()
"""


@pytest.mark.parametrize(
    ("sent", "whole_group"),
    [(signal.SIGTERM, False), (signal.SIGKILL, False), (signal.SIGINT, True)],
)
def test_readers_end_with_whoever_they_read_for_and_say_nothing_of_it(
    sent: signal.Signals, whole_group: bool, tmp_path: Path
) -> None:
    shutil.copy(__file__, tmp_path / "tests_given.py")
    (tmp_path / "alone.py").write_text(_ALONE)
    run = subprocess.Popen(
        [sys.executable, "alone.py"],
        cwd=tmp_path,
        text=True,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(Path(reading.__file__).parents[2])},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert run.stdout is not None
    assert run.stdout.readline().strip(), "nobody reads for it"
    (os.killpg if whole_group else os.kill)(run.pid, sent)
    # its streams are those of its readers too: they end when all are gone
    _, said = run.communicate(timeout=600)
    assert said.count("Traceback") == (1 if sent is signal.SIGINT else 0), said

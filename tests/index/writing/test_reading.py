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


def dated_records(count: int) -> list[DatedRecord]:
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


def read_all(readers: Readers, records: list[DatedRecord]) -> list[tuple[DatedRecord, Readings]]:
    pairs = []
    for at in range(0, len(records), 5):
        pairs += readers.give(records[at : at + 5])
    return [*pairs, *readers.remaining()]


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_SHORT_RUN", 20)
    monkeypatch.setattr(reading, "_BATCH", 12)


def test_others_read_the_same_in_the_same_order() -> None:
    records = dated_records(200)
    before = sys.getswitchinterval()
    with Readers(0) as no_readers, Readers(2) as elsewhere:
        assert read_all(elsewhere, records) == read_all(no_readers, records)
    assert sys.getswitchinterval() == before


def test_long_texts_go_before_there_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_CHARACTERS", 30)
    sent_sizes: list[int] = []
    send = Readers._send
    monkeypatch.setattr(
        Readers, "_send", lambda self: (sent_sizes.append(len(self._waiting)), send(self))[1]
    )
    records = dated_records(100)
    with Readers(0) as no_readers, Readers(1) as elsewhere:
        assert read_all(elsewhere, records) == read_all(no_readers, records)
    assert sum(sent_sizes) == 100 - 15
    assert max(sent_sizes) < 12


def test_a_process_taken_away_takes_nothing_with_it() -> None:
    records = dated_records(300)
    pairs: list[tuple[DatedRecord, Readings]] = []
    with Readers(0) as no_readers, Readers(1) as readers:
        pairs += readers.give(records[:100])
        assert readers._pool is not None
        for pid in list(readers._pool._processes):
            os.kill(pid, signal.SIGKILL)
        pairs += read_all(readers, records[100:])
        assert pairs == read_all(no_readers, records)


def test_what_goes_wrong_leaves_nobody_behind() -> None:
    before = {process.pid for process in multiprocessing.active_children()}

    def children() -> set[int | None]:
        return {process.pid for process in multiprocessing.active_children()} - before

    with suppress(ZeroDivisionError), Readers(1) as readers:
        list(readers.give(dated_records(50)))
        assert children()
        raise ZeroDivisionError
    for _ in range(2_000):
        if not children():
            return
        time.sleep(0.05)
    pytest.fail("a process outlives what asked for it")


_ALONE = """
import os, signal, sys, time
from index.writing.reading import Readers
from records_to_read import dated_records
if __name__ == "__main__":
    # what runs in the background of a shell begins with Ctrl-C ignored
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with Readers(1) as readers:
        for _ in readers.give(dated_records(2000)):
            pass
        while not readers._pool._processes:
            time.sleep(0.01)
        print(*readers._pool._processes, flush=True)
        sys.stdin.read()
"""


@pytest.mark.parametrize(
    ("sent_signal", "whole_group"),
    [(signal.SIGTERM, False), (signal.SIGKILL, False), (signal.SIGINT, True)],
)
def test_readers_end_with_whoever_they_read_for_and_say_nothing_of_it(
    sent_signal: signal.Signals, whole_group: bool, tmp_path: Path
) -> None:
    shutil.copy(__file__, tmp_path / "records_to_read.py")
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
    (os.killpg if whole_group else os.kill)(run.pid, sent_signal)
    # its streams are those of its readers too: they end when all are gone
    _, errors = run.communicate(timeout=600)
    assert errors.count("Traceback") == (1 if sent_signal is signal.SIGINT else 0), errors

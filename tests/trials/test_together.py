"""Readers and writers at once: no reader ever sees a mix, and every round acknowledged is kept."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
import traceback
from pathlib import Path

import pytest
from trial_rounds import PACE, command, do, start, state

from index import engines
from index.engines import IndexUnavailable
from index.keeping.rewriting import everything
from index.keeping.verifying import verify
from index.record import About, Record
from index.writing.writing import write

THREADS = 4


def minutes(long: bool) -> float:
    """An hour, in four parts of a quarter."""
    return float(os.environ.get("MINUTES", "15")) if long else 0.03


def spawn(*words: str) -> subprocess.Popen[str]:
    return start([sys.executable, __file__, *words])


@pytest.mark.parametrize("rewriting", [False, True], ids=["writing", "rewriting"])
def test_sixteen_readers_while_rounds_are_written(
    location: str, place: Path, long: bool, rewriting: bool
) -> None:
    do(location, 0)
    seconds = minutes(long) * 60
    readers = [spawn("read", location, str(seconds)) for _ in range(4)]
    # an hour of rounds is more than a pipe holds
    round_file = place / "said"
    with round_file.open("w") as saying:
        writer = start(command(location, 1, 1_000_000, rewriting=rewriting), saying)
        outputs = [reader.communicate(timeout=seconds + 120) for reader in readers]
        writer.kill()
        _, cried = writer.communicate()
    text = round_file.read_text()
    assert writer.returncode == -signal.SIGKILL, cried
    assert [reader.returncode for reader in readers] == [0] * 4, outputs
    counts = [json.loads(out) for out, _ in outputs]
    rounds = text.count("round ")
    assert rounds > 0
    assert sum(count["reads"] for count in counts) > 16
    assert max(count["last"] for count in counts) > 0
    print(f"\n{rounds} rounds, {sum(count['reads'] for count in counts)} reads by 16 readers")


def read_rounds(location: str, seconds: float) -> None:
    """Several threads read until the time is up: each sees whole rounds, never an older one."""
    faults: list[str] = []
    read_counts = [0] * THREADS
    last = [0] * THREADS
    engine = engines.open(location)
    end = time.monotonic() + seconds

    def follow(place: int) -> None:
        generation = -1
        while time.monotonic() < end and not faults:
            try:
                reader = engine.reader()
                texts = {record.id: record.text for record in everything(reader)}
            except Exception as error:
                faults.append("".join(traceback.format_exception(error)))
                return
            at = _round(texts, last[place])
            if at is None:
                faults.append(f"no round from {last[place]} on: {sorted(texts.items())}")
            elif reader.generation < generation:
                faults.append(f"generation {reader.generation} after {generation}")
            else:
                last[place], generation = at, reader.generation
            read_counts[place] += 1
            time.sleep(PACE)

    threads = [threading.Thread(target=follow, args=(place,)) for place in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(json.dumps({"reads": sum(read_counts), "last": max(last)}))
    if faults:
        sys.exit(faults[0])


def _round(texts: dict[str, str], since: int) -> int | None:
    # the largest version in the texts is the round itself, or one before
    versions = [int(text.split(" tour ")[1].split(",")[0]) for text in texts.values()]
    top = max(versions)
    return next(
        (number for number in range(max(top, since), top + 3) if state(number) == texts), None
    )


def test_writers_together(location: str, long: bool) -> None:
    engines.open(location, create=True)
    count = 60 if long else 4
    writers = [spawn("write", location, str(number), str(count)) for number in range(4)]
    outputs = [writer.communicate(timeout=600) for writer in writers]
    assert [writer.returncode for writer in writers] == [0] * 4, outputs
    ids = {record.id for record in everything(engines.open(location).reader())}
    assert ids == {f"w{number}-{turn}#lead" for number in range(4) for turn in range(count)}
    assert verify(location).problems == []
    refusals = sum(int(out) for out, _ in outputs)
    print(f"\n{4 * count} rounds by 4 writers, {refusals} refusals")


def insist(location: str, number: int, count: int) -> None:
    refusals = 0
    for turn in range(count):
        name = f"w{number}-{turn}"
        lead = Record(id=f"{name}#lead", kind="lead", about=About(name, "Sora"), position=0)
        while True:
            try:
                write(engines.open(location), [[lead]], seen=1)
                break
            except IndexUnavailable as error:
                if "déjà en cours d’écriture" not in str(error):
                    raise
                refusals += 1
                time.sleep(0.01)
    print(refusals)


def test_the_index_does_not_grow_without_bound(location: str, long: bool) -> None:
    """Daily updates: every round rewrites a part of what is held, as often as not all of it."""
    path = engines.place(location)[1]
    assert path is not None
    sizes: list[int] = []
    slow = location.startswith("whoosh")
    articles = 40 if slow else 200
    rounds = (200 if slow else 1000) if long else (30 if slow else 60)
    for turn in range(rounds):
        engine = engines.open(location, create=True)
        part = range(articles) if turn % 5 == 0 else range(turn % 7, articles, 7)
        write(engine, [_daily(number, turn) for number in part], seen=turn)
        sizes.append(sum(record.stat().st_size for record in path.rglob("*") if record.is_file()))
    fresh_location = location.replace(".index", ".fresh")
    final = {record.about.id: record for record in everything(engines.open(location).reader())}
    write(
        engines.open(fresh_location, create=True), [[record] for record in final.values()], seen=0
    )
    fresh_path = engines.place(fresh_location)[1]
    assert fresh_path is not None
    fresh_size = sum(path.stat().st_size for path in fresh_path.rglob("*") if path.is_file())
    half = max(sizes[: rounds // 2])
    print(
        f"\n{rounds} rounds: {max(sizes)} bytes at most, {sizes[-1]} at the end, {fresh_size} "
        f"fresh, {len(list(path.rglob('*')))} files"
    )
    # Whoosh merges small segments only, and takes its time
    assert max(sizes) < (12 if slow else 4) * fresh_size
    assert max(sizes[rounds // 2 :]) < 1.5 * half


def _daily(number: int, turn: int) -> list[Record]:
    about = About(f"d{number}", f"Titre {number} {turn}")
    text = " ".join(f"mot{(number * 31 + turn * 7 + place) % 5000}" for place in range(150))
    return [Record(id=f"d{number}#lead", kind="lead", about=about, position=0, text=text)]


if __name__ == "__main__":
    if sys.argv[1] == "read":
        read_rounds(sys.argv[2], float(sys.argv[3]))
    else:
        insist(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))

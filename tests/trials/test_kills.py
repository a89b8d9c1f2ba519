"""A work cut at any system call, by a kill, the power or the disk, loses nothing acknowledged.

The calls of each work are recorded once, for all that cuts it. Cut after each one, the directory is
laid out as it would be, and must hold what was before or after, and go on: every point is tried, in
the order in which threads really made them. (Counting calls while injecting a signal cannot do
that: strace counts in each thread apart. It is done anyway, to try the real thing.)
"""

from __future__ import annotations

import multiprocessing
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import trial_works
from trial_disk import lay
from trial_record import content, recording
from trial_rounds import (
    ENVIRONMENT,
    acknowledged,
    check,
    command,
    do,
    run,
    saying_to,
    state,
    stored,
)
from trial_works import KINDS, WORKS

FULL = ("le disque est plein", "le disque l’a sans doute refusée")
# every call by which a work changes the disk; and what a disk that is full or worn refuses
CALLS = (
    "fsync", "fdatasync", "write", "pwrite64", "rename", "renameat", "renameat2", "unlink",
    "unlinkat", "link", "linkat", "mkdir", "rmdir", "ftruncate",
)  # fmt: skip
REFUSED = ("write", "fsync", "fdatasync", "rename", "link", "linkat", "mkdir", "ftruncate")


def begin(location: str) -> None:
    for turn in range(3):
        do(location, turn)


def inject(strace: str, call: str, fault: str, words: list[str]) -> list[str]:
    # stopping at that call alone spares much time, but no signal is put there
    fast = [] if "signal" in fault else ["--seccomp-bpf"]
    return [
        strace, "-f", *fast, "-qq", "-o", os.devnull, "-e", f"trace={call}",
        "-e", f"inject={call}:{fault}", *words,
    ]  # fmt: skip


def points(
    call_counts: dict[str, int], of: tuple[str, ...], sample: float | None, few: int,
    chance: random.Random,
) -> list[tuple[str, int]]:  # fmt: skip
    """Which (call, number) are tried: the calls were counted, in the thread that makes most."""
    all_points = [
        (call, number) for call in of for number in range(1, call_counts.get(call, 0) + 1)
    ]
    if "EACH" in os.environ:
        return chance.choices(all_points, k=int(os.environ["EACH"]))
    count = few if sample is None else round(len(all_points) * sample)
    return sorted(chance.sample(all_points, min(len(all_points), count)))


# A power cut leaves one of many things at each point: so many are tried.
CUTS = 5


def chosen_points(points: int, sample: float | None, chance: random.Random) -> set[int]:
    """Which points are tried: by the sample, or a few."""
    count = 2 if sample is None else round(points * sample)
    return set(chance.sample(range(points), min(points, count)))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", WORKS)
def test_cut_after_any_call(
    strace: str, memory: Path, place: Path, chance: random.Random, sample: float | None,
    name: str, kind: str,
) -> None:  # fmt: skip
    played = recording(strace, memory, name, kind)
    counting = played.disk()
    points = sum(map(counting.play, played.calls()))
    assert points > 5
    kills, cut_points = chosen_points(points, sample, chance), chosen_points(points, sample, chance)
    disk = played.disk()
    at = cut_count = 0
    for call in played.calls():
        if not disk.play(call):
            continue
        if at in kills:
            lay(disk.killed(), played.place, place)
            WORKS[name].check(kind, place, disk.said)
            cut_count += 1
        for _ in range(CUTS if sample is not None else 1) if at in cut_points else ():
            lay(disk.cut(chance), played.place, place)
            WORKS[name].check(kind, place, disk.said)
            cut_count += 1
        at += 1
    # the model must end where the process did, or it proves nothing
    lay(disk.killed(), played.place, place)
    assert content(place) == played.after
    print(
        f"\n{name}, {kind}: {points} points, {len(kills)} kills, "
        f"{cut_count - len(kills)} power cuts"
    )


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", WORKS)
def test_killed_by_injection(
    strace: str, memory: Path, place: Path, chance: random.Random, sample: float | None,
    name: str, kind: str,
) -> None:  # fmt: skip
    """At the N-th call of each kind in one thread, for every N that some thread reaches."""
    call_counts = recording(strace, memory, name, kind).most()
    kill_points = points(call_counts, CALLS, sample, 1, chance)
    point_count = sum(call_counts.get(call, 0) for call in CALLS)
    killed = 0
    for turn, (call, number) in enumerate(kill_points):
        folder = place / f"{turn}-{call}{number}"
        folder.mkdir()
        WORKS[name].before(kind, folder)
        words = trial_works.command(name, kind, folder)
        result = run(inject(strace, call, f"signal=KILL:when={number}", words))
        # threads share their work otherwise each time: the last numbers may not be reached
        if result.returncode:
            assert result.returncode in (-signal.SIGKILL, 128 + signal.SIGKILL), result.stderr
            killed += 1
        WORKS[name].check(kind, folder, result.stdout)
        shutil.rmtree(folder)
    assert killed > 0.7 * len(kill_points) or sample is None
    print(f"\n{name}, {kind}: {killed} kills at {len(kill_points)} points of {point_count}")


def test_killed_at_random(
    location: str, chance: random.Random, long: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that has everything it needs in memory begins at once, and so is killed sooner.

    One in two is killed after its first commit, however slow the machine is.
    """
    monkeypatch.setenv("PYTHONPATH", ENVIRONMENT["PYTHONPATH"])
    kills = int(os.environ.get("KILLS", "500" if long else "20")) // 2
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([saying_to.__module__])
    do(location, 0)
    at = 0
    for number in range(kills):
        hearing, saying = context.Pipe(duplex=False)
        rewriting = chance.random() < 0.3
        worker = context.Process(target=saying_to, args=(saying, location, at + 1, rewriting))
        worker.start()
        saying.close()
        if number % 2:
            assert hearing.poll(120), "nothing was committed in two minutes"
        time.sleep(0.05 + chance.random() * 0.2)
        worker.kill()
        worker.join()
        output = b""
        while piece := os.read(hearing.fileno(), 1 << 16):
            output += piece
        hearing.close()
        # and one more round is written by the check
        at = check(location, acknowledged(output.decode(), at)) + 1
    assert at > kills
    print(f"\nrandom: {kills} kills, {at} rounds")


def sentence(process: subprocess.CompletedProcess[str]) -> str:
    """What an operator reads: one sentence of ours, and nothing of Python's."""
    assert process.returncode == 1, (process.returncode, process.stderr)
    assert "Traceback" not in process.stderr, process.stderr
    [line] = [line for line in process.stderr.splitlines() if line.startswith("glose : ")]
    return line


# what was there is still there, or what was not remembered will be told again
KEPT = ("intact", "n’a pas été touché", "sera redit", "Rien n’est dit")
ERRORS = {
    "ENOSPC": ("le disque est plein",),
    "EIO": ("erreur d’entrée-sortie", "le disque ne répond pas comme il doit"),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", WORKS)
def test_refused_by_the_disk(
    strace: str, memory: Path, place: Path, chance: random.Random, sample: float | None,
    name: str, kind: str,
) -> None:  # fmt: skip
    call_counts = recording(strace, memory, name, kind).most()
    refusals, unexpected = 0, []
    refusal_points = points(call_counts, REFUSED, sample, 1, chance)
    for turn, (call, number) in enumerate(refusal_points):
        for error in ERRORS if sample is not None else chance.sample(sorted(ERRORS), 1):
            folder = place / f"{turn}-{call}{number}{error}"
            folder.mkdir()
            WORKS[name].before(kind, folder)
            # a disk that fails to sync goes on failing; failing writes would hide what is said
            onwards = "+" if "sync" in call else ""
            words = trial_works.command(name, kind, folder)
            result = run(inject(strace, call, f"error={error}:when={number}{onwards}", words))
            if result.returncode:
                refusals += 1
                line = sentence(result)
                assert any(sentence_part in line for sentence_part in KEPT), line
                if not any(error_text in line for error_text in ERRORS[error]):
                    unexpected.append((call, number, line))
            WORKS[name].check(kind, folder, result.stdout)
            shutil.rmtree(folder)
    # tantivy's threads do not always say which error stopped them
    assert all("le disque l’a sans doute refusée" in line for _, _, line in unexpected), unexpected
    print(
        f"\n{name}, {kind}: {refusals} refusals, {len(refusal_points)} points, "
        f"{len(unexpected)} said otherwise"
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_the_disk_does_not_give_back(strace: str, place: Path, kind: str) -> None:
    location = trial_works.location(kind, place)
    begin(location)
    [largest] = sorted(
        (place / "x.index").rglob("*.term" if kind == "tantivy" else "*.seg"),
        key=lambda path: path.stat().st_size,
    )[-1:]
    words = [sys.executable, "-c", "import glose; glose.main()", "verify", "--index", location]
    result = run(
        [
            strace,
            "-f",
            "-qq",
            "-o",
            os.devnull,
            "-P",
            str(largest),
            "-e",
            "inject=read:error=EIO",
            *words,
        ]
    )
    assert "erreur d’entrée-sortie" in sentence(result)
    check(location, 2)


def test_files_that_may_not_grow(location: str, long: bool) -> None:
    """A limit on the size of files, as a full disk, met at another place each time."""
    begin(location)
    at, refusals = 2, 0
    sizes = [300, 700, 1000, 1500, 2000, 3000, 5000, 9000] if long else [300, 1500]
    for size in sizes:

        def limit(size: int = size) -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

        result = run(command(location, at + 1, at + 1, rewriting=True), preexec_fn=limit)
        if result.returncode == 0:
            break
        refusals += 1
        assert any(sentence_part in sentence(result) for sentence_part in FULL), result.stderr
        at = check(location, acknowledged(result.stdout, at)) + 1
    assert refusals


def test_a_small_disk_that_fills(place: Path, long: bool) -> None:
    small_disk = place / "small"
    small_disk.mkdir()
    mounted = run(["mount", "-t", "tmpfs", "-o", "size=700k", "none", str(small_disk)])
    if mounted.returncode:
        pytest.skip(f"no small disk can be mounted here: {mounted.stderr.strip()}")
    try:
        location = str(small_disk / "x.index")
        # a file that is gone but still mapped here would keep the disk busy
        assert run(command(location, 0, 2)).returncode == 0
        filler = small_disk / "filler"
        at, refusals = 2, 0
        for room in range(0, 200_000, 4096 if long else 40_000):
            filler.write_bytes(b"")
            filler.write_bytes(bytes(max(0, _free(small_disk) - room)))
            result = run(command(location, at + 1, at + 1, rewriting=True))
            filler.unlink()
            if result.returncode:
                refusals += 1
                assert any(sentence_part in sentence(result) for sentence_part in FULL), (
                    result.stderr
                )
            at = check(location, acknowledged(result.stdout, at)) + 1
        assert refusals
    finally:
        run(["umount", "--lazy", str(small_disk)])


def _free(path: Path) -> int:
    return shutil.disk_usage(path).free


def test_a_disk_that_may_only_be_read(place: Path) -> None:
    disk = place / "disk"
    disk.mkdir()
    mounted = run(["mount", "-t", "tmpfs", "-o", "size=8m", "none", str(disk)])
    if mounted.returncode:
        pytest.skip(f"no disk can be mounted here: {mounted.stderr.strip()}")
    try:
        location = str(disk / "x.index")
        # a file that is gone but still mapped here would keep the disk busy
        assert run(command(location, 0, 2)).returncode == 0
        assert run(["mount", "-o", "remount,ro", str(disk)]).returncode == 0
        line = sentence(run(command(location, 3, 3)))
        assert "lecture seule" in line
        assert stored(location) == state(2)
        assert run(["mount", "-o", "remount,rw", str(disk)]).returncode == 0
        check(location, 2)
    finally:
        run(["umount", "--lazy", str(disk)])

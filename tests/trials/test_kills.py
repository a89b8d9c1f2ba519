"""A worker really killed, or refused by the disk, loses nothing acknowledged."""

from __future__ import annotations

import random
import resource
import signal
import subprocess
import time
from pathlib import Path

import pytest
from trial_rounds import acknowledged, check, command, do, run, start

FULL = ("le disque est plein", "le disque l’a sans doute refusée")
CALLS = ("fsync", "fdatasync", "write", "rename", "renameat", "unlink", "unlinkat", "ftruncate")


def begun(location: str) -> None:
    for turn in range(3):
        do(location, turn)


def inject(strace: str, what: str, words: list[str]) -> list[str]:
    return [strace, "-f", "-qq", "-o", "/dev/null", "-e", f"inject={what}", *words]


def test_killed_by_injection(
    strace: str, tmp_path: Path, chance: random.Random, long: bool
) -> None:
    """At the N-th call of each kind in one thread, for every N that some thread reaches."""
    killed = 0
    for call in CALLS:
        most = 200 if long else 40
        for number in range(1, most) if long else [chance.randrange(1, 12)]:
            location = str(tmp_path / f"{call}{number}.index")
            begun(location)
            what = f"{call}:signal=KILL:when={number}"
            done = run(inject(strace, what, command(location, 3, 4, rewriting=True)))
            if done.returncode == 0:
                break
            assert done.returncode in (-signal.SIGKILL, 128 + signal.SIGKILL), done.stderr
            killed += 1
            check(location, acknowledged(done.stdout, 2))
    assert killed
    print(f"\ninjected: {killed} kills")


def test_killed_at_random(location: str, chance: random.Random, long: bool) -> None:
    do(location, 0)
    at = 0
    kills = 0
    for _ in range(250 if long else 3):
        worker = start(command(location, at + 1, at + 500, rewriting=chance.random() < 0.3))
        time.sleep(0.3 + chance.random() * 0.7)
        worker.kill()
        said, _ = worker.communicate()
        kills += 1
        # and one more round is written by the check
        at = check(location, acknowledged(said, at)) + 1
    print(f"\nrandom: {kills} kills, {at} rounds")


def sentence(done: subprocess.CompletedProcess[str]) -> str:
    """What an operator reads: one sentence of ours, and nothing of Python's."""
    assert done.returncode == 1, (done.returncode, done.stderr)
    assert "Traceback" not in done.stderr, done.stderr
    [line] = [line for line in done.stderr.splitlines() if line.startswith("glose : ")]
    return line


@pytest.mark.parametrize(("error", "said"), [
    ("ENOSPC", "le disque est plein"),
    ("EIO", "erreur d’entrée-sortie"),
])
def test_refused_by_the_disk(
    strace: str, location: str, chance: random.Random, long: bool, error: str, said: str
) -> None:
    begun(location)
    at, refused, other = 2, 0, []
    for call in ("write", "fsync", "fdatasync") if "tantivy" in location else ("write", "fsync"):
        for number in range(1, 60) if long else sorted(chance.sample(range(1, 12), 2)):
            # a disk that fails to sync goes on failing; failing writes would hide what is said
            onwards = "" if call == "write" else "+"
            what = f"{call}:error={error}:when={number}{onwards}"
            done = run([*inject(strace, what, command(location, at + 1, at + 1))])
            if done.returncode == 0:
                break
            refused += 1
            line = sentence(done)
            assert "intact" in line or "n’a pas été touché" in line, line
            if said not in line:
                other.append((call, number, line))
            at = check(location, acknowledged(done.stdout, at)) + 1
    assert refused
    # tantivy's threads do not always say which error stopped them
    assert all("le disque l’a sans doute refusée" in line for _, _, line in other), other
    print(f"\n{error}: {refused} refusals, {len(other)} said otherwise")


def test_files_that_may_not_grow(location: str, long: bool) -> None:
    """A limit on the size of files, as a full disk, met at another place each time."""
    begun(location)
    at, refused = 2, 0
    sizes = [300, 700, 1000, 1500, 2000, 3000, 5000, 9000] if long else [300, 1500]
    for size in sizes:
        def limit(size: int = size) -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

        done = run(command(location, at + 1, at + 1, rewriting=True), preexec_fn=limit)
        if done.returncode == 0:
            break
        refused += 1
        assert any(one in sentence(done) for one in FULL), done.stderr
        at = check(location, acknowledged(done.stdout, at)) + 1
    assert refused


def test_a_small_disk_that_fills(tmp_path: Path, long: bool) -> None:
    there = tmp_path / "small"
    there.mkdir()
    mounted = run(["mount", "-t", "tmpfs", "-o", "size=700k", "none", str(there)])
    if mounted.returncode:
        pytest.skip(f"no small disk can be mounted here: {mounted.stderr.strip()}")
    try:
        location = str(there / "x.index")
        begun(location)
        filler = there / "filler"
        at, refused = 2, 0
        for room in range(0, 200_000, 4096 if long else 40_000):
            filler.write_bytes(b"")
            filler.write_bytes(bytes(max(0, _free(there) - room)))
            done = run(command(location, at + 1, at + 1, rewriting=True))
            filler.unlink()
            if done.returncode:
                refused += 1
                assert any(one in sentence(done) for one in FULL), done.stderr
            at = check(location, acknowledged(done.stdout, at)) + 1
        assert refused
    finally:
        run(["umount", str(there)])


def _free(path: Path) -> int:
    import shutil

    return shutil.disk_usage(path).free


def test_a_disk_that_may_only_be_read(tmp_path: Path) -> None:
    place = tmp_path / "disk"
    place.mkdir()
    mounted = run(["mount", "-t", "tmpfs", "-o", "size=8m", "none", str(place)])
    if mounted.returncode:
        pytest.skip(f"no disk can be mounted here: {mounted.stderr.strip()}")
    try:
        location = str(place / "x.index")
        begun(location)
        assert run(["mount", "-o", "remount,ro", str(place)]).returncode == 0
        line = sentence(run(command(location, 3, 3)))
        assert "lecture seule" in line
        assert run(["mount", "-o", "remount,rw", str(place)]).returncode == 0
        check(location, 2)
    finally:
        run(["umount", str(place)])

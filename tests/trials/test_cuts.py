"""A commit cut at any system call, by a kill or by the power, loses nothing acknowledged.

The calls of a worker are recorded once. Cut after each one, the directory is laid out as it
would be, and must hold the last round acknowledged or the next, and go on: every point is
tried, in the order in which threads really made them. (Counting calls while injecting a
signal cannot do that: strace counts in each thread apart. `test_kills` does it anyway, to
try the real thing.)
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from trial_disk import Disk, calls, lay, record
from trial_rounds import acknowledged, check, command, do, run

from index import engines


def played(strace: str, location: str, tmp_path: Path, *, rewriting: bool) -> tuple[Disk, list]:  # type: ignore[type-arg]
    for turn in range(3):
        do(location, turn)
    path = engines.place(location)[1]
    assert path is not None
    before = Disk(path)
    log = tmp_path / "calls"
    done = run(record(strace, command(location, 3, 4, rewriting=rewriting), log))
    assert done.returncode == 0, done.stderr
    return before, list(calls(log))


def elsewhere(location: str, tmp_path: Path) -> tuple[str, Path, Path]:
    path = engines.place(location)[1]
    assert path is not None
    there = tmp_path / "cut.index"
    return location.replace(str(path), str(there)), path, there


def content(path: Path) -> dict[str, bytes]:
    return {str(one.relative_to(path)): one.read_bytes() for one in path.rglob("*")
            if one.is_file()}


@pytest.mark.parametrize("rewriting", [False, True], ids=["writing", "rewriting"])
def test_killed_after_any_call(
    strace: str, location: str, tmp_path: Path, chance: random.Random, long: bool, rewriting: bool
) -> None:
    disk, made = played(strace, location, tmp_path, rewriting=rewriting)
    cut, path, there = elsewhere(location, tmp_path)
    points = 0
    for call in made:
        if not disk.play(call) or (not long and chance.random() > 0.05):
            continue
        points += 1
        lay(disk.killed(), path, there)
        check(cut, acknowledged(disk.said, 2))
    assert acknowledged(disk.said, 2) == 4
    assert points > 5
    # the model must end where the process did, or it proves nothing
    assert there.exists()
    lay(disk.killed(), path, there)
    assert content(there) == content(path)
    print(f"\nkilled: {points} points")


@pytest.mark.parametrize("rewriting", [False, True], ids=["writing", "rewriting"])
def test_the_power_cut_after_any_call(
    strace: str, location: str, tmp_path: Path, chance: random.Random, long: bool, rewriting: bool
) -> None:
    disk, made = played(strace, location, tmp_path, rewriting=rewriting)
    cut, path, there = elsewhere(location, tmp_path)
    points = 0
    for call in made:
        if not disk.play(call):
            continue
        for _ in range(5 if long else int(chance.random() < 0.05)):
            points += 1
            lay(disk.cut(chance), path, there)
            check(cut, acknowledged(disk.said, 2))
    print(f"\npower: {points} cuts")

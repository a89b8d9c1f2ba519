"""A work cut at any system call, by a kill or by the power, loses nothing acknowledged.

The calls of a worker are recorded once. Cut after each one, the directory is laid out as it
would be, and must hold what was before or after, and go on: every point is tried, in the
order in which threads really made them. (Counting calls while injecting a signal cannot do
that: strace counts in each thread apart. `test_kills` does it anyway, to try the real thing.)
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from trial_disk import lay
from trial_record import content, recording
from trial_works import KINDS, WORKS

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

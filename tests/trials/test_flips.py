"""A byte changed in any file of an index is seen by `verify`, and never met with a traceback."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest
from trial_rounds import do, run, state, stored

from index import engines
from index.engines import IndexUnavailable, sums
from index.keeping.rewriting import rewrite
from index.keeping.verifying import verify

# tantivy's list of files to take away, and locks: nothing is read from them
IGNORED = (".managed.json", ".lock", "LOCK")


def files(path: Path) -> list[Path]:
    every = (one for one in path.rglob("*") if one.is_file() and one.stat().st_size)
    return sorted(one for one in every if not one.name.endswith(IGNORED))


def verified(location: str) -> bool:
    try:
        return not verify(location).problems
    except IndexUnavailable:
        return False


def put(path: Path, content: bytes) -> None:
    """A new file in the place of the old: who mapped that one is not to die of this."""
    fresh = path.with_name(path.name + ".fresh")
    fresh.write_bytes(content)
    fresh.replace(path)


@pytest.fixture
def made(location: str) -> Path:
    for turn in range(4):
        do(location, turn)
    path = engines.place(location)[1]
    assert path is not None
    return path


def test_every_changed_byte_is_seen(
    made: Path, location: str, chance: random.Random, sample: float | None
) -> None:
    tried = 0
    for path in files(made):
        whole = path.read_bytes()
        wanted = 3 if sample is None else min(len(whole), round(2000 * sample))
        for at in sorted(chance.sample(range(len(whole)), wanted)):
            changed = bytearray(whole)
            changed[at] ^= 1 << chance.randrange(8)
            put(path, changed)
            tried += 1
            seen = not verified(location)
            # white space in a small file of ours means nothing
            same = path.suffix == ".json" and _means_the_same(whole, bytes(changed))
            assert seen or same, f"{path.name}: byte {at} of {len(whole)}"
        put(path, whole)
    assert verified(location)
    print(f"\nflips: {tried}")


def _means_the_same(one: bytes, other: bytes) -> bool:
    import orjson

    try:
        return bool(orjson.loads(one) == orjson.loads(other))
    except orjson.JSONDecodeError:
        return False


def test_a_damaged_index_is_read_right_or_refused_or_wrong_but_no_traceback(
    made: Path, location: str, chance: random.Random, sample: float | None
) -> None:
    """What happens to those who do not verify: in a process of its own, since it may die."""
    outcomes = {"right": 0, "refused": 0, "wrong": 0, "died": 0}
    for path in files(made):
        whole = path.read_bytes()
        for _ in range(1 if sample is None else max(1, round(25 * sample))):
            at = chance.randrange(len(whole))
            changed = bytearray(whole)
            changed[at] ^= 1 << chance.randrange(8)
            put(path, changed)
            result = run([sys.executable, __file__, location])
            assert "Traceback" not in result.stderr, (path.name, at, result.stderr)
            outcomes[result.stdout.strip() or "died"] += 1
        put(path, whole)
    assert outcomes["refused"] + outcomes["right"] > outcomes["wrong"] + outcomes["died"], outcomes
    print(f"\nread without verifying: {outcomes}")


def test_a_file_cut_short_is_refused(
    made: Path, location: str, chance: random.Random, long: bool
) -> None:
    for path in files(made):
        if path.name == sums.NAME:
            continue
        whole = path.read_bytes()
        for _ in range(20 if long else 2):
            put(path, whole[: chance.randrange(len(whole))])
            with pytest.raises(IndexUnavailable, match="glose"):
                engines.open(location).reader()
        put(path, whole)


def test_a_damaged_index_is_not_written_nor_made_anew(made: Path, location: str) -> None:
    data = max(files(made), key=lambda one: one.stat().st_size)
    whole = data.read_bytes()
    put(data, whole[:-20])
    for work in (lambda: do(location, 4), lambda: rewrite(engines.open(location))):
        with pytest.raises(IndexUnavailable, match="endommagé"):
            work()
    put(data, whole)
    assert stored(location) == state(3)


def main(location: str) -> str:
    try:
        return "right" if stored(location) == state(3) else "wrong"
    except IndexUnavailable:
        return "refused"
    except AssertionError:
        return "wrong"


if __name__ == "__main__":
    print(main(sys.argv[1]))

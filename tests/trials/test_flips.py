"""A byte changed in any file of an index is seen by `verify`, and never met with a traceback."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest
from trial_rounds import do, run, state, stored

from index import engines
from index.engines import IndexUnavailable
from index.engines.directory import sums
from index.keeping.rewriting import rewrite
from index.keeping.verifying import verify

# tantivy's list of files to take away, and locks: nothing is read from them
IGNORED = (".managed.json", ".lock", "LOCK")


def files(path: Path) -> list[Path]:
    found_files = (path for path in path.rglob("*") if path.is_file() and path.stat().st_size)
    return sorted(path for path in found_files if not path.name.endswith(IGNORED))


def verified(location: str) -> bool:
    try:
        return not verify(location).problems
    except IndexUnavailable:
        return False


def replace_file(path: Path, content: bytes) -> None:
    """A new file in the place of the old: who mapped that one is not to die of this."""
    replacement = path.with_name(path.name + ".fresh")
    replacement.write_bytes(content)
    replacement.replace(path)


@pytest.fixture
def index_path(location: str) -> Path:
    for turn in range(4):
        do(location, turn)
    path = engines.place(location)[1]
    assert path is not None
    return path


def test_every_changed_byte_is_seen(
    index_path: Path, location: str, chance: random.Random, sample: float | None
) -> None:
    flip_count = 0
    for path in files(index_path):
        content = path.read_bytes()
        count = 3 if sample is None else min(len(content), round(2000 * sample))
        for at in sorted(chance.sample(range(len(content)), count)):
            damaged = bytearray(content)
            damaged[at] ^= 1 << chance.randrange(8)
            replace_file(path, damaged)
            flip_count += 1
            refused_by_verify = not verified(location)
            # white space in a small file of ours means nothing
            same_json = path.suffix == ".json" and _means_the_same(content, bytes(damaged))
            assert refused_by_verify or same_json, f"{path.name}: byte {at} of {len(content)}"
        replace_file(path, content)
    assert verified(location)
    print(f"\nflips: {flip_count}")


def _means_the_same(before: bytes, after: bytes) -> bool:
    import orjson

    try:
        return bool(orjson.loads(before) == orjson.loads(after))
    except orjson.JSONDecodeError:
        return False


def test_a_damaged_index_is_read_right_or_refused_or_wrong_but_no_traceback(
    index_path: Path, location: str, chance: random.Random, sample: float | None
) -> None:
    """What happens to those who do not verify: in a process of its own, since it may die."""
    outcomes = {"right": 0, "refused": 0, "wrong": 0, "died": 0}
    for path in files(index_path):
        content = path.read_bytes()
        for _ in range(1 if sample is None else max(1, round(25 * sample))):
            at = chance.randrange(len(content))
            damaged = bytearray(content)
            damaged[at] ^= 1 << chance.randrange(8)
            replace_file(path, damaged)
            result = run([sys.executable, __file__, location])
            assert "Traceback" not in result.stderr, (path.name, at, result.stderr)
            outcomes[result.stdout.strip() or "died"] += 1
        replace_file(path, content)
    assert outcomes["refused"] + outcomes["right"] > outcomes["wrong"] + outcomes["died"], outcomes
    print(f"\nread without verifying: {outcomes}")


def test_a_file_cut_short_is_refused(
    index_path: Path, location: str, chance: random.Random, long: bool
) -> None:
    for path in files(index_path):
        if path.name == sums.NAME:
            continue
        content = path.read_bytes()
        for _ in range(20 if long else 2):
            replace_file(path, content[: chance.randrange(len(content))])
            with pytest.raises(IndexUnavailable, match="glose"):
                engines.open(location).reader()
        replace_file(path, content)


def test_a_damaged_index_is_not_written_nor_made_anew(index_path: Path, location: str) -> None:
    data = max(files(index_path), key=lambda path: path.stat().st_size)
    content = data.read_bytes()
    replace_file(data, content[:-20])
    for work in (lambda: do(location, 4), lambda: rewrite(engines.open(location))):
        with pytest.raises(IndexUnavailable, match="endommagé"):
            work()
    replace_file(data, content)
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

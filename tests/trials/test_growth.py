"""Does an example of each format, grown in each of its places, end with a sentence and in memory?

`make test` tries six of them at half a megabyte; `make trials` SAMPLE of them at sixteen.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from trial_growth import Grown, grown
from trial_rounds import ENVIRONMENT, ROOM

INDEXER = Path(__file__).parent.parent / "indexer"
FOLDERS = ("exports", "markdown", "tables", "html", "threads", "pages")
EXAMPLES = sorted(
    path for name in FOLDERS for path in (INDEXER / name).rglob("*.*") if path.is_file()
)
MOST_MEMORY = 512 << 20
MOST_LINES = 60
"""Lines that somebody reads: some twenty of each sort, and what was done."""

# The peak of a process is VmHWM, which exec begins anew. Its `ru_maxrss` is not: Linux (6.18,
# exec_mmap) hands on to the new program the peak of the image that it replaces, which for a child
# of pytest is pytest's own. That of its children may be used: the image that each replaced is the
# command itself, whose peak counts anyway.
MEASURED = """
import resource, sys
code = "an error"
try:
    exec(sys.argv.pop(1))
except SystemExit as ended:
    code = ended.code
finally:
    with open("/proc/self/status") as status:
        own = next(int(line.split()[1]) for line in status if line.startswith("VmHWM:"))
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(code, own << 10, children << 10, file=sys.__stdout__)
"""
COMMAND = "import glose; glose.main()"


def measured(code: str, *words: str) -> tuple[str, list[int], list[str]]:
    """How a program ends, the most memory of it and of its processes, and all it said."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, code, *words],
        cwd=ROOM, env=ENVIRONMENT, capture_output=True, text=True, check=False,
        errors="replace",
    )  # fmt: skip
    *lines, last = done.stdout.splitlines() or [""]
    ended, *most = last.split()
    return ended, [*map(int, most)], [*lines, *done.stderr.splitlines()]


def index(path: Path, location: Path) -> tuple[str, list[int], list[str]]:
    """How `glose index` ends, the most memory of it and of its processes, and all it said."""
    words = ["index", str(path), "--index", str(location), "--captured", "2024-12-04"]
    return measured(COMMAND, *words)


def chosen(chance: random.Random, sample: float | None) -> Iterator[tuple[Path, Grown]]:
    weight = 500_000 if sample is None else 16_000_000
    some = chance.sample(EXAMPLES, 6) if sample is None else EXAMPLES
    for path in some:
        every = list(grown(path, weight, chance))
        count = 1 if sample is None else max(1, round(sample * len(every)))
        for one in chance.sample(every, min(count, len(every))):
            yield path, one


FILL = "bytearray(b'x') * (200 << 20)"
CHILD = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {FILL!r}], check=True)"


@pytest.mark.parametrize(
    ("code", "own", "children"), [("pass", False, False), (FILL, True, False), (CHILD, False, True)]
)
def test_the_memory_measured_is_of_the_program_alone(code: str, own: bool, children: bool) -> None:
    """A thin child of a fat parent, a fat one, and a thin one with a fat child."""
    fat = bytearray(b"x") * (400 << 20)
    ended, most, lines = measured(f"{code}; sys.exit(3)")
    assert (ended, lines, len(fat)) == ("3", [], 400 << 20)
    assert [size > 200 << 20 for size in most] == [own, children], most
    assert max(most) < 300 << 20


def test_whatever_grows_ends(place: Path, chance: random.Random, sample: float | None) -> None:
    tried = 0
    largest = 0
    for path, (how, made) in chosen(chance, sample):
        here = place / str(tried) / path.relative_to(INDEXER)
        here.parent.mkdir(parents=True)
        here.write_bytes(made())
        code, most, lines = index(here, place / f"{tried}.index")
        what = f"{path.name}, {how}: {code} {most} {lines[-3:]}"
        assert code in ("0", "1"), what
        assert max(most) < MOST_MEMORY, what
        assert len(lines) < MOST_LINES, what
        assert not any("Traceback" in line for line in lines), what
        here.unlink()
        largest = max(largest, *most)
        tried += 1
    assert tried
    print(f"\n{tried} files, {largest >> 20} MiB at most, seed {os.environ.get('SEED', '8')}")

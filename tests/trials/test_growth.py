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

MEASURED = """
import resource, sys
import glose
code = "an error"
try:
    glose.main()
except SystemExit as ended:
    code = ended.code
finally:
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    most = [resource.getrusage(kind).ru_maxrss << 10 for kind in kinds]
    print(code, *most, file=sys.__stdout__)
"""


def index(path: Path, location: Path) -> tuple[str, list[int], list[str]]:
    """How `glose index` ends, the most memory of it and of its processes, and all it said."""
    words = ["index", str(path), "--index", str(location), "--captured", "2024-12-04"]
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, *words],
        cwd=ROOM, env=ENVIRONMENT, capture_output=True, text=True, check=False,
        errors="replace",
    )  # fmt: skip
    *lines, last = done.stdout.splitlines() or [""]
    code, *most = last.split()
    return code, [*map(int, most)], [*lines, *done.stderr.splitlines()]


def chosen(chance: random.Random, sample: float | None) -> Iterator[tuple[Path, Grown]]:
    weight = 500_000 if sample is None else 16_000_000
    some = chance.sample(EXAMPLES, 6) if sample is None else EXAMPLES
    for path in some:
        every = list(grown(path, weight, chance))
        count = 1 if sample is None else max(1, round(sample * len(every)))
        for one in chance.sample(every, min(count, len(every))):
            yield path, one


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

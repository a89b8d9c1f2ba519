"""Does an example of each format, grown in each of its places, end with a sentence and in memory?

`make test` tries six of them at 300 KB; `make trials` SAMPLE of them at sixteen.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from trial_growth import Grown, grown
from trial_rounds import ENVIRONMENT, ROOM

from tests.indexer.samples import EXPORTS, HTML, INDEXER, MARKDOWN, PAGES, TABLES, THREADS

FOLDERS = (EXPORTS, MARKDOWN, TABLES, HTML, THREADS, PAGES)
EXAMPLES = sorted(path for folder in FOLDERS for path in folder.rglob("*.*") if path.is_file())
MOST_MEMORY = 512 << 20
MOST_LINES = 60
"""Lines that somebody reads: some twenty of each sort, and what was done."""

BROKEN = "la lecture s’est arrêtée d’elle-même"
"""What is said of a reader that failed otherwise than by the bounds of its process."""

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
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    usages = [resource.getrusage(kind) for kind in kinds]
    children = usages[1].ru_maxrss
    seconds = sum(usage.ru_utime + usage.ru_stime for usage in usages)
    print(code, round(seconds), own << 10, children << 10, file=sys.__stdout__)
"""
COMMAND = "import glose; glose.main()"


class ProcessResult(NamedTuple):
    """How a program ends: its code, the most memory of it and of its processes in bytes, the
    seconds of the processor that they took, and all it said."""

    code: str
    own: int
    children: int
    seconds: int
    lines: list[str]

    @property
    def memory(self) -> int:
        return max(self.own, self.children)

    def faults(self) -> list[str]:
        faults = [] if self.code in ("0", "1") else [f"ended with {self.code}"]
        if self.memory >= MOST_MEMORY:
            faults.append(f"{self.memory >> 20} MiB")
        if len(self.lines) >= MOST_LINES:
            faults.append(f"{len(self.lines)} lines")
        if any("Traceback" in line or BROKEN in line for line in self.lines):
            faults.append("an error of ours")
        return faults


def measure(code: str, *words: str) -> ProcessResult:
    process = subprocess.run(
        [sys.executable, "-c", MEASURED, code, *words],
        cwd=ROOM, env=ENVIRONMENT, capture_output=True, text=True, check=False,
        errors="replace",
    )  # fmt: skip
    *lines, last = process.stdout.splitlines() or ["an error 0 0 0"]
    exit_code, seconds, own, children = last.rsplit(" ", 3)
    output = [*lines, *process.stderr.splitlines()]
    return ProcessResult(exit_code, int(own), int(children), int(seconds), output)


def index(path: Path, location: Path) -> ProcessResult:
    words = ["index", str(path), "--index", str(location), "--captured", "2024-12-04"]
    return measure(COMMAND, *words)


def chosen_growths(chance: random.Random, sample: float | None) -> Iterator[tuple[Path, Grown]]:
    weight = 300_000 if sample is None else 16_000_000
    paths = chance.sample(EXAMPLES, 6) if sample is None else EXAMPLES
    for path in paths:
        growths = list(grown(path, weight, chance))
        count = 1 if sample is None else max(1, round(sample * len(growths)))
        for growth in chance.sample(growths, min(count, len(growths))):
            yield path, growth


FILL = "bytearray(b'x') * (200 << 20)"
CHILD = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {FILL!r}], check=True)"


@pytest.mark.parametrize(
    ("code", "own", "children"), [("pass", False, False), (FILL, True, False), (CHILD, False, True)]
)
def test_the_memory_measured_is_of_the_program_alone(code: str, own: bool, children: bool) -> None:
    """A thin child of a fat parent, a fat one, and a thin one with a fat child."""
    fat = bytearray(b"x") * (400 << 20)
    result = measure(f"{code}; sys.exit(3)")
    assert (result.code, result.lines, len(fat)) == ("3", [], 400 << 20)
    assert [size > 200 << 20 for size in (result.own, result.children)] == [own, children], result
    assert result.memory < 300 << 20


def test_whatever_grows_ends(place: Path, chance: random.Random, sample: float | None) -> None:
    results: list[tuple[int, int, str]] = []
    failures: list[str] = []
    for path, (how, content) in chosen_growths(chance, sample):
        grown_path = place / str(len(results)) / path.relative_to(INDEXER)
        grown_path.parent.mkdir(parents=True)
        grown_path.write_bytes(content())
        location = place / f"{len(results)}.index"
        result = index(grown_path, location)
        name = f"{path.relative_to(INDEXER)}, {how}"
        print(f"{result.seconds:4} s {result.memory >> 20:4} MiB  {name}", flush=True)
        if faults := result.faults():
            failures.append(f"{name}: {', '.join(faults)}: {result.lines[-3:]}")
            print(f"  {failures[-1]}", flush=True)
        shutil.rmtree(grown_path.parent)
        shutil.rmtree(location, ignore_errors=True)
        results.append((result.seconds, result.memory, name))
    assert results
    slowest, _, slow = max(results)
    largest = max(memory for _, memory, _ in results)
    print(
        f"\n{len(results)} files, {largest >> 20} MiB at most, {slowest} s of the processor "
        f"at most ({slow}), seed {os.environ.get('SEED', '8')}"
    )
    assert not failures, "\n".join(failures)

"""Which system calls does a work make, from its beginning to its end?

Each is done once, under strace, and its recording serves every trial that cuts it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import trial_works
from trial_disk import Call, Disk, calls, record
from trial_rounds import run


@dataclass(frozen=True, slots=True)
class Recording:
    """What was there before, the calls made, and what was there after."""

    place: Path
    log: Path
    after: dict[str, bytes]

    def disk(self) -> Disk:
        """What was there before; the place itself is now as it was left."""
        return Disk(self.place, self.place.with_name("before"))

    def calls(self) -> Iterator[Call]:
        return calls(self.log)

    def most(self) -> Counter[str]:
        """How many calls of each kind the thread makes that makes the most of them."""
        tally = Counter((call.thread, call.name) for call in calls(self.log, failed=True))
        counts: Counter[str] = Counter()
        for (_, name), count in tally.items():
            counts[name] = max(counts[name], count)
        return counts


@cache
def recording(strace: str, memory: Path, name: str, kind: str) -> Recording:
    """A work done in order, recorded."""
    top = memory / f"{name}-{kind}"
    place = top / "place"
    place.mkdir(parents=True)
    trial_works.WORKS[name].before(kind, place)
    (top / "before").mkdir()
    copy(place, top / "before")
    result = run(record(strace, trial_works.command(name, kind, place), top / "calls"))
    assert result.returncode == 0, result.stderr
    return Recording(place, top / "calls", content(place))


def copy(destination: Path, source: Path) -> None:
    """Everything under a directory, in another one."""
    for path in sorted(destination.rglob("*")):
        target = source / path.relative_to(destination)
        if path.is_dir():
            target.mkdir()
        else:
            target.write_bytes(path.read_bytes())


def content(path: Path) -> dict[str, bytes]:
    """Every file under a directory, with its bytes."""
    files = (path for path in path.rglob("*") if path.is_file())
    return {str(file.relative_to(path)): file.read_bytes() for file in files}

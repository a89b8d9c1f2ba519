"""How long do questions take, beside another checkout of Glose?

    python tests/speed/turns.py QUESTIONS INDEX --beside FOLDER INDEX [--processes N] [--rounds N]

Milliseconds of processor by class, medians: the first time that a question is asked of a process,
and again. Both checkouts answer in turns, each question counting for the least of its processes,
so that a busy machine moves the ratio little. QUESTIONS is what `make bench-million` left beside
an index; the other checkout has an index of its own where it reads another French.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parents[2]
SIDES = Path(__file__).with_name("million") / "sides.py"
Times = dict[str, dict[str, list[float]]]
"""Class → "first" or "again" → milliseconds of each question."""


def main() -> None:
    flags = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    flags.add_argument("questions", type=Path)
    flags.add_argument("index", type=Path)
    flags.add_argument("--beside", type=Path, nargs=2, required=True, metavar=("FOLDER", "INDEX"))
    flags.add_argument("--processes", type=int, default=3)
    flags.add_argument("--rounds", type=int, default=4)
    options = flags.parse_args()
    sides = [tuple(options.beside), (HERE, options.index)]
    least: list[Times] = [{}, {}]
    for _ in range(options.processes):
        for number, (checkout, index) in enumerate(sides):
            times = _ask(checkout, index, options.questions, options.rounds)
            least[number] = _least(least[number], times)
    before, now = least
    for kind, by_name in now.items():
        ratios = [
            _compared(before[kind][name], engine_times) for name, engine_times in by_name.items()
        ]
        print(f"| {kind} | {' | '.join(ratios)} |")


def _ask(checkout: Path, index: Path, questions: Path, rounds: int) -> Times:
    arguments = ["glose", "ask", str(index.resolve()), str(questions.resolve()), str(rounds)]
    process = subprocess.run(
        [sys.executable, str(SIDES), *arguments],
        check=True,
        cwd=checkout,
        env=os.environ | {"PYTHONPATH": str(checkout.resolve())},
        stdout=subprocess.PIPE,
    )
    times: Times = json.loads(process.stdout)
    return times


def _least(before: Times, times: Times) -> Times:
    if not before:
        return times
    return {
        kind: {
            name: [*map(min, before[kind][name], engine_times)]
            for name, engine_times in by_name.items()
        }
        for kind, by_name in times.items()
    }


def _compared(before: list[float], after: list[float]) -> str:
    was, is_now = statistics.median(before), statistics.median(after)
    return f"{was:.1f} → {is_now:.1f} (× {is_now / was:.2f})"


if __name__ == "__main__":
    main()

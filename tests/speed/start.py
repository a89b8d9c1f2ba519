"""How long do Glose's commands take to start and answer, beyond Python itself?

    python tests/speed/start.py INDEX [--beside FOLDER] [--rounds N]

Milliseconds of processor, medians of commands run in turns, each a process of its own over the
same index, with `python -c pass` taken off. `--beside`: another checkout of Glose, run in turns
with this one, of which the ratio is given.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parents[2]
COMMANDS = {
    "glose search femme": ["search", "femme"],
    "glose search --json femme": ["search", "--json", "femme"],
    "glose status": ["status"],
    "glose --help": ["--help"],
}


def main() -> None:
    flags = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    flags.add_argument("index", type=Path)
    flags.add_argument("--beside", type=Path)
    flags.add_argument("--rounds", type=int, default=7)
    options = flags.parse_args()
    checkouts = [options.beside, HERE] if options.beside else [HERE]
    where = {"GLOSE_INDEX": str(options.index.resolve())}
    # the first round writes bytecode
    rounds = [
        [_cpu(["-c", "pass"], HERE, where)]
        + [
            _cpu(["-m", "glose", *command], checkout, where)
            for command in COMMANDS.values()
            for checkout in checkouts
        ]
        for _ in range(options.rounds + 1)
    ][1:]
    baseline, *medians = map(statistics.median, zip(*rounds, strict=True))
    print(f"python -c pass: {baseline:.0f} ms")
    for number, name in enumerate(COMMANDS):
        checkout_medians = medians[number * len(checkouts) :][: len(checkouts)]
        print(f"{name}: {' → '.join(f'{ms - baseline:.0f}' for ms in checkout_medians)} ms beyond")


def _cpu(arguments: list[str], checkout: Path, where: dict[str, str]) -> float:
    before = os.times()
    subprocess.run(
        [sys.executable, *arguments],
        check=True,
        cwd=checkout,
        env=os.environ | where | {"PYTHONPATH": str(checkout)},
        stdout=subprocess.DEVNULL,
    )
    after = os.times()
    seconds = (after.children_user - before.children_user) + (
        after.children_system - before.children_system
    )
    return seconds * 1000


if __name__ == "__main__":
    main()

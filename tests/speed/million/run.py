"""How fast is Glose beside Lucene, bare tantivy and SQLite FTS5, as an index grows?

    python tests/speed/million/run.py [--passages N]... [--side NAME]... [--folder DIR]
                                      [--questions N] [--rounds N] [--picture FILE]

The same passages and questions for all of them (`passages.py`), the whole path each (`sides.py`,
`lucene/LuceneSide.java`): one after the other in one run, each in a process of its own, so that
what is measured is processor time. What is in `--folder` already is not made again, so that a run
that was stopped goes on: figures are in `DIR/figures.json`.

Lucene's jars come from Maven Central, pinned in lucene/pom.xml; without `mvn` or a JDK of 21 or
more it is left out, and this is said.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import threading
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import picture
from passages import questions, write

HERE = Path(__file__).resolve().parent
SIDES = ("glose", "lucene", "tantivy", "fts5")
_JAVA = 21

Figures = dict[str, dict[str, Any]]


def main() -> int:
    flags = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    flags.add_argument("--passages", type=int, action="append")
    flags.add_argument("--side", choices=SIDES, action="append")
    flags.add_argument("--folder", type=Path, default=HERE.parents[2] / "build" / "million")
    flags.add_argument("--corpus", type=Path, default=None)
    flags.add_argument("--questions", type=int, default=40, help="of each class")
    flags.add_argument("--rounds", type=int, default=3)
    flags.add_argument("--picture", type=Path, default=None, help="an SVG of the growth")
    options = flags.parse_args()
    shared = Path(os.environ.get("GLOSE_SHARED", HERE.parents[3] / "shared"))
    corpus = options.corpus or shared / "corpus" / "passages_100k.jsonl.xz"
    if not corpus.exists():
        print(f"bench-million: no corpus at {corpus}; give one with --corpus", file=sys.stderr)
        return 1
    options.folder.mkdir(parents=True, exist_ok=True)
    all_questions = questions(shared / "corpus" / "queries.json", options.questions)
    figures_path = options.folder / "figures.json"
    figures: Figures = json.loads(figures_path.read_text()) if figures_path.exists() else {}
    lucene = _lucene(options.folder / "jars") if "lucene" in (options.side or SIDES) else None
    for passages in options.passages or (10_000, 100_000, 1_000_000):
        files = write(corpus, passages, options.folder)
        for side in options.side or SIDES:
            if side == "lucene" and lucene is None:
                continue
            runner = lucene if side == "lucene" else [sys.executable, str(HERE / "sides.py"), side]
            run = _Run(runner, side, files, options.folder / f"{side}-{passages}")
            side_figures = figures.setdefault(str(passages), {}).setdefault(side, {})
            if not run.index.exists():
                side_figures |= run.indexed()
                # a million passages take minutes: what they took is kept whatever comes after
                figures_path.write_text(json.dumps(figures, indent=1))
            side_figures["answers"] = run.answers(all_questions, options.rounds)
            figures_path.write_text(json.dumps(figures, indent=1))
    print(table(figures))
    if options.picture is not None:
        options.picture.write_text(picture.growth(figures), "utf-8")
    return 0


class _Run:
    """One side, over one index."""

    def __init__(self, runner: list[str], side: str, files: tuple[Path, Path], index: Path) -> None:
        self._runner, self._side, self.index = runner, side, index
        self._lines, self._table = files

    def indexed(self) -> dict[str, Any]:
        """What making the index takes: seconds of CPU and by the clock, MB of memory and disk."""
        part = self.index.with_suffix(".part")
        shutil.rmtree(part, ignore_errors=True)
        passages = self._lines if self._side == "glose" else self._table
        costs = _measure([*self._runner, "index", str(passages), str(part)])
        part.rename(self.index)
        files = [file for file in self.index.rglob("*") if file.is_file()]
        return costs | {"disk_MB": round(sum(file.stat().st_size for file in files) / 1e6)}

    def answers(
        self, all_questions: dict[str, list[str]], rounds: int
    ) -> dict[str, dict[str, list[float]]]:
        """CPU milliseconds of each question, by class: the first time, and again."""
        scratch = self.index.with_suffix(".questions")
        if self._side == "lucene":
            rows = [
                f"{kind}\t{words}\n"
                for kind, kind_questions in all_questions.items()
                for words in kind_questions
            ]
            scratch.write_text("".join(rows), "utf-8")
        else:
            scratch.write_text(json.dumps(all_questions), "utf-8")
        run = subprocess.run(
            [*self._runner, "ask", str(self.index), str(scratch), str(rounds)],
            capture_output=True,
            text=True,
            check=True,
        )
        if self._side != "lucene":
            answers: dict[str, dict[str, list[float]]] = json.loads(run.stdout)
            return answers
        times: dict[str, dict[str, list[float]]] = {}
        for line in run.stdout.splitlines():
            kind, first, repeated = line.split("\t")
            of_kind = times.setdefault(kind, {"first": [], "again": []})
            of_kind["first"].append(round(float(first), 3))
            of_kind["again"].append(round(float(repeated), 3))
        return times


def _measure(command: list[str]) -> dict[str, float]:
    """What a command and its children take; memory is that of all together, by turns of 0.2 s."""
    before = os.times()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    peak, finished = [0.0], threading.Event()

    def watch() -> None:
        while not finished.wait(0.2):
            peak[0] = max(peak[0], sum(map(_anonymous, _family(process.pid))))

    watcher = threading.Thread(target=watch)
    watcher.start()
    code = process.wait()
    finished.set()
    watcher.join()
    after = os.times()
    if code:
        raise subprocess.CalledProcessError(code, command)
    seconds = (after.children_user + after.children_system) - (
        before.children_user + before.children_system
    )
    wall = after.elapsed - before.elapsed
    return {"cpu_s": round(seconds, 1), "wall_s": round(wall, 1), "memory_MB": round(peak[0])}


def _family(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(descendant for child in children for descendant in _family(int(child)))]


def _anonymous(pid: int) -> float:
    """MB of memory that is no file's."""
    try:
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("RssAnon:"):
                return int(line.split()[1]) / 1000
    except OSError:
        # it ended
        pass
    return 0.0


def _lucene(jars: Path) -> list[str] | None:
    """The command that runs Lucene's side; None, and why is said, where it cannot be."""
    sys.path.insert(0, str(HERE.parents[1] / "relevance"))
    from real_lucene import NoLucene, fetch_jars

    try:
        java = fetch_jars(HERE / "lucene", jars)
    except NoLucene as error:
        print(f"bench-million: without Lucene: {error}", file=sys.stderr)
        return None
    flags = ["-Xmx1g", "--add-modules", "jdk.incubator.vector", "-cp", f"{jars}/*"]
    return [str(java), *flags, str(HERE / "lucene" / "LuceneSide.java")]


def table(figures: Figures) -> str:
    """Each figure of each size, and how many times that of Lucene Glose takes.

    Of answers, Lucene's is that of the later times: the first time its code is not compiled yet.
    """
    lines = [f"{_machine()}; milliseconds and seconds of CPU"]
    for passages, sides in figures.items():
        names = [side for side in SIDES if side in sides]
        against = "lucene" in names and "glose" in names
        head = ["", *names, *(["÷ Lucene"] if against else [])]
        lines += ["", f"{int(passages):,} passages", _row(head), _row(["---"] * len(head))]
        for figure in ("cpu_s", "wall_s", "memory_MB", "disk_MB"):
            cells = {side: sides[side].get(figure) for side in names}
            lucene = cells.get("lucene") if against else None
            lines.append(_row([f"indexing, {figure}", *_cells(cells, against, lucene)]))
        for kind in sides[names[0]]["answers"]:
            medians = {
                side: {
                    time: round(statistics.median(sides[side]["answers"][kind][time]), 2)
                    for time in ("first", "again")
                }
                for side in names
            }
            warm = medians["lucene"]["again"] if against else None
            for time in ("first", "again"):
                cells = {side: medians[side][time] for side in names}
                lines.append(_row([f"{kind}, {time}", *_cells(cells, against, warm)]))
    return "\n".join(lines)


def _cells(figures: Mapping[str, float | None], against: bool, lucene: float | None) -> list[str]:
    cells = ["–" if figure is None else f"{figure:g}" for figure in figures.values()]
    glose = figures.get("glose")
    if against:
        cells.append(f"{glose / lucene:.1f}" if glose and lucene else "–")
    return cells


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _machine() -> str:
    model = "a processor without a name"
    with open("/proc/cpuinfo", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("model name"):
                model = line.partition(":")[2].strip()
    return (
        f"{os.cpu_count()} × {model}, Python {platform.python_version()},"
        f" tantivy-py {version('tantivy')}"
    )


if __name__ == "__main__":
    sys.exit(main())

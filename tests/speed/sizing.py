"""How much memory, disk and time do 10,000 articles take?

    python tests/speed/sizing.py [--articles N] [--corpus FILE]

Each command is run as an administrator would: `glose index`, the same again (nothing new),
`glose rebuild`, `glose backup`, `glose verify`, and `glose serve` asked some hundred questions.
Memory is the most that a command and its processes held together (PSS, which counts once what they
share); time is processor time of them all. Figures are per 10,000 articles of this corpus, whose
size is said.
"""

from __future__ import annotations

import argparse
import json
import lzma
import os
import re
import resource
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

GLOSE = [sys.executable, "-m", "glose"]
TEN_THOUSAND = 10_000


def family(process: int) -> Iterator[int]:
    """A process and those that it started, and they."""
    yield process
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        for child in task.read_text().split():
            yield from family(int(child))


def resident_bytes(process: int) -> int:
    """Bytes that a process and its children hold together."""
    total = 0
    for pid in family(process):
        try:
            text = Path(f"/proc/{pid}/smaps_rollup").read_text()
        except OSError:
            continue
        total += int(re.search(r"^Pss:\s+(\d+)", text, re.M)[1]) << 10  # type: ignore[index]
    return total


@contextmanager
def watched(process: subprocess.Popen[bytes]) -> Iterator[list[int]]:
    """The most that it held, in the list that is given."""
    peak, over = [0], threading.Event()

    def look() -> None:
        while not over.wait(0.2):
            try:
                peak[0] = max(peak[0], resident_bytes(process.pid))
            except OSError:
                return

    looker = threading.Thread(target=look)
    looker.start()
    try:
        yield peak
    finally:
        over.set()
        looker.join()


def run(arguments: Sequence[str]) -> tuple[float, int]:
    """Processor seconds and bytes of a command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    process = subprocess.Popen([*GLOSE, *arguments], stdout=subprocess.DEVNULL)
    with watched(process) as peak:
        assert process.wait() == 0, arguments
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, peak[0]


def serve(where: Path, questions: Sequence[str]) -> int:
    """Bytes of a server with one worker, once asked."""
    process = subprocess.Popen(
        [*GLOSE, "serve", "--index", str(where), "--port", "0"], stdout=subprocess.PIPE
    )
    try:
        assert process.stdout is not None
        address = re.search(r"http://\S+/", process.stdout.readline().decode())[0]  # type: ignore[index]
        for question in questions:
            address_query = urllib.parse.urlencode({"q": question})
            for _ in range(200):
                try:
                    urllib.request.urlopen(f"{address}search?{address_query}", timeout=60).read()
                    break
                except urllib.error.URLError:
                    time.sleep(0.1)
        return resident_bytes(process.pid)
    finally:
        process.terminate()
        process.wait()


def main() -> None:
    flags = argparse.ArgumentParser(description=__doc__)
    flags.add_argument("--articles", type=int, default=TEN_THOUSAND)
    shared = Path(os.environ.get("GLOSE_SHARED", Path(__file__).parents[3] / "shared"))
    flags.add_argument("--corpus", type=Path, default=shared / "corpus/passages_100k.jsonl.xz")
    options = flags.parse_args()
    with tempfile.TemporaryDirectory(prefix="glose-sizing-") as scratch:
        top = Path(scratch)
        source, where = top / "articles.jsonl", top / "index"
        with lzma.open(options.corpus) as lines, source.open("wb") as out:
            articles = list(islice(lines, options.articles))
            out.writelines(articles)
        share = TEN_THOUSAND / len(articles)
        size = source.stat().st_size
        print(f"{len(articles)} articles, {size / 1e6:.0f} MB of JSON Lines")
        commands = {
            "index": ["index", str(source), "--index", str(where)],
            "index again": ["index", str(source), "--index", str(where)],
            "rebuild": ["rebuild", "--index", str(where)],
            "verify": ["verify", "--index", str(where)],
            "backup": ["backup", str(top / "copy.tar.gz"), "--index", str(where)],
        }
        for name, arguments in commands.items():
            seconds, peak = run(arguments)
            print(f"{name}: {seconds * share:.0f} s of processor, {peak / 1e6:.0f} MB")
            if name == "index":
                disk = sum(path.stat().st_size for path in where.rglob("*") if path.is_file())
                print(f"disk: {disk * share / 1e6:.0f} MB, {disk / size:.2f} of the source")
        print(f"copy: {(top / 'copy.tar.gz').stat().st_size * share / 1e6:.0f} MB")
        status = subprocess.check_output([*GLOSE, "status", "--json", "--index", str(where)])
        print("status:", {k: v for k, v in json.loads(status).items() if isinstance(v, int)})
        words = re.findall(r"\w{5,}", b" ".join(articles[:200]).decode())[:6000:30]
        print(f"serve, 1 worker, {len(words)} questions: {serve(where, words) / 1e6:.0f} MB")


if __name__ == "__main__":
    main()

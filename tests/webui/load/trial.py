"""Does the service hold under load while another process indexes?

Three trials on an index made for them: wrk at 8, 32 and 128 connections while passages are
added all along; then questions by the thousand, while the memory of the
workers is watched. Run by `make load`; `--short` is a few seconds. No answer may be other
than 200 or the announced 503, and memory may not grow. Exit code 1 when it does not hold.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import quote

ROOT = Path(__file__).parents[3]
DEMO = ROOT / "indexer" / "demo" / "articles.jsonl"
ARTICLES = 600
CONNECTIONS = (8, 32, 128)
# What memory may grow by once everything has been asked once.
GROWTH = 1.10

# Counts answers by status: wrk alone says only "not 2xx".
SCRIPT = """
local threads = {}
function setup(thread) table.insert(threads, thread) end
function init()
  questions = {%s}
  counts = {}
  n = 0
end
function request()
  n = n + 1
  return wrk.format("GET", questions[n %% #questions + 1])
end
function response(status) counts[status] = (counts[status] or 0) + 1; said = "" end
function done(summary, latency)
  for _, thread in ipairs(threads) do
    for status, count in pairs(thread:get("counts")) do print("status", status, count) end
  end
  for _, p in ipairs({50, 90, 99, 99.9}) do print("latency", p, latency:percentile(p) / 1000) end
  local e = summary.errors
  print("errors", e.connect + e.read + e.write + e.timeout)
end
"""


def articles(count: int, start: int = 0) -> Iterator[dict[str, Any]]:
    """Articles of the demonstration under other names, a few words changed in each."""
    models = [json.loads(line) for line in DEMO.read_bytes().splitlines()]
    for n in range(start, start + count):
        article_copies = json.loads(json.dumps(models[n % len(models)]))
        article_copies["id"] = f"load:{n}"
        article_copies.pop("url", None)
        article_copies["headline"] = f"{article_copies['headline']} ({n})"
        for comment in article_copies["comments"]:
            if comment.get("text"):
                comment["text"] += f" mot{n}"
        yield article_copies


def index(place: Path, articles_made: Iterator[dict[str, Any]], folder: Path) -> None:
    pages = folder / f"pages-{time.monotonic_ns()}.jsonl"
    with open(pages, "w", encoding="utf-8") as file:
        file.writelines(json.dumps(article, ensure_ascii=False) + "\n" for article in articles_made)
    subprocess.run(
        [sys.executable, "-m", "glose", "index", str(pages), "--index", str(place)],
        check=True, capture_output=True, cwd=ROOT,
    )  # fmt: skip
    pages.unlink()


@contextmanager
def indexing(place: Path, folder: Path) -> Iterator[list[int]]:
    """Another process adds articles all along; gives how many runs were made."""
    runs, stop = [0], threading.Event()

    def index_again() -> None:
        while not stop.wait(0.5):
            index(place, articles(20, ARTICLES + 20 * runs[0]), folder)
            runs[0] += 1

    adding = threading.Thread(target=index_again)
    adding.start()
    try:
        yield runs
    finally:
        stop.set()
        adding.join()


@contextmanager
def serving(place: Path, journal: Path, workers: int) -> Iterator[tuple[str, int]]:
    """The address, and the process that began the service."""
    with open(journal, "w", encoding="utf-8") as journal_file:
        process = subprocess.Popen(
            [sys.executable, "-m", "glose", "serve", "--index", str(place), "--port", "0",
             "--workers", str(workers)],
            stdout=subprocess.PIPE, stderr=journal_file, text=True, cwd=ROOT,
        )  # fmt: skip
    assert process.stdout is not None
    try:
        match = re.search(r"http://\S+", process.stdout.readline())
        assert match is not None
        for _ in range(100):
            try:
                urllib.request.urlopen(match[0] + "healthz", timeout=5).close()
                break
            except OSError:
                time.sleep(0.1)
        yield match[0], process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        # on a machine that gives it no turn, ending takes minutes
        process.wait(600)


def questions(count: int, seed: int = 0) -> Iterator[str]:
    """Questions of every kind, of a few hundred words: what is remembered of words is soon full."""
    words = sorted(set(re.findall(r"[a-zà-ü]{4,}", DEMO.read_text("utf-8").lower())))[::9]
    chance = Random(seed)
    for n in range(count):
        a, b, c = chance.choices(words, k=3)
        yield chance.choice([
            f"{a} {b}", f'"{a} {b}"', f"{a} OU {b} -{c}", f"{a[:4]}*", f"{a}~", f"mot{n % 400} {a}",
            f"titre:{a}", f"{a} depuis:2023 tri:récent", f"{a} PRES/5 {b}", f"{a} {b} {c}",
            f"({a} OU {b}) {c} est:réponse", f"dans:commentaires {a}",
        ])  # fmt: skip


def addresses(count: int, seed: int = 0) -> Iterator[str]:
    faces = ("/search", "/search.json") * 2 + ("/suggest.json", "/complete.json")
    for n, question in enumerate(questions(count, seed)):
        yield f"{faces[n % len(faces)]}?q={quote(question)}"


def under_load(address: str, connections: int, seconds: int, folder: Path) -> dict[str, Any]:
    script = folder / "ask.lua"
    text = ",".join(json.dumps(address) for address in addresses(2_000, connections))
    script.write_text(SCRIPT % text, "utf-8")
    process = subprocess.run(
        ["wrk", "-t", "2", "-c", str(connections), "-d", f"{seconds}s", "--timeout", "20s",
         "-s", str(script), address],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    statuses: Counter[int] = Counter()
    latency: dict[str, float] = {}
    errors = 0
    for line in process.stdout.splitlines():
        match line.split("\t"):
            case ["status", status, count]:
                statuses[int(float(status))] += int(float(count))
            case ["latency", percentile, milliseconds]:
                latency[percentile] = float(milliseconds)
            case ["errors", count]:
                errors = int(float(count))
    return {"statuses": dict(statuses), "latency": latency, "errors": errors}


def resident(pid: int) -> int:
    """Bytes that the workers of a service have to themselves."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    total = 0
    for child in children:
        smaps = Path(f"/proc/{child}/smaps_rollup").read_text()
        total += sum(int(n) for n in re.findall(r"^Private_\w+:\s+(\d+) kB", smaps, re.M))
    return total * 1024


def memory(address: str, pid: int, count: int) -> list[tuple[int, int]]:
    """(questions asked, bytes), ten times."""

    def request(path: str) -> int:
        with urllib.request.urlopen(address.rstrip("/") + path, timeout=60) as answer:
            answer.read()
            status: int = answer.status
            return status

    step, sizes = max(1, count // 10), []
    with ThreadPoolExecutor(4) as pool:
        for n in range(0, count, step):
            for status in pool.map(request, addresses(step, n + 1)):
                assert status == 200
            sizes.append((n + step, resident(pid)))
    return sizes


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="a few seconds")
    parser.add_argument("--seconds", type=int, help="of each load")
    parser.add_argument("--questions", type=int, help="of the trial of memory")
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    seconds = options.seconds or (5 if options.short else 60)
    count = options.questions or (2_000 if options.short else 100_000)
    if shutil.which("wrk") is None:
        print("wrk n’est pas installé : rien n’est essayé.", file=sys.stderr)
        return 1 if os.environ.get("CI") == "true" else 0
    is_within_bounds = True
    with tempfile.TemporaryDirectory() as folder_name:
        folder = Path(folder_name)
        place = folder / "load.index"
        index(place, articles(ARTICLES), folder)
        with serving(place, folder / "journal", options.workers) as (address, pid):
            print(
                f"{'connections':>11} {'answers/s':>9} {'503':>6} {'p50 ms':>8} {'p99 ms':>8} "
                f"{'p99.9 ms':>8} {'indexed':>7}"
            )
            for connections in CONNECTIONS:
                with indexing(place, folder) as runs:
                    load_report = under_load(address, connections, seconds, folder)
                statuses, latency = load_report["statuses"], load_report["latency"]
                print(
                    f"{connections:>11} {statuses.get(200, 0) / seconds:>9.0f} "
                    f"{statuses.get(503, 0):>6} {latency['50']:>8.1f} {latency['99']:>8.1f} "
                    f"{latency['99.9']:>8.1f} {20 * runs[0]:>7}"
                )
                unexpected = {s: n for s, n in statuses.items() if s not in (200, 503)}
                if unexpected or load_report["errors"] or not statuses.get(200) or not runs[0]:
                    print(
                        f"  wrong: {unexpected}, {load_report['errors']} errors, "
                        f"{runs[0]} runs of indexing"
                    )
                    is_within_bounds = False
            sizes = memory(address, pid, count)
            print("\nquestions  memory of the workers")
            for request_count, size in sizes:
                print(f"{request_count:>9}  {size / 1e6:.1f} MB")
            # the first tenths fill what is remembered of words; from then on it is flat
            settled = max(size for _, size in sizes[:3])
            if sizes[-1][1] > settled * GROWTH:
                print("  memory grows")
                is_within_bounds = False
        text = (folder / "journal").read_text("utf-8")
        if text:
            print("\nthe journal is not empty:", text[:2_000], sep="\n")
            is_within_bounds = False
    return 0 if is_within_bounds else 1


if __name__ == "__main__":
    sys.exit(main())

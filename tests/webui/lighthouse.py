"""What does Lighthouse say of the pages? (run by `make lighthouse`)

Lighthouse comes from npm, into build/, and needs Node and Chromium; the demo is served as
`glose serve` serves it. Accessibility and best practices must be 100 on every page; performance, on
the page of results, 95 at least: the best of three runs, since a machine at work is slower.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

TOP = Path(__file__).parents[2]
PACKAGE = "lighthouse@12.8.2"
PAGES = {
    "home": "",
    "results": "search?q=mot+de+passe",
    "nothing": "search?q=zzyzx",
    "article": "article/demo:mutuelis-fuite-donnees-150000-assures?q=mot+de+passe",
    "syntax": "syntax",
    "api": "api",
}
WANTED = {"accessibility": 1.0, "best-practices": 1.0}
PERFORMANCE = ("results", 0.95)
RUNS = 3


def main() -> int:
    """The exit status: 1 when a page is under what is wanted."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
    if chromium is None or shutil.which("npm") is None:
        print("Il faut Chromium et npm.", file=sys.stderr)
        return 2
    place = TOP / "build" / "lighthouse"
    place.mkdir(parents=True, exist_ok=True)
    npm = ["npm", "install", "--silent", "--no-fund", "--no-audit", "--prefix", str(place), PACKAGE]
    subprocess.run(npm, check=True)
    program = place / "node_modules" / ".bin" / "lighthouse"
    with tempfile.TemporaryDirectory() as scratch:
        index = Path(scratch) / "demo.index"
        glose = [sys.executable, "-m", "glose"]
        articles = TOP / "indexer" / "demo" / "articles.jsonl"
        subprocess.run([*glose, "index", str(articles), "--index", str(index)], check=True, cwd=TOP,
                       stdout=subprocess.DEVNULL)  # fmt: skip
        serving = subprocess.Popen(
            [*glose, "serve", "--index", str(index), "--port", "0"], stdout=subprocess.PIPE,
            text=True, cwd=TOP, env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )  # fmt: skip
        try:
            assert serving.stdout is not None
            match = re.search(r"http://\S+", serving.stdout.readline())
            assert match
            return max(_page(program, chromium, match[0], name) for name in PAGES)
        finally:
            serving.terminate()
            serving.wait(30)


def _page(program: Path, chromium: str, address: str, name: str) -> int:
    thresholds = dict(WANTED)
    if name == PERFORMANCE[0]:
        thresholds["performance"] = PERFORMANCE[1]
    best: dict[str, float] = {}
    for _ in range(RUNS if "performance" in thresholds else 1):
        scores_text = _run(program, chromium, address + PAGES[name], list(thresholds))
        for kind in thresholds:
            best[kind] = max(best.get(kind, 0.0), scores_text["categories"][kind]["score"])
        if all(best[kind] >= least for kind, least in thresholds.items()):
            break
    low_scores = {kind for kind, least in thresholds.items() if best[kind] < least}
    print(name, *(f"{kind} {best[kind] * 100:.0f}" for kind in thresholds), sep="\t")
    for audit in scores_text["audits"].values() if low_scores else ():
        if audit["score"] is not None and audit["score"] < 0.9:
            print("", audit["id"], audit.get("displayValue", ""), sep="\t")
    return int(bool(low_scores))


def _run(program: Path, chromium: str, address: str, kinds: list[str]) -> Any:
    answer = subprocess.run(
        [str(program), address, "--quiet", "--output=json", f"--only-categories={','.join(kinds)}",
         "--chrome-flags=--headless --no-sandbox --disable-gpu"],
        check=True, capture_output=True, text=True, env={**os.environ, "CHROME_PATH": chromium},
    )  # fmt: skip
    return json.loads(answer.stdout)


if __name__ == "__main__":
    sys.exit(main())

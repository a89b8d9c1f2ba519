"""How do tests drop files in a folder that another process watches, and see what it did?"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from index import engines
from index.engines import IndexUnavailable
from indexer.canonical.exporting import articles

LONG = 600.0
"""Seconds after which a process is given up, however loaded the machine."""
ATTEMPTS = 6_000
# The command, that tries again after a second and not ten.
SOON = "from indexer.doors import watch; watch._AGAIN = 1.0; import glose; glose.main()"


def page(title: str) -> str:
    return f'{{"headline": "{title}", "articleBody": "Du texte."}}\n'


class Watching:
    """`glose watch` on a folder, in another process."""

    def __init__(
        self, tmp_path: Path, *options: str, index: Path | None = None, **environment: str
    ) -> None:
        self.folder, self.index = tmp_path / "arrivages", index or tmp_path / "i"
        self.folder.mkdir(exist_ok=True)
        self.told = tmp_path / "dit.txt"
        with self.told.open("w") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-c", SOON, "watch", str(self.folder), "--index",
                 str(self.index), "--settle", "0.4", *options],
                stdout=out, stderr=subprocess.STDOUT, env={**os.environ, **environment},
            )  # fmt: skip

    def until(self, true: Callable[[], Any]) -> None:
        """Look again and again, a little apart, as long as the command runs."""
        for _ in range(ATTEMPTS):
            if true():
                return
            assert self.process.poll() is None, self.told.read_text()
            time.sleep(0.1)
        raise AssertionError(self.told.read_text())

    def says(self, words: str) -> None:
        self.until(lambda: words in self.told.read_text())

    def finds(self, *titles: str) -> None:
        self.until(lambda: self.titles() == sorted(titles))

    def titles(self) -> list[str]:
        try:
            return sorted(
                article.headline for article in articles(engines.open(str(self.index)).reader())
            )
        except IndexUnavailable:
            return []

    def stop(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(LONG)

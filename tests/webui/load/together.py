"""Is every answer right, and does nothing leak, while eight ask and another process indexes?

    python tests/webui/load/together.py [--minutes 60]

Each run of indexing adds an article whose three comments hold a word of its own. Who asks for that
word once the run is over must find three, and for a word of the first articles always as many:
another number is a wrong total, none of a word that was acknowledged a stale answer; no connection
may be cut. Descriptors and anonymous memory of the workers are looked at all along. Exit code 1
when one is wrong, or when either still grows.
"""

from __future__ import annotations

import argparse
import http.client
import json
import random
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from trial import addresses, articles, index, serving

CLIENTS = 8
FIRST = 200
# What descriptors and memory may grow by after the first third.
GROWTH = 1.15


@dataclass
class Seen:
    """What the clients met, and what the workers held."""

    acknowledged: int = 0
    answers: Counter[int] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    cut: list[str] = field(default_factory=list)
    held: list[tuple[int, int]] = field(default_factory=list)


def marked_article(number: int) -> dict[str, Any]:
    """An article whose three comments hold a word that no other has."""
    [article] = articles(1, 100_000 + number)
    article["id"] = f"together:{number}"
    for place, comment in enumerate(article["comments"][:3]):
        comment["text"] = f"borne{number} {comment.get('text', '')} {place}"
    return article


def writing(place: Path, folder: Path, seen: Seen, until: float) -> None:
    number = 0
    while time.monotonic() < until:
        number += 1
        index(place, iter([marked_article(number)]), folder)
        seen.acknowledged = number
        time.sleep(1)


def asking(address: str, seen: Seen, always: int, until: float, seed: int) -> None:
    chance = random.Random(seed)
    other_addresses = addresses(1_000_000, seed)
    while time.monotonic() < until:
        acknowledged = seen.acknowledged
        number = chance.randint(1, acknowledged) if acknowledged else 0
        kind = chance.randrange(3) if number else 2
        path, expected = (
            (f"/search.json?q=borne{number}&size={chance.randint(1, 100)}", 3),
            (f"/search.json?q=mot7&size={chance.randint(1, 100)}", always),
            (next(other_addresses), None),
        )[kind]
        try:
            with urllib.request.urlopen(address.rstrip("/") + path, timeout=60) as answer:
                body = answer.read()
            status = answer.status
        except urllib.error.HTTPError as error:
            with error:
                status, body = error.code, error.read()
        except (OSError, http.client.HTTPException) as error:
            seen.cut.append(f"{path}: {error!r}")
            continue
        seen.answers[status] += 1
        if status != 200 or expected is None:
            continue
        totals = json.loads(body)["totals"]
        if not totals["exact"] or totals["passages"] not in (expected, 0):
            seen.wrong.append(f"{path}: {totals}, not {expected}")
        elif totals["passages"] != expected:
            seen.stale.append(f"{path}: nothing, and {acknowledged} were acknowledged")


def memory_and_files(pid: int) -> tuple[int, int]:
    """Descriptors and bytes of anonymous memory of the workers of a service."""
    descriptors = anonymous = 0
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        descriptors += len([*Path(f"/proc/{child}/fd").iterdir()])
        for line in Path(f"/proc/{child}/smaps_rollup").read_text().splitlines():
            if line.startswith("Anonymous:"):
                anonymous += int(line.split()[1]) * 1024
    return descriptors, anonymous


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--minutes", type=float, default=60)
    minutes = parser.parse_args().minutes
    seen = Seen()
    with tempfile.TemporaryDirectory() as folder_name:
        folder = Path(folder_name)
        place = folder / "together.index"
        index(place, articles(FIRST), folder)
        with serving(place, folder / "journal", 2) as (address, pid):
            first = f"{address}search.json?q={quote('mot7')}"
            with urllib.request.urlopen(first, timeout=60) as answer:
                always = json.loads(answer.read())["totals"]["passages"]
            until = time.monotonic() + minutes * 60
            threads = [
                threading.Thread(target=writing, args=(place, folder, seen, until)),
                *(
                    threading.Thread(target=asking, args=(address, seen, always, until, n))
                    for n in range(CLIENTS)
                ),
            ]
            for thread in threads:
                thread.start()
            while time.monotonic() < until:
                time.sleep(min(5, minutes * 60 / 20))
                seen.held.append(memory_and_files(pid))
            for thread in threads:
                thread.join()
        text = (folder / "journal").read_text("utf-8")
    return report(seen, minutes, text)


def report(seen: Seen, minutes: float, text: str) -> int:
    print(f"{minutes:g} minutes, {CLIENTS} clients, {seen.acknowledged} runs of indexing")
    print(
        f"answers: {dict(seen.answers)}; wrong: {len(seen.wrong)}; stale: {len(seen.stale)}; "
        f"cut: {len(seen.cut)}"
    )
    third = max(1, len(seen.held) // 3)
    grows = False
    for name, column, unit in (("descriptors", 0, 1.0), ("anonymous MB", 1, 1e6)):
        thirds = [
            max(row[column] for row in seen.held[start : start + third] or seen.held) / unit
            for start in (0, third, 2 * third)
        ]
        print(f"{name}, at most in each third: {', '.join(f'{peak:.0f}' for peak in thirds)}")
        # at first what is remembered of words, and the answers that are kept, are being filled
        grows |= minutes >= 30 and thirds[2] > thirds[1] * GROWTH
    for line in (
        *seen.wrong[:5],
        *seen.stale[:5],
        *seen.cut[:5],
        *text.splitlines()[:5],
    ):
        print("  ", line)
    other_statuses = {status for status in seen.answers if status not in (200, 503)}
    return int(bool(seen.wrong or seen.stale or seen.cut or other_statuses or text or grows))


if __name__ == "__main__":
    sys.exit(main())

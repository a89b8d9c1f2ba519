"""How much memory does a serving worker hold after many questions?

    python tests/speed/serving.py INDEX CORPUS [--questions N] [--every N]

`glose serve` with one worker, asked `/search` and `/search.json` in turn, a question once: words,
rows of two and three, phrases, beginnings, slips and unions, from the texts of CORPUS (JSON Lines,
plain or xz). Written now and then: questions asked, anonymous MB of the worker (no file of the
index is counted), its processor seconds, and how many answers were no 200.
"""

from __future__ import annotations

import argparse
import http.client
import json
import lzma
import os
import random
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from urllib.parse import urlencode, urlsplit

_WORD = re.compile(r"[^\W\d_]{2,}")
_PASSAGES = 200_000
_STARTING = 60


def main() -> None:
    flags = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    flags.add_argument("index", type=Path)
    flags.add_argument("corpus", type=Path)
    flags.add_argument("--questions", type=int, default=20_000)
    flags.add_argument("--every", type=int, default=1_000)
    options = flags.parse_args()
    questions = list(islice(distinct(texts(options.corpus)), options.questions))
    command = [sys.executable, "-m", "glose", "serve", "--index", str(options.index), "--port", "0"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    try:
        assert server.stdout is not None
        address = re.search(r"http://\S+/", server.stdout.readline().decode())
        assert address is not None
        connection = _connected(urlsplit(address[0]))
        worker = _worker(server.pid)
        statuses: Counter[int] = Counter()
        for number, question in enumerate(questions):
            if number % options.every == 0:
                _say(number, worker, statuses)
            face = ("", ".json")[number % 2]
            connection.request("GET", f"/search{face}?{urlencode({'q': question})}")
            answer = connection.getresponse()
            answer.read()
            statuses[answer.status] += 1
        _say(len(questions), worker, statuses)
    finally:
        server.terminate()
        server.wait()


def texts(corpus: Path) -> Iterator[str]:
    """The texts of a corpus, in an order that tells nothing."""
    with lzma.open(corpus) if corpus.suffix == ".xz" else corpus.open("rb") as lines:
        articles = map(json.loads, lines)
        passages = (
            passage["text"]
            for article in articles
            for passage in (*article["sections"], *article["comments"])
        )
        some = list(islice(passages, _PASSAGES))
    random.Random(21).shuffle(some)
    yield from some


def distinct(all_texts: Iterator[str]) -> Iterator[str]:
    """Questions of eight kinds in turn, no two the same."""
    chance, asked = random.Random(21), set[str]()
    for number, text in enumerate(all_texts):
        words = _WORD.findall(text)
        if len(words) < 4:
            continue
        place = chance.randrange(len(words) - 3)
        row = words[place : place + 3]
        word = max(row, key=len)
        question = (
            word,
            " ".join(row[:2]),
            " ".join(row),
            f'"{" ".join(row[:2])}"',
            f"{word[:5]}*",
            word[:2] + word[3:],
            f"{row[0]} OU {row[2]}",
            f"{word} SAUF {words[0]}",
        )[number % 8]
        if question not in asked:
            asked.add(question)
            yield question


def _connected(address: object) -> http.client.HTTPConnection:
    connection = http.client.HTTPConnection(address.hostname, address.port)  # type: ignore[attr-defined]
    for _ in range(_STARTING * 10):
        try:
            connection.request("GET", "/")
            connection.getresponse().read()
            return connection
        except OSError:
            connection.close()
            time.sleep(0.1)
    raise SystemExit("serving: the server does not answer")


def _worker(pid: int) -> int:
    """The process that answers: the only child of gunicorn's, or itself."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return int(children[0]) if children else pid


def _say(number: int, worker: int, statuses: Counter[int]) -> None:
    status = Path(f"/proc/{worker}/status").read_text()
    anonymous = re.search(r"RssAnon:\s+(\d+)", status)
    assert anonymous is not None
    times = Path(f"/proc/{worker}/stat").read_text().rpartition(")")[2].split()
    seconds = (int(times[11]) + int(times[12])) / os.sysconf("SC_CLK_TCK")
    refused = sum(count for code, count in statuses.items() if code != http.client.OK)
    print(f"{number}\t{int(anonymous[1]) / 1000:.0f} MB\t{seconds:.0f} s\t{refused}", flush=True)


if __name__ == "__main__":
    main()

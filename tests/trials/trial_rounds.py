"""What must an index hold after each round of writing, and is that what it holds?

Round k rewrites some articles; `state(k)` is all that the index must then hold, and differs
from that of every other round. A worker, run as a script, writes rounds and acknowledges
each; whatever cuts it, the index must be at the last round acknowledged or the next.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import IO, Any

from whoosh.query import Term

from index import engines, french
from index.engines import IndexUnavailable
from index.keeping.rewriting import everything, rewrite
from index.keeping.verifying import verify
from index.record import About, Record
from index.writing.writing import write

ARTICLES = 6
# Seconds of rest after each round and each read, for whoever shares the machine.
PACE = float(os.environ.get("PACE", "0"))
ROOM = Path(__file__).parent.parent.parent


def touched(turn: int) -> set[int]:
    """The articles that a round rewrites; the first one makes them all."""
    return {turn % ARTICLES, (turn * 5 + 1) % ARTICLES} if turn else set(range(ARTICLES))


def article(number: int, turn: int) -> list[Record]:
    """An article as it is after a round."""
    version = max(
        touched_turn for touched_turn in range(turn + 1) if number in touched(touched_turn)
    )
    about = About(f"a{number}", f"Titre {number}", comments=2 + version % 3)
    text = f"le requin {number} en est au tour {version}, passage"
    lead = Record(id=f"a{number}#lead", kind="lead", about=about, position=0, text=f"{text} 0")
    return [
        lead,
        *(
            Record(
                id=f"a{number}#comment-{place}",
                kind="comment",
                about=about,
                position=place,
                author=f"Zoé {place}",
                text=f"{text} {place} " + "abcdefghij " * place,
            )
            for place in range(1, about.comments + 1)
        ),
    ]


def state(turn: int) -> dict[str, str]:
    """The texts held after a round, by record; none before the first."""
    if turn < 0:
        return {}
    records = (record for number in range(ARTICLES) for record in article(number, turn))
    return {record.id: record.text for record in records}


def do(location: str, turn: int) -> None:
    """One round: one commit."""
    engine = engines.open(location, create=True)
    write(engine, [article(number, turn) for number in sorted(touched(turn))], seen=turn)


def stored(location: str) -> dict[str, str]:
    """The texts that an index gives back, each found by its word too."""
    reader = engines.open(location).reader()
    records = list(everything(reader))
    texts = {record.id: record.text for record in records}
    assert len(texts) == len(records) == reader.size(), "a record is held twice"
    results = reader.search(Term("stem", french.stem("requin")), len(records) + 1)
    assert results.total == len(records), "a record is not found"
    return texts


def check(location: str, acknowledged: int) -> int:
    """At which round an index is: the last acknowledged or the next; it must then go on."""
    texts = stored(location)
    at = next((turn for turn in (acknowledged, acknowledged + 1) if texts == state(turn)), None)
    assert at is not None, f"neither round {acknowledged} nor the next: {sorted(texts.items())}"
    do(location, at + 1)
    assert stored(location) == state(at + 1), "it does not go on"
    sound = verify(location)
    assert sound.problems == [], sound.problems
    return at


def send(where: int, text: str) -> None:
    """Say something, twice if need be: an error put into a write may fall on this one."""
    try:
        os.write(where, text.encode())
    except OSError:
        os.write(where, text.encode())


def work(location: str, first: int, last: int, *, rewriting: bool = False) -> None:
    """Write rounds, saying when each is done."""
    for turn in range(first, last + 1):
        do(location, turn)
        send(1, f"round {turn}\n")
        if rewriting:
            rewrite(engines.open(location))
            # Whoosh looks half a second for files that went: no reader is to meet ten in a row
            time.sleep(0.1)
        time.sleep(PACE)


def saying_to(connection: Connection, location: str, first: int, rewriting: bool) -> None:
    """Write rounds until killed, for a process that was forked."""
    os.dup2(connection.fileno(), 1)
    work(location, first, first + 10_000, rewriting=rewriting)


def command(location: str, first: int, last: int, *, rewriting: bool = False) -> list[str]:
    """The worker as a process of its own."""
    return [sys.executable, __file__, location, str(first), str(last), str(int(rewriting))]


ENVIRONMENT = {
    **os.environ,
    "PYTHONPATH": f"{ROOM}:{Path(__file__).parent}",
    "PYTHONDONTWRITEBYTECODE": "1",
    "RUST_BACKTRACE": "0",
}


def run(words: list[str], **options: Any) -> subprocess.CompletedProcess[str]:
    """What a process said once it has ended."""
    return subprocess.run(
        words,
        cwd=ROOM,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
        **options,
    )


def start(words: list[str], output: IO[str] | int = subprocess.PIPE) -> subprocess.Popen[str]:
    """A process that goes on beside this one."""
    return subprocess.Popen(
        words, cwd=ROOM, env=ENVIRONMENT, text=True, stdout=output, stderr=subprocess.PIPE
    )


def acknowledged(text: str, before: int) -> int:
    """The last round that a worker said was done."""
    rounds = [int(line.split()[1]) for line in text.splitlines() if line.startswith("round ")]
    return max(rounds, default=before)


def main() -> None:
    location, first, last, rewriting = sys.argv[1:]
    try:
        work(location, int(first), int(last), rewriting=rewriting == "1")
    except IndexUnavailable as error:
        send(2, f"glose : {error}\n")
        sys.exit(1)


if __name__ == "__main__":
    main()

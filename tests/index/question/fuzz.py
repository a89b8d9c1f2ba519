"""No string stops the parser: questions grown by coverage, for as long as one likes.

    python tests/index/question/fuzz.py -runs=100000        # `make fuzz`

Stops with the string that raised, that took 50 ms or more twice, whose notices point outside it, or
that became a node which engines do not compile.
"""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime

import atheris

with atheris.instrument_imports(include=["index.question.query", "index.question", "index.french"]):
    from index.question.query import parse
    from index.question.trees import text_of

NOW = datetime(2025, 7, 1, tzinfo=UTC)
SLOW = 0.05


def parse_one(data: bytes) -> None:
    text = atheris.FuzzedDataProvider(data).ConsumeUnicode(700)
    began = time.process_time()
    question = parse(text, now=NOW)
    if time.process_time() - began > SLOW:
        # the first reading of new words, or another process on the core: once more
        began = time.process_time()
        parse(text, now=NOW)
        assert time.process_time() - began < SLOW, f"slow: {text!r}"
    text_of(question.tree)
    for notice in question.notices:
        assert 0 <= notice.start <= notice.end <= len(text), (text, notice)
    for piece in question.pieces:
        assert 0 <= piece.start <= piece.end <= len(text), (text, piece)


if __name__ == "__main__":
    atheris.Setup(sys.argv, parse_one)
    atheris.Fuzz()

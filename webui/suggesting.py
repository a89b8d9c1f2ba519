"""Which questions could the reader be typing?

The last word is completed with words the index holds; what comes before it stays. Nothing
is ever put in place of what was typed.
"""

from __future__ import annotations

import re

from index.engines import Reader
from index.french import fold
from index.suggesting import as_written

_MOST = 8
_LETTERS = 2


def suggestions(reader: Reader, typed: str) -> list[str]:
    """Up to eight questions that begin as `typed` does, the commonest word first.

    Words are whole, never stems, with the accents that the texts most often give them.
    """
    match = re.search(r"[^\W_]+$", typed)
    if match is None or len(match[0]) < _LETTERS:
        return []
    prefix = fold(match[0])
    before = typed[: match.start()]
    found = [word for word, _ in reader.words("text", prefix, _MOST + 1) if word != prefix]
    return [before + as_written(reader, word) for word in found[:_MOST]]

"""How is a question typed with one slip?

In one of its words of four letters or more, drawn evenly, a letter is doubled, dropped, swapped
with its neighbour or replaced by another. The draw is a question's own, from a fixed seed: it is
the same whatever other questions are asked.
"""

from __future__ import annotations

import random
import re
from string import ascii_lowercase

SEED = 20261128
KINDS = ("doubled", "dropped", "swapped", "replaced")
_WORD = re.compile(r"[^\W\d_]{4,}")


def slipped(text: str, seed: int = SEED) -> str:
    """The question with one slip; itself when no word is long enough.

    >>> slipped("Comment faire ?") == slipped("Comment faire ?") != "Comment faire ?"
    True
    >>> slipped("TVA 20 %")
    'TVA 20 %'
    """
    words = list(_WORD.finditer(text))
    if not words:
        return text
    generator = random.Random(f"{seed} {text}")
    word = generator.choice(words)
    return text[: word.start()] + _mistyped(word[0], generator) + text[word.end() :]


def _mistyped(word: str, generator: random.Random) -> str:
    kind = generator.choice(KINDS)
    if kind == "swapped":
        # two letters that are the same make no slip
        places = [at for at in range(len(word) - 1) if word[at] != word[at + 1]]
        if places:
            at = generator.choice(places)
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        kind = "dropped"
    at = generator.randrange(len(word))
    if kind == "doubled":
        return word[:at] + word[at] + word[at:]
    if kind == "dropped":
        return word[:at] + word[at + 1 :]
    letter = generator.choice(
        [candidate for candidate in ascii_lowercase if candidate != word[at].lower()]
    )
    return word[:at] + letter + word[at + 1 :]

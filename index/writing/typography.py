"""How is what one source writes written by another?

A page shows « L’Ami » where its export has "L'Ami", an old site « coeur » for « cœur », and signs
that nobody sees come along when a text is pasted. Kept apart from how French is read: what was
forgotten must stay so when that changes.
"""

from __future__ import annotations

import re

_UNSEEN = (
    "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f"
    "\ufe00-\ufe0f\ufeff"
)
_ODD = re.compile(f"[œŒæÆ_{_UNSEEN}]")
_APOSTROPHES = re.compile("[’ʼ‘´`′＇‛]")
_HYPHENS = re.compile("[‐‑‒–—−﹣－]")
_LETTERS = {"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "_": " "}


def odd(text: str) -> bool:
    """Whether words of a text may be written otherwise: with ligatures, unseen signs, or _ around.

    >>> odd("Le cœur"), odd("Le coeur")
    (True, False)
    """
    return _ODD.search(text) is not None


def evened(text: str) -> str:
    """The text without ligatures or unseen signs; what underlines in Markdown is a blank.

    >>> evened("le _cœur_ coo\u00adpère")
    'le  coeur  coopère'
    """
    return _ODD.sub(lambda sign: _LETTERS.get(sign[0], ""), text)


def origins(text: str) -> list[int]:
    """For each character of `evened(text)`, and its end, the offset it comes from.

    >>> origins("cœur")
    [0, 1, 1, 2, 3, 4]
    """
    starts = [
        at
        for at, sign in enumerate(text)
        for _ in (_LETTERS.get(sign, "") if _ODD.match(sign) else sign)
    ]
    return [*starts, len(text)]


def signed(name: str) -> str:
    """A name with plain apostrophes and hyphens, without ligatures or unseen signs.

    >>> signed("L’Œil de Jean‑Marc_2")
    "L'OEil de Jean-Marc_2"
    """
    if name.isascii():
        return name.replace("`", "'")
    name = _HYPHENS.sub("-", _APOSTROPHES.sub("'", name))
    return _ODD.sub(lambda sign: sign[0] if sign[0] == "_" else _LETTERS.get(sign[0], ""), name)

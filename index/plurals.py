"""How is a number of things said in French?"""

from __future__ import annotations


def counted(number: int, words: str) -> str:
    """A number with its words, all in the plural from 2 on; words that end in -s or -x have none.

    >>> counted(0, "passage"), counted(2, "passage retiré"), counted(3, "endroit précis")
    ('0 passage', '2 passages retirés', '3 endroits précis')
    """
    if number > 1:
        words = " ".join(word if word[-1] in "sx" else word + "s" for word in words.split())
    return f"{number} {words}"

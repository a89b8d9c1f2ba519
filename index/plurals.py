"""How does French write a number with its words or its unit, and « de » before a name?"""

from __future__ import annotations

import unicodedata


def counted(number: int, words: str) -> str:
    """A number with its words, all in the plural from 2 on; words that end in -s or -x have none.

    >>> counted(0, "passage"), counted(2, "passage retiré"), counted(3, "endroit précis")
    ('0 passage', '2 passages retirés', '3 endroits précis')
    """
    if number > 1:
        words = " ".join(word if word[-1] in "sx" else word + "s" for word in words.split())
    return f"{number} {words}"


def weight(count: int) -> str:
    """So many bytes, rounded.

    >>> weight(999), weight(1_530_000)
    ('999 o', '1,5 Mo')
    """
    for unit, size in (("To", 10**12), ("Go", 10**9), ("Mo", 10**6), ("ko", 10**3)):
        if count >= size:
            return f"{count / size:.1f} {unit}".replace(".", ",")
    return f"{count} o"


def elides(name: str) -> bool:
    """Return whether « de » is elided before a name; before h and y, where usage wavers, it is not.

    >>> [elides(name) for name in ("Alice", "Élise", "Œdipe", "Zoé", "Hugo", "@alice", "")]
    [True, True, True, False, False, False, False]
    """
    letter = unicodedata.normalize("NFD", name[:1]).casefold()[:1]
    return bool(letter) and letter in "aeiouœæ"

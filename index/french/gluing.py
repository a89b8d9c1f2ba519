"""How may a word be written whose apostrophe was forgotten: lordinateur, quelle, jaime?

légalité is no « l'égalité », nor démission « d'émission »: words that are words of their own with
their article are in glued.txt, which `make lexicon` makes.
"""

from __future__ import annotations

from pathlib import Path

from index.french.patterns import late_table
from index.french.stemming import stem

ELIDED = ("l", "d", "qu", "j", "m", "n", "s", "c", "t")
_LEAST = 4
_VOWELS = tuple("aeiouyh")


def glued(word: str, least: int = _LEAST) -> list[str]:
    """A folded word with each article or pronoun whose apostrophe may have been forgotten.

    >>> glued("ordinateur")[:2], "legalite" in glued("egalite"), glued("chat")
    (['lordinateur', 'dordinateur'], False, [])
    """
    if len(word) < least or not word.isalpha() or not word.startswith(_VOWELS):
        return []
    return [article + word for article in ELIDED if not is_word(article + word)]


def unglued(word: str, least: int = _LEAST) -> list[str]:
    """A folded word without the article or pronoun it may begin with: `least` letters or more.

    >>> unglued("lordinateur"), unglued("legalite")
    (['ordinateur'], [])
    """
    rests = [word[len(article) :] for article in ELIDED if word.startswith(article)]
    return [bare_word for bare_word in rests if word in glued(bare_word, least)]


def is_word(word: str) -> bool:
    """Return whether a folded word that begins as one with its article is a word of its own.

    >>> is_word("legalite"), is_word("lordinateur")
    (True, False)
    """
    return stem(word) in _words()


@late_table
def _words() -> frozenset[str]:
    """Stems; read when a question first wants them."""
    lines = Path(__file__).with_name("glued.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())

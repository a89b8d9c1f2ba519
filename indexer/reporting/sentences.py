"""What did former runs tell already, and what is new?

A file that is bad for good is told once: a nightly run that says the same every night is read
by nobody.
"""

from __future__ import annotations

from collections.abc import Collection
from hashlib import blake2b

MOST = 20_000
"""Sentences that one run remembers; what is beyond is told again."""


class Sentences:
    """The sentences of former runs, as digests, and those of this one.

    >>> sentences = Sentences()
    >>> sentences.again("a.html : vide"), sentences.again("b.html : vide")
    (False, False)
    >>> Sentences(sentences.digests).again("a.html : vide")
    True
    """

    def __init__(self, before: Collection[str] = ()) -> None:
        self._before = frozenset(before)
        self._now: dict[str, None] = {}

    @property
    def digests(self) -> list[str]:
        """Return the digests of sentences that the next run must know."""
        return list(self._now)

    def again(self, sentence: str) -> bool:
        """Return whether a former run told this; it is told now."""
        digest = blake2b(sentence.encode("utf-8", "replace"), digest_size=8).hexdigest()
        if len(self._now) < MOST:
            self._now[digest] = None
        return digest in self._before

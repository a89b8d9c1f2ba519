"""Under which name is an article or a comment known, run after run?

A name given by the source is kept. One computed here depends on nothing that moves: not
on a file's name, not on a place in a thread, so that the page captured again next week,
with more comments, is the same article and the old comments keep their names.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter

_LONGEST_SLUG = 60
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "đ": "d", "ł": "l"})
_BESIDE_ANCHOR = re.compile(r"[^\w.:~-]+")
_OWN = re.compile(r"lead|section-[0-9]+")
_SPACES = re.compile(r"\s+")


def plain(text: str) -> str:
    """A text without what differs between two captures: composition, spaces, apostrophes.

    >>> plain("L’été\u00a0:  oui") == plain("L'e\u0301te\u0301 : oui")
    True
    """
    text = unicodedata.normalize("NFC", text).replace("’", "'")
    return _SPACES.sub(" ", text).strip()


def slug(text: str) -> str:
    """The words of a text as a piece of address, 60 characters at most, cut between words.

    >>> slug("L'œuvre : « à l'été » ?")
    'l-oeuvre-a-l-ete'
    """
    folded = unicodedata.normalize("NFKD", text.lower().translate(_LIGATURES))
    words = re.findall(r"[a-z0-9]+", "".join(c for c in folded if not unicodedata.combining(c)))
    joined = "-".join(words)
    if len(joined) <= _LONGEST_SLUG:
        return joined
    return joined[: _LONGEST_SLUG + 1].rpartition("-")[0] or joined[:_LONGEST_SLUG]


def _hash(*parts: str, length: int) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:length]


def article_id(headline: str, published: str | None = None, url: str | None = None) -> str:
    """An article's id when the source gives none: from its address, else its title and day.

    The hour does not count: a page first says "Il y a 3 heures", later "à 09h08".

    >>> article_id("Sora : tensions", "2024-12-02T09:08:00+01:00")
    'sora-tensions-9285114391'
    """
    key = ("url", url) if url else ("title", plain(headline).casefold(), (published or "")[:10])
    return "-".join(filter(None, (slug(headline), _hash(*key, length=10))))


def full_comment_id(article: str, native: str) -> str:
    """A comment's id from the one its source uses, whether that is already full or not.

    >>> full_comment_id("a", "101"), full_comment_id("a", "a#comment-101")
    ('a#comment-101', 'a#comment-101')

    The names of the article's own passages are not for its comments.

    >>> full_comment_id("a", "a#lead"), full_comment_id("a", "a#section-2")
    ('a#comment-lead', 'a#comment-section-2')
    """
    if native.startswith(article + "#") and len(native) > len(article) + 1:
        anchor = native[len(article) + 1 :]
        return f"{article}#comment-{anchor}" if _OWN.fullmatch(anchor) else native
    return f"{article}#comment-{_BESIDE_ANCHOR.sub('-', native.strip())}"


class CommentNames:
    """Names for the comments of one article that come without any.

    Two comments alike in everything are told apart by their order among themselves only.

    >>> names = CommentNames("a")
    >>> first, again = names.next("12h40", None, ""), names.next("12h40", None, "")
    >>> first != again, first == CommentNames("a").next("12h40", None, "")
    (True, True)
    """

    def __init__(self, article: str) -> None:
        self._article = article
        self._counts: Counter[tuple[str, ...]] = Counter()

    def next(self, when: str, author: str | None, text: str) -> str:
        """The id of a comment: when it was written (or the date shown), who wrote, and what."""
        key = (plain(when), plain(author or ""), plain(text))
        self._counts[key] += 1
        code = _hash(self._article, *key, str(self._counts[key]), length=12)
        return f"{self._article}#comment-{code}"

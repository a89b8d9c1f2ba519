"""Of two readings of one WordPress, its export and its interface, which says the last word?

Both come from one database. An article is as it was last modified, wherever that was read; its
thread is as it was at the later capture. Words are the export's, which are those that were
written, as long as the interface shows the same ones.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from indexer.article import Article, Comment
from indexer.reporting import provenance
from indexer.times import instant, period

FORMS = frozenset(("wxr", "wordpress-rest"))
_NUMBERED = "wp:"
_SHOWN_OTHERWISE = re.compile(r"https?://|(?<!\w)(?:[:;8]-?[DPpOox]|:[a-z]{2,9}:)(?!\w)")
"""What a page adds to an address, and the faces that become pictures there."""


def one_wordpress(stored: Article, incoming: Article) -> bool:
    """Return whether both are read from a WordPress, under one number of one site.

    >>> def read(form, id):
    ...     return Article(id, "Sora", extra={"provenance": form + ":a.example"})
    >>> export = read("wxr", "wp:a.example:7")
    >>> one_wordpress(export, read("wordpress-rest", "wp:a.example:7"))
    True
    >>> one_wordpress(export, read("wordpress-rest", "wp:b.example:7"))
    False
    """
    if not {provenance.form_of(stored), provenance.form_of(incoming)} <= FORMS:
        return False
    return any(name.startswith(_NUMBERED) for name in _ids(stored) & _ids(incoming))


def _ids(article: Article) -> set[str]:
    return {article.id, *map(str, article.extra.get("otherIds", ()))}


def edited(stored: Article, incoming: Article) -> int:
    """Return which was modified last: 1 for the incoming one, -1 for the stored one, 0 for neither.

    An export that tells no modification (WordPress before 6) and was made after the one that
    the other tells holds it.

    >>> old = Article("a", "A", date_modified="2024-01-01", captured_at="2024-06-01")
    >>> new = Article("a", "B", date_modified="2024-03-01")
    >>> edited(old, new), edited(new, old), edited(new, new)
    (1, -1, 0)
    """
    stored_date, incoming_date = _last(stored), _last(incoming)
    if (
        stored_date is None
        or incoming_date is None
        or instant(stored_date) == instant(incoming_date)
    ):
        return 0
    incoming_last = instant(incoming_date) > instant(stored_date)
    former, last = (stored, incoming_date) if incoming_last else (incoming, stored_date)
    if (
        former.date_modified is None
        and former.captured_at is not None
        # the interface would have told it
        and provenance.form_of(former, "captured_at") != "wordpress-rest"
        and instant(period(former.captured_at).end) >= instant(last)
    ):
        return 0
    return 1 if incoming_last else -1


def _last(article: Article) -> str | None:
    return article.date_modified or article.date_published


def captured_later(stored: Article, incoming: Article) -> bool:
    """Whether the incoming article is the later capture; one without a date is the earlier."""
    if incoming.captured_at is None:
        return stored.captured_at is None
    if stored.captured_at is None:
        return True
    return instant(period(incoming.captured_at).end) >= instant(period(stored.captured_at).start)


def says_the_same(comment: Comment, other: Comment) -> bool:
    """Whether two comments differ only by how quotes, dashes, addresses, smileys are written.

    >>> comment = Comment("a#1", text="L'été... \\"déjà\\" : 3x4", author="Zoé")
    >>> says_the_same(comment, Comment("a#1", text="L’été… « déjà » : 3×4", author="Zoé"))
    True
    >>> says_the_same(comment, Comment("a#1", text="L'été... \\"jamais\\" : 3x4", author="Zoé"))
    False
    """
    return (
        comment.parent_id == other.parent_id
        and comment.deleted == other.deleted
        and all(
            _letters(a) == _letters(b) for a, b in zip(_texts(comment), _texts(other), strict=True)
        )
    )


def _texts(comment: Comment) -> Iterable[str]:
    quoted = "".join(quote.text for quote in comment.citation)
    return (comment.author or "", comment.headline or "", comment.text, quoted)


def _letters(text: str) -> str:
    text_shown = _SHOWN_OTHERWISE.sub("", text.replace("×", "x"))
    normalized = unicodedata.normalize("NFKC", text_shown).casefold()
    return "".join(filter(str.isalnum, normalized))

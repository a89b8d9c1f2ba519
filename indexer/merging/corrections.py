"""Which stored comment does an incoming one without an id correct?

The one of the same author, of the same time as far as that is known, with a similar text: else an
alert would report it twice, once for each spelling.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from rapidfuzz import fuzz, process

from indexer.article import Comment, plain
from indexer.times import instant, period

# In hundredths: a few words of a sentence changed, no more.
_ALIKE = 80
# A shorter text is a correction of another only when both have the same exact time: "Merci" is
# said more than once a day.
_SHORT = 20
# Comments of one author that each is compared with.
_MOST = 200


def corrections(incoming: Iterable[Comment], stored: Iterable[Comment]) -> dict[str, str]:
    """Return the ids of incoming comments → those of the stored ones they correct, each once.

    >>> stored = Comment("a#comment-1", author="Zoé", date_published="2025-02-01",
    ...                  text="Un chateau en Espagne, dites-vous")
    >>> incoming = Comment("a#comment-2", author="Zoé", date_published="2025-02-01",
    ...                    text="Un château en Espagne, dites-vous ?")
    >>> corrections([incoming], [stored])
    {'a#comment-2': 'a#comment-1'}
    """
    by_author: defaultdict[str, dict[str, Comment]] = defaultdict(dict)
    for comment in stored:
        if comment.text:
            by_author[plain(comment.author or "")][comment.id] = comment
    corrected = {}
    for comment in incoming:
        free = by_author[plain(comment.author or "")]
        if comment.text and (best := _best(comment, free)) is not None:
            corrected[comment.id] = best
            del free[best]
    return corrected


def _best(comment: Comment, free: Mapping[str, Comment]) -> str | None:
    """The id of the comment that is most alike, of those that may be the same."""
    texts: dict[str, str] = {}
    for name, other in free.items():
        shorter = min(len(comment.text), len(other.text))
        exact = comment.date_published == other.date_published and _exact(comment)
        # nobody's, of one day, are two persons' as likely as not
        signed = bool(comment.author)
        if exact or (signed and shorter >= _SHORT and same_time(comment, other)):
            texts[name] = _plain(other.text)
            if len(texts) == _MOST:
                break
    text = _plain(comment.text)
    match = process.extractOne(text, texts, scorer=fuzz.ratio, score_cutoff=_ALIKE)
    if match is not None:
        return str(match[2])
    return next((name for name, other in texts.items() if _added(text, other)), None)


def _plain(text: str) -> str:
    return plain(text).casefold()


def _added(first: str, second: str) -> bool:
    """Whether one is the other with more: « EDIT : » may add more than there was."""
    shorter, longer = sorted((first, second), key=len)
    return len(shorter) >= _SHORT and shorter in longer


def _exact(comment: Comment) -> bool:
    """Whether its time is known to the minute."""
    if comment.date_published is None:
        return False
    span = period(comment.date_published, comment.date_precision)
    return span.start == span.end


def same_time(first: Comment, second: Comment) -> bool:
    """Return whether two comments may be of the same time, as far as each is known."""
    if first.date_published == second.date_published and first.date_published is not None:
        return True
    if not _dated(first) and not _dated(second):
        return first.date_shown == second.date_shown
    return overlap(first, second)


def _dated(comment: Comment) -> bool:
    return comment.date_published is not None or comment.date_earliest is not None


def overlap(first: Comment, second: Comment) -> bool:
    """Whether two times, neither of them exact, may be the same: "il y a 3 mois", a day apart."""
    spans = []
    for comment in (first, second):
        if comment.date_published is not None:
            span = period(comment.date_published, comment.date_precision)
            if span.start == span.end:
                return False
            spans.append((instant(span.start), instant(span.end)))
        elif comment.date_earliest is not None and comment.date_latest is not None:
            end = period(comment.date_latest).end
            spans.append((instant(comment.date_earliest), instant(end)))
        else:
            return False
    return spans[0][0] <= spans[1][1] and spans[1][0] <= spans[0][1]

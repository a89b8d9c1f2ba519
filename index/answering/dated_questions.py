"""Which words that begin or end a question may be meant as its date?

Words typed in the box are sought as words: « passerelle vers Noël 2022 ». Where no passage has them
all, the same question is offered with its date asked as one.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from index.question import dates

# « entre le 24 décembre 2022 et le 6 janvier 2023 »
_MOST_WORDS = 10
_WORD = re.compile(r"\S+")
# of the question language, whose pieces are no words of a date
_SIGNS = re.compile('["«»“”:()|~*?=@#]')
_SAID = re.compile(r"[^\W\d_]{3}|\d{4}|\d[/.-]\d")
_AROUND = " \t\n\xa0\u202f,;"


def dated_questions(text: str, now: dt.datetime) -> Iterator[tuple[str, str]]:
    """Yield the words that may be a date, as typed, with the question that asks for it.

    The longest date that ends the question, then the longest that begins it. now: aware, what
    « hier » means.

    >>> now = dt.datetime(2024, 3, 15, 12, tzinfo=dt.UTC)
    >>> list(dated_questions("passerelle vers Noël 2022", now))
    [('vers Noël 2022', 'passerelle date:"vers Noël 2022"')]
    >>> list(dated_questions("passerelle du port", now)), list(dated_questions("10 m de long", now))
    ([], [])
    """
    words = list(_WORD.finditer(text))[-_MOST_WORDS:]
    for word in words:
        if _is_date(text[word.start() :], now):
            yield (
                text[word.start() :].strip(_AROUND),
                _asked(text[: word.start()], text[word.start() :]),
            )
            break
    for word in reversed(list(_WORD.finditer(text))[: _MOST_WORDS - 1]):
        if word.end() < len(text.rstrip()) and _is_date(text[: word.end()], now):
            yield text[: word.end()].strip(_AROUND), _asked(text[word.end() :], text[: word.end()])
            break


def _is_date(words: str, now: dt.datetime) -> bool:
    # 10 m and 5 j are quantities
    is_said = _SAID.search(words) is not None and not _SIGNS.search(words)
    return is_said and dates.read(words, "date", now=now) is not None


def _asked(others: str, date: str) -> str:
    return f'{others.strip(_AROUND)} date:"{date.strip(_AROUND)}"'.strip()

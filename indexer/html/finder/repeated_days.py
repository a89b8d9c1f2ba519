"""Of which day is an hour that stands where the comment above has its day as well?

FlatPress, as WordPress's `the_date`, writes a day once, and the hour alone for the next comments of
that day: « Lundi 15 juillet 2024 à 09:12 », then « à 10:40 ».
"""

from __future__ import annotations

import re
from typing import Any

from indexer.html.finder.comment_words import DATE, words_of
from indexer.html.finder.date_marks import form_of, is_dated

_HOUR = re.compile(r"(?i)(?:(?:à|a|at|-) )?\d{1,2} ?[:h] ?\d\d(?::\d\d)?")
_AT_END = re.compile(rf",?\s+{_HOUR.pattern.removeprefix('(?i)')}$", re.IGNORECASE)
_LONGEST = 80


def write_repeated_days(root: Any) -> None:
    """Write before each hour alone the day of the last like element above. Alters the tree.

    >>> import lxml.html
    >>> page = lxml.html.document_fromstring("<p class=date>3 mars 2024 à 10:22</p><p>Oui.</p>"
    ...     "<p class=date>à 10:40</p><p>Non.</p>")
    >>> write_repeated_days(page)
    >>> [line.text for line in page.iter("p")]
    ['3 mars 2024 à 10:22', 'Oui.', '3 mars 2024 à 10:40', 'Non.']
    """
    days: dict[tuple[tuple[str, ...], ...], str] = {}
    for element in root.iter("p", "div", "span", "a", "small", "em", "abbr", "td", "li"):
        text = " ".join((element.text or "").split())
        if len(element) or not text or len(text) > _LONGEST:
            continue
        around = element.getparent()
        if around is None or not (words_of(element) | words_of(around)) & DATE:
            continue
        place = (form_of(element), form_of(around))
        if _HOUR.fullmatch(text):
            if place in days:
                element.text = f"{days[place]} {text}"
        elif (match := _AT_END.search(text)) and is_dated(day := text[: match.start()]):
            days[place] = day

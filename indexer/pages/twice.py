"""Is a text two pages, one after the other, that were put in one file?

Where the second begins cannot be told (its title is a line like another), and what the first
one's last comment says neither: such a file is left aside rather than read half.
"""

from __future__ import annotations

from collections.abc import Sequence

from indexer.pages.blocks import begins_thread, glued_header
from indexer.pages.head import dated, reading_seconds
from indexer.text import Line
from indexer.times import is_date

_LONGEST = 200
"""Characters of a date and of a reading time."""


def second_page(
    lines: Sequence[Line], date: int, end: int, comments: int | None, declared: int | None
) -> Line | None:
    """Return the date of a second page, else the heading of its thread; None for one page.

    date, end, comments: places of the first page's date, of its body's end, of its thread.

    >>> first = ["Un", "Le 2 mai 2024 à 09h08", "4 min", "Texte.", "Commentaires (0)"]
    >>> page = [Line(number, text) for number, text in enumerate([*first, "Deux", *first[1:]])]
    >>> second_page(page, 1, 4, 5, 0)
    Line(number=6, text='Le 2 mai 2024 à 09h08')
    """
    heads = [
        at
        for at in range(date + 2, len(lines) - 1)
        if len(lines[at].text) + len(lines[at + 1].text) <= _LONGEST
        and reading_seconds(lines[at + 1].folded) is not None
        and is_date(lines[at].text, clock=True)
        and dated(lines[at])
    ]
    if heads and heads[0] < end:
        return lines[heads[0]]
    if comments is None:
        return None
    counted = [at for at in range(comments, len(lines)) if begins_thread(lines, at)]
    if not counted:
        return None
    headers = sum(glued_header(line.text) is not None for line in lines[comments:])
    # a comment may quote all of another page
    if headers == declared:
        return None
    if heads and counted[-1] > heads[0]:
        return lines[heads[0]]
    return lines[counted[0]] if declared is not None and declared < headers else None

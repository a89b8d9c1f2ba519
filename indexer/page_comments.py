"""What did the readers answer, in the lines below "Commentaires (27)"?

A comment is a line that is its date, then its words, which may be none. The page's text
tells neither who wrote it nor what it answers, and nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from indexer.article import Comment
from indexer.captured import Capture
from indexer.dates import written
from indexer.ids import CommentNames
from indexer.page_blocks import glued_header, is_invitation
from indexer.page_dates import ShownDate, begins_as_date, is_date, read_date
from indexer.page_lines import Line


@dataclass
class ShownComment:
    """The lines of one comment: its date as shown, and its words."""

    header: Line
    shown: str
    body: list[Line] = field(default_factory=list)


def split_comments(lines: Sequence[Line]) -> tuple[list[ShownComment], list[Line]]:
    """The comments of a page's last part, and the lines that belong to none.

    >>> comments, unknown = split_comments([Line(1, "Hier à 08h46"), Line(2, "Bravo.")])
    >>> comments[0].shown, comments[0].body, unknown
    ('Hier à 08h46', [Line(number=2, text='Bravo.')], [])
    """
    comments: list[ShownComment] = []
    unknown: list[Line] = []
    capitals = any(glued_header(line.text) for line in lines)
    for line in lines:
        glued = glued_header(line.text) if capitals else _small_header(line.text)
        if glued is not None:
            comments.append(ShownComment(line, glued[1]))
        elif comments:
            comments[-1].body.append(line)
        elif not is_invitation(line.text):
            unknown.append(line)
    for comment in comments:
        while comment.body and is_invitation(comment.body[-1].text):
            comment.body.pop()
    return comments, unknown


def _small_header(text: str) -> tuple[str, str] | None:
    """A header of a page that writes them all without a capital: "il y a 3 heures"."""
    return ("", text) if begins_as_date(text) and is_date(text, clock=True) else None


def make_comments(
    article: str, shown: Sequence[ShownComment], capture: Capture
) -> tuple[list[Comment], list[ShownDate]]:
    """The comments with their times resolved, and how each date was read."""
    names = CommentNames(article)
    comments, dates = [], []
    for one in shown:
        date = read_date(one.shown, capture)
        assert date is not None, "a header is a date"
        dates.append(date)
        comments.append(_comment(names, one, date))
    return comments, dates


def _comment(names: CommentNames, one: ShownComment, date: ShownDate) -> Comment:
    text = "\n".join(line.text for line in one.body)
    exact = written(date.exact) if date.exact else None
    # "Hier à 08h46" will be "Le 03/12/2024 à 08h46" when the page is captured again
    when = one.shown if exact is None else ("modifié " if date.edited else "") + exact
    bounded = exact is None and not date.edited and date.start and date.end
    return Comment(
        id=names.next(when, None, text),
        date_published=None if date.edited else exact,
        date_modified=exact if date.edited else None,
        date_shown=one.shown,
        date_earliest=written(date.start) if bounded and date.start else None,
        date_latest=written(date.end) if bounded and date.end else None,
        date_precision=date.precision if bounded else None,
        edited=date.edited,
        text=text,
    )

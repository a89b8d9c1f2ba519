"""What did the readers answer, in the lines below "Commentaires (27)"?

A comment is a line that is its date, then its words, which may be none. The page's text
tells neither who wrote it nor what it answers, and nothing is guessed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from indexer.article import Comment
from indexer.captured import Capture
from indexer.dates import written
from indexer.ids import CommentNames
from indexer.page_blocks import (
    MORE,
    glued_header,
    header_dates,
    is_header,
    is_invitation,
    is_marked_edited,
)
from indexer.page_dates import ShownDate, begins_as_date, is_date, read_date
from indexer.page_lines import Line, fold, key

_WITH_LE = re.compile(r"\ble \w*\.? ?\d")
_START = re.compile(r"(?:^|(?<=\S))[^\W\d_a-zà-ÿ]")
_ANY_START = re.compile(r"[^\W\d_a-zà-ÿ]")
_NEW_WORDS = re.compile(r"(?:\d|.(?![a-zà-ÿ]))[^\s,.;:!?…)\]»]")
_LONGEST_HEADER = 60
_BUTTONS = re.compile(
    rf"(?:repondre|signaler|citer|partager)(?: ?[/|·]? ?(?:repondre|signaler))*|(?:{MORE})\W*"
)


@dataclass
class ShownComment:
    """The lines of one comment: its date as shown, and its words."""

    header: Line
    shown: str
    body: list[Line] = field(default_factory=list)
    stuck: bool = False


def split_comments(
    lines: Sequence[Line], declared: int | None = None
) -> tuple[list[ShownComment], list[Line]]:
    """The comments of a page's last part, and the lines that belong to none.

    declared: how many the page says there are. Dates stuck to other words are headers when
    that makes the number right (`stuck`), and only then.

    >>> comments, unknown = split_comments([Line(1, "Hier à 08h46"), Line(2, "Bravo.")])
    >>> comments[0].shown, comments[0].body, unknown
    ('Hier à 08h46', [Line(number=2, text='Bravo.')], [])
    """
    comments: list[ShownComment] = []
    unknown: list[Line] = []
    lines, stuck = _unstuck(lines, declared)
    headers = _headers(lines)
    for at, line in enumerate(lines):
        if glued := headers.get(at):
            comments.append(ShownComment(line, glued[1], stuck=at in stuck))
        elif comments:
            comments[-1].body.append(line)
        elif not is_invitation(line.text):
            unknown.append(line)
    return comments, [*unknown, *_without_invitations(comments)]


def _headers(lines: Sequence[Line]) -> dict[int, tuple[str, str]]:
    """The lines that are headers: a page writes its days all with "Le", or all without, and
    may have no capital at all. A line of another form is words of a comment, which quotes.
    """
    found = {at: glued for at, line in enumerate(lines) if (glued := glued_header(line.text))}
    capitals = {at: glued for at, glued in found.items() if not glued[1][0].isdigit()}
    if any(_WITH_LE.search(fold(key(shown))) for _, shown in capitals.values()):
        return capitals
    if found:
        return found
    small = ((at, _small_header(line.text)) for at, line in enumerate(lines))
    return {at: glued for at, glued in small if glued}


def _unstuck(lines: Sequence[Line], declared: int | None) -> tuple[Sequence[Line], set[int]]:
    """The lines cut at the headers that are stuck to other words, if the page declares as many
    comments as that makes, and the places of those headers.
    """
    headers = _headers(lines)
    if declared is None or declared <= len(headers):
        return lines, set()
    first = min(headers, default=len(lines))
    parts: list[Line] = []
    stuck: set[int] = set()
    for at, line in enumerate(lines):
        cuts = [] if at in headers else _cuts(line.text, at < first)
        stuck.update(len(parts) + place for place in range(1, len(cuts), 2))
        parts += (Line(line.number, text) for text in cuts) if cuts else [line]
    if len(_headers(parts)) != declared:
        return lines, set()
    kept = [at for at, part in enumerate(parts) if part.text]
    return [parts[at] for at in kept], {place for place, at in enumerate(kept) if at in stuck}


def _cuts(text: str, above: bool) -> list[str]:
    """Words and headers in turn, words first and last (they may be ""); [] without a header.

    above: nobody has written yet; a space may come before, and what it follows is the site's.
    """
    for start in (match.start() for match in (_ANY_START if above else _START).finditer(text)):
        most = text[start : start + _LONGEST_HEADER]
        if not begins_as_date(most):
            continue
        ends = (end for end in range(len(most), 0, -1) if not most[end - 1].isspace())
        # the longest: "09h12" is not "09h" before the words "12"
        end = start + next((end for end in ends if is_header(most[:end])), -start)
        if end and (end == len(text) or _NEW_WORDS.match(text, end - 1)):
            rest = _cuts(text[end:], False) or [text[end:]]
            return [text[:start].strip(), text[start:end], *rest]
    return []


def _without_invitations(comments: Sequence[ShownComment]) -> list[Line]:
    """Take away what the site adds below comments; what it may be, or somebody's words, is given.

    "Répondre" is a button. "Abonnez-vous !" is one when it ends several comments; below the
    last comment it is left aside, and said to be; elsewhere it was written.
    """
    ends = Counter(one.body[-1].folded for one in comments if one.body)
    left: list[Line] = []
    for comment in comments:
        while comment.body and is_invitation(comment.body[-1].text):
            line = comment.body[-1]
            sure = _BUTTONS.fullmatch(line.folded) or ends[line.folded] > 1
            if not sure and (comment is not comments[-1] or len(comment.body) == 1):
                break
            comment.body.pop()
            left += [] if sure else [line]
    return left[::-1]


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
        first, then = header_dates(one.shown)
        date, edit = read_date(first, capture), read_date(then, capture) if then else None
        assert date is not None, "a header is a date"
        dates.append(edit if edit and edit.start is None else date)
        comments.append(_comment(names, one, date, edit))
    return comments, dates


def _comment(
    names: CommentNames, one: ShownComment, date: ShownDate, edit: ShownDate | None
) -> Comment:
    text = "\n".join(line.text for line in one.body)
    exact = written(date.exact) if date.exact else None
    # "Hier à 08h46" will be "Le 03/12/2024 à 08h46" when the page is captured again
    when = one.shown if exact is None else ("modifié " if date.edited else "") + exact
    modified = edit or (date if date.edited else None)
    bounded = exact is None and not date.edited and date.start and date.end
    return Comment(
        id=names.next(when, None, text),
        date_published=None if date.edited else exact,
        date_modified=written(modified.exact) if modified and modified.exact else None,
        date_shown=one.shown,
        date_earliest=written(date.start) if bounded and date.start else None,
        date_latest=written(date.end) if bounded and date.end else None,
        date_precision=date.precision if bounded else None,
        edited=modified is not None or is_marked_edited(one.shown),
        text=text,
    )

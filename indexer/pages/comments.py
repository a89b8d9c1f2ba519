"""What did the readers answer, in the lines below "Commentaires (27)"?

A comment is a line that is its date, then its words, which may be none. Who wrote it is told only
where a name stands above each date; what it answers is not, and nothing is guessed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from indexer.article import Comment, CommentNames
from indexer.pages.blocks import (
    MORE,
    glued_header,
    header_dates,
    is_header,
    is_invitation,
    is_marked_edited,
)
from indexer.text import Line, fold, key
from indexer.times import Capture, ShownDate, begins_as_date, is_date, read_date, written

_WITH_LE = re.compile(r"\ble \w*\.? ?\d")
_START = re.compile(r"(?:^|(?<=\S))[^\W\d_a-zà-ÿ]")
_ANY_START = re.compile(r"[^\W\d_a-zà-ÿ]")
_CLOCK = re.compile(r"\d{1,2}\s?[hH:]\s?\d{2}")
_NEW_WORDS = re.compile(r"[^\s,.;:!?…)\]»]")
_LONGEST = 60
"""Characters of a date with its hour, at most."""
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
    author: str | None = None


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
    headers = _headers(lines)
    stuck: set[int] = set()
    if declared is not None and declared > len(headers):
        parts, cut = _unstuck(lines, headers)
        if cut and len(recounted := _headers(parts)) == declared:
            lines, headers, stuck = parts, recounted, cut
    for at, line in enumerate(lines):
        if glued := headers.get(at):
            comments.append(ShownComment(line, glued[1], stuck=at in stuck))
        elif comments:
            comments[-1].body.append(line)
        elif not is_invitation(line.text):
            unknown.append(line)
    _sign(comments, unknown, declared)
    return comments, [*unknown, *_without_invitations(comments)]


_MANY = 3
"""Comments that all have a name above their date, when nothing says how many there are."""
_NAME = re.compile(r"@?[^\W\d_][\w'’.-]*(?: [\w'’.-]+){0,3}(?<![.])")


def _sign(comments: Sequence[ShownComment], unknown: list[Line], declared: int | None) -> None:
    """Take the lines above the dates for names, when each date has one: the first one as well."""
    above = [unknown, *(comment.body for comment in comments[:-1])]
    is_long_enough = len(comments) >= _MANY or (len(comments) == declared and declared > 1)
    if not is_long_enough or not all(lines and _is_name(lines[-1].text) for lines in above):
        return
    if any(len(lines) < 2 for lines in above[1:]):
        # a short comment is no name
        return
    for comment, lines in zip(comments, above, strict=True):
        comment.author = lines.pop().text.removeprefix("@")


def _is_name(text: str) -> bool:
    return len(text) <= 40 and _NAME.fullmatch(text) is not None and not is_invitation(text)


def _headers(lines: Sequence[Line]) -> dict[int, tuple[str, str]]:
    """The lines that are headers: a page writes its days all with "Le", or all without, and
    may have no capital at all. A line of another form is words of a comment, which quotes.
    """
    headers = {at: glued for at, line in enumerate(lines) if (glued := glued_header(line.text))}
    capitals = {at: glued for at, glued in headers.items() if not glued[1][0].isdigit()}
    if any(_WITH_LE.search(fold(key(shown))) for _, shown in capitals.values()):
        return capitals
    if headers:
        return headers
    small = ((at, _small_header(line.text)) for at, line in enumerate(lines))
    return {at: glued for at, glued in small if glued}


def _unstuck(
    lines: Sequence[Line], headers: dict[int, tuple[str, str]]
) -> tuple[list[Line], set[int]]:
    """The lines cut at the dates that are stuck to other words, and the places of those dates."""
    first = min(headers, default=len(lines))
    parts: list[Line] = []
    stuck: set[int] = set()
    for at, line in enumerate(lines):
        cuts = [] if at in headers else _cuts(line.text, at < first)
        for place, text in enumerate(cuts or [line.text]):
            if place % 2:
                stuck.add(len(parts))
            if text:
                parts.append(Line(line.number, text) if cuts else line)
    return parts, stuck


def _cuts(text: str, above: bool) -> list[str]:
    """Words and headers in turn, words first and last (they may be ""); [] without a header.

    above: nobody has written yet; a space may come before, and what it follows is the site's.
    """
    parts: list[str] = []
    end_of_last = 0
    for clock in _CLOCK.finditer(text):
        if clock.end() < len(text) and not _NEW_WORDS.match(text, clock.end()):
            continue
        starts = _ANY_START if above and not parts else _START
        for begun in starts.finditer(text, max(end_of_last, clock.end() - _LONGEST), clock.start()):
            if is_header(text[begun.start() : clock.end()]):
                parts += [
                    text[end_of_last : begun.start()].strip(),
                    text[begun.start() : clock.end()],
                ]
                end_of_last = clock.end()
                break
    return [*parts, text[end_of_last:]] if parts else []


def _without_invitations(comments: Sequence[ShownComment]) -> list[Line]:
    """Remove what the site adds below comments; return the removed lines that are in doubt.

    "Répondre" is a button. "Abonnez-vous !" is one when it ends several comments; below the
    last comment it is left aside, and said to be; elsewhere it was written.
    """
    ends = Counter(comment.body[-1].folded for comment in comments if comment.body)
    doubtful: list[Line] = []
    for comment in comments:
        while comment.body and is_invitation(comment.body[-1].text):
            line = comment.body[-1]
            sure = _BUTTONS.fullmatch(line.folded) or ends[line.folded] > 1
            if not sure and (comment is not comments[-1] or len(comment.body) == 1):
                break
            comment.body.pop()
            doubtful += [] if sure else [line]
    return doubtful[::-1]


def _small_header(text: str) -> tuple[str, str] | None:
    """A header of a page that writes them all without a capital: "il y a 3 heures"."""
    return ("", text) if begins_as_date(text) and is_date(text, clock=True) else None


def make_comments(
    article: str, shown_comments: Sequence[ShownComment], capture: Capture
) -> tuple[list[Comment], list[ShownDate]]:
    """Return the comments with their times resolved, and how each date was read."""
    names = CommentNames(article)
    comments, dates = [], []
    for comment in shown_comments:
        first, second = header_dates(comment.shown)
        date, edit = read_date(first, capture), read_date(second, capture) if second else None
        assert date is not None, "a header is a date"
        dates.append(edit if edit and edit.start is None else date)
        comments.append(_comment(names, comment, date, edit))
    return comments, dates


def _comment(
    names: CommentNames, comment: ShownComment, date: ShownDate, edit: ShownDate | None
) -> Comment:
    text = "\n".join(line.text for line in comment.body)
    exact = written(date.exact) if date.exact else None
    # "Hier à 08h46" will be "Le 03/12/2024 à 08h46" when the page is captured again
    date_text = comment.shown if exact is None else ("modifié " if date.edited else "") + exact
    modified = edit or (date if date.edited else None)
    bounded = exact is None and not date.edited and date.start and date.end
    return Comment(
        id=names.next(date_text, comment.author, text),
        author=comment.author,
        date_published=None if date.edited else exact,
        date_modified=written(modified.exact) if modified and modified.exact else None,
        date_shown=comment.shown,
        date_earliest=written(date.start) if bounded and date.start else None,
        date_latest=written(date.end) if bounded and date.end else None,
        date_precision=date.precision if bounded else None,
        edited=modified is not None or is_marked_edited(comment.shown),
        text=text,
    )

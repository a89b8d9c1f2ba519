"""Where are a page's body and its comments; which lines of them did nobody write?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from indexer.pages.contents import Contents, find_contents, last_contents
from indexer.text import INCLUSIVE_ENDING, Line, fold, key
from indexer.times import begins_as_date, is_date, with_edit

_NOUN = r"(?:comm(?:entaire|ent)|reaction)s?"
_WHOSE = r"(?:(?:tous )?(?:les|vos) )?"
_NUMBER_OF = r"(?P<count>\d{1,3}(?:[ .,']\d{3})+|\d+)"
_AFTER = re.compile(
    rf"(?:nombre de )?{_WHOSE}{_NOUN}(?: des lecteurs| des abonnes)?"
    rf" ?[:-]? ?[(\[]? ?{_NUMBER_OF} ?[)\]]?"
)
_BEFORE = re.compile(rf"{_NUMBER_OF} {_NOUN}")
_NONE = re.compile(
    r"(?:aucune?|pas (?:encore )?d[e'] ?|il n'y a (?:pas encore|pas|aucun) (?:de )?)"
    rf" ?{_NOUN}(?: pour (?:le moment|l'instant))?\.?|no comments(?: yet)?"
)
_BARE = re.compile(rf"{_WHOSE}{_NOUN}(?: des lecteurs| des abonnes)? ?:?")
_TEXT = 80
"""Characters of a line that is a paragraph, for sure."""
_HEADER = 120
_INVITATION = 300
_SORTING = 4
"""Lines between the number of comments and the first of them, at most."""

INVITATIONS = (
    "vous devez etre abonne pour pouvoir commenter",
    "vous devez etre connecte pour pouvoir commenter",
    "vous devez etre connecte pour commenter",
    "deja abonne",
    "se connecter",
    "connectez-vous pour commenter",
    "connectez-vous",
    "identifiez-vous pour commenter",
    "abonnez-vous pour commenter",
    "abonnez-vous",
    "soyez le premier a commenter",
    "soyez la premiere a commenter",
    "ecrire un commentaire",
    "poster un commentaire",
    "laisser un commentaire",
    "ajouter un commentaire",
    "voir tous les commentaires",
    "repondre",
    "signaler",
    "les commentaires sont fermes",
    "les commentaires sont clos",
)
"""Words of the comment area that nobody wrote, folded; a line can hold several, glued or not."""

MORE = (
    r"(?:charger|afficher|voir|lire) (?:plus de|les|(?:les )?\d+(?: autres)?|d'autres)"
    r" commentaires?(?: (?:suivants?|precedents?|restants?))?"
    r"|commentaires (?:plus anciens|plus recents|suivants)"
)
"""What leads to the comments that a page leaves out, folded."""

_INVITING = re.compile(rf"(?:(?:{MORE}|{'|'.join(map(re.escape, INVITATIONS))})[ .!?:…]*)+")


def is_invitation(text: str) -> bool:
    """Return whether a line (or the beginning of one) only invites to log in, subscribe or answer.

    >>> is_invitation("Déjà abonné ? Se connecter"), is_invitation("Abonnez-vous à ma chaîne")
    (True, False)
    """
    return (
        len(text) <= _INVITATION
        and _INVITING.fullmatch(INCLUSIVE_ENDING.sub("", fold(key(text)))) is not None
    )


def is_count(text: str) -> bool:
    """Return whether a line is the number of comments, as above a thread.

    >>> is_count("Commentaires (27)"), is_count("27 commentaires")
    (True, False)
    """
    return len(text) <= _TEXT and _AFTER.fullmatch(fold(key(text))) is not None


@dataclass
class Blocks:
    """Places in the lines: the body ends at `end`; comments begin at `comments` (None: no part)
    and end before `last` (None: with the page).

    `contents` is the table of contents, when the page has one.
    """

    end: int
    contents: Contents | None = None
    comments: int | None = None
    comments_line: Line | None = None
    last: int | None = None
    declared: int | None = None
    unknown: list[Line] = field(default_factory=list)

    @property
    def headings(self) -> list[Line] | None:
        """The entries of the table of contents; None when the page has none."""
        return None if self.contents is None else self.contents.entries


def find_blocks(lines: Sequence[Line], after: int, body: int) -> Blocks:
    """The parts of a page below its date, which is the line at `after`.

    body: where the text begins at the latest, below what is known at the head.
    """
    at = _comments_at(lines, after + 1, body)
    blocks = Blocks(len(lines) if at is None else at)
    if at is not None:
        is_heading, count = _heading(lines[at])
        blocks.declared = count
        # comments without any heading begin at their first line itself
        blocks.comments = at + 1 if is_heading else at
        blocks.comments_line = lines[at] if is_heading else None
    contents = blocks.contents = find_contents(lines, after + 1, blocks.end)
    if contents is None and blocks.comments is not None:
        blocks.contents = last_contents(lines, (after + 1, blocks.end), blocks.comments)
        blocks.last = blocks.contents.start if blocks.contents else None
    elif contents is not None and not contents.on_top:
        blocks.unknown = list(lines[contents.stop : blocks.end])
        if not contents.is_titled(lines):
            blocks.unknown.insert(0, lines[contents.start])
        blocks.end = contents.start
    return blocks


def _heading(line: Line) -> tuple[bool, int | None]:
    """Return whether a line can be the heading of a thread, and the count in it."""
    if len(line.text) > _TEXT:
        return False, None
    if match := _AFTER.fullmatch(line.folded) or _BEFORE.fullmatch(line.folded):
        return True, int(re.sub(r"\D", "", match["count"]))
    if _NONE.fullmatch(line.folded):
        return True, 0
    return _BARE.fullmatch(line.folded) is not None, None


def _comments_at(lines: Sequence[Line], start: int, body: int) -> int | None:
    headings = [at for at in range(start, len(lines)) if _heading(lines[at])[0]]
    last_text = max((at for at, line in enumerate(lines) if len(line.text) > _TEXT), default=0)
    for at in headings:
        # the number of comments can also be a fact under the title
        if at < body:
            continue
        if is_count(lines[at].text) or _thread_follows(lines, at + 1):
            return _nearer(lines, at, headings)
        if _heading(lines[at])[1] == 0 and at >= last_text:
            return at
    for at in range(start + 2, len(lines)):
        if glued_header(lines[at].text):
            # the lines that invite to it are part of the thread
            while at - 1 > start and is_invitation(lines[at - 1].text):
                at -= 1
            for above in range(at - 1, max(at - 1 - _SORTING, body), -1):
                if above in headings:
                    return above
            return at
    return None


def _nearer(lines: Sequence[Line], at: int, headings: Sequence[int]) -> int:
    """The heading that the comments are under: a line of the body may have its words."""
    for next_heading in headings[headings.index(at) + 1 :]:
        if begins_thread(lines, next_heading):
            between = lines[at + 1 : next_heading]
            return at if any(glued_header(line.text) for line in between) else next_heading
    return at


def begins_thread(lines: Sequence[Line], at: int) -> bool:
    """Return whether a line is the number of comments, with the comments below it, or nothing."""
    return is_count(lines[at].text) and _thread_follows(lines, at + 1)


def _thread_follows(lines: Sequence[Line], at: int) -> bool:
    if at == len(lines):
        return True
    return is_invitation(lines[at].text) or glued_header(lines[at].text) is not None


def is_header(text: str) -> bool:
    """Whether a whole line is a comment's date: a capital or a figure first, and an hour if it
    can have one. The date of an edit may follow, and the comment's number.

    >>> is_header("Hier à 08h46"), is_header("Le 02/12/2024 à 09h52 il disait…")
    (True, False)
    >>> is_header("Le 02/12/2024 à 09h52 (modifié le 02/12/2024 à 10h38) #12")
    True
    """
    first = key(text[:8])[:1]
    if len(text) > _HEADER or not (first.isupper() or first.isdigit()) or not begins_as_date(text):
        return False
    date, edit = header_dates(text)
    return is_date(date, clock=True) and (edit is None or is_date(edit, clock=True))


def header_dates(text: str) -> tuple[str, str | None]:
    """What a comment's header shows: its date, and that of its edit when both are shown.

    >>> header_dates("Le 02/12/2024 à 09h52 #12")
    ('Le 02/12/2024 à 09h52', None)
    """
    return with_edit(_EDITED.sub("", key(_NUMBER.sub("", text))))


def is_marked_edited(text: str) -> bool:
    """Return whether a comment's header says that it was edited, and not when.

    >>> is_marked_edited("Le 02/12/2024 à 09h52 (modifié)")
    True
    """
    return _EDITED.search(key(_NUMBER.sub("", text))) is not None


def glued_header(text: str) -> tuple[str, str] | None:
    """A line that is a header, as (what is glued before it, the header).

    >>> glued_header("Abonnez-vousLe 02/12/2024 à 09h52")
    ('Abonnez-vous', 'Le 02/12/2024 à 09h52')
    >>> glued_header("Il a dit : Le 02/12/2024 à 09h52") is None
    True
    """
    if is_header(text):
        return "", text
    if len(text) > _HEADER or not _INVITING.match(INCLUSIVE_ENDING.sub("", fold(key(text)))):
        return None
    for start in _STARTS.finditer(text):
        at = start.start()
        if is_invitation(text[:at]) and is_header(text[at:]):
            return text[:at].strip(), text[at:]
    return None


_STARTS = re.compile(r"(?<=.)(?:[^\W_a-zà-ÿ\d]|(?<!\d)\d)")
_NUMBER = re.compile(r"\s*[#№]\s?\d+(?:\.\d+)*$")
_EDITED = re.compile(r"(?i)(?<=\w)[ ,;(\[|/·•-]+(?:modifi|édit)ée?[)\]]?$")

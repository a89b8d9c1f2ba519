"""Where are a page's body, its table of contents, its comments; which lines are headings?

The table of contents repeats the title, then each heading between lines that are a dash:
that repetition is what makes a line of the body a heading, and nothing else is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from indexer.page_dates import begins_as_date, is_date
from indexer.page_lines import Line, fold, key

_COMMENTS = re.compile(
    r"(?:(?:les )?comm(?:entaire|ent)s? ?:? ?[(\[]?(?P<after>\d[\d .]*)[)\]]?"
    r"|(?P<before>\d[\d .]*) comm(?:entaire|ent)s?|(?P<none>aucun commentaire|no comments))"
)
_BARE = re.compile(r"(?:les )?comm(?:entaire|ent)s?(?: des lecteurs| des abonnes)? ?:?")
_DASHES = frozenset("-•*·")

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
    "ecrire un commentaire",
    "poster un commentaire",
    "laisser un commentaire",
    "ajouter un commentaire",
    "voir tous les commentaires",
    "repondre",
    "signaler",
)
"""Words of the comment area that nobody wrote, folded; a line can hold several, glued or not."""

_INVITING = re.compile(rf"(?:(?:{'|'.join(map(re.escape, INVITATIONS))})[ .!?:]*)+")
_PAYWALL = re.compile(
    r"(?:cet article est|article|contenu|la suite est) reserve[e]? (?:a nos |aux )abonnes.*"
    r"|il (?:vous )?reste \d+(?:[.,]\d+)? ?% de (?:l'|cet )article.*"
    r"|vous n'avez pas encore notre abonnement.*"
)


def is_invitation(text: str) -> bool:
    """Whether a line (or the beginning of one) only invites to log in, subscribe or answer.

    >>> is_invitation("Déjà abonné ? Se connecter"), is_invitation("Abonnez-vous à ma chaîne")
    (True, False)
    """
    return _INVITING.fullmatch(fold(key(text))) is not None


def is_paywall(line: Line) -> bool:
    """Whether a line says that the rest of the article is for subscribers."""
    return _PAYWALL.fullmatch(line.folded) is not None


@dataclass
class Blocks:
    """Places in the lines: the body ends at `end`; comments begin at `comments` (None: no part).

    `headings` are the entries of the table of contents, None when the page has none.
    """

    end: int
    toc: tuple[int, int] | None = None
    headings: list[Line] | None = None
    comments: int | None = None
    comments_line: Line | None = None
    declared: int | None = None
    unknown: list[Line] = field(default_factory=list)


def find_blocks(lines: Sequence[Line], after: int) -> Blocks:
    """The parts of a page below its date, which is the line at `after`."""
    at = _comments_at(lines, after + 1)
    blocks = Blocks(len(lines) if at is None else at)
    if at is not None:
        heading = _COMMENTS.fullmatch(lines[at].folded)
        bare = _BARE.fullmatch(lines[at].folded)
        if heading:
            number = heading["after"] or heading["before"] or "0"
            blocks.declared = int(re.sub(r"\D", "", number))
        # comments without any heading begin at their first line itself
        blocks.comments = at + 1 if heading or bare else at
        blocks.comments_line = lines[at] if heading or bare else None
    _find_toc(blocks, lines, after + 1)
    return blocks


def _comments_at(lines: Sequence[Line], start: int) -> int | None:
    for at in range(start, len(lines)):
        heading = _COMMENTS.fullmatch(lines[at].folded)
        if heading and heading["after"]:
            return at
        # "27 commentaires" can also be a fact under the title: its thread must follow
        if (heading or _BARE.fullmatch(lines[at].folded)) and _thread_follows(lines, at + 1):
            return at
    for at in range(start + 2, len(lines)):
        if glued_header(lines[at].text):
            # no heading announces the thread; the lines that invite to it are part of it
            while at - 1 > start and is_invitation(lines[at - 1].text):
                at -= 1
            return at
    return None


def _thread_follows(lines: Sequence[Line], at: int) -> bool:
    if at == len(lines):
        return True
    return is_invitation(lines[at].text) or glued_header(lines[at].text) is not None


def is_header(text: str) -> bool:
    """Whether a whole line is a comment's date: a capital first, and an hour if it can have one.

    >>> is_header("Hier à 08h46"), is_header("Le 02/12/2024 à 09h52 il disait…")
    (True, False)
    """
    return text[:1].isupper() and begins_as_date(text) and is_date(text, clock=True)


def glued_header(text: str) -> tuple[str, str] | None:
    """A line that is a header, as (what is glued before it, the header).

    >>> glued_header("Abonnez-vousLe 02/12/2024 à 09h52")
    ('Abonnez-vous', 'Le 02/12/2024 à 09h52')
    >>> glued_header("Il a dit : Le 02/12/2024 à 09h52") is None
    True
    """
    if is_header(text):
        return "", text
    if len(text) > 120:
        return None
    for start in _CAPITALS.finditer(text):
        at = start.start()
        if is_invitation(text[:at]) and is_header(text[at:]):
            return text[:at].strip(), text[at:]
    return None


_CAPITALS = re.compile(r"(?<=.)[LHAIMÀ]")


def _find_toc(blocks: Blocks, lines: Sequence[Line], start: int) -> None:
    """Find the table of contents; the body ends where it begins."""
    title, limit = lines[0].key, blocks.end
    for at in range(limit - 1, start, -1):
        if lines[at].key == title:
            entries, stop = _entries(lines, at + 1, limit)
            if entries or stop == limit:
                _set_toc(blocks, lines, at, entries, stop)
                return
    # under another title, it must repeat lines of the body and nothing else, to the end
    for at in range(start + 1, limit - 1):
        if lines[at + 1].key in _DASHES:
            entries, stop = _entries(lines, at + 1, limit)
            if entries and stop == limit and _all_in(entries, lines[start:at]):
                _set_toc(blocks, lines, at, entries, stop)
                return


def _set_toc(
    blocks: Blocks, lines: Sequence[Line], at: int, entries: list[Line], stop: int
) -> None:
    blocks.toc, blocks.headings = (at, stop), entries
    blocks.unknown = list(lines[stop : blocks.end])
    blocks.end = at


def _entries(lines: Sequence[Line], at: int, limit: int) -> tuple[list[Line], int]:
    entries: list[Line] = []
    while at < limit:
        if lines[at].key in _DASHES:
            if at + 1 >= limit or lines[at + 1].key in _DASHES:
                break
            entries.append(lines[at + 1])
            at += 2
        elif lines[at].key[:2] in {dash + " " for dash in _DASHES}:
            entries.append(Line(lines[at].number, lines[at].text[1:].lstrip()))
            at += 1
        else:
            break
    return entries, at


def _all_in(entries: Sequence[Line], body: Sequence[Line]) -> bool:
    keys = {line.key for line in body}
    return all(entry.key in keys for entry in entries)


def match_headings(
    body: Sequence[Line], entries: Sequence[Line]
) -> tuple[dict[int, Line], list[Line]]:
    """Places of the body's headings, and the entries that no line of the body repeats.

    >>> body = [Line(1, "A"), Line(2, "Texte."), Line(3, "B")]
    >>> match_headings(body, [Line(9, "B"), Line(10, "C")])
    ({2: Line(number=3, text='B')}, [Line(number=10, text='C')])
    """
    found: dict[int, Line] = {}
    missing = []
    at = 0
    for entry in entries:
        place = next((i for i in range(at, len(body)) if body[i].key == entry.key), None)
        if place is None:
            missing.append(entry)
        else:
            found[place] = body[place]
            at = place + 1
    return found, missing


def heading_like(body: Sequence[Line]) -> list[Line]:
    """Lines that look like headings when no table of contents tells: for the report only.

    A few words that are no sentence, between two lines that end as sentences do.
    """
    return [
        line
        for before, line, after in zip(body, body[1:], body[2:], strict=False)
        if len(line.text) <= 100
        and line.text[-1] not in ".!?…:;,"
        and line.text[0].isupper() | line.text[0].isdigit()
        and before.text[-1] in ".!?…»"
        and len(after.text) > len(line.text)
    ]

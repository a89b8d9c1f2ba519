"""Which lines around the date of a comment may say who wrote it?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from indexer.html.finder.comment_words import is_button
from indexer.html.finder.date_marks import is_dated
from indexer.html.finder.items.pieces import Piece
from indexer.html.finder.items.written_names import SAYS, UNFINISHED, cleaned_name
from indexer.html.inline import INLINE


def header_of(pieces: Sequence[Piece], inside_date: Sequence[bool]) -> tuple[str, str]:
    """Return the text around the date, where a sentence may name the author, twice.

    Its lines, then those alone that the date is in or that « Par » begins: « de » is a word of any
    sentence.
    """
    place = next((at for at, dated in enumerate(inside_date) if dated), None)
    if place is None:
        return "", ""
    lines: list[list[str]] = []
    block: Any = None
    dated = -1
    # with a name before the date, the one paragraph behind it is the words: « Par le maire »
    said = _only_said(pieces, place) if any(map(_may_name, pieces[:place])) else None
    for at in range(max(0, place - 4), min(len(pieces), place + 4)):
        piece = pieces[at]
        block_of_piece = next(
            (node for node in reversed(piece.path) if node.tag not in INLINE), None
        )
        if block_of_piece is not block or not lines:
            lines.append([])
        block = block_of_piece
        if at > place and at == said:
            continue
        if at == place:
            dated = len(lines) - 1
        if len(piece.text) < 90:
            lines[-1].append(piece.text)
    texts = [" ".join(line) for line in lines]
    says = [text for at, text in enumerate(texts) if at != dated and _introduces(text)]
    return " | ".join(texts), " | ".join([*says[:1], " ".join(_said(lines[dated])), *says[1:]])


def _may_name(piece: Piece) -> bool:
    return len(piece.text) < _LONGEST_NAME and cleaned_name(piece.text) is not None


def _only_said(pieces: Sequence[Piece], dated: int) -> int | None:
    """The place of the one text behind a date that is no button, if it is a paragraph."""
    places = [at for at in range(dated + 1, len(pieces)) if not is_button(pieces[at].text)]
    return places[0] if len(places) == 1 and pieces[places[0]].holder.tag == "p" else None


_LONGEST_NAME = 60


def _introduces(text: str) -> bool:
    """Whether a line says by whom; « Réponse de la mairie : rien. » are words."""
    return SAYS.match(text) is not None and not text.rstrip().endswith((".", "!", "?", "…"))


def _said(line: Sequence[str]) -> list[str]:
    """The pieces of the line of a date, up to it, and the name behind « par ».

    What follows may be the words: « Il suffirait de la graisser. »
    """
    pieces: list[str] = []
    behind = False
    for text in line:
        if not behind or _introduces(text.lstrip(" ,")) or UNFINISHED.search(pieces[-1]):
            pieces.append(text)
        behind = behind or is_dated(text)
    return pieces

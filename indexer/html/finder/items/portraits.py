"""Whose portrait is in a comment, whose alternative text may be the only name there?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from indexer.html.finder.comment_words import words_of
from indexer.html.finder.items.pieces import Piece
from indexer.html.finder.items.written_names import cleaned_name

_ALT = re.compile(
    r"(?i)(?:avatar|photo(?: de profil)?|portrait|image|profil|profile picture|commentaire|comment"
    r"|gravatar)\s+(?:de |d'|d’|of |by |par |from )(.{1,60})|(.{1,60})'s (?:avatar|profile.*)"
)


def alternative_name(pieces: Sequence[Piece]) -> str | None:
    """Return the name in the alternative text of a portrait."""
    for node in _around(pieces):
        label = _ALT.fullmatch(node.get("aria-label") or "")
        for match in (label, *(_ALT.fullmatch(img.get("alt") or "") for img in _images(node))):
            if match and (name := cleaned_name(match[1] or match[2])):
                return name
    return None


_PORTRAIT = frozenset(("avatar", "gravatar", "photo", "portrait", "userpic", "profile", "profil"))
_NO_NAME = re.compile(r"(?i)(?:avatar|photo|image|portrait|profil|gravatar|icon|user\b|logo).*")


def portrayed_name(pieces: Sequence[Piece]) -> str | None:
    """Return the name that is the whole alternative of a portrait, or the title of its link.

    A picture that the comment begins with is one, though nothing calls it a portrait.
    """
    items = {piece.path[0] for piece in pieces}
    for node in _around(pieces):
        for image in _images(node):
            holder = image.getparent()
            elders = list(image.itersiblings(preceding=True))
            elders += [] if holder in items else holder.itersiblings(preceding=True)
            is_first = not any("".join(elder.itertext()).strip() for elder in elders)
            if not (is_first or (words_of(image) | words_of(holder)) & _PORTRAIT):
                continue
            for label in (image.get("alt"), image.get("title"), holder.get("title")):
                if label and not _NO_NAME.fullmatch(label) and (name := cleaned_name(label)):
                    return name
    return None


def _around(pieces: Sequence[Piece]) -> Iterator[Any]:
    """Yield the elements around the first texts of a comment, each once."""
    return iter(dict.fromkeys(node for piece in pieces[:12] for node in piece.path))


def _images(node: Any) -> Iterator[Any]:
    """Yield the pictures in an element, alone or in what holds no text."""
    if len(node) < 20:
        for child in node:
            if child.tag == "img":
                yield child
            elif isinstance(child.tag, str) and not "".join(islice(child.itertext(), 9)).strip():
                yield from islice(child.iter("img"), 1)

"""Who, what, and in answer to whom, in the elements that hold one comment?

The date is known. The words are the longest run of texts that holds neither the name, nor the
date, nor buttons.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import islice
from typing import Any

from indexer.html.elements import short_text
from indexer.html.finder.comment_words import (
    AUTHOR,
    DATE,
    IN_REPLY,
    MAYBE_THREAD,
    ROLE,
    SIGNATURE,
    THREAD,
    TITLE,
    is_action,
    is_button,
    is_deletion_notice,
    shown,
    words_of,
)
from indexer.html.finder.date_marks import DateMark, form_of, is_dated
from indexer.html.finder.items.item import Item
from indexer.html.finder.items.mentions import mention_of
from indexer.html.finder.items.names import Name, author_of
from indexer.html.finder.items.pieces import Piece, pieces_of
from indexer.html.finder.items.words import Node, run_of_words
from indexer.html.finder.items.written_names import cleaned_name


@dataclass(frozen=True, slots=True)
class Members:
    """The members of an item. `body`: the nodes of its words; `holder`: what holds the name."""

    author: str | None = None
    sure: bool = False
    title: str | None = None
    role: str | None = None
    text: str = ""
    body: tuple[Node, ...] = ()
    answers: str | None = None
    deleted: bool = False
    holder: Any = None

    @property
    def complete(self) -> bool:
        """Whether somebody says something."""
        return bool(self.author and (self.text or self.deleted))


def members_of(
    item: Item,
    pieces: Sequence[Piece],
    common: Set[str],
    borders: Set[Any],
    name: Name | None = None,
    form_of_words: tuple[str, ...] | None = None,
) -> Members:
    """The members of an item, without what is inside other items.

    pieces: its texts. common: those that most items have. name: that of its author, where the
    other items tell which text it is. form_of_words: what their words stand in.
    """
    date, item_elements = item.date, frozenset(item.elements)
    inside_date = [is_of_date(piece, date) for piece in pieces]
    author = name or author_of(pieces, inside_date)
    apart = set() if date.mixed else {date.element}
    if author.holder is not None and author.holder is not date.element:
        apart.add(author.holder)
    mention, mention_holder = mention_of(pieces, apart)
    if mention_holder is not None:
        apart.add(mention_holder)
    undated = [
        piece
        for piece, dated in zip(pieces, inside_date, strict=True)
        # a line above that of the date, in the element of both
        if not dated and not (piece.holder is author.holder and piece.text == author.name)
    ]
    profiles = {node for piece in pieces for node in piece.path[1:] if _is_profile(node)}
    if any(_is_free(piece, apart | profiles) and _is_body(piece) for piece in undated):
        apart |= profiles
    title, title_holder = _title(pieces, apart | {date.element})
    if title_holder is not None:
        apart.add(title_holder)
    free = _free(undated, apart, common, form_of_words)
    body = run_of_words(free, apart | {date.element}, item_elements) if free else ()
    text = " ".join(" ".join(_texts(body, borders, item_elements)).split()).strip(" :-–—|•·")
    if not author.sure and author.name is not None and author.name == cleaned_name(text):
        # the first short text is all that is said
        author = Name(None, None, sure=False)
    deleted = is_deletion_notice(text)
    role = _role(pieces)
    return Members(
        author=author.name,
        sure=author.sure,
        title=title,
        role=role if role != author.name else None,
        text=text,
        body=body,
        # « Répondre à Zoé » is a button below what Zoé says
        answers=(mention if mention != author.name else None) or _answers(pieces),
        deleted=deleted,
        holder=author.holder,
    )


def _role(pieces: Sequence[Piece]) -> str | None:
    """The first short text in an element named as a role."""
    texts = (piece.text for piece in pieces if words_of(piece.holder) & ROLE)
    return next((text for text in texts if len(text) < _LONGEST_ROLE), None)


_LONGEST_ROLE = 30


def _free(
    undated: Sequence[Piece],
    apart: Set[Any],
    common: Set[str],
    form_of_words: tuple[str, ...] | None,
) -> list[Piece]:
    """The texts that may be of the comment's words; where none may, those that say little."""
    free = [piece for piece in undated if _is_free(piece, apart)]
    if not free:
        return [
            piece
            for piece in undated
            if piece.text not in common
            and (_says_little(piece, apart, common) or _is_like(piece, apart, form_of_words))
        ]
    # a text that most have is nobody's, unless it is all that is said
    uncommon = [piece for piece in free if piece.text not in common]
    # but a paragraph like its others: several end by « Cordialement »
    classes = {piece.holder.get("class") for piece in uncommon if piece.holder.tag == "p"}
    return [
        piece
        for piece in free
        if not uncommon
        or piece.text not in common
        or (piece.holder.tag == "p" and piece.holder.get("class") in classes)
    ]


def _is_body(piece: Piece) -> bool:
    """Whether a text is in a paragraph, or in what is named as words."""
    return any(node.tag == "p" or words_of(node) & _BODY for node in piece.path)


_LONGEST_PROFILE = 200
_PROFILE = AUTHOR | {"user", "userinfo", "member", "membre", "profile", "profil"}


def _is_profile(element: Any) -> bool:
    """Whether an element says who wrote, since when and how much: « Membre », « Messages : 12 »."""
    words = words_of(element)
    if not words & _PROFILE or words & _WORDS:
        return False
    if next(element.iter("p", "blockquote"), None) is not None:
        return False
    return len(short_text(element, _LONGEST_PROFILE)) < _LONGEST_PROFILE


def is_of_date(piece: Piece, date: DateMark) -> bool:
    """Return whether a text of an item is that of its date."""
    if date.mixed:
        return piece.holder is date.element and is_dated(piece.text)
    return any(node is date.element for node in piece.path)


def _is_free(piece: Piece, apart: Set[Any]) -> bool:
    """Whether a text may be of the comment's words."""
    if piece.in_button or any(node in apart for node in piece.path) or is_button(piece.text):
        return False
    if any(words_of(node) & SIGNATURE for node in piece.path):
        return False
    short = len(piece.text) < 90
    if short and is_dated(piece.text):
        # « Vu hier » may be all that is said
        words = words_of(piece.holder)
        # « Le 14 juillet 2023, rien. » is a paragraph of them
        is_sentence = piece.holder.tag == "p" and piece.text.endswith((".", "!", "?", "…"))
        return (is_sentence or bool(words & _BODY)) and not words & DATE
    # « En réponse à Zoé : c'est faux. » is said
    return not (short and IN_REPLY.match(shown(piece.text))) or _SAID.search(piece.text) is not None


_SAID = re.compile(r"\w ?[:,;] \S+ \S.*[.!?…]\s*$")
_PARAGRAPHS = frozenset(("p", "blockquote", "pre"))
_SEPARATORS = re.compile(r"[\s|·•/()\[\]<>—–#:,;-]*(?:\d+)?[\s|·•/()\[\]<>—–#:,;-]*")
_BODY = frozenset(("text", "texte", "txt", "body", "content", "contenu", "corps", "message", "msg"))
_WORDS = _BODY | THREAD | MAYBE_THREAD


def _says_little(piece: Piece, apart: Set[Any], common: Set[str]) -> bool:
    """Whether « +1 », « 👍 », « Plus » stand where words do, and are not a button's.

    Signs alone may stand in any paragraph; words, in what is called a text.
    """
    if piece.in_button or any(node in apart for node in piece.path):
        return False
    if piece.holder.tag == "a" or is_dated(piece.text):
        return False
    if piece.holder.tag == "p" and common and not is_action(piece.text):
        # « Up », « 12 », where no other has the same
        return not piece.text.endswith(":")
    if _SEPARATORS.fullmatch(piece.text) or piece.text.endswith(":") or is_action(piece.text):
        return False
    if words_of(piece.holder) & _BODY:
        return True
    return piece.holder.tag in _PARAGRAPHS and not any(map(str.isalpha, piece.text))


def _is_like(piece: Piece, apart: Set[Any], form: tuple[str, ...] | None) -> bool:
    """Whether « Hier », « 2 », « Signaler » stand where the others' words do."""
    if piece.in_button or any(node in apart for node in piece.path):
        return False
    signs = not any(map(str.isalnum, piece.text)) and _SEPARATORS.fullmatch(piece.text)
    return form_of(piece.holder) == form and not signs


_LONGEST_HEAD = 60
_MEMBER_TITLE = frozenset(("author", "title"))
"""What names the rank of who wrote: « Membre »."""


def _title(pieces: Sequence[Piece], apart: Set[Any]) -> tuple[str | None, Any]:
    """Return the title of a comment, from a heading or from an element named as a title."""
    for piece in islice((piece for piece in pieces if apart.isdisjoint(piece.path)), 10):
        if is_button(piece.text):
            continue
        if any(words_of(node) >= _MEMBER_TITLE for node in piece.path):
            continue
        for node in piece.path[1:]:
            if node.tag in ("h2", "h3", "h4", "h5", "h6") or words_of(node) & TITLE:
                if any(descendant in apart for descendant in node.iter()) or len(piece.text) > 200:
                    break
                if IN_REPLY.match(shown(piece.text)) or is_dated(piece.text):
                    break
                return piece.text, node
        if len(piece.text) > _LONGEST_HEAD and not is_dated(piece.text):
            # the headings below are of the words
            break
    return None, None


_ARROW = re.compile(r"[▸►▶➤→↪↳⤷]\s*")


def _answers(pieces: Sequence[Piece]) -> str | None:
    """Return the name in a text like "En réponse à Zoé"."""
    for at, piece in enumerate(pieces[:14]):
        if at and _ARROW.match(piece.text) and len(piece.text) < 60:
            # « Zoé ▸ Yann »
            name = _ARROW.sub("", piece.text) or (pieces[at + 1].text if pieces[at + 1 :] else "")
            return name.strip(" :@,") or None
        match = IN_REPLY.match(shown(piece.text)) if len(piece.text) < 90 else None
        if match is None:
            continue
        start = len(piece.text) - len(match[1]) if match[1] else None
        name = piece.text[start:] if start is not None else ""
        if not name and at + 1 < len(pieces):
            name = pieces[at + 1].text
        return name.strip(" :@«»\"'.,") or None
    return None


def _texts(body: Sequence[Node], borders: Set[Any], item_elements: Set[Any]) -> Iterator[str]:
    for node in body:
        if node.kind != "element":
            yield node.string
            continue
        for piece in pieces_of(node.element, borders, item_elements):
            if not (piece.in_button or (piece.holder.tag == "a" and is_button(piece.text))):
                yield piece.text

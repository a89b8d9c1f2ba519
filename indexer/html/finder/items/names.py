"""Who wrote a comment of a program that nobody knows?

The name is where classes say so, in "Par Zoé le…", in what stands for a picture, or at worst the
first short text before or beside the date.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from indexer.html.elements import short_text
from indexer.html.finder.comment_words import (
    AUTHOR,
    IN_REPLY,
    MAYBE_AUTHOR,
    NOT_AUTHOR,
    is_button,
    shown,
    words_of,
)
from indexer.html.finder.date_marks import is_dated
from indexer.html.finder.items.header_lines import header_of
from indexer.html.finder.items.pieces import Piece
from indexer.html.finder.items.portraits import alternative_name, portrayed_name
from indexer.html.finder.items.written_names import (
    MOST_WORDS,
    SAID,
    bare_name,
    cleaned_name,
)
from indexer.html.inline import INLINE


class Name(NamedTuple):
    """A name, the element that holds it, and whether the markup or a sentence says it is one."""

    name: str | None
    holder: Any
    sure: bool


_DAY = (
    r"(?:(?:lun|mar|mercre|jeu|vendre|same)di|dimanche"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day)(?=\W|$)"
)
# « Yann Le Goff », « Sophie Martin » and « Zoé Samson » are names
_LE = rf"\b(?:le\b(?=\W*$|\W*(?:\d|{_DAY}))|on\b(?=\W*$|\W*(?:\d|{_DAY}|[a-z]{{3,9}}\.? \d)))"
_BY = re.compile(
    r"(?i)(?:^|[\s>|•·-])(?:par|by|de|from)\s*:?\s+([^\s,|•·][^,|•·:]{0,48}?)\s*"
    rf"(?:,|\s[-–—|•·»]|\s(?:{_LE}|(?:at|à)\s|\d|{_DAY}(?=\W+\d)|(?:hier|aujourd|il y a)\b"
    r"|(?:lun|mar|mer|jeu|ven|sam|dim)\.?,? \d)|:|$)"
)
_BY_AT_END = re.compile(
    r"(?i)(.*\d.*?)\s(?:par|by) "
    r"((?!.*(?:\d[:h/]\d|\d{4}|[,|:]|\s(?:le|à|on|at)\s.*\d))\S.{0,58})$"
)
"""« Écrit le 3 mars 2024 par Mai 68 »: what ends the line behind a date is all the name."""
_VERB = re.compile(
    # « On l'a dit » is a sentence
    r"(?i)^\W*(?:le\s[^,]{0,30}\d[^,]{0,12},\s+)?"
    r"(?!(?:on|ils?|elles?|je|tu|nous|vous|[cj]['’]|ça|cela|qui|que|comme|personne|tout)\b)"
    rf"([^\s,|•·:][^,|•·:]{{0,48}}?)\s+(?:{SAID})\b"
)
_AHEAD = re.compile(
    rf"(?i)^\W*([^\d\W][^,|•·:(\[\d]{{0,48}}?)\s*(?:,|(?<=\s)[-–—]|[-–—](?=\s)|[|•·:»(\d]|{_LE})"
)

_BEHIND = re.compile(r"(.*\d.*?)\s+[-–—|•·]\s+(?!\d{1,2} ?[:hH] ?\d)([^|•·]{1,60})$")
_OTHERWISE = re.compile(
    r"(?i)#|\d[\d\s.]* [^\W\d]|(?:via|depuis|temps de|lu|vu|modifié|édité|edited|updated)\b"
)
"""What else stands behind a date: a number, a count, a device, an edit."""
_MARKING_NAMES = "a b big cite dfn em h1 h2 h3 h4 h5 h6 i mark small strong u"
_MARKING = frozenset(_MARKING_NAMES.split())
"""Elements whose text, behind a line with a date, is sooner a name than the end of that line."""
_BOXES = frozenset(("div", "span", "td", "th"))
_YEAR = re.compile(r"\d{4}")
_WHEN = re.compile(rf"(?i)(?:{_LE}|(?:il y a|hier|posté|publié)\b)")
_BARE_LEAD = re.compile(r"(?i)(?:par|de|by|from) (?=\S)")


_MOST_MARKED = 12
"""Words of a name in an element of its own."""


def author_of(pieces: Sequence[Piece], inside_date: Sequence[bool]) -> Name:
    """Return the author's name in these texts; at worst, the first short one."""
    return (
        _marked(pieces, inside_date)
        or _in_sentence(pieces, inside_date)
        or _labelled(pieces)
        or _behind_dash(pieces, inside_date)
        or _in_portrait(pieces, inside_date)
        or _first_short(pieces, inside_date)
    )


def _marked(pieces: Sequence[Piece], inside_date: Sequence[bool]) -> Name | None:
    """The name that the markup says, in an element or in an attribute."""
    for says_author in (_says_author, _may_say_author):
        # the text of a header that is called "author" is not surely the name
        for closest in (2, None):
            author_name = _named(pieces, inside_date, says_author, closest)
            if author_name is not None:
                return author_name
    labels = (_attribute_name(piece.path) for piece in pieces)
    label = next(filter(None, labels), None)
    return Name(label, _named_holder(label, pieces), True) if label else None


def _in_sentence(pieces: Sequence[Piece], inside_date: Sequence[bool]) -> Name | None:
    """The name that a sentence around the date says: « Par Zoé le… », « Zoé a écrit »."""
    header, sentence = header_of(pieces, inside_date)
    date = " ".join(piece.text for piece, flag in zip(pieces, inside_date, strict=True) if flag)
    if (match := _BY_AT_END.match(date)) and is_dated(match[1]):
        last = bare_name(match[2])
        return Name(last, _named_holder(last, pieces), True)
    for text in (date, sentence):
        match = _BY.search(text)
        if match and match[1] != "le" and is_dated(text[match.end(1) :].partition("|")[0]):
            # « Posté par Plus le 3 mars 2024 »
            name = _in_full(cleaned_name(match[1]) or bare_name(match[1]), pieces)
            return Name(name, _named_holder(name, pieces), True)
    for pattern, text in ((_BY, date), (_VERB, date), (_BY, sentence), (_VERB, header)):
        if (match := pattern.search(text)) and (said_name := cleaned_name(match[1])):
            name = _in_full(said_name, pieces)
            holder = _named_holder(name, pieces)
            return Name(name, _named_holder(said_name, pieces) if holder is None else holder, True)
    return None


_LABELLED = re.compile(r"(?i)(?:auteur|author|pseudo|nom|name)\s*:\s*\S")


def _labelled(pieces: Sequence[Piece]) -> Name | None:
    """The name that its label stands before, in one text: « Auteur : Zoé »."""
    said = [at for at, piece in enumerate(pieces) if not is_button(piece.text)]
    for at, piece in enumerate(pieces[:_MOST_MARKED]):
        # the last text is what is said
        is_said = piece.holder.tag in ("p", "blockquote") or [at] == said[-1:]
        if not is_said and _LABELLED.match(piece.text) and (name := cleaned_name(piece.text)):
            return Name(name, piece.holder if len(piece.path) > 1 else None, True)
    return None


_DASHED = re.compile(r"(?:^|\s)[-–—]{1,3}$")


def _behind_dash(pieces: Sequence[Piece], inside_date: Sequence[bool]) -> Name | None:
    """The name that signs the words, before the date: « Oui. -- <a>Zoé</a> 2024-03-03 »."""
    dates = (at for at, dated in enumerate(inside_date) if dated)
    at = next(dates, 0)
    if at < 2 or pieces[at - 1].holder.tag not in INLINE or not _DASHED.search(pieces[at - 2].text):
        return None
    name = cleaned_name(pieces[at - 1].text)
    return Name(name, pieces[at - 1].holder, True) if name else None


def _in_portrait(pieces: Sequence[Piece], inside_date: Sequence[bool]) -> Name | None:
    """The name that stands for a picture."""
    texts = [at for at, piece in enumerate(pieces) if not inside_date[at] and piece.text[1:]]
    # where one text alone is said, it is no name
    is_only_text = sum(not is_button(pieces[at].text) for at in texts) == 1
    name = alternative_name(pieces) or (portrayed_name(pieces) if is_only_text else None)
    return Name(name, _named_holder(name, pieces), True) if name else None


def _first_short(pieces: Sequence[Piece], inside_date: Sequence[bool]) -> Name:
    """The first short text before or beside the date, else what signs; no name at worst."""
    first = [at for at, dated in enumerate(inside_date) if dated]
    behind: str | None = None
    for at, piece in enumerate(pieces[:12]):
        if inside_date[at] or (piece.in_button and len(pieces) > 4 and is_button(piece.text)):
            if inside_date[at] and (name := _ahead_of_date(piece.text) or _above_date(pieces, at)):
                return Name(name, None, False)
            behind = behind or (_behind_date(piece.text) if inside_date[at] else None)
            continue
        if behind and not _stands_alone(pieces, at):
            break
        if first and at > first[0] + 2:
            break
        if len(piece.text) <= 40 and (name := cleaned_name(piece.text)):
            if at + 1 < len(pieces) and _are_initials(name, pieces[at + 1].text):
                continue
            return Name(name, piece.holder if len(piece.path) > 1 else None, False)
        if len(piece.text) > 60:
            break
    if behind:
        return Name(behind, None, False)
    signature = signature_of(pieces, first)
    return signature if signature.name else Name(portrayed_name(pieces), None, False)


def _stands_alone(pieces: Sequence[Piece], at: int) -> bool:
    """Whether a text has an element of its own, as a name has above the words."""
    holder = pieces[at].holder
    if holder.tag in _MARKING:
        return True
    has_more = any(not is_button(piece.text) for piece in pieces[at + 1 :])
    return holder.tag in _BOXES and len(holder) == 0 and has_more


def _ahead_of_date(text: str) -> str | None:
    """The name in the text of a date: « Zoé, le 3 mars »."""
    match = _AHEAD.match(text)
    name = cleaned_name(match[1]) if match else None
    return None if name is None or _WHEN.match(name) else name


_OF_DATES = re.compile(
    r"(?i)(?:date|heure|jour|reçue?|envoyée?|ajoutée?|écrite?|créée?|message|commentaire|réponse"
    r"|réaction|avis|contribution|sent|added|received|created|comment|reply)\b"
)
"""What stands above a date, and is nobody."""


def _above_date(pieces: Sequence[Piece], at: int) -> str | None:
    """The name above a date, in the element that holds both: « Zoé<br>3 mars »."""
    text = pieces[at].text
    below = pieces[at + 1] if at + 1 < len(pieces) else None
    if below is None or below.holder is not pieces[at].holder or not is_dated(below.text):
        return None
    is_label = any(map(str.isdigit, text)) or _WHEN.match(text) or _OF_DATES.match(text)
    return None if is_label else cleaned_name(text)


def _behind_date(text: str) -> str | None:
    """The name at the end of the text of a date: « 3 mars 2024 10:22 - 1984 »."""
    match = _BEHIND.match(text)
    if match is None or not is_dated(match[1]):
        return None
    name = bare_name(match[2])
    # the year of « 3 mars – 2024 » is no name
    is_year = match[2].isdigit() and _YEAR.search(match[1]) is None
    is_word = not name.isdigit() and is_button(name)
    return None if is_year or is_word or _OTHERWISE.match(match[2]) else name or None


def _in_full(name: str, pieces: Sequence[Piece]) -> str:
    """A name with the words before it in an element of its own: « Les amis de la passerelle ».

    « De Gaulle » keeps its own: the others of the thread tell whose word it is.
    """
    for piece in pieces[:12]:
        full = cleaned_name(piece.text, _MOST_MARKED)
        is_marked = len(piece.holder) == 0 and piece.holder.tag in INLINE
        if is_marked and full and name in full and not is_dated(piece.text):
            lead = _BARE_LEAD.match(piece.text)
            return piece.text if lead and piece.text[lead.end() :] == full else full
    return name


def signature_of(pieces: Sequence[Piece], dates: Sequence[int]) -> Name:
    """The name in the line of the date, where that is below the words: « — Zoé, le 3 mars ».

    dates: the places of the pieces that hold one.
    """
    for at in dates:
        if name := _ahead_of_date(pieces[at].text) or _behind_date(pieces[at].text):
            return Name(name, None, False)
        line = pieces[at].holder.getparent()
        in_line = [
            piece
            for piece in pieces[:at]
            if line in (piece.holder, piece.holder.getparent())
            and any(map(str.isalnum, piece.text))
        ]
        names = (cleaned_name(piece.text) for piece in in_line[-1:] if len(piece.text) <= 40)
        if name := next(names, None):
            return Name(name, in_line[-1].holder, False)
    return Name(None, None, False)


def marked_name(pieces: Sequence[Piece]) -> str | None:
    """A name that the markup of a comment says, where an adapter's rules find none."""
    unquoted = [piece for piece in pieces if all(node.tag != "blockquote" for node in piece.path)]
    author_name = _named(unquoted, [False] * len(unquoted), _says_author, 2)
    if author_name is not None:
        return author_name.name
    attributes = (_attribute_name(piece.path) for piece in unquoted)
    return next(filter(None, attributes), None) or alternative_name(unquoted)


def _named(
    pieces: Sequence[Piece],
    inside_date: Sequence[bool],
    says_author: Callable[[Any], bool],
    closest: int | None,
) -> Name | None:
    """The first text that is a name, in an element called so, among the closest around it."""
    before = ""
    for piece, dated in zip(pieces, inside_date, strict=True):
        answered = IN_REPLY.fullmatch(before)
        before = shown(piece.text)
        if answered and not answered[1].strip(" :@"):
            continue
        if closest and words_of(piece.holder) & NOT_AUTHOR:
            # of the member: `author-registered` in `author`
            continue
        around = tuple(reversed(piece.path))[:closest]
        holder = next((node for node in around if says_author(node)), None)
        if holder is None or (dated and holder is piece.holder and is_dated(piece.text)):
            continue
        limit = _MOST_MARKED if closest else MOST_WORDS
        # « Plus » is a name where machines are told so
        is_told = piece.holder.get("itemprop") in ("author", "creator", "name")
        name = bare_name(piece.text) if is_told else cleaned_name(piece.text, limit)
        if name and not IN_REPLY.match(before):
            if (lead := _BARE_LEAD.match(piece.text)) and piece.text[lead.end() :] == name:
                # De Gaulle, Par hasard: the others of the thread tell whose word it is
                name = piece.text
            return Name(name, _smallest(piece, holder, pieces, inside_date), True)
    return None


def _smallest(
    piece: Piece, holder: Any, pieces: Sequence[Piece], inside_date: Sequence[bool]
) -> Any:
    """Return the element that holds the name alone, not the whole header around it."""
    words = sum(1 for other in pieces if any(node is holder for node in other.path))
    dated = any(
        flag and any(node is holder for node in other.path)
        for other, flag in zip(pieces, inside_date, strict=True)
    )
    return piece.holder if words > 3 or dated else holder


def _says_author(node: Any) -> bool:
    words = words_of(node)
    if words & AUTHOR and not words & NOT_AUTHOR:
        return True
    if node.get("itemprop") in ("author", "creator", "name"):
        return True
    return "author" in (node.get("rel") or "") or node.tag == "cite"


def _may_say_author(node: Any) -> bool:
    words = words_of(node)
    return bool(words & MAYBE_AUTHOR) and not words & NOT_AUTHOR


_NAMES = ("data-author", "data-username", "data-user-name", "data-author-name", "data-user")


def _attribute_name(path: Sequence[Any]) -> str | None:
    for node in path:
        for attribute in _NAMES:
            value = node.get(attribute)
            if value and not value.isdigit() and (name := cleaned_name(value)):
                return name
    return None


def _are_initials(letters: str, name: str) -> bool:
    """Whether one or two capitals stand for the name behind them, in place of a portrait."""
    if len(letters) > 2 or not letters.isupper() or len(name) < 3:
        return False
    return [word[0].upper() for word in name.split()][: len(letters)] == list(letters)


def _named_holder(name: str, pieces: Sequence[Piece]) -> Any:
    # the one element of an item holds its words too
    least_depth = int(len({piece.path[0] for piece in pieces}) == 1)
    for piece in pieces[:12]:
        is_name = name in (cleaned_name(piece.text), bare_name(piece.text))
        if is_name and len(piece.path) > least_depth:
            return piece.holder
    for piece in pieces[:12]:
        # « Commentaire de : <b>Zoé</b> [Visiteur] »
        for node in piece.path[least_depth:]:
            if cleaned_name(short_text(node, 120)) == name:
                return node
    return None

"""Which elements of a block tell a date, and nothing else?

The date of a comment stands alone or beside a name; one in the middle of a sentence is
somebody's words. Repeated dates of one form are what shows that a block is a list.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from indexer.html.elements import short_text
from indexer.html.finder.comment_words import DATE, VARYING, shown, tokens_of, words_of
from indexer.html.inline import INLINE
from indexer.markup import quoted_by

ATTRIBUTES = (
    *("datetime", "content", "title", "data-original-title", "data-tooltip", "aria-label"),
    *("data-tippy-content", "data-bs-title", "data-bs-original-title", "data-title"),
    *("data-datetime", "data-date", "data-time", "data-timestamp", "data-created", "data-utime"),
)
"""Where an element tells its date in full."""
_MONTH = (
    r"(?:janv|jan|fevr|fev|feb|mars|mar|avr|apr|mai|may|juin|june?|juil|july?|aout|aug|sept|sep|oct"
    r"|nov|dec)[a-z]*\.?"
)
_DATE = re.compile(
    rf"\b\d{{1,2}}(?:er|st|nd|rd|th|e)? {_MONTH}(?:,? \d{{2,4}}\b)?|\b{_MONTH} \d{{1,2}}"
    rf"(?:st|nd|rd|th)?,? \d{{4}}\b"
    r"|\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b|\b\d{1,2}/\d{1,2}(?=,? (?:a |- )?\d{1,2} ?[h:] ?\d\d)"
    r"|\b\d{4}[-/]\d\d[-/]\d\d(?:t\d\d:\d\d\S*)?"
    r"|\bil y a (?:environ |moins |plus |quelques )*(?:d'|de |une?\b|\d+|quelques)? ?\w*"
    r"|\b(?:\d+|an?|one) ?(?:sec|min|hour|day|week|month|year|heure|jour|semaine|mois|an)\w* ago\b"
    r"|\bhier\b|\baujourd'hui\b|\bavant-hier\b|\byesterday\b|\btoday\b|\ba l'instant\b|\bjust now\b"
    r"|\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b(?=.{0,6}\d{1,2} ?[h:])"
)
_MAYBE = re.compile(r"(?i)\d|il y a|hier|yester|today|aujourd|instant|now|ago")
_AGE = re.compile(r"\d{1,3} ?(?:s|sec|min|mn|h|j|d|w|sem|mois|mo|ans?|y|yrs?)\.?(?: ago)?")
_AROUND = re.compile(
    r"\b(?:le|la|a|de|du|par|by|on|at|the|en|posted?|poste|publiee?|published|ecrite?|envoyee?|ajoutee?"
    r"|soumise?|depose|depuis|date|lun|mar|mer|jeu|ven|sam|dim|mon|tue|wed|thu|fri|sat|sun|lundi|mardi"
    r"|mercredi|jeudi|vendredi|samedi|dimanche|monday|tuesday|wednesday|thursday|friday|saturday"
    r"|sunday|dit|a dit|ecrit|repondu|said|says|wrote|reponse|message|comment(?:aire)?|heure|cet"
    r"|cest|utc|gmt|am|pm|h|min|commente|il y a|ago|reagi)\b"
)
_OF_MEMBER = (
    r"inscri|membre depuis|enregistre|joined|member since|registered|\bnee? le|anniversaire"
    r"|derniere? (?:connexion|visite|activite)|last (?:seen|visit)"
)
_NOT_WHEN_WRITTEN = re.compile(
    rf"{_OF_MEMBER}|last edited|modifi|edite|edited|mise? a jour|updated"
)
_LABEL = re.compile(rf"(?:{_OF_MEMBER})[^.!?\d]{{0,12}}")
"""« Inscrit le : », before an element of its own."""
_ANNOUNCES = re.compile(r"(?::|\b(?:le|depuis|since|on))\s*$")
_LABELS = frozenset((*INLINE, "dt", "th", "td"))
_EDIT = re.compile(
    r"(?<=\w)[\s,;:()\[|/·•—–-]+(?:et |puis )?(?:derniere? |last )?"
    r"(?:modifi|edit|mise? a jour|updated).*"
)
"""What a date says of an edit, behind it."""
_HOUR = re.compile(r"(?i)\W*(?:à|at)?\s*\d{1,2} ?[:h] ?\d\d(?::\d\d)?(?: ?[ap]m)?\W*")
HOUR = "hour"
"""In the form of a mark that tells no day."""
_LONGEST = 160
_MOST_BESIDE = 40
"""Characters, of four words at most, that may stand beside a date: a name, "Posté par"."""


@dataclass(frozen=True, slots=True)
class DateMark:
    """An element that tells a date. `form` is what those of one list have in common.

    sure: by its tag, its class or an attribute for machines, and not by its words alone. mixed:
    the date is one text among others of the element.
    """

    element: Any
    form: tuple[str, ...]
    sure: bool
    mixed: bool = False


_GOES_ON = re.compile(
    r"(?:\d{4}|\d jours?|hier|aujourd'hui|avant-hier)(?: encore)?,? (?!par |by |a \d|de |[|(–—-])"
    r"(?:[^\W\d_']+[ ']){1,}[^\W\d_]+ ?[.!?…]+$"
)
"""« Hier, tout allait bien. »: a sentence, and no line that says who and when."""


def is_dated(text: str) -> bool:
    """Return whether a short text is a date, with little beside it.

    >>> is_dated("Posté par Zoé le 2 mars 2024 à 10h22"), is_dated("il y a 3 j"), is_dated("3 j")
    (True, True, True)
    >>> is_dated("Hier, tout allait bien."), is_dated("Le 2 mars 2024, rien n'était prêt.")
    (False, False)
    >>> is_dated("J'en ai parlé au maire le 2 mars 2024, et il n'a pas répondu du tout.")
    False
    """
    if len(text) > _LONGEST or not _MAYBE.search(text):
        return False
    folded = _EDIT.sub("", shown(text))
    if _AGE.fullmatch(folded.strip(" .·•|-–()")):
        return True
    if len(folded) < 4 or _NOT_WHEN_WRITTEN.search(folded):
        return False
    beside, count = _DATE.subn(" ", folded)
    if not count:
        return False
    if _GOES_ON.search(folded):
        return False
    beside = re.sub(r"\d{1,2} ?[h:] ?\d{0,2}(?: ?min)?(?::\d\d)?|[^\w' ]", " ", beside)
    words = _AROUND.sub(" ", beside).split()
    return len(words) <= 4 and len(" ".join(words)) <= _MOST_BESIDE


def form_of(element: Any) -> tuple[str, ...]:
    """What an element has in common with those of its kind: its tag and its classes.

    >>> import lxml.html
    >>> form_of(lxml.html.fragment_fromstring('<p class="date even n12">'))
    ('p', 'date', 'n')
    """
    return (str(element.tag), *sorted(tokens_of(element.get("class") or "") - VARYING))


def date_marks(elements: Iterable[Any]) -> list[DateMark]:
    """The elements of these trees that tell a date, in their order."""
    return [mark for tree in elements for mark in marks_in(tree)]


def marks_in(tree: Any, apart: Container[Any] = ()) -> Iterator[DateMark]:
    """Yield the elements of a tree that tell a date, but for those in elements that are `apart`."""
    walk = etree.iterwalk(tree, events=("start",))
    for _, element in walk:
        if element is not tree and element in apart:
            walk.skip_subtree()
            continue
        mark = _mark(element) if isinstance(element.tag, str) else None
        if mark is not None and _is_labelled(element):
            walk.skip_subtree()
        elif mark is not None and not _is_quoted(element):
            if not mark.mixed:
                walk.skip_subtree()
            yield mark


_HIGHEST = 4


def _is_quoted(element: Any) -> bool:
    """Whether it tells when the words that a comment quotes were written.

    Forums put it at the head of the quotation, or just above: "Zoé a écrit : ↑ 12 mars 2024".
    """
    around = element
    for _ in range(_HIGHEST):
        if around is None or around.tag == "blockquote":
            return False
        if quoted_by(short_text(around, _LONGEST)) is not None:
            following = around.getnext()
            if following is not None and following.tag == "blockquote":
                return True
            return next(around.iterancestors("blockquote"), None) is not None
        around = around.getparent()
    return False


_BLOCKS = frozenset(("p", "blockquote", "pre", "textarea", "form", "option"))


def _mark(element: Any) -> DateMark | None:
    """The date that an element tells, if it tells one."""
    if element.tag in ("option", "textarea", "input", "script", "style"):
        return None
    form = form_of(element)
    if element.tag == "time":
        text = short_text(element, _LONGEST) or element.get("datetime") or ""
        if _HOUR.fullmatch(text) and not element.get("datetime"):
            # the hour of the day that another tells
            form = (*form, HOUR)
        return DateMark(element, form, sure=True) if _tells_when(text) else None
    hinted = bool(words_of(element) & DATE)
    for name in ATTRIBUTES:
        value = element.get(name)
        if value and len(value) < 80 and (is_dated(value) or _machine(name, value)):
            text = short_text(element, 80)
            if text and _tells_when(text):
                return DateMark(element, form, sure=True)
    if len(element) > 40:
        return None
    plain = all(child.tag == "br" for child in element) and not _has_other_lines(element)
    text = short_text(element, _LONGEST) if hinted or plain else ""
    if text and is_dated(text):
        if hinted and _holds_more(element):
            # `status_published` names a comment, whose date is in it
            return None
        if hinted or element.tag not in _BLOCKS or len(text) < 60:
            return DateMark(element, form, sure=hinted)
        return None
    texts = [element.text, *(child.tail for child in element)]
    for piece in texts:
        if piece and 3 < len(piece.strip()) <= _LONGEST and is_dated(piece):
            if not _tells_when(short_text(element, _LONGEST)):
                return None
            return DateMark(element, form, sure=hinted, mixed=True)
    return None


def _is_labelled(element: Any) -> bool:
    """Whether the text just before an element says that a member's date follows."""
    before = element.getprevious()
    label = (element.getparent().text if element.getparent() is not None else "") or ""
    if before is not None:
        label = before.tail or ""
        if not label.strip():
            label = short_text(before, _MOST_BESIDE)
            if before.tag not in _LABELS and not _ANNOUNCES.search(label):
                # « Inscrivez-moi » in a paragraph is said
                return False
    return len(label) < _MOST_BESIDE and _LABEL.fullmatch(shown(label)) is not None


def _has_other_lines(element: Any) -> bool:
    """Whether a line says something beside that of a date: « Oui.<br>Écrit le 2 mars par Zoé ».

    « 02/03/2024<br>10:22 » is one date.
    """
    lines = [line for line in (element.text, *(child.tail for child in element)) if line]
    others = (line for line in lines if re.search(r"[^\W\d_]", line) and not is_dated(line))
    return len(lines) > 1 and any(not _HOUR.fullmatch(line) for line in others)


def _tells_when(text: str) -> bool:
    """Whether a text by a date is not of another moment than that of the comment."""
    return _NOT_WHEN_WRITTEN.search(_EDIT.sub("", shown(text))) is None


def _holds_more(element: Any) -> bool:
    """Whether an element inside is one of a date, by its tag or its names, or of words."""
    for inner in element.iterdescendants("*"):
        if inner.tag == "time":
            return True
        if inner.tag == "p" or words_of(inner) & DATE:
            # « Posté le : » may be an element of its own
            text = short_text(inner, _LONGEST)
            if text and is_dated(text) != (inner.tag == "p"):
                return True
    return False


def _machine(name: str, value: str) -> bool:
    return name.startswith("data-") and re.fullmatch(r"\d{10}(?:\d{3})?", value) is not None

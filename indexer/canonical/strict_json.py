"""Is this JSON value what a member of the canonical format must be, and what does it become?

Each function takes a value and gives it in the article's own form, or raises `Invalid`
with a French reason. None never reaches them: a null member is an absent one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from index.record import Quote
from indexer.article import EMPTY, Embed, minutes, state_text
from indexer.times import has_offset, in_paris, regular

LONGEST_ID = 512
MOST = 2**53 - 1
"""The largest whole number that every reader of JSON reads as it is written (RFC 8259, 6)."""
IDENTIFIER = r"[^\s\x00-\x1f\x7f-\x9f]{0,512}"
_IDENTIFIER = re.compile(IDENTIFIER)


class Invalid(ValueError):
    """A value that the format does not allow; `path` is the member's, from the article down.

    >>> str(Invalid("attendu : un texte", "comments[3].text"))
    'comments[3].text : attendu : un texte'
    """

    def __init__(self, reason: str, path: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.path = path

    def within(self, outer: str) -> Invalid:
        """The same, seen from the object that holds it."""
        joined = outer and self.path and not self.path.startswith("[")
        self.path = f"{outer}.{self.path}" if joined else outer + self.path
        return self

    def __str__(self) -> str:
        return f"{self.path} : {self.reason}" if self.path else self.reason


def text(value: Any) -> str:
    """Any text; blank is the same as empty."""
    if type(value) is not str:
        raise Invalid("un texte est attendu")
    return value if value and not value.isspace() else ""


def words(value: Any) -> str | None:
    """A text, None when it is blank."""
    if type(value) is not str:
        raise Invalid("un texte est attendu")
    return None if not value or value.isspace() else value


def identifier(value: Any) -> str | None:
    """A text without white space nor control characters, or a whole number."""
    if type(value) is float and value.is_integer():
        value = int(value)
    if type(value) is int:
        return str(value)
    if type(value) is not str:
        raise Invalid("un texte ou un nombre entier est attendu")
    if not _IDENTIFIER.fullmatch(value):
        raise Invalid(f"sans espace, {LONGEST_ID} caractères au plus")
    return value or None


def truth(value: Any) -> bool:
    """True or false."""
    if type(value) is not bool:
        raise Invalid("true ou false est attendu")
    return value


def count(value: Any) -> int:
    """A whole number that is not negative, `MOST` at most; 3.0 is one."""
    if type(value) is float and value.is_integer():
        value = int(value)
    if type(value) is not int or value < 0:
        raise Invalid("un nombre entier positif ou nul est attendu")
    if value > MOST:
        raise Invalid(f"{MOST} au plus")
    return value


def texts(value: Any) -> tuple[str, ...]:
    """A text or a list of them; blank ones do not count."""
    if type(value) is str:
        value = [value]
    if type(value) is not list:
        raise Invalid("un texte ou une liste de textes est attendu")
    for place, item in enumerate(value):
        if type(item) is not str:
            raise Invalid("un texte est attendu", f"[{place}]")
    return tuple(item for item in value if item and not item.isspace())


def keywords(value: Any) -> tuple[str, ...]:
    """As `texts`; a text alone holds several, between commas."""
    if type(value) is str:
        value = [part.strip() for part in value.split(",")]
    return texts(value)


def person(value: Any) -> str | None:
    """A name, or an object with one."""
    if type(value) is dict:
        if "name" not in value:
            raise Invalid("manque", "name")
        try:
            return None if value["name"] is None else words(value["name"])
        except Invalid as error:
            raise error.within("name") from None
    if type(value) is not str:
        raise Invalid("un nom, ou un objet avec « name », est attendu")
    return words(value)


def people(value: Any) -> tuple[str, ...]:
    """A person, or a list of them."""
    if type(value) is not list:
        value = [value]
        name = person(value[0])
        return () if name is None else (name,)
    names = []
    for place, item in enumerate(value):
        try:
            name = None if item is None else person(item)
        except Invalid as error:
            raise error.within(f"[{place}]") from None
        if name is not None:
            names.append(name)
    return tuple(names)


def time(value: Any) -> str:
    """A time in its regular writing; without an offset it is one of Paris (`lacks_offset`)."""
    if type(value) is not str:
        raise Invalid("une date est attendue, par exemple 2024-12-02T09:08:00+01:00")
    moment = regular(value)
    if moment is None:
        raise Invalid(f"« {value[:40]} » n'est pas une date comme 2024-12-02T09:08:00+01:00")
    return moment if has_offset(moment) else in_paris(moment)


def lacks_offset(value: Any) -> bool:
    """Return whether a time that `time` took had to be given the offset of Paris."""
    return type(value) is str and not has_offset(value.upper())


def duration(value: Any) -> str:
    """An ISO 8601 duration in days, hours, minutes and seconds."""
    if type(value) is not str or minutes(value) is None:
        raise Invalid("une durée ISO 8601 est attendue, par exemple PT4M")
    return value


def one_of(*accepted: str) -> Callable[[Any], Any]:
    """A checker for a closed list of words."""

    def check(value: Any) -> str:
        if type(value) is not str or value not in accepted:
            raise Invalid("un de ces mots est attendu : " + ", ".join(accepted))
        return value

    return check


def state(value: Any) -> str:
    """Return the name of a state, in any words: an object's by its name.

    >>> state("Publié"), state({"name": "prepa"}), state("")
    ('Publié', 'prepa', 'vide')
    """
    return state_text(value)[:100].strip() or EMPTY


def quotes(value: Any) -> tuple[Quote, ...]:
    """A quotation or a list of them; one is a text, or {text, author, ref}."""
    if type(value) is not list:
        value = [value]
    quotations = []
    for place, item in enumerate(value):
        try:
            quote = _quote(item)
        except Invalid as error:
            raise error.within(f"[{place}]") from None
        if quote.text:
            quotations.append(quote)
    return tuple(quotations)


def _quote(value: Any) -> Quote:
    if type(value) is str:
        return Quote(text(value))
    if type(value) is not dict:
        raise Invalid("un texte ou un objet est attendu")
    checks: dict[str, Callable[[Any], Any]] = {"text": text, "author": person, "ref": identifier}
    return Quote(**_closed(value, checks, needed=("text",)))


def embeds(value: Any) -> tuple[Embed, ...]:
    """A list of {kind, start, end, attribution}."""
    if type(value) is not list:
        raise Invalid("une liste est attendue")
    checks: dict[str, Callable[[Any], Any]] = {
        "kind": text,
        "start": count,
        "end": count,
        "attribution": words,
    }
    posts = []
    for place, item in enumerate(value):
        try:
            if type(item) is not dict:
                raise Invalid("un objet est attendu")
            posts.append(Embed(**_closed(item, checks, needed=("kind", "start", "end"))))
        except Invalid as error:
            raise error.within(f"[{place}]") from None
    return tuple(posts)


def _closed(
    value: dict[str, Any], checks: dict[str, Callable[[Any], Any]], needed: tuple[str, ...]
) -> dict[str, Any]:
    members = {}
    for name, member in value.items():
        if name not in checks:
            raise Invalid("membre inconnu ici", name)
        if member is not None:
            try:
                members[name] = checks[name](member)
            except Invalid as error:
                raise error.within(name) from None
    for name in needed:
        if name not in members:
            raise Invalid("manque", name)
    return members

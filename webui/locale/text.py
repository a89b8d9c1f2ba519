"""How are numbers, dates and kinds written in the reader's language?

French typography: no-break spaces before `: ; ! ?`, inside « », in 1 234; 1er mars 2024.
The strings themselves are in `catalogue.py`, French first.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal
from zoneinfo import ZoneInfo

from index.moments import DATE_LENGTHS, PARIS, moment, season
from index.plurals import elides, weight
from index.record import About, Record
from webui.locale.catalogue import CATALOGUE, MONTHS, MONTHS_SHORT

Language = Literal["fr", "en"]
NO_BREAK = "\N{NO-BREAK SPACE}"
THIN = "\N{NARROW NO-BREAK SPACE}"
# Letters of a question that a title or a sentence quotes.
_CITED = 160
# Classes of characters that may change the direction of what follows them (Unicode, UAX #9).
_TURNING = frozenset(("R", "AL", "AN", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "FSI"))
_QUOTATION_MARKS = re.compile('[«»“”„"]')


def typeset(text: str) -> str:
    """French no-break spaces where a plain one was typed; for our own strings only.

    >>> typeset("Résultats pour « sora » : 3 ?") == (
    ...     "Résultats pour «\\xa0sora\\xa0»\\xa0: 3\\u202f?")
    True
    """
    text = re.sub(r" (?=[;!?%])", THIN, text)
    text = re.sub(r"(?<=\}) h (?=\{)", f"{NO_BREAK}h{NO_BREAK}", text)
    text = re.sub(r" (?=[:»])", NO_BREAK, text)
    return re.sub(r"(?<=«) ", NO_BREAK, text)


_BREAKABLE = re.compile("(?<=«) | (?=[»;:!?%€])")


def unbroken(text: str) -> str:
    """A title or an excerpt, whose lines break neither inside « » nor before a high point.

    It is as long as it was: marks keep their places.

    >>> unbroken("« Non ! » : 3 % de plus") == "«\xa0Non\xa0!\xa0»\xa0: 3\xa0% de plus"
    True
    """
    return _BREAKABLE.sub(NO_BREAK, text)


@cache
def _pattern(key: str, language: Language) -> str:
    """A sentence of the catalogue, before its places are filled."""
    french, english = CATALOGUE[key]
    return typeset(french) if language == "fr" else english


class Count(int):
    """A number that knows how it is written and which form the word beside it takes.

    `{n}` writes it, `{n:article|articles}` chooses the word: in French the plural begins
    at two, in English everything but one has it.
    """

    language: Language

    def __new__(cls, value: int, language: Language) -> Count:
        count = super().__new__(cls, value)
        count.language = language
        return count

    def __format__(self, spec: str) -> str:
        if not spec:
            return number(self, self.language)
        singular_form, _, plural_form = spec.partition("|")
        singular = abs(self) < 2 if self.language == "fr" else self == 1
        return singular_form if singular else plural_form


def number(value: int, language: Language) -> str:
    """
    >>> number(1234567, "en"), number(12345, "fr") == "12\\u202f345"
    ('1,234,567', True)
    """
    digits = int.__format__(int(value), ",")
    return digits.replace(",", THIN) if language == "fr" else digits


@dataclass(frozen=True, slots=True)
class When:
    """A date as shown: its text, the machine's form (None if unknown), the source's words."""

    text: str
    iso: str | None = None
    shown: str | None = None
    about: bool = False


@dataclass(frozen=True, slots=True)
class Tongue:
    """The reader's language, called to get a string: `tongue("articles", n=3)`.

    >>> Tongue("fr")("articles", n=3), Tongue("en")("articles", n=1)
    ('3 articles', '1 article')
    """

    language: Language = "fr"
    zone: ZoneInfo = PARIS

    def __call__(self, key: str, **values: Any) -> str:
        """Raises KeyError when the catalogue has no such key."""
        pattern = _pattern(key, self.language)
        if not values:
            return pattern
        counted = {
            name: Count(value, self.language) if type(value) is int else value
            for name, value in values.items()
        }
        return pattern.format(**counted)

    def number(self, value: int) -> str:
        return number(value, self.language)

    def percent(self, share: float) -> str:
        """A share as two figures that count.

        >>> Tongue("fr").percent(0.0123), Tongue("en").percent(0.5), Tongue("en").percent(0)
        ('1,2\\u202f%', '50%', '0%')
        """
        figures = f"{100 * share:.2g}" if share < 0.995 else f"{100 * share:.0f}"
        if "e" in figures:
            figures = f"{100 * share:.7f}".rstrip("0")
        return f"{figures.replace('.', ',')}{THIN}%" if self.language == "fr" else f"{figures}%"

    def weight(self, count: int) -> str:
        """So many bytes, rounded.

        >>> Tongue("en").weight(1_530_000), Tongue("fr").weight(999)
        ('1.5 MB', '999\xa0o')
        """
        text = weight(count)
        if self.language == "en":
            return text.replace(",", ".").replace("o", "B")
        return text.replace(" ", NO_BREAK)

    def either(self, french: str, english: str) -> str:
        """Whichever is the reader's, of a sentence said outside the catalogue."""
        return typeset(french) if self.language == "fr" else english

    def quoted(self, question: str) -> str:
        """A question between our quotation marks; as it is when it has some of its own.

        >>> Tongue("fr").quoted("red team"), Tongue("en").quoted("« red team » nda")
        ('«\xa0red team\xa0»', '«\xa0red team\xa0» nda')
        """
        cited = unbroken(excerpt(question, _CITED))
        if _QUOTATION_MARKS.search(cited):
            return _isolated(cited)
        opening, closing = self("quote_open"), self("quote_close")
        return f"{opening}{_isolated(cited)}{closing}"

    def cited(self, text: str) -> str:
        """A reader's words, the beginning of long ones, to stand between our quotation marks.

        >>> Tongue("fr").cited("« red team » nda")
        '“red team” nda'

        What is written from right to left, or says to be, turns none of ours around.

        >>> Tongue("fr").cited("אברהם") == "\u2068אברהם\u2069"
        True
        """
        inner = ("“", "”") if self.language == "fr" else ("‘", "’")
        text = re.sub(r"[«“„]\s*", inner[0], excerpt(text, _CITED))
        text = re.sub(r"\s*[»”]", inner[1], text)
        return _isolated(unbroken(text))

    def comment_by(self, author: str | None, name: str | None = None) -> str:
        """Return what a comment is called. name: what is written for its author's name.

        >>> Tongue("fr").comment_by("Alice"), Tongue("fr").comment_by("Zoé")
        ('Commentaire d’Alice', 'Commentaire de Zoé')
        """
        if not author:
            return self("comment_nobody")
        return self("comment_of_vowel" if elides(author) else "comment_of", name=name or author)

    def heading(self, record: Record) -> str:
        """Return what a passage is called, where its article's title stands beside it."""
        if record.kind == "comment":
            return self.comment_by(record.author)
        if record.kind == "lead":
            return self(record.part)
        return record.heading or self("section_opening")

    def local(self, iso: str) -> dt.datetime:
        """A time of the index, in the zone pages are shown in."""
        instant = moment(iso)
        try:
            return instant.astimezone(self.zone)
        except OverflowError:
            # the first or the last day of the calendar
            return instant

    def day(self, date: dt.date) -> str:
        """
        >>> Tongue("fr").day(dt.date(2024, 3, 1)), Tongue("en").day(dt.date(2024, 3, 1))
        ('1er\\xa0mars 2024', '1\\xa0March 2024')
        """
        first = "1er" if date.day == 1 and self.language == "fr" else str(date.day)
        return f"{first}{NO_BREAK}{self.month(date)}"

    def month(self, date: dt.date, short: bool = False) -> str:
        names = (MONTHS_SHORT if short else MONTHS)[self.language]
        return f"{names[date.month - 1]} {date.year}"

    def moment(self, iso: str | None) -> str:
        """Day and time; "" when there is none.

        An hour that comes twice, when clocks are put back, says which of the two it is.

        >>> Tongue("fr").moment("2024-10-27T02:30:00+02:00")
        '27\xa0octobre 2024 à 2\xa0h\xa030 (heure d’été)'
        >>> Tongue("en").moment("2024-10-27T02:30:00+01:00")
        '27\xa0October 2024, 2:30 (winter time)'
        """
        if not iso:
            return ""
        local = self.local(iso)
        text = self("moment", day=self.day(local), hour=local.hour, minute=f"{local.minute:02}")
        season_of_hour = season(iso, self.zone)
        seasons = {"summer": self("summer_time"), "winter": self("winter_time")}
        return f"{text} ({seasons[season_of_hour]})" if season_of_hour else text

    def machine_time(self, iso: str, precision: str) -> str:
        """Return a time for `<time datetime>`, as far as it is known.

        >>> Tongue().machine_time("2024-10-01T00:00:00+02:00", "month")
        '2024-10'

        An article known by its day is at midnight in the index, without a precision.

        >>> Tongue().machine_time("2024-10-02T00:00:00+02:00", "")
        '2024-10-02'
        """
        local = self.local(iso)
        if precision in ("second", "minute") or (not precision and local.time() != dt.time()):
            return iso
        return local.date().isoformat()[: DATE_LENGTHS.get(precision, DATE_LENGTHS["day"])]

    def published(self, about: About, *, time: bool = False) -> str:
        """Day of an article, or its month or year where no more is known; "" without a date.

        `time`: with its time, but at midnight, which the index holds for those known by their day.

        >>> about = About("a", "A", published="2024-12-02T00:00:00+01:00")
        >>> Tongue("fr").published(about, time=True)
        '2\xa0décembre 2024'
        >>> Tongue("fr").published(About("a", "A", published=about.published, precision="month"))
        'décembre 2024'
        """
        if not about.published:
            return ""
        local = self.local(about.published)
        if about.precision == "year":
            return str(local.year)
        if about.precision == "month":
            return self.month(local)
        return (
            self.moment(about.published) if time and local.time() != dt.time() else self.day(local)
        )

    def when(self, record: Record, time: bool = False) -> When:
        """When a passage was written, marked "≈" where no clock says it.

        >>> from index.record import About
        >>> r = Record("a#c", "comment", About("a", "A"), 1, start="2024-03-12T00:00:00+01:00",
        ...            end="2024-03-12T23:59:59+01:00", precision="day", shown="hier")
        >>> Tongue("fr").when(r).text
        '≈\\xa012\\xa0mars 2024'
        """
        if not record.start:
            return When(record.shown or "", None, None, True)
        first = self.local(record.start)
        last = self.local(record.end) if record.end else first
        if record.precision in ("second", "minute"):
            text = self.moment(record.start) if time else self.day(first)
            return When(text, record.start, record.shown)
        machine = self.machine_time(record.start, record.precision)
        if record.precision == "year":
            text = str(first.year)
        elif record.precision == "month":
            text = self.month(first)
        elif first.date() == last.date():
            text = self.day(first)
        else:
            text = self("between", first=self.day(first), last=self.day(last))
        return When(f"≈{NO_BREAK}{text}", machine, record.shown, True)


_PERIOD = {
    "du": "from", "au": "to", "depuis": "since", "jusqu’au": "until", "le": "", "1er": "1",
    **dict(zip(MONTHS["fr"], MONTHS["en"], strict=True)),
}  # fmt: skip


def period_in_english(days: str) -> str:
    """The days of a period, which the engine says in French.

    >>> period_in_english("du 1er janvier au 31 mars 2024")
    'from 1 January to 31 March 2024'
    """
    if days == "toutes les dates":
        return "any date"
    return " ".join(filter(None, (_PERIOD.get(word, word) for word in days.split())))


def _isolated(text: str) -> str:
    """Have what is written from right to left, or says to be, turn nothing around it."""
    turned = any(unicodedata.bidirectional(letter) in _TURNING for letter in text)
    return f"\N{FIRST STRONG ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}" if turned else text


def excerpt(text: str, most: int = 110) -> str:
    """One line of at most `most` characters, cut between words.

    >>> excerpt("Un NDA, vraiment ?\\nNon.", 12)
    'Un NDA,…'
    >>> excerpt("https://demo.example/une-adresse", 20)
    'https://demo.example…'
    """
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    return (line[:most].rpartition(" ")[0] or line[:most]) + "…"

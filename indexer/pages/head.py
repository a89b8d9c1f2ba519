"""Which lines at the top of a page are its title, standfirst, date, categories; where is the body?

Everything here goes by position and by form: a title, then a strapline and a standfirst
(either may be absent), a line that is a date, then in any order a reading time, authors,
a number of comments and short lines that are categories. The body begins after them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from indexer.pages.blocks import begins_thread
from indexer.text import Line, fold
from indexer.times import is_date, is_edit

DATE_WITHIN = 12
"""The date comes in the first lines: farther, it belongs to something else."""
_STRAPLINE = 80
_CATEGORIES = 6
_SHORT = 50
_SHORT_WORDS = 7

_READING_TIME = r"(?:(?:temps de )?lecture |duree )?:? ?(?:environ |~ ?)?"
_READINGS = [
    re.compile(_READING_TIME + form + r"(?: de lecture)?\.?")
    for form in (
        r"(?P<h>\d+) ?h(?:eures?)?(?: ?(?P<m>\d+) ?(?:min(?:utes?|s)?|mn))?",
        # more hours than that are the time of the day
        r"(?P<h>[1-4]) ?h ?(?P<m>\d\d)",
        r"(?P<m>\d+) ?(?:min(?:utes?|s)?|mn)\.?(?: ?(?P<s>\d\d?) ?(?:s|sec(?:ondes?)?)?)?",
        r"(?P<s>\d+) ?(?:s|sec(?:ondes?|s)?)",
        r"(?:moins d'(?:une|1)|< ?(?P<m>1)) ?(?:minute|min|mn)",
    )
]
_COUNT = re.compile(r"(\d[\d ]*)(?: commentaires?)?|commentaires? ?\((\d[\d ]*)\)")
_NAMED_SMALL = re.compile(r"[a-z]{1,2}[A-Z]\w*\b(?!')")
_CREDIT = re.compile(
    r"(?:credits?|photo(?:graphie)?s?|images?|illustrations?|captures?|sources?)"
    r" ?(?::|©|d[eu] |d'|par ).*|©.*"
)
_PUBLISHED = re.compile(r"(?:publiee?|postee?|mise? en ligne|article publie) ")
_BY = re.compile(r"par (?P<names>.+?)(?:[,-]? (?P<date>(?:publie )?le \d.*))?")
_SIGNED = re.compile(r"(?P<date>(?:publiee? )?(?:le )?\S.*\d\S*),? par (?P<names>.+)")
_BUTTON = re.compile(
    r"(?:partager|imprimer|enregistrer|sauvegarder|telecharger|ecouter)(?: (?:l'|cet )article)?"
    r"|copier le lien|lien copie !?|ajouter aux favoris|lire plus tard"
    r"|signaler une (?:erreur|faute)|temps de lecture ?:?|(?:article )?(?:en )?acces libre"
    r"|(?:article )?reserve aux abonnes|partager sur .{1,20}"
)
_NAME = r"[^\W_a-zà-ÿ][\w.'-]*(?: (?:de|du|des|la|le|van|von|d'|[^\W_a-zà-ÿ])[\w.'-]*){0,4}"
_NAMES = re.compile(rf"{_NAME}(?:(?:, | et | & ){_NAME})*")


@dataclass
class Head:
    """The lines of a page's head by what they are; `body` is the place of the body's first line."""

    title: Line
    strapline: Line | None = None
    standfirst: list[Line] = field(default_factory=list)
    date: Line | None = None
    date_text: str = ""
    modified: Line | None = None
    reading: Line | None = None
    seconds: int | None = None
    categories: list[Line] = field(default_factory=list)
    authors: tuple[str, ...] = ()
    authors_line: Line | None = None
    count: int | None = None
    unread: list[Line] = field(default_factory=list)
    body: int = 0


def read_head(lines: Sequence[Line], end: int, headings: Sequence[Line] = ()) -> Head:
    """The head of a page, which ends before `end` at the latest.

    headings: the lines known to be headings of the body, where a head must stop. `date` stays
    None when no line is a date: this is no page.

    >>> head = read_head([Line(1, "Titre"), Line(2, "Le 02/12/2024"), Line(3, "IA")], 3)
    >>> head.date_text, [line.text for line in head.categories]
    ('Le 02/12/2024', ['IA'])
    """
    head = Head(lines[0])
    at = _date_at(lines[: min(end, DATE_WITHIN)])
    if at is None:
        head.body = min(end, len(lines))
        return head
    _take_date(head, lines[at])
    # browsers and extractors may give the title twice
    between = [line for line in lines[1:at] if line.words != head.title.words]
    head.unread = [line for line in between if is_button(line)]
    _take_words(head, [line for line in between if not is_button(line)])
    at += 1
    heading_counts = Counter(line.words for line in headings)
    line_counts = (
        Counter(line.words for line in lines[at:end] if line.words in heading_counts)
        if heading_counts
        else heading_counts
    )
    while at < end and _take_fact(head, lines[at], heading_counts, line_counts):
        at += 1
    head.body = at
    return head


def _date_at(lines: Sequence[Line]) -> int | None:
    """Place of the date: the one above a reading time, else the first; none below the comments."""
    first, thread = None, False
    for at in range(1, len(lines)):
        thread = thread or begins_thread(lines, at)
        if not dated(lines[at]):
            continue
        if first is None and not thread:
            first = at
        below = at + 1
        while below < len(lines) and is_edit(lines[below].text):
            below += 1
        next_text = lines[below].folded if below < len(lines) else ""
        if reading_seconds(next_text) is not None and not is_edit(lines[at].text):
            return at
    return first


def dated(line: Line) -> bool:
    """Return whether a line is the date of an article, with or without its authors.

    >>> dated(Line(2, "Par Camille Roussel le 2 mai 2024")), dated(Line(2, "Le 2 mai, rien."))
    (True, False)
    """
    return _take_date(Head(line), line)


def _take_date(head: Head, line: Line) -> bool:
    text = line.key
    by = _BY.fullmatch(line.folded) or _SIGNED.fullmatch(line.folded)
    if by and by["date"]:
        names = _names(text[by.start("names") : by.end("names")])
        if names and is_date(_PUBLISHED.sub("", by["date"], count=1)):
            head.authors, head.authors_line = names, line
            head.date, head.date_text = line, by["date"]
            return True
    published = _PUBLISHED.match(line.folded)
    date = text[published.end() :] if published else text
    # without a capital it is the end of a sentence, not a date alone on its line
    if is_date(date) and text[0].isupper() | text[0].isdigit():
        head.date, head.date_text = line, date
    return head.date is not None


def _take_words(head: Head, between: list[Line]) -> None:
    """What stands between the title and the date."""
    if between and (names := _by(between[-1])):
        head.authors, head.authors_line = names, between.pop()
    if between and (seconds := reading_seconds(between[-1].folded)) is not None:
        head.seconds, head.reading = seconds, between.pop()
    if not between:
        return
    first, *standfirst = between
    is_sentence = first.text.endswith(".") and len(first.text.split()) > 10
    longest = 2 * _STRAPLINE if standfirst else _STRAPLINE
    is_strapline = len(first.text) <= longest and not is_sentence
    head.strapline = first if is_strapline else None
    head.standfirst = standfirst if is_strapline else between


def _take_fact(
    head: Head, line: Line, heading_counts: Counter[str], line_counts: Counter[str]
) -> bool:
    # a category may have the words of a heading that is still to come
    if line.words in heading_counts and line_counts[line.words] <= heading_counts[line.words]:
        return False
    line_counts[line.words] -= 1
    if is_button(line):
        head.unread.append(line)
    elif head.reading is None and (seconds := reading_seconds(line.folded)) is not None:
        head.reading, head.seconds = line, seconds
    elif head.count is None and (count := _COUNT.fullmatch(line.folded)):
        head.count = int((count[1] or count[2]).replace(" ", ""))
    elif head.modified is None and is_date(line.text) and re.search(r"\d", line.text):
        head.modified = line
    elif not head.authors and (names := _by(line)):
        head.authors, head.authors_line = names, line
    elif (
        len(head.categories) < _CATEGORIES
        and is_label(line.text)
        and not is_date(line.text)
        and line.words != head.title.words
    ):
        head.categories.append(line)
    else:
        return False
    return True


def reading_seconds(folded: str) -> int | None:
    """Return the seconds of a reading time with a unit; less than a minute counts as one.

    >>> reading_seconds("1 h 10 min"), reading_seconds("4 min de lecture"), reading_seconds("27")
    (4200, 240, None)
    """
    for form in _READINGS:
        if match := form.fullmatch(folded):
            counts = match.groupdict()
            units = {"h": 3600, "m": 60, "s": 1}
            if any(counts.values()):
                return sum(int(counts.get(unit) or 0) * units[unit] for unit in units)
            return 60
    return None


def is_button(line: Line) -> bool:
    """Whether a line is one of the site's own around an article: nobody's words, no category.

    >>> is_button(Line(5, "Partager")), is_button(Line(5, "Partager l’eau"))
    (True, False)
    """
    return len(line.text) <= _SHORT and _BUTTON.fullmatch(line.folded) is not None


def is_label(text: str) -> bool:
    """Return whether a line is a few words that are no sentence: a category, or a heading.

    >>> is_label("IA et algorithmes"), is_label("C'est la fin.")
    (True, False)
    """
    words = text.split()
    return (
        len(text) <= _SHORT
        and len(words) <= _SHORT_WORDS
        and text[-1] not in ".!?…:;,»\"'"
        and (not text[0].islower() or _NAMED_SMALL.match(text) is not None)
        and not _CREDIT.fullmatch(fold(text))
        and text[0] not in "-–—•*«\"'("
    )


def _by(line: Line) -> tuple[str, ...]:
    by = _BY.fullmatch(line.folded)
    if by is None or len(line.text) > 120 or by["date"]:
        return ()
    return _names(line.key[by.start("names") : by.end("names")])


def _names(text: str) -> tuple[str, ...]:
    if not _NAMES.fullmatch(text):
        return ()
    return tuple(re.split(r", | et | & ", text))

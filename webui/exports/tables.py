"""How are all the answers of a question written as a table, for people and their spreadsheets?

CSV is streamed, a page of answers in memory at a time; XLSX, a format whose end must be known
before its beginning is sent, is written to a file first. Both are of one frozen state of the
index: no passage is missed or given twice while another process indexes.
"""

from __future__ import annotations

import datetime as dt
import importlib.util
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache, partial
from typing import Any, NamedTuple, get_args

from index import french
from index.moments import DATE_LENGTHS, season
from index.record import Part, Precision
from index.results import Passage, Span
from webui.addresses import Links, absolute, original
from webui.exports.walking import Pages, full
from webui.locale import Tongue

COLUMNS = (
    "id", "article", "categories", "published", "kind", "author", "start", "end", "precision",
    "edited", "heading", "text", "found", "link", "source",
)  # fmt: skip
ROWS = 1_048_576
"""What a sheet holds at most, its heading included (Excel, LibreOffice)."""
_TIMES, _FORMS = 10_000, 1_000
When = Callable[[str | None, str], str]
"""A time and its precision → a cell about it."""
_LONGEST_CELL = 32_767
_CHUNK = 64 * 1024
_MATCH_COLUMN_WIDTH = 20
# Before a sign that would make a formula: seen by nobody, it makes a text.
MARK = "\N{WORD JOINER}"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def safe(cell: str) -> str:
    """A cell that a spreadsheet takes for text, never for a formula, and shows as it is.

    >>> safe("=1+1") == MARK + "=1+1", safe("- Oui, dit-elle.") == MARK + "- Oui, dit-elle."
    (True, True)
    >>> safe("— Oui, dit-elle."), safe("oui")
    ('— Oui, dit-elle.', 'oui')

    A number or a day that it would write otherwise stays as it is too.

    >>> [safe(cell) == MARK + cell for cell in ("007", "06 12 34 56 78", "1/2", "3e5", "3 mars")]
    [True, True, True, True, True]
    >>> safe("1984"), safe("3 mars, la zibeline")
    ('1984', '3 mars, la zibeline')
    """
    formula = cell.lstrip(" \xa0\u202f").startswith(_FORMULA)
    return MARK + cell if formula or _rewritten(cell) else cell


def _rewritten(cell: str) -> bool:
    """Whether a spreadsheet takes a whole cell for a number or a day, and writes it otherwise."""
    if len(cell) > _LONGEST_NUMBER:
        return False
    if cell[:1].isalpha():
        return _NAMED_DAY.fullmatch(cell) is not None
    if _KEPT_NUMBER.fullmatch(cell):
        return False
    return bool(_NUMBER.fullmatch(cell) or _NAMED_DAY.fullmatch(cell))


_LONGEST_NUMBER = 40
# Beyond fifteen figures spreadsheets round.
_KEPT_NUMBER = re.compile("0|[1-9][0-9]{0,14}")
_NUMBER = re.compile(r"\s*[\d\s.,:/'’%€$£()-]*\d[\d\s.,:/'’%€$£()-]*(?:[eE][+-]?\d+)?\s*")
_NAMED_DAY = re.compile(
    r"(?=.*\d)(?:\d{1,4}\W{0,2})?"
    r"(?:jan|f[eé]v|feb|mar|a[pv]r|ma[iy]|jui|jun|jul|ao[uû]|aug|sep|o[ck]t|nov|d[eé][cz])"
    r"[a-zé]{0,7}\.?(?:\W{0,2}\d{1,4})?",
    re.IGNORECASE,
)


class _Wording(NamedTuple):
    """What the cells of a table say: labels by name, times, and how far each is known."""

    labels: Mapping[str, str]
    times: When
    precisions: When


def csv(pages: Pages, links: Links, host: str, tongue: Tongue) -> Iterator[str]:
    """Semicolons, a byte order mark and CRLF: what French spreadsheets open rightly.

    `host` is the absolute address of the root, ending with a slash.
    """
    yield "\N{BYTE ORDER MARK}" + _lines([[tongue(f"csv_{name}") for name in COLUMNS]])
    wording = _Wording(_labels(tongue), _times(tongue), _precisions(tongue))
    for results in pages:
        yield _lines(_cells(passage, links, host, wording) for passage in full(iter([results])))


def writes_xlsx() -> bool:
    """Return whether what writes XLSX is installed."""
    return importlib.util.find_spec("xlsxwriter") is not None


def xlsx(
    pages: Pages, links: Links, host: str, tongue: Tongue, rows: int = ROWS
) -> Iterator[bytes]:
    """The same cells, days and instants being dates, and none a formula.

    Of more rows than a sheet holds, the last says so.
    """
    import xlsxwriter  # type: ignore[import-untyped]

    wording = _Wording(_labels(tongue), _times(tongue), _precisions(tongue))
    with tempfile.TemporaryFile(prefix="glose-") as file:
        # one row in memory at a time; no text is anything but the text it is given
        book = xlsxwriter.Workbook(file, {"constant_memory": True})
        sheet = book.add_worksheet("Glose")
        bold = book.add_format({"bold": True})
        for column, name in enumerate(COLUMNS):
            sheet.write_string(0, column, tongue(f"csv_{name}"), bold)
            sheet.set_column(column, column, 60 if name == "text" else 18)
        sheet.freeze_panes(1, 0)
        formats = {
            length: book.add_format({"num_format": shown}) for length, shown in _FORMATS.items()
        }
        passages = full(pages)
        row = 0
        for row, passage in enumerate(passages, 1):
            if row == rows - 1 and next(passages, None) is not None:
                sheet.write_string(row, 0, tongue("xlsx_full", rows=rows))
                break
            _write(sheet, row, _cells(passage, links, host, wording), formats, tongue)
        sheet.autofilter(0, 0, row, len(COLUMNS) - 1)
        book.close()
        file.seek(0)
        while piece := file.read(_CHUNK):
            yield piece


def _write(
    sheet: Any, row: int, cells: list[str], formats: Mapping[int, Any], tongue: Tongue
) -> None:
    for column, cell in enumerate(cells):
        form = formats.get(len(cell)) if column in _DATED else None
        if form and cell >= _FIRST_DAY:
            sheet.write_datetime(row, column, dt.datetime.fromisoformat(cell), form)
        elif cell:
            sheet.write_string(row, column, _fitting(cell, tongue))


def _fitting(cell: str, tongue: Tongue) -> str:
    """A text as long as a cell may be, which says so where the rest is left out.

    Spreadsheets count halves of pairs (UTF-16), where Python counts code points.
    """
    if len(cell) <= _LONGEST_CELL // 2:
        return cell
    units = cell.encode("utf-16-le", "surrogatepass")
    if len(units) <= _LONGEST_CELL * 2:
        return cell
    cut = tongue("xlsx_cut", n=len(cell))
    return units[: (_LONGEST_CELL - len(cut)) * 2].decode("utf-16-le", "ignore") + cut


_DATED = frozenset(COLUMNS.index(name) for name in ("published", "start", "end"))
# What nobody wrote but us: days, which are to be taken for days, labels and addresses.
_OURS = _DATED | {COLUMNS.index(name) for name in ("kind", "precision", "edited", "link", "source")}
# of the calendar of spreadsheets
_FIRST_DAY = "1900-03-01"
_FORMATS = {10: "yyyy-mm-dd", 19: "yyyy-mm-dd hh:mm:ss"}
"""How a time is shown, by the length of its text: a day, an instant; others are texts."""


def file_name(question: str, today: dt.date, suffix: str) -> str:
    """What a table is saved as: the question's words, and the day.

    >>> day = dt.date(2026, 11, 28)
    >>> file_name("« mot de passe » SAUF été", day, ".csv"), file_name("", day, ".csv")
    ('glose-mot-de-passe-sauf-ete-2026-11-28.csv', 'glose-2026-11-28.csv')
    """
    words = re.findall(r"[a-z0-9]+", french.fold(question))
    slug = "-".join(words)[:_NAME].strip("-")
    return "-".join(filter(None, ("glose", slug, today.isoformat()))) + suffix


_NAME = 60


def matched_words(passage: Passage) -> list[str]:
    """What was found in an uncut passage, as it is written there, each once.

    >>> from index.record import About, Record
    >>> from index.results import Snippet
    >>> record = Record("a#1", "comment", About("a", "A"), 1, text="Un NDA, ce NDA !")
    >>> matched_words(Passage(record, 1.0, (Snippet(record.text, ((3, 6), (11, 14))),)))
    ['NDA']
    """
    record = passage.record
    texts: list[tuple[str, tuple[Span, ...]]] = [
        (record.heading, passage.heading_marks),
        *((piece.text, piece.marks) for piece in passage.snippets),
    ]
    texts += [
        (quote.text, marks)
        for quote, marks in zip(record.quotes, passage.quote_marks, strict=False)
    ]
    words: dict[str, str] = {}
    for text, marks in texts:
        for start, end in marks:
            word, folded = _word(text[start:end])
            words.setdefault(folded, word)
    return list(words.values())[:_MATCH_COLUMN_WIDTH]


@lru_cache(_FORMS)
def _word(mark: str) -> tuple[str, str]:
    """A mark with single spaces, and folded: a question is met in the same few forms."""
    word = " ".join(mark.split())
    return word, french.fold(word)


def _labels(tongue: Tongue) -> dict[str, str]:
    return {name: tongue(name) for name in ("yes", "no", *_PARTS.values())}


_PARTS = {part: f"kind_{part}" for part in get_args(Part)}


def _times(tongue: Tongue) -> When:
    """Passages of an article share its time, and most begin when they end."""
    return lru_cache(_TIMES)(partial(_when, tongue))


def _precisions(tongue: Tongue) -> When:
    """How far a time is known; of an hour that clocks repeat, which one, the times being alike."""
    labels = {precision: tongue(f"csv_precision_{precision}") for precision in get_args(Precision)}

    def precision_of(time: str | None, precision: str) -> str:
        is_exact = precision in ("second", "minute")
        name = season(time, tongue.zone) if time and is_exact else None
        return labels[precision] + (f", {tongue(f'{name}_time')}" if name else "")

    return lru_cache(_TIMES)(precision_of)


def _when(tongue: Tongue, time: str | None, precision: str) -> str:
    """A time as spreadsheets read it, in the pages' own zone, as far as it is known.

    Of articles, whose precision is "", the day alone at midnight, as on their page.
    """
    if not time or len(time) <= len("2024-05-02"):
        return time or ""
    # strftime writes the year 987 in three figures, or in four, as the platform does
    local = tongue.local(time).replace(tzinfo=None).isoformat(" ", "seconds")
    if not precision:
        local = local.removesuffix(" 00:00:00")
    return local[: DATE_LENGTHS.get(precision, len(local))]


def _cells(passage: Passage, links: Links, host: str, wording: _Wording) -> list[str]:
    record = passage.record
    labels, times = wording.labels, wording.times
    about = record.about
    text = about.title if record.part == "title" else record.text
    return [
        record.id,
        about.title,
        ", ".join(about.categories),
        times(about.published, about.precision),
        labels[_PARTS[record.part]],
        (record.author if record.kind == "comment" else ", ".join(about.authors)) or "",
        times(record.start, record.precision),
        times(record.end, record.precision),
        wording.precisions(record.start, record.precision),
        labels["yes" if record.edited else "no"],
        "" if record.kind == "lead" else record.heading,
        # a carriage return in a cell of XLSX is read as the letters _x000D_ by openpyxl (3.1)
        text.replace("\r\n", "\n").replace("\r", "\n"),
        ", ".join(matched_words(passage)),
        absolute(links.passage(record), links, host),
        original(record) or "",
    ]


def _lines(rows: Iterable[list[str]]) -> str:
    """Some rows as lines of CSV, no cell of which a spreadsheet takes for a formula.

    >>> _lines([["un; deux", "=1", ""]]) == '"un; deux";' + MARK + "=1;\\r\\n"
    True
    """
    return "".join(map(_line, rows))


def _line(row: list[str]) -> str:
    line = ";".join(
        [
            (_short if len(cell) <= _LONGEST_NUMBER else _cell)(cell, is_ours)
            for cell, is_ours in zip(row, _IS_OURS, strict=False)
        ]
    )
    return line + "\r\n"


_IS_OURS = tuple(column in _OURS for column in range(len(COLUMNS)))


def _cell(cell: str, is_ours: bool) -> str:
    """A cell that is no formula, in quotation marks where it would part cells or lines (RFC 4180).

    is_ours: of a column whose values are ours, and no reader's.
    """
    is_no_number = is_ours or len(cell) > _LONGEST_NUMBER
    if not (is_no_number and cell[:1].isalnum() and "\0" not in cell):
        # what is taken away may stand before the sign of a formula
        cell = safe(cell.replace("\0", ""))
    # the csv module looks at each character, which takes ten times as long
    if ";" in cell or '"' in cell or "\n" in cell or "\r" in cell:
        return '"' + cell.replace('"', '""') + '"'
    return cell


# articles, readers, days and found words come again and again
_short = lru_cache(_TIMES)(_cell)

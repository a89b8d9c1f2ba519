"""What does the cell of a table say: sections, words, a line, names, a number?

It may be plain, HTML or Markdown, and only what it holds tells.
"""

from __future__ import annotations

import re
from html import escape

from indexer.article import Section
from indexer.markup import (
    Words,
    bbcode_html,
    is_bbcode,
    line,
    marked,
    sections,
    wordpress_text,
    words,
)
from indexer.markup import markdown_sections as markdown
from indexer.tables.json_cells import html_in, named_in
from indexer.threads import display_name

_TAG = re.compile(
    r"</?(?:p|br|div|h[1-6]|a|em|strong|b|i|u|ul|ol|li|blockquote|span|img|figure|table|pre|code)"
    r"(?:\s[^<>=]{0,200}=[^<>]{0,2000}|\s+hidden)?\s*/?>|<!-- wp:|&(?:#\d{1,7}|[a-zA-Z]{2,10});",
    re.IGNORECASE,
)
_BLOCKS = re.compile(r"<(?:p|br|div|li)(?:\s[^<>]{0,2000})?/?>", re.IGNORECASE)
_HEADING = re.compile(r"(?m)^#{1,4} \S")
_QUOTED = re.compile(r"(?m)^ {0,3}> ?\S")
_BRACKETED = re.compile(r"\[\s*(?:(?P<quote>[\"']).*(?P=quote)\s*)?\]", re.DOTALL)
_STORED = re.compile(r"\s*<([rt])>(.*)</\1>\s*", re.DOTALL)
"""A message as phpBB 3.2 and Flarum keep it: its BBCode's marks in `<s>` and `<e>`."""
_STORED_MARK = re.compile(r"<([seEi])>([^<]*)</\1>")
_STORED_QUOTE = re.compile(r"(</?)QUOTE\b[^<>]{0,2000}>")
_LISTED = re.compile(r"\s*[;,|]\s*")
_OF_POSTGRESQL = re.compile(r"\{([^{}:]*)\}")
_OF_PHP = re.compile(r"a:\d{1,6}:\{.*\}", re.DOTALL)
_PHP_TEXT = re.compile(r's:\d{1,6}:"(.*?)";')


def _without_marks(text: str) -> str:
    """Return what readers see of a message that phpBB or Flarum keeps as XML, as HTML.

    >>> _without_marks("<r>Le <B><s>[b]</s>bac<e>[/b]</e></B> <E>:)</E></r>")
    'Le <B>bac</B> :)'
    """
    match = _STORED.fullmatch(text)
    if match is None:
        return text
    shown = _STORED_MARK.sub(lambda mark: mark[2] if mark[1] == "E" else "", match[2])
    return _STORED_QUOTE.sub(r"\1blockquote>", shown)


def _in_html(text: str) -> str:
    """The HTML of a text that an editor or a forum marked up; another text as it is.

    >>> _in_html("a < b"), _in_html("a < [b]b[/b]"), _in_html("<t>a</t>")
    ('a < b', 'a &lt; b', 'a')
    """
    if (html := html_in(text)) is not None:
        return html
    text = _without_marks(text)
    return bbcode_html(html_of(text)) if is_bbcode(text) else text


def sections_of(text: str) -> tuple[Section, ...]:
    """The sections of a text that is HTML, BBCode, Markdown or plain.

    >>> [(part.headline, part.text) for part in sections_of("Un.\\n\\n# Deux\\nTrois < 4.")]
    [(None, 'Un.'), ('Deux', 'Trois < 4.')]
    >>> [part.text for part in sections_of("<p>Un.</p><p>Deux.</p>")]
    ['Un.\\nDeux.']
    """
    text = _in_html(text)
    if _TAG.search(text):
        return sections(text) if _BLOCKS.search(text) else wordpress_text.body(text)
    if _HEADING.search(text):
        return markdown(text)
    return sections(html_of(text), breaks=True)


def words_of(text: str) -> Words:
    """The words of a comment, or of a standfirst."""
    text = _in_html(text)
    if _TAG.search(text):
        return words(text, breaks=not _BLOCKS.search(text))
    return marked(text) if _QUOTED.search(text) else words(html_of(text), breaks=True)


def line_of(text: str) -> str:
    """All of it on one line."""
    return line(html_of(text))


def html_of(text: str) -> str:
    """A text as HTML, if it is none.

    >>> html_of("a < b"), html_of("a<br>b")
    ('a &lt; b', 'a<br>b')
    """
    return text if _TAG.search(text) else escape(text, quote=False)


def list_of(text: str) -> tuple[str, ...]:
    """What is between commas, semicolons or bars, each once.

    >>> list_of("IA ; Arts &amp; lettres, IA")
    ('IA', 'Arts & lettres')
    >>> list_of('["IA", "Arts"]'), list_of("[]"), list_of("[sic]")
    (('IA', 'Arts'), (), ('[sic]',))
    >>> list_of('{IA,"Arts"}'), list_of('a:2:{i:0;s:2:"IA";i:1;s:4:"Arts";}')
    (('IA', 'Arts'), ('IA', 'Arts'))
    """
    if (names := named_in(text)) is not None:
        return tuple(dict.fromkeys(map(line_of, names)))
    text_line = line_of(text)[:10_000]
    pieces = _LISTED.split(text_line)
    if _BRACKETED.fullmatch(text_line):
        # as Instapaper and pandas write a list in a cell
        pieces = [piece.strip(" \"'") for piece in _LISTED.split(text_line.strip("[] "))]
    elif match := _OF_POSTGRESQL.fullmatch(text_line):
        pieces = [piece.strip(' "') for piece in _LISTED.split(match[1])]
    elif _OF_PHP.fullmatch(text_line):
        pieces = _PHP_TEXT.findall(text_line)
    return tuple(dict.fromkeys(filter(None, pieces)))


_CATALOGUED = re.compile(r"([^,]+), ([^\s,]+(?:[ -][^\s,]+)?)")
"""As Zotero and libraries write several people: « Petit, Zoé; Le Roy, Luc »."""


def people_of(text: str) -> tuple[str, ...]:
    """Return the names between semicolons, or commas when each side has a first name too.

    >>> people_of("Zoé Petit, Luc Roy et Ada"), people_of("Petit, Zoé")
    (('Zoé Petit', 'Luc Roy', 'Ada'), ('Petit, Zoé',))
    >>> people_of("Petit, Zoé; Le Roy, Luc")
    ('Zoé Petit', 'Luc Le Roy')
    """
    if (listed := named_in(text)) is not None:
        text = ";".join(listed)
    pieces = re.split(r"\s*[;|]\s*|\s+et\s+|\s+&\s+", line_of(text))
    catalogued = [_CATALOGUED.fullmatch(piece) for piece in pieces]
    if len(pieces) > 1 and all(catalogued):
        pieces = [f"{match[2]} {match[1]}" for match in catalogued if match]
    names = []
    for piece in pieces:
        parts = [part.strip() for part in piece.split(",")]
        names += parts if all(" " in part for part in parts) else [piece]
    public_names = (display_name(html_of(name)) for name in names)
    return tuple(dict.fromkeys(filter(None, public_names)))


def count_of(text: str) -> int | None:
    """A whole number that is not negative, None for anything else.

    >>> count_of("1 200"), count_of("12,0"), count_of("-3")
    (1200, 12, None)
    """
    text = re.sub(r"[\s\u202f]|[.,]0+$", "", text)
    return int(text) if text.isdecimal() and len(text) < 10 else None

"""What do the texts of Movable Type say, in each of the ways they are written?"""

from __future__ import annotations

import csv
import re

from indexer.article import Section
from indexer.markup import markdown_sections, sections
from indexer.movable_type.textile import textile_html

_BLOCK = re.compile(
    r"\s*</?(?:address|blockquote|center|dd|div|dl|dt|fieldset|form|h[1-6]|hr|li|ol|p|pre|table|"
    r"t[dhr]|ul)\b",
    re.IGNORECASE,
)
_AS_HTML = frozenset(("0", "richtext", "none", "no"))
_LISTED = re.compile(r"[,;\n]+")


def body(text: str, converted: str) -> tuple[Section, ...]:
    """The sections of a text. converted: what CONVERT BREAKS says.

    0 and `richtext`: HTML as it is. `markdown…` and `textile…`: these. 1, `__default__`, nothing
    and others:
    a newline is a break, save in paragraphs that begin with a block of HTML, as Movable Type's
    own filter has it (`html_text_transform`, Movable Type 4 to 8).

    >>> [part.text for part in body("Un\\ndeux.\\n\\n<p>Trois\\nquatre.</p>", "__default__")]
    ['Un\\ndeux.\\nTrois quatre.']
    >>> [part.text for part in body("Un\\ndeux.", "0")]
    ['Un deux.']
    """
    converted = converted.strip().lower()
    if converted.startswith("markdown"):
        return markdown_sections(text)
    if converted.startswith("textile"):
        return sections(textile_html(text))
    if converted in _AS_HTML:
        return sections(text)
    paragraphs = re.split(r"\n[ \t]*\n", text)
    html = (
        paragraph if _BLOCK.match(paragraph) else paragraph.replace("\n", "<br>")
        for paragraph in paragraphs
    )
    return sections("<p></p>".join(html))


def tags(text: str) -> list[str]:
    """The tags of a line; one that has a comma in it is between double quotes.

    >>> tags('phare,"mer du Nord, ou Manche" , vent')
    ['phare', 'mer du Nord, ou Manche', 'vent']
    """
    try:
        rows = list(csv.reader([text], skipinitialspace=True))
    except csv.Error:
        return keywords(text)
    return [tag.strip() for row in rows for tag in row if tag.strip()]


def keywords(text: str) -> list[str]:
    """The words of a part that holds some, between commas, semicolons or lines."""
    return [word.strip() for word in _LISTED.split(text) if word.strip()]

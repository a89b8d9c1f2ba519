"""What do comments written in Markdown say?"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from indexer.markup.html_text import Words, words

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_LONGEST = 50_000


def marked(text: str) -> Words:
    """A comment's own words and what it quotes, from its Markdown (with HTML inside, perhaps).

    Marks of lists stay as they are typed. Past 50,000 characters the marks are left as they are.

    >>> marked("> Un NDA ?\\n\\nOui, [la preuve](https://a.example/) **ici**.").text
    'Oui, la preuve ici.'
    """
    if len(text) > _LONGEST:
        return words(text, breaks=True)
    return words(_reader().render(text))


@cache
def _reader() -> MarkdownIt:
    # imported when a comment is read, and not by every command
    from markdown_it import MarkdownIt

    reader = MarkdownIt("commonmark", {"html": True, "breaks": True, "maxNesting": 100})
    # "112." alone is a number and no list, and a definition of a link is a text like another
    return reader.disable(["list", "reference"])

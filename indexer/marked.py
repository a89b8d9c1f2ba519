"""What do comments written in Markdown say?"""

from __future__ import annotations

from markdown_it import MarkdownIt

from indexer.markup import Words, words

_READER = MarkdownIt("commonmark", {"html": True, "breaks": True})
_LONGEST = 50_000


def marked(text: str) -> Words:
    """A comment's own words and what it quotes, from its Markdown (with HTML inside, perhaps).

    Past 50,000 characters the marks are left as they are.

    >>> marked("> Un NDA ?\\n\\nOui, [la preuve](https://a.example/) **ici**.")
    Words(text='Oui, la preuve ici.', quotes=(Quote(text='Un NDA ?', author=None, ref=None),))
    """
    if len(text) > _LONGEST:
        return words(text, breaks=True)
    return words(_READER.render(text))

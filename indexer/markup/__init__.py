"""Which sections and words are in a text with markup: HTML, Markdown, WordPress's?"""

from indexer.markup.comment_markdown import marked
from indexer.markup.html_text import Words, line, sections, words
from indexer.markup.markdown_text import markdown_sections

__all__ = [
    "Words",
    "line",
    "markdown_sections",
    "marked",
    "sections",
    "words",
]

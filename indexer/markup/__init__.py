"""Which sections and words are in a text with markup: HTML, Markdown, WordPress's?"""

from indexer.markup.attributions import quoted_by
from indexer.markup.bbcode import bbcode_html, is_bbcode
from indexer.markup.comment_markdown import marked
from indexer.markup.hidden import names_unfold, style_hides
from indexer.markup.html_text import Words, line, sections, words
from indexer.markup.markdown_text import markdown_sections
from indexer.markup.section_lines import beginning, section_lines

__all__ = [
    "Words",
    "bbcode_html",
    "beginning",
    "is_bbcode",
    "line",
    "markdown_sections",
    "marked",
    "names_unfold",
    "quoted_by",
    "section_lines",
    "sections",
    "style_hides",
    "words",
]

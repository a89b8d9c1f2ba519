"""Which article is in a Markdown file?"""

from indexer.markdown.article import MarkdownFormat

__all__ = [
    "MarkdownFormat",
]

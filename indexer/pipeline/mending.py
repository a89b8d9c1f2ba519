"""Which texts of an article were damaged before they were read, and how are they written?

Whatever gave it: an export of a site that changed databases, the pages of such a site.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

from indexer.article import Article, Comment, Section
from indexer.markup import sections
from indexer.reporting import LeftAside, Outcome
from indexer.text import mended

Text = TypeVar("Text", str, str | None)

_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]{0,11}(?:\s[^<>]{0,2000})?/?>")
_BLOCK = r"(?:p|div|ul|ol|blockquote|table|figure|h[1-6])"
_BLOCKS = re.compile(rf"\s*<{_BLOCK}(?:\s[^<>]{{0,2000}})?>.*</{_BLOCK}>\s*", re.DOTALL)
_SENTENCE = re.compile(r"\w\s?[.!?…»]")
"""In what somebody wrote, and hardly in an example of code."""


def without_tags(text: str) -> str:
    """Return the words of a text that is blocks of HTML, escaped twice; another as it is.

    >>> without_tags("<p>Le <b>pont</b> ferme.</p><p>Fin</p>"), without_tags("Le <p> ouvre.")
    ('Le pont ferme.\\nFin', 'Le <p> ouvre.')
    """
    if not text.lstrip().startswith("<") or _BLOCKS.fullmatch(text) is None:
        return text
    prose = _TAG.sub("", text)
    if "<" in prose or _SENTENCE.search(prose) is None:
        return text
    parts = (part for section in sections(text) for part in (section.headline, section.text))
    return "\n".join(filter(None, parts))


class Mending:
    """Mends the texts of a file's articles; `left_aside` counts those mended.

    >>> mending = Mending()
    >>> mending.article(Article("a", "La sociÃ©tÃ©")).headline, mending.left_aside.count("mended")
    ('La société', 1)
    """

    def __init__(self) -> None:
        self.left_aside = LeftAside()

    def outcomes(self, outcomes: Iterator[Outcome], source: str) -> Iterator[Outcome]:
        """The same outcomes, mended, and at their end how many texts were."""
        for outcome in outcomes:
            yield self.article(outcome) if isinstance(outcome, Article) else outcome
        yield from self.left_aside.remarks(source)

    def article(self, article: Article) -> Article:
        """An article whose texts are as they were written; the same one when all are."""
        mended_article = replace(
            article,
            headline=self._text(article.headline),
            alternative_headline=self._text(article.alternative_headline),
            description=self._text(article.description),
            article_section=tuple(map(self._text, article.article_section)),
            keywords=tuple(map(self._text, article.keywords)),
            author=tuple(map(self._text, article.author)),
            publisher=self._text(article.publisher),
            sections=tuple(map(self._section, article.sections)),
            comments=tuple(map(self._comment, article.comments)),
        )
        return article if mended_article == article else mended_article

    def _section(self, section: Section) -> Section:
        text, headline = self._text(section.text), self._text(section.headline)
        if text is section.text and headline is section.headline:
            return section
        # places in the text are no longer those of what was shown in it
        embeds = section.embeds if len(text) == len(section.text) else ()
        return replace(section, headline=headline, text=text, embeds=embeds)

    def _comment(self, comment: Comment) -> Comment:
        text, author = self._text(comment.text), self._text(comment.author)
        headline = self._text(comment.headline)
        quotes = tuple(
            quote
            if (restored := self._text(quote.text)) is quote.text
            else replace(quote, text=restored)
            for quote in comment.citation
        )
        if (
            text is comment.text
            and author is comment.author
            and headline is comment.headline
            and quotes == comment.citation
        ):
            return comment
        return replace(comment, text=text, author=author, headline=headline, citation=quotes)

    def _text(self, text: Text) -> Text:
        if text is None:
            return text
        restored = without_tags(mended(text))
        self.left_aside.add("mended", restored is not text)
        return restored

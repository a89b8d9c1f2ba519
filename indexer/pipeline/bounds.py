"""How much may one file give?

Whatever its format. A passage is read whole by the language layer, which takes some forty times
its length of memory; an article is held whole by what compares it with the one of the index; and
each of its passages is stored with what it says of its article.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from indexer.article import PARTIAL, Article, Comment, Section
from indexer.reporting import Outcome, Skipped, plural, shorten

LONGEST_PASSAGE = 1_000_000
"""Characters of a section or of a comment: a long novel."""
LONGEST_ARTICLE = 20_000_000
"""Characters of an article with its comments: 50,000 of them are ten million."""
MOST_PASSAGES = 200_000
"""Sections and comments of an article."""
MOST_REPEATED = 256_000_000
"""Characters that an article says of itself (titles, authors, keywords), in all its passages."""
MOST_FAULTS = 20_000
"""Faults of one file that are looked at, unless it gave as much."""


def bounded(outcomes: Iterator[Outcome], source: str) -> Iterator[Outcome]:
    """Return the same outcomes, without passages too long for memory, until most of the file is

    faults. A passage left out of an article is reported, and makes it partial.

    >>> long = Article("a", "Sora", sections=(Section(None, "a" * 1_000_001), Section("b", "c")))
    >>> skipped, article = bounded(iter([long]), "a.html")
    >>> skipped.sentence()
    'a.html : « Sora » : 1 passage de plus de 1 million de signes laissé de côté'
    >>> [section.text for section in article.sections], article.extra
    (['c'], {'completeness': 'partial'})
    """
    articles = wrong = 0
    for outcome in outcomes:
        for bounded_outcome in (
            _bounded(outcome, source) if isinstance(outcome, Article) else (outcome,)
        ):
            yield bounded_outcome
            if isinstance(bounded_outcome, Skipped):
                wrong += 1
            else:
                articles += 1
        if wrong >= MOST_FAULTS and wrong > articles:
            sentence = plural(wrong, "faute")
            yield Skipped(source, f"{sentence} dans ce fichier : la suite n'est pas lue")
            return


def _bounded(article: Article, source: str) -> Iterator[Article | Skipped]:
    """Yield an article without its too long passages, after a Skipped that counts them."""
    name = f"« {shorten(article.headline)} »"
    passages = len(article.sections) + len(article.comments)
    if passages > MOST_PASSAGES:
        yield Skipped(source, f"{name} : {plural(passages, 'passage')}, trop pour un article")
        return
    article_weight = _own_weight(article)
    weights = [
        *map(_weight_of_section, article.sections),
        *map(_weight_of_comment, article.comments),
    ]
    long = sum(weight > LONGEST_PASSAGE for weight in weights)
    if article_weight > LONGEST_PASSAGE or article_weight * passages > MOST_REPEATED:
        reason = f"{plural(article_weight, 'signe')} de titres, de noms et d'adresses"
        if passages:
            reason += f", à répéter dans {plural(passages, 'passage')}"
        yield Skipped(source, f"{name} : {reason}")
        return
    if long:
        too_long = plural(long, "passage", "passages")
        bound = f"de plus de {plural(LONGEST_PASSAGE // 1_000_000, 'million')} de signes"
        yield Skipped(source, f"{name} : {too_long} {bound} laissé{'s' * (long > 1)} de côté")
        article = _without_long(article, weights)
    if sum(weight for weight in weights if weight <= LONGEST_PASSAGE) > LONGEST_ARTICLE:
        millions = LONGEST_ARTICLE // 1_000_000
        yield Skipped(source, f"{name} : article de plus de {millions} millions de signes")
        return
    yield article


def _without_long(article: Article, weights: list[int]) -> Article:
    fits = [weight <= LONGEST_PASSAGE for weight in weights]
    first = len(article.sections)
    return replace(
        article,
        sections=tuple(
            section for section, keep in zip(article.sections, fits[:first], strict=True) if keep
        ),
        comments=tuple(
            comment for comment, keep in zip(article.comments, fits[first:], strict=True) if keep
        ),
        extra={**article.extra, **PARTIAL},
    )


def _own_weight(article: Article) -> int:
    """Characters of what an article says of itself."""
    texts = (
        *(article.id, article.headline, article.url, article.alternative_headline),
        *(article.description, article.publisher, article.in_language),
        *(*article.same_as, *article.article_section, *article.keywords, *article.author),
    )
    return sum(len(text) for text in texts if text) + _weight(article.extra)


def _weight_of_section(section: Section) -> int:
    texts = (section.text, section.headline, section.anchor)
    return sum(len(text) for text in texts if text) + _weight(section.extra)


def _weight_of_comment(comment: Comment) -> int:
    texts = (comment.text, comment.headline, comment.id, comment.author, comment.url)
    quotes = sum(len(quote.text) for quote in comment.citation)
    return sum(len(text) for text in texts if text) + quotes + _weight(comment.extra)


def _weight(value: Any) -> int:
    """Characters in plain data, the names of members included."""
    if isinstance(value, str):
        return len(value)
    if isinstance(value, dict):
        return sum(len(name) + _weight(member) for name, member in value.items())
    if isinstance(value, list | tuple):
        return len(value) + sum(map(_weight, value))
    return 1

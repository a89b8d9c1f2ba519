"""How is an article written as the text of a page, so that the page reader finds it again?

The shape of the model page: title, strapline, standfirst, date, reading time, categories,
body, table of contents, comments each under its date. What that shape has no place for is
left out: the comments' authors, parents, titles and quotations, the time an edited comment
was first written, addresses, keywords, seconds.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from indexer.article import Article, Comment, minutes
from indexer.pages.blocks import is_header
from indexer.times import PARIS, period

_MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
_INVITATION = ("Vous devez être abonné pour pouvoir commenter.", "Déjà abonné ? Se connecter")
_GLUED = "Abonnez-vous"


def render(article: Article, *, year: bool = True) -> str:
    """A page's text. ValueError for an article or a comment without any date.

    year: write it in the article's date; the model page leaves it to the date of capture.

    >>> from indexer.article.model import Section
    >>> article = Article("a", "Sora", date_published="2024-12-02T09:08:00+01:00",
    ...                   sections=(Section(None, "Un texte."),))
    >>> render(article, year=False)
    'Sora\\nLe 02 décembre à 09h08\\nUn texte.\\nCommentaires (0)\\n'
    """
    return "".join(line + "\n" for line in _lines(article, year))


def _lines(article: Article, year: bool) -> Iterator[str]:
    yield article.headline
    if article.alternative_headline:
        yield article.alternative_headline
    if article.description:
        yield article.description
    if article.author:
        yield "Par " + " et ".join(
            filter(None, (", ".join(article.author[:-1]), article.author[-1]))
        )
    yield _article_date(article, year)
    if article.time_required and (total := minutes(article.time_required)):
        yield reading_time(total)
    yield from article.article_section
    for section in article.sections:
        if section.headline:
            yield section.headline
        if section.text:
            yield section.text
    headlines = [section.headline for section in article.sections if section.headline]
    if headlines:
        yield article.headline
        for headline in headlines:
            yield "-"
            yield headline
    yield from _thread(article)


def reading_time(total: int) -> str:
    """Minutes as a page shows them.

    >>> reading_time(4), reading_time(70), reading_time(60)
    ('4 min', '1 h 10 min', '1 h')
    """
    hours, minutes = divmod(total, 60)
    return " ".join(
        filter(None, (f"{hours} h" if hours else "", f"{minutes} min" if minutes else ""))
    )


def _article_date(article: Article, year: bool) -> str:
    if article.date_published is None:
        raise ValueError("the text of a page needs the date of the article")
    start, _, precision = period(article.date_published, article.date_precision)
    at = datetime.fromisoformat(start).astimezone(PARIS)
    day = f"Le {at:%d} {_MONTHS[at.month - 1]}" + (f" {at.year:04}" if year else "")
    return day if precision not in ("second", "minute") else f"{day} à {at:%Hh%M}"


def _thread(article: Article) -> Iterator[str]:
    comments = [comment for comment in article.comments if comment.published]
    declared = article.comment_count if article.comment_count is not None else len(comments)
    yield f"Commentaires ({declared})"
    if comments:
        yield from _INVITATION
    for place, comment in enumerate(comments):
        yield (_GLUED if place == 0 else "") + _comment_date(comment)
        if comment.text and not comment.deleted:
            yield comment.text


def _comment_date(comment: Comment) -> str:
    modified = comment.date_modified if comment.edited else None
    date = modified or comment.date_published
    if date is None:
        if comment.date_shown and is_header(comment.date_shown):
            return comment.date_shown
        raise ValueError(f"the text of a page needs the date of the comment {comment.id}")
    at = datetime.fromisoformat(period(date).start).astimezone(PARIS)
    return f"{'Modifié le' if modified else 'Le'} {at:%d/%m}/{at.year:04} à {at:%Hh%M}"

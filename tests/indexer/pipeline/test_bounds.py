"""Is what no memory could hold left aside, with a sentence, whichever format gave it?"""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from indexer.article.model import Article, Comment, Quote, Section
from indexer.pipeline import bounds
from indexer.pipeline.bounds import bounded
from indexer.reporting.report import Outcome, Skipped

LONG = "a" * (bounds.LONGEST_PASSAGE + 1)
WHOLE = Section(None, "Un texte.")


def reasons_of(outcomes: Sequence[Outcome]) -> list[str]:
    return [outcome.reason for outcome in outcomes if isinstance(outcome, Skipped)]


def test_what_is_within_bounds_is_the_very_same() -> None:
    article = Article("a", "Sora", sections=(WHOLE,), comments=(Comment("a#comment-1", text="b"),))
    [outcome] = bounded(iter([article]), "a.html")
    assert outcome is article


@pytest.mark.parametrize(
    "long",
    [
        Comment("a#comment-2", text=LONG),
        Comment("a#comment-2", headline=LONG),
        Comment("a#comment-2", citation=(Quote(LONG),)),
        Comment("a#comment-2", author=LONG),
        Comment("a#comment-2", extra={"x": [LONG]}),
    ],
    ids=["text", "headline", "quote", "author", "extra"],
)
def test_a_long_comment_costs_itself_alone(long: Comment) -> None:
    short = Comment("a#comment-1", text="Oui.")
    article = Article("a", "Sora", sections=(WHOLE,), comments=(short, long))
    skipped, article_kept = bounded(iter([article]), "a.html")
    assert "1 passage de plus de 1 million de signes" in reasons_of([skipped])[0]
    assert isinstance(article_kept, Article)
    assert article_kept.comments == (short,)
    assert article_kept.sections == (WHOLE,)
    assert article_kept.extra == {"completeness": "partial"}


@pytest.mark.parametrize(
    ("article", "reason"),
    [
        (
            Article("a", "Sora", sections=(Section(None, LONG[1:]),) * 21),
            "article de plus de 20 millions de signes",
        ),
        (
            Article("a", "Sora", comments=(Comment("a#comment-1"),) * 200_001),
            "200\u202f001 passages, trop pour un article",
        ),
        (Article("a", "Sora", description=LONG), "de titres, de noms et d'adresses"),
        (
            Article(
                "a", "Sora", description="a" * 20_000, comments=(Comment("a#comment-1"),) * 20_000
            ),
            "à répéter dans 20\u202f000 passages",
        ),
        (Article("a", "Sora", keywords=("a" * 100,) * 20_000), "de titres, de noms"),
    ],
    ids=["long", "many", "lead", "repeated", "keywords"],
)  # fmt: skip
def test_an_article_that_no_memory_holds_is_left(article: Article, reason: str) -> None:
    [skipped] = bounded(iter([article]), "a.html")
    assert isinstance(skipped, Skipped)
    assert reason in skipped.reason

"""What of a WordPress that is read by its export and by its interface?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from indexer.article.model import Article, Comment, Section
from indexer.merging.articles import merge
from tests.indexer.merging.merging_articles import NUMBER, article_of_form, comment, numbers, texts


def of_wordpress(form: str, day: int, *, part: bool = False, **members: Any) -> Article:
    """The article as a WordPress gave it that day of March."""
    fields = {
        "captured_at": f"2025-03-{day:02}T06:00:00Z",
        "date_published": "2025-01-01",
        **members,
    }
    return article_of_form(form, part=part, id=NUMBER, **fields)


def thread(**texts: str) -> tuple[Comment, ...]:
    return tuple(
        comment(name[1:], text, NUMBER, author="Zoé", anchor=f"comment-{name[1:]}")
        for name, text in texts.items()
    )


BOTH = [("wxr", "wordpress-rest"), ("wordpress-rest", "wxr")]


@pytest.mark.parametrize(("first", "second"), BOTH)
def test_the_last_modification_of_a_wordpress_wins(first: str, second: str) -> None:
    before = of_wordpress(
        first,
        1,
        headline="Avant",
        date_modified="2025-02-01T10:00:00Z",
        sections=(Section(None, "Ancien."), Section("Retirée", "Oui.")),
    )
    after = of_wordpress(
        second,
        2,
        headline="Après",
        date_modified="2025-03-01T10:00:00Z",
        sections=(Section(None, "Nouveau."),),
    )
    for merged in (merge(before, after), merge(after, before)):
        assert (merged.headline, [section.text for section in merged.sections]) == (
            "Après",
            ["Nouveau."],
        )
        assert merged.date_modified == "2025-03-01T10:00:00Z"
        # the export owns the article: who prunes by it goes on doing so
        assert merged.extra["provenance"] == "wxr:phare.example"
        assert merge(merged, after) == merge(merged, before) == merged


@pytest.mark.parametrize("order", [1, -1])
def test_a_text_that_was_not_modified_stays_as_it_was_written(order: int) -> None:
    export = of_wordpress("wxr", 1, sections=(Section(None, "L'été..."),), comments=thread(c1="3x"))
    shown_article = of_wordpress(
        "wordpress-rest", 2, sections=(Section(None, "L’été…"),), comments=thread(c1="3×")
    )
    merged = merge(*(export, shown_article)[::order])
    assert (merged.sections[0].text, texts(merged)) == ("L'été...", ["3x"])
    assert merge(merged, export) == merge(merged, shown_article) == merged


def test_an_export_that_tells_no_modification_holds_those_before_it() -> None:
    """WordPress 3.5 to 4.4 export no date of modification."""
    fields = {"headline": "Marées", "date_modified": "2025-02-20T10:00:00Z"}
    shown_article = of_wordpress("wordpress-rest", 9, **fields, sections=(Section(None, "L’été"),))
    for day, text in ((1, "L'été"), (21, "L'été")):
        export = of_wordpress("wxr", day, sections=(Section(None, text),))
        for merged in (merge(export, shown_article), merge(shown_article, export)):
            assert merged.sections[0].text == text
    export = replace(export, captured_at="2025-02-10")
    for merged in (merge(export, shown_article), merge(shown_article, export)):
        assert merged.sections[0].text == "L’été"


@pytest.mark.parametrize(("first", "second"), BOTH)
def test_the_later_thread_of_a_wordpress_wins(first: str, second: str) -> None:
    before = of_wordpress(first, 1, comments=thread(c1="Un.", c2="Deux.", c3="Trois."))
    after = of_wordpress(second, 2, comments=thread(c1="Un.", c3="Trois, corrigé.", c4="Quatre."))
    for merged in (merge(before, after), merge(after, before)):
        assert dict(zip(numbers(merged), texts(merged), strict=True)) == {
            "1": "Un.",
            "3": "Trois, corrigé.",
            "4": "Quatre.",
        }
        # an older export, read again every night, brings nothing back
        assert merge(merged, before) == merge(merged, after) == merged


def test_a_name_that_a_wordpress_no_longer_tells_goes() -> None:
    export = of_wordpress("wxr", 1, comments=thread(c1="Un."))
    [comment] = thread(c1="Un.")
    shown_article = of_wordpress("wordpress-rest", 2, comments=(replace(comment, author=None),))
    assert merge(export, shown_article).comments[0].author is None


def test_a_thread_that_a_wordpress_does_not_show_takes_nothing_away() -> None:
    export = of_wordpress("wxr", 1, comments=thread(c1="Un.", c2="Deux."))
    closed_article = of_wordpress("wordpress-rest", 2, part=True)
    assert numbers(merge(export, closed_article)) == ["1", "2"]


@pytest.mark.parametrize(("first", "second"), BOTH)
def test_what_went_behind_a_password_is_no_longer_held(first: str, second: str) -> None:
    shown_article = of_wordpress(
        first,
        1,
        description="Chapô.",
        sections=(Section(None, "Texte."),),
        comments=thread(c1="Un."),
        article_section=("Mer",),
    )
    hidden = of_wordpress(second, 2, date_modified="2025-03-01T10:00:00Z")
    merged = merge(shown_article, hidden)
    assert (merged.sections, merged.description, merged.comments) == ((), None, ())
    assert merged.article_section == ("Mer",)


def test_another_site_is_another_source() -> None:
    export = of_wordpress("wxr", 1, comments=thread(c1="Un.", c2="Deux."))
    elsewhere = replace(
        article_of_form("wordpress-rest", id="wp:autre.example:7", captured_at="2025-03-02"),
        comments=(comment(1, "Un !", "wp:autre.example:7"),),
    )
    assert texts(merge(export, elsewhere)) == ["Un.", "Deux."]

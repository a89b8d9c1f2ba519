"""What of a WordPress that is read by its export and by its interface?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from indexer.article.model import Article, Comment, Section
from indexer.merging.articles import merge
from tests.indexer.merging.merging_articles import NUMBER, comment, numbers, said, texts


def of_wordpress(form: str, day: int, *, part: bool = False, **members: Any) -> Article:
    """The article as a WordPress gave it that day of March."""
    told = {"captured_at": f"2025-03-{day:02}T06:00:00Z", "date_published": "2025-01-01", **members}
    return said(form, part=part, id=NUMBER, **told)


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
    for both in (merge(before, after), merge(after, before)):
        assert (both.headline, [section.text for section in both.sections]) == (
            "Après",
            ["Nouveau."],
        )
        assert both.date_modified == "2025-03-01T10:00:00Z"
        # the export owns the article: who prunes by it goes on doing so
        assert both.extra["provenance"] == "wxr:phare.example"
        assert merge(both, after) == merge(both, before) == both


@pytest.mark.parametrize("order", [1, -1])
def test_a_text_that_was_not_modified_stays_as_it_was_written(order: int) -> None:
    export = of_wordpress("wxr", 1, sections=(Section(None, "L'été..."),), comments=thread(c1="3x"))
    shown = of_wordpress(
        "wordpress-rest", 2, sections=(Section(None, "L’été…"),), comments=thread(c1="3×")
    )
    both = merge(*(export, shown)[::order])
    assert (both.sections[0].text, texts(both)) == ("L'été...", ["3x"])
    assert merge(both, export) == merge(both, shown) == both


def test_an_export_that_tells_no_modification_holds_those_before_it() -> None:
    """WordPress 3.5 to 4.4 export no date of modification."""
    told = {"headline": "Marées", "date_modified": "2025-02-20T10:00:00Z"}
    shown = of_wordpress("wordpress-rest", 9, **told, sections=(Section(None, "L’été"),))
    for day, text in ((1, "L'été"), (21, "L'été")):
        export = of_wordpress("wxr", day, sections=(Section(None, text),))
        for both in (merge(export, shown), merge(shown, export)):
            assert both.sections[0].text == text
    export = replace(export, captured_at="2025-02-10")
    for both in (merge(export, shown), merge(shown, export)):
        assert both.sections[0].text == "L’été"


@pytest.mark.parametrize(("first", "second"), BOTH)
def test_the_later_thread_of_a_wordpress_wins(first: str, second: str) -> None:
    before = of_wordpress(first, 1, comments=thread(c1="Un.", c2="Deux.", c3="Trois."))
    after = of_wordpress(second, 2, comments=thread(c1="Un.", c3="Trois, corrigé.", c4="Quatre."))
    for both in (merge(before, after), merge(after, before)):
        assert dict(zip(numbers(both), texts(both), strict=True)) == {
            "1": "Un.",
            "3": "Trois, corrigé.",
            "4": "Quatre.",
        }
        # an older export, read again every night, brings nothing back
        assert merge(both, before) == merge(both, after) == both


def test_a_name_that_a_wordpress_no_longer_tells_goes() -> None:
    export = of_wordpress("wxr", 1, comments=thread(c1="Un."))
    [one] = thread(c1="Un.")
    shown = of_wordpress("wordpress-rest", 2, comments=(replace(one, author=None),))
    assert merge(export, shown).comments[0].author is None


def test_a_thread_that_a_wordpress_does_not_show_takes_nothing_away() -> None:
    export = of_wordpress("wxr", 1, comments=thread(c1="Un.", c2="Deux."))
    closed = of_wordpress("wordpress-rest", 2, part=True)
    assert numbers(merge(export, closed)) == ["1", "2"]


@pytest.mark.parametrize(("first", "second"), BOTH)
def test_what_went_behind_a_password_is_no_longer_held(first: str, second: str) -> None:
    shown = of_wordpress(
        first,
        1,
        description="Chapô.",
        sections=(Section(None, "Texte."),),
        comments=thread(c1="Un."),
        article_section=("Mer",),
    )
    hidden = of_wordpress(second, 2, date_modified="2025-03-01T10:00:00Z")
    both = merge(shown, hidden)
    assert (both.sections, both.description, both.comments) == ((), None, ())
    assert both.article_section == ("Mer",)


def test_another_site_is_another_source() -> None:
    export = of_wordpress("wxr", 1, comments=thread(c1="Un.", c2="Deux."))
    elsewhere = replace(
        said("wordpress-rest", id="wp:autre.example:7", captured_at="2025-03-02"),
        comments=(comment(1, "Un !", "wp:autre.example:7"),),
    )
    assert texts(merge(export, elsewhere)) == ["Un.", "Deux."]

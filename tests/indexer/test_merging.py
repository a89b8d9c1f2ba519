"""What does an article become, given by two sources, in one run or in two?"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import assume
from hypothesis import given as examples
from hypothesis import strategies as st

from index import engines, french
from index.keeping import forgetting
from index.record import Record
from index.writing import reading, writing
from indexer.article.model import Article, Comment, Quote, Section
from indexer.canonical import jsonl
from indexer.canonical.conversion import article_of, records_of
from indexer.canonical.exporting import articles
from indexer.doors.commands import COMMANDS
from indexer.merging.articles import merge
from indexer.reporting import provenance

INDEX = next(command for command in COMMANDS if command.name == "index")
URL = "https://phare.example/marees/"
PART = {"completeness": "partial"}


def said(form: str, *, part: bool = False, **members: Any) -> Article:
    """An article as a format gives it."""
    extra = {**members.pop("extra", {}), **(PART if part else {})}
    told = {"id": form, "headline": "Marées", "url": URL, **members}
    return provenance.stamped(Article(**told, extra=extra), form, "x")


def comment(name: str | int, text: str = "Oui.", id: str = "wxr", **members: Any) -> Comment:
    return Comment(f"{id}#comment-{name}", text=text, **members)


def texts(article: Article) -> list[str]:
    return [one.text for one in article.comments]


def numbers(article: Article) -> list[str]:
    return [one.id.partition("#comment-")[2] for one in article.comments]


ORDER = ["page", "feed", "html", "wordpress-rest", "wxr"]


@pytest.mark.parametrize(("worse", "better"), [*pairwise(ORDER)])
def test_the_better_source_wins_whichever_comes_first(worse: str, better: str) -> None:
    bad = said(worse, headline="Marées - Phare", description="Chapô.", author=("Zoé",))
    good = said(better, author=("Zoé Martin",))
    for both in (merge(bad, good), merge(good, bad)):
        assert (both.headline, both.author, both.description) == (
            "Marées",
            ("Zoé Martin",),
            "Chapô.",
        )
        assert both.extra["provenance"] == f"{better}:x"
        assert both.extra["provenanceOf"] == {"description": worse}
    assert merge(bad, good).id == worse
    assert merge(bad, good).extra["otherIds"] == [better]


def test_a_later_capture_of_the_same_kind_replaces() -> None:
    first = said("html", headline="Avant", description="Chapô.", captured_at="2025-02-01")
    later = said("html", headline="Après", captured_at="2025-02-03")
    # read first or last: the capture tells
    assert merge(first, later).headline == merge(later, first).headline == "Après"
    assert merge(first, later).description is None
    assert merge(later, first).description is None


def test_a_capture_read_again_with_another_date_is_corrected() -> None:
    yesterday = comment(1, date_shown="Hier", date_published="2025-02-19")
    guessed = said("html", captured_at="2025-02-20", comments=(yesterday,))
    right = comment(1, date_shown="Hier", date_published="2025-02-09")
    told = said("html", captured_at="2025-02-10", comments=(right,))
    assert merge(guessed, told).comments[0].date_published == "2025-02-09"


def test_only_a_whole_article_takes_away() -> None:
    sections = (Section(None, "Un."), Section("Deux", "Deux."), Section("Trois", "Trois."))
    held = said("html", sections=sections, comments=(comment(1), comment(2)), id="a")
    cut = (Section(None, "Un."), Section("Deux", "Deux, mis à jour."))
    given = said("html", id="a", sections=cut, comments=(comment(2, "Non.", "a"),))
    partial = merge(
        replace(
            held,
            comments=tuple(replace(one, id=one.id.replace("wxr", "a")) for one in held.comments),
        ),
        replace(given, extra={**given.extra, **PART}),
    )
    assert [one.text for one in partial.sections] == ["Un.", "Deux, mis à jour.", "Trois."]
    assert texts(partial) == ["Oui.", "Non."]
    assert "completeness" not in partial.extra
    whole = merge(partial, given)
    assert [one.text for one in whole.sections] == ["Un.", "Deux, mis à jour."]
    assert numbers(whole) == ["2"]


def test_a_text_that_was_cut_does_not_replace_a_longer_one() -> None:
    held = said("html", sections=(Section(None, "Tout le texte, jusqu'au bout."),))
    paying = {"isAccessibleForFree": False}
    cut = said("html", part=True, sections=(Section(None, "Tout le"),), extra=paying)
    assert merge(held, cut).sections == held.sections
    # a page of which only comments are missing shows its text whole
    shorter = said("html", part=True, sections=(Section(None, "Corrigé."),), comment_count=9)
    assert merge(held, shorter).sections[0].text == "Corrigé."


@pytest.mark.parametrize("order", [(1, 2, 3), (3, 1, 2), (2, 3, 1)])
def test_pages_of_comments_add_up_in_the_order_of_the_thread(order: Sequence[int]) -> None:
    pages = {
        page: said(
            "html",
            part=True,
            comment_count=9,
            comments=tuple(
                comment(n, f"n° {n}", "html", date_published=f"2025-01-0{n}T10:00:00+01:00")
                for n in range(3 * page - 2, 3 * page + 1)
            ),
        )
        for page in (1, 2, 3)
    }
    first, *others = (pages[page] for page in order)
    for other in others:
        first = merge(first, other)
    assert numbers(first) == list("123456789")
    for page in pages.values():
        assert merge(first, page) == first


def test_one_comment_in_every_source() -> None:
    wxr = said("wxr", comments=(comment(7, "Les mots.", parent_id="wxr#comment-3"),))
    html = said(
        "html",
        part=True,
        comments=(
            comment(
                7,
                "Les mots",
                "html",
                url=URL + "#comment-7",
                edited=True,
                date_shown="Hier",
                date_published="2025-02-19",
                upvote_count=3,
            ),
            comment(
                8,
                "Une réponse",
                "html",
                parent_id="html#comment-7",
                citation=(Quote("Les mots", None, "html#comment-7"),),
            ),
        ),
    )
    for both in (
        merge(wxr, html),
        merge(
            replace(
                html,
                id="wxr",
                comments=tuple(
                    replace(
                        one,
                        id=one.id.replace("html#", "wxr#"),
                        parent_id=one.parent_id and one.parent_id.replace("html#", "wxr#"),
                        citation=tuple(replace(q, ref="wxr#comment-7") for q in one.citation),
                    )
                    for one in html.comments
                ),
            ),
            wxr,
        ),
    ):
        seven, eight = both.comments
        assert (seven.text, seven.parent_id) == ("Les mots.", "wxr#comment-3")
        assert (seven.date_published, seven.edited, seven.upvote_count) == ("2025-02-19", True, 3)
        assert (eight.parent_id, eight.citation[0].ref) == ("wxr#comment-7", "wxr#comment-7")
        assert eight.extra == {"provenance": "html"}
        # and an export without it does not take it away: it never gave it
        assert merge(both, wxr) == both


def test_what_a_feed_brought_and_a_later_export_has_not() -> None:
    day = "2025-01-{:02}T10:00:00+01:00"
    feed = said(
        "feed",
        part=True,
        comments=tuple(
            comment(n, f"n° {n}", "feed", date_published=day.format(n)) for n in (3, 4, 9)
        ),
    )
    export = said(
        "wxr",
        comments=tuple(comment(n, f"n° {n}", date_published=day.format(n)) for n in (1, 3, 5)),
    )
    # the 4th was taken away since, the 9th is newer than the export
    assert numbers(merge(feed, export)) == ["1", "3", "5", "9"]


def test_a_deleted_comment_keeps_no_words() -> None:
    held = said("wxr", comments=(comment(1, "Des insultes", author="Bob"),))
    page = said("html", part=True, comments=(comment(1, "", "html", status="deleted"),))
    both = merge(held, page)
    assert (both.comments[0].text, both.comments[0].deleted) == ("", True)


def test_words_that_a_source_no_longer_gives_go() -> None:
    held = said("jsonl", comments=(comment(1, "Oui.", "jsonl", author="Bob", headline="Moi"),))
    anonymous = said("jsonl", comments=(comment(1, "Oui.", "jsonl"),))
    [one] = merge(held, anonymous).comments
    assert (one.author, one.headline) == (None, None)


def test_names_computed_under_another_id_are_the_same_comment() -> None:
    held = said(
        "html",
        part=True,
        id="a",
        comments=(
            comment("0123456789ab", "Oui.", "a", author="Zoé", date_published="2025-02-01"),
            comment("112233445566", "Oui.", "a", author="Zoé", date_published="2025-02-01"),
        ),
    )
    again = said(
        "html",
        part=True,
        id="b",
        comments=(
            comment("aaaaaaaaaaaa", "Oui.", "b", author="Zoé", date_published="2025-02-01"),
            comment("bbbbbbbbbbbb", "Oui.", "b", author="Zoé", date_published="2025-02-01"),
            comment("cccccccccccc", "Non.", "b", author="Zoé", parent_id="b#comment-bbbbbbbbbbbb"),
        ),
    )
    both = merge(held, again)
    assert numbers(both) == ["0123456789ab", "112233445566", "cccccccccccc"]
    assert both.comments[2].parent_id == "a#comment-112233445566"


LONG = "Un mot de passe par site, et un gestionnaire pour les retenir tous"
MINUTE = {"date_published": "2025-02-01T10:12:00+01:00"}
SPAN = {
    "date_earliest": "2025-02-01T00:00:00+01:00",
    "date_latest": "2025-02-28T00:00:00+01:00",
    "date_shown": "il y a un mois",
}
MINUTE_LATER = {"date_published": "2025-02-01T10:13:00+01:00"}
OTHER = "Tout autre chose, dit au même moment"
LATER = SPAN | {"date_latest": "2025-02-27T00:00:00+01:00", "date_shown": "il y a 28 jours"}


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        # a typo is corrected, a sentence added
        ({"text": LONG, **MINUTE}, {"text": LONG.replace("passe", "pase") + ".", **MINUTE}, True),
        ({"text": LONG, **SPAN}, {"text": LONG.replace("Un", "un"), **LATER}, True),
        ({"text": LONG}, {"text": LONG + " !"}, True),
        ({"text": "Merci", **MINUTE}, {"text": "Merci !", **MINUTE}, True),
        # others: another time, another author, other words, too short to tell
        ({"text": LONG, **MINUTE}, {"text": LONG + "!", **MINUTE_LATER}, False),
        ({"text": LONG, **MINUTE}, {"text": LONG + "!", **MINUTE, "author": "Léa"}, False),
        ({"text": LONG, **MINUTE}, {"text": OTHER, **MINUTE}, False),
        ({"text": "Merci", "date_published": "2025-02-01"},
         {"text": "Merci !", "date_published": "2025-02-01"}, False),
        # nobody in particular: two persons, unless of the same minute
        ({"text": LONG, "author": None}, {"text": LONG + " !", "author": None}, False),
        ({"text": LONG, "author": None, "date_published": "2025-02-01"},
         {"text": LONG + " !", "author": None, "date_published": "2025-02-01"}, False),
        ({"text": LONG, "author": None, **MINUTE},
         {"text": LONG + " !", "author": None, **MINUTE}, True),
    ],
)  # fmt: skip
def test_a_comment_without_a_name_that_was_corrected_is_the_same(
    before: dict[str, Any], after: dict[str, Any], same: bool
) -> None:
    """Wherever it stands in the thread, and others come before it."""
    first = comment("0123456789ab", id="a", **{"author": "Zoé", **before})
    stays = comment("222222222222", "Je reste.", "a", author="Max", **MINUTE)
    again = comment("aaaaaaaaaaaa", id="a", **{"author": "Zoé", **after})
    answer = comment("bbbbbbbbbbbb", "Oui.", "a", author="Bob", parent_id=again.id)
    held = said("html", id="a", comments=(first, stays), captured_at="2025-03-01")
    given = said("html", id="a", comments=(stays, answer, again), captured_at="2025-03-02")
    both = merge(held, given)
    names = {one.text: one.id for one in both.comments}
    assert names[after["text"]] == (first.id if same else again.id)
    assert both.comments[1].parent_id == names[after["text"]]
    assert before["text"] not in names
    # and of two that came from a program, each keeps its name
    numbered = comment(7, id="a", **{"author": "Zoé", **after})
    program = said("html", id="a", comments=(stays, numbered), captured_at="2025-03-02")
    assert numbered.id in {one.id for one in merge(held, program).comments}


@pytest.mark.parametrize(
    "change",
    [
        {"captured_at": "2025-03-01"},
        {
            "comments": (
                comment(
                    1,
                    upvote_count=12,
                    downvote_count=1,
                    date_shown="il y a 2 mois",
                    date_earliest="2025-01-01",
                    date_latest="2025-02-10",
                ),
            )
        },
    ],
)
def test_the_capture_and_the_votes_alone_are_no_change(change: dict[str, Any]) -> None:
    held = said(
        "html",
        id="wxr",
        captured_at="2025-02-20",
        comments=(
            comment(
                1,
                upvote_count=3,
                date_shown="il y a 1 mois",
                date_earliest="2025-01-15",
                date_latest="2025-01-31",
            ),
        ),
    )
    assert merge(held, replace(held, **change)) == held


def test_threads_kept_elsewhere_outlive_a_new_export_of_the_article() -> None:
    held = said("wxr", comments=(comment(1), comment("isso-1"), comment("isso-2")))
    assert numbers(merge(held, said("wxr", comments=(comment(1),)))) == ["1", "isso-1", "isso-2"]
    joined = said("wxr", comments=(comment(1), comment("isso-2")))
    assert numbers(merge(held, joined)) == ["1", "isso-2"]


NAMES = st.sampled_from(["1", "2", "3", "4", "isso-1", "0123456789ab"])
TEXTS = st.sampled_from(["", "Un", "Un texte plus long", "Autre"])
TIMES = st.none() | st.sampled_from(["2025-01-01", "2025-01-02T10:00:00+01:00", "2025-02"])
COMMENTS = st.lists(
    st.builds(
        Comment,
        NAMES.map("a#comment-{}".format),
        author=st.none() | st.sampled_from("ZB"),
        date_published=TIMES,
        text=TEXTS,
        edited=st.booleans(),
        url=st.none() | st.just(URL),
        upvote_count=st.none() | st.integers(0, 3),
        status=st.sampled_from([None, "approved", "deleted"]),
    ),
    max_size=4,
    unique_by=lambda one: one.id,
).map(tuple)
SECTIONS = st.lists(
    st.builds(Section, st.none() | st.sampled_from(["Un", "Deux"]), TEXTS), max_size=3
).map(tuple)


def given_as(forms: Sequence[str]) -> st.SearchStrategy[Article]:
    return st.builds(
        lambda form, partial, **members: said(form, part=partial, **members),
        st.sampled_from(forms),
        st.booleans(),
        id=st.just("a"),
        headline=st.sampled_from(["A", "B"]),
        url=st.sampled_from([URL, URL + "?p=1", None]),
        description=st.none() | st.just("Chapô."),
        date_published=TIMES,
        comment_count=st.none() | st.integers(0, 5),
        sections=SECTIONS,
        comments=COMMENTS,
        captured_at=st.none() | st.sampled_from(["2025-03-01", "2025-03-05"]),
        extra=st.just({}) | st.just({"isAccessibleForFree": False}) | st.just({"rubrique": "x"}),
    )


ANY = given_as(ORDER)


@examples(ANY, ANY)
def test_merging_again_changes_nothing(held: Article, given: Article) -> None:
    # an earlier capture may turn out to be the one held, read with another date
    assume(not (held.captured_at and given.captured_at and given.captured_at < held.captured_at))
    once = merge(held, given)
    assert merge(once, given) == once


@examples(ANY, ANY)
def test_what_is_merged_is_the_same_after_the_index(held: Article, given: Article) -> None:
    once = merge(article_of(records_of(held)), article_of(records_of(given)))
    assert article_of(records_of(once)) == article_of(records_of(article_of(records_of(once))))


@examples(ANY, ANY)
def test_the_order_of_two_kinds_of_sources_does_not_matter(one: Article, other: Article) -> None:
    if provenance.form_of(one) == provenance.form_of(other):
        return
    # a capture that changes nothing is not told
    one, other = replace(one, captured_at=None), replace(other, captured_at=None)
    ahead, back = merge(one, other), merge(other, one)
    members = [name for name in Article.__dataclass_fields__ if name not in ("comments", "extra")]
    assert [getattr(ahead, name) for name in members] == [getattr(back, name) for name in members]
    assert ahead.extra == back.extra
    shared = {one.id for one in ahead.comments} & {one.id for one in back.comments}

    def of_shared(article: Article) -> list[Comment]:
        return sorted((one for one in article.comments if one.id in shared), key=lambda c: c.id)

    def alike(comment: Comment) -> Comment:
        # the first to come keeps its votes
        return replace(comment, upvote_count=None)

    assert list(map(alike, of_shared(ahead))) == list(map(alike, of_shared(back)))


@examples(ANY, ANY)
def test_a_part_never_removes(held: Article, given: Article) -> None:
    part = replace(given, extra={**given.extra, **PART})
    both = merge(held, part)
    assert {one.id for one in held.comments} <= {one.id for one in both.comments}
    assert {one.headline for one in held.sections} <= {one.headline for one in both.sections}
    assert len(both.sections) >= len(held.sections)
    for name in ("description", "date_published", "url"):
        assert getattr(held, name) is None or getattr(both, name) is not None


# one WordPress, by its export and by its interface

NUMBER = "wp:phare.example:7"


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
        assert (both.headline, [one.text for one in both.sections]) == ("Après", ["Nouveau."])
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


OF_WORDPRESS = given_as(["wxr", "wordpress-rest"]).flatmap(
    lambda one: st.builds(
        lambda day, modified: replace(
            one,
            id=NUMBER,
            url=URL,
            captured_at=f"2025-03-0{day}",
            date_published="2025-01-01",
            date_modified=modified,
            comments=tuple(replace(c, id=c.id.replace("a#", NUMBER + "#")) for c in one.comments),
        ),
        st.integers(1, 3),
        st.sampled_from([None, "2025-02-01", "2025-03-02"]),
    )
)


@examples(OF_WORDPRESS, OF_WORDPRESS)
def test_merging_again_from_one_wordpress_changes_nothing(held: Article, given: Article) -> None:
    assume(given.captured_at is None or given.captured_at >= (held.captured_at or ""))
    once = merge(held, given)
    assert merge(once, given) == once


# the same, through the command and the engines


@pytest.fixture(params=["{}", "whoosh:{}"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return str(request.param).format(tmp_path / "x.index")


def run(*arguments: object) -> dict[str, Any]:
    done = CliRunner().invoke(INDEX, [*map(str, arguments), "--json"], catch_exceptions=False)
    assert done.exit_code in (0, 1), done.output
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def changed(told: dict[str, Any]) -> tuple[int, int, int]:
    return told["added"], told["updated"], told["removed"]


def held(where: str) -> dict[str, Article]:
    engine = engines.open(where)
    try:
        return {one.id: one for one in articles(engine.reader())}
    finally:
        engine.close()


Lines = Callable[..., Path]


@pytest.fixture
def lines(tmp_path: Path) -> Lines:
    def made(name: str, *given: Article) -> Path:
        path = tmp_path / name
        path.write_bytes(b"".join(map(jsonl.dump, given)))
        return path

    return made


SPELLINGS = [
    "http://www.phare.example/marees",
    "https://phare.example/marees/?utm_source=x#comments",
    "https://phare.example/marees/comment-page-2/",
    "https://phare.example/marees?cpage=3",
]


@pytest.mark.parametrize("url", SPELLINGS)
@pytest.mark.parametrize("together", [True, False])
def test_the_same_page_under_another_id_is_one_article(
    lines: Lines, where: str, url: str, together: bool
) -> None:
    first = lines("a.jsonl", said("wxr", sections=(Section(None, "Texte."),)))
    second = lines("b.jsonl", said("html", part=True, url=url, comments=(comment(3, id="html"),)))
    if together:
        run(first, second, "--index", where)
    else:
        run(first, "--index", where)
        run(second, "--index", where)
    [(name, both)] = held(where).items()
    assert (name, both.extra["otherIds"], numbers(both)) == ("wxr", ["html"], ["3"])
    assert both.sections[0].text == "Texte."
    for source in (first, second):
        assert changed(run(source, "--index", where)) == (0, 0, 0)


def test_other_addresses_and_other_ids_find_the_article(lines: Lines, where: str) -> None:
    guid = "https://phare.example/?p=7"
    run(lines("a.jsonl", said("wxr", same_as=(guid,))), "--index", where)
    run(lines("b.jsonl", said("feed", part=True, url=guid, id="f")), "--index", where)
    # known by now as f, wherever it moves
    run(lines("c.jsonl", said("feed", part=True, url=URL + "deplace/", id="f")), "--index", where)
    assert list(held(where)) == ["wxr"]


def test_one_address_for_all_the_pages_of_a_site(lines: Lines, where: str) -> None:
    pages = [
        said("html", id=f"p{number}", url=url, headline=title, date_published=f"2025-0{number}-01")
        for url in ("https://phare.example/", "https://phare.example/article.php")
        for number, title in enumerate(("Marées", "Tempête"), 1)
    ]
    pages = [replace(one, id=f"{one.id}{at}") for at, one in enumerate(pages)]
    run(lines("a.jsonl", *pages), "--index", where)
    assert len(held(where)) == 4


def test_two_numbers_of_one_site_are_two_articles(lines: Lines, where: str) -> None:
    two = [said("wxr", id=f"wp:phare.example:{number}") for number in (7, 8)]
    run(lines("a.jsonl", *two), "--index", where)
    assert len(held(where)) == 2


def test_an_earlier_export_does_not_undo_a_later_one(tmp_path: Path, where: str) -> None:
    whole = (Path(__file__).parent / "exports" / "wordpress.xml").read_text()

    def made(day: int, text: str) -> str:
        date = f"<pubDate>Sun, {day} Sep 2024 06:00:00 +0000</pubDate>"
        return text.replace("<item>", date + "<item>", 1)

    later, earlier = tmp_path / "a.xml", tmp_path / "b.xml"
    later.write_text(made(29, whole))
    earlier.write_text(made(22, whole.replace("<wp:comment_id>31<", "<wp:comment_id>99<")))
    run(later, earlier, "--index", where)
    assert "31" in numbers(held(where)["wp:phare.example:7"])
    assert "99" not in numbers(held(where)["wp:phare.example:7"])
    assert changed(run(later, earlier, "--index", where)) == (0, 0, 0)


@pytest.mark.parametrize("count", [2, 3, 30])
def test_versions_that_nothing_orders_settle(lines: Lines, where: str, count: int) -> None:
    versions = [
        said("html", id="p", headline=f"Version {n}", comments=(comment(n, f"n° {n}", "p"),))
        for n in range(count)
    ]
    both = lines("a.jsonl", *versions)
    run(lines("b.jsonl", said("html", id="p", headline="Avant")), "--index", where)
    run(both, "--index", where)
    for _ in range(2):
        assert held(where)["p"].headline == f"Version {count - 1}"
        assert changed(run(both, "--index", where)) == (0, 0, 0)
    # what is edited is news, first or last
    versions[-1] = replace(versions[-1], headline="Corrigé")
    both = lines("a.jsonl", *versions)
    run(both, "--index", where)
    assert held(where)["p"].headline == "Corrigé"
    assert changed(run(both, "--index", where)) == (0, 0, 0)
    versions[0] = replace(versions[0], headline="Ailleurs")
    both = lines("a.jsonl", *versions)
    run(both, "--index", where)
    assert held(where)["p"].headline == "Corrigé"
    assert changed(run(both, "--index", where)) == (0, 0, 0)


def test_the_version_that_is_left_is_the_article(lines: Lines, where: str) -> None:
    one, two = (said("html", id="p", headline=title) for title in ("Un", "Deux"))
    run(lines("a.jsonl", one, two), "--index", where)
    alone = lines("a.jsonl", one)
    run(alone, "--index", where)
    run(alone, "--index", where)
    assert held(where)["p"].headline == "Un"
    assert changed(run(alone, "--index", where)) == (0, 0, 0)


def test_who_goes_back_to_an_earlier_text_is_followed(lines: Lines, where: str) -> None:
    one, two = (said("html", id="p", headline=title) for title in ("Un", "Deux"))
    for given in (one, two, one, two):
        run(lines("a.jsonl", given), "--index", where)
        assert held(where)["p"].headline == given.headline


def test_a_folder_of_versions_settles(where: str) -> None:
    folder = Path(__file__).parent
    for given in ([folder / "pages"], [folder / "pages", folder / "exports", folder / "html"]):
        run(*given, "--index", where, "--captured", "2025-01-01")
        told = run(*given, "--index", where, "--captured", "2025-01-01")
        assert changed(told) == (0, 0, 0)


def test_a_thread_kept_elsewhere_asks_for_join(lines: Lines, where: str) -> None:
    thread = said("isso", part=True, id="t", comments=(comment("isso-1", id="t"),))
    run(lines("a.jsonl", said("wxr"), thread), "--index", where)
    assert sorted(held(where)) == ["t", "wxr"]


def test_pages_of_comments_in_one_run_and_the_next(lines: Lines, where: str) -> None:
    def page(*some: int) -> Article:
        comments = tuple(comment(n, f"n° {n}", "html") for n in some)
        return said("html", part=True, comment_count=6, comments=comments)

    both = lines("a.jsonl", page(1, 2), page(3, 4))
    assert run(both, "--index", where)["added"] == 5
    assert run(lines("b.jsonl", page(5, 6)), "--index", where)["added"] == 2
    assert numbers(held(where)["html"]) == list("123456")
    assert changed(run(both, "--index", where)) == (0, 0, 0)


PAGE = """<!doctype html><html lang="fr"><head><title>Marées - Phare</title>
<link rel="canonical" href="https://phare.example/marees/{canonical}"/>
<meta property="og:type" content="article"/>
<meta property="article:published_time" content="2025-01-01T10:00:00+01:00"/></head><body>
<article><h1>Marées</h1><p>{text}</p></article><ol class="comment-list">{comments}</ol>
<nav class="comment-navigation"><a href="https://phare.example/marees/comment-page-{other}/#comments">
Autres commentaires</a></nav></body></html>"""
ONE = """<li id="comment-{0}" class="comment"><article id="div-comment-{0}" class="comment-body">
<footer class="comment-meta"><div class="comment-author vcard"><b class="fn">Zoé</b></div>
<div class="comment-metadata"><time datetime="2025-01-0{0}T10:00:00+01:00">un jour</time></div>
</footer>
<div class="comment-content"><p>Le commentaire numéro {0}.</p></div></article></li>"""


def test_saved_pages_of_comments(tmp_path: Path, where: str) -> None:
    text = "La mer se retire deux fois par jour, et revient. " * 20
    for number, other, canonical in ((1, 2, ""), (2, 1, "comment-page-2/")):
        comments = "".join(ONE.format(n) for n in range(3 * number - 2, 3 * number + 1))
        page = PAGE.format(canonical=canonical, text=text, comments=comments, other=other)
        (tmp_path / f"{number}.html").write_text(page)
    first, second = tmp_path / "1.html", tmp_path / "2.html"
    run(second, "--index", where)
    run(first, "--index", where)
    [both] = held(where).values()
    assert numbers(both) == list("123456")
    assert both.url == URL
    assert both.extra["completeness"] == "partial"
    assert changed(run(first, second, "--index", where)) == (0, 0, 0)


def test_what_was_not_at_hand_any_more_is_seen_after_a_commit(
    lines: Lines, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "_RECENT", 3)
    pages = [
        said("html", part=True, id=f"p{n}", url=f"{URL}{n}", comments=(comment(at, id=f"p{n}"),))
        for at in (1, 2)
        for n in range(5)
    ]
    run(lines("a.jsonl", *pages), "--index", where)
    assert {name: numbers(one) for name, one in held(where).items()} == {
        f"p{n}": ["1", "2"] for n in range(5)
    }


def test_unchanged_articles_are_not_read_again(
    lines: Lines, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts_read: list[str] = []
    read = french.read

    def counted(text: str) -> french.Reading:
        texts_read.append(text)
        return read(text)

    given = [
        said(
            "html",
            id=f"p{n}",
            url=f"{URL}{n}",
            captured_at="2025-02-01",
            sections=(Section(None, f"Texte {n}."),),
            comments=(comment(1, id=f"p{n}"),),
        )
        for n in range(3)
    ]
    run(lines("a.jsonl", *given), "--index", where)
    monkeypatch.setattr(french, "read", counted)
    later = [replace(one, captured_at="2025-02-02") for one in given]
    voted = replace(later[0], comments=(replace(later[0].comments[0], upvote_count=4),))
    assert changed(run(lines("a.jsonl", voted, *later[1:]), "--index", where)) == (0, 0, 0)
    assert texts_read == []
    fresh = replace(later[0], comments=(comment(1, "Autre chose.", "p0"),))
    # the comment, and the lead, which tells when its article was captured
    assert changed(run(lines("a.jsonl", fresh), "--index", where)) == (0, 2, 0)
    assert "Autre chose." in texts_read
    assert not [text for text in texts_read if text.startswith("Texte")]
    assert reading.french is french


def test_who_was_forgotten_does_not_come_back_by_a_merge(lines: Lines, where: str) -> None:
    everyone = (
        comment(1, "Je suis passé par là.", author="Bob_33"),
        comment(2, "Bob_33 a raison, comme @Bob_33 souvent.", author="Zoé"),
    )
    run(lines("a.jsonl", said("wxr", comments=everyone)), "--index", where)
    engine = engines.open(where)
    forgetting.forget(engine, "Bob_33", at="2025-03-01T00:00:00Z")
    engine.close()
    before = held(where)["wxr"]
    assert texts(before) == ["[…] a raison, comme @[…] souvent."]
    moved = tuple(replace(one, id=one.id.replace("wxr", "html")) for one in everyone)
    for number, comments in enumerate((moved, moved[1:], moved[:1])):
        again = said("html", part=True, comments=comments)
        run(lines(f"{number}.jsonl", again), "--index", where)
        assert texts(held(where)["wxr"]) == texts(before)
    part = replace(said("wxr", part=True), comments=everyone[1:])
    run(lines("z.jsonl", part), "--index", where)
    assert texts(held(where)["wxr"]) == texts(before)


def test_memory_of_addresses_is_bounded(
    lines: Lines, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.merging.identity._MOST", 4)
    monkeypatch.setattr(writing, "BATCH", 3)
    first = [said("wxr", id=f"w{n}", url=f"{URL}{n}") for n in range(12)]
    again = [
        said("feed", part=True, id=f"f{n}", url=f"{URL}{n}", description="Chapô.")
        for n in range(12)
    ]
    run(lines("a.jsonl", *first, *again), "--index", where)
    found = held(where)
    assert sorted(found) == sorted(one.id for one in first)
    assert {one.description for one in found.values()} == {"Chapô."}


def test_nothing_is_asked_of_an_index_that_was_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    from indexer.merging.identity import Settling

    def given() -> Iterator[list[Record]]:
        for n in range(5):
            yield records_of(said("wxr", id=f"w{n}", url=f"{URL}{n}"))

    monkeypatch.setattr("indexer.merging.identity._at", None)
    done = writing.write(engines.open(":memory:"), given(), seen=1, settle=Settling())
    assert done.added == 5


def test_a_page_captured_again_under_another_engine_takes_no_comment_away() -> None:
    zoe, yann = (
        comment(number, words, author=who, date_published="2024-03-02T10:22:00+01:00", id="html")
        for number, who, words in ((1, "Zoé", "Oui."), (2, "Yann", "Non."))
    )
    held = said("html", comments=(zoe, yann))
    again = replace(zoe, id="html#comment-0123456789ab")
    both = merge(held, said("html", part=True, comments=(again,)))
    assert numbers(both) == ["1", "2"]
    later = merge(said("html", comments=(again,)), held)
    assert texts(later) == ["Oui.", "Non."]

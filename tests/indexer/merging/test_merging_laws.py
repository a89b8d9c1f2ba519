"""What holds of any two versions of an article that are merged?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import assume
from hypothesis import given as examples
from hypothesis import strategies as st

from indexer.article.model import Article, Comment, Section
from indexer.canonical.conversion import article_of, records_of
from indexer.merging.articles import merge
from indexer.reporting import provenance
from tests.indexer.merging.merging_articles import NUMBER, ORDER, PART, URL, article_of_form

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
    unique_by=lambda comment: comment.id,
).map(tuple)
SECTIONS = st.lists(
    st.builds(Section, st.none() | st.sampled_from(["Un", "Deux"]), TEXTS), max_size=3
).map(tuple)


def given_as(forms: Sequence[str]) -> st.SearchStrategy[Article]:
    return st.builds(
        lambda form, partial, **members: article_of_form(form, part=partial, **members),
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
def test_merging_again_changes_nothing(stored: Article, incoming: Article) -> None:
    # an earlier capture may turn out to be the one held, read with another date
    assume(
        not (
            stored.captured_at
            and incoming.captured_at
            and incoming.captured_at < stored.captured_at
        )
    )
    merged = merge(stored, incoming)
    assert merge(merged, incoming) == merged


@examples(ANY, ANY)
def test_what_is_merged_is_the_same_after_the_index(stored: Article, incoming: Article) -> None:
    merged = merge(article_of(records_of(stored)), article_of(records_of(incoming)))
    assert article_of(records_of(merged)) == article_of(records_of(article_of(records_of(merged))))


@examples(ANY, ANY)
def test_the_order_of_two_kinds_of_sources_does_not_matter(first: Article, second: Article) -> None:
    if provenance.form_of(first) == provenance.form_of(second):
        return
    # a capture that changes nothing is not told
    first, second = replace(first, captured_at=None), replace(second, captured_at=None)
    ahead, back = merge(first, second), merge(second, first)
    members = [name for name in Article.__dataclass_fields__ if name not in ("comments", "extra")]
    assert [getattr(ahead, name) for name in members] == [getattr(back, name) for name in members]
    assert ahead.extra == back.extra
    shared = {comment.id for comment in ahead.comments} & {comment.id for comment in back.comments}

    def of_shared(article: Article) -> list[Comment]:
        return sorted(
            (comment for comment in article.comments if comment.id in shared), key=lambda c: c.id
        )

    def alike(comment: Comment) -> Comment:
        # the first to come keeps its votes
        return replace(comment, upvote_count=None)

    assert list(map(alike, of_shared(ahead))) == list(map(alike, of_shared(back)))


@examples(ANY, ANY)
def test_a_part_never_removes(stored: Article, incoming: Article) -> None:
    part = replace(incoming, extra={**incoming.extra, **PART})
    merged = merge(stored, part)
    assert {comment.id for comment in stored.comments} <= {
        comment.id for comment in merged.comments
    }
    assert {section.headline for section in stored.sections} <= {
        section.headline for section in merged.sections
    }
    assert len(merged.sections) >= len(stored.sections)
    for name in ("description", "date_published", "url"):
        assert getattr(stored, name) is None or getattr(merged, name) is not None


OF_WORDPRESS = given_as(["wxr", "wordpress-rest"]).flatmap(
    lambda article: st.builds(
        lambda day, modified: replace(
            article,
            id=NUMBER,
            url=URL,
            captured_at=f"2025-03-0{day}",
            date_published="2025-01-01",
            date_modified=modified,
            # pages alone say who pays
            extra={k: v for k, v in article.extra.items() if k != "isAccessibleForFree"},
            comments=tuple(
                replace(c, id=c.id.replace("a#", NUMBER + "#")) for c in article.comments
            ),
        ),
        st.integers(1, 3),
        st.sampled_from([None, "2025-02-01", "2025-03-02"]),
    )
)


@examples(OF_WORDPRESS, OF_WORDPRESS)
def test_merging_again_from_one_wordpress_changes_nothing(
    stored: Article, incoming: Article
) -> None:
    assume(incoming.captured_at is None or incoming.captured_at >= (stored.captured_at or ""))
    merged = merge(stored, incoming)
    assert merge(merged, incoming) == merged


def test_an_edit_that_leaves_the_text_alone_is_merged_once() -> None:
    text = (Section(None, "Un texte plus long"), Section("Deux", "Un"))
    dates = {"date_published": "2025-01-01", "captured_at": "2025-03-01"}
    members = {"id": NUMBER, "headline": "A", "url": URL, "sections": text, **dates}
    stored = article_of_form("wxr", part=True, **members)
    incoming = article_of_form("wordpress-rest", part=True, date_modified="2025-03-02", **members)
    merged = merge(stored, incoming)
    assert merge(merged, incoming) == merged

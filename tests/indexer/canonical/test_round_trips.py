"""Does an article come back whole from its records, and from canonical JSON, whatever it holds?"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime
from typing import Any

import orjson
from hypothesis import given
from hypothesis import strategies as st

from index.record import Record
from indexer.article.model import Article, Comment, Embed, Quote, Section
from indexer.canonical import conversion, jsonl
from indexer.canonical.objects import read_article
from indexer.threads import thread_order
from indexer.times.rfc3339 import in_paris

WORDS = st.lists(
    st.sampled_from(
        ("l’été", "Œuvre", "données", "red-team", "150 000", "C++", "tou·te·s", "« travail »")
    ),
    min_size=1,
    max_size=6,
).map(" ".join) | st.sampled_from(["aujourd'hui 😉", "e\u0301tat"])
TEXT = st.lists(WORDS, max_size=3).map("\n".join)
NAME = st.from_regex(r"[A-Za-z0-9_.~-]{1,12}", fullmatch=True)
MOMENT = st.datetimes(datetime(1990, 1, 1), datetime(2037, 12, 31)).map(
    lambda at: in_paris(at.isoformat(timespec="seconds"))
)
TIME = MOMENT | MOMENT.map(lambda at: at[:10]) | MOMENT.map(lambda at: at[:7])
JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | WORDS,
    lambda inside: st.lists(inside, max_size=2) | st.dictionaries(NAME, inside, max_size=2),
    max_leaves=4,
)
EXTRA = st.dictionaries(NAME.map(lambda name: "x-" + name), JSON, max_size=2)
PRECISION: st.SearchStrategy[Any] = st.sampled_from([None, None, "minute", "day", "month", "year"])
COUNT = st.none() | st.integers(0, 99)


@st.composite
def sections(draw: st.DrawFn) -> Section:
    text = draw(TEXT)
    start = draw(st.integers(0, len(text)))
    embed = Embed("tweet", start, draw(st.integers(start, len(text))), draw(st.none() | WORDS))
    return Section(
        headline=draw(st.none() | WORDS),
        text=text,
        level=draw(st.none() | st.integers(0, 6)),
        anchor=draw(st.none() | NAME),
        embeds=draw(st.sampled_from([(), (embed,)])),
        extra=draw(EXTRA),
    )


@st.composite
def comments(draw: st.DrawFn, article: str) -> Comment:
    answered_number = draw(st.none() | st.integers(0, 9))
    return Comment(
        id=f"{article}#comment-{draw(st.integers(0, 9))}",
        parent_id=None if answered_number is None else f"{article}#comment-{answered_number}",
        author=draw(st.none() | WORDS),
        author_role=draw(st.none() | WORDS),
        date_published=draw(st.none() | TIME),
        date_modified=draw(st.none() | TIME),
        date_precision=draw(PRECISION),
        date_shown=draw(st.none() | WORDS),
        date_earliest=draw(st.none() | TIME),
        date_latest=draw(st.none() | TIME),
        edited=draw(st.booleans()),
        headline=draw(st.none() | WORDS),
        text=draw(TEXT),
        citation=tuple(
            draw(st.lists(st.builds(Quote, WORDS, st.none() | WORDS, st.none() | NAME), max_size=2))
        ),
        url=draw(st.none() | WORDS),
        anchor=draw(st.none() | NAME),
        status=draw(st.sampled_from([None, "approved"])),
        kind=draw(st.sampled_from([None, "comment"])),
        upvote_count=draw(COUNT),
        downvote_count=draw(COUNT),
        extra=draw(EXTRA),
    )


@st.composite
def articles(draw: st.DrawFn) -> Article:
    name = draw(NAME)
    texts = st.lists(WORDS, max_size=2).map(tuple)
    return Article(
        id=name,
        headline=draw(WORDS),
        url=draw(st.none() | WORDS),
        same_as=draw(texts),
        alternative_headline=draw(st.none() | WORDS),
        description=draw(st.none() | WORDS),
        article_section=draw(texts),
        keywords=draw(texts),
        author=draw(texts),
        date_published=draw(st.none() | TIME),
        date_modified=draw(st.none() | TIME),
        date_precision=draw(PRECISION),
        time_required=draw(st.sampled_from([None, "PT4M", "PT0M", "PT1H10M", "PT90S", "P1DT2H"])),
        in_language=draw(st.none() | WORDS),
        publisher=draw(st.none() | WORDS),
        comment_count=draw(COUNT),
        captured_at=draw(st.none() | TIME),
        sections=tuple(draw(st.lists(sections(), max_size=3))),
        comments=tuple(draw(st.lists(comments(name), max_size=5, unique_by=lambda item: item.id))),
        extra=draw(EXTRA),
    )


# Drawing an article takes twenty times as long as looking at it: each is looked at in every way.


@given(articles(), st.randoms())
def test_an_article_comes_back_whole(article: Article, chance: random.Random) -> None:
    records = conversion.records_of(article)
    stored = [record.dump() for record in records]
    chance.shuffle(stored)
    # replies come back under what they answer, and then stay there
    in_order = replace(article, comments=tuple(thread_order(article.comments)))
    assert conversion.article_of([Record.load(item) for item in stored]) == in_order
    line = jsonl.dump(in_order)
    assert jsonl.article(line) == in_order
    exported, _ = read_article(orjson.loads(line))
    assert jsonl.dump(conversion.article_of(conversion.records_of(exported))) == line


@given(articles())
def test_records_follow_the_page_and_threads_can_be_climbed(article: Article) -> None:
    records = conversion.records_of(article)
    assert [record.position for record in records] == list(range(len(records)))
    records_by_id = {record.id: record for record in records}
    assert len(records_by_id) == len(records)
    kinds = [record.kind for record in records]
    assert kinds == ["lead"] + ["section"] * len(article.sections) + ["comment"] * (
        len(article.comments)
    )
    for record in records:
        assert record.id == f"{article.id}#{record.anchor}"
        assert (record.start is None) == (record.end is None)
        if record.start is not None and record.end is not None:
            assert datetime.fromisoformat(record.start) <= datetime.fromisoformat(record.end)
        parent_record = records_by_id.get(record.parent or "")
        assert record.depth == (0 if parent_record is None else parent_record.depth + 1)

"""Written as the text of a page then read, is it the same article, for what that shape carries?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.article.model import Article, Comment, Section
from indexer.pages.page import PageError, read_page
from indexer.pages.text import render
from indexer.text.page_lines import NotText, decode_plain
from indexer.times.capture import Capture
from indexer.times.rfc3339 import in_paris

CAPTURE = Capture(date(2031, 1, 1))
_PARIS = ZoneInfo("Europe/Paris")


def _is_an_hour(at: datetime) -> bool:
    """Whether clocks showed it: in the night that summer time begins, an hour is skipped."""
    round_trip = at.replace(tzinfo=_PARIS).astimezone(UTC).astimezone(_PARIS)
    return round_trip.replace(tzinfo=None) == at


MINUTE = (
    st.datetimes(datetime(1990, 1, 1), datetime(2030, 12, 31))
    .filter(_is_an_hour)
    .map(lambda at: in_paris(at.replace(second=0, microsecond=0).isoformat()))
)
SENTENCE = st.builds(
    "{} {} {}.".format,
    st.sampled_from(["Le 02/12/2024 à 09h52 il disait", "Hier,", "- Une liste :", "L’été", "IA"]),
    st.sampled_from(["tou·te·s les abonné·e·s", "œuvre à 150 000 €", "Commentaires (3)", "C++ 😉"]),
    st.sampled_from(["ont répondu", "e\u0301taient là", "« travail gratuit »", "Abonnez-vous"]),
)
# a line that comes twice is read as an entry of the table of contents, and its heading
TEXT = st.lists(SENTENCE, min_size=1, max_size=4, unique=True).map("\n".join)
HEADING = st.integers(1, 99).map("Sur l’usage n° {} des « red teams »".format)
LABEL = st.sampled_from(["IA", "IA et algorithmes", "Société numérique", "Droit", "5G"])


@st.composite
def pages(draw: st.DrawFn) -> Article:
    headings = draw(st.lists(HEADING, max_size=3, unique=True))
    comments = [
        Comment(
            f"a#comment-{number}",
            date_published=None if edited else at,
            date_modified=at if edited else None,
            edited=edited,
            text=text,
        )
        for number, (edited, at, text) in enumerate(
            draw(st.lists(st.tuples(st.booleans(), MINUTE, st.just("") | TEXT), max_size=6))
        )
    ]
    opening = [Section(None, draw(TEXT))]
    return Article(
        id="a",
        headline=draw(HEADING.map("Titre : {}".format)),
        alternative_headline=draw(st.sampled_from([None, "AI Art humainement augmenté"])),
        description=draw(
            st.none() | st.just(f"Un chapô qui dit {'vraiment ' * 12}de quoi il s’agit.")
        ),
        article_section=tuple(draw(st.lists(LABEL, max_size=4, unique=True))),
        author=draw(st.sampled_from([(), ("Camille Roussel",), ("Théo Lacaze", "Anne d'Arc")])),
        date_published=draw(MINUTE | MINUTE.map(lambda at: at[:10])),
        time_required=draw(st.sampled_from([None, "PT4M", "PT1H", "PT1H10M"])),
        comment_count=len(comments),
        sections=(*opening, *(Section(heading, draw(TEXT)) for heading in headings)),
        comments=tuple(comments),
    )


def carried(article: Article) -> dict[str, Any]:
    """What both sides must agree on."""
    return {
        "head": replace(article, id="", in_language=None, captured_at=None, comments=()),
        "comments": [
            (comment.date_published, comment.date_modified, comment.edited, comment.text)
            for comment in article.comments
        ],
    }


@given(pages())
def test_what_is_written_is_read(article: Article) -> None:
    page = read_page(render(article).encode(), CAPTURE)
    assert carried(page.article) == carried(article)
    assert page.report.remarks == []


@given(pages(), st.sampled_from(["\r\n", "\n\n", " \n\t", "\r"]))
def test_line_ends_and_blank_lines_change_nothing(article: Article, end: str) -> None:
    rendered = render(article)
    article_plain = read_page(rendered.encode(), CAPTURE).article
    assert read_page(rendered.replace("\n", end).encode(), CAPTURE).article == article_plain


@given(st.text(max_size=300) | st.binary(max_size=300).map(lambda b: b.decode("latin-1")))
def test_any_text_is_a_page_or_says_why_not(text: str) -> None:
    page_found, reason = None, ""
    try:
        page_found = read_page(text.encode("utf-8", "surrogatepass"), CAPTURE).article
    except PageError as error:
        reason = str(error)
    assert reason if page_found is None else page_found.date_published and page_found.sections


def test_a_page_needs_dates() -> None:
    with pytest.raises(ValueError, match="date"):
        render(Article("a", "Titre"))
    with pytest.raises(ValueError, match="a#comment-1"):
        render(Article("a", "Titre", date_published="2024", comments=(Comment("a#comment-1"),)))


@pytest.mark.parametrize("text", ["[" * 5000 + "]" * 5000, '{"a": 1}', ' [{"a": 1}, 2]'])
def test_json_of_another_form_is_called_by_its_name(text: str) -> None:
    with pytest.raises(NotText, match="JSON"):
        decode_plain(text.encode())

"""What does the page of results show, beside the results themselves?

Choices one can click (places, orders, filters, months, pages), each with its address and
its counts, worked out here so that the templates only lay out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from index.french import fold
from index.question.dates import Period, in_french
from index.record import Record
from index.results import Group, Piece, Results, Suggestion
from webui.addresses import (
    FACETS,
    ORDERS,
    PLACES,
    STATED,
    Choice,
    Day,
    Links,
    SearchParams,
    narrowed,
    widened,
)
from webui.exports import tables
from webui.facets import FacetChoices, FacetPanel, Timeline, timeline_of
from webui.json_views import instead, label
from webui.locale import Tongue, period_in_english
from webui.page.drawing import Drawing
from webui.page.sites import site_names

_AROUND = 2
_COMMON = "common_word"
_FORMS = 8
_MARKS = re.compile(r"^[=+\-\s]*[\"«\s]*|[\"»\s]*(?:~\d*)?$|\*$")
"""What stands around the words of a piece: =mot, -"un mot", mot~1."""
_WORDS = frozenset({"word", "exact", "phrase", "near", "prefix", "fuzzy", "either"})


@dataclass(frozen=True)
class ResultsPage:
    """A `Results` with everything around it."""

    results: Results
    params: SearchParams
    links: Links
    tongue: Tongue
    state: str | None = None
    """That of the index that it was read from."""

    @property
    def restart(self) -> str:
        """The first page of today, when the state that was asked for is no longer kept."""
        state_lost = self.params.state is not None and self.params.state != self.state
        return self.page(1) if state_lost else ""

    @cached_property
    def sites(self) -> dict[str, str]:
        """Of each article, the site where it is read; nothing when the page has one site."""
        return site_names(group.about for group in self.results.groups)

    @cached_property
    def full(self) -> list[Group]:
        """As far as the last that holds all the words; partial ones may stand among them."""
        return list(self.results.groups[: self._full])

    @cached_property
    def partial(self) -> list[Group]:
        return list(self.results.groups[self._full :])

    @property
    def _full(self) -> int:
        groups = enumerate(self.results.groups, 1)
        return max((place for place, group in groups if not group.partial), default=0)

    @property
    def first_rank(self) -> int:
        return (self.results.page - 1) * self.results.size + 1

    @property
    def summary(self) -> str:
        """The line that says how much was found."""
        totals, say = self.results.totals, self.tongue
        if not totals.passages:
            sentence = say("totals_none")
        else:
            sentence = say(
                "totals",
                articles=totals.articles,
                passages=totals.passages,
                sections=totals.sections,
                comments=totals.comments,
            )
            if not totals.exact:
                sentence = say("totals_most", totals=sentence)
        if totals.partial:
            alone = "totals_near" if self.guessed else "totals_partial_only"
            key = "totals_partial" if totals.passages else alone
            sentence += f". {say(key, n=totals.partial)}"
        return sentence

    @property
    def open(self) -> bool:
        """Whether the reader needs to see at once how the question was understood."""
        # a common word set aside is what readers expect, and its chip says it
        unexpected = any(notice.code != _COMMON for notice in self.results.notices)
        return unexpected or not self.results.totals.passages

    def forms(self, piece: Piece) -> str:
        """What a piece also finds or leaves out, or is taken to mean; "" when it is just itself."""
        excluded = piece.kind == "excluded"
        typed = _MARKS.sub("", piece.text)
        # in a group, what is left out does not say so: -(a OU b)
        forms = [
            typed if fold(form) == fold(typed) else form
            for form in piece.matches
            if excluded or fold(form) != fold(typed)
        ]
        if piece.kind == "date" and self.tongue.language == "en":
            forms = [period_in_english(form) for form in forms]
        if not forms:
            return ""
        words = ", ".join(forms[:_FORMS]) + ("…" if len(forms) > _FORMS else "")
        if excluded or piece.kind in _WORDS:
            return self.tongue("excludes" if excluded else "matches", words=words)
        return words

    def cited(self, words: Iterable[str]) -> str:
        """Some words of the index, each between quotes."""
        opening, closing = self.tongue("quote_open"), self.tongue("quote_close")
        return ", ".join(f"{opening}{word}{closing}" for word in words)

    @property
    def notices(self) -> list[str]:
        """What to know of the question; its common words in one sentence."""
        question, say = self.results.question, self.tongue
        sentences: dict[str, None] = {}
        common = [notice for notice in self.results.notices if notice.code == _COMMON]
        for notice in self.results.notices:
            sentence = say.either(notice.message, notice.message_en)
            if notice in common and len(common) > 1:
                words = [question[word.start : word.end] for word in common]
                sentence = say("common_words", words=self.cited(words))
            sentences[sentence] = None
        return list(sentences)

    @property
    def guessed(self) -> bool:
        """Whether words that nobody typed were looked for."""
        return any(piece.instead for piece in self.results.understood)

    def offered(self, choice: Choice) -> str:
        """What another question would find; only a part of its words, when nothing more."""
        if choice.partial:
            return self.tongue("in_part", n=choice.partial)
        return self.tongue("passages", n=choice.count or 0)

    @property
    def meant(self) -> list[Choice]:
        # whole questions: a word alone does not say what its count is of
        return [
            self._instead(suggestion, suggestion.question)
            for suggestion in self.results.did_you_mean
        ]

    @property
    def relax(self) -> list[Choice]:
        return [
            self._instead(suggestion, label(suggestion, self.tongue))
            for suggestion in self.results.relax
        ]

    def _instead(self, suggestion: Suggestion, words: str) -> Choice:
        return Choice(
            words,
            self.links.search(instead(suggestion, self.params)),
            count=suggestion.passages,
            partial=suggestion.partial,
        )

    @property
    def places(self) -> list[Choice]:
        totals = self.results.everywhere
        counts: dict[str, int | None] = dict.fromkeys(PLACES)
        if totals is not None:
            counts = {
                "all": totals.passages,
                "articles": totals.sections,
                "comments": totals.comments,
            }
        return [
            Choice(
                self.tongue(f"place_{place}"),
                self.links.search(self.params.but(where=place)),
                place == self.params.where,
                counts[place],
            )
            for place in PLACES
        ]

    @property
    def orders(self) -> list[Choice]:
        return [
            Choice(
                self.tongue(f"sort_{order}"),
                self.links.search(self.params.but(sort=order)),
                order == self.results.order,
            )
            for order in ORDERS
        ]

    @cached_property
    def active(self) -> list[Choice]:
        """Each filter in force, with the address that takes it out."""
        params, choices = self.params, []
        for name in FACETS:
            for value in getattr(params, name):
                facet = self.tongue(f"facet_{name}")
                label = self.tongue("active_filter", facet=facet, value=value)
                choices.append(Choice(label, self.links.search(widened(params, name, value))))
        if params.since or params.until:
            href = self.links.search(params.but(since=None, until=None))
            choices.append(Choice(period(params, self.tongue), href))
        for piece in self.results.understood:
            if piece.kind == "state" and piece.matches and piece.matches[0] in STATED:
                says = self.tongue(f"state_{STATED[piece.matches[0]]}")
                href = self.links.search(params.but(q=piece.without))
                choices.append(Choice(f"{self.tongue('facet_state')} {says}", href))
        return choices

    writes_xlsx = staticmethod(tables.writes_xlsx)

    @property
    def worded(self) -> str:
        """The days of a period that was said in words."""
        days = (self.params.since, self.params.until)
        return period(self.params, self.tongue) if any(day.worded for day in days if day) else ""

    @cached_property
    def facets(self) -> list[FacetChoices]:
        return FacetPanel(self.results, self.params, self.links, self.tongue).facets()

    @cached_property
    def timeline(self) -> Timeline:
        results = self.results
        return timeline_of(
            results.facets, self.params, self.links, self.tongue,
            passages=[results.totals.passages] if results.totals.exact else (),
        )  # fmt: skip

    @cached_property
    def drawing(self) -> Drawing:
        return Drawing(self.timeline, self.tongue, 272, 150)

    @cached_property
    def last_page(self) -> int:
        return max(1, -(-self.results.listed // self.results.size))

    @property
    def pages(self) -> list[Choice | None]:
        """Numbered pages around the current one; None where numbers are left out."""
        current, last = self.results.page, self.last_page
        numbers = {1, last, *range(max(1, current - _AROUND), min(last, current + _AROUND) + 1)}
        listed: list[Choice | None] = []
        previous = 0
        for number in sorted(numbers):
            if number > previous + 1:
                listed.append(None)
            listed.append(Choice(self.tongue.number(number), self.page(number), number == current))
            previous = number
        return listed

    def page(self, number: int) -> str:
        return self.links.search(self.params.but(page=number, state=self.state))

    def passage(self, record: Record) -> str:
        return self.links.passage(record, self.results.question)

    def passages_of(self, id: str) -> str:
        """Return where all the answers in an article are: on its page, which knows of no filter.

        Within filters, as a list.
        """
        if self.params.filtered and '"' not in id:
            return self.links.search(narrowed(self.params, "article", id))
        return self.links.article(id, self.params.q)


@dataclass(frozen=True)
class TimelinePage:
    """A timeline in large."""

    timeline: Timeline
    params: SearchParams
    links: Links
    tongue: Tongue

    @property
    def share(self) -> bool:
        return self.params.share == "yes"

    @property
    def drawing(self) -> Drawing:
        return Drawing(self.timeline, self.tongue, 960, 380, self.share)

    @property
    def other_parameters(self) -> list[tuple[str, str]]:
        """What its form sends besides what one may write there."""
        return self.params.pairs()


def period(params: SearchParams, tongue: Tongue) -> str:
    """The period in words.

    >>> day = Day.read("2024-12")
    >>> period(SearchParams(since=day, until=day), Tongue("fr"))
    'décembre 2024'
    >>> day = Day.read("début mai 2023")
    >>> period(SearchParams(since=day, until=day), Tongue("fr"))
    'du 1er au 10 mai 2023'
    >>> first, last = Day.read("2020-02-01"), Day.read("2020-02-29")
    >>> period(SearchParams(since=first, until=last), Tongue("fr"))
    'du 1er au 29 février 2020'
    """
    ends = [day for day in (params.since, params.until) if day]
    words = [_day_in_words(day, tongue) for day in ends]
    worded = any(day.worded for day in ends)
    if len(ends) == 2 and words[0] == words[1] and not worded:
        return words[0]
    instants = any(day.first.tzinfo for day in ends)
    if worded or (not instants and any(len(day.text) > _MONTH for day in ends)):
        # the very days, so that one sees what was understood
        days = in_french(Period(*params.bounds))
        return period_in_english(days) if tongue.language == "en" else days
    since, until, between = _INSTANTS if instants else _PERIODS
    name = between if len(ends) == 2 else since if params.since else until
    return tongue(name, first=words[0], last=words[-1])


_MONTH = len("2024-12")
_PERIODS = ("period_since", "period_until", "period_between")
_INSTANTS = ("period_since_instants", "period_until_instants", "period_between_instants")


def _day_in_words(day: Day, tongue: Tongue) -> str:
    if len(day.text) == 4:
        return day.text
    if len(day.text) == 7:
        return tongue.month(day.first)
    if day.first.tzinfo:
        return tongue.moment(day.first.isoformat())
    return tongue.day(day.first)

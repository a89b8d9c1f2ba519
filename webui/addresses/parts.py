"""Where do the parts of an article lead, and which other ways to read it are there?

Each part says what comes before and after it, and which part holds the nearest passage that
answers, so that one can go from hit to hit through a thread of any length.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, get_args

from index.answering import Ask, Thread, ThreadOrder
from webui.addresses.choices import Choice
from webui.addresses.links import ONE_PART, Face, Links
from webui.locale import Tongue

# Where an occurrence is on the page that a link leads to: the first, or the last.
FIRST, LAST = "occ-1", "occ-end"

_SEVERAL = 2


@dataclass(frozen=True)
class Parts:
    """The part of an article that is shown, among the others."""

    thread: Thread
    q: str
    links: Links
    face: Face = ""
    say: Tongue = field(default_factory=Tongue)

    @property
    def first(self) -> str | None:
        """The beginning, when this is not it."""
        if self.thread.previous is None and self.thread.best_of is None:
            return None
        return self._address(start=0)

    @property
    def previous(self) -> str | None:
        return self._part(self.thread.previous)

    @property
    def following(self) -> str | None:
        return self._part(self.thread.following)

    @property
    def previous_match(self) -> str | None:
        """The nearest part before this one that holds what answers, at its last occurrence."""
        thread = self.thread
        if self._of_answers:
            return self._part(thread.previous, LAST)
        if not thread.answering_before:
            return None
        first = min(passage.record.position for passage in thread.passages)
        return self._address(LAST, before=first)

    @property
    def next_match(self) -> str | None:
        """The nearest part after this one that holds what answers, at its first occurrence."""
        thread = self.thread
        if thread.best_of is not None:
            has_more = thread.best_of > len(thread.passages)
            return self._address(FIRST, show="found") if has_more else None
        if self._of_answers:
            return self._part(thread.following, FIRST)
        if not thread.answering_after:
            return None
        last = max(passage.record.position for passage in thread.passages)
        return self._address(FIRST, after=last + 1)

    @property
    def shows(self) -> list[Choice]:
        """Everything, or what answers only; nothing to choose when nothing does."""
        thread = self.thread
        if not thread.answering:
            return []
        everything = thread.show == "all" and thread.best_of is None
        return [
            Choice(self.say("show_all"), self._everything(), everything, thread.total),
            Choice(
                self.say("show_found"),
                self._address(show="found"),
                thread.show == "found" or thread.best_of == len(thread.passages),
                thread.answering,
            ),
        ]

    @property
    def orders(self) -> list[Choice]:
        """The thread's order, or that of dates."""
        if self.thread.about.comments < _SEVERAL:
            return []
        answers_only = self.thread.show == "found"
        thread, *dates = get_args(ThreadOrder)
        hrefs = {
            thread: self._address(order=thread) if answers_only else self._everything(order=thread)
        }
        hrefs |= {order: self._address(order=order) for order in dates}
        return [
            Choice(self.say(f"thread_{order}"), href, order == self.thread.order)
            for order, href in hrefs.items()
        ]

    def _everything(self, **changed: Any) -> str:
        """All of the article, from its beginning: of a long one a question shows the best."""
        long = self.thread.about.comments > ONE_PART
        return self._address(show="all", start=0 if long and self.q else None, **changed)

    @property
    def _of_answers(self) -> bool:
        """Whether neighbouring parts are told by what they hold, and not by what answers."""
        return self.thread.show == "found" or self.thread.order != "thread"

    def _part(self, start: int | None, anchor: str = "") -> str | None:
        return None if start is None else self._address(anchor, start=start)

    def _address(self, anchor: str = "", **changed: Any) -> str:
        ask = Ask(show=self.thread.show, order=self.thread.order)._replace(**changed)
        at = "" if self.face else anchor
        return self.links.article(self.thread.about.id, self.q, at, self.face, ask=ask)

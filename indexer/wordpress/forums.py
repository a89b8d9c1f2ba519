"""Which topics and replies of bbPress in an export do readers see, and who answers whom there?

bbPress 2.6 keeps forums, topics and replies as posts of these types (its template-functions call
`publish` and `closed` the public states of a topic). A topic in a private or hidden forum is
`publish` all the same, so that only those of a forum known to be public are taken, itself in no
forum that is not; a reply to a topic that was not taken is counted as what is of another kind. An
export has them in the order of their numbers, which merging, splitting and importing change.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from indexer.wordpress.builders import Metas

_PUBLIC_TOPIC = ("publish", "closed")
_ROOTS = ("", "0")


class _Forum(NamedTuple):
    public: bool
    parent: str


class Forums:
    """What an export has told of its forums so far.

    >>> forums = Forums()
    >>> forums.learn({"post_id": "5", "status": "publish", "post_parent": "0"})
    >>> [forums.holds({"post_parent": parent, "status": "closed"}) for parent in ("5", "6")]
    [True, False]
    """

    def __init__(self) -> None:
        self._forums: dict[str, _Forum] = {}
        self._topics: dict[str, str | None] = {}

    def learn(self, members: Mapping[str, str]) -> None:
        """Note a forum."""
        public = _text(members, "status") == "publish"
        self._forums[_text(members, "post_id")] = _Forum(public, _text(members, "post_parent"))

    def awaits(self, kind: str, members: Mapping[str, str]) -> bool:
        """Return whether a later post may say if readers see this topic, or this reply."""
        parent = _text(members, "post_parent")
        if kind == "reply":
            return parent not in self._topics
        return kind == "topic" and self._above(parent)[-1] not in _ROOTS

    def holds(self, topic: Mapping[str, str]) -> bool:
        """Return whether everybody may read a topic."""
        *forums, root = self._above(_text(topic, "post_parent"))
        public = bool(forums) and root in _ROOTS
        public = public and all(self._forums[forum].public for forum in forums)
        return public and _text(topic, "status") in _PUBLIC_TOPIC

    def _above(self, number: str) -> list[str]:
        """Return the forums a topic is in, the nearest first, then what is above them."""
        numbers = [number]
        while (forum := self._forums.get(numbers[-1])) and forum.parent not in numbers:
            numbers.append(forum.parent)
        return numbers

    def add(self, topic: Mapping[str, str], name: str | None) -> None:
        """Note the name of a topic's article; None for a topic that readers do not see."""
        self._topics[_text(topic, "post_id")] = name

    def topic_of(self, reply: Mapping[str, str]) -> str | None:
        """The name of the article of the topic that a reply is under; None when it was not given.

        A reply to a reply has it above too: `_bbp_reply_to` alone tells which it answers.
        """
        return self._topics.get(_text(reply, "post_parent"))


def answered(metas: Metas) -> str:
    """The number of the reply that a reply answers; "" for none."""
    number = _meta(metas, "_bbp_reply_to")
    return "" if number in _ROOTS else number


def anonymous_name(metas: Metas) -> str:
    """The name that somebody without an account signed a topic or a reply with; "" for none."""
    return _meta(metas, "_bbp_anonymous_name")


def _meta(metas: Metas, name: str) -> str:
    return next((text.strip() for key, text in metas if key == name), "")


def _text(members: Mapping[str, str], name: str) -> str:
    return members.get(name, "").strip()

"""Is the whole thread of an article in its page, and what is said when it is not?

A page that announces comments, or was to receive them from a script, and gives none is no
witness that there are none: what the index knows of them stays.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from indexer.html.comments.thread import PageThread, repeated
from indexer.html.elements import short_text
from indexer.html.finder.announced import Announcement
from indexer.html.finder.comment_words import is_button, is_unfolding, shown
from indexer.html.finder.found_thread import NAME
from indexer.html.finder.items.pieces import ends_line
from indexer.html.finder.thread_finder import looks_like_thread
from indexer.html.metadata.head import Head
from indexer.html.unseen import is_unseen
from indexer.reporting import Remark, plural

_KEPT_ANYWAY = "ceux que l'index connaît sont gardés"
_UNREAD = "un fil de commentaires semble être dans la page, et n'a pas été lu"


@dataclass(frozen=True, slots=True)
class Completeness:
    """How many comments are declared, whether some are missing, and the sentence that says so."""

    declared: int | None = None
    partial: bool = False
    remark: Remark | None = None


def completeness_of(
    root: Any, thread: PageThread, announced: Sequence[Announcement], head: Head, unread: str
) -> Completeness:
    """Return what a thread lacks, from the page's tree with the thread still in it.

    unread: what is said of the comments that a script was to show, "" for none.
    """
    count = len(thread.comments)
    declared = _declared(thread, announced, head)
    count -= len(repeated(thread.comments, declared))
    if declared is not None and declared != count:
        sentence = plural(declared, "commentaire annoncé", "commentaires annoncés")
        end = f"{count} dans la page" if count else f"aucun dans la page : {_KEPT_ANYWAY}"
        return Completeness(
            declared, declared > count, Remark("comment_count", f"{sentence}, {end}")
        )
    if not count and declared != 0 and (unread or looks_like_thread(root, announced, head.author)):
        sentence = f"{unread or _UNREAD} : {_KEPT_ANYWAY}"
    elif cut_count := _cut_comments(thread):
        comments = plural(cut_count, "commentaire coupé", "commentaires coupés")
        sentence = f"{comments} dans la page, dont un lien (« Lire la suite ») montre le reste"
    elif count and declared is None and _waits_for_more(root):
        comments = plural(count, "commentaire")
        sentence = f"{comments} dans la page, qui en charge d'autres à la demande"
    elif count and declared is None and thread.account.adapter == NAME:
        sentence = f"{plural(count, 'commentaire')} sans adaptateur, qu'aucun nombre ne confirme"
    else:
        return Completeness(declared)
    return Completeness(declared, True, Remark("comments", sentence))


def _cut_comments(thread: PageThread) -> int:
    """Return how many comments end in a link to another page that has all their words."""
    links = {link for item in thread.items for link in item.iter("a")}
    return sum(
        is_unfolding(short_text(link, 60))
        and not _HERE.match(link.get("href") or "")
        and ends_line(link, is_button)
        for link in links
    )


_HERE = re.compile(r"(?i)\s*(?:#|javascript:|$)")
_NOUNS = r"(?:commentaires?|reactions?|reponses?|messages?|contributions?|comments|replies)"
_WAITS = re.compile(
    r"(?:(?:afficher|voir|charger|lire|montrer|load|show|view|see|plus de|(?:\d+ )?autres?)\b"
    rf".{{0,30}})?\b(?:(?:plus de|d'autres|\d+ autres|more|autres|older|newer) {_NOUNS}"
    rf"|{_NOUNS} (?:suivant|precedent|plus ancien|plus recent|restant)e?s)"
    r"\W*(?:\(?\d+\)?)?\W*"
)
"""« Afficher plus de commentaires », « Voir les 8 autres réponses »"""


def _waits_for_more(root: Any) -> bool:
    """Whether a button or a link of the page brings more comments."""
    return any(
        _WAITS.fullmatch(shown(short_text(element, 60))) is not None and not is_unseen(element)
        for element in root.iter("a", "button")
    )


def _declared(thread: PageThread, announced: Sequence[Announcement], head: Head) -> int | None:
    if thread.account.declared is not None:
        return thread.account.declared
    items = set(thread.items)
    counts = [
        announcement.count
        for announcement in announced
        if announcement.count is not None
        and announcement.sure
        and items.isdisjoint(announcement.element.iterancestors())
    ]
    if len(thread.comments) in counts:
        return len(thread.comments)
    if counts:
        return max(counts)
    return head.comment_count

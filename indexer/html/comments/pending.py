"""Which comments of a page wait for a moderator?

A program shows one to whoever wrote it, who may be the one that saves the page; nobody else can
read it yet.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

from indexer.html.elements import short_text
from indexer.html.finder.comment_words import shown

_WAITS = re.compile(
    r"(?:(?:votre|ce|le|your|this) )?(?:commentaire|message|comment|avis)? ?(?:est |is )?"
    r"(?:en attente|awaiting|pending|waiting for)(?: d'etre| de| d'| your)?(?: sa| la)?,? ?"
    r"(?:moderation|validation|approbation|approval|moderee?|validee?|(?:only )?visible)\b.{0,160}"
)
_STATE = re.compile(
    r"(?i)(?<!\S)(?:(?:is|state|status|statut|etat|moderation|comment|comment-status)[-_]{1,2})?"
    r"(?:pending|unapproved|unpublished|non-?publie|spam|rejected|on-?hold|en-attente"
    r"|(?:waiting|awaiting|to)[-_](?:moderation|approval|moderate|approve))(?!\S)"
)
"""A class, or a state, of a comment that moderators alone see: `state-pending` (Plone)."""
_STATES = ("class", "data-status", "data-state", "data-moderation-status")
_BADGE = re.compile(r"(?i)(?<![^\W_])(?:badge|label|tag|pill|chip|stat(?:us|e|ut)|etat)(?![^\W_])")
_SAYS_STATE = re.compile(r"(?:en attente|non publiee?|pending|unapproved|unpublished)\W*")
"""What a badge in it says."""
_ITEM = re.compile(
    r"(?i)(?<!\S)(?:comment(?:aire)?|reply|reponse)"
    r"(?:[-_]*(?:item|container|wrapper|node|entry|\d+))?(?!\S)"
)
_NUMBERED = re.compile(r"(?:[a-z]+-)*comment(?:aire)?[-_]?(\d+)")
_TAGS = ("em", "p", "span", "div", "small", "i", "strong")
_ITEMS = ("div", "li", "article", "section", "tr", "dd")
_LONGEST = 240


def pending_comments(root: Any) -> list[Any]:
    """The elements of a page that hold a comment which no moderator has published.

    >>> import lxml.html
    >>> page = lxml.html.document_fromstring('<ol><li id="comment-7"><em class='
    ...     '"comment-awaiting-moderation">Votre commentaire est en attente de modération.</em>'
    ...     '<p>Bravo</p></li></ol>')
    >>> [element.get("id") for element in pending_comments(page)]
    ['comment-7']
    """
    comments: dict[Any, None] = {}
    for element in root.iter(*_ITEMS, *_TAGS):
        states = " ".join(filter(None, map(element.get, _STATES)))
        if not states:
            continue
        if _STATE.search(states) and _is_item(element) and not _holds_comments(element):
            comments[element] = None
        elif element.tag in _TAGS and _BADGE.search(states) and _says_state(element):
            around = next(filter(_is_item, element.iterancestors()), None)
            comments |= {} if around is None else {around: None}
    for element in root.iter(*_TAGS):
        if "moderation" not in (element.get("class") or "") and not _may_wait(element):
            continue
        if _WAITS.fullmatch(shown(short_text(element, _LONGEST))) is None:
            continue
        comment = _comment_around(element)
        if comment is not None:
            comments[comment] = None
    return list(comments)


def _is_item(element: Any) -> bool:
    return element.tag in _ITEMS and _ITEM.search(element.get("class") or "") is not None


def _holds_comments(element: Any) -> bool:
    """Whether several comments are in an element, whose state is that of what loads them."""
    items = filter(_is_item, element.iterdescendants(*_ITEMS))
    return any(first not in second.iterancestors() for first, second in pairwise(items))


def _says_state(element: Any) -> bool:
    return _SAYS_STATE.fullmatch(shown(short_text(element, 40))) is not None


def _may_wait(element: Any) -> bool:
    # an icon may stand before the words
    text = f"{element.text or ''}{element[0].tail or '' if len(element) else ''}".lower()
    return "attente" in text or "awaiting" in text or "pending" in text


def _comment_around(element: Any) -> Any:
    """The outermost element of the number of the comment around an element."""
    number, comment = "", None
    for around in element.iterancestors():
        match = _NUMBERED.fullmatch(around.get("id") or "")
        if match and number in ("", match[1]):
            number, comment = match[1], around
        elif match:
            break
    return comment

"""Which elements of a page are in none of its comments, nor in lists of other articles?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from indexer.html.elements import around
from indexer.html.finder.comment_words import is_elsewhere, thread_hint

_OF_COMMENTS = re.compile(
    r"(?:^|\s)(?:comments?-?list|comments-area|wp-block-comments?(?:-template)?|[pu]-comment"
    r"|h-cite)(?:\s|$)"
)
_COMMENT_ID = re.compile(r"(?:li-|div-|article-)?comment-\d+")


def outside_comments(root: Any) -> Iterator[Any]:
    """The elements that are in no comment, and no list: these have authors and dates of theirs."""
    titled = around(root.iter("h1"))
    walk = etree.iterwalk(root, events=("start",))
    for _, element in walk:
        if not isinstance(element.tag, str):
            continue
        if (
            (element.get("itemtype") or "")
            .rstrip("/")
            .endswith(("/Comment", "/UserComments", "/Answer"))
            or element.get("itemprop") == "comment"
            or _OF_COMMENTS.search(element.get("class") or "")
            or _COMMENT_ID.fullmatch(element.get("id") or "")
            or (element not in titled and (is_elsewhere(element) or thread_hint(element) == 2))
        ) and element.tag not in ("html", "body", "main"):
            walk.skip_subtree()
        else:
            yield element

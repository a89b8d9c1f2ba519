"""What is read of a page, part by part, before it makes an article?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from indexer.html.comments.completeness import Completeness
from indexer.html.comments.thread import Account, PageThread
from indexer.html.metadata.head import Head
from indexer.html.saved.source import SavedPage
from indexer.html.text.body import Body


class PageParts(NamedTuple):
    """The parts of a page. `accounts` are those of all witnesses of comments that were tried.

    paged: the thread is on several pages, of which this is one.
    """

    saved: SavedPage
    head: Head
    thread: PageThread
    accounts: Sequence[Account]
    completeness: Completeness = Completeness()
    body: Body = Body(())
    paged: bool = False

"""Where is the thread of a page whose program of comments no adapter describes?"""

from indexer.html.finder.announced import (
    Announcement,
    announcements,
    declared_count,
)
from indexer.html.finder.found_thread import NAME, page_thread
from indexer.html.finder.thread_finder import find_thread, looks_like_thread, tops_of
from indexer.html.finder.waiting_programs import waiting_program

__all__ = [
    "NAME",
    "Announcement",
    "announcements",
    "declared_count",
    "find_thread",
    "looks_like_thread",
    "page_thread",
    "tops_of",
    "waiting_program",
]

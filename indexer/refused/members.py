"""Which archives are refused from the names of their files, and which files are beside an export?

An archive that a program makes holds more than what one asked for: settings, members, albums.
What is known to be beside is left aside without a fault; what must not be read at all stops
the archive before anything is read of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

from indexer.refused.matching import archive_reason

_SUBSTACK_LIST = re.compile(r"email_list\..+\.csv")
_TAKEOUT = "Takeout"
"""As Google writes it, in every language."""
_BLOGGER = "Blogger"
_MEDIUM_OWN = re.compile(
    r"([a-z]+(?:-[a-z]+)*)/\1-\d{4}\.html"
    r"|profile/(?:about|charges|memberships|profile|publications)\.html"
)
_MEDIUM_DRAFT = re.compile(r"draft_.*\.html?")


def refused_archive(names: Iterable[str]) -> str | None:
    """Why an archive of files of these names is not read; None when it may be.

    >>> refused_archive(["user_archive.csv", "preferences.json"]).partition(" : ")[0]
    "archive d'un membre de Discourse"
    >>> refused_archive(["pages/a.html"]) is None
    True
    """
    names_inside = set()
    for name in names:
        base_name = PurePosixPath(name).name.lower()
        names_inside.add("email_list.csv" if _SUBSTACK_LIST.fullmatch(base_name) else base_name)
    return archive_reason(names_inside)


def side_file(path: PurePosixPath) -> bool:
    """Return whether a file is beside what an export is read for, by where it is.

    Of Google's Takeout, only the blogs' feeds are sources: the rest is settings, themes, lists
    of members, albums, and every other service. Of Medium's archive, drafts are nobody's, and
    what is not in `posts/` is its author's own: connections, sessions, what was read.

    >>> side_file(PurePosixPath("Takeout/Blogger/Blogs/Le phare/settings.csv"))
    True
    >>> side_file(PurePosixPath("Takeout/Blogger/Blogs/Le phare/feed.atom"))
    False
    """
    folders = path.parts[:-1]
    if _TAKEOUT in folders or (_BLOGGER in folders and "Blogs" in folders):
        return not (_BLOGGER in folders and path.name.endswith(".atom"))
    if folders[-1:] == ("posts",):
        return _MEDIUM_DRAFT.fullmatch(path.name) is not None
    return _MEDIUM_OWN.fullmatch("/".join(path.parts[-2:])) is not None

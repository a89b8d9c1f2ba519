"""What do the columns of known programs hold, where their names alone would mislead?

Names that other programs use otherwise, and states whose numbers mean something else: 1 is a draft
in Textpattern, and 4 is live.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class ProgramTable(NamedTuple):
    """A table that has all these columns, with the member that each holds, "" for none.

    `states`: the columns that are states, with what their values mean.
    """

    members: Mapping[str, str]
    states: Mapping[str, Mapping[str, str]] = MappingProxyType({})


_TEXTPATTERN = {"1": "draft", "2": "hidden", "3": "pending", "4": "live", "5": "live"}
_PHPBB = {"0": "visible", "1": "visible", "2": "moved"}
_DISCOURSE = {"1": "visible", "2": "moderator_action", "3": "small_action", "4": "whisper"}
PROGRAM_TABLES = (
    # comments of Drupal 7, and of 8 to 11
    ProgramTable({"nid": "article", "cid": "commentaire-id", "pid": "parent"}),
    ProgramTable({"entity_id": "article", "cid": "commentaire-id", "pid": "parent"}),
    # messages of MyBB
    ProgramTable({"tid": "article", "pid": "commentaire-id", "replyto": "parent"}),
    # comments of JComments, Laravel Comments 4 and TYPO3 (comments 1.8)
    ProgramTable({"object_id": "article", "thread_id": ""}),
    ProgramTable({"commentable_id": "article", "child_id": "parent"}),
    ProgramTable({"external_ref": "article", "content": "texte", "uid": "commentaire-id"}),
    # articles and comments of Textpattern 4
    ProgramTable(
        {"lastmodid": "", "authorid": "auteur", "body_html": "texte", "excerpt_html": "chapo"},
        {"status": _TEXTPATTERN},
    ),
    ProgramTable({"discussid": "commentaire-id", "parentid": "article"}),
    # comments of Serendipity 2
    ProgramTable(
        {
            "entry_id": "article",
            "id": "commentaire-id",
            "subscribed": "",
            "type": "type-commentaire",
        }
    ),
    # topics of phpBB 3, messages of Flarum 1, Discourse and Kunena 6
    ProgramTable({"topic_first_poster_name": "", "topic_status": ""}, {"topic_status": _PHPBB}),
    ProgramTable(
        {"discussion_id": "article", "id": "commentaire-id", "number": "", "content": "texte"}
    ),
    ProgramTable(
        {
            "topic_id": "article",
            "post_number": "commentaire-id",
            "reply_to_post_number": "parent",
            "post_type": "",
        },
        {"post_type": _DISCOURSE},
    ),
    ProgramTable({"thread": "article", "id": "commentaire-id", "catid": "", "time": "date"}),
    # comments of Artalk 2 and Waline 1
    ProgramTable({"page_key": "article-url", "rid": "parent"}),
    ProgramTable({"objectid": "commentaire-id", "insertedat": "date", "pid": "parent"}),
)
"""What these programs call a subject, or a title, is the comment's."""


def program_table(folded: list[str]) -> ProgramTable | None:
    """Return the first known table whose columns are all among these folded names."""
    names = set(folded)
    return next((table for table in PROGRAM_TABLES if table.members.keys() <= names), None)

"""Which tables and columns of Dotclear are read, from version 1.2 to version 2.40?

What is not named here is never read: e-mail and IP addresses, passwords of accounts, and
`post_notes`, an editor's private note.
"""

from __future__ import annotations

PUBLISHED = ("1",)
"""Of posts as of comments. 0 is unpublished; -1 a scheduled post, a pending comment; -2 a
pending post, a junk comment."""

TABLES: dict[str, tuple[str, ...]] = {
    "blog": ("blog_id", "blog_url", "blog_name", "blog_status"),
    "category": ("cat_id", "cat_title"),
    "user": ("user_id", "user_displayname", "user_name", "user_firstname"),
    "post": (
        *("post_id", "blog_id", "user_id", "cat_id", "post_dt", "post_tz", "post_upddt"),
        *("post_password", "post_type", "post_format", "post_url", "post_lang", "post_title"),
        *("post_excerpt", "post_excerpt_xhtml", "post_content", "post_content_xhtml"),
        "post_status",
    ),
    "meta": ("meta_id", "meta_type", "post_id"),
    "comment": (
        *("comment_id", "post_id", "comment_dt", "comment_tz", "comment_author"),
        *("comment_content", "comment_status", "comment_trackback"),
    ),
}
"""The tables by their names without prefix, and of each the columns that are read."""

_FORMER_TABLES = {"categorie": "category"}
_FORMER_COLUMNS = {
    "cat_libelle": "cat_title",
    "user_nom": "user_name",
    "user_prenom": "user_firstname",
    "user_pseudo": "user_displayname",
    "post_titre": "post_title",
    "post_titre_url": "post_url",
    "post_pub": "post_status",
    "post_chapo": "post_excerpt_xhtml",
    "post_chapo_wiki": "post_excerpt",
    "comment_auteur": "comment_author",
    "comment_pub": "comment_status",
}


def named_now(table: str, columns: list[str]) -> tuple[str, list[str]]:
    """A table and its columns as Dotclear 2 calls them; 1.2 had other names.

    There `post_content` was the HTML, and `post_content_wiki` what it was made of.

    >>> named_now("categorie", ["cat_id", "cat_libelle"])
    ('category', ['cat_id', 'cat_title'])
    >>> named_now("post", ["post_id", "post_content", "post_content_wiki"])
    ('post', ['post_id', 'post_content_xhtml', 'post_content'])
    """
    former = dict(_FORMER_COLUMNS)
    if "post_content_wiki" in columns:
        former |= {"post_content": "post_content_xhtml", "post_content_wiki": "post_content"}
    return _FORMER_TABLES.get(table, table), [former.get(name, name) for name in columns]

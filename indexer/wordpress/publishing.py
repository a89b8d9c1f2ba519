"""What does a WordPress let everybody see, by the words it says states and types with?

WordPress 7.1: a post is public when its status is `publish` (wp-includes/post.php registers
`future`, `draft`, `pending`, `private`, `trash`, `auto-draft`, `inherit` and four of requests
beside it, and extensions add theirs). A comment is when `comment_approved` is 1 (`approved` in
the REST interface) and its type is none, or `comment`: `pingback` and `trackback` are links from
elsewhere, `note` is what editors write to each other (since 6.9, approved when it is resolved),
and extensions add theirs (`review`, `order_note`).
"""

from __future__ import annotations

from indexer.article import EMPTY, Publication
from indexer.reporting import LeftAside

KINDS = ("post", "page")
_OF_MACHINES = frozenset(
    (
        *("attachment", "revision", "nav_menu_item", "custom_css", "customize_changeset"),
        *("oembed_cache", "user_request", "wp_block", "wp_template", "wp_template_part"),
        *("wp_global_styles", "wp_navigation", "wp_font_family", "wp_font_face"),
    )
)
"""The types of WordPress itself that are no page; those that a site adds may be (`recette`)."""
_PUBLISHED = ("publish",)
_APPROVED = ("1", "approved", "approve")
_COMMENTS = ("", "comment", "wpdiscuz_sticky")
"""The last is a comment that wpDiscuz (7.6) keeps at the top of the thread."""
_PINGS = frozenset(("pingback", "trackback"))


def article_is_public(
    kind: str, status: str | None, publication: Publication, left_aside: LeftAside
) -> bool:
    """Return whether readers see a post of this type and status; if not, it is counted.

    >>> left_aside = LeftAside()
    >>> article_is_public("post", "publish", Publication(), left_aside)
    True
    >>> article_is_public("page", "private", Publication(), left_aside)
    False
    >>> left_aside.count("other_kinds")
    0
    """
    if not publication.allows_of(kind, KINDS):
        left_aside.add("other_kinds", value=kind, offered=kind not in _OF_MACHINES)
        return False
    if not publication.allows_of(status, _PUBLISHED):
        left_aside.add("unpublished_articles", value=status or EMPTY)
        return False
    return True


def comment_is_public(
    kind: str, approved: str | None, publication: Publication, left_aside: LeftAside
) -> bool:
    """Return whether readers see a comment of this type and state; if not, it is counted.

    >>> left_aside = LeftAside()
    >>> kinds = ("", "note", "pingback")
    >>> [comment_is_public(kind, "1", Publication(), left_aside) for kind in kinds]
    [True, False, False]
    """
    if kind in _PINGS:
        left_aside.add("pings")
        return False
    if not publication.allows_of(kind, _COMMENTS):
        left_aside.add("unpublished", value=kind)
        return False
    state = f"comment_approved={approved}" if (approved or "").isdecimal() else approved
    if not (publication.allows_of(approved, _APPROVED) or publication.allows_of(state, ())):
        left_aside.add("unpublished", value=state or EMPTY)
        return False
    return True

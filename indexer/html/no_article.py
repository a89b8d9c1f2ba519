"""Why is a page no article, and what does it have of one?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.html.parts import PageParts
from indexer.reporting import plural

_OF_SITE = re.compile(
    r"https?://[^/?#]+/(?!\?(?:[^#]*&)?(?:p|id|(?:id_)?(?:post|article|entry)"
    r"|(?:page|post|article|entry|news|attachment)_?id)=[^&#])(?:[?#].*)?"
)
"""The address of a whole site, not `/?p=7`."""
_ENOUGH = 600
"""Characters of a text that is an article though nothing around it says so."""


def why_no_article(parts: PageParts) -> str | None:
    """Return why a page is not an article, with what it has and lacks; None when it is one."""
    head, thread = parts.head, parts.thread
    length = sum(len(section.text) for section in parts.body.sections)
    likely = head.is_article or (
        head.is_article is None
        and length >= (200 if head.date_published or head.date_modified else _ENOUGH)
    )
    if head.is_article is None and head.url and _OF_SITE.fullmatch(head.url):
        # nothing says so, and the address is that of the whole site
        likely = False
    has_words = bool(length or thread.comments or (head.is_article and head.description))
    if head.headline and has_words and (likely or thread.comments):
        return None
    if head.is_article is False and length:
        return "pas d'article : cette page dit être une liste, ou l'accueil d'un site"
    by_name = {
        "titre": head.headline,
        "date": head.date_published,
        "corps": length,
        "commentaires": thread.comments,
    }
    present = [name for name, value in by_name.items() if value]
    absent = [name for name, value in by_name.items() if not value]
    short = (
        f"{plural(length, 'caractère')} de corps, c'est trop peu" if length and not likely else ""
    )
    sentences = [_listing(present, "trouvé"), _listing(absent, "pas trouvé"), short]
    return "pas d'article : " + " ; ".join(filter(None, sentences))


def _listing(names: Sequence[str], state: str) -> str:
    if not names:
        return ""
    if len(names) == 1:
        return f"{names[0]} {state}{'s' * names[0].endswith('ires')}"
    return f"{', '.join(names[:-1])} et {names[-1]} {state}s"

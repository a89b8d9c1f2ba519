"""Is a row an article, a comment, or something else, by the words programs have for their kinds?"""

from __future__ import annotations

import re

from indexer.article import Publication
from indexer.tables.column_names import plain

ARTICLES = frozenset(["article", "post", "page", "news", "billet", "depeche"])
_OBJECTS = frozenset(("com_content", "node", "content", "blog_post", "blogpost", "entry", "story"))
"""What Joomla, Drupal and others call the articles that comments are under."""
_LINKS = ("pingback", "trackback", "retrolien")
_MACHINES = ("attachment", "revision", "nav_menu_item", "wp_block", "custom_css")
OTHER_KINDS = frozenset((*_MACHINES, *_LINKS))
PINGS = frozenset((*_LINKS, "ping"))
COMMENTS = (
    "comment",
    "commentaire",
    "reponse",
    "reply",
    "answer",
    "reaction",
    "wpdiscuz_sticky",
    "normal",
)
OF_PERSONS = (
    "liste de personnes : des adresses de courriel, et aucun texte"
    ' ; si une colonne en a un : --columns "texte=…"'
)
_ADDRESSES = frozenset(("email", "e_mail", "mail", "courriel", "adresse_email", "email_address"))
WORDPRESS = ("post", "page")
"""What readers see of the types of `post_type`: extensions keep mail, forms and orders there."""


def is_address(column: str) -> bool:
    """Return whether a column is that of the addresses of persons, in a list of them."""
    return plain(column) in _ADDRESSES


def is_article(kind: str, publication: Publication) -> bool:
    """Return whether a comment is on an article, by its program's word for what it is on.

    Of a class, `App\\Models\\Post`, the last name tells. `--published` takes others.

    >>> [is_article(kind, Publication()) for kind in ("", "App\\\\Post", "node", "com_k2")]
    [True, True, True, False]
    """
    last = plain(re.split(r"[\\/.:]", kind)[-1])
    return last in ("", *ARTICLES, *_OBJECTS) or publication.allows_of(kind, ())

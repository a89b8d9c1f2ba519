"""Which names are in the byline of an article that a program or an agency exported?"""

from __future__ import annotations

import re

from indexer.threads.exported_comments import display_name

_BY = re.compile(r"(?:propos recueillis )?(?:par|by|de notre \w+)\s+(?=\S)", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*[,;/]\s*|\s+(?:et|and|avec)\s+")


def byline_names(byline: str) -> tuple[str, ...]:
    """Return the names of a byline, each once.

    >>> byline_names("Par Zoé Roux et Léo Blanc")
    ('Zoé Roux', 'Léo Blanc')
    """
    names = (display_name(part) for part in _BETWEEN.split(_BY.sub("", byline.strip(), count=1)))
    return tuple(dict.fromkeys(filter(None, names)))

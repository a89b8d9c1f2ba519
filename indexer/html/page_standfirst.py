"""Which standfirst does a page show, when neither JSON-LD nor `meta` tells it?

What is named as one (`chapo`, `subheadline`, `excerpt`), below the title and before the text.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

from indexer.html.elements import short_text
from indexer.html.outside_comments import outside_comments

_NAMED = re.compile(
    r"(?i)(?:^|[\s_-])(?:chap[oô]|chapeau|standfirst|accroche|excerpt|sub-?(?:headline|title|head)"
    r"|sous-?titre|dek|teaser|lead|lede|intro|introduction)(?=$|[\s_-](?!image|img|media|photo))"
)
_TAGS = ("p", "div", "h2", "h3", "strong", "section")
_BLOCKS = ("p", "h1", "h2", "h3", "h4", "ul", "ol", "figure", "a", "form")
_NEAR = 40
"""Elements after the title among which it is looked for."""
_SHORTEST, _LONGEST = 30, 700


def shown_standfirst(root: Any) -> str | None:
    """Return the standfirst that a page shows under its title; None when nothing is named so.

    >>> import lxml.html
    >>> page = lxml.html.document_fromstring(
    ...     '<h1>Sora</h1><p class="chapo">Les tests du modèle sont suspendus.</p><p>Mardi…</p>')
    >>> shown_standfirst(page)
    'Les tests du modèle sont suspendus.'
    """
    outside = list(outside_comments(root))
    titled = next((at for at, element in enumerate(outside) if element.tag == "h1"), None)
    if titled is None:
        return None
    for element in islice(outside, titled + 1, titled + 1 + _NEAR):
        named = _NAMED.search(element.get("class") or "")
        if not named or element.tag not in _TAGS or sum(1 for _ in element.iter(*_BLOCKS)) > 2:
            continue
        text = short_text(element, _LONGEST)
        if len(text) >= _SHORTEST:
            return text
    return None

"""Which lines and elements of a page say when it was edited, and not when it was published?"""

from __future__ import annotations

import re
from typing import Any

from indexer.text import fold, key

_UPDATED = re.compile(r"updated|modified|modification|maj\b|mise?-a-jour", re.I)
_EDITED = (
    r"(?:mise? a jour|maj|(?:modifi|actualis|edit)ee?|(?:modification|derniere edition)"
    r"|last (?:edit|updat|revis)\w*|updated|modified)\b"
)
_SAYS_EDITED = re.compile(rf"\b{_EDITED}")
_SAYS_EDITED_ON = re.compile(rf"\b{_EDITED}\W{{0,3}}(?:le|:|on)?\W{{0,3}}$")


def says_edited(text: str) -> bool:
    """Return whether a text says that something was edited."""
    return _SAYS_EDITED.search(fold(key(text))) is not None


def is_edit(element: Any) -> bool:
    """Return whether a `time` says when the article was edited."""
    marks = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
    if _UPDATED.search(marks) and "published" not in marks.lower():
        return True
    before = element.getprevious()
    text = (element.getparent().text if before is None else before.tail) or ""
    return _SAYS_EDITED_ON.search(fold(key(text)).strip()) is not None


def is_edit_line(text: str) -> bool:
    """Return whether a line says when a page was edited, and not when it was published.

    >>> is_edit_line("Modification le 2 mars 2024"), is_edit_line("Créé le 2 mars, modifié le 3")
    (True, False)
    """
    lead = re.match(r"\D*", fold(key(text)))
    return lead is not None and _SAYS_EDITED.search(lead[0]) is not None

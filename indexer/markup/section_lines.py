"""What do sections say as plain lines, and how do they begin?"""

from __future__ import annotations

from collections.abc import Sequence

from indexer.article import Section
from indexer.reporting import shorten

_LONGEST = 80
"""Characters of a title made of a text's beginning."""


def section_lines(sections: Sequence[Section]) -> str:
    """Their headlines and texts, one paragraph a line.

    >>> section_lines([Section(None, "Un."), Section("Titre", "Deux.")])
    'Un.\\nTitre\\nDeux.'
    """
    texts = (text for section in sections for text in (section.headline, section.text))
    return "\n".join(filter(None, texts))


def beginning(sections: Sequence[Section]) -> str:
    """What to call an article without a title: its first line, 80 characters at most.

    >>> beginning([Section(None, "Un.\\nDeux.")]), beginning([])
    ('Un.', '')
    """
    return shorten(section_lines(sections[:1]).partition("\n")[0], _LONGEST)

"""Which elements stand within a line of text, and begin none?"""

from __future__ import annotations

_NAMES = (
    "a abbr b bdi bdo big br cite code data del dfn em font i img ins kbd label mark q s samp small"
    " span strike strong sub sup time tt u var wbr"
)
INLINE = frozenset(_NAMES.split())

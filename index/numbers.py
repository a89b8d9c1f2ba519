"""How are numbers written, and what does one spread over several words answer to?

150 000, 150 000 €, 06 12 34 56 78: the spaces are part of the number, yet its groups stay words
of the text (« iPhone 15 256 Go » is not the number 15 256), so the joined form is a variant.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.folding import plain

DIGITS = r"\d++(?:[.,]\d++)*+"
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:([.,'])\d{3})(?:\1\d{3})*")
_THREE = re.compile(r"(\d{3})(?!\d)(?:,(\d+))?")
_TWO = re.compile(r"(\d\d)(?![\d.,]\d|\d)")


def canonical(written: str) -> tuple[str, ...]:
    """The terms of digits with points and commas: 3,5 is 3.5; a list 1,2,3 is three numbers.

    >>> canonical("3,5"), canonical("3.14.2"), canonical("4,8,15"), canonical("1.234,5")
    (('3.5',), ('3.14.2',), ('4', '8', '15'), ('1234.5',))
    """
    if written.isdigit():
        return (written,)
    whole, comma, decimals = written.rpartition(",")
    if not comma or _GROUPED.fullmatch(written):
        return (written.replace(",", "."),)
    if whole.isdigit():
        return (f"{whole}.{decimals}",)
    if _GROUPED.fullmatch(whole) and "," not in whole:
        return (f"{whole.replace('.', '')}.{decimals}",)
    return tuple(written.split(","))


def ungrouped(written: str) -> str | None:
    """150.000 and 1'000 without their signs; None when the signs do not part thousands."""
    return re.sub(r"\D", "", written) if _GROUPED.fullmatch(written) else None


class Spread:
    """Finds the numbers that begin with the last digits of a chunk and go on in the next ones."""

    def __init__(self, units: Sequence[str]) -> None:
        alternatives = "|".join(map(re.escape, sorted(units, key=len, reverse=True)))
        self._unit = re.compile(rf"({alternatives})(?!\w)", re.IGNORECASE)

    def read(self, opening: str, chunks: Sequence[str], at: int) -> list[tuple[str, int, int]]:
        """(form, chunk it ends in, offset of its end in that plain chunk) for each joined form.

        opening: the digits that end the chunk before `chunks[at]`.
        """
        if opening[0] == "0":
            return self._telephone(opening, chunks, at)
        joined, decimals, end = opening, None, 0
        while at < len(chunks) and (match := _THREE.match(chunk := plain(chunks[at]))):
            joined += match[1]
            decimals, end = match[2], match.end()
            at += 1
            if end < len(chunk):
                break
        else:
            chunk = ""
        if joined == opening:
            return []
        number = f"{joined}.{decimals}" if decimals else joined
        found = [(number, at - 1, end)]
        attached = self._unit.match(chunk, end) if end < len(chunk) else None
        if attached:
            found.append((number + attached[1].casefold(), at - 1, attached.end()))
        elif end == len(plain(chunks[at - 1])) and at < len(chunks):
            apart = self._unit.match(plain(chunks[at]))
            if apart:
                found.append((number + apart[1].casefold(), at, apart.end()))
        return found

    def _telephone(self, opening: str, chunks: Sequence[str], at: int) -> list[tuple[str, int, int]]:
        pairs = [_TWO.match(plain(chunk)) for chunk in chunks[at : at + 4]]
        if len(opening) != 2 or len(pairs) < 4 or not all(pairs):
            return []
        joined = opening + "".join(pair[1] for pair in pairs if pair)
        return [(joined, at + 3, 2)]

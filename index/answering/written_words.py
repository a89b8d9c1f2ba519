"""How do the texts of an index write a word?

Its terms have neither capitals nor accents, and readers are shown words as they are written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from whoosh import query as nodes

from index import french
from index.answering import matching
from index.answering.looking import Known
from index.record import Record

_SAMPLE = 5


def as_written(words: Known, word: str) -> str:
    """A folded word with its accents, as the index's texts most often write it."""
    return _written(words, word) or word


def _written(words: Known, word: str) -> str | None:
    """The same; None when no text is at hand that has it."""
    spellings: Counter[str] = Counter()
    for field in ("text", "title"):
        asked = nodes.Term(field, word)
        for stored in words.sample(asked, _SAMPLE):
            record = Record.load(stored)
            text = record.text if field == "text" else record.about.title
            for start, end in matching.marks(text, asked, field):
                spelling = text[start:end]
                if french.fold(spelling) == word:  # and not modérateur·rice·s
                    # at the head of a sentence a capital says nothing
                    spellings[spelling if spelling.isupper() else spelling.lower()] += 1
        if spellings:
            return spellings.most_common(1)[0][0]
    return None


def name_as_written(words: Known, column: str, name: str) -> str:
    """A folded name of a column as it is written: its capitals, its accents."""
    for stored in words.sample(nodes.Term(column, name), 1):
        record = Record.load(stored)
        names = {
            "commenter": (record.author or "",),
            "author": record.about.authors,
            "category": record.about.categories,
        }
        for written in names.get(column, ()):
            if french.fold(written) == name:
                return written
    return name


class Spellings:
    """Words, rows of words and names, as the texts of an index write them."""

    def __init__(self, words: Known) -> None:
        self._words = words
        self._written: dict[str, str] = {}

    def __call__(self, words: str) -> str:
        return " ".join(map(self._word, words.split()))

    def _word(self, word: str) -> str:
        return self._kept(word, word, lambda: _written(self._words, word))

    def name(self, column: str, name: str) -> str:
        """A folded name of a column as it is shown."""

        def written() -> str | None:
            shown = name_as_written(self._words, column, name)
            return None if shown == name else shown

        return self._kept(f"{column}:{name}", name, written)

    def _kept(self, key: str, folded: str, written: Callable[[], str | None]) -> str:
        if key not in self._written:
            spelling = written()
            if spelling is None:
                # of an index that is far, what is not known yet is asked for again
                return folded
            self._written[key] = spelling
        return self._written[key]

"""How do the texts of an index write a word?

Its terms have neither capitals nor accents, and readers are shown words as they are written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from whoosh import query as nodes

from index import french
from index.answering import matching
from index.answering.looking import KnownWords
from index.record import Record

_SAMPLE = 5


def as_written(words: KnownWords, word: str) -> str:
    """A folded word with its accents, as the index's texts most often write it."""
    return _spelling_in_texts(words, word) or word


def _spelling_in_texts(words: KnownWords, word: str) -> str | None:
    """The same; None when no text is at hand that has it."""
    spellings: Counter[str] = Counter()
    for field in ("text", "title"):
        term = nodes.Term(field, word)
        for stored in words.sample(term, _SAMPLE):
            record = Record.load(stored)
            text = record.text if field == "text" else record.about.title
            for start, end in matching.marks(text, term, field):
                spelling = text[start:end]
                # aujourd’hui, and not modérateur·rice·s
                if french.fold(spelling).replace("'", "") == word:
                    # at the head of a sentence a capital says nothing, but in XIXe it does
                    has_capitals = spelling.isupper() or spelling[1:] != spelling[1:].lower()
                    spellings[spelling if has_capitals else spelling.lower()] += 1
        if spellings:
            return spellings.most_common(1)[0][0]
    return None


def name_as_written(words: KnownWords, column: str, name: str) -> str:
    """A folded name of a column as it is written: its capitals, its accents."""
    for stored in words.sample(nodes.Term(column, name), 1):
        record = Record.load(stored)
        names = {
            "commenter": (record.author or "",),
            "author": record.about.authors,
            "category": record.about.categories,
        }
        for name_shown in names.get(column, ()):
            if french.fold(name_shown) == name:
                return name_shown
    return name


class Spellings:
    """Words, rows of words and names, as the texts of an index write them."""

    def __init__(self, words: KnownWords) -> None:
        self._words = words
        self._spelling_in_texts: dict[str, str] = {}

    def __call__(self, words: str) -> str:
        return " ".join(map(self._word, words.split()))

    def _word(self, word: str) -> str:
        return self._cached(word, word, lambda: _spelling_in_texts(self._words, word))

    def name(self, column: str, name: str) -> str:
        """A folded name of a column as it is shown."""

        def find() -> str | None:
            name_shown = name_as_written(self._words, column, name)
            return None if name_shown == name else name_shown

        return self._cached(f"{column}:{name}", name, find)

    def _cached(self, key: str, folded: str, find: Callable[[], str | None]) -> str:
        if key not in self._spelling_in_texts:
            spelling = find()
            if spelling is None:
                # of an index that is far, what is not known yet is asked for again
                return folded
            self._spelling_in_texts[key] = spelling
        return self._spelling_in_texts[key]

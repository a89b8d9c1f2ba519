"""Which questions begin as what is typed does: expressions of the texts, words of the index?

The last word is completed; what comes before it stays. What is looked at is bounded, however much
the index holds: each key that is pressed pays for it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from itertools import islice

from whoosh import query as nodes

from index import french
from index.answering import KnownWords, as_written, known_words, marks
from index.engines import Reader
from index.question import query
from index.question.clauses import all_of
from index.record import Record

MOST = 8
LETTERS = 2
"""From so many on, words of the index are looked at."""
# Passages read to see how an expression goes on, and words of it at most.
_PASSAGES_READ = 20
_EXPRESSION = 4
# What stands after a word of an expression: no more than that of the text is read.
_FOLLOWING = 40
# In a question of plain words each narrows the others, whatever they are.
_PLAIN = re.compile(r"[\w\s'’-]*")
_PRONOUN = re.compile(r"(?:^|[\s(\"«])[jmnst]['’]$", re.IGNORECASE)
"""What a verb alone stands after: n’image is no French, and n’importe is."""
_QUOTES = (("«", "»"), ("“", "”"))
_OPERATOR = re.compile(r"(?:^|\s)-|\b(?:[A-ZÈ]{2,5})\s*$")


def complete_words(reader: Reader, typed: str, most: int = MOST) -> list[str]:
    """Up to `most` questions that begin as `typed` does: expressions, then the commonest words.

    Words are whole, never stems, with the accents that the texts most often give them; of a
    singular and its plural, which find the same, the commoner.
    """
    words, now = known_words(reader), datetime.now(UTC)
    return words.settled(lambda: word_completions(words, typed, now, most))


def word_completions(words: KnownWords, typed: str, now: datetime, most: int) -> list[str]:
    """The same, over the words of an index as far as they are known."""
    match = re.search(r"[^\W_]+$", typed)
    if match is None:
        return []
    prefix = french.fold(match[0])
    before = typed[: match.start()]
    candidates = _expressions(words, before, prefix)
    if len(prefix) >= LETTERS:
        # the commonest words of the language are no questions
        counted_words = words.words("text", prefix, 6 * most)
        candidates += [
            word for word, _ in counted_words if word != prefix and word not in french.COMMON
        ]
    if _PRONOUN.search(before):
        candidates = [word for word in candidates if french.is_verb(word)]
    end = _end_of_quote(before)
    finding = _finding(words, before, end, _apart(candidates)[: 2 * most], now)
    return [before + as_written(words, word) + end for word in islice(finding, most)]


def _end_of_quote(before: str) -> str:
    """What closes the quote that is being typed: it is asked as a row of words.

    >>> _end_of_quote('"base '), _end_of_quote("« base "), _end_of_quote("«base» ")
    ('"', ' »', '')
    """
    for mark, end in _QUOTES:
        place = before.rfind(mark)
        if place > before.rfind(end):
            blank = before[place + 1 : place + 2]
            return blank + end if blank.isspace() else end
    return '"' * (before.count('"') % 2)


def _apart(candidates: list[str]) -> list[str]:
    """Words of which none finds the same as another: the first of each stem.

    >>> _apart(["artistes", "artiste", "artisan"])
    ['artistes', 'artisan']
    """
    first: dict[str, str] = {}
    for word in candidates:
        first.setdefault(" ".join(token.stem for token in french.tokens(word)), word)
    return list(first.values())


def _finding(
    words: KnownWords, before: str, end: str, candidates: list[str], now: datetime
) -> Iterator[str]:
    """Yield the candidates with which the question, and the `end` of its quote, finds something."""
    if not before.strip():
        # a word by itself finds the texts that it was taken from
        yield from candidates
        return
    plain = before[-1].isspace() and _PLAIN.fullmatch(before) and not _OPERATOR.search(before)
    # looked at beside the first candidates of an index that is far
    beginning = query.parse(before, words, now=now).tree if plain else nodes.NullQuery

    def question(word: str) -> nodes.Query:
        if plain:
            return all_of([beginning, nodes.Term("text", word)])
        return query.parse(before + word + end, words, now=now).tree

    some = candidates if plain else candidates[: MOST // 2]
    yield from (word for word in some if words.exactly(partial(question, word)))


def _expressions(words: KnownWords, before: str, prefix: str) -> list[str]:
    """The words that follow those just typed and begin so, in texts, the most frequent first."""
    row = [token.exact for token in french.tokens(before)[-_EXPRESSION:]]
    if (
        not row
        or not (before[-1:].isspace() or before[-1:] == "-")
        or all(word in french.COMMON for word in row)
    ):
        return []
    expression = nodes.Term("text", row[0]) if len(row) == 1 else nodes.Phrase("text", row)
    following: Counter[str] = Counter()
    for stored in words.sample(expression, _PASSAGES_READ):
        text = Record.load(stored).text
        for _, end in marks(text, expression, "text"):
            after = french.tokens(text[end : end + _FOLLOWING])
            # the last may be cut
            if len(after) > 1 or end + _FOLLOWING >= len(text):
                following.update(
                    token.exact for token in after[:1] if token.exact.startswith(prefix)
                )
    return [word for word, _ in following.most_common(MOST) if word != prefix]

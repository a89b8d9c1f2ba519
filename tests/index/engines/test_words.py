"""Are words in the same order, however few of them are wanted?"""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from index.engines.words import ranked

WORDS = st.dictionaries(st.text("abé", max_size=3), st.integers(1, 4))


@given(WORDS, st.integers(0, 12))
def test_the_first_of_some_words_are_the_first_of_them_all(
    words: dict[str, int], limit: int
) -> None:
    assert ranked(words.items(), limit) == ranked(words.items())[:limit]

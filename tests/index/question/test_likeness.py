"""Which words look like one, when they are worked out rather than looked for?"""

from itertools import product

import pytest

from index.question.vocabulary.likeness import alike, completions

WORDS = ["".join(letters) for length in range(1, 7) for letters in product("ab", repeat=length)]


@pytest.mark.parametrize("word", ["ab", "aab", "abab", "aaaba", "baaab"])
def test_a_head_is_completed_as_by_looking_through_all_words(word: str) -> None:
    for head in WORDS[:30]:
        if not word.startswith(head):
            alike_words = [
                candidate
                for candidate in WORDS
                if candidate.startswith(head) and alike(candidate, word, 1)
            ]
            assert sorted(completions(word, (head,))) == sorted(alike_words)

"""Which words of a text are somebody's, by their digests alone?"""

from __future__ import annotations

import pytest

from index.writing import phrases


@pytest.mark.parametrize(
    "text",
    [
        "Il dit « Scarabée, va ! » et rit.",
        "Il dit ‹ Scarabée, va ! › et rit.",
        "Il dit “Scarabée, va !” et rit.",
        "Il dit „Scarabée, va !“ et rit.",
        'Il dit "Scarabée, va !" et rit.',
        "Il dit ''Scarabée, va !'' et rit de l'autre.",
        "Il dit ‘Scarabée, va !’ et rit.",
        "* Il dit *Scarabée, va !* et rit.",
        "Il dit **Scarabée, va !** et rit.",
        "Il dit _Scarabée, va !_ et rit.",
        "> Scarabée, va !\nIl rit.",
        'Un « autre, et "Scarabée, va !" ensuite » du même.',
    ],
)
def test_a_short_quote_is_theirs_between_whatever_marks(text: str) -> None:
    key = b"k" * 32
    short_comment = "Scarabée, va !"
    finder = phrases.Finder(key, phrases.Phrases.of(key, (), phrases.whole_runs(short_comment)))
    assert [text[start:end] for start, end in finder.spans(text)] == ["Scarabée, va"]

"""Is a word looked at once, to tell whether it is a number in words?"""

from __future__ import annotations

import re

import pytest

from index.french import worded

_SPELT = worded._SPELT


@pytest.mark.parametrize(
    ("chunk", "words"),
    [
        ("maison,", None),
        ("trente-et-un,", ("trente", "et", "un")),
        ("deux-roues", None),
        ("midi", ("midi",)),
        ("(…)", None),
        ("un", None),
    ],
)
def test_one_look_tells(
    chunk: str, words: tuple[str, ...] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[str] = []

    class Counted:
        def fullmatch(self, text: str) -> re.Match[str] | None:
            looks.append(text)
            return _SPELT.fullmatch(text)

    monkeypatch.setattr(worded, "_SPELT", Counted())
    monkeypatch.setattr(worded, "_spelt", worded._Spelt())
    begun = worded.begun(chunk)
    assert (begun and begun.words, looks) == (words, [chunk])

"""Does what stands beside the letters of a word, an emoji or an accent, count where it is typed?"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from index import engines
from index.answering import search
from index.engines import Reader
from index.record import About, Record
from index.writing.writing import write

NOW = datetime(2025, 6, 1, tzinfo=UTC)
TEXTS = {
    "up": "Bravo 👍🏽 à tous",
    "down": "Bravo 👎 à tous",
    "none": "Bravo à tous",
    "family": "Une famille 👨‍👩‍👧 entière",
    "flag": "Allez 🇫🇷 !",
}


@pytest.fixture(scope="module", params=[":memory:", "whoosh:{}"])
def reader(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Reader:
    folder = tmp_path_factory.mktemp("index")
    engine = engines.open(str(request.param).format(folder), create=True)
    abouts = {name: About(name, f"Titre {name}") for name in TEXTS}
    write(
        engine,
        [[Record(f"{name}#lead", "lead", abouts[name], 0, text=TEXTS[name])] for name in TEXTS],
        seen=1,
    )
    return engine.reader()


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("bravo 👍", "up"),
        ("bravo👍", "up"),
        ('"bravo 👍 à tous"', "up"),
        ('"bravo 👎"', "down"),
        ('"bravo 🙏"', ""),
        ("=bravo👎", "down"),
        ('"bravo tous 👎"~3', "down"),
        ('"brav* 👎"', "down"),
        ("bravo SAUF 👍", "down none"),
        ("👨‍👩‍👧", "family"),
        ("famille👨‍👩‍👧", "family"),
        ('"👨‍👩‍👧"', "family"),
        ("👨‍👩‍👦", ""),
        ("🇫🇷", "flag"),
        ("🇫🇷🇧🇪", ""),
    ],
)
def test_an_emoji_is_required_wherever_it_is_typed(
    reader: Reader, question: str, found: str
) -> None:
    groups = search(reader, question, now=NOW).groups
    assert {group.about.id for group in groups if not group.partial} == set(found.split())


@pytest.mark.parametrize(
    ("question", "codes"),
    [
        ('"bravo 👍"', ["emoji_anywhere"]),
        ("=bravo👍", ["emoji_anywhere"]),
        ("bravo 👍", []),
        ('"👍"', []),
        ("=à", ["accent_not_kept"]),
        ("=a", []),
        ("=mûr", []),
    ],
)
def test_what_has_no_place_or_no_accent_in_the_index_is_told(
    reader: Reader, question: str, codes: list[str]
) -> None:
    notices = search(reader, question, now=NOW).notices
    assert [notice.code for notice in notices] == codes

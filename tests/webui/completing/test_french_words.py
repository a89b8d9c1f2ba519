"""Are the words that are offered French as it is written?"""

from __future__ import annotations

import pytest

from index import engines
from index.engines import Reader
from index.record import About, Record
from index.writing.writing import write
from webui.completing import complete_words

TEXTS = (
    "Il n’importe : aujourd’hui, quelqu’un arrive. C’est une impression.",
    "Au XIXe siècle, le XIXe, au XIXe siècle. La base de données, et deux mots sur la base.",
    "Il faut une impression, et des impressions : cela importe.",
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    engine = engines.open(":memory:", create=True)
    articles = [
        [Record(f"{n}#section-0", "section", About(str(n), "Un titre"), 0, "", text)]
        for n, text in enumerate(TEXTS)
    ]
    write(engine, articles, seen=1)
    return engine.reader()


@pytest.mark.parametrize(
    ("typed", "offers"),
    [
        # an apostrophe within a word, and a capital that is no sentence's
        ("aujour", ["aujourd’hui"]),
        ("quelqu", ["quelqu’un"]),
        ("xix", ["XIXe"]),
        # after a pronoun comes a verb
        ("n’imp", ["n’importe"]),
        ("l’imp", ["l’importe", "l’impression"]),
        # what is quoted is a row of words: « base deux » is nowhere
        ('"base de', []),
        ('"base de d', ['"base de données"']),
        ("« base de d", ["« base de données »"]),
    ],
)
def test_words_are_offered_as_they_are_written(
    reader: Reader, typed: str, offers: list[str]
) -> None:
    assert complete_words(reader, typed) == offers

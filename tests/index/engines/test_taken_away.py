"""A word that only deleted records held is in no list and counts for nothing, on every engine."""

from __future__ import annotations

from collections.abc import Callable

from index import engines
from index.engines import Engine, Entry

Make = Callable[..., Entry]


def write(engine: Engine, entry: Make, texts: dict[str, str]) -> None:
    with engine.writer() as writer:
        writer.add(entry(id, text) for id, text in texts.items())


def remove(engine: Engine, *ids: str) -> None:
    with engine.writer() as writer:
        writer.remove(ids)


TEXTS = {"1": "requin cetoine", "2": "requin reseau", "3": "requin", "4": "reseau rebut"}


def test_words_of_deleted_records_alone_are_not_listed(engine: Engine, entry: Make) -> None:
    write(engine, entry, TEXTS)
    remove(engine, "1", "4")
    reader = engine.reader()
    assert [word for word, _ in reader.words("text", "")] == ["requin", "reseau"]
    assert [word for word, _ in reader.words("text", "re", 2)] == ["requin", "reseau"]
    # the cut falls after those that are left out
    assert [word for word, _ in reader.words("text", "re", 9)] == ["requin", "reseau"]
    assert reader.slips("text", "rquin") == [("requin", reader.freq("text", "requin"))]
    assert reader.slips("text", "ctoine") == []
    assert reader.freq("text", "cetoine") == reader.freq("text", "nowhere") == 0
    assert reader.freq("text", "reseau") >= 1


def test_a_word_comes_back_with_a_record_that_holds_it(engine: Engine, entry: Make) -> None:
    write(engine, entry, TEXTS)
    remove(engine, "1", "2", "3", "4")
    assert engine.reader().words("text", "") == []
    write(engine, entry, {"5": "cetoine"})
    reader = engine.reader()
    assert [word for word, _ in reader.words("text", "")] == ["cetoine"]
    assert reader.freq("text", "cetoine") >= 1


def test_it_is_so_for_whoever_opens_the_index_later(directory: str, entry: Make) -> None:
    engine = engines.open(directory, create=True)
    write(engine, entry, TEXTS)
    remove(engine, "1")
    reader = engines.open(directory).reader()
    assert "cetoine" not in dict(reader.words("text", "c"))
    assert reader.freq("text", "cetoine") == 0

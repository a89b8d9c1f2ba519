"""What is taken as it is when an index is made compact, and what is read again."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import orjson
import pytest
from whoosh.query import Every, Term

from index import engines, french
from index.engines import Engine, Entry, Reader, disk
from index.engines.directory import sums
from index.keeping import rewriting
from index.keeping.forgetting import forget
from index.keeping.rewriting import delete, everything, rewrite
from index.keeping.verifying import verify
from index.record import Record
from index.writing import entries as real_entries
from index.writing import forgotten
from index.writing.writing import write
from tests.index.small_articles import article


@pytest.fixture
def location(tmp_path: Path) -> str:
    return str(tmp_path / "x.index")


@pytest.fixture
def engine(location: str) -> Engine:
    """An index of three parts: a and b, c, d and e."""
    opened_engine = engines.open(location, create=True)
    for seen, part in enumerate(([("a", 2), ("b", 1)], [("c", 3)], [("d", 1), ("e", 2)])):
        write(
            opened_engine, [article(name, *_texts(name, count)) for name, count in part], seen=seen
        )
    return opened_engine


def _texts(name: str, count: int) -> list[str]:
    return [f"requin {name}{number}" for number in range(count)]


@pytest.fixture
def read_again(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Ids of the records that were read again."""
    ids: list[str] = []

    def entries(records: Iterable[Record]) -> Iterator[Entry]:
        for entry in real_entries(records):
            ids.append(entry.id)
            yield entry

    monkeypatch.setattr(rewriting, "entries", entries)
    return ids


def _data(location: str) -> Path:
    [data] = Path(location).glob("data-*")
    return data


def _answers(reader: Reader) -> object:
    """What a reader holds and finds, whatever the order of its parts."""
    hits = reader.search(Term("stem", french.stem("requin")), 99).hits
    words = {name: sorted(reader.words(name, "")) for name in ("text", "stem", "author", "id")}
    return (
        sorted(reader.everything()),
        sorted(reader.load([hit.ref for hit in hits])),
        words,
        reader.total(Every()),
    )


def _made_anew(engine: Engine) -> object:
    """What an index that was given the same records at once would answer."""
    fresh = engines.open(":memory:")
    with fresh.writer() as writer:
        writer.add(real_entries(list(everything(engine.reader()))))
    return _answers(fresh.reader())


def _compact(location: str) -> rewriting.RewriteReport:
    return rewrite(engines.open(location), sharing=True)


DELETIONS = {
    "nothing": ([], set()),
    "an article of a part": (["a"], {"b"}),
    "a whole part": (["c"], set()),
    "a comment": (["c#comment-1"], set()),
    "of every part": (["a", "c#comment-2", "e"], {"b", "d"}),
    "all": (["a", "b", "c", "d", "e"], set()),
}


@pytest.mark.parametrize("name", DELETIONS)
def test_only_parts_that_lost_records_are_read_again(
    engine: Engine, location: str, read_again: list[str], name: str
) -> None:
    ids, articles = DELETIONS[name]
    delete(engine, ids)
    read_again.clear()
    expected = _made_anew(engine)
    meta = orjson.loads((_data(location) / "meta.json").read_bytes())
    lost = sum(part["deletes"] is not None for part in meta["segments"])
    # an article that lost a comment was written again, in a part of its own
    assert lost == (name != "nothing" and len(articles))
    report = _compact(location)
    assert {record_id.partition("#")[0] for record_id in read_again} == articles
    assert (report.records_before, report.records) == (len(expected[0]),) * 2  # type: ignore[index]
    meta = orjson.loads((_data(location) / "meta.json").read_bytes())
    assert not any(part["deletes"] for part in meta["segments"])
    assert _answers(engines.open(location).reader()) == expected
    assert verify(location).problems == []


def test_what_was_removed_is_in_no_file(engine: Engine, location: str) -> None:
    write(engine, [article("f", "xylophone"), article("g", "requin")], seen=9)
    delete(engine, ["f"])
    assert any(b"xylophone" in file.read_bytes() for file in _data(location).iterdir())
    _compact(location)
    assert not any(b"xylophone" in file.read_bytes() for file in _data(location).iterdir())
    assert [path.name for path in Path(location).iterdir() if path.is_dir()] == ["data-2"]


def test_a_compact_index_is_written_and_made_compact_again(engine: Engine, location: str) -> None:
    for turn in range(3):
        delete(engine, ["a"])
        before = engine.reader().generation
        _compact(location)
        reader = engine.reader()
        assert reader.generation > before
        assert write(engine, [article("a", f"turbot {turn}")], seen=20 + turn).added == 2
        assert engine.reader().search(Term("text", "turbot"), 9).total == 1
        assert verify(location).problems == []
    # ten parts and more are merged
    for turn in range(12):
        write(engine, [article(f"m{turn}", "turbot")], seen=40)
    assert verify(location).problems == []
    assert engine.reader().size() == 11 + 2 + 24


def test_files_that_stay_are_not_listed_anew(engine: Engine, location: str) -> None:
    delete(engine, ["a"])
    before = disk.read_json(_data(location) / sums.NAME)["files"]
    _compact(location)
    after = disk.read_json(_data(location) / sums.NAME)["files"]
    same = {name for name in before.keys() & after.keys() if name != "meta.json"}
    assert len(same) == 12
    assert all(before[name] == after[name] for name in same)


def test_a_damaged_part_is_not_taken(engine: Engine, location: str, read_again: list[str]) -> None:
    expected = _made_anew(engine)
    path = max(_data(location).glob("*.pos"), key=lambda path: path.stat().st_size)
    content = bytearray(path.read_bytes())
    content[3] ^= 1
    path.write_bytes(content)
    assert verify(location).problems
    # all records are whole: they are read again, as they always were
    _compact(location)
    assert len(read_again) == engine.reader().size()
    assert _answers(engines.open(location).reader()) == expected
    assert verify(location).problems == []


def test_without_links_all_is_read_again(
    engine: Engine, location: str, read_again: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def link(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    expected = _made_anew(engine)
    monkeypatch.setattr(os, "link", link)
    _compact(location)
    assert len(read_again) == engine.reader().size()
    assert _answers(engines.open(location).reader()) == expected
    assert verify(location).problems == []


def test_other_columns_are_made_anew(
    engine: Engine, location: str, read_again: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    meta = _data(location) / "meta.json"
    content = orjson.loads(meta.read_bytes())
    content["index_settings"]["docstore_blocksize"] = 1 << 15
    meta.write_bytes(orjson.dumps(content))
    disk.write_json(_data(location) / sums.NAME, {"files": {}})
    sums.update(_data(location))
    _compact(location)
    assert len(read_again) == engines.open(location).reader().size()


def test_nobody_who_was_forgotten_comes_along(engine: Engine, location: str) -> None:
    quiet = [record for record in article("q", "ligne") if record.kind == "lead"]
    write(engine, [quiet], seen=30)
    forget(engine, "Zoé", at="2026-11-30T00:00:00+00:00")
    place = engines.open(location)
    assert forgotten.load(Path(location))
    leads = {record.id for record in everything(place.reader())}
    assert leads == {f"{name}#lead" for name in "abcdeq"}
    with place.writer() as writer:
        # as a copy of before that was put back would bring them
        writer.add(rewriting.entries(article("z", "encore Zoé")))
    _compact(location)
    ids = {record.id for record in everything(engines.open(location).reader())}
    assert ids == leads | {"z#lead"}


def test_what_is_forgotten_is_read_again_where_somebody_is_concerned_only(
    engine: Engine, location: str, read_again: list[str]
) -> None:
    forget(engine, "Zoé", at="2026-11-30T00:00:00+00:00")
    read_again.clear()
    _compact(location)
    assert read_again == []


def test_rebuilding_reads_all(engine: Engine, location: str, read_again: list[str]) -> None:
    rewrite(engine)
    assert len(read_again) == engine.reader().size()

"""What every engine does alike when it is written, shared and opened again."""

from __future__ import annotations

import threading

import pytest
from whoosh.query import Every, Not, Phrase, Term

from index import engines
from index.engines import Engine, IndexUnavailable, PageRequest
from tests.index.engines.filling import Find, Make, fill

SORA = Term("text", "sora")


def test_leaving_by_an_exception_gives_everything_up(
    engine: Engine, entry: Make, find_ids: Find
) -> None:
    fill(engine, [entry("kept", "sora")])
    before = engine.reader().generation

    def fail() -> None:
        with engine.writer() as writer:
            writer.add([entry("committed", "sora")])
            writer.commit()
            writer.add([entry("lost", "sora")])
            writer.remove(["kept"])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert sorted(find_ids(engine.reader(), SORA)) == ["committed", "kept"]
    assert engine.reader().generation > before
    # and the index can be written again
    fill(engine, [entry("more", "sora")])
    assert engine.reader().size() == 3


def test_remove(engine: Engine, entry: Make, find_ids: Find) -> None:
    fill(engine, [entry("1", "sora"), entry("2", "sora")], [entry("3", "sora")])
    with engine.writer() as writer:
        writer.remove(["1", "3", "unknown"])
    reader = engine.reader()
    assert (find_ids(reader, SORA), reader.size()) == (["2"], 1)
    assert find_ids(reader, Not(Term("text", "veo"))) == ["2"]
    assert find_ids(reader, Every(), order="newest") == ["2"]
    assert reader.kinds() == {"comment": 1}
    assert reader.passages("a") == [b"2"]


def test_replacing_the_same_record_again_and_again_leaves_one(engine: Engine, entry: Make) -> None:
    fill(engine, [entry("1", "sora", stored=b"0")])
    with engine.writer() as writer:
        for turn in b"123":
            writer.remove(["1"])
            writer.add([entry("1", "sora", stored=bytes([turn])), entry(f"x{turn}", "veo")])
    reader = engine.reader()
    assert reader.load([hit.ref for hit in reader.search(SORA, 10).hits]) == [b"3"]
    assert reader.search(Term("id", "1"), 10).total == 1
    assert reader.size() == 4
    with engine.writer() as writer:
        writer.add([entry("new", "sora")])
        writer.remove(["new", "1"])
    assert engine.reader().search(SORA, 10).total == 0


def test_what_is_added_is_seen_after_the_commit_by_new_readers_only(
    engine: Engine, entry: Make, find_ids: Find
) -> None:
    old = fill(engine, [entry("1", "sora", comments=1)])
    hits = old.search(SORA, 10).hits
    with engine.writer() as writer:
        writer.remove(["1"])
        writer.add([entry(str(number), "sora") for number in range(2, 40)])
        assert find_ids(engine.reader(), SORA) == ["1"]
        writer.commit()
        assert engine.reader().size() == 38
        for number in range(40, 60):
            writer.add([entry(str(number), "sora")])
            writer.commit()
    assert find_ids(old, SORA) == ["1"]
    assert (old.size(), old.freq("text", "sora"), old.passages("a")) == (1, 1, [b"1"])
    assert old.load([hit.ref for hit in hits]) == [b"1"]
    assert old.page(PageRequest(Every())).kinds == {"comment": 1}
    assert engine.reader().size() == 58
    assert engine.reader().generation > old.generation


def test_generations(engine: Engine, entry: Make) -> None:
    generations = [engine.reader().generation]
    for number in range(3):
        fill(engine, [entry(str(number), "sora")])
        generations.append(engine.reader().generation)
    assert generations == sorted(set(generations))
    with engine.writer():
        pass
    assert engine.reader().generation == generations[-1]


def test_many_small_commits_and_merges(engine: Engine, entry: Make, find_ids: Find) -> None:
    with engine.writer() as writer:
        for number in range(40):
            writer.add([entry(f"r{number}", f"sora mot{number % 7} chat", comments=number)])
            if number % 5 == 4:
                writer.remove([f"r{number - 2}"])
            writer.commit()
    reader = engine.reader()
    expected = [f"r{number}" for number in range(40) if number % 5 != 2]
    assert reader.size() == len(expected)
    assert sorted(find_ids(reader, Phrase("text", ["sora", "mot3", "chat"]))) == sorted(
        id for id in expected if int(id[1:]) % 7 == 3
    )
    assert find_ids(reader, SORA, order="most_commented") == expected[::-1]
    assert sorted(reader.passages("a")) == sorted(id.encode() for id in expected)


def test_a_second_writer_is_refused_with_what_to_do(engine: Engine, entry: Make) -> None:
    with engine.writer() as writer:
        writer.add([entry("1", "sora")])
        with pytest.raises(IndexUnavailable, match="déjà en cours d’écriture"):
            engine.writer()
    assert engine.reader().size() == 1
    fill(engine, [entry("2", "sora")])
    assert engine.reader().size() == 2


def test_threads_share_a_reader(engine: Engine, entry: Make, find_ids: Find) -> None:
    batches = [
        [entry(f"{batch}-{number}", f"sora mot{number} chat") for number in range(40)]
        for batch in range(3)
    ]
    reader = fill(engine, *batches)
    faults: list[object] = []

    def ask_reader(number: int) -> None:
        for _ in range(10):
            ids = sorted(find_ids(reader, Phrase("text", ["sora", f"mot{number}"])))
            if ids != [f"{batch}-{number}" for batch in range(3)]:
                faults.append(ids)

    threads = [threading.Thread(target=ask_reader, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


def test_an_index_is_found_again(directory: str, entry: Make, find_ids: Find) -> None:
    first = engines.open(directory, create=True)
    fill(first, [entry("1", "sora"), entry("2", "veo")])
    first.close()
    reopened = engines.open(directory)
    assert find_ids(reopened.reader(), SORA) == ["1"]
    assert reopened.reader().generation > 0
    assert reopened.reader().updated is not None
    fill(engines.open(directory, create=True), [entry("3", "sora")])
    assert find_ids(reopened.reader(), SORA) == ["1", "3"]


def test_another_engine_of_the_same_directory_is_locked_out(directory: str, entry: Make) -> None:
    first, second = engines.open(directory, create=True), engines.open(directory)
    with first.writer() as writer:
        writer.add([entry("1", "sora")])
        with pytest.raises(IndexUnavailable, match="déjà en cours d’écriture"):
            second.writer()
    assert second.reader().size() == 1


def test_nothing_there(directory: str) -> None:
    with pytest.raises(IndexUnavailable, match="glose index"):
        engines.open(directory)

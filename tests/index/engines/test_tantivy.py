"""What is tantivy's alone: its panics, its threads, what a dead writer of it leaves."""

from __future__ import annotations

import errno
import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import tantivy
from whoosh.query import And, Every, Or, Term

from index.engines import Entry, IndexUnavailable
from index.engines import tantivy as engine_file
from index.engines.in_process.facet_counts import Counts
from index.engines.tantivy import Tantivy, counts, reading
from index.writing.engine_entries import group

Make = Callable[..., Entry]


@pytest.fixture
def engine(tmp_path: Path, entry: Make) -> Tantivy:
    opened_engine = engine_file.open(tmp_path / "data", create=True)
    assert isinstance(opened_engine, Tantivy)
    with opened_engine.writer() as writer:
        writer.add([entry("1", "sora")])
    return opened_engine


def test_a_panic_is_a_sentence_and_the_next_reader_is_sound(
    engine: Tantivy, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("RUST_BACKTRACE", "0")
    reader = engine.reader()
    searcher = reader._searcher  # type: ignore[attr-defined]
    with pytest.raises(BaseException, match="Limit must") as panicked:
        searcher.search(tantivy.Query.all_query(), 0)
    assert not isinstance(panicked.value, Exception)

    class Panicking:
        def __getattr__(self, name: str) -> object:
            return getattr(searcher, name)

        def search(self, *requests: object, **options: object) -> object:
            return searcher.search(tantivy.Query.all_query(), 0)

    monkeypatch.setattr(reader, "_searcher", Panicking())
    with pytest.raises(IndexUnavailable, match="PanicException"):
        reader.search(Every(), 10)
    assert engine.reader().search(Term("text", "sora"), 10).total == 1
    capfd.readouterr()


def test_a_panic_of_a_writer_is_a_sentence_and_the_next_writer_is_sound(
    engine: Tantivy, entry: Make, monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setenv("RUST_BACKTRACE", "0")
    searcher = engine.reader()._searcher  # type: ignore[attr-defined]
    writer = engine.writer()

    class Panicking:
        def commit(self) -> object:
            return searcher.search(tantivy.Query.all_query(), 0)

    writer.add([entry("2", "sora")])
    monkeypatch.setattr(writer, "_writer", Panicking())
    with pytest.raises(IndexUnavailable, match="PanicException"):
        writer.commit()
    with pytest.raises(IndexUnavailable, match="s’est arrêtée sur une erreur"):
        writer.add([entry("3", "sora")])
    monkeypatch.undo()
    # the writer that panicked held tantivy's own lock
    del writer
    with engine.writer() as second_writer:
        second_writer.add([entry("4", "sora")])
    assert engine.reader().search(Term("text", "sora"), 10).total == 2
    capfd.readouterr()


def test_a_writer_that_failed_is_never_asked_again(
    engine: Tantivy, entry: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(engine, "committed", fail)
    writer = engine.writer()
    writer.add([entry("2", "sora")])
    with pytest.raises(IndexUnavailable, match="entrée-sortie"):
        writer.commit()
    for operation in (writer.commit, lambda: writer.add([entry("3", "sora")])):
        with pytest.raises(IndexUnavailable, match="s’est arrêtée sur une erreur"):
            operation()
    with pytest.raises(IndexUnavailable):
        writer.__exit__(None, None, None)
    monkeypatch.undo()
    with engine.writer() as second_writer:
        second_writer.add([entry("4", "sora")])
    assert engine.reader().search(Term("text", "sora"), 10).total in (2, 3)


def test_what_a_dead_writer_left_does_not_stop_the_next(
    engine: Tantivy, tmp_path: Path, entry: Make
) -> None:
    """A file of deletions under the very number that the next commit wants."""
    data = tmp_path / "data"
    [store] = data.glob("*.store")
    for number in range(60):
        (data / f"{store.stem}.{number}.del").write_bytes(b"half")
    (data / "0123456789abcdef0123456789abcdef.term").write_bytes(b"half")
    (data / ".tmpAbCdEf").write_bytes(b"{")
    with engine.writer() as writer:
        writer.remove(["1"])
        writer.add([entry("2", "sora"), entry("3", "sora")])
    with engine.writer() as writer:
        writer.remove(["2"])
    assert engine.reader().search(Term("text", "sora"), 10).total == 1
    assert not list(data.glob("0123*")) + list(data.glob(".tmp*"))


def test_no_thread_follows_commits(engine: Tantivy, entry: Make) -> None:
    old = engine.reader()
    generation = old.generation
    with engine.writer() as writer:
        writer.add([entry("2", "sora")])
    assert (old.size(), old.generation) == (1, generation)
    assert engine.reader().size() == 2


def test_stored_bytes_that_changed_are_not_given(engine: Tantivy, entry: Make) -> None:
    hits = engine.reader().search(Every(), 1).hits
    assert engine.reader().load([hits[0].ref]) == [b"1"]
    with pytest.raises(ValueError, match="n’est plus"):
        reading._whole(b"\0\0\0\0text")


def test_the_directory_is_synced_after_tantivy_s_own_commit(
    engine: Tantivy, entry: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []
    real_fsync = os.fsync

    def fsync(number: int) -> None:
        synced.append(os.readlink(f"/proc/self/fd/{number}"))
        real_fsync(number)

    monkeypatch.setattr(os, "fsync", fsync)
    with engine.writer() as writer:
        writer.add([entry("2", "sora")])
    assert [Path(path).name for path in synced] == ["data"]


@pytest.mark.parametrize(
    "passages",
    [
        {n: 1 + n % 4 for n in range(60)},
        dict.fromkeys(range(60), 2),
        dict.fromkeys(range(60), 1),
        # a part of the index has more articles than the ten times that tantivy keeps of each
        {n: 1 + (n % 12 == 0) for n in range(240)},
    ],
    ids=["several", "pairs", "single", "mostly_single"],
)
@pytest.mark.parametrize(
    "number", [lambda n: group(f"article {n}"), lambda n: 2**61 + n], ids=["spread", "neighbours"]
)
def test_articles_are_counted_when_they_are_more_than_tantivy_gives(
    engine: Tantivy,
    entry: Make,
    monkeypatch: pytest.MonkeyPatch,
    number: Callable[[int], int],
    passages: dict[int, int],
) -> None:
    """65,000 of them in truth: enough to find in a million comments."""
    monkeypatch.setattr(counts, "_VALUES", 10)
    counts_by_article = {number(n): count for n, count in passages.items()}
    with engine.writer() as writer:
        writer.add(
            entry(f"{name}-{place}", "veo", group=name, month=[f"month {name % 7}"])
            for name, count in counts_by_article.items()
            for place in range(count)
        )
    reader = engine.reader()
    veo = Term("text", "veo")
    assert reader.counts(veo) == Counts(
        len(counts_by_article), {"comment": sum(counts_by_article.values())}
    )
    months = Counter(f"month {name % 7}" for name in counts_by_article)
    tallied = reader.tally(veo, ["month"])["month"]
    assert sum(tallied.values()) == sum(counts_by_article.values())
    requests = {("month", month): count for month, count in tallied.items()}
    assert reader.spread(veo, requests) == {("month", name): months[name] for name in tallied}


def test_articles_are_counted_in_as_few_questions_as_can_be(
    engine: Tantivy, entry: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """45 articles of several passages, twenty at a time, are three."""
    monkeypatch.setattr(counts, "_VALUES", 20)
    with engine.writer() as writer:
        writer.add(
            entry(f"{number}-{place}", "veo", group=group(f"article {number}"))
            for number in range(60)
            for place in range(1 + number % 4)
        )
    reader = engine.reader()
    requests: list[object] = []

    class Searcher:
        def aggregate(self, *arguments: Any) -> Any:
            requests.append(arguments)
            return reader._searcher.aggregate(*arguments)

    veo = reader._compiled(Term("text", "veo"))
    counter = counts.counts(Searcher(), reader._schema, veo)  # type: ignore[arg-type]
    assert (counter.groups, len(requests)) == (60, 3)


def test_many_words_beside_another_condition_are_read_together(engine: Tantivy) -> None:
    """Counting 64 common words of 112,000 records took 6.9 ms, 17.7 beside two words required
    together (tantivy 0.27, processor time): a union of words alone calls each list directly.
    """
    reader = engine.reader()
    assert isinstance(reader, reading.TantivyReader)
    words = [Term("text", f"mot{number}") for number in range(20)]
    both_words = And([Term("text", "sora"), Term("text", "veo")])
    assert str(reader._compiled(Or([both_words, *words]))) == str(
        reader._compiled(Or([Or(words), both_words]))
    )
    scored = reader.engine_query(Or([both_words, *words]))
    assert scored == reader.engine_query(Or([Or(words), both_words]))
    # a few are not worth another level
    few = [*words[:2], both_words]
    assert str(reader._compiled(Or(few))) != str(reader._compiled(Or([Or(words[:2]), both_words])))

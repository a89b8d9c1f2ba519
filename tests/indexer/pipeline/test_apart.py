"""Does a run outlive whatever its files do to their readers?"""

from __future__ import annotations

import multiprocessing
import os
import re
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from indexer.archives import ArchiveFormat, WarcFormat
from indexer.article.model import Article, Comment
from indexer.files import opening
from indexer.files.formats import CapturedFile, Format
from indexer.pages.page import PageFormat
from indexer.pipeline import apart, sources
from indexer.reporting.report import Outcome, Remark
from indexer.tables import ParquetFormat
from indexer.times import Capture

FORM = PageFormat()
FAULT = (
    "la lecture s’est arrêtée d’elle-même (KeyError, test_apart.py, ligne N) ; "
    "la suite n’est pas lue"
)


def obey(file: CapturedFile, form: Format) -> Iterator[Outcome]:
    """A reader that does what its file says."""
    yield Article("a", "Avant")
    order = file.path.read_text().strip()
    if order == "memory":
        memory = bytearray(2 * apart.MOST_MEMORY)
        yield Remark("kept", str(len(memory)))
    elif order == "a long thread":
        comments = [Comment(f"c#comment-{n}", text=f"{n} é" * 60) for n in range(30_000)]
        yield Article("c", "Grand", comments=tuple(comments))
    elif order == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    elif order == "work":
        while True:
            time.process_time()
    elif order == "memory of a library":
        try:
            bytearray(2 * apart.MOST_MEMORY)
        except MemoryError as error:
            raise SystemError("returned a result with an exception set") from error
    elif order == "memory for JSON":
        # sound, and orjson (3.13) says that it is false: « Not enough memory to allocate buffer »
        with suppress(ValueError):
            opening.parsed(b'["%s"]' % (b"a" * (60 << 20)))
    elif order == "fault":
        raise KeyError(order)
    elif order == "fail":
        raise OSError(5, "no such luck")
    yield Article("b", "Après")


def file_asking(path: Path, order: str) -> CapturedFile:
    path.write_text(order)
    return CapturedFile(path, path.name, Capture(date(2024, 12, 4)))


def summary(outcome: Outcome) -> str:
    if isinstance(outcome, Article):
        return outcome.headline
    return re.sub(r"ligne \d+", "ligne N", outcome.sentence())


@pytest.fixture(scope="module")
def reader() -> Iterator[apart.SeparateReader]:
    with apart.SeparateReader(obey) as started:
        yield started


@pytest.mark.parametrize(
    ("order", "texts"),
    [
        ("nothing", ["Avant", "Après"]),
        (
            "memory",
            [
                "Avant",
                "a.txt : ce fichier demande plus de 448 Mio de mémoire ; la suite n’est pas lue",
            ],
        ),
        (
            "memory of a library",
            [
                "Avant",
                "a.txt : ce fichier demande plus de 448 Mio de mémoire ; la suite n’est pas lue",
            ],
        ),
        (
            "memory for JSON",
            [
                "Avant",
                "a.txt : ce fichier demande plus de 448 Mio de mémoire ; la suite n’est pas lue",
            ],
        ),
        (
            "fault",
            [
                "Avant",
                f"a.txt : {FAULT}",
            ],
        ),
        (
            "die",
            [
                "Avant",
                "a.txt : la lecture s’est arrêtée d’elle-même (signal 9) ; la suite n’est pas lue",
            ],
        ),
    ],
)
def test_a_run_goes_on(
    reader: apart.SeparateReader, tmp_path: Path, order: str, texts: list[str]
) -> None:
    assert [*map(summary, reader.outcomes(file_asking(tmp_path / "a.txt", order), FORM))] == texts
    # and the next file is read
    after = reader.outcomes(file_asking(tmp_path / "b.txt", "nothing"), FORM)
    assert [*map(summary, after)] == ["Avant", "Après"]


def test_a_fault_of_a_small_files_reader_costs_that_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever its size: a large one is read in another process, a small one in this one."""
    for name in ("a.txt", "b.txt"):
        file_asking(tmp_path / name, "fault")
    monkeypatch.setattr(sources, "outcomes_of", obey)
    files = [tmp_path / "a.txt", tmp_path / "b.txt"]
    outcomes = sources.read(files, Capture(date(2024, 12, 4)), FORM, apart=True)
    assert [*map(summary, outcomes)] == ["Avant", f"{files[0]} : {FAULT}", "Avant",
                                       f"{files[1]} : {FAULT}"]  # fmt: skip


def test_what_would_never_end_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bound is told to the process that begins: it is not this one's."""
    with apart.SeparateReader(obey, seconds=1) as reader:
        outcomes = [*reader.outcomes(file_asking(tmp_path / "a.txt", "work"), FORM)]
    assert [*map(summary, outcomes)] == [
        "Avant",
        "a.txt : ce fichier demande plus de 1 seconde de calcul sans rien y trouver ; "
        "la suite n’est pas lue",
    ]


def test_an_error_of_the_disk_is_that_of_reading(
    reader: apart.SeparateReader, tmp_path: Path
) -> None:
    with pytest.raises(OSError, match="no such luck"):
        [*reader.outcomes(file_asking(tmp_path / "a.txt", "fail"), FORM)]
    after = reader.outcomes(file_asking(tmp_path / "b.txt", "nothing"), FORM)
    assert [*map(summary, after)] == ["Avant", "Après"]


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="Linux alone tells it")
def test_memory_is_given_back_while_a_long_thread_is_written(tmp_path: Path) -> None:
    with apart.SeparateReader(obey) as reader:
        [*reader.outcomes(file_asking(tmp_path / "a.txt", "nothing"), FORM)]
        before = _anonymous(reader)
        [*reader.outcomes(file_asking(tmp_path / "b.txt", "a long thread"), FORM)]
        # it is given back after the last outcome was sent
        for _ in range(600):
            if (more := _anonymous(reader) - before) < 6 << 20:
                break
            time.sleep(0.1)
        assert more < 6 << 20


def _anonymous(reader: apart.SeparateReader) -> int:
    """Bytes of memory that the process of a reader has for itself."""
    assert reader._process is not None
    rollup = Path(f"/proc/{reader._process.pid}/smaps_rollup").read_text()
    match = re.search(r"^Anonymous: +(\d+) kB", rollup, re.MULTILINE)
    assert match is not None
    return int(match[1]) << 10


@pytest.mark.parametrize("order", ["work", "nothing"])
def test_a_file_that_is_left_in_the_middle_leaves_nothing(tmp_path: Path, order: str) -> None:
    with apart.SeparateReader(obey) as reader:
        outcomes = reader.outcomes(file_asking(tmp_path / "a.txt", order), FORM)
        assert summary(next(outcomes)) == "Avant"
        outcomes.close()  # type: ignore[attr-defined]
        after = reader.outcomes(file_asking(tmp_path / "b.txt", "nothing"), FORM)
        assert [*map(summary, after)] == ["Avant", "Après"]
    names = [process.name for process in multiprocessing.active_children()]
    assert names.count("glose-reader") <= 1, "beside the one of this module"


def test_whoever_stops_reading_hears_nothing(tmp_path: Path) -> None:
    """The disk of the index is full: the run ends, and its mail holds no traceback of the other."""
    context = multiprocessing.get_context("spawn")
    connection, other_connection = context.Pipe()
    process = context.Process(target=apart._serve, args=(other_connection, obey))
    process.start()
    other_connection.close()
    connection.send((file_asking(tmp_path / "a.txt", "nothing"), FORM, 20))
    assert connection.poll(60), "its answers wait to be read"
    connection.close()
    process.join()
    assert process.exitcode == 0


@pytest.mark.parametrize(
    ("content", "form", "large"),
    [
        (b"Sora", FORM, False),
        (b"a" * apart.LARGE, FORM, True),
        (b"\x1f\x8b few bytes may be many", FORM, True),
        (b"<!DOCTYPE html> <html lang=fr data-sfz>", FORM, True),
        (b"PK\x03\x04", ArchiveFormat(()), True),
        (b"WARC/1.0", WarcFormat(), True),
        (b"PAR1", ParquetFormat(), True),
    ],
)
def test_which_files_are_read_apart(
    content: bytes, form: Format, large: bool, tmp_path: Path
) -> None:
    path = tmp_path / "a"
    path.write_bytes(content)
    captured = Capture(date(2024, 12, 4))
    assert apart.is_large(CapturedFile(path, "a", captured), form) is large

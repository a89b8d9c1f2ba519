"""What an article costs does not grow with the index that takes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from index import engines
from index.writing.writing import write
from tests.index.small_articles import article

_IO = Path("/proc/self/io")


def _transferred() -> tuple[int, int]:
    """Bytes that this process asked to read and to write, of files or of the system's memory."""
    counts = dict(line.split(": ") for line in _IO.read_text().splitlines())
    return int(counts["rchar"]), int(counts["wchar"])


def _texts(name: str, count: int) -> list[str]:
    return [f"le requin {name} numéro {number} a mordu {number * 7}" for number in range(count)]


@pytest.mark.skipif(not _IO.exists(), reason="the system does not count the bytes of a process")
def test_an_article_reads_and_writes_as_much_in_any_index(tmp_path: Path) -> None:
    costs, sizes = [], []
    for comments in (10, 4_000):
        location = str(tmp_path / f"{comments}.index")
        engine = engines.open(location, create=True)
        write(engine, [article("old", *_texts("old", comments))], seen=10)
        # what the first run imports is no cost of an article
        write(engine, [article("warm", *_texts("warm", 3))], seen=20)
        before = _transferred()
        write(engines.open(location), [article("new", *_texts("new", 3))], seen=30)
        after = _transferred()
        costs.append((after[0] - before[0], after[1] - before[1]))
        sizes.append(sum(path.stat().st_size for path in Path(location).rglob("*")))
    assert sizes[1] > sizes[0] + 300_000
    (read, written), (read_of_large, written_of_large) = costs
    # the engine may read its list of files, some 8 kB, a few times more, and write digits more
    assert abs(read_of_large - read) < 40_000
    assert abs(written_of_large - written) < 2_000

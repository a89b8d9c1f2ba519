"""Which articles and comments do Parquet files give?"""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.article.model import Article
from indexer.files import ReadingOptions
from indexer.pipeline.sources import FORMATS, formats, open_file, read
from indexer.reporting.report import Outcome, Skipped
from indexer.tables import parquet_file
from tests.indexer.outcomes import articles, remarks

pyarrow = pytest.importorskip("pyarrow", reason="the parquet extra is not installed")
parquet = pytest.importorskip("pyarrow.parquet", reason="the parquet extra is not installed")


def write_parquet(path: Path, rows: list[dict[str, Any]], **options: Any) -> Path:
    parquet.write_table(pyarrow.Table.from_pylist(rows), path, **options)
    return path


def outcomes_of(path: Path, options: ReadingOptions | None = None) -> list[Outcome]:
    return list(read([path], among=FORMATS if options is None else formats(options)))


ROWS: list[dict[str, Any]] = [
    {
        "id": 7,
        "titre": "Les marées d’équinoxe",
        "texte": "La mer se retire.\n\nElle revient.",
        "date": datetime(2024, 9, 21, 6, 0, tzinfo=UTC),
        "tags": ["mer", "lune"],
        "vecteur": [0.5, 0.25],
    },
    {"id": 8, "titre": "Un goéland", "texte": "<p>Trois <b>frites</b>.</p>", "tags": None},
]


def test_articles(tmp_path: Path) -> None:
    path = write_parquet(tmp_path / "articles.parquet", ROWS)
    file = open_file(path)
    assert isinstance(file, tuple)
    assert file[1].name == "parquet"
    outcomes = outcomes_of(path)
    tides, gull = articles(outcomes)
    assert (tides.id, tides.headline) == ("table:7", "Les marées d’équinoxe")
    assert tides.sections[0].text == "La mer se retire.\nElle revient."
    assert tides.date_published == "2024-09-21T06:00:00Z"
    assert tides.keywords == ("mer", "lune")
    assert gull.sections[0].text == "Trois frites."
    assert (gull.date_published, gull.keywords) == (None, ())
    assert remarks(outcomes) == {"columns": "colonnes pas lues : « vecteur »"}


def test_comments(tmp_path: Path) -> None:
    rows = [
        {"comment_id": n, "article_id": 7, "parent_id": parent, "auteur": name, "commentaire": text}
        for n, parent, name, text in [(1, None, "Yann", "Bravo."), (2, 1, "Zoé", "Merci.")]
    ]
    [thread] = articles(outcomes_of(write_parquet(tmp_path / "c.parquet", rows)))
    assert thread.id == "table:7"
    assert [(comment.id, comment.parent_id) for comment in thread.comments] == [
        ("table:7#comment-1", None),
        ("table:7#comment-2", "table:7#comment-1"),
    ]


@pytest.mark.parametrize(
    ("zone", "time", "kinds"),
    [
        (None, "2024-07-01T10:00:00+02:00", ["zone"]),
        (ZoneInfo("UTC"), "2024-07-01T10:00:00Z", []),
        (ZoneInfo("America/Montreal"), "2024-07-01T10:00:00-04:00", []),
    ],
)
def test_times_without_a_zone(
    zone: ZoneInfo | None, time: str, kinds: list[str], tmp_path: Path
) -> None:
    rows = [{"titre": "A", "texte": "B", "date": datetime(2024, 7, 1, 10)}]
    outcomes = outcomes_of(write_parquet(tmp_path / "t.parquet", rows), ReadingOptions(zone=zone))
    assert articles(outcomes)[0].date_published == time
    assert list(remarks(outcomes)) == kinds


def test_times_with_a_zone_and_days(tmp_path: Path) -> None:
    moment = datetime(2024, 7, 1, 10, tzinfo=ZoneInfo("Europe/Paris"))
    rows = [{"titre": "A", "texte": "B", "date": moment, "modified": date(2024, 7, 3)}]
    [article] = articles(outcomes_of(write_parquet(tmp_path / "t.parquet", rows)))
    assert article.date_published == "2024-07-01T10:00:00+02:00"
    assert article.date_modified == "2024-07-03"


@pytest.mark.parametrize("cell", ["02/03/2024", date(2024, 3, 2), datetime(2024, 3, 2)])
def test_what_says_when_it_was_published_is_its_date(cell: Any, tmp_path: Path) -> None:
    rows = [{"Titre": "Le bac", "Texte": "Il part.", "Publié": cell}]
    [article] = articles(outcomes_of(write_parquet(tmp_path / "bac.parquet", rows)))
    assert (article.date_published or "")[:10] == "2024-03-02"


def test_columns_that_are_told(tmp_path: Path) -> None:
    path = write_parquet(tmp_path / "t.parquet", [{"a": "Sora", "b": "Texte.", "c": 1}])
    [skipped] = outcomes_of(path)
    assert isinstance(skipped, Skipped)
    assert '--columns "titre=a,texte=b"' in skipped.reason
    [article] = articles(outcomes_of(path, ReadingOptions(columns={"titre": "a", "texte": "b"})))
    assert article.headline == "Sora"


def test_many_rows_are_read_batch_by_batch(tmp_path: Path) -> None:
    rows = [{"titre": f"Titre {n}", "texte": "mot " * 50} for n in range(2000)]
    path = write_parquet(tmp_path / "t.parquet", rows, row_group_size=300, compression="zstd")
    articles_found = articles(outcomes_of(path))
    assert [article.headline for article in articles_found] == [row["titre"] for row in rows]


def test_what_would_not_hold_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_parquet(tmp_path / "t.parquet", ROWS)
    monkeypatch.setattr(parquet_file, "_LARGEST", 10)
    [skipped] = outcomes_of(path)
    assert isinstance(skipped, Skipped)
    assert "mémoire" in skipped.reason


def test_without_the_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_parquet(tmp_path / "t.parquet", ROWS)
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    [skipped] = outcomes_of(path)
    assert isinstance(skipped, Skipped)
    assert "pip install 'glose[parquet]'" in skipped.reason


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return write_parquet(tmp_path_factory.mktemp("parquet") / "t.parquet", ROWS * 20).read_bytes()


@pytest.mark.parametrize("share", [4, 20, 0.5, 0.9, -1])
def test_truncations(data: bytes, share: float, tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    path.write_bytes(data[: int(share * len(data)) if isinstance(share, float) else int(share)])
    [skipped] = outcomes_of(path)
    assert isinstance(skipped, Skipped)
    assert "Parquet" in skipped.reason


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    flips=st.lists(st.tuples(st.integers(4, 10**9), st.integers(1, 255)), min_size=1, max_size=4)
)
def test_mutations(data: bytes, flips: list[tuple[int, int]], tmp_path: Path) -> None:
    mutated = bytearray(data)
    for at, bits in flips:
        mutated[at % len(data)] ^= bits
    path = tmp_path / "t.parquet"
    path.write_bytes(b"PAR1" + bytes(mutated[4:]))
    for outcome in outcomes_of(path):
        assert isinstance(outcome, Article) or outcome.sentence()

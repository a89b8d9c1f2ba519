"""Which files are read, as what, and what is said of the others?"""

from __future__ import annotations

import gzip
import lzma
import os
import shutil
from pathlib import Path

import pytest

from index import engines
from index.engines.faults import account
from indexer.article.model import Article, Section
from indexer.canonical import jsonl
from indexer.pipeline.sources import FORMATS, read
from indexer.reporting.report import Outcome, Remark, Skipped
from indexer.times.capture import Capture
from tests.indexer.outcomes import outcomes_of, skipped
from tests.indexer.samples import PAGES

LINES = b"".join(
    jsonl.dump(Article(f"a{n}", f"Titre {n}", sections=(Section(None, "Texte."),)))
    for n in range(3)
)
GOOD = LINES.splitlines()


def ids(outcomes: list[Outcome]) -> list[str]:
    return [outcome.id for outcome in outcomes if isinstance(outcome, Article)]


ACCEPTED = [
    ("jsonl", LINES),
    ("no final newline", LINES.rstrip()),
    ("bom", b"\xef\xbb\xbf" + LINES),
    ("crlf", LINES.replace(b"\n", b"\r\n")),
    ("blank lines", b"\n \n" + LINES.replace(b"\n", b"\n\n")),
    ("array", b"[" + b",\n".join(GOOD) + b"]"),
    ("gzip", gzip.compress(LINES, mtime=0)),
    ("xz", lzma.compress(LINES)),
]


@pytest.mark.parametrize(("name", "data"), ACCEPTED, ids=[row[0] for row in ACCEPTED])
def test_forms_of_json(name: str, data: bytes, tmp_path: Path) -> None:
    outcomes = outcomes_of(tmp_path, data, "sans-suffixe")
    assert ids(outcomes) == ["a0", "a1", "a2"]
    assert skipped(outcomes) == []


def test_one_article_over_several_lines(tmp_path: Path) -> None:
    data = b'{\n "id": "seul",\n "headline": "Titre"\n}\n'
    assert ids(outcomes_of(tmp_path, data)) == ["seul"]
    broken_article = b'{\n "id": "seul",\n "headline": \n}\n'
    [(line, reason)] = skipped(outcomes_of(tmp_path, broken_article))
    assert line == 4
    assert "JSON" in reason


def test_zstandard(tmp_path: Path) -> None:
    zstandard = pytest.importorskip("zstandard", reason="the zstd extra is not installed")
    assert len(ids(outcomes_of(tmp_path, zstandard.compress(LINES)))) == 3


def test_bad_lines_are_left_aside_with_their_numbers(tmp_path: Path) -> None:
    bad_lines = [b'{"headline": ', b'{"headline": "T", "comments": [{"text": 3}]}', b"3", b'"x"']
    data = b"\n".join(
        [GOOD[0], bad_lines[0], GOOD[1], bad_lines[1], b"", bad_lines[2], bad_lines[3], GOOD[2]]
    )
    outcomes = outcomes_of(tmp_path, data)
    assert ids(outcomes) == ["a0", "a1", "a2"]
    lines, reasons = zip(*skipped(outcomes), strict=True)
    assert lines == (2, 4, 6, 7)
    assert reasons[1].startswith("comments[0].text : ")
    assert "colonne" in reasons[0]


def test_a_damaged_first_line_does_not_hide_the_others(tmp_path: Path) -> None:
    outcomes = outcomes_of(tmp_path, GOOD[0][:-9] + b"\n" + GOOD[1] + b"\n" + GOOD[2])
    assert ids(outcomes) == ["a1", "a2"]
    assert [line for line, _ in skipped(outcomes)] == [1]


def test_bad_elements_of_a_list_have_their_place(tmp_path: Path) -> None:
    outcomes = outcomes_of(tmp_path, b'[{"headline": "T"}, {"titre": "T"}]')
    assert len(ids(outcomes)) == 1
    reason = "[1].headline : manque : « titre » est à nommer ainsi (voir FORMAT.md)"
    assert skipped(outcomes) == [(None, reason)]


@pytest.mark.parametrize("packed", [gzip.compress, lzma.compress])
def test_what_was_read_before_a_truncation_is_kept_and_said(packed: object, tmp_path: Path) -> None:
    many = b"".join(jsonl.dump(Article(f"b{n}", os.urandom(99).hex())) for n in range(2000))
    data = packed(many)  # type: ignore[operator]
    outcomes = outcomes_of(tmp_path, data[: len(data) // 2])
    assert ids(outcomes)[:2] == ["b0", "b1"]
    assert len(ids(outcomes)) < 2000
    assert "tronqué" in skipped(outcomes)[-1][1]


NOT_READ = [
    (b"", "vide"),
    (b" \n\n", "vide"),
    (b"\x00\x01\x02" * 99, "binaire"),
    (b"\x89PNG\r\n\x1a\n" + bytes(99), "binaire"),
    (b"<html><body>Bonjour</body></html>", "pas d'article"),
    (b'<?xml version="1.0"?><rss/>', "HTML"),
    (b"Une recette de crepes.\nDe la farine, des oeufs.\n", "aucune date"),
    (b"{'headline': 'T'}", "date"),
    (b'{"titre": "T"}', "headline : manque"),
    (gzip.compress(b"x" * 99, mtime=0)[:20], "endommagé"),
]


@pytest.mark.parametrize(("data", "word"), NOT_READ)
def test_what_is_not_read_says_why(data: bytes, word: str, tmp_path: Path) -> None:
    [(_, reason)] = skipped(outcomes_of(tmp_path, data))
    assert word in reason


def test_a_format_can_be_forced(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    shutil.copy(PAGES / "complete.txt", path)
    by_name = {form.name: form for form in FORMATS}
    json_format, page_format = by_name["jsonl"], by_name["page"]
    assert len(ids(list(read([path], forced=page_format)))) == 1
    assert "JSON" in skipped(list(read([path], forced=json_format)))[0][1]


def test_folders_are_walked_in_order_and_say_what_they_leave(tmp_path: Path) -> None:
    for name in ("b/2.jsonl", "a/1.jsonl", "c.json", ".cache/x.jsonl", "a/.x.jsonl"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b'{"id": "%s", "headline": "T"}\n' % name.encode())
    (tmp_path / "photo.png").write_bytes(b"\x89PNG")
    (tmp_path / "page.html").write_text("<!doctype html>")
    outcomes = list(read([tmp_path]))
    assert ids(outcomes) == ["c.json", "a/1.jsonl", "b/2.jsonl"]
    assert next(reason for _, reason in skipped(outcomes)).startswith("aucun élément HTML")
    [remark] = [outcome for outcome in outcomes if isinstance(outcome, Remark)]
    assert remark.kind == "other_files"
    assert ".png" in remark.message


def test_an_index_in_a_folder_is_no_source(tmp_path: Path) -> None:
    engines.open(str(tmp_path / "glose.index"), create=True).close()
    (tmp_path / "a.jsonl").write_bytes(LINES)
    outcomes = list(read([tmp_path]))
    assert [type(outcome) for outcome in outcomes] == [Article] * 3


def test_a_folder_without_pages_says_so(tmp_path: Path) -> None:
    (tmp_path / "photo.png").write_bytes(b"")
    assert "aucune page" in skipped(list(read([tmp_path])))[0][1]


def test_missing_and_special_files(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "tube.txt")
    (tmp_path / "mort.txt").symlink_to(tmp_path / "nulle-part")
    skipped_files = skipped(list(read([tmp_path, tmp_path / "absent.txt"])))
    assert [reason for _, reason in skipped_files] == [
        "introuvable",
        "ce n'est pas un fichier",
        "introuvable",
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_forbidden_file(tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.touch(mode=0o000)
    assert skipped(list(read([path]))) == [(None, f"le {account()} n’en a pas le droit")]


def test_the_capture_is_told_or_is_the_files_date(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    shutil.copy(PAGES / "new_year.txt", path)
    os.utime(path, (1735902000, 1735902000))  # 3 January 2025, 12:00 in Paris
    remark, article = read([path])
    assert isinstance(remark, Remark)
    assert (remark.kind, remark.line) == ("capture", 4)
    assert "03/01/2025" in remark.message
    assert isinstance(article, Article)
    assert article.captured_at == "2025-01-03T12:00:00+01:00"
    assert article.date_published == "2024-12-30T09:30:00+01:00"
    [outcome] = read([path], Capture.parse("2025-01-02"))
    assert isinstance(outcome, Article)
    assert outcome.id == article.id


def test_an_article_is_not_younger_than_its_comments(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    text = (PAGES / "complete.txt").read_text().replace(" janvier 2025 à", " janvier à", 1)
    path.write_text(text)
    os.utime(path, (1900000000, 1900000000))  # copied in 2030
    guessed = [outcome for outcome in read([path]) if isinstance(outcome, Article)]
    assert guessed[0].date_published == "2025-01-14T09:30:00+01:00"
    outcomes = list(read([path], Capture.parse("2030-03-17")))
    assert [outcome.kind for outcome in outcomes if isinstance(outcome, Remark)] == ["order"]


def test_names_of_files_in_any_bytes(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    with open(path, "wb") as file:
        file.write(b"rien")
    [outcome] = read([tmp_path])
    assert isinstance(outcome, Skipped)
    assert outcome.source.endswith("caf?.txt")


def test_no_capture_is_asked_where_none_is_needed(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    shutil.copy(PAGES / "complete.txt", path)
    assert [type(outcome) for outcome in read([path])] == [Article]


@pytest.mark.parametrize("first", [True, False])
def test_a_line_that_nothing_could_hold_is_left_aside(
    first: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jsonl, "LONGEST", 1000)
    long = b'{"headline": "' + b"x" * 3_000_000 + b'"}\n'
    data = long + LINES if first else GOOD[0] + b"\n" + long + b"\n".join(GOOD[1:])
    outcomes = outcomes_of(tmp_path, data)
    assert ids(outcomes) == ["a0", "a1", "a2"]
    [(line, reason)] = skipped(outcomes)
    assert line == (1 if first else 2)
    assert "ligne de plus de" in reason


def test_an_array_on_one_long_line_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "LONGEST", 50)
    assert len(ids(outcomes_of(tmp_path, b"[" + b",".join(GOOD) + b"]"))) == 3
    monkeypatch.setattr(jsonl, "LARGEST_JSON", 100)
    [(_, reason)] = skipped(outcomes_of(tmp_path, b"[" + b",".join(GOOD) + b"]"))
    assert "d'un seul tenant" in reason

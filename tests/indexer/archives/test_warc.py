"""Do crawls give the articles of their pages, dated by the crawl, whatever state they are in?"""

from __future__ import annotations

import gzip
import sys
import zipfile
import zlib
from pathlib import Path

import pytest

from indexer.archives.warc import WarcFormat
from indexer.files import decoded_body
from indexer.html.html_file import HtmlFormat
from indexer.pipeline import sources
from indexer.reporting.report import Outcome, Remark, Skipped
from tests.indexer.outcomes import articles, reasons_of
from tests.shared import SHARED

CRAWLS = SHARED / "fixtures" / "warc"
PAGE = (
    "<html lang=fr><head><title>Sora</title></head><article><h1>Sora : des tensions</h1>"
    + "<p>Un paragraphe de l'été, assez long pour qu'on le garde comme il est.</p>" * 6
    + '</article><ol class="comment-list"><li id="comment-1"><b class="fn">Zoé</b>'
    '<p class="comment-date">Hier à 08h46</p><div class="comment-content">Oui</div></li></ol>'
).encode()
HTML = "text/html; charset=utf-8"
URL = "https://a.example/sora"


def record(kind: str, url: str, content_type: str, payload: bytes) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\n"
        f"WARC-Date: 2024-12-04T09:30:12Z\r\nWARC-Record-ID: <urn:x:{url}>\r\n"
        f"Content-Type: {content_type}\r\nContent-Length: {len(payload)}\r\n\r\n"
    )
    return head.encode() + payload + b"\r\n\r\n"


def crawl(*records: tuple[str, str, str, dict[str, str], bytes], packed: bool = True) -> bytes:
    """A WARC of (type, address, status, HTTP headers, body)."""
    parts = [record("warcinfo", "", "application/warc-fields", b"software: essai\r\n")]
    for kind, url, status, headers, payload in records:
        lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in headers.items())]
        http = "\r\n".join([*lines, "", ""]).encode()
        if kind == "request":
            http = http.removeprefix(b"HTTP/1.1 ")
        if kind == "resource":
            parts.append(record(kind, url, HTML, payload))
        else:
            parts.append(record(kind, url, f"application/http; msgtype={kind}", http + payload))
    return b"".join(gzip.compress(part, mtime=0) if packed else part for part in parts)


def read_crawl(path: Path, data: bytes | None = None) -> list[Outcome]:
    if data is not None:
        path.write_bytes(data)
    return list(sources.read([path]))


GOOD = ("response", URL, "200 OK", {"Content-Type": HTML}, PAGE)


@pytest.mark.parametrize("packed", [True, False])
def test_a_page(tmp_path: Path, packed: bool) -> None:
    [article] = articles(read_crawl(tmp_path / "a.warc", crawl(GOOD, packed=packed)))
    assert article.headline == "Sora : des tensions"
    assert article.url == URL
    assert article.captured_at == "2024-12-04T10:30:12+01:00"
    assert article.comments[0].date_published == "2024-12-03T08:46:00+01:00"


def test_compressed_as_a_whole(tmp_path: Path) -> None:
    uncompressed = crawl(GOOD, GOOD, packed=False)
    assert articles(read_crawl(tmp_path / "a.warc.gz", gzip.compress(uncompressed, mtime=0)))


def test_what_is_no_page_is_left(tmp_path: Path) -> None:
    menu = b"<title>Menu</title><ul><li><a href=/>Accueil</a></ul>"
    outcomes = read_crawl(
        tmp_path / "a.warc.gz",
        crawl(
            ("response", "https://a.example/x.png", "200 OK", {"Content-Type": "image/png"}, b"x"),
            ("response", "https://a.example/404", "404 Not Found", {"Content-Type": HTML}, PAGE),
            ("response", "https://a.example/", "200 OK", {"Content-Type": HTML}, menu),
            ("request", URL, "GET / HTTP/1.1", {}, b""),
            ("resource", "https://a.example/2", "", {}, PAGE),
        ),
    )
    assert [article.url for article in articles(outcomes)] == ["https://a.example/2"]
    assert "1 page sans article : https://a.example/" in reasons_of(outcomes)
    assert "1 réponse de statut 404" in reasons_of(outcomes)
    assert not [outcome for outcome in outcomes if isinstance(outcome, Skipped)]


def test_without_its_library_a_crawl_is_left_with_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "warcio", None)
    outcomes = read_crawl(tmp_path / "a.warc.gz", crawl(GOOD))
    assert reasons_of(outcomes).endswith(
        "a.warc.gz : pour lire un WARC : pip install 'glose[warc]'"
    )
    assert len(outcomes) == 1


def test_seen_again(tmp_path: Path) -> None:
    revisit = ("revisit", URL, "200 OK", {"Content-Type": HTML}, b"")
    outcomes = read_crawl(tmp_path / "a.warc.gz", crawl(GOOD, revisit))
    assert len(articles(outcomes)) == 1
    assert "1 page revue sans changement" in reasons_of(outcomes)
    assert "n’est pas dans cette archive" in reasons_of(
        read_crawl(tmp_path / "b.warc.gz", crawl(revisit))
    )


CODINGS = {
    "chunked": b"%x\r\n%b\r\n0\r\n\r\n" % (len(PAGE), PAGE),
    "gzip": gzip.compress(PAGE, mtime=0),
    "deflate": zlib.compress(PAGE),
}


@pytest.mark.parametrize("coding", CODINGS)
def test_encodings_of_the_transfer(tmp_path: Path, coding: str) -> None:
    name = "Transfer-Encoding" if coding == "chunked" else "Content-Encoding"
    answer = ("response", URL, "200 OK", {"Content-Type": HTML, name: coding}, CODINGS[coding])
    outcomes = read_crawl(tmp_path / "a.warc.gz", crawl(answer))
    assert articles(outcomes)[0].headline == "Sora : des tensions"
    assert "recompress" not in reasons_of(outcomes)


def test_chunks_that_are_not(tmp_path: Path) -> None:
    headers = {"Content-Type": HTML, "Transfer-Encoding": "chunked"}
    outcomes = read_crawl(tmp_path / "a.warc.gz", crawl(("response", URL, "200 OK", headers, PAGE)))
    assert articles(outcomes)[0].headline == "Sora : des tensions"
    assert "annoncé en morceaux" in reasons_of(outcomes)
    assert "warcio recompress" in reasons_of(outcomes)


@pytest.mark.parametrize(
    ("raw", "transfer", "content", "expected", "reason"),
    [
        (b"4\r\nSora\r\n", "chunked", "", b"Sora", "morceau"),
        (b"4\r\nSora\r\nzz", "chunked", "", b"Sorazz", "abîmé"),
        (b"9\r\nSora", "chunked", "", b"Sora", "coupé"),
        (gzip.compress(b"Sora" * 99, mtime=0)[:-12], "", "gzip", b"Sora", "coupée"),
        (b"<p>Sora", "", "gzip", b"<p>Sora", ""),
        (b"Sora", "", "rot13", b"Sora", "inconnu"),
        (zlib.compress(b"Sora")[2:-4], "", "deflate", b"Sora", ""),
        (gzip.compress(bytes(10_000_000), mtime=0), "", "gzip", b"\0" * 1000, ""),
    ],
)
def test_bodies(raw: bytes, transfer: str, content: str, expected: bytes, reason: str) -> None:
    outcomes = decoded_body(raw, transfer, content, 1000)
    assert outcomes.data.startswith(expected)
    assert len(outcomes.data) <= 1000
    assert reason in outcomes.wrong
    assert bool(outcomes.wrong) == bool(reason)


def test_truncated(tmp_path: Path) -> None:
    crawl_bytes = crawl(
        GOOD, ("response", "https://a.example/2", "200 OK", {"Content-Type": HTML}, PAGE)
    )
    for length in (len(crawl_bytes) - 40, len(crawl_bytes) // 2 + 200):
        outcomes = read_crawl(tmp_path / "a.warc.gz", crawl_bytes[:length])
        assert len(articles(outcomes)) >= 1
        assert "tronqué" in reasons_of(outcomes)
    uncompressed = crawl(GOOD, packed=False)
    assert "page tronquée" in reasons_of(read_crawl(tmp_path / "b.warc", uncompressed[:-600]))


@pytest.mark.parametrize(
    "data",
    [
        b"WARC/1.0\r\n" + b"X: y\r\n" * 100_000,
        b"WARC/1.0\r\nX: " + b"y" * 5_000_000,
        b"WARC/1.0\r\nContent-Length: -5\r\n\r\n",
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999999\r\n\r\nHTTP/1.1 200\r\n",
        b"WARC/1.0\r\n",
        b"filedesc://a 0 0 0 0\n",
    ],
)
def test_hostile_headers(tmp_path: Path, data: bytes) -> None:
    outcomes = read_crawl(tmp_path / "a.warc", data)
    assert not articles(outcomes)
    assert all(isinstance(outcome, Skipped | Remark) for outcome in outcomes)


def test_a_bomb_of_records(tmp_path: Path) -> None:
    bomb = ("response", URL, "200 OK", {"Content-Type": "text/plain"}, bytes(100_000_000))
    outcomes = read_crawl(tmp_path / "a.warc.gz", crawl(bomb))
    assert "200 fois ce qu’elle pèse" in reasons_of(outcomes)


def test_wacz(tmp_path: Path) -> None:
    path = tmp_path / "a.wacz"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("datapackage.json", "{}")
        archive.writestr("pages/pages.jsonl", '{"format": "json-pages-1.0"}\n')
        archive.writestr("archive/data.warc.gz", crawl(GOOD))
    [article] = articles(read_crawl(path))
    assert article.captured_at == "2024-12-04T10:30:12+01:00"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("datapackage.json", "{}")
    assert "aucun « archive/….warc »" in reasons_of(read_crawl(path))


def test_one_reader_of_pages(tmp_path: Path) -> None:
    pages = HtmlFormat(())
    path = tmp_path / "a.warc"
    path.write_bytes(crawl(GOOD))
    forced = WarcFormat(pages)
    [article] = articles(list(sources.read([path], forced=forced)))
    # without adapters the thread is found by its shape, and « Hier » is of no day
    [comment] = article.comments
    assert (comment.author, comment.date_published) == ("Zoé", None)


@pytest.mark.skipif(not CRAWLS.exists(), reason=f"no real crawls in {CRAWLS} ($GLOSE_SHARED)")
@pytest.mark.parametrize(
    ("name", "count", "comments", "sentence"),
    [
        ("fr_pages_derived.warc.gz", 4, 46, "1 page revue sans changement"),
        ("example.warc.gz", 0, 0, "1 page sans article : http://example.com/"),
        ("example-bad-non-chunked.warc.gz", 0, 0, "1 page sans article : http://example.com/"),
        ("example-trunc.warc", 0, 0, "« warcio recompress »"),
        ("example.arc.gz", 0, 0, "1 page sans article : http://example.com/"),
        ("example-iana.org-chunked.warc", 0, 0, "1 page sans article : http://www.iana.org/"),
        ("iframetest.wacz", 0, 0, "2 pages sans article"),
    ],
)
def test_real_crawls(name: str, count: int, comments: int, sentence: str) -> None:
    outcomes = read_crawl(CRAWLS / name)
    assert len(articles(outcomes)) == count
    assert sum(len(article.comments) for article in articles(outcomes)) == comments
    assert sentence in reasons_of(outcomes)

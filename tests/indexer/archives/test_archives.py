"""Are archives read to their last page, and those that would never end left in time?"""

from __future__ import annotations

import bz2
import gzip
import io
import os
import struct
import tarfile
import zipfile
from datetime import date
from pathlib import Path

import pytest

from indexer.archives.archive import ArchiveFormat, Caps
from indexer.article.model import Article
from indexer.canonical.jsonl import JsonFormat
from indexer.files.formats import CapturedFile
from indexer.html.html_file import HtmlFormat
from indexer.pages.page import PageFormat
from indexer.pipeline import sources
from indexer.reporting.report import Outcome, Skipped
from indexer.times.capture import Capture
from tests.indexer.outcomes import reasons_of

SENTENCE = "Un paragraphe de l'article, assez long pour qu'on le garde comme il est. "
HTML = f"<article><h1>Sora</h1><p>{SENTENCE * 5}</p></article>".encode()
JSON = b'{"headline": "Des lignes", "datePublished": "2024-12-02"}\n'
TEXT = "Une page\nLe 02 décembre à 09h08\nIA\nUn corps.\n".encode()
MIXED = {"a/sora.html": HTML, "b.jsonl": JSON, "c.txt": TEXT, "d.png": b"\x89PNG"}


def zipped(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2024, 12, 4, 10, 30, 0)), data, 8)
    return path


def tarred(path: Path, files: dict[str, bytes], mode: str = "w") -> Path:
    with tarfile.open(path, mode) as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size, info.mtime = len(data), 1733304612
            archive.addfile(info, io.BytesIO(data))
    return path


def titles(outcomes: list[Outcome]) -> set[str]:
    return {outcome.headline for outcome in outcomes if isinstance(outcome, Article)}


def capped(path: Path, caps: Caps) -> list[Outcome]:
    form = ArchiveFormat((JsonFormat(), HtmlFormat(), PageFormat()), caps)
    file = CapturedFile(path, "a.zip", Capture(date(2024, 12, 4)))
    return list(form.read(file))


@pytest.mark.parametrize("kind", ["zip", "tar", "tar.gz", "tar.xz"])
def test_formats_together(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"a.{kind}"
    if kind == "zip":
        zipped(path, MIXED)
    else:
        tarred(path, MIXED, {"tar": "w", "tar.gz": "w:gz", "tar.xz": "w:xz"}[kind])
    outcomes = list(sources.read([path]))
    assert titles(outcomes) == {"Sora", "Des lignes", "Une page"}
    assert "1 fichier d’une autre sorte, pas lus (.png)" in reasons_of(outcomes)
    assert not [outcome for outcome in outcomes if isinstance(outcome, Skipped)]


def test_the_date_of_a_member_is_that_of_its_capture(tmp_path: Path) -> None:
    outcomes = list(sources.read([zipped(tmp_path / "a.zip", {"sora.html": HTML})]))
    [article] = [outcome for outcome in outcomes if isinstance(outcome, Article)]
    assert article.captured_at == "2024-12-04T10:30:00+01:00"


@pytest.mark.parametrize("mtime", [0, 1, 315532800])
def test_a_date_that_whoever_makes_archives_again_writes_is_none(
    mtime: int, tmp_path: Path
) -> None:
    """As `tar --mtime=@0` and Nix write it: no capture was made in 1970, nor in 1980."""
    path = tmp_path / "a.tar"
    with tarfile.open(path, "w") as archive:
        info = tarfile.TarInfo("sora.html")
        info.size, info.mtime = len(HTML), mtime
        archive.addfile(info, io.BytesIO(HTML))
    os.utime(path, (1733304612, 1733304612))
    [article] = [outcome for outcome in sources.read([path]) if isinstance(outcome, Article)]
    assert article.captured_at == "2024-12-04T10:30:12+01:00"


def test_in_a_folder(tmp_path: Path) -> None:
    zipped(tmp_path / "a.zip", {"sora.html": HTML})
    (tmp_path / "b.jsonl").write_bytes(JSON)
    assert titles(list(sources.read([tmp_path]))) == {"Sora", "Des lignes"}


def test_paths_are_never_written(tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    names = ("../../evil.html", "/etc/evil.html", "C:\\evil.html", "a/../../evil2.html")
    before = sorted(tmp_path.rglob("*"))
    path = zipped(inside / "a.zip", dict.fromkeys(names, HTML))
    outcomes = list(sources.read([path]))
    assert titles(outcomes) == {"Sora"}
    assert sorted(tmp_path.rglob("*")) == sorted([*before, path])
    assert not Path("/etc/evil.html").exists()
    tar = tarred(inside / "a.tar", dict.fromkeys(names, HTML))
    assert titles(list(sources.read([tar]))) == {"Sora"}


def test_links_and_devices_of_a_tar(tmp_path: Path) -> None:
    path = tmp_path / "a.tar"
    with tarfile.open(path, "w") as archive:
        link = tarfile.TarInfo("lien.html")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
        device = tarfile.TarInfo("zero.html")
        device.type = tarfile.CHRTYPE
        archive.addfile(device)
    assert "un lien, pas un fichier" in reasons_of(list(sources.read([path])))


def test_archives_inside_archives(tmp_path: Path) -> None:
    inner = zipped(tmp_path / "inner.zip", {"sora.html": HTML}).read_bytes()
    tar = tarred(tmp_path / "inner.tar", {"lignes.jsonl": JSON}).read_bytes()
    deeper = zipped(tmp_path / "deep.zip", {"b.zip": inner}).read_bytes()
    path = zipped(tmp_path / "a.zip", {"hidden.html": inner, "in.tar": tar, "deep.zip": deeper})
    outcomes = list(sources.read([path]))
    assert titles(outcomes) == {"Sora", "Des lignes"}
    assert "dans une archive d’une archive, une archive n’est pas lue" in reasons_of(outcomes)


def test_what_comes_out_of_an_archive_in_an_archive_is_of_both(tmp_path: Path) -> None:
    inner = zipped(tmp_path / "inner.zip", {"a.html": HTML + b" " * 100_000}).read_bytes()
    path = zipped(tmp_path / "a.zip", {"one.zip": inner, "two.zip": inner})
    archives = ArchiveFormat(sources.FORMATS, Caps(free=150_000, ratio=1))
    file = CapturedFile(path, "a.zip", Capture(date(2024, 12, 4)))
    assert "il en sort plus" in reasons_of(list(archives.read(file)))


def test_bzip2(tmp_path: Path) -> None:
    (tmp_path / "a.html.bz2").write_bytes(bz2.compress(HTML[:40]) + bz2.compress(HTML[40:]))
    (tmp_path / "b.jsonl.bz2").write_bytes(bz2.compress(JSON)[:40])
    outcomes = list(sources.read([tmp_path]))
    assert titles(outcomes) == {"Sora"}
    assert "b.jsonl.bz2 : fichier compressé endommagé ou tronqué" in reasons_of(outcomes)


def test_a_bad_member_does_not_stop_the_others(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.html": HTML, "b.jsonl": JSON, "c.html": b"<p>Rien"})
    data = bytearray(path.read_bytes())
    at = data.index(b"a.html") + len("a.html")
    data[at : at + 20] = bytes(20)
    path.write_bytes(data)
    outcomes = list(sources.read([path]))
    assert titles(outcomes) == {"Des lignes"}
    assert "a.zip/a.html : abîmé" in reasons_of(outcomes)
    assert "a.zip/c.html" in reasons_of(outcomes)


def test_password(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.html": HTML})
    data = bytearray(path.read_bytes())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    path.write_bytes(data)
    assert "mot de passe" in reasons_of(list(sources.read([path])))


def test_bombs(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.txt": bytes(40_000_000), "b.txt": bytes(40_000_000)})
    assert "200 fois ce qu’elle pèse" in reasons_of(list(sources.read([path])))
    small = Caps(free=100, ratio=2)
    assert "2 fois" in reasons_of(capped(zipped(path, {"a.html": bytes(100_000)}), small))
    large = Caps(member=1000)
    assert "dit peser plus de" in reasons_of(
        capped(zipped(path, {"a.html": os.urandom(5000)}), large)
    )
    many = {f"{number}.txt": b"" for number in range(20)}
    assert "plus de 10 fichiers" in reasons_of(capped(zipped(path, many), Caps(members=10)))
    assert "plus de 10 fichiers" in reasons_of(capped(tarred(path, many), Caps(members=10)))
    caps = Caps(total=1000, free=10**9)
    assert "Gio" in reasons_of(capped(zipped(path, {"a.html": os.urandom(5000)}), caps))


def test_a_member_that_lies_about_its_size(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.txt": bytes(1_000_000)})
    data = bytearray(path.read_bytes())
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", data, data.index(mark) + place, 10)
    path.write_bytes(data)
    outcomes = list(sources.read([path]))
    assert not titles(outcomes)
    assert all(isinstance(outcome, Skipped) for outcome in outcomes)


def test_a_compressed_page_that_is_a_bomb(tmp_path: Path) -> None:
    path = tmp_path / "a.html.gz"
    path.write_bytes(gzip.compress(b"<html>" + bytes(100_000_000)))
    assert "Mio" in reasons_of(list(sources.read([path])))


@pytest.mark.parametrize("kept_bytes", [10, 100, -30])
def test_truncated(tmp_path: Path, kept_bytes: int) -> None:
    for path in (zipped(tmp_path / "a.zip", MIXED), tarred(tmp_path / "a.tgz", MIXED, "w:gz")):
        path.write_bytes(path.read_bytes()[:kept_bytes])
        outcomes = list(sources.read([path]))
        assert [outcome for outcome in outcomes if isinstance(outcome, Skipped)]


def test_nothing_inside(tmp_path: Path) -> None:
    assert "aucune page" in reasons_of(list(sources.read([zipped(tmp_path / "a.zip", {})])))


def claiming(path: Path, size: int, *, mode: str = "w", kind: bytes = tarfile.REGTYPE) -> Path:
    """A tar of one good page, and of a member whose header tells a size that is not there."""
    with tarfile.open(path, mode) as archive:
        info = tarfile.TarInfo("bon.jsonl")
        info.size = len(JSON)
        archive.addfile(info, io.BytesIO(JSON))
        info = tarfile.TarInfo("menteur.png")
        info.size, info.type = size, kind
        assert archive.fileobj is not None
        archive.fileobj.write(info.tobuf(tarfile.GNU_FORMAT))
        archive.fileobj.write(b"court")
    return path


@pytest.mark.parametrize("mode", ["w", "w:gz"])
@pytest.mark.parametrize("size", [1 << 62, 1 << 40, 1 << 31])
def test_a_tar_that_claims_what_it_has_not(size: int, mode: str, tmp_path: Path) -> None:
    """Python 3.11's reader goes over it by as many readings as the header says."""
    outcomes = list(sources.read([claiming(tmp_path / "a.tar", size, mode=mode)]))
    assert titles(outcomes) == {"Des lignes"}
    assert "archive abîmée ou tronquée" in reasons_of(outcomes)


@pytest.mark.parametrize("kind", [tarfile.XHDTYPE, tarfile.GNUTYPE_LONGNAME, tarfile.XGLTYPE])
def test_what_a_tar_tells_of_a_member_is_bounded(kind: bytes, tmp_path: Path) -> None:
    outcomes = list(sources.read([claiming(tmp_path / "a.tar", 1 << 30, kind=kind)]))
    assert titles(outcomes) == {"Des lignes"}
    assert "un en-tête y dit peser plus de 1 Mio" in reasons_of(outcomes)


def test_what_is_gone_over_counts_too(tmp_path: Path) -> None:
    """A member that nobody reads comes out of its compression all the same."""
    files = {"film.mp4": b"\0" * 3_000_000, "b.jsonl": JSON}
    path = tarred(tmp_path / "a.tar.gz", files, "w:gz")
    assert titles(capped(path, Caps(free=1_000_000, ratio=2))) == set()
    assert titles(capped(path, Caps())) == {"Des lignes"}


def test_a_large_member_does_not_cost_the_others(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"gros.html": HTML * 50, "b.jsonl": JSON})
    outcomes = capped(path, Caps(member=2000))
    assert titles(outcomes) == {"Des lignes"}
    assert "gros.html : dit peser plus de" in reasons_of(outcomes)


def test_empty_members_are_counted(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {**{f"{n}.html": b"" for n in range(300)}, "b.jsonl": JSON})
    outcomes = list(sources.read([path]))
    assert titles(outcomes) == {"Des lignes"}
    assert reasons_of(outcomes).splitlines() == [f"{path} : 300 fichiers vides"]

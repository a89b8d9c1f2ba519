"""Which page is in a self-extracting file of SingleFile: HTML with a zip inside?

SingleFile 2.0.83 writes `<html data-sfz>`, a script that unpacks, and the zip in a comment of
the markup; SingleFileZ, which it was before, a message to wait (`sfz-wait-message`), and the zip in
an `<xmp>`. The page is its `index.html`, which tells its own address and date of capture.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from indexer.html.saved.frames import with_files

_SELF_EXTRACTING = re.compile(rb"(?i)<html\b[^>]{0,500}\bdata-sfz\b")
_FORMER = re.compile(rb"(?i)<div\s+id=[\"']?sfz-wait-message\b")
_INDEX = re.compile(r"(?i)(?:^|/)index\.html?$")


class CannotExtract(ValueError):
    """The page inside cannot be read; the sentence says why."""


def is_self_extracting(data: bytes) -> bool:
    """Return whether these bytes are such a file.

    >>> is_self_extracting(b"<!DOCTYPE html> <html data-sfz><!--"), is_self_extracting(b"<html>")
    (True, False)
    """
    # what SingleFileZ wrote before its message may hold an icon
    former = _FORMER.search(data[:65536]) is not None and b"PK\x03\x04" in data
    return former or _SELF_EXTRACTING.search(data[:4096]) is not None


def extracted(data: bytes, most: int) -> bytes:
    """The page inside, of `most` bytes at most. Raises CannotExtract."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            pages = [info for info in archive.infolist() if _INDEX.search(info.filename)]
            if not pages:
                raise CannotExtract("cette page qui s'extrait elle-même ne contient pas index.html")
            # frames have pages of their own, in folders
            index = min(pages, key=lambda info: info.filename.count("/"))
            if index.flag_bits & 1:
                raise CannotExtract("page chiffrée par un mot de passe")
            with archive.open(index) as opened:
                page = opened.read(most + 1)

            def beside(name: str) -> bytes | None:
                is_readable = name in names and archive.getinfo(name).file_size <= most
                return archive.read(name) if is_readable else None

            names = set(archive.namelist())
            if len(page) <= most:
                page = with_files(page, most, index.filename.rpartition("/")[0], beside)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        raise CannotExtract("page qui s'extrait elle-même, abîmée ou tronquée") from error
    if len(page) > most:
        raise CannotExtract(f"page de plus de {most >> 20} Mio")
    return page

"""Which captured files are in an archive (zip, tar), and what stops one that would never end?

Members are read one by one through a nameless temporary file: their paths are never used
to write, whatever they hold. Caps bound how many are read, how large, and how much larger
than the archive they are together. An archive inside an archive is refused.
"""

from __future__ import annotations

import io
import posixpath
import re
import tarfile
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import IO, Self, cast

from indexer.files import (
    DAMAGED,
    UNREADABLE,
    CannotInflate,
    CapturedFile,
    Format,
    first_bytes,
    is_candidate,
    open_bytes,
    recognise,
    unreadable,
    with_schema,
)
from indexer.html import LARGEST_PAGE, with_files
from indexer.refused import refused_archive, side_file
from indexer.reporting import Outcome, Rank, Remark, Skipped, inside_of, plural, shorten
from indexer.times import Capture


@dataclass(frozen=True, slots=True)
class Caps:
    """How far an archive is read. ratio: of what comes out to what the archive weighs."""

    members: int = 100_000
    member: int = 1 << 30
    total: int = 16 << 30
    ratio: int = 200
    free: int = 64 << 20
    """Bytes that may come out of any archive, however small."""
    header: int = 1 << 20
    """Bytes of what a tar says of one member; its reader holds them."""


class Refused(ValueError):
    """An archive, or a member, that is not read further; the sentence says why."""


CAPS = Caps()


class Meter:
    """How much has come out of one archive. `take` raises Refused past the caps.

    >>> meter = Meter(10, Caps(free=100, ratio=2))
    >>> meter.take(100)
    >>> meter.take(1)
    Traceback (most recent call last):
    indexer.archives.archive.Refused: il en sort plus de 2 fois ce qu'elle pèse
    """

    def __init__(self, weight: int, caps: Caps = CAPS) -> None:
        self._caps = caps
        self._most = max(caps.free, weight * caps.ratio)
        self._bytes_out = 0

    def take(self, count: int) -> None:
        self._bytes_out += count
        if self._bytes_out > self._most:
            raise Refused(f"il en sort plus de {self._caps.ratio} fois ce qu'elle pèse")
        if self._bytes_out > self._caps.total:
            raise Refused(f"il en sort plus de {self._caps.total >> 30} Gio")


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive, and how to open it. `when`: its date in the archive.

    `frames`: of a page saved by SingleFile, the pages that its frames showed, by their names.
    """

    name: str
    size: int
    when: Capture | None
    open: Callable[[], IO[bytes]]
    frames: Mapping[str, Callable[[], IO[bytes]]] = field(default_factory=dict)


_HEADERS = (
    *(tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK),
    *(tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE),
)
"""Entries of a tar that tell of the next one."""
_PAST = 16
"""Readings past the end of a tar: a few are its reader's own."""
DAMAGES = (*DAMAGED, zipfile.BadZipFile, tarfile.TarError, NotImplementedError, RuntimeError)
"""What reading a damaged, encrypted or unknown archive raises."""


def members(
    path: Path, caps: Caps = CAPS, meter: Meter | None = None
) -> Iterator[Member | Skipped]:
    """The files of an archive, in its order; a Skipped for one that is not to be read.

    meter: that of the archive which this one is in: what comes out of both is one. Raises Refused,
    CannotInflate, OSError and DAMAGES.
    """
    if zipfile.is_zipfile(path):
        yield from _zip(path, caps)
    else:
        yield from _tar(path, caps, meter or Meter(path.stat().st_size, caps))


def _zip(path: Path, caps: Caps) -> Iterator[Member | Skipped]:
    with zipfile.ZipFile(path) as archive:
        infos = archive.infolist()
        if len(infos) > caps.members:
            raise Refused(f"plus de {plural(caps.members, 'fichier')}")
        if reason := refused_archive(info.filename for info in infos):
            raise Refused(reason)
        frames = frames_of([info.filename for info in infos])
        of_frames = {name for names in frames.values() for name in names}
        for info in infos:
            if info.is_dir() or info.filename in of_frames:
                continue
            if info.flag_bits & 1:
                yield Skipped(info.filename, "chiffré par un mot de passe")
                continue
            openers = {
                name: _opener(archive, archive.getinfo(name))
                for name in frames.get(info.filename, ())
            }
            opener = _opener(archive, info)
            yield Member(info.filename, info.file_size, _when(info.date_time), opener, openers)


_FRAME_FOLDER = re.compile(r"frames/\d+/")
_FRAME_FILES = frozenset(("index.html", "index.json", "manifest.json"))


def frames_of(names: Sequence[str]) -> dict[str, list[str]]:
    """Return the pages that SingleFile saved in a zip, each with the files of its frames' pages.

    >>> frames_of(["a/index.html", "a/manifest.json", "a/frames/0/index.html", "b/frames/0/x.html"])
    {'a/index.html': ['a/frames/0/index.html']}
    """
    present = set(names)
    frames: dict[str, list[str]] = {}
    for name in names:
        match = _FRAME_FOLDER.search(name)
        if match and posixpath.basename(name) in _FRAME_FILES:
            folder = name[: match.start()]
            described = {f"{folder}manifest.json", f"{folder}index.json"} & present
            if described and f"{folder}index.html" in present:
                frames.setdefault(f"{folder}index.html", []).append(name)
    return frames


def _opener(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Callable[[], IO[bytes]]:
    return lambda: archive.open(info)


def _when(moment: tuple[int, int, int, int, int, int]) -> Capture | None:
    try:
        return Capture.at(datetime(*moment), guessed=True) if moment[0] > 1980 else None
    except ValueError:
        return None


def _tar(path: Path, caps: Caps, meter: Meter) -> Iterator[Member | Skipped]:
    with open_bytes(path) as opened, _opened_tar(_Walk(opened, meter), caps) as archive:
        count = 0
        for info in archive:
            # a tar keeps every header it has read
            archive.members = []  # type: ignore[attr-defined]
            count += 1
            if count > caps.members:
                raise Refused(f"plus de {plural(caps.members, 'fichier')}")
            if not info.isreg():
                if info.issym() or info.islnk():
                    yield Skipped(info.name, "un lien, pas un fichier")
                continue
            yield Member(info.name, info.size, _tar_when(info), _tar_opener(archive, info))


class _Walk:
    """The bytes of a tar, those that are gone over included; what is past its end is refused.

    The library goes over a member by reading as often as its header says: 2^62 bytes would
    keep it for ever.
    """

    def __init__(self, opened: IO[bytes], meter: Meter) -> None:
        self._opened = opened
        self._meter = meter
        self._past = 0

    def read(self, size: int) -> bytes:
        data = self._opened.read(size)
        self._meter.take(len(data))
        self._past = 0 if data else self._past + 1
        if self._past > _PAST:
            raise EOFError("un fichier y dit peser plus que ce qui est là")
        return data


def _opened_tar(opened: _Walk, caps: Caps) -> tarfile.TarFile:
    """Open a tar; no header may make its reader hold more than the caps allow.

    The reader keeps in memory what headers hold: long names, PAX records.
    """

    class Header(tarfile.TarInfo):
        @classmethod
        def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
            member = super().frombuf(buf, encoding, errors)
            if member.type in _HEADERS and member.size > caps.header:
                raise Refused(f"un en-tête y dit peser plus de {caps.header >> 20} Mio")
            return member

    return tarfile.open(fileobj=cast(IO[bytes], opened), mode="r|", tarinfo=Header)


def _tar_when(info: tarfile.TarInfo) -> Capture | None:
    try:
        moment = datetime.fromtimestamp(info.mtime, UTC)
        # whoever makes archives that can be made again writes 1970, or 1980
        return Capture.at(moment, guessed=True) if moment.year > 1980 else None
    except (ValueError, OverflowError, OSError):
        return None


def _tar_opener(archive: tarfile.TarFile, info: tarfile.TarInfo) -> Callable[[], IO[bytes]]:
    return lambda: archive.extractfile(info) or io.BytesIO()


class ArchiveFormat:
    """The reader of archives. formats: those of their members, in the order they are tried."""

    name = "archive"
    rank = Rank.EXPORT

    def __init__(
        self, formats: Sequence[Format], caps: Caps = CAPS, meter: Meter | None = None
    ) -> None:
        self.formats = formats
        self._caps = caps
        self._meter = meter

    def fits(self, head: bytes) -> bool:
        """Return whether this begins as a zip or a tar.

        >>> ArchiveFormat(()).fits(b"PK\\x03\\x04"), ArchiveFormat(()).fits(b"Sora")
        (True, False)
        """
        return head.startswith((b"PK\x03\x04", b"PK\x05\x06")) or head[257:262] == b"ustar"

    def read(self, file: CapturedFile) -> Iterator[Outcome]:
        """The articles of its members, each named after the archive."""
        meter = self._meter or Meter(file.path.stat().st_size, self._caps)
        other_kinds: Counter[str] = Counter()
        members_read = empty = 0
        try:
            for member in members(file.path, self._caps, self._meter):
                if isinstance(member, Skipped):
                    if is_candidate(PurePosixPath(member.source)):
                        yield Skipped(_inside(file, member.source), member.reason)
                elif not member.size and is_source(member.name):
                    empty += 1
                elif not is_source(member.name):
                    other_kinds[PurePosixPath(member.name).suffix or "sans suffixe"] += 1
                else:
                    members_read += 1
                    yield from self._member(file, member, meter)
        except Refused as error:
            yield Skipped(file.name, f"archive laissée là : {error}")
            members_read += 1
        except CannotInflate as error:
            yield Skipped(file.name, str(error))
        except DAMAGES as error:
            yield Skipped(file.name, f"archive abîmée ou tronquée ({shorten(str(error))})")
        if empty:
            yield Skipped(file.name, plural(empty, "fichier vide", "fichiers vides"))
        if other_kinds:
            kinds = shorten(", ".join(sorted(other_kinds)), 200)
            sentence = plural(
                other_kinds.total(), "fichier d'une autre sorte", "fichiers d'une autre sorte"
            )
            yield Remark("other_files", f"{sentence}, pas lus ({kinds})", file.name)
        elif not members_read and not empty:
            yield Skipped(file.name, "cette archive ne contient aucune page")

    def _member(self, file: CapturedFile, member: Member, meter: Meter) -> Iterator[Outcome]:
        name = _inside(file, member.name)
        capture = member.when if file.capture.guessed and member.when else file.capture
        if member.size > self._caps.member:
            yield Skipped(name, f"dit peser plus de {self._caps.member >> 20} Mio")
            return
        with tempfile.NamedTemporaryFile(prefix="glose-") as copy:
            try:
                self._copy(member, copy, meter)
            except Refused:
                raise
            except DAMAGES as error:
                yield Skipped(name, f"abîmé ou tronqué ({shorten(str(error))})")
                return
            if member.frames:
                self._put_frames(member, copy, meter)
            copy.flush()
            inside = CapturedFile(Path(copy.name), name, capture)
            try:
                head = with_schema(first_bytes(inside.path, 65536), inside.path)
            except UNREADABLE as error:
                yield Skipped(name, unreadable(error))
                return
            if self.fits(head) and self._meter is not None:
                yield Skipped(name, "dans une archive d'une archive, une archive n'est pas lue")
                return
            if self.fits(head):
                yield from ArchiveFormat(self.formats, self._caps, meter).read(inside)
                return
            form = recognise(self.formats, head, member.name)
            if form is None:
                yield Skipped(name, "format inconnu")
                return
            for outcome in form.read(inside):
                yield inside_of(outcome, form.name)

    def _put_frames(self, member: Member, copy: IO[bytes], meter: Meter) -> None:
        """Put in a page what its frames showed; what cannot be read of it is left out."""

        def read(name: str) -> bytes | None:
            opener = member.frames.get(name)
            if opener is None:
                return None
            try:
                with opener() as opened:
                    data = opened.read(LARGEST_PAGE)
            except DAMAGES:
                return None
            meter.take(len(data))
            return data

        if copy.tell() <= LARGEST_PAGE:
            copy.seek(0)
            folder = member.name.rpartition("/")[0]
            page = with_files(copy.read(), LARGEST_PAGE, folder, read)
            copy.seek(0)
            copy.truncate()
            copy.write(page)

    def _copy(self, member: Member, copy: IO[bytes], meter: Meter) -> None:
        most = self._caps.member
        with member.open() as opened:
            while part := opened.read(1 << 20):
                meter.take(len(part))
                most -= len(part)
                if most < 0:
                    raise Refused(f"un fichier de plus de {self._caps.member >> 20} Mio")
                copy.write(part)


def is_source(name: str) -> bool:
    """Return whether a member of an archive is one to read, from its name."""
    path = PurePosixPath(name)
    return is_candidate(path) and not side_file(path)


def _printable(name: str) -> str:
    return "".join(char if char.isprintable() else "?" for char in name)


def _inside(file: CapturedFile, name: str) -> str:
    """What reports call a member: the archive and its path, on one line."""
    return f"{file.name}/{shorten(_printable(name), 300)}"

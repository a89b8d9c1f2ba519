"""What is on a disk when the power goes?

A recording of a process's system calls is played on a model of a file system: files have
the bytes written and the bytes synced, directories the names given and the names synced.
A process that is killed leaves the first; a power cut leaves, of what was not synced, any
beginning of the names in the order they were given, and anything of the bytes.

Names kept in order is what journaled file systems do; POSIX promises less.
"""

from __future__ import annotations

import os
import random
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

CALLS = (
    "openat,close,write,pwrite64,lseek,ftruncate,fsync,fdatasync,rename,renameat,renameat2,"
    "link,linkat,unlink,unlinkat,mkdir,mkdirat,rmdir,dup,dup2,dup3,fcntl"
)
_LINE = re.compile(r"^(\d+) +(.*)$")
_CALL = re.compile(r"^(\w+)\((.*)\)\s+= (-?\d+)")


@dataclass(frozen=True, slots=True)
class Call:
    """One system call that did something: its name, its arguments, what it gave."""

    name: str
    arguments: tuple[str, ...]
    gave: int
    thread: str = ""


def record(strace: str, words: list[str], log: Path) -> list[str]:
    """The command that runs `words` and records them."""
    return [
        strace,
        "-f",
        "--seccomp-bpf",
        "-qq",
        "-xx",
        "-s",
        "100000000",
        "-e",
        "signal=none",
        "-e",
        f"trace={CALLS}",
        "-o",
        str(log),
        *words,
    ]


def calls(log: Path, *, failed: bool = False) -> Iterator[Call]:
    """The calls of a recording, in the order in which they ended; those that failed if asked."""
    waiting: dict[str, str] = {}
    for line in log.read_text().splitlines():
        match = _LINE.match(line)
        if match is None:
            continue
        thread, text = match.groups()
        if text.endswith("<unfinished ...>"):
            waiting[thread] = text.removesuffix("<unfinished ...>").rstrip()
            continue
        if text.startswith("<... "):
            text = waiting.pop(thread) + text.partition("resumed>")[2].lstrip()
        call = _CALL.match(text)
        if call is not None and (failed or int(call[3]) >= 0):
            yield Call(call[1], tuple(_arguments(call[2])), int(call[3]), thread)


def _arguments(text: str) -> Iterator[str]:
    for word in text.split(", "):
        if word.startswith('"'):
            yield bytes.fromhex(word.strip('".').replace("\\x", "")).decode("latin-1")
        else:
            yield word


@dataclass(eq=False, slots=True)
class File:
    """Bytes as they were written, and as they were synced."""

    now: bytearray = field(default_factory=bytearray)
    synced: bytes | None = None


class Disk:
    """The files under a directory, played call after call; first, those under `before`."""

    def __init__(self, top: Path, before: Path) -> None:
        self._top = str(top)
        # None is a directory
        self.names: dict[str, File | None] = {}
        for path in sorted(before.rglob("*")):
            content = None if path.is_dir() else path.read_bytes()
            name = str(top / path.relative_to(before))
            self.names[name] = None if content is None else File(bytearray(content), content)
        self._durable = dict(self.names)
        # (directory, names given and taken) in order, since each directory was last synced
        self._pending: list[tuple[str, dict[str, File | None], list[str]]] = []
        self._open: dict[int, tuple[str, File | None, int]] = {}
        self.said = ""

    def play(self, call: Call) -> bool:
        """Whether the call changed something that a cut would show."""
        name, arguments, result = call.name, call.arguments, call.gave
        match name:
            case "openat":
                return self._opened(self._at(arguments[0], arguments[1]), arguments[2], result)
            case "dup" | "dup2" | "dup3":
                self._copy(int(arguments[0]), result)
            case "fcntl" if "F_DUPFD" in arguments[1]:
                self._copy(int(arguments[0]), result)
            case "close":
                self._open.pop(int(arguments[0]), None)
            case "lseek":
                self._seek(int(arguments[0]), result)
            case "write" if arguments[0] == "1":
                self.said += arguments[1]
                return True
            case "write" | "pwrite64":
                at = int(arguments[3]) if name == "pwrite64" else None
                return self._write(int(arguments[0]), arguments[1].encode("latin-1")[:result], at)
            case "ftruncate":
                return self._truncate(int(arguments[0]), int(arguments[1]))
            case "fsync" | "fdatasync":
                return self._sync(int(arguments[0]))
            case "rename":
                return self._rename(arguments[0], arguments[1])
            case "renameat" | "renameat2":
                return self._rename(self._at(*arguments[:2]), self._at(*arguments[2:4]))
            case "link":
                return self._link(arguments[0], arguments[1])
            case "linkat":
                return self._link(self._at(*arguments[:2]), self._at(*arguments[2:4]))
            case "unlink" | "rmdir":
                return self._given(arguments[0], {}, [arguments[0]])
            case "unlinkat":
                path = self._at(*arguments[:2])
                return self._given(path, {}, [path])
            case "mkdir":
                return self._given(arguments[0], {arguments[0]: None}, [])
            case "mkdirat":
                path = self._at(*arguments[:2])
                return self._given(path, {path: None}, [])
        return False

    def killed(self) -> dict[str, bytes | None]:
        """What a killed process leaves."""
        return {name: file and bytes(file.now) for name, file in self.names.items()}

    def cut(self, chance: random.Random) -> dict[str, bytes | None]:
        """What a power cut may leave."""
        names = dict(self._durable)
        for _, new, old in self._pending[: chance.randint(0, len(self._pending))]:
            for path in old:
                names.pop(path, None)
            names.update(new)
        placed = {name: file for name, file in names.items() if self._has_place(name, names)}
        return {name: file and self._bytes(file, chance) for name, file in placed.items()}

    def _has_place(self, name: str, names: dict[str, File | None]) -> bool:
        place = os.path.dirname(name)
        return place == self._top or place in names

    def _bytes(self, file: File, chance: random.Random) -> bytes:
        content = bytes(file.now)
        if file.synced == content:
            return content
        before = file.synced or b""
        part = chance.randint(0, len(content))
        return chance.choice(
            [before, b"", content, content[:part], content[:part] + bytes(len(content) - part)]
        )

    def _at(self, directory: str, path: str) -> str:
        if directory == "AT_FDCWD":
            return path
        return os.path.join(self._open.get(int(directory), ("/", None, 0))[0], path)

    def _opened(self, path: str, flags: str, number: int) -> bool:
        path = os.path.abspath(path)
        if not path.startswith(self._top):
            self._open.pop(number, None)
            return False
        is_new = False
        if path != self._top and path not in self.names:
            is_new = self._given(path, {path: File()}, [])
        file = self.names.get(path)
        if "O_TRUNC" in flags and file is not None:
            file.now.clear()
            is_new = True
        self._open[number] = (path, file, 0)
        return is_new

    def _copy(self, number: int, target: int) -> None:
        if number in self._open:
            self._open[target] = self._open[number]

    def _seek(self, number: int, place: int) -> None:
        if number in self._open:
            path, file, _ = self._open[number]
            self._open[number] = (path, file, place)

    def _write(self, number: int, content: bytes, at: int | None) -> bool:
        path, file, place = self._open.get(number, ("", None, 0))
        if file is None:
            return False
        start = place if at is None else at
        file.now[start : start + len(content)] = content
        if at is None:
            self._open[number] = (path, file, start + len(content))
        return True

    def _truncate(self, number: int, size: int) -> bool:
        _, file, _ = self._open.get(number, ("", None, 0))
        if file is None:
            return False
        file.now[:] = file.now[:size].ljust(size, b"\0")
        return True

    def _sync(self, number: int) -> bool:
        path, file, _ = self._open.get(number, ("", None, 0))
        if not path:
            return False
        if file is not None:
            file.synced = bytes(file.now)
            return True
        last = max(
            (at for at, operation in enumerate(self._pending) if operation[0] == path), default=-1
        )
        # a journal keeps the order: what came before is there too
        for _, new, old in self._pending[: last + 1]:
            for operation in old:
                self._durable.pop(operation, None)
            self._durable.update(new)
        del self._pending[: last + 1]
        return True

    def _rename(self, old: str, new: str) -> bool:
        old, new = os.path.abspath(old), os.path.abspath(new)
        if not new.startswith(self._top):
            return False
        moved_names = {
            new + name[len(old) :]: file
            for name, file in self.names.items()
            if name == old or name.startswith(old + "/")
        }
        old_names = [name for name in self.names if name == old or name.startswith(old + "/")]
        return self._given(new, moved_names, old_names)

    def _link(self, old: str, new: str) -> bool:
        return self._given(new, {new: self.names[os.path.abspath(old)]}, [])

    def _given(self, path: str, new: dict[str, File | None], old: list[str]) -> bool:
        path = os.path.abspath(path)
        if not path.startswith(self._top + "/"):
            return False
        new = {os.path.abspath(name): file for name, file in new.items()}
        old = [os.path.abspath(name) for name in old]
        for file_name in old:
            self.names.pop(file_name, None)
        self.names.update(new)
        self._pending.append((os.path.dirname(path), new, old))
        return True


def lay(names: dict[str, bytes | None], top: Path, folder: Path) -> None:
    """Make the directory `there` hold what the model of `top` holds."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in sorted(names):
        content = names[name]
        path = folder / Path(name).relative_to(top)
        if content is None:
            path.mkdir()
        else:
            path.write_bytes(content)

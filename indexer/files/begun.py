"""What is a file whose beginning was read already, to a reader that wants all of it?"""

from __future__ import annotations

import io

from indexer.files.opening import Readable


class PrefixedFile(io.RawIOBase):
    """The bytes of a beginning, then those of the file, which it does not close.

    >>> opened = io.BytesIO(b"abcdef")
    >>> begun = PrefixedFile(opened.read(4), opened)
    >>> begun.read(3), begun.read(3), begun.read(3), begun.read(3)
    (b'abc', b'd', b'ef', b'')
    """

    def __init__(self, head: bytes, file: Readable) -> None:
        self._head = head
        self._file = file

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        """This many bytes at most, all without a size; none at the end."""
        if size < 0:
            return self.readall()
        if self._head:
            head, self._head = self._head[:size], self._head[size:]
            return head
        return self._file.read(size)

    def readinto(self, buffer: object) -> int:
        """Fill a buffer as far as one reading goes, and return how many bytes were read."""
        view = memoryview(buffer)  # type: ignore[arg-type]
        data = self.read(len(view))
        view[: len(data)] = data
        return len(data)

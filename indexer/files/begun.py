"""What is a file whose beginning was read already, to a reader that wants all of it?"""

from __future__ import annotations

from indexer.files.opening import Readable


class PrefixedFile:
    """The bytes of a beginning, then those of the file.

    >>> import io
    >>> opened = io.BytesIO(b"abcdef")
    >>> begun = PrefixedFile(opened.read(4), opened)
    >>> begun.read(3), begun.read(3), begun.read(3), begun.read(3)
    (b'abc', b'd', b'ef', b'')
    """

    def __init__(self, head: bytes, file: Readable) -> None:
        self._head = head
        self._file = file

    def read(self, size: int) -> bytes:
        """This many bytes at most; none at the end."""
        if self._head:
            head, self._head = self._head[:size], self._head[size:]
            return head
        return self._file.read(size)

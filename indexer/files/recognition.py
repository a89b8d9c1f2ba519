"""Which format is a file of?

Its content tells, and the first format that knows it reads it. Where a content may be of
several (Markdown is text, and so is a page), some formats know their files by name as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import Protocol, runtime_checkable

from indexer.files.file_names import PACKED
from indexer.files.formats import Format


@runtime_checkable
class Named(Protocol):
    """What a format adds when names count for it."""

    def named(self, suffix: str, head: bytes) -> bool:
        """Return whether a file whose name ends so (".md") and that begins so is of this format."""


class ContentFirst:
    """A format whose content is enough, whatever a name would tell other formats."""

    def fits(self, head: bytes) -> bool:
        """Return whether a file that begins so is of this format."""
        raise NotImplementedError

    def named(self, suffix: str, head: bytes) -> bool:
        """The same, before the formats that know their files by name."""
        return self.fits(head)


def recognise(formats: Sequence[Format], head: bytes, name: str = "") -> Format | None:
    """Return the format of a file from its first bytes (64 KiB at most) and name, or None.

    >>> from indexer.pages.page import PageFormat
    >>> recognise([PageFormat()], b"Sora").name
    'page'
    """
    suffix = suffix_of(name)
    for form in formats:
        if isinstance(form, Named) and form.named(suffix, head):
            return form
    return next((form for form in formats if form.fits(head)), None)


def suffix_of(name: str) -> str:
    """How a name ends, in small letters, what compressing adds left out.

    >>> suffix_of("Billets/Été.MD.gz"), suffix_of("README")
    ('.md', '')
    """
    path = PurePath(name.lower())
    while path.suffix in PACKED:
        path = path.with_suffix("")
    return path.suffix

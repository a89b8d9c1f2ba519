"""What are the three standard streams, whatever whoever started us made of them?

One that was closed leads nowhere; a character that a terminal's encoding lacks is replaced;
JSON goes out in UTF-8 always; what is typed is text that can be written down again.
"""

from __future__ import annotations

import errno
import io
import json
import os
import re
import sys
from typing import Any

import click

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_WRITING = _FULL | {errno.EIO, errno.EBADF}
_SURROGATES = re.compile("[\ud800-\udfff]")


def settle() -> None:
    """Give each stream a file, and a way with any character."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            # the lowest number free is the stream's own: no file opened later is taken for it
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.errors == "strict":
            stream.reconfigure(errors="replace")


def unwritten(error: OSError) -> str | None:
    """The sentence for what could not be printed; None for an error of another kind.

    >>> unwritten(OSError(28, "No space left on device"))
    'La sortie n’a pas pu être écrite, le disque est plein : libérez de la place et relancez.'
    >>> unwritten(OSError(28, "No space left on device", "notes.txt")) is None
    True
    """
    if error.filename is not None or error.errno not in _WRITING:
        return None
    if error.errno in _FULL:
        reason = "le disque est plein : libérez de la place"
    else:
        # hardly any command has to say why
        from index.engines.faults import why

        reason = f"{why(error)} : contrôlez où elle va"
    return f"La sortie n’a pas pu être écrite, {reason} et relancez."


def leave_unwritten() -> None:
    """Give up what is still to be printed, or Python would try once more on leaving."""
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115


def echo_json(value: Any, *, indent: int | None = 2) -> None:
    """Print JSON, in UTF-8 whatever the terminal's encoding."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    click.echo(text.encode("utf-8", "replace"))


def readable(text: str) -> str:
    """A text typed as bytes that are not UTF-8, with U+FFFD for each of these; same length.

    >>> readable("caf\\udce9")
    'caf�'
    """
    return _SURROGATES.sub("\ufffd", text)


class Text(click.ParamType[str]):
    """A text that can be written down again."""

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        return readable(str(value))


TEXT = Text()

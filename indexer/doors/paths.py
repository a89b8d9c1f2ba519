"""Is there something at the paths that a command is given?"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from index.engines.faults import why


def existing(paths: Sequence[Path]) -> None:
    """Leave with the code 2 when one of them does not exist."""
    for path in paths:
        try:
            os.lstat(path)
        except OSError as error:
            absent = error.errno == errno.ENOENT
            problem = "n’existe pas" if absent else f": {why(error)}"
            if ":/" in str(path):
                problem = "n’est ni un chemin ni une adresse http:// ou https://"
            click.echo(f"glose : « {path} » {problem}.", err=True)
            sys.exit(2)

"""How does a command say that it cannot?"""

from __future__ import annotations

from typing import IO, Any

import click


class Refused(click.ClickException):
    """One French sentence, without click's own "Error:"."""

    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(f"glose : {self.message}", file=file, err=True)


class Misused(Refused):
    """The same, when it is the caller who was wrong."""

    exit_code = 2

"""What does an index hold, told at the command line?

Apart from the commands that ask a question: a monitor runs it every minute, and asks nothing.
"""

from __future__ import annotations

import click

from index import engines
from index.doors.options import json_option, where_option
from index.doors.standard_streams import echo_json
from index.engines import places
from index.engines.index_state import state
from index.plurals import weight


@click.command("status")
@where_option
@json_option
def status_command(location: str, as_json: bool) -> None:
    """Dire ce que l’index contient."""
    engine = engines.open(location)
    index_state, size = state(engine.reader()), places.size(engine)
    if as_json:
        echo_json({"location": location, **index_state._asdict(), "bytes": size}, indent=None)
        return
    click.echo(f"Index : {location}")
    click.echo(f"Articles : {index_state.articles}")
    click.echo(f"Sections : {index_state.sections}")
    click.echo(f"Commentaires : {index_state.comments}")
    click.echo(f"Mis à jour : {index_state.updated or 'jamais'}")
    if size is not None:
        click.echo(f"Taille : {weight(size)}")


COMMANDS: tuple[click.Command, ...] = (status_command,)

"""What do a shell and `man` know of Glose?

`completion` and `man`: a door over the commands themselves, which are handed in: nothing is written
twice.
"""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from index.doors.manual import page

SHELLS = ("bash", "zsh", "fish")
VARIABLE = "_GLOSE_COMPLETE"


def commands(main: click.Group) -> tuple[click.Command, ...]:
    """The commands of this door, over all of them."""
    return _completion_command(main), _man_command(main)


def _completion_command(main: click.Group) -> click.Command:
    @click.command("completion")
    @click.argument("shell", metavar="SHELL", type=click.Choice(SHELLS))
    def completion_command(shell: str) -> None:
        """Donner de quoi compléter les commandes de Glose dans SHELL : bash, zsh ou fish.

        \b
        mkdir -p ~/.local/share/bash-completion/completions
        glose completion bash > ~/.local/share/bash-completion/completions/glose

        \b
        glose completion fish > ~/.config/fish/completions/glose.fish

        Pour zsh, un dossier de $fpath, nommé avant compinit dans ~/.zshrc (fpath+=~/.zfunc) :

        \b
        mkdir -p ~/.zfunc
        glose completion zsh > ~/.zfunc/_glose
        """
        completion_class = get_completion_class(shell)
        assert completion_class is not None
        completion = completion_class(main, {}, "glose", VARIABLE)
        # its own look at the version of bash wants a bash that runs here
        click.echo(completion.source_template % completion.source_vars())

    return completion_command


def _man_command(main: click.Group) -> click.Command:
    @click.command("man")
    def man_command() -> None:
        """Donner la page de manuel de Glose, faite de ses commandes.

        Pour la lire : glose man | man -l -
        """
        click.echo(page(main), nl=False)

    return man_command

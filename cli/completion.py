"""`muniment completion`: what makes a shell complete the command."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

ASKED = "_MUNIMENT_COMPLETE"
"""By this variable the shell asks for completions, and of what kind."""

_WHERE = {
    "bash": "muniment completion bash > /etc/bash_completion.d/muniment",
    "zsh": "muniment completion zsh > /usr/local/share/zsh/site-functions/_muniment",
    "fish": "muniment completion fish > ~/.config/fish/completions/muniment.fish",
}


@click.command(epilog="\b\n" + "\n".join(_WHERE.values()))
@click.argument("shell", type=click.Choice(list(_WHERE)))
def completion(shell: str) -> None:
    """Print what makes a SHELL complete commands, options and their values by the Tab key.

    Put it where the shell looks for such, and open a new one:
    """
    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"Nothing is known of {shell}.")
    click.echo(kind(click.Command("muniment"), {}, "muniment", ASKED).source())

"""`muniment demo`: the whole walk on an invented council, or on a folder of the user's own."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import click

from cli import retention, scan
from cli.options import utc_today
from cli.terminal import Talk, pass_talk, progress_bar
from operations.demonstrate import Demonstration, demonstrate


@click.command()
@click.argument("folder", default="demo", type=click.Path(path_type=Path, file_okay=False), metavar="[DIR]")
@click.option("--estate", type=click.Path(path_type=Path), help="Take this folder instead, read-only.")
@pass_talk
def demo(talk: Talk, folder: Path, estate: Path | None) -> None:
    """Build a small council estate, scan it, apply an example schedule, write the reports, and say where they are.

    DIR (default: demo) gets everything: the estate, muniment.toml, the inventory and the reports. A second run reads
    only what has changed.
    """
    with progress_bar(talk) as watcher:
        result = demonstrate(folder, estate, utc_today(), talk.say, watcher)
    click.echo("\n".join(_told(result)))


def _told(result: Demonstration) -> list[str]:
    pages = [path for path in result.files if path.suffix == ".html"]
    return [
        "",
        *scan.told(result.figures, result.coverage),
        "",
        *retention.told(result.evaluation),
        "",
        *result.leads,
        "",
        "Open in a browser:",
        *(f"  {path}" for path in pages),
        f"The lists as spreadsheets are beside them: {pages[0].parent}",
        f"Go on with: {shlex.join([sys.argv[0], '--config', str(result.config), 'items', '--personal'])}",
    ]

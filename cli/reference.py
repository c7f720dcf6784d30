"""`muniment reference`: the reference pages of the documentation, as the code of this version has it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import click

from cli.reference_pages.api import api_page
from cli.reference_pages.commands import commands_page
from cli.reference_pages.recognisers import recognisers_page
from cli.reference_pages.reports import reports_page
from cli.reference_pages.schedule import schedule_page
from cli.reference_pages.settings import settings_page

PAGES: Mapping[str, Callable[[click.Group], str]] = {
    "settings.md": lambda _: settings_page(),
    "commands.md": commands_page,
    "schedule-keys.md": lambda _: schedule_page(),
    "recognisers.md": lambda _: recognisers_page(),
    "reports.md": lambda _: reports_page(),
    "api.md": lambda _: api_page(),
}
"""A further page is a line here, and the function that it names."""


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.pass_context
def reference(context: click.Context, folder: Path) -> None:
    """Write the reference pages into FOLDER: settings, commands, keys of a schedule, recognisers, reports, API."""
    root = context.find_root().command
    assert isinstance(root, click.Group)
    folder.mkdir(parents=True, exist_ok=True)
    for name, written in PAGES.items():
        (folder / name).write_text(written(root), "utf-8")
        click.echo(folder / name)

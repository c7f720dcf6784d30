"""`muniment export` and `muniment glossary`: figures for other tools, and what their fields mean."""

from __future__ import annotations

import json
from pathlib import Path

import click

from cli.terminal import Talk, pass_talk
from operations.reporting.export import export_parquet
from operations.reporting.glossary import glossary as written
from reports.wording import plural


@click.group()
def export() -> None:
    """Figures for tools of business intelligence; `muniment glossary` says what their fields mean."""


@export.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--paths", is_flag=True, help="Also where each item lies and whose it is; not every role may.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@pass_talk
def parquet(talk: Talk, folder: Path, paths: bool, as_json: bool) -> None:
    """Write the figures of all items into FOLDER as Parquet files, without a path or a name."""
    with talk.acting(talk.settings()) as (actor, trail):
        rows = {str(path): number for path, number in export_parquet(actor, trail, folder, paths=paths).items()}
    if as_json:
        click.echo(json.dumps(rows))
        return
    for path, number in rows.items():
        click.echo(f"{path}: {plural(number, 'row')}")


@click.command()
def glossary() -> None:
    """Write what every field of the inventory means, as Markdown."""
    click.echo(written(), nl=False)

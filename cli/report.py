"""`muniment report`: write a report."""

from __future__ import annotations

import json
from pathlib import Path

import click

from cli.terminal import Talk, pass_talk
from domain.actor import Verb
from inventory.engine import open_inventory
from inventory.queries import Inventory
from operations.report import REPORTS, make_report, write_report


@click.command()
@click.argument("name", type=click.Choice(list(REPORTS)))
@click.option("--format", "formats", default="html,csv", show_default=True, help="html, csv, json; with commas.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="The folder. [default: configured]")
@click.option("--json", "as_json", is_flag=True, help="Print the paths of what was written as JSON.")
@pass_talk
def report(talk: Talk, name: str, formats: str, out: Path | None, as_json: bool) -> None:
    """Write a report from the inventory.

    \b
    rot        redundant, obsolete and trivial files by service, with what each reason is
    gdpr-risk  personal data by service and theme, and the items of highest risk
    """
    settings = talk.settings()
    talk.asked(settings, Verb.EXPORT)
    database = open_inventory(settings.inventory.url, create=False)
    made = make_report(name, Inventory(database), settings.organisation.name, settings.risk)
    database.dispose()
    files = write_report(
        made, [word.strip() for word in formats.split(",") if word.strip()], out or settings.reports.folder
    )
    talk.say(made.lead)
    click.echo(json.dumps([str(path) for path in files]) if as_json else "\n".join(map(str, files)))

"""`muniment inventory`: keep it."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click

from cli.exits import FOUND_PROBLEMS
from cli.terminal import Talk, pass_talk
from operations.inventory_care import back_up_to, check_sums, copy_to, end_old
from reports.wording import plural


@click.group()
def inventory() -> None:
    """Check the inventory, copy it to another database, back it up, and end what is needed no more."""


@inventory.command()
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@pass_talk
def check(talk: Talk, as_json: bool) -> None:
    """Add up everything anew and compare it with the sums that dashboards read; mend what differs. Exit 1 then."""
    with talk.acting(talk.settings()) as (actor, trail):
        wrong = check_sums(actor, trail)
    click.echo(json.dumps({"wrong_sums": wrong}) if as_json else f"{wrong} sums were wrong and are mended.")
    if wrong:
        raise click.exceptions.Exit(FOUND_PROBLEMS)


@inventory.command("copy")
@click.argument("url")
@pass_talk
def copy_command(talk: Talk, url: str) -> None:
    """Copy everything into the empty inventory at URL (sqlite:///file or postgresql://host/name), all or nothing.

    The original stays as it is. Name the copy in inventory.url to go on with it. A password is read from the
    environment: MUNIMENT_INVENTORY_PASSWORD.
    """
    settings = talk.settings()
    with talk.acting(settings) as (actor, trail):
        copied = copy_to(actor, trail, settings.inventory.url, url)
    talk.say(f"{plural(sum(copied.values()), 'row')} of {plural(len(copied), 'table')}; items: {copied['item']:,}.")


@inventory.command()
@click.argument("file", type=click.Path(path_type=Path))
@pass_talk
def backup(talk: Talk, file: Path) -> None:
    """Write the whole inventory into a new FILE, while it is in use. Keep the keys somewhere else."""
    settings = talk.settings()
    with talk.acting(settings) as (actor, trail):
        back_up_to(actor, trail, settings.inventory.url, file)
    talk.say(f"Written: {file}")


@inventory.command("expire")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@pass_talk
def expire_command(talk: Talk, as_json: bool) -> None:
    """End items that have long been gone, what was found in what no scan has seen for as long, and old logs.

    How long is in the configuration: [inventory] finding_months and scan_log_days. Sums and the audit trail stay.
    """
    settings = talk.settings()
    with talk.acting(settings) as (actor, trail):
        ended = end_old(actor, trail, settings.inventory, datetime.now(UTC))
    if as_json:
        click.echo(json.dumps(asdict(ended)))
        return
    talk.say(
        f"Ended: {plural(ended.items, 'gone item')}; what was found in "
        f"{plural(ended.contents, 'content')} that no scan sees"
        f" any more; {ended.logs:,} lines of logs."
    )

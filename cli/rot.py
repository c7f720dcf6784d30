"""`muniment rot`: what is redundant, obsolete and trivial."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import Any

import click

from cli.options import a_day, as_json_option, utc_today
from cli.terminal import Talk, pass_talk, print_table, size_in_words
from domain.actor import Verb
from domain.rot import RotItem, RotReason
from inventory.engine import open_inventory
from inventory.rot_listing import RotWanted, rot_found, rot_page
from operations.rot.find import RotFound, find_configured_rot
from reports.wording import plural


@click.group()
def rot() -> None:
    """Look for what is redundant, obsolete and trivial; list it, and what is kept out of it.

    Everything found is a proposal. What is on hold, in a case file or an application's folder, about a child or a
    client, signed, or explains a decision is kept out, and listed apart with the reason.
    """


@rot.command()
@a_day
@as_json_option
@pass_talk
def find(talk: Talk, today: date | None, as_json: bool) -> None:
    """Look at every file in the inventory, by the flags that `retention evaluate` set last. Changes nothing else."""
    settings = talk.settings()
    with talk.acting(settings) as (actor, trail):
        found = find_configured_rot(actor, trail, settings, today or utc_today())
    click.echo(json.dumps(_figures(found))) if as_json else _print_found(found)
    talk.say(
        f"{plural(found.changed, 'row')} changed. Nothing was disposed of. See: muniment rot list, muniment report rot"
    )


@rot.command("list")
@click.option("--service", help="Only this service's.")
@click.option("--source", help="Only of this source.")
@click.option("--reason", "reasons", multiple=True, type=click.Choice([reason.value for reason in RotReason]),
              help="Only what has this as its first reason.")  # fmt: skip
@click.option("--kept-out", is_flag=True, help="What is kept out, and why, instead.")
@click.option("--limit", default=100, show_default=True, type=click.IntRange(1, 1_000_000),
              help="How many at the most.")  # fmt: skip
@click.option("--after", metavar="MARK", help="Go on behind the last page: its `next`.")
@as_json_option
@pass_talk
def list_(
    talk: Talk, /, service: str | None, source: str | None, reasons: tuple[str, ...], kept_out: bool, limit: int,
    after: str | None, as_json: bool,
) -> None:  # fmt: skip
    """List items reason by reason, the largest first."""
    settings = talk.settings()
    talk.asked(settings, Verb.VIEW_LIST, service)
    chosen = tuple(map(RotReason, reasons)) or tuple(RotReason)
    database = open_inventory(settings.inventory.url, create=False)
    try:
        page = rot_page(database, RotWanted(chosen, service, source, kept_out), after, limit)
        looked = rot_found(database)
    finally:
        database.dispose()
    if as_json:
        click.echo(json.dumps({"items": [_object(item) for item in page.items], "next": page.following}))
        return
    print_table(("item", "reason", "size", "service", "path", "why"), [_row(item) for item in page.items],
                frozenset({0, 2}))  # fmt: skip
    if page.following:
        talk.say(f"There are more: --after {page.following}")
    if not page.items:
        talk.say("There is nothing of this kind." if looked else "Nobody looked yet: muniment rot find")


def _figures(found: RotFound) -> dict[str, Any]:
    return {
        "reasons": {reason: asdict(tally) for reason, tally in found.reasons.items()},
        "kept_out": {guard: asdict(tally) for guard, tally in found.guards.items()}, "changed": found.changed,
    }  # fmt: skip


def _print_found(found: RotFound) -> None:
    rows = [
        (reason.label, f"{tally.items:,}", size_in_words(tally.bytes))
        for reason in RotReason
        if (tally := found.reasons.get(reason))
    ]
    print_table(("reason", "items", "size"), rows, frozenset({1, 2}))
    for guard, tally in found.guards.items():
        click.echo(f"{plural(tally.items, 'item')}: {guard.sentence}")


def _row(item: RotItem) -> tuple[str, ...]:
    return (
        str(item.number), item.reason.label, size_in_words(item.size), item.service, item.path, item.detail,
    )  # fmt: skip


def _object(item: RotItem) -> dict[str, Any]:
    return {
        "item": item.number, "path": item.path, "service": item.service, "source": item.source, "reason": item.reason,
        "also": list(item.also), "kept_out": item.guard, "why": item.detail, "bytes": item.size,
        "modified": item.modified and item.modified.isoformat(),
    }  # fmt: skip

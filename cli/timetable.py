"""`muniment timetable`: the process that starts what `[[timetable]]` says."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import click

from cli.terminal import Talk, pass_talk, print_table
from cli.worker import stopped_by_signals
from domain.actor import Verb
from domain.errors import ConfigurationError


@click.group()
def timetable() -> None:
    """Start scans and what follows them at the times that [[timetable]] names, and show what is next."""


@timetable.command()
@click.option("--log-json", is_flag=True, help="Log to standard error as lines of JSON.")
@pass_talk
def run(talk: Talk, log_json: bool) -> None:
    """Run until stopped. On one machine one process does this; with executor.kind = 'cluster' as many hosts as may be.

    What was missed while no timetable ran is written down; the last of it is run late, within its grace. Stopped in the
    middle of a scan, the next to run takes it up again.
    """
    from operations.hosts.serving import metrics_served  # noqa: PLC0415
    from operations.hosts.structured_log import log_as_json  # noqa: PLC0415
    from operations.people.audit import open_trail  # noqa: PLC0415  the help needs no engine
    from operations.timetable.timetable import Timetable, run_here, run_on_cluster  # noqa: PLC0415

    settings = talk.settings()
    if not settings.timetable:
        raise ConfigurationError("No [[timetable]] is configured. See config.example.toml.")
    if log_json or settings.log.json_lines:
        log_as_json()
    actor = talk.asked(settings, Verb.SCAN)
    with open_trail(settings) as trail, metrics_served(settings, trail.database):
        table = Timetable(actor, settings, trail.database)
        with stopped_by_signals(table.stopping.set):
            talk.say("The timetable runs. Stop it with Ctrl-C.")
            (run_on_cluster if settings.executor.kind == "cluster" else run_here)(table)


@timetable.command("list")
@click.option("--count", default=3, show_default=True, type=click.IntRange(1, 100), help="How many times of each.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@pass_talk
def list_(talk: Talk, count: int, as_json: bool) -> None:
    """List the entries with their next times, by the organisation's clocks, and what became of the last slots."""
    from inventory.engine import open_inventory  # noqa: PLC0415
    from inventory.slots import last_slots  # noqa: PLC0415
    from operations.timetable.timetable import upcoming  # noqa: PLC0415

    settings = talk.settings()
    database = open_inventory(settings.inventory.url, create=False)
    entries, slots = upcoming(settings, database, datetime.now(UTC), count), last_slots(database, 10)
    database.dispose()
    if as_json:
        click.echo(json.dumps({
            "entries": [{"name": one.entry.name, "mode": one.entry.mode, "then": list(one.entry.then),
                         "next": [at.isoformat() for at in one.times], "last": one.last and one.last.state}
                        for one in entries],
            "slots": [{"entry": one.entry, "due": one.due.isoformat(), "state": one.state, "said": one.said}
                      for one in slots],
        }))  # fmt: skip
        return
    rows = [(one.entry.name, one.entry.mode, ", ".join(f"{at:%a %d %b %H:%M %Z}" for at in one.times),
             one.last.state if one.last else "-") for one in entries]  # fmt: skip
    print_table(("name", "mode", "next", "last"), rows)
    if slots:
        click.echo()
        print_table(("slot", "due", "came", "what"), [
            (one.entry, f"{one.due:%Y-%m-%d %H:%M} UTC", one.state, one.said) for one in slots
        ])  # fmt: skip

"""`muniment events`: what other systems report."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import click

from cli.options import a_day, as_json_option, utc_today
from cli.terminal import Talk, pass_talk, print_table
from domain.actor import Actor, Verb
from domain.event import BIRTH, DEATH, Reference
from inventory.engine import Database, open_inventory
from inventory.events import Reported
from operations.config import Settings
from operations.schedule.events import import_feed, reported, reported_of, unheard
from retention.schedule import load_schedule

_Table = tuple[tuple[str, ...], list[tuple[str | int, ...]]]


@click.group()
def events() -> None:
    """What other systems report: cases closed, people who left, contracts ended, births and deaths.

    Most periods of a schedule run from something that no file says. A feed is a CSV file (in any common encoding) or a
    workbook with a row for each event:

    \b
        key,reference,event,date,outcome
        employee_no,00123,employment_end,2019-03-31,
        case_no,C-77,case_closed,04/05/2012,proven

    `key` is what [[key]] of the schedule calls such references, and `reference` is the number as its pattern finds it
    in paths. Numbers are not kept, only their keyed fingerprints. Births and deaths are date_of_birth and
    date_of_death; a birth date found inside a document never counts as one.
    """


@events.command("import")
@click.argument("feed", type=click.Path(path_type=Path))
@click.option("--source", help="Who reports it, such as hr. [default: the file's name]")
@click.option("--replace", is_flag=True, help="This is all the source knows: take back what it reports no more.")
@a_day
@pass_talk
def import_(talk: Talk, feed: Path, source: str | None, replace: bool, today: date | None) -> None:
    """Take in FEED, all of it or, where a line cannot be, nothing. What is known already is not taken in twice.

    A date or an outcome that was reported wrongly is corrected by the same source with --replace.
    """
    settings = talk.settings()
    with talk.acting(settings) as (actor, trail):
        named = source or feed.stem
        done, found = import_feed(actor, trail, settings, feed, named, today or utc_today(), replaces=replace)
    talk.say(f"Events: {done.added:,} new, {done.known:,} known before, {done.withdrawn:,} taken back.")
    if settings.retention.schedule is not None:
        for line in unheard(found, load_schedule(settings.retention.schedule)):
            talk.say(line)
    talk.say("Next: muniment retention evaluate")


@events.command("list")
@click.option("--of", "key", metavar="KEY", help='What was reported of one reference of a kind, such as "case_no".')
@as_json_option
@pass_talk
def list_(talk: Talk, key: str | None, as_json: bool) -> None:
    """List what was reported, by source and kind; with --of, what was reported of one reference, which is asked for."""
    settings = talk.settings()
    actor = talk.asked(settings, Verb.VIEW_FIGURES)
    database = open_inventory(settings.inventory.url, create=False)
    try:
        headings, rows = _summed(actor, database) if key is None else _of_one(actor, database, settings, key)
    finally:
        database.dispose()
    if as_json:
        click.echo("\n".join(json.dumps(dict(zip(headings, row, strict=True))) for row in rows), nl=bool(rows))
    elif rows:
        print_table(headings, [tuple(map(_cell, row)) for row in rows])
    if not rows:
        talk.say("Nothing was reported. Take in a feed: muniment events import FEED.csv")


def _summed(actor: Actor, database: Database) -> _Table:
    headings = ("source", "key", "event", "events", "references", "first", "last", "imported")
    return headings, [
        (one.source, one.known_by, one.name, one.events, one.references, *_days(one), str(one.entered))
        for one in reported(actor, database)
    ]


def _of_one(actor: Actor, database: Database, settings: Settings, key: str) -> _Table:
    asked = Reference(key, click.prompt(f"The {key}", err=True))
    found = reported_of(actor, database, settings, asked)
    return ("source", "event", "date", "outcome"), [(one.source, one.name, str(one.on), one.outcome) for one in found]


def _days(one: Reported) -> tuple[str, str]:
    """Of births and deaths none: the day could be one person's."""
    return ("", "") if one.name in (BIRTH, DEATH) else (str(one.first), str(one.last))


def _cell(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)

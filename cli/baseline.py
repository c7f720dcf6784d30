"""`muniment baseline`: the day that later figures are compared with, and pilots."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import click

from cli.options import Day, a_day, as_json_option, utc_today
from cli.terminal import Talk, pass_talk, print_table
from domain.actor import Verb
from domain.pilot import Pilot
from inventory.engine import open_inventory
from operations.access import allowed
from operations.assets.baseline import baselines, begin_pilot, choose_day, end_pilot, scope_of
from operations.assets.sheet import shown


@click.group()
def baseline() -> None:
    """The day that later figures are compared with; and pilots, parts of the estate with a baseline of their own.

    \b
        muniment baseline set --day 2026-04-01
        muniment baseline pilot finance --service Finance
        muniment report trend --pilot finance

    The step `summarise` of the timetable measures all that is held, and each pilot, on the days on which it runs.
    """


@baseline.command("set")
@click.argument("name", metavar="[PILOT]", required=False)
@click.option("--day", type=Day(), required=True, help="One of the days of which figures are kept.")
@pass_talk
def set_(talk: Talk, name: str | None, day: date) -> None:
    """Compare all that is held, or a PILOT, with another day."""
    settings = talk.settings()
    with talk.acting(settings) as (actor, trail):
        choose_day(actor, trail, day, name)
    talk.say(f"Compared with {day} from now on.")


@baseline.command()
@click.argument("name")
@click.option("--service", "services", multiple=True, help="What is of this service.")
@click.option("--source", "sources", multiple=True, help="All of this source.")
@click.option("--folder", "folders", multiple=True, metavar="SOURCE:FOLDER", help="A folder and all below it.")
@click.option("--asset", "numbers", multiple=True, metavar="ID", help="What lies in this asset.")
@a_day
@pass_talk
def pilot(
    talk: Talk, name: str, services: tuple[str, ...], sources: tuple[str, ...], folders: tuple[str, ...],
    numbers: tuple[str, ...], today: date | None,
) -> None:  # fmt: skip
    """Begin a pilot NAME: measure a part of the estate today, and keep that as its baseline.

    Several services are each meant, and so are several places; where both are named, what is of these services and in
    these places.
    """
    settings = talk.settings()
    with talk.acting(settings) as (actor, trail):
        scope = scope_of(actor, trail.database, services, sources, folders, numbers)
        period = begin_pilot(actor, trail, settings, name, scope, today or utc_today())
    talk.say(f"{len(period.sums):,} figures of {period.day} kept. See: muniment report trend --pilot {name}")


@baseline.command()
@click.argument("name")
@pass_talk
def drop(talk: Talk, name: str) -> None:
    """End the pilot NAME, and drop what was kept of it."""
    settings = talk.settings()
    with talk.acting(settings) as (actor, trail):
        end_pilot(actor, trail, name)
    talk.say(f"Dropped the pilot {name!r}.")


@baseline.command("list")
@as_json_option
@pass_talk
def list_(talk: Talk, /, as_json: bool) -> None:
    """The baseline of all that is held, and every pilot with its own."""
    settings = talk.settings()
    actor = talk.asked(settings, Verb.VIEW_FIGURES)
    database = open_inventory(settings.inventory.url, create=False)
    try:
        chosen, pilots = baselines(actor, database)
        pilots = pilots if allowed(actor, Verb.VIEW_LIST) else tuple(map(_without_places, pilots))
    finally:
        database.dispose()
    if as_json:
        click.echo(json.dumps({"baseline": chosen and str(chosen), "pilots": [_object(one) for one in pilots]}))
        return
    rows = [("", str(chosen or "the first day that was kept"), "all that is held")]
    print_table(("pilot", "baseline", "scope"), rows + [(one.name, str(one.baseline), _scope(one)) for one in pilots])


def _without_places(one: Pilot) -> Pilot:
    """For who sees figures and no lists: names of folders tell of people."""
    return replace(one, scope=replace(one.scope, locations=()))


def _object(one: Pilot) -> dict[str, object]:
    return {
        "name": one.name, "baseline": str(one.baseline), "services": sorted(one.scope.services),
        "places": list(map(shown, one.scope.locations)), "assets": sorted(one.scope.assets),
    }  # fmt: skip


def _scope(one: Pilot) -> str:
    scope = one.scope
    return "; ".join((*sorted(scope.services), *map(shown, scope.locations), *sorted(scope.assets)))

"""`muniment retention simulate`: what another schedule would change, before it does."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import click

from cli.options import a_day, as_json_option, schedule_path, utc_today
from cli.terminal import Talk, pass_talk, size_in_words
from domain.actor import Verb
from domain.summary import Tally
from inventory.engine import open_inventory
from operations.config import SavingsSettings
from operations.schedule.evaluate import term_keys
from operations.schedule.events import event_register
from operations.schedule.simulate import Changed, Effect, Outcome, Simulation, grounds_of_both, on_trial
from operations.schedule.simulate import simulate as simulate_schedule
from reports.renderers.csv import guarded
from reports.wording import plural
from retention.schedule import load_schedule

_TB = 10**12


@click.command()
@click.argument("path", metavar="SCHEDULE", type=click.Path(path_type=Path))
@click.option("--rule", help="Try this one rule of SCHEDULE, in the schedule that is in force.")
@click.option(
    "--against", type=click.Path(path_type=Path), help="Compare with this schedule. [default: the configured one]"
)
@click.option(
    "--all", "everything", type=click.Path(path_type=Path), help="Write every item that changes to a new CSV file."
)
@click.option("--seed", type=int, default=0, show_default=True, help="Draws the examples: the same again.")
@a_day
@as_json_option
@pass_talk
def simulate(
    talk: Talk, path: Path, rule: str | None, against: Path | None, everything: Path | None, seed: int,
    today: date | None, as_json: bool,
) -> None:  # fmt: skip
    """Say what would become of the items held if SCHEDULE were in force. Nothing is scanned and nothing is written.

    A draft is tried as if it were approved, on the day from which it is to be in force, and compared with the schedule
    in force on that day: what is newly due, no longer due, blocked by a hold, or cannot be computed any more.
    """
    settings = talk.settings()
    draft, current = load_schedule(path), load_schedule(schedule_path(settings, against))
    day = today or max(utc_today(), draft.effective_from)
    talk.asked(settings, Verb.VIEW_LIST)
    database = open_inventory(settings.inventory.url, create=False)
    try:
        events = event_register(settings, database)
        grounds = grounds_of_both(database, draft, current, day, term_keys(settings), events)
        with listing(everything) as tell:
            found = simulate_schedule(database, on_trial(draft, current, rule), current, grounds, seed, tell)
    finally:
        database.dispose()
    if as_json:
        click.echo(json.dumps(_as_json(found, settings.savings), default=str))
    else:
        click.echo("\n".join(told(found, settings.savings)))
    if everything is not None:
        talk.say(f"Every item that changes: {everything}")


def told(found: Simulation, savings: SavingsSettings) -> Iterator[str]:
    """What a draft would change, in lines for people."""
    yield f"{found.draft}, against {found.against}, on {found.day}:"
    for effect in Effect:
        yield f"  {_held(found.of(effect))}  {effect}"
    yield f"In all {plural(found.changed.items, 'item')} would change; an item may be counted under two of these."
    yield f"Flags now standing that would change: {found.contradicted.items:,}."
    yield from _worth(found, savings)
    yield from _by_service(found)
    if found.examples:
        yield "Examples, drawn at random:"
        yield from (f"  {one.path}: {_outcome(one.before)} -> {_outcome(one.after)}" for one in found.examples)


@contextmanager
def listing(path: Path | None) -> Iterator[Callable[[Changed], object]]:
    """Writes every change into a new file for its owner alone, since paths name people."""
    if path is None:
        yield lambda _: None
        return
    file = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with open(file, "w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["source", "path", "service", "bytes", *_columns("before"), *_columns("after"), "effects"])
        yield lambda one: writer.writerow(map(_cell, _row(one)))


def _columns(when: str) -> list[str]:
    return [f"{name} {when}" for name in ("state", "action", "due", "rule", "class")]


def _row(one: Changed) -> list[object]:
    effects = "; ".join(one.effects)
    return [one.source, one.path, one.service, one.size, *_standing(one.before), *_standing(one.after), effects]


def _standing(outcome: Outcome) -> list[object]:
    return [outcome.state, outcome.action, outcome.due, outcome.rule, outcome.record_class]


def _cell(value: object) -> object:
    return value if isinstance(value, int) else guarded("" if value is None else str(value))


def _held(tally: Tally) -> str:
    return f"{tally.items:>9,} {size_in_words(tally.bytes):>9}"


def _worth(found: Simulation, savings: SavingsSettings) -> Iterator[str]:
    freed = f"{size_in_words(found.freed)} more to dispose of, {size_in_words(found.kept)} no longer"
    unset = "[savings] of the configuration does not say what a terabyte costs"
    pounds, carbon = _a_year(found, savings)
    money = "no figure in pounds" if pounds is None else f"£{pounds:,.0f} a year"
    air = "no figure in CO2e" if carbon is None else f"{carbon:,.0f} kg CO2e a year"
    yield f"{freed}: {money}, {air}{f' ({unset})' if None in (pounds, carbon) else ''}."


def _a_year(found: Simulation, savings: SavingsSettings) -> tuple[float | None, float | None]:
    """What would be spared by the organisation's own factors; less than nothing where more is kept."""
    terabytes = (found.freed - found.kept) / _TB
    factors = (savings.pounds_per_tb_year, savings.kg_co2e_per_tb_year)
    pounds, carbon = (None if factor is None else terabytes * factor for factor in factors)
    return pounds, carbon


def _by_service(found: Simulation) -> Iterator[str]:
    if not found.sums:
        return
    yield "By service and class:"
    for (service, of_class, effect), tally in sorted(found.sums.items()):
        yield f"  {_held(tally)}  {service or 'no service'}, {of_class or 'no class'}: {effect}"


def _outcome(outcome: Outcome) -> str:
    due = f" {outcome.due}" if outcome.due else ""
    return f"{outcome.state} ({outcome.action}{due}, {outcome.rule or 'no rule'})"


def _as_json(found: Simulation, savings: SavingsSettings) -> dict[str, Any]:
    pounds, carbon = _a_year(found, savings)
    return {
        "draft": found.draft, "against": found.against, "day": str(found.day), "changed": asdict(found.changed),
        "effects": {effect.name.casefold(): asdict(found.of(effect)) for effect in Effect},
        "by_service_and_class": [
            {"service": service, "class": of_class, "effect": effect.name.casefold(), **asdict(tally)}
            for (service, of_class, effect), tally in sorted(found.sums.items())
        ],
        "contradicted": asdict(found.contradicted), "bytes_to_dispose": found.freed, "bytes_kept": found.kept,
        "pounds_a_year": pounds, "kg_co2e_a_year": carbon,
        "examples": [
            {"source": one.source, "path": one.path, "service": one.service, "bytes": one.size,
             "before": asdict(one.before), "after": asdict(one.after),
             "effects": [effect.name.casefold() for effect in one.effects]}
            for one in found.examples
        ],
    }  # fmt: skip

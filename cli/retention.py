"""`muniment retention`: the retention schedule."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import click

from cli.approve import approve
from cli.classes import classify, map_folders
from cli.exits import FOUND_PROBLEMS
from cli.options import (
    Day,
    a_day,
    a_schedule,
    as_json_option,
    schedule_path,
    utc_today,
)
from cli.simulate import simulate
from cli.terminal import Talk, pass_talk
from domain.actor import Verb
from domain.decision import State
from domain.errors import ConfigurationError
from domain.rule import Schedule
from inventory.engine import open_inventory
from operations.schedule.evaluate import Evaluation, term_keys, weigh
from operations.schedule.evaluate import evaluate as evaluate_schedule
from operations.schedule.events import event_register, suggested_birth
from operations.schedule.foresee import replaced
from operations.schedule.gaps import Gaps, gaps
from operations.schedule.nagging import late_holds, nagging
from operations.schedule.schedule_files import as_values, export_schedule, import_schedule
from reports.wording import plural
from retention.diff import Change, Difference
from retention.diff import diff as diff_schedules
from retention.explain import explain as explained
from retention.json_schema import json_schema
from retention.lint import Defect
from retention.lint import lint as lint_schedule
from retention.schedule import load_schedule

_STATES = {
    State.DUE: "due now",
    State.OBSERVED: "past due, under observation",
    State.KEPT: "kept under a rule, not due",
    State.HELD: "frozen by a hold",
    State.UNCOMPUTABLE: "cannot be computed: an event or a date is missing",
    State.PROPOSED: "under no record rule, and proposed as redundant, obsolete or trivial",
    State.UNMATCHED: "under no rule",
}


@click.group()
def retention() -> None:
    """Apply the retention schedule: what is to be kept, reviewed, archived or disposed of, and from when.

    The schedule is TOML: record classes, rules and holds, in one file or in a folder with a file for each function,
    named in [retention] of the configuration. Muniment only ever proposes; people decide, and nothing in a source is
    changed.
    """


@retention.command()
@a_schedule
@a_day
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@pass_talk
def evaluate(talk: Talk, schedule: Path | None, today: date | None, as_json: bool) -> None:
    """Decide on every item in the inventory and flag what is due, soon due, or cannot be computed."""
    settings = talk.settings()
    chosen = load_schedule(schedule_path(settings, schedule))
    with talk.acting(settings) as (actor, trail):
        day, events = today or utc_today(), event_register(settings, trail.database)
        before = replaced(trail.database, chosen)
        result = evaluate_schedule(actor, trail, chosen, day, term_keys(settings), events)
        late = late_holds(trail.database, day)
    if before is not None:
        talk.say(f"Version {chosen.version} took the place of version {before.version}, applied last on {before.on}.")
    for line in nagging(late):
        talk.say(line)
    click.echo(json.dumps(_figures(result)) if as_json else "\n".join(told(result)))


@retention.command()
@click.argument("path", type=click.Path(path_type=Path))
@a_schedule
@a_day
@as_json_option
@pass_talk
def explain(talk: Talk, path: Path, schedule: Path | None, today: date | None, as_json: bool) -> None:
    """Say why an item stands where it does: its class, the rules, the dates, the holds, and what would change it.

    PATH is the item's path below the root of its source, as `muniment items` shows it.
    """
    settings = talk.settings()
    chosen = load_schedule(schedule_path(settings, schedule))
    talk.asked(settings, Verb.VIEW_LIST)
    database = open_inventory(settings.inventory.url, create=False)
    events = event_register(settings, database)
    weighed = weigh(database, chosen, os.fsencode(path), today or utc_today(), term_keys(settings), events)
    hints = [suggested_birth(database, each) for each in weighed]
    database.dispose()
    if not weighed:
        raise ConfigurationError(
            "There is no item at that path in the inventory. Name it below its source's root, as `muniment items` does."
        )
    for each, hint in zip(weighed, hints, strict=True):
        explanation = explained(each)
        source = each.circumstances.record.ref.source
        details = {"source": source, "path": each.circumstances.record.ref.path, "sentence": explanation.sentence}
        details |= explanation.details | {"hint": hint or None}
        click.echo(json.dumps(details) if as_json else f"{explanation.sentence} {hint}".rstrip())


@retention.command()
@click.argument("path", type=click.Path(path_type=Path), required=False)
@click.option("--held", is_flag=True, help="Look for what the inventory holds and no rule is about, too.")
@a_day
@as_json_option
@pass_talk
def lint(talk: Talk, path: Path | None, held: bool, today: date | None, as_json: bool) -> None:
    """Look for the defects of schedules: words and code that disagree, repealed law, gaps, rules that nothing reaches.

    PATH is a file or a folder; without it, the configured schedule. Exits with 1 where there is a defect.
    """
    try:
        chosen = load_schedule(path or schedule_path(talk.settings(), None))
    except ConfigurationError as error:
        if path is None or not path.exists():
            raise
        defects = [Defect("refused", *line.split(": ", 1)) for line in str(error).splitlines()]
    else:
        day = today or utc_today()
        found = _gaps(talk, chosen, day) if held else Gaps()
        defects = lint_schedule(chosen, day, found.held_classes, found.unruled)
    _listed(as_values(defects), (f"{defect.where}: {defect.sentence} [{defect.code}]" for defect in defects), as_json)
    if defects:
        raise SystemExit(FOUND_PROBLEMS)
    talk.say("No defects found.")


@retention.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@as_json_option
def diff(old: Path, new: Path, as_json: bool) -> None:
    """Say what differs between two versions of a schedule: what came, what went, what changed, numbers used again."""
    differences = diff_schedules(load_schedule(old), load_schedule(new))
    _listed(as_values(differences), map(_difference, differences), as_json)


@retention.command("import")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The new folder for the TOML files.")
@click.option("--today", type=Day(), help="The day from which it is to be in force.")
@pass_talk
def import_(talk: Talk, path: Path, out: Path, today: date | None) -> None:
    """Turn a workbook or CSV file into a schedule's TOML files: one of ours, or one as councils publish them.

    CSV files may be in any common encoding. All of it is checked first; nothing is half-loaded and nothing is
    overwritten. What was published in words comes in as drafts, which decide nothing until somebody finishes them.
    """
    schedule = import_schedule(path, out, today or utc_today())
    talk.say(
        f"{plural(len(schedule.classes), 'class', 'classes')} and "
        f"{plural(len(schedule.rules), 'rule')} written to {out}."
    )
    talk.say(f"Next: muniment retention lint {out}")


@retention.command()
@click.argument("out", type=click.Path(path_type=Path))
@a_schedule
@pass_talk
def export(talk: Talk, out: Path, schedule: Path | None) -> None:
    """Write the schedule to OUT, a .xlsx workbook or a .csv file, to be edited there and imported again."""
    path = schedule or schedule_path(talk.settings(), None)
    exported = export_schedule(path, out)
    talk.say(
        f"{plural(len(exported.classes), 'class', 'classes')} and "
        f"{plural(len(exported.rules), 'rule')} written to {out}."
    )


@retention.command()
def schema() -> None:
    """Print the JSON Schema of a schedule's files, with which an editor completes and checks while one writes."""
    click.echo(json.dumps(json_schema(), indent=2))


retention.add_command(approve)
retention.add_command(map_folders)
retention.add_command(classify)
retention.add_command(simulate)


def told(result: Evaluation) -> list[str]:
    """Where items stand under the schedule, in a few lines."""
    lines = [f"{result.schedule}:"]
    lines += [f"  {result.states[state]:>7,}  {words}" for state, words in _STATES.items() if result.states[state]]
    actions = ", ".join(f"{action} {count:,}" for action, count in sorted(result.due.items()))
    return [*lines, f"Proposed for what is due: {actions}."] if actions else lines


def _gaps(talk: Talk, schedule: Schedule, day: date) -> Gaps:
    settings = talk.settings()
    talk.asked(settings, Verb.VIEW_FIGURES)
    database = open_inventory(settings.inventory.url, create=False)
    try:
        return gaps(database, schedule, day, term_keys(settings), event_register(settings, database))
    finally:
        database.dispose()


def _listed(values: list[dict[str, Any]], lines: Iterable[str], as_json: bool) -> None:
    """A line each, JSON Lines where that is asked for."""
    for line in map(json.dumps, values) if as_json else lines:
        click.echo(line)


def _difference(each: Difference) -> str:
    if each.change is Change.ADDED:
        return f"{each.table} {each.id}: added ({each.after})"
    if each.change is Change.REMOVED:
        return f"{each.table} {each.id}: removed ({each.before})"
    said = "used again for something else" if each.change is Change.REUSED else each.field
    return f"{each.table} {each.id}: {said}: from {each.before} to {each.after}"


def _figures(result: Evaluation) -> dict[str, object]:
    return {
        "schedule": result.schedule, "states": dict(result.states), "due": dict(result.due),
        "flags_changed": result.changed,
    }  # fmt: skip

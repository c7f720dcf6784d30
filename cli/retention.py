"""`muniment retention`: the retention schedule."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import click

from cli.terminal import Talk, pass_talk
from domain.decision import State
from domain.errors import ConfigurationError
from operations.config import Settings
from operations.evaluate import Evaluation
from operations.evaluate import evaluate as evaluate_schedule
from retention.schedule import load_schedule

_STATES = {
    State.DUE: "due now",
    State.OBSERVED: "past due, under observation",
    State.KEPT: "kept under a rule, not due",
    State.UNCOMPUTABLE: "cannot be computed: an event or a date is missing",
    State.UNMATCHED: "under no rule",
}


class Day(click.ParamType[date]):
    name = "YYYY-MM-DD"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a day; write it like 2026-11-22", param, ctx)


@click.group()
def retention() -> None:
    """Apply the retention schedule: what is to be kept, reviewed, archived or disposed of, and from when.

    The schedule is a TOML file of record classes and rules, named in [retention] of the configuration. Muniment only
    ever proposes; people decide, and nothing in a source is changed.
    """


@retention.command()
@click.option("--schedule", type=click.Path(path_type=Path), help="Another schedule than the configured one.")
@click.option("--today", type=Day(), help="Decide as on this day.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@pass_talk
def evaluate(talk: Talk, schedule: Path | None, today: date | None, as_json: bool) -> None:
    """Decide on every item in the inventory and flag what is due, soon due, or cannot be computed."""
    settings = talk.settings()
    chosen = load_schedule(_schedule_path(settings, schedule))
    with talk.acting(settings) as (actor, trail):
        result = evaluate_schedule(actor, trail, chosen, today or utc_today())
    click.echo(json.dumps(_figures(result)) if as_json else "\n".join(told(result)))


def utc_today() -> date:
    return datetime.now(UTC).date()


def _schedule_path(settings: Settings, named: Path | None) -> Path:
    path = named or settings.retention.schedule
    if path is None:
        raise ConfigurationError("No schedule is configured. Name one: muniment retention evaluate --schedule FILE")
    return path


def told(result: Evaluation) -> list[str]:
    """Where items stand under the schedule, in a few lines."""
    lines = [f"{result.schedule}:"]
    lines += [f"  {result.states[state]:>7,}  {words}" for state, words in _STATES.items() if result.states[state]]
    actions = ", ".join(f"{action} {count:,}" for action, count in sorted(result.due.items()))
    return [*lines, f"Proposed for what is due: {actions}."] if actions else lines


def _figures(result: Evaluation) -> dict[str, object]:
    return {
        "schedule": result.schedule, "states": dict(result.states), "due": dict(result.due),
        "flags_changed": result.changed,
    }  # fmt: skip

"""What a version of the schedule changes, found before it is approved: every item of which something else would become.

It is compared with the version by which flags stand, not with any other that somebody names: only where that version's
file is lost may another stand in for it, and then the trail says which.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date

from domain.errors import ConfigurationError
from domain.event import EventRegister
from domain.rule import Schedule
from inventory.engine import Database, reading
from inventory.schedules import Applied, applied_last
from operations.people.approval import Foreseen
from operations.schedule.simulate import Changed, Effect, Simulation, grounds_of_both, simulate
from retention.decide import NO_EVENTS


@dataclass(frozen=True, slots=True)
class Predecessor:
    """The schedule that a version is compared with. `is_other`: not the one by which flags stand."""

    schedule: Schedule
    digest: str | None
    is_other: bool = False


def replaced(database: Database, schedule: Schedule) -> Applied | None:
    """The version that decided until now, where this one takes its place."""
    with reading(database) as connection:
        last = applied_last(connection)
    return last if last is not None and last.digest != schedule.digest else None


def predecessor(
    database: Database, schedule: Schedule, named: Schedule | None, configured: Schedule | None
) -> Predecessor:
    """What is in force until this version is: the version that was applied last; no rule at all where none was.

    Raises ConfigurationError where that version is neither `named` nor the configured one.
    """
    with reading(database) as connection:
        last = applied_last(connection)
    if named is not None:
        return Predecessor(named, named.digest, last is not None and last.digest != named.digest)
    if last is None:
        nothing = replace(schedule, title="no schedule at all", version="", classes=(), rules=(), holds=(), keys=())
        return Predecessor(nothing, None)
    for each in filter(None, (schedule, configured)):
        if each.digest == last.digest:
            return Predecessor(each, each.digest)
    raise ConfigurationError(
        f"What this version changes is told against the one that decides now: version {last.version}, applied last on "
        f"{last.on}, SHA-256 {last.digest}. The configured schedule is another. Name the file or folder that holds it, "
        "as it was then: --against OLD"
    )


def foresee(
    database: Database,
    schedule: Schedule,
    before: Predecessor,
    day: date,
    term_keys: Collection[str] = (),
    events: EventRegister = NO_EVENTS,
    tell: Callable[[Changed], object] = lambda _: None,
) -> tuple[Simulation, Foreseen]:
    """`tell` every change of outcome, and return what they come to. Writes nothing."""
    grounds = grounds_of_both(database, schedule, before.schedule, day, term_keys, events)
    found = simulate(database, schedule, before.schedule, grounds, tell=tell)
    counts = {effect.name.casefold(): found.of(effect).items for effect in Effect}
    return found, Foreseen(schedule.digest, before.digest, day, found.changed.items, counts)

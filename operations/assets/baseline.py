"""What later days are compared with: a day of one's choice, for all that is held or for a pilot."""

from __future__ import annotations

import re
from datetime import date

from domain.actor import Actor, Verb
from domain.audit import Act
from domain.errors import ConfigurationError
from domain.figures import Period
from domain.pilot import Pilot, PilotScope
from inventory.assets import assets, service_names, source_names
from inventory.engine import Database, reading
from inventory.periods import baseline, choose_baseline, drop_pilot, kept_days, pilots, write_period, write_pilot
from inventory.scoped import folders_of
from operations.access import ask
from operations.assets.sheet import Known, location_of
from operations.config import Settings
from operations.people.audit import Trail
from operations.timetable.summarise import measured_in

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")


def scope_of(
    actor: Actor, database: Database, services: tuple[str, ...], sources: tuple[str, ...], folders: tuple[str, ...],
    numbers: tuple[str, ...],
) -> PilotScope:  # fmt: skip
    """A scope by the names of what is in it. Raises ConfigurationError for what the inventory does not have."""
    ask(actor, Verb.SET_BASELINE)
    with reading(database) as connection:
        known = Known(connection, assets(connection), source_names(connection), service_names(connection))
        for kind, named, there in (("service", services, known.services), ("asset", numbers, tuple(known.assets))):
            if strange := [name for name in named if name not in there]:
                raise ConfigurationError(f"There is no {kind} {strange[0]!r}. There are: {', '.join(there) or 'none'}")
        try:
            places = tuple(location_of(text, known) for text in (*(f"{name}:" for name in sources), *folders))
        except ValueError as error:
            raise ConfigurationError(str(error)) from error
    return PilotScope(frozenset(services), tuple(dict.fromkeys(places)), frozenset(numbers))


def begin_pilot(actor: Actor, trail: Trail, settings: Settings, name: str, scope: PilotScope, today: date) -> Period:
    """Keep what is in the scope today as the baseline of a pilot. Raises ConfigurationError for a scope of everything.

    A pilot of that name and another scope begins anew; one of the same scope is compared with today from now on.
    """
    authority = ask(actor, Verb.SET_BASELINE)
    if not _NAME.fullmatch(name):
        raise ConfigurationError("A pilot's name is small letters, digits and . _ -, such as childrens-services")
    if not scope:
        raise ConfigurationError("Of what? Name a --service, a --source, a --folder or an --asset.")
    database = trail.database
    with reading(database) as connection:
        folders = folders_of(scope, assets(connection))
    period = measured_in(database, settings, today, folders)
    if not period.sums:
        raise ConfigurationError("There is nothing in that scope. See: muniment items, muniment assets list")
    with trail.changing(authority) as change:
        if write_pilot(change.transaction, Pilot(name, scope, today)):
            change.note(Act.PILOT_DROPPED, f"pilot:{name}")
        write_period(change.transaction, period, name)
        change.note(
            Act.BASELINE_SET, f"pilot:{name}", day=today.isoformat(), measures=len(period.sums),
            services=len(scope.services), places=len(scope.locations), assets=", ".join(sorted(scope.assets)),
        )  # fmt: skip
    return period


def choose_day(actor: Actor, trail: Trail, day: date, name: str | None = None) -> None:
    """Compare with another of the days that are kept: all that is held, or a pilot.

    Raises ConfigurationError where there is no such pilot, or nothing is kept of the day.
    """
    authority = ask(actor, Verb.SET_BASELINE)
    with trail.changing(authority) as change:
        connection = change.transaction
        if name is not None:
            pilot = _pilot(pilots(connection), name)
        if day not in (there := kept_days(connection, name)):
            days = ", ".join(map(str, sorted(there)[-5:])) or "none; `summarise` in the timetable keeps them"
            raise ConfigurationError(f"No figures of {day} are kept. The last days that are: {days}")
        before = baseline(connection, name)
        if name is None:
            choose_baseline(connection, day)
        else:
            write_pilot(connection, Pilot(name, pilot.scope, day))
        subject = f"pilot:{name}" if name else "estate"
        change.note(Act.BASELINE_SET, subject, day=day.isoformat(), before=str(before or ""))


def end_pilot(actor: Actor, trail: Trail, name: str) -> None:
    """Drop a pilot with all that was kept of it."""
    authority = ask(actor, Verb.SET_BASELINE)
    with trail.changing(authority) as change:
        drop_pilot(change.transaction, _pilot(pilots(change.transaction), name).name)
        change.note(Act.PILOT_DROPPED, f"pilot:{name}")


def baselines(actor: Actor, database: Database) -> tuple[date | None, tuple[Pilot, ...]]:
    """The day that was chosen for all that is held, and every pilot."""
    ask(actor, Verb.VIEW_FIGURES)
    with reading(database) as connection:
        return baseline(connection), pilots(connection)


def _pilot(every: tuple[Pilot, ...], name: str) -> Pilot:
    for pilot in every:
        if pilot.name == name:
            return pilot
    raise ConfigurationError(f"There is no pilot {name!r}. There are: {', '.join(one.name for one in every) or 'none'}")

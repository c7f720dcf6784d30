"""The event register: feeds of other systems, imported whole or not at all, and what has been reported so far."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from domain.actor import Actor, Verb
from domain.audit import Act
from domain.errors import ConfigurationError
from domain.event import BIRTH, DEATH, Event, EventRegister, Reference
from domain.rule import PersonDate, Schedule, Trigger
from inventory import events as kept
from inventory.engine import Database, reading
from inventory.events import Imported, Reported
from inventory.places import same_key
from inventory.searched import holds_kind
from operations.access import ask
from operations.config import Settings
from operations.keys import load_key
from operations.people.audit import Trail
from operations.schedule.schedule_files import read_rows
from retention.clock import spans
from retention.decide import NO_EVENTS, Weighing
from retention.feed import NEEDED, events_of


def import_feed(
    actor: Actor, trail: Trail, settings: Settings, path: Path, source: str, today: date, *, replaces: bool
) -> tuple[Imported, tuple[Event, ...]]:
    """Take in a feed, a CSV file or a workbook; what was reported before is known, so that it can come every night.

    With `replaces` the feed is all that its source knows: what that reported before and reports no more is taken back.
    Raises ConfigurationError that names each line which cannot be; nothing is taken in then.
    """
    authority = ask(actor, Verb.IMPORT_EVENTS)
    key = load_key(settings.inventory.key_file)
    events = _read(path, source, today)
    with trail.changing(authority) as change:
        same_key(change.transaction, key.id)
        done = kept.import_events(change.transaction, key, events, source, today, replaces=replaces)
        change.note(Act.EVENTS_IMPORTED, f"feed:{source}", added=done.added, known=done.known, withdrawn=done.withdrawn)
    return done, events


def event_register(settings: Settings, database: Database) -> EventRegister:
    """What was reported so far. Raises ConfigurationError where something was, and the key is missing."""
    if kept.is_empty(database):
        return NO_EVENTS
    return kept.register(database, load_key(settings.inventory.key_file))


def reported(actor: Actor, database: Database) -> tuple[Reported, ...]:
    """How much each source has reported of what."""
    ask(actor, Verb.VIEW_FIGURES)
    with reading(database) as connection:
        return kept.counts(connection)


def reported_of(actor: Actor, database: Database, settings: Settings, reference: Reference) -> tuple[Event, ...]:
    """What was reported of one case or person."""
    ask(actor, Verb.SEARCH_PEOPLE)
    key = load_key(settings.inventory.key_file)
    with reading(database) as connection:
        return kept.reported_of(connection, key, reference)


def unheard(events: tuple[Event, ...], schedule: Schedule) -> list[str]:
    """What of a feed no rule asks for, or no pattern finds, a line each: it is kept, and changes nothing."""
    keys = {event.reference.key for event in events} - {form.name for form in schedule.keys}
    names = {event.name for event in events} - _asked_for(schedule)
    return [
        *(
            f'The schedule has no [[key]] "{key}", so no path is tied to what was reported by it.'
            for key in sorted(keys)
        ),
        *(f'No rule of the schedule asks for the event "{name}".' for name in sorted(names)),
    ]


def suggested_birth(database: Database, weighing: Weighing) -> str:
    """What to say where a birth is wanted and a date of birth stands inside the file: it may be anybody's, and starts
    no period. "" elsewhere.
    """
    wanted = any("birth" in claim.reading.needs for claim in weighing.claims)
    if not wanted or not holds_kind(database, weighing.circumstances.record.ref, "DATE_OF_BIRTH"):
        return ""
    return "A date of birth stands inside it, which may be anybody's: ask whose it is, and have it reported."


def _asked_for(schedule: Schedule) -> set[str]:
    clocks = [clock for rule in schedule.rules for clock in (rule.clock, *(step.clock for step in rule.before))]
    return {name for clock in clocks if clock is not None for span in spans(clock) for name in _names(span.trigger)}


def _names(trigger: Trigger) -> Iterator[str]:
    if trigger.person is not None:
        yield from (BIRTH, DEATH) if trigger.person is PersonDate.DEATH else (BIRTH,)
    yield from filter(None, (trigger.event, trigger.reopened_by))


def _read(path: Path, source: str, today: date) -> tuple[Event, ...]:
    rows = read_rows(path)
    columns = set[str]().union(*(row.cells for row in rows))
    if lacking := [column for column in NEEDED if column not in columns]:
        raise ConfigurationError(
            f"{path}:1: these headings lack: {', '.join(lacking)}. A feed has the columns {', '.join(NEEDED)}, and "
            "outcome where there is one."
        )
    return events_of(rows, today, source)

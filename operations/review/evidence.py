"""What somebody sees of one item before deciding on it: what it is, why it is here, what forbids what, what was decided
on others like it, and on it before. Of other services it tells nothing but that there is more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from domain.actor import Actor, Verb
from domain.audit import Entry
from domain.errors import ConfigurationError
from domain.hold import Hold
from domain.review import Batch, Odd, Verdict, VerdictKind
from inventory import classes
from inventory import holds as kept
from inventory.audit import latest
from inventory.considered import considered
from inventory.duplicated import copies_of
from inventory.engine import reading
from inventory.review_groups import Queued
from inventory.reviews import alike, history
from inventory.searched import search
from inventory.told import Told, told_of
from operations.access import ask, own_services
from operations.review.deciding import barred
from operations.review.desk import Desk
from operations.review.grouping import of_service
from operations.review.seeing import Looked, look
from operations.schedule.judging import Grounds, Judge
from retention.explain import Explanation, explain
from retention.glob import compile_glob
from retention.likeness import duplicated

_ENTRIES = 50


@dataclass(frozen=True, slots=True)
class Alike:
    """How others that the same rule is about were decided on, by kind, as far as one sees their services: those in the
    same folder, and all.
    """

    here: Mapping[VerdictKind, int]
    anywhere: Mapping[VerdictKind, int]


@dataclass(frozen=True, slots=True)
class Evidence:
    """`service` decides on it; `place` is its place in a queue, None of what waits for nobody. `explanation` is the
    schedule's of this moment, None without a schedule; `holds` are those on it now; `barred` says of each kind of
    verdict that cannot be given why not. `past` are the verdicts on it, the newest first, and `entries` what the audit
    trail says of it and of their batches. `stamp` is what the form carries.
    """

    told: Told
    service: str
    place: Queued | None
    odd: tuple[Odd, ...]
    stamp: str
    explanation: Explanation | None
    holds: tuple[Hold, ...]
    barred: Mapping[VerdictKind, str]
    alike: Alike
    past: tuple[tuple[Verdict, Batch], ...]
    entries: tuple[Entry, ...]


def evidence(actor: Actor, desk: Desk, number: int) -> Evidence:
    """Raises ConfigurationError where there is no such file, or it is gone, and RefusedError for another service's."""
    looked, told = look(desk, [number]), told_of(desk.trail.database, number)
    service = looked.service(number)
    ask(actor, Verb.VIEW_LIST, of_service(service or ""))
    if told is None or number not in looked.facts:
        raise ConfigurationError(f"There is no file {number} any more. Go back to the list.")
    facts, own = looked.facts[number], own_services(actor, Verb.VIEW_LIST)
    with reading(desk.trail.database) as connection:
        past = history(connection, number)
        near = Alike(*(alike(connection, facts.rule or "", folder, own) for folder in (facts.folder, None)))
    return Evidence(
        _of_services(told, own), service or "", looked.places.get(number), facts.odd,
        looked.stamp(number), _explained(desk, number), _holds(desk, looked, number),
        {kind: why for kind in VerdictKind if (why := barred(looked, number, kind))}, near, past,
        _entries(desk, number, past),
    )  # fmt: skip


def _of_services(told: Told, services: frozenset[str] | None) -> Told:
    """Without the places and services of others."""
    if services is None:
        return told
    families = tuple(
        replace(one, record=one.record if one.record and one.record.service in services else None)
        for one in told.families
    )
    copies = {service: count for service, count in told.copies.items() if service in services}
    return replace(told, families=families, copies=copies)


def _explained(desk: Desk, number: int) -> Explanation | None:
    """As the schedule decides at this moment, holds searched in this file alone."""
    if desk.schedule is None:
        return None
    database = desk.trail.database
    with reading(database) as connection:
        held = tuple(hold for hold in kept.holds(connection) if hold.is_active(desk.today))
    asked_for = (*(hold for hold in desk.schedule.holds if hold.is_active(desk.today)), *held)
    copies = copies_of(database, {glob: compile_glob(glob).matches for glob in duplicated(desk.schedule.rules)})
    grounds = Grounds(
        desk.today, desk.term_keys, desk.events, held, classes.register(database),
        search(database, asked_for, [number]), copies,
    )  # fmt: skip
    judge = Judge(desk.schedule, grounds)
    with considered(database, judge.asked) as estate:
        found = [explain(judge.weigh(one, estate.folders[one.folder])) for one in estate.numbered([number])]
    return next(iter(found), None)


def _holds(desk: Desk, looked: Looked, number: int) -> tuple[Hold, ...]:
    of_schedule = desk.schedule.holds if desk.schedule else ()
    known = {hold.id: hold for hold in (*of_schedule, *looked.in_force)}
    return tuple(known[name] for name in looked.holds.get(number, ()))


def _entries(desk: Desk, number: int, past: tuple[tuple[Verdict, Batch], ...]) -> tuple[Entry, ...]:
    """In their order."""
    subjects = [f"item:{number}", *(f"batch:{batch.number}" for _, batch in past)]
    found = {entry.number: entry for subject in subjects for entry in latest(desk.trail.database, _ENTRIES, subject)}
    return tuple(entry for _, entry in sorted(found.items()))

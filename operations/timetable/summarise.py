"""Keeps the figures of the day, so that what changed since can be said: a step of the timetable's chain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from domain.access import Breadth
from domain.actor import Actor, Verb
from domain.audit import Act
from domain.decision import State
from domain.figures import GONE, Flagged, Measure, Owned, OwnedFiles, Period, Risky
from domain.rot import RotReason, RotSum
from domain.summary import Tally
from inventory.asset_figures import added_up
from inventory.asset_holdings import keep_holdings
from inventory.breakdowns import write_breakdown
from inventory.engine import Database, reading
from inventory.figures import flagged, held, outcomes, owned
from inventory.periods import pilots, write_period
from inventory.queries import Inventory
from inventory.risk_figures import risky
from inventory.rot_listing import rot_sums
from inventory.scoped import Conditions, folders_of
from operations.access import ask
from operations.config import Settings
from operations.people.audit import Trail
from operations.reporting.making import among_all
from operations.timetable.broken_down import broken_down

_WIDE = (Breadth.EVERYONE, Breadth.ORGANISATION)


def summarise(actor: Actor, trail: Trail, settings: Settings, today: date) -> Period:
    """Measure all that is held, and each pilot, and keep it as this day's; the first day that is kept is the baseline
    unless another was chosen. A pilot that was ended or given another scope meanwhile is left alone.
    """
    authority = ask(actor, Verb.EVALUATE)
    database = trail.database
    risks, rot = risky(database, among_all(settings)), rot_sums(database)
    period = measured(database, today, risks, owned(database), rot)
    broken = broken_down(today, risks, flagged(database, today), rot)
    known, lying = added_up(database)
    with reading(database) as connection:
        scopes = {(pilot.name, pilot.scope): folders_of(pilot.scope, known) for pilot in pilots(connection)}
    measures = {of: measured_in(database, settings, today, folders) for of, folders in scopes.items()}
    with trail.changing(authority) as change:
        write_period(change.transaction, period)
        write_breakdown(change.transaction, broken)
        keep_holdings(change.transaction, today, known, lying)
        for pilot in pilots(change.transaction):
            if its := measures.get((pilot.name, pilot.scope)):
                write_period(change.transaction, its, pilot.name)
        change.note(Act.PERIOD_SUMMARISED, f"day:{today}", measures=len(period.sums))
    return period


def measured_in(database: Database, settings: Settings, today: date, folders: Conditions = ()) -> Period:
    """The figures of the day, of some folders or of all; nothing is written."""
    risks = risky(database, replace(among_all(settings), folders=folders))
    return measured(database, today, risks, owned(database, folders), rot_sums(database, folders), folders)


def measured(
    database: Database,
    today: date,
    risks: Iterable[Risky],
    files: Iterable[OwnedFiles],
    rot: Iterable[RotSum],
    folders: Conditions = (),
) -> Period:
    """The figures of the day from sums that were made of it; nothing is written.

    Without ROT it is not measured, nor who is gone of owners that no directory was asked about. What is under a rule is
    known of whole services alone, and so not of `folders`.
    """
    sums: defaultdict[tuple[str, Measure], Tally] = defaultdict(Tally)
    _add_held(sums, database, folders)
    for service, whole, tally in outcomes(database, folders):
        sums[service, Measure.READ if whole else Measure.UNREAD] += tally
    _add_flags(sums, flagged(database, today, folders), of_all=not folders)
    for risk in risks:
        sums[risk.service, Measure.PERSONAL] += Tally(risk.items)
        sums[risk.service, Measure.HIGH] += Tally(risk.high)
        sums[risk.service, Measure.OPEN] += Tally(risk.items if risk.breadth in _WIDE else 0)
    for one in files:
        if one.owner is not Owned.UNASKED:
            sums[one.service, Measure.UNOWNED] += one.tally if one.owner in GONE else Tally()
    for found in rot:
        goes = found.tally if found.guard is None and found.reason.disposable else Tally()
        sums[found.service, Measure.ROT] += goes
        sums[found.service, Measure.COPIES] += goes if found.reason is RotReason.COPY else Tally()
    return Period(today, dict(sums))


def _add_flags(sums: dict[tuple[str, Measure], Tally], flags: Iterable[Flagged], *, of_all: bool) -> None:
    for flag in flags:
        if flag.state == State.DUE:
            sums[flag.service, Measure.PAST_DUE] += flag.tally
        if flag.state == State.UNCOMPUTABLE and of_all:
            sums[flag.service, Measure.COMPUTABLE] += Tally(-flag.tally.items, -flag.tally.bytes)


def _add_held(sums: dict[tuple[str, Measure], Tally], database: Database, folders: Conditions) -> None:
    if folders:
        sums.update({(service, Measure.HELD): tally for service, tally in held(database, folders)})
        return
    for each in Inventory(database).services():
        sums[each.service, Measure.HELD] = each.held
        sums[each.service, Measure.UNDER_RULE] = each.under_rule
        sums[each.service, Measure.COMPUTABLE] = each.under_rule

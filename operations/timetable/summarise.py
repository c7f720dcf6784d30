"""Keeps the figures of the day, so that what changed since can be said: a step of the timetable's chain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from domain.access import Breadth
from domain.actor import Actor, Verb
from domain.audit import Act
from domain.decision import State
from domain.figures import GONE, Measure, OwnedFiles, Period, Risky
from domain.rot import RotReason, RotSum
from domain.summary import Tally
from inventory.engine import Database
from inventory.figures import flagged, outcomes, owned
from inventory.periods import write_period
from inventory.queries import Inventory
from inventory.risk_figures import risky
from inventory.rot_listing import rot_sums
from operations.access import ask
from operations.config import Settings
from operations.people.audit import Trail
from operations.reporting.making import among_all

_WIDE = (Breadth.EVERYONE, Breadth.ORGANISATION)


def summarise(actor: Actor, trail: Trail, settings: Settings, today: date) -> Period:
    """Measure all that is held and keep it as this day's; the first day that is kept is the baseline."""
    authority = ask(actor, Verb.EVALUATE)
    database = trail.database
    risks = risky(database, among_all(settings))
    period = measured(database, today, risks, owned(database), rot_sums(database))
    with trail.changing(authority) as change:
        write_period(change.transaction, period)
        change.note(Act.PERIOD_SUMMARISED, f"day:{today}", measures=len(period.sums))
    return period


def measured(
    database: Database, today: date, risks: Iterable[Risky], files: Iterable[OwnedFiles], rot: Iterable[RotSum]
) -> Period:
    """The figures of the day from sums that were made of it; nothing is written. Without ROT it is not measured."""
    sums: defaultdict[tuple[str, Measure], Tally] = defaultdict(Tally)
    for each in Inventory(database).services():
        sums[each.service, Measure.HELD] += each.held
        sums[each.service, Measure.UNDER_RULE] += each.under_rule
        sums[each.service, Measure.COMPUTABLE] += each.under_rule
    for service, whole, tally in outcomes(database):
        sums[service, Measure.READ if whole else Measure.UNREAD] += tally
    for flag in flagged(database, today):
        if flag.state == State.DUE:
            sums[flag.service, Measure.PAST_DUE] += flag.tally
        if flag.state == State.UNCOMPUTABLE:
            sums[flag.service, Measure.COMPUTABLE] += Tally(-flag.tally.items, -flag.tally.bytes)
    for risk in risks:
        sums[risk.service, Measure.PERSONAL] += Tally(risk.items)
        sums[risk.service, Measure.HIGH] += Tally(risk.high)
        sums[risk.service, Measure.OPEN] += Tally(risk.items if risk.breadth in _WIDE else 0)
    for one in files:
        sums[one.service, Measure.UNOWNED] += one.tally if one.owner in GONE else Tally()
    for found in rot:
        goes = found.tally if found.guard is None and found.reason.disposable else Tally()
        sums[found.service, Measure.ROT] += goes
        sums[found.service, Measure.COPIES] += goes if found.reason is RotReason.COPY else Tally()
    return Period(today, dict(sums))

"""What an inventory holds that a schedule says nothing of: a gap that no reading of the schedule alone would show."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from domain.event import EventRegister
from domain.rule import Purpose, Schedule
from inventory.considered import Considered, considered
from inventory.engine import Database
from operations.schedule.judging import Judge, grounds_in, judged
from operations.schedule.simulate import on_trial
from retention.decide import NO_EVENTS, Verdict


@dataclass(frozen=True, slots=True)
class Gaps:
    """The classes that items are held to be of, and the services with items of which no rule is about any."""

    held_classes: frozenset[str] = frozenset()
    unruled: frozenset[str] = frozenset()


def gaps(
    database: Database,
    schedule: Schedule,
    today: date,
    term_keys: Collection[str] = (),
    events: EventRegister = NO_EVENTS,
) -> Gaps:
    """Of a draft, as if its rules were approved. It looks at every file, as an evaluation does, and writes nothing."""
    judge = Judge(on_trial(schedule, schedule), grounds_in(database, schedule, today, term_keys, events))
    classes, services, ruled = set[str](), set[str](), set[str]()

    def answer(_: Considered, verdicts: Sequence[Verdict]) -> tuple[str | None, bool]:
        (verdict,) = verdicts
        return verdict.record_class, any(claim.rule.purpose is Purpose.RECORD for claim in verdict.claims[:1])

    with considered(database, judge.asked) as estate:
        for one, (record_class, is_ruled) in judged(estate, [judge], answer):
            (ruled if is_ruled else services).add(estate.folders[one.folder].service)
            classes.update(filter(None, [record_class]))
    return Gaps(frozenset(classes), frozenset(services - ruled))

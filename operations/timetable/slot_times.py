"""When an entry of the timetable is due, by the clocks of the organisation and across their changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice, takewhile
from typing import Any
from zoneinfo import ZoneInfo

from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from operations.configuration.timetable_settings import TimetableSettings, duration

_STEP = timedelta(seconds=1)
_MOST_MISSED = 100
"""Slots told of as missed after a long time without a timetable: so many, the latest ones."""

_BEGAN = datetime(2000, 1, 3, tzinfo=UTC)
"""A midnight, and a Monday: what is due every so long is counted from there, so that all hosts agree."""


@dataclass(frozen=True, slots=True)
class Due:
    """The slot that is to be run now, if any, and those before it that nobody ran."""

    now: datetime | None
    missed: tuple[datetime, ...]


def trigger_of(entry: TimetableSettings, zone: ZoneInfo) -> Any:
    if entry.cron is not None:
        return CronTrigger.from_crontab(entry.cron, timezone=zone)
    seconds = duration(entry.every or "").total_seconds()
    return IntervalTrigger(seconds=int(seconds), start_date=_BEGAN, timezone=UTC)


def times(entry: TimetableSettings, zone: ZoneInfo, after: datetime) -> Iterator[datetime]:
    """The times behind `after`, in UTC.

    Where clocks are put back, an hour that is named comes once, the first time; where they are put forward, a time that
    is left out comes as much later.
    """
    trigger = trigger_of(entry, zone)
    names_an_hour = entry.cron is not None and "*" not in entry.cron.split()[1]
    then = after.astimezone(UTC)
    while True:
        found = trigger.get_next_fire_time(None, then + _STEP)
        if found is None:
            return
        came = found.astimezone(UTC)
        if came > then and not (names_an_hour and came.astimezone(zone).fold):
            yield came
        then = max(came, then + _STEP)


def due(entry: TimetableSettings, zone: ZoneInfo, since: datetime, now: datetime) -> Due:
    """What came due behind `since`: the latest is to be run unless it is too late for that, the others are missed."""
    grace = duration(entry.grace)
    came = _came(entry, zone, since, now)
    latest = came.pop() if came and now - came[-1] <= grace else None
    return Due(latest, tuple(came[-_MOST_MISSED:]))


def next_times(entry: TimetableSettings, zone: ZoneInfo, now: datetime, count: int) -> tuple[datetime, ...]:
    """The next times, by the clocks of the zone."""
    return tuple(one.astimezone(zone) for one in islice(times(entry, zone, now), count))


def _came(entry: TimetableSettings, zone: ZoneInfo, since: datetime, now: datetime) -> list[datetime]:
    """What came due behind `since`, or the latest of it, where that is more than is told of: a timetable that was away
    for a year need not walk through every minute of it.
    """
    back = max(timedelta(days=7), 2 * duration(entry.grace))
    while True:
        begin = max(since, now - back)
        came = list(takewhile(lambda one: one <= now, times(entry, zone, begin)))
        if begin == since or len(came) > _MOST_MISSED:
            return came
        back *= 2

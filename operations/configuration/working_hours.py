"""Hours in which a server is left to those who work on it, as a configuration writes them: "Mon-Fri 08:00-18:00"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CLOCK = r"([01]\d|2[0-3]):[0-5]\d"
_WRITTEN = re.compile(
    rf"(?:(?P<first>{'|'.join(_DAYS)})(?:-(?P<last>{'|'.join(_DAYS)}))? )?(?P<from>{_CLOCK})-(?P<to>{_CLOCK})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Hours:
    """From one time of day to another, on these weekdays (Monday is 0); past midnight where `to` is not after it."""

    days: frozenset[int]
    begin: time
    to: time

    def ends(self, now: datetime) -> datetime | None:
        """When these hours, which `now` lies in, are over by its own wall clock; None where it does not lie in them."""
        for day in (now.date(), now.date() - timedelta(days=1)):
            if day.weekday() not in self.days:
                continue
            begin = datetime.combine(day, self.begin, now.tzinfo)
            last = day if self.to > self.begin else day + timedelta(days=1)
            end = datetime.combine(last, self.to, now.tzinfo)
            if begin <= now < end:
                return end
        return None


def read_hours(written: str) -> Hours:
    """Raises ValueError, which says how hours are written."""
    found = _WRITTEN.fullmatch(written.strip())
    if found is None:
        raise ValueError(f"{written!r} is not understood; write hours as 'Mon-Fri 08:00-18:00' or '22:00-06:00'")
    begin, to = time.fromisoformat(found["from"]), time.fromisoformat(found["to"])
    if found["first"] is None:
        return Hours(frozenset(range(7)), begin, to)
    first = _DAYS.index(found["first"].lower())
    last = _DAYS.index((found["last"] or found["first"]).lower())
    return Hours(frozenset((first + step) % 7 for step in range((last - first) % 7 + 1)), begin, to)


def seconds_to_wait(hours: tuple[Hours, ...], now: datetime, zone: ZoneInfo) -> float:
    """How long it is until none of these hours lasts, by the clocks of a zone; 0 where none does.

    Hours that begin just as others end are waited for in one.
    """
    then = now
    while ends := [end for one in hours if (end := one.ends(then.astimezone(zone)))]:
        later = max(ends)
        if later.astimezone(now.tzinfo) - now > timedelta(days=8):
            break
        then = later
    # By the instants, for a wall clock may be put back or forward meanwhile.
    return (then.astimezone(now.tzinfo) - now).total_seconds()

"""How a scan behaves towards the servers that it reads: in which hours, and how much at once."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from domain.item import Listing
from operations.configuration.working_hours import Hours, seconds_to_wait
from operations.scanning.throttle import Throttle

_LONGEST_NAP = 60.0
"""Seconds, after which the clock is looked at again: it may have been put right, or the machine have slept."""


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Courtesy:
    """Towards one source. `hours` are those in which it is left alone, by the clocks of `zone`; `throttle` is None for
    what is this machine's own. `sleep` and `now` are given by tests.
    """

    hours: tuple[Hours, ...] = ()
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Europe/London"))
    throttle: Throttle | None = None
    now: Callable[[], datetime] = _now
    sleep: Callable[[float], None] = time.sleep

    def turn(self, kind: str = "read") -> AbstractContextManager[None]:
        """One request, when its turn has come."""
        return nullcontext() if self.throttle is None else self.throttle.turn(kind)

    def listed(self, listings: Iterator[Listing], pausing: Callable[[datetime | None], None]) -> Iterator[Listing]:
        """The listings of a source, each asked for when it may be."""
        if not self.hours and self.throttle is None:
            yield from listings
            return
        while True:
            self.wait(pausing)
            with self.turn("list"):
                listing = next(listings, None)
            if listing is None:
                return
            yield listing

    def seconds_to_wait(self) -> float:
        """How long the source is still to be left alone; 0 where it may be read."""
        return seconds_to_wait(self.hours, self.now(), self.zone) if self.hours else 0.0

    def wait(self, pausing: Callable[[datetime | None], None]) -> None:
        """Wait until the source may be read; `pausing` is told until when, and then None."""
        if not self.hours or not (seconds := seconds_to_wait(self.hours, self.now(), self.zone)):
            return
        while seconds > 0:
            pausing(datetime.fromtimestamp(self.now().timestamp() + seconds, self.zone))
            self.sleep(min(seconds, _LONGEST_NAP))
            seconds = seconds_to_wait(self.hours, self.now(), self.zone)
        pausing(None)


AT_EASE = Courtesy()
"""Towards what may be read at any time, as fast as it can be."""

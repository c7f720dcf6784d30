"""By whose clock it is reckoned how long files were in quarantine, and what becomes of a clock that is set back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from inventory.disposal_facts import last_act_before
from inventory.engine import reading, server_time
from operations.access import RefusedError
from operations.people.audit import Trail

BACK = (
    "The clock of this machine stands before what was last disposed of. Set it right, then run the same command again: "
    "how long files stay in quarantine is reckoned by it."
)


@dataclass(slots=True)
class Steady:
    """A clock that never goes back: what was begun is written down after it was begun, whatever the clock shows.

    Whoever begins something asks first whether the clock `went_back`.
    """

    clock: Callable[[], datetime]
    latest: datetime | None = None

    def __call__(self) -> datetime:
        now = self.clock()
        self.latest = now if self.latest is None else max(self.latest, now)
        return self.latest

    @property
    def went_back(self) -> bool:
        return self.latest is not None and self.clock() < self.latest


_QUIET = timedelta(days=30)
_JUST_NOW = timedelta(days=1)


def trusted_clock(trail: Trail) -> Callable[[], datetime]:
    """The clock of the inventory's server, or of this machine. Raises RefusedError as `refuse_jump` does."""

    def now() -> datetime:
        return server_time(trail.database) or datetime.now(UTC)

    refuse_jump(trail, now())
    return now


def refuse_jump(trail: Trail, now: datetime) -> None:
    """Raises RefusedError where the trail was silent for as long as anything has to stay in quarantine: a clock that
    jumped ahead would make everything ripe at once. What was done in the last day by that same clock says nothing of
    it, such as the sign-in to this very command.
    """
    with reading(trail.database) as connection:
        last = last_act_before(connection, now - _JUST_NOW)
    if last is not None and now - last > _QUIET:
        raise RefusedError(
            f"Nothing was done here for {(now - last).days} days, if the clock is right. Look whether it is; then "
            "apply the schedule anew (muniment retention evaluate), and run the same command again after a day."
        )

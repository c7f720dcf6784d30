"""How an inventory stands before anything is shown of it: what is missing, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.summary import Tally
from inventory.engine import Database
from inventory.estate import by_family
from inventory.queries import Inventory
from operations.hosts.status import ScanStatus, scans_of
from operations.viewing.sight import Sight

SCAN_FIRST = "Nothing has been scanned yet. To begin, run: muniment scan"
_NO_SERVICE = (
    "No folder belongs to a service yet, so no figure is anybody's. Name the services of folders in muniment.toml "
    "under [[service]] and scan again."
)
_NOT_YOURS = (
    "Nothing belongs to your services yet. If that is wrong, ask Information Governance which folders are theirs."
)
NO_SCHEDULE = (
    "No retention schedule has been applied yet, so nothing is due. To apply one, run: muniment retention evaluate"
)
UNDER_WAY = "A scan is under way: figures still grow while it runs."
NOT_KEPT = (
    "These figures are added up once a day by the step summarise of the timetable, and were not yet. Start the "
    "timetable: muniment timetable run"
)


@dataclass(frozen=True, slots=True)
class Standing:
    """`held` are the files that may be seen, `parts` what lies inside them. `scanning` are scans that run now."""

    held: Tally
    parts: int
    services: tuple[str, ...]
    scanned: datetime | None
    scanning: tuple[ScanStatus, ...]
    schedule: tuple[str, date] | None

    def next_step(self, sight: Sight, *, schedule: bool = False) -> str:
        """What to do before the figures say anything, or "" where they do. With `schedule` one is needed too."""
        if not self.held.items and self.scanning:
            return UNDER_WAY
        if not self.held.items:
            return SCAN_FIRST if sight.services is None else _NOT_YOURS
        if schedule and self.schedule is None:
            return NO_SCHEDULE
        if sight.services is None and self.services == ("",):
            return _NO_SERVICE
        return UNDER_WAY if self.scanning else ""


def standing_of(database: Database, sight: Sight, now: datetime) -> Standing:
    """By kept sums and a few rows: no item is counted for it."""
    inventory = Inventory(database)
    portions = sight.of(by_family(database))
    held = sum((one.files for one in portions), Tally())
    return Standing(
        held, sum(one.parts for one in portions), tuple(sorted({one.service for one in portions})),
        inventory.last_scan().ended, tuple(scan for scan in scans_of(database, now)[1] if scan.is_running),
        inventory.schedule_applied(),
    )  # fmt: skip

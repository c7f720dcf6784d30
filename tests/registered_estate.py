"""Registers with something in them: assets, holds, a draft of a schedule, requests. All is invented."""

from __future__ import annotations

from datetime import UTC, date, datetime

from builders import SCHEDULE_HEAD
from reviewed_estate import SCHEDULE
from viewed_estate import an_estate

from domain.asset import Asset, Location
from domain.hold import Hold, HoldKind, HoldScope
from inventory.assets import write_asset
from inventory.drafts import DRAFT, keep
from inventory.engine import writing
from inventory.holds import add_hold
from inventory.slots import note_request
from operations.people.audit import Trail

HARMFUL = "<img src=x onerror=alert(1)> \u202egpj"
CASES = Asset(
    "A-1", f"Case files {HARMFUL}", "Planning", (Location("shares", b"Planning/Case files"),), owner="vera.holt",
    purpose="Deciding applications", lawful_basis="6(1)(e)",
)  # fmt: skip
ROADS = Asset("A-2", "Road works", "Highways", (Location("shares", b"Highways/Works"),))
LATE = Hold("CLAIM-7", HoldKind.LITIGATION, f"Claim 7 {HARMFUL}", "role:solicitor", HoldScope(paths=("Planning/**",)),
            placed=date(2026, 1, 5), review_by=date(2026, 5, 1))  # fmt: skip


def registers(trail: Trail) -> None:
    """Fill an inventory that holds nothing."""
    an_estate(trail.database)
    with writing(trail.database) as connection:
        for asset in (CASES, ROADS):
            write_asset(connection, asset)
        add_hold(connection, LATE)
        keep(connection, DRAFT, SCHEDULE_HEAD + SCHEDULE)
        note_request(connection, "scan", "shares", "ivan.gale", datetime(2026, 11, 1, 9, tzinfo=UTC))

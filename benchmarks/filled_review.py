"""Gives a made-up inventory what people work with in a browser: queues, assets with what lies in them, a hold."""

from __future__ import annotations

from datetime import date

from benchmarks.filled_inventory import SERVICES, TODAY
from domain.asset import Asset, Location
from domain.hold import Hold, HoldKind, HoldScope
from inventory.asset_figures import added_up
from inventory.asset_holdings import keep_holdings
from inventory.assets import write_asset
from inventory.engine import Database, writing
from inventory.holds import add_hold
from inventory.review_queue import refill
from inventory.reviews import alone

_HOLD = Hold(
    "CLAIM-1", HoldKind.LITIGATION, "Claim 1", "counsel", HoldScope(paths=("Service 3/Finance/2014/**",)),
    placed=date(2026, 1, 1),
)  # fmt: skip


def work(database: Database) -> None:
    """For an inventory that `fill` has filled and `decide` decided on. What is there already stays."""
    with writing(database) as connection:
        for asset in (one for number in range(1, SERVICES + 1) for one in _assets(number)):
            write_asset(connection, asset)
        add_hold(connection, _HOLD)
        alone(connection)
        refill(connection, TODAY, rot=True)
    known, lying = added_up(database)
    with writing(database) as connection:
        keep_holdings(connection, TODAY, known, lying)
    with database.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")


def _assets(number: int) -> tuple[Asset, ...]:
    """Of a service all that it holds, and a part of it that is an asset of its own."""
    service, owner, approver = f"Service {number}", f"Person {number}", f"Person {number + 50}"
    return tuple(
        Asset(f"A-{number:03}{at}", f"Records of {service}, {at}", service, (Location("shares", path.encode()),),
              owner=owner, approver=approver)
        for at, path in ((1, service), (2, f"{service}/Finance"))
    )  # fmt: skip

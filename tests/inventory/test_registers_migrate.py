from __future__ import annotations

from datetime import UTC, date, datetime

from scan_driver import FILES, held, scan
from sqlalchemy import func, select

from domain.actor import Role
from domain.event import Event, Reference
from domain.hold import Hold, HoldKind, HoldScope
from domain.privacy import FingerprintKey
from inventory.classes import decide_class, map_folder
from inventory.engine import reading, writing
from inventory.events import import_events
from inventory.holds import add_hold
from inventory.schedules import Approval, approvals, approve
from inventory.schema import downgrade, migrate
from inventory.tables import ApprovalRow, EventRow, HoldRow, ItemClassRow, MappingRow

TODAY = date(2026, 3, 2)
TABLES = (EventRow, HoldRow, MappingRow, ItemClassRow, ApprovalRow)


def fill(database) -> None:
    event = Event(Reference("case_no", "C-1"), "case_closed", TODAY)
    with writing(database) as connection:
        import_events(connection, FingerprintKey(b"k" * 32), [event], "cases", TODAY, replaces=False)
        scope = HoldScope(paths=("**",))
        add_hold(connection, Hold("H", HoldKind.AUDIT, "An audit", "role:siro", scope, placed=TODAY))
        map_folder(connection, "memory", b"Finance", "FI.01", "amy", TODAY)
        decide_class(connection, 1, "FI.01", "why", "amy", TODAY)
        approve(connection, "d" * 64, Approval(Role.IG_OFFICER, "amy", "", datetime(2026, 3, 2, tzinfo=UTC)))


def counts(database) -> list[int]:
    with reading(database) as connection:
        return [connection.execute(select(func.count()).select_from(table)).scalar_one() for table in TABLES]


def test_filled_registers_go_down_and_up_again_and_what_was_scanned_stays(database):
    scan(database, FILES)
    fill(database)
    before = held(database)
    assert counts(database) == [1] * 5
    downgrade(database, "0011")
    migrate(database)
    assert counts(database) == [0] * 5
    assert held(database) == before
    fill(database)
    assert counts(database) == [1] * 5


def test_approvals_are_of_one_digest_alone(database):
    scan(database, FILES)
    fill(database)
    with reading(database) as connection:
        (one,) = approvals(connection, "d" * 64)
        assert (one.role, one.parties, one.at.year) == (Role.IG_OFFICER, {"amy"}, 2026)
        assert approvals(connection, "e" * 64) == ()

from __future__ import annotations

from datetime import date

from scan_driver import FILES, HERE, held, scan
from sqlalchemy import func, select

from domain.asset import Asset, Location
from domain.figures import Measure, Period
from domain.pilot import Pilot, PilotScope
from domain.summary import Tally
from inventory.assets import write_asset
from inventory.engine import reading, writing
from inventory.periods import periods, pilots, write_period, write_pilot
from inventory.schema import downgrade, migrate
from inventory.tables import AssetLocationRow, AssetRow, PilotRow, PilotSumRow

TODAY = date(2026, 3, 2)
TABLES = (AssetRow, AssetLocationRow, PilotRow, PilotSumRow)
PILOT = Pilot("p", PilotScope(frozenset({"Finance"}), (Location(HERE.name, b"Fin\xff"),), frozenset({"A-1"})), TODAY)
PERIOD = Period(TODAY, {("Finance", Measure.HELD): Tally(2, 3)})


def fill(database) -> None:
    with writing(database) as connection:
        write_asset(connection, Asset("A-1", "Finance", "Finance", (Location(HERE.name, b"Finance"),)))
        write_pilot(connection, PILOT)
        write_period(connection, PERIOD, PILOT.name)


def counts(database) -> list[int]:
    with reading(database) as connection:
        return [connection.execute(select(func.count()).select_from(table)).scalar_one() for table in TABLES]


def test_filled_registers_of_assets_go_down_and_up_again_and_what_was_scanned_stays(database):
    scan(database, FILES)
    fill(database)
    before = held(database)
    assert counts(database) == [1] * 4
    downgrade(database, "0022")
    migrate(database)
    assert counts(database) == [0] * 4
    assert held(database) == before
    fill(database)
    assert counts(database) == [1] * 4


def test_a_pilot_is_read_as_it_was_written(database):
    scan(database, FILES)
    fill(database)
    with reading(database) as connection:
        assert pilots(connection) == (PILOT,)
    assert periods(database, pilot="p") == (PERIOD,)

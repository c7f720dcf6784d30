from __future__ import annotations

from datetime import date

import pytest
from scan_driver import FILES, HERE, scan

from domain.asset import Asset, Location
from inventory import asset_figures
from inventory.asset_figures import added_up, register_told, registered_and_missing
from inventory.asset_holdings import keep_holdings
from inventory.assets import drop_asset, write_asset
from inventory.engine import writing

DAY, NEXT = date(2026, 11, 22), date(2026, 11, 23)
ALL, FINANCE = b"", b"Finance"


@pytest.fixture(autouse=True)
def _nothing_is_small(monkeypatch):
    monkeypatch.setattr(asset_figures, "SMALL", 0)


@pytest.fixture
def filled(database):
    scan(database, FILES)
    put(database, "A-1", FINANCE)
    return database


def put(database, number: str, path: bytes) -> None:
    with writing(database) as connection:
        write_asset(connection, Asset(number, "Records", "Finance", (Location(HERE.name, path),)))


def keep(database, day: date) -> None:
    known, lying = added_up(database)
    with writing(database) as connection:
        keep_holdings(connection, day, known, lying)


def test_what_was_kept_is_told_as_it_is_when_added_up_and_of_which_day_it_is(filled):
    keep(filled, DAY)
    told = register_told(filled)
    assert (told.registered, told.missing) == registered_and_missing(filled)
    assert told.registered[0].holding.files.items > 0
    assert any(not one.asset for one in told.missing)
    assert (told.as_of, told.moved, told.counted) == (DAY, False, True)


def test_what_was_never_added_up_is_said_not_to_be_known(filled):
    told = register_told(filled)
    assert (told.as_of, told.counted) == (None, False)
    assert [one.asset.id for one in told.registered] == ["A-1"]


def test_that_assets_have_other_folders_since_is_said_until_it_is_added_up_again(filled):
    keep(filled, DAY)
    put(filled, "A-2", ALL)
    assert register_told(filled).moved
    keep(filled, NEXT)
    told = register_told(filled)
    assert (told.as_of, told.moved) == (NEXT, False)
    assert (told.registered, told.missing) == registered_and_missing(filled)
    with writing(filled) as connection:
        drop_asset(connection, "A-2")
    assert register_told(filled).moved


def test_a_small_inventory_is_as_it_is_now(filled, monkeypatch):
    keep(filled, DAY)
    put(filled, "A-2", ALL)
    monkeypatch.setattr(asset_figures, "SMALL", 10_000)
    told = register_told(filled)
    assert told.as_of is None
    assert (told.registered, told.missing) == registered_and_missing(filled)

from __future__ import annotations

import re

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from scan_driver import FILES, held, scan
from sqlalchemy import select, update

from inventory.engine import (
    InventoryError,
    check_inventory,
    connect,
    open_inventory,
    reading,
    writing,
)
from inventory.migrations import HEAD
from inventory.queries import Inventory
from inventory.schema import downgrade, migrate
from inventory.tables import Base, DirRow, is_ours


def test_the_migrations_make_just_the_tables(database):
    with database.connect() as connection:
        looked_at = MigrationContext.configure(connection, opts={"include_object": is_ours})
        assert compare_metadata(looked_at, Base.metadata) == []


def test_migrating_twice_changes_nothing(database):
    migrate(database)
    with database.connect() as connection:
        assert MigrationContext.configure(connection).get_current_revision() == HEAD


@pytest.mark.parametrize("revision", ["0001", "0002", "0003", "0004"])
def test_what_is_held_survives_the_way_down_and_up_again(database, revision):
    scan(database, FILES)
    before, kinds = held(database), Inventory(database).kinds()
    downgrade(database, revision)
    migrate(database)
    assert held(database) == before
    assert Inventory(database).kinds() == kinds != {}
    assert scan(database, FILES) == []


def test_folders_whose_rights_were_left_behind_on_the_way_down_are_asked_anew(database):
    """A folder whose state is what it was is not listed again, nor are its rights."""
    scan(database, FILES)
    with writing(database) as connection:
        connection.execute(update(DirRow).values(state=b"as it was"))
    downgrade(database, "0029")
    migrate(database)
    with reading(database) as connection:
        assert set(connection.execute(select(DirRow.state)).scalars()) == {b""}


def test_an_inventory_that_is_not_there_is_not_made_by_accident(tmp_path):
    with pytest.raises(InventoryError, match="muniment init"):
        open_inventory(f"sqlite:///{tmp_path / 'none.db'}", create=False)
    assert list(tmp_path.iterdir()) == []


def test_what_is_not_a_database_is_named(tmp_path):
    (tmp_path / "inventory.db").write_bytes(b"not a database" * 100)
    with pytest.raises(InventoryError, match="not a database"):
        open_inventory(f"sqlite:///{tmp_path / 'inventory.db'}", create=False)


@pytest.mark.parametrize("url", ["nonsense", "nonsense://x", "sqlite:////no/such/folder/inventory.db"])
def test_a_url_that_leads_nowhere_is_named(url):
    with pytest.raises(InventoryError):
        open_inventory(url, create=True)


def test_the_check_says_how_it_is(database, inventory_url):
    kept = "in PostgreSQL 1" if inventory_url.startswith("postgresql") else "whole"
    assert re.match(rf"opens, {kept}.*, 0 items, schema", check_inventory(inventory_url))


@pytest.mark.parametrize("inventory_url", ["sqlite"], indirect=True)
def test_a_writer_takes_its_lock_at_once(database):
    other = connect(str(database.url))
    with other.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1
    other.dispose()

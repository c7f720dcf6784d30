"""An inventory that the first Muniment wrote is brought to this one's schema, step by step, and loses nothing."""

from __future__ import annotations

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from scan_driver import FILES, held, scan
from sqlalchemy import MetaData, func, select

from inventory import schema
from inventory.engine import open_inventory, reading, writing
from inventory.migrations import HEAD
from inventory.queries import Inventory
from inventory.schema import downgrade
from inventory.sums import sums_differ

FIRST = "0001"
KEPT = ("source", "service", "dir", "item", "content", "finding", "fingerprint")
"""Tables that every version has, of which no row may be lost."""


def steps() -> list[str]:
    """All versions, the first one first."""
    config = Config()
    config.set_main_option("script_location", str(schema._MIGRATIONS))
    return [step.revision for step in ScriptDirectory.from_config(config).walk_revisions()][::-1]


def tables_of(connection) -> MetaData:
    found = MetaData()
    found.reflect(connection)
    return found


def upgrade(database, version: str) -> None:
    with writing(database) as connection:
        schema._run(connection, command.upgrade, version)


def counted(database) -> dict[str, int]:
    with reading(database) as connection:
        tables = tables_of(connection).tables
        return {name: connection.scalar(select(func.count()).select_from(tables[name])) for name in KEPT}


@pytest.fixture
def of_the_first(database):
    """The rows of a scan, in tables that the first migration made, and no later one unmade."""
    scan(database, FILES)
    downgrade(database, FIRST)
    with writing(database) as connection:
        made = tables_of(connection)
        rows = {
            table.name: [dict(row._mapping) for row in connection.execute(select(table))]
            for table in made.sorted_tables
            if table.name != "alembic_version"
        }
        made.drop_all(connection)
    upgrade(database, FIRST)
    with writing(database) as connection:
        for table in tables_of(connection).sorted_tables:
            if rows.get(table.name):
                connection.execute(table.insert(), rows[table.name])
        go_on_counting(connection, rows)
    return database


def go_on_counting(connection, rows) -> None:
    """PostgreSQL gives the next row the next number; what was written with its number has not been counted."""
    for name in (name for name, those in rows.items() if those and "id" in those[0]):
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), max(id)) FROM {name}")


def test_every_step_from_the_first_inventory_keeps_its_rows(of_the_first):
    first, *later = steps()
    assert (first, later[-1]) == (FIRST, HEAD)
    before = counted(of_the_first)
    assert all(before.values())
    for version in later:
        upgrade(of_the_first, version)
        assert counted(of_the_first) == before, version
    assert sums_differ(of_the_first) == 0


def test_to_open_it_is_all_that_an_upgrade_takes(of_the_first, inventory_url):
    before = counted(of_the_first)
    of_the_first.dispose()
    database = open_inventory(inventory_url, create=False)
    assert counted(database) == before
    assert len(held(database)) > len(FILES)
    assert Inventory(database).kinds() != {}
    # What was examined then is not examined again.
    assert scan(database, FILES) == []
    assert sums_differ(database) == 0
    database.dispose()

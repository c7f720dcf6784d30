"""An inventory in another database, or in a file beside it, is the same inventory."""

from __future__ import annotations

import subprocess

import pytest
from scan_driver import FILES, held, scan

from inventory.copying import back_up, copy_inventory
from inventory.engine import InventoryError, open_inventory
from inventory.queries import Inventory
from inventory.sums import sums_differ


def all_of(url: str) -> tuple[object, ...]:
    database = open_inventory(url, create=False)
    inventory = Inventory(database)
    told = held(database), inventory.coverage(), inventory.services(), inventory.kinds(), sums_differ(database)
    database.dispose()
    return told


def filled(url: str) -> str:
    database = open_inventory(url, create=True)
    scan(database, FILES)
    database.dispose()
    return url


@pytest.mark.servers
def test_what_goes_to_postgresql_and_back_is_the_same_and_can_be_scanned_on(tmp_path, postgres_url):
    here, back = filled(f"sqlite:///{tmp_path / 'here.db'}"), f"sqlite:///{tmp_path / 'back.db'}"
    copied = copy_inventory(here, postgres_url)
    assert copied == copy_inventory(postgres_url, back)
    assert copied["item"] > 0
    assert all_of(here) == all_of(postgres_url) == all_of(back)
    database = open_inventory(postgres_url, create=False)
    assert scan(database, FILES | {b"new.txt": b"NAMED"}) == ["new.txt"]
    database.dispose()


def test_nothing_is_written_over(tmp_path):
    here, there = (filled(f"sqlite:///{tmp_path / name}.db") for name in ("here", "there"))
    before = all_of(there)
    with pytest.raises(InventoryError, match="already"):
        copy_inventory(here, there)
    assert all_of(there) == before
    with pytest.raises(InventoryError, match="new file"):
        back_up(here, tmp_path / "there.db")


def test_a_backup_of_a_file_is_an_inventory_for_its_owner_alone(tmp_path):
    here = filled(f"sqlite:///{tmp_path / 'here.db'}")
    back_up(here, tmp_path / "backup.db")
    assert (tmp_path / "backup.db").stat().st_mode & 0o777 == 0o600
    assert all_of(f"sqlite:///{tmp_path / 'backup.db'}") == all_of(here)


@pytest.mark.servers
def test_a_backup_of_a_server_is_put_back_by_pg_restore(tmp_path, postgres_url, postgres_server):
    filled(postgres_url)
    back_up(postgres_url, tmp_path / "backup")
    restored = postgres_server.fresh(template=None)
    subprocess.run(
        [postgres_server.programs / "pg_restore", "--no-owner", f"--dbname={restored}", tmp_path / "backup"], check=True
    )
    assert all_of(restored) == all_of(postgres_url)
    postgres_server.drop(restored)

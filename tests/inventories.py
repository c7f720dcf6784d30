"""New inventories in a file for tests: the migrations run once, and each test takes a copy of what they made."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from inventory.address import file_of
from inventory.engine import Database, open_inventory


def an_inventory(file: Path) -> Database:
    """One with nothing in it, at a place where there is none."""
    shutil.copy(_migrated(), file)
    return open_inventory(f"sqlite:///{file}", create=False)


def an_inventory_at(url: str) -> Database:
    """The same in either kind of database."""
    file = file_of(url)
    return an_inventory(Path(file)) if file else open_inventory(url, create=True)


@cache
def _migrated() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="migrated-"))
    atexit.register(shutil.rmtree, folder)
    open_inventory(f"sqlite:///{folder / 'inventory.db'}", create=True).dispose()
    return folder / "inventory.db"

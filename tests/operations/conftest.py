from __future__ import annotations

import pytest
from inventories import an_inventory

from domain.audit import AuditKey
from operations.people.audit import Trail


@pytest.fixture
def trail(tmp_path):
    """The trail of an inventory with nothing in it."""
    database = an_inventory(tmp_path / "i.db")
    yield Trail(database, AuditKey(b"k" * 32))
    database.dispose()

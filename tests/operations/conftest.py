from __future__ import annotations

import pytest

from domain.audit import AuditKey
from inventory.engine import open_inventory
from operations.audit import Trail


@pytest.fixture
def trail(tmp_path):
    """The trail of an inventory with nothing in it."""
    database = open_inventory(f"sqlite:///{tmp_path / 'i.db'}", create=True)
    yield Trail(database, AuditKey(b"k" * 32))
    database.dispose()

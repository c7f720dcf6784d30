from __future__ import annotations

import pytest

from inventory.engine import open_inventory


@pytest.fixture
def database(tmp_path):
    engine = open_inventory(f"sqlite:///{tmp_path / 'inventory.db'}", create=True)
    yield engine
    engine.dispose()

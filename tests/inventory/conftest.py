from __future__ import annotations

import pytest

from inventory.engine import open_inventory


@pytest.fixture
def database(tmp_path):
    engine = open_inventory(f"sqlite:///{tmp_path / 'inventory.db'}", create=True)
    yield engine
    engine.dispose()


@pytest.fixture(autouse=True)
def _batches_end_where_they_end(steady_clock):
    """What is written of a batch must not hang on how fast this machine is."""

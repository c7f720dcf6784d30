from __future__ import annotations

import pytest
from inventories import an_inventory_at


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.servers)])
def inventory_url(request, tmp_path) -> str:
    """A new inventory in each of the databases."""
    if request.param == "postgresql":
        return request.getfixturevalue("postgres_url")
    return f"sqlite:///{tmp_path / 'inventory.db'}"


@pytest.fixture
def database(inventory_url):
    engine = an_inventory_at(inventory_url)
    yield engine
    engine.dispose()


@pytest.fixture(autouse=True)
def _batches_end_where_they_end(steady_clock):
    """What is written of a batch must not hang on how fast this machine is."""

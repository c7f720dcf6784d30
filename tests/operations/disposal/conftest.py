from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from disposal_estate import Estate, an_estate


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.servers)])
def inventory_url(request) -> str:
    """Of an inventory with nothing in it, in each kind of database; "" for a file beside the estate."""
    return "" if request.param == "sqlite" else request.getfixturevalue("postgres_url")


@pytest.fixture
def make_estate(tmp_path, inventory_url) -> Iterator[Callable[..., Estate]]:
    made = []

    def make(**how) -> Estate:
        made.append(an_estate(tmp_path, **{"url": inventory_url} | how))
        return made[-1]

    yield make
    for estate in made:
        estate.trail.database.dispose()


@pytest.fixture
def estate(make_estate) -> Estate:
    """Four files of a share that are due, known to an inventory."""
    return make_estate()

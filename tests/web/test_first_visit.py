"""Before anybody has an account."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from inventories import an_inventory
from web_clients import KEY

from operations.people.audit import Trail


@pytest.fixture
def trail(settings) -> Iterator[Trail]:
    database = an_inventory(Path(settings.inventory.url.removeprefix("sqlite:///")))
    yield Trail(database, KEY)
    database.dispose()


def test_who_comes_first_is_told_how_the_first_account_is_made(client):
    assert "muniment users add NAME --administrator" in client.get("/sign-in").text

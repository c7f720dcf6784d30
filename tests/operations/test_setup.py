"""An inventory begins once, with its keys and its trail, where a configuration says."""

from __future__ import annotations

import pytest

from domain.audit import Act
from domain.errors import ConfigurationError
from inventory.audit import latest
from inventory.engine import open_inventory
from operations.config import InventorySettings, Settings
from operations.setup import begin_inventory


def test_what_a_configuration_names_is_made_and_nothing_else_and_only_once(tmp_path):
    url = f"sqlite:///{tmp_path / 'i.db'}"
    places = InventorySettings(url=url, key_file=tmp_path / "one", audit_key_file=tmp_path / "two")
    begin_inventory(Settings(inventory=places))
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.name in ("one", "two")}
    assert {path.name.partition("-")[0] for path in tmp_path.iterdir()} == {"one", "two", "i.db"}
    database = open_inventory(url, create=False)
    assert [entry.act for entry in latest(database, 9)] == [Act.INVENTORY_MADE]
    database.dispose()
    with pytest.raises(ConfigurationError, match="has begun already"):
        begin_inventory(Settings(inventory=places))
    assert {name: (tmp_path / name).read_bytes() for name in made} == made

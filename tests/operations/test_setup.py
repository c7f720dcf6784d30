"""An inventory begins once, with its keys and its trail, where a configuration says."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from domain.audit import Act
from domain.errors import ConfigurationError
from inventory.audit import audit_key_id, latest
from inventory.engine import Database, open_inventory
from operations.access import RefusedError
from operations.config import InventorySettings, Settings
from operations.people.audit import kept_audit_key
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


@pytest.fixture
def settings(tmp_path) -> Settings:
    places = {"key_file": tmp_path / "one", "audit_key_file": tmp_path / "two"}
    return Settings(inventory=InventorySettings(url=f"sqlite:///{tmp_path / 'i.db'}", **places))


@pytest.fixture
def database(settings) -> Iterator[Database]:
    yield (made := open_inventory(settings.inventory.url, create=True))
    made.dispose()


def test_what_was_ended_before_the_trail_said_anything_is_finished_by_the_same_command(settings, database):
    key = kept_audit_key(settings, database)
    begin_inventory(settings)
    assert [entry.act for entry in latest(database, 9)] == [Act.INVENTORY_MADE]
    assert audit_key_id(database) == key.id


def test_who_may_not_begin_it_leaves_nothing_begun(settings, database, monkeypatch):
    with monkeypatch.context() as other:
        other.setattr(os, "getuid", lambda: 54321)
        with pytest.raises(RefusedError, match="Its owner"):
            begin_inventory(settings)
    assert audit_key_id(database) is None
    assert not settings.inventory.audit_key_file.exists()
    begin_inventory(settings)
    assert [entry.act for entry in latest(database, 9)] == [Act.INVENTORY_MADE]

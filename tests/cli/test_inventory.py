"""`muniment inventory` as a user runs it."""

from __future__ import annotations

import json
import sqlite3

import pytest
from commands import copied, made_in

pytestmark = pytest.mark.slow


@pytest.fixture
def muniment(muniment_here):
    return muniment_here


@pytest.fixture(scope="module")
def scanned_once(tmp_path_factory):
    folder = tmp_path_factory.mktemp("inventory")
    muniment = made_in(folder)
    (folder / "estate").mkdir()
    (folder / "estate" / "minutes.txt").write_text("Minutes of the meeting")
    assert muniment("init").returncode == 0
    assert muniment("scan", folder / "estate").returncode == 0
    return folder


@pytest.fixture
def kept(tmp_path, surroundings, scanned_once):
    """A workspace whose inventory holds one scan."""
    copied(scanned_once, tmp_path)
    return tmp_path / "work"


def test_sums_that_are_right_are_said_to_be(muniment, kept):
    checked = muniment("inventory", "check", "--json")
    assert (checked.returncode, json.loads(checked.stdout)) == (0, {"wrong_sums": 0})


def test_sums_that_are_wrong_end_with_1_and_are_mended(muniment, kept):
    with sqlite3.connect(kept / "inventory.db") as connection:
        connection.execute("UPDATE summary SET items = items + 1")
    connection.close()
    assert muniment("inventory", "check").returncode == 1
    assert muniment("inventory", "check").returncode == 0


def test_a_copy_and_a_backup_are_made_once_and_never_over_another(muniment, kept):
    for arguments in (("copy", "sqlite:///copy.db"), ("backup", "backup.db")):
        first, second = muniment("inventory", *arguments), muniment("inventory", *arguments)
        assert (first.returncode, second.returncode) == (0, 2), (first.stderr, second.stderr)
        assert "Traceback" not in second.stderr


def test_what_is_young_is_not_ended(muniment, kept):
    ended = muniment("inventory", "expire")
    assert ended.returncode == 0
    assert "0 gone items" in ended.stderr

"""`muniment inventory` as a user runs it."""

from __future__ import annotations

import json
import sqlite3

import pytest


@pytest.fixture
def kept(muniment, tmp_path):
    """A workspace whose inventory holds one scan."""
    (tmp_path / "estate").mkdir()
    (tmp_path / "estate" / "minutes.txt").write_text("Minutes of the meeting")
    assert muniment("init").returncode == 0
    assert muniment("scan", tmp_path / "estate").returncode == 0
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
    assert "0 items" in ended.stderr

"""New items are counted as they are written; whatever else is written the database counts itself."""

from __future__ import annotations

from random import Random

import pytest
from scan_driver import a_recorder

from domain.entry import Entries, Entry
from domain.item import Listing
from inventory.engine import writing
from inventory.sums import stand_aside, sums_differ

_PIECES = (b"a", b".", b"..", b"docx", b".XLSX", b".pdf", b".", b"\xe9", b"\xff\xfe", b" ", b"\n", b"'", b"\\", b".Jpg")
_DAYS = (-1, 0, 1, 946_684_799_999_999, 946_684_800_000_000, 4_102_444_799_999_999, 4_102_444_800_000_000, None)


def _entries(seed):
    random = Random(seed)
    names = {b"".join(random.choices(_PIECES, k=random.randrange(1, 5))) for _ in range(200)}
    return [
        Entry(name, random.choice(("file", "file", "file", "other")), random.randrange(1000), random.choice(_DAYS),
              b"version", None, random.choice((None, 1)), None, None, False, None, None, None)
        for name in sorted(names)
    ]  # fmt: skip


@pytest.fixture
def listed(database):
    """With folders of two services, that hold files of names and years which few expect."""
    recorder = a_recorder(database)
    recorder.note(*(Listing(folder, Entries("shares", folder, _entries(len(folder)))) for folder in (b"", b"HR")))
    return database


def _add(connection):
    connection.exec_driver_sql(
        "INSERT INTO item (dir_id, name, part, kind, size, version, first_seen, pipeline, misnamed) "
        "SELECT id, path, '', 'file', 7, path, '2026-11-01', '', false FROM dir"
    )


def test_what_a_listing_adds_is_counted_as_the_items_say(listed):
    assert sums_differ(listed) == 0


def test_what_another_adds_behind_a_listing_is_counted(listed):
    with writing(listed) as connection:
        _add(connection)
    assert sums_differ(listed) == 0


def test_who_asks_the_sums_to_stand_aside_has_to_count(listed):
    with writing(listed) as connection, stand_aside(connection):
        _add(connection)
    assert sums_differ(listed) > 0


def test_a_transaction_that_fails_leaves_nothing_standing_aside(listed):
    with pytest.raises(ZeroDivisionError), writing(listed) as connection, stand_aside(connection):
        raise ZeroDivisionError
    with writing(listed) as connection:
        _add(connection)
    assert sums_differ(listed) == 0

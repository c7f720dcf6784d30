"""Rows that are written many at a time keep what they hold, whatever the driver would make of it."""

from __future__ import annotations

import pytest

from inventory.engine import reading, writing
from inventory.staging import copy

TRAIT = ("content_id", "simhash", "picture", "minhash", "properties", "dates", "reader")
CONTENT = (
    "id", "digest", "media_type", "pipeline", "outcome", "pending", "text_chars", "seconds", "personal", "special",
    "children", "criminal", "risk", "risk_parts",
)  # fmt: skip


@pytest.mark.parametrize("count", [1, 99, 100, 301])
def test_nothing_numbers_bytes_and_text_come_back_as_they_were_given(database, count):
    rows = [
        (number, None, number if number % 3 else None, None if number % 2 else b"\x00%d" % number, None, "x", "é")
        for number in range(1, count + 1)
    ]
    contents = [
        (row[0], b"%d" % row[0], "text/plain", "", "examined", "", 0, 0.5, row[0] % 2 == 0, "", False, True, 0, "{}")
        for row in rows
    ]
    with writing(database) as connection:
        copy(connection, "content", CONTENT, contents)
        copy(connection, "trait", TRAIT, rows)
    with reading(database) as connection:
        told = connection.exec_driver_sql(f"SELECT {', '.join(TRAIT)} FROM trait ORDER BY content_id").all()
        facts = connection.exec_driver_sql(
            "SELECT id, digest, seconds, personal, children, criminal FROM content"
        ).all()
    assert [tuple(row) for row in told] == rows
    assert sorted((row[0], bytes(row[1]), row[2], *map(bool, row[3:])) for row in facts) == [
        (row[0], b"%d" % row[0], 0.5, row[0] % 2 == 0, False, True) for row in rows
    ]

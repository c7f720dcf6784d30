"""What examining took, as the inventory adds it up."""

from __future__ import annotations

import pytest
from builders import a_zip
from scan_driver import a_recorder, listings, scan

from domain.family import Family
from inventory.costs import ground_of


def test_files_count_once_and_what_is_inside_them_belongs_to_them(database):
    scan(database, {b"a.txt": b"text", b"box/b.zip": a_zip({"x.txt": b"one", "y.txt": b"two"})})
    costs = ground_of(database).costs
    assert (costs[Family.OTHER].files, costs[Family.OTHER].parts) == (2, 2)
    assert costs[Family.OTHER].measured == 2
    assert costs[Family.OTHER].seconds > 0


def test_a_copy_costs_nothing_and_the_distinct_share_says_so(database):
    scan(database, {b"a.txt": b"the same text"})
    alone = ground_of(database)
    scan(database, {b"a.txt": b"the same text", b"b.txt": b"the same text", b"c.txt": b"the same text"})
    with_copies = ground_of(database)
    assert alone.distinct == pytest.approx(1.0)
    assert with_copies.distinct == pytest.approx(1 / 3)


def test_what_was_only_listed_is_known_by_its_name(database):
    a_recorder(database).note(*listings({b"a.xlsx": b"12", b"b.jpeg": b"1", b"c": b""}))
    costs = ground_of(database).costs
    assert {family: (cost.files, cost.bytes, cost.measured) for family, cost in costs.items()} == {
        Family.SPREADSHEETS: (1, 2, 0), Family.PICTURES: (1, 1, 0), Family.OTHER: (1, 0, 0),
    }  # fmt: skip


def test_the_size_of_the_database_is_known(database):
    assert ground_of(database).database_bytes > 10_000

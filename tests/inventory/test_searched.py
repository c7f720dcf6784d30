"""Who is mentioned in what lies inside a file is mentioned in the file; what was not read may mention anybody."""

from __future__ import annotations

import pytest
from builders import a_zip
from scan_driver import FILES, scan
from sqlalchemy import update

from domain.hold import Hold, HoldKind, HoldScope
from domain.item import ItemRef
from domain.record import Record
from inventory.engine import writing
from inventory.queries import Inventory
from inventory.searched import holds_kind, search
from inventory.tables import FindingRow, TraitRow

NAMED = (b"f" * 16).hex()


def a_hold(**scope) -> Hold:
    return Hold("H", HoldKind.LITIGATION, "A claim", "role:solicitor", HoldScope(**scope))


def searched(database, locator: bytes, **scope) -> Record:
    (held,) = Inventory(database).at(locator)
    return search(database, [a_hold(**scope)]).record(held.number, held.record)


def test_where_nobody_asks_nothing_is_looked_for(database):
    scan(database, FILES)
    assert not search(database, [a_hold(paths=("**",))])


@pytest.mark.parametrize(
    ("locator", "people"),
    [(b"a.txt", frozenset()), (b"Finance/b.txt", frozenset({NAMED})), (b"Finance/c.zip", frozenset({NAMED}))],
)
def test_people_are_met_in_a_file_and_in_what_lies_inside_it(database, locator, people):
    scan(database, FILES)
    assert searched(database, locator, people=(NAMED, "00" * 16)).people == people


def test_what_lies_inside_and_was_not_read_may_mention_anybody(database):
    scan(database, {b"c.zip": a_zip({"x.txt": b"in", "y.txt": b"raise"})})
    assert searched(database, b"c.zip", people=(NAMED,)).people is None


@pytest.mark.parametrize("column", [FindingRow.overflow, FindingRow.sampled])
def test_where_more_is_there_than_is_known_anybody_may_be_mentioned(database, column):
    scan(database, FILES)
    with writing(database) as connection:
        connection.execute(update(FindingRow).values({column.key: True}))
    assert searched(database, b"Finance/c.zip", people=("00" * 16,)).people is None
    assert searched(database, b"a.txt", people=("00" * 16,)).people == frozenset()


@pytest.mark.parametrize(("of_all", "expected"), [('{"t@1": 2}', {"t@1": 6}), ('{"t@1": 0}', {"t@1": 0}), ("{}", {})])
def test_terms_are_counted_over_what_lies_inside(database, of_all, expected):
    scan(database, FILES)
    with writing(database) as connection:
        connection.execute(update(TraitRow).values(terms=of_all))
    assert searched(database, b"Finance/c.zip", terms=("t",)).terms == expected


def test_files_of_which_the_same_was_found_are_alike(database):
    scan(database, FILES)
    found = search(database, [a_hold(people=(NAMED,))])
    numbers = {one.record.ref.locator: one.number for one in Inventory(database).held() if not one.record.ref.part}
    alike = {locator: found.likeness(number) for locator, number in numbers.items()}
    assert len(set(alike.values())) == 3


@pytest.mark.parametrize(("locator", "there"), [(b"a.txt", False), (b"Finance/b.txt", True), (b"Finance/c.zip", True)])
def test_a_kind_is_found_in_a_file_and_in_what_lies_inside_it(database, locator, there):
    scan(database, FILES)
    assert holds_kind(database, ItemRef("memory", locator), "UK_NINO") is there
    assert not holds_kind(database, ItemRef("memory", locator), "DATE_OF_BIRTH")
    assert not holds_kind(database, ItemRef("other", locator), "UK_NINO")

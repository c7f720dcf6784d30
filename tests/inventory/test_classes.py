from __future__ import annotations

from datetime import date

from scan_driver import FILES, scan

from domain.item import ItemRef
from domain.record_class import Ground
from inventory.classes import decide_class, is_folder, map_folder, mapped, register, undecide_class
from inventory.engine import reading, writing
from inventory.queries import Inventory

TODAY = date(2026, 3, 2)


def number_of(database, locator: bytes) -> int:
    (held,) = Inventory(database).at(locator)
    return held.number


def grounds(database, locator: bytes) -> list[tuple[Ground, str]]:
    claims = register(database).claims_on(number_of(database, locator), ItemRef("memory", locator))
    return [(claim.ground, claim.record_class) for claim in claims]


def test_a_decision_is_about_one_item_and_a_mapping_about_all_below_a_folder(database):
    scan(database, FILES)
    with writing(database) as connection:
        decide_class(connection, number_of(database, b"Finance/b.txt"), "HR.01", "it is a file", "amy", TODAY)
        map_folder(connection, "memory", b"Finance", "FI.01", "amy", TODAY)
    assert grounds(database, b"Finance/b.txt") == [(Ground.PERSON, "HR.01"), (Ground.FOLDER, "FI.01")]
    assert grounds(database, b"Finance/c.zip") == [(Ground.FOLDER, "FI.01")]
    assert grounds(database, b"a.txt") == []
    said = register(database)
    assert [claim.record_class for claim in said.claims_on(0, ItemRef("memory", b"Finance/deep/er/x"))] == ["FI.01"]
    for ref in (ItemRef("other", b"Finance/x"), ItemRef("memory", b"FinanceX/x")):
        assert said.claims_on(0, ref) == ()


def test_what_was_said_last_counts_and_can_be_taken_back(database):
    scan(database, FILES)
    number = number_of(database, b"a.txt")
    with writing(database) as connection:
        for record_class in ("FI.01", "FI.02"):
            decide_class(connection, number, record_class, "why", "amy", TODAY)
            map_folder(connection, "memory", b"Finance", record_class, "amy", TODAY)
        assert mapped(connection) == {("memory", b"Finance"): "FI.02"}
        assert (is_folder(connection, "memory", b"Finance"), is_folder(connection, "memory", b"None")) == (True, False)
    assert grounds(database, b"a.txt") == [(Ground.PERSON, "FI.02")]
    with writing(database) as connection:
        undecide_class(connection, number)
        map_folder(connection, "memory", b"Finance", None, "amy", TODAY)
    assert register(database).items == {}
    assert register(database).folders == {}
    with reading(database) as connection:
        assert mapped(connection) == {}

from __future__ import annotations

from scan_driver import scan
from sqlalchemy import select

from domain.copies import CopyFamily, CopyKind, Member, Role, Why
from inventory.engine import reading
from inventory.families import write_families
from inventory.family_pages import family_numbered, page_of_families
from inventory.schema import downgrade, migrate
from inventory.tables import FamilyRow, MemberRow

FILES = {f"Finance/{number}.txt".encode(): b"x" * (number + 1) for number in range(8)}


def a_family(key: bytes, *items: int, record: int | None = None, goes: int = 5) -> CopyFamily:
    members = tuple(Member(item, Role.RECORD if item == record else Role.COPY, goes) for item in items)
    return CopyFamily(CopyKind.COPY, key, members, (Why.OWNER,), record, goes)


def stored(database) -> dict[bytes, tuple[int, set[int]]]:
    with reading(database) as connection:
        rows = connection.execute(select(FamilyRow.key, FamilyRow.id)).all()
        members = connection.execute(select(MemberRow.family_id, MemberRow.item_id)).all()
    return {key: (number, {item for family, item in members if family == number}) for key, number in rows}


def test_a_night_on_which_nothing_changed_writes_nothing(database):
    scan(database, FILES)
    families = [a_family(b"a", 1, 2, record=1), a_family(b"b", 3, 4)]
    assert write_families(database, CopyKind.COPY, families).changed == 6
    assert write_families(database, CopyKind.COPY, families).changed == 0


def test_what_changed_is_written_and_a_family_keeps_its_number(database):
    scan(database, FILES)
    write_families(database, CopyKind.COPY, [a_family(b"a", 1, 2), a_family(b"b", 3, 4), a_family(b"c", 5, 6)])
    before = stored(database)
    write_families(database, CopyKind.NEAR, [])
    write_families(database, CopyKind.COPY, [a_family(b"b", 3, 7, record=7), a_family(b"d", 1, 2)])
    after = stored(database)
    assert set(after) == {b"b", b"d"}
    assert after[b"b"] == (before[b"b"][0], {3, 7})


def test_pages_begin_with_what_most_would_go_of_and_leave_none_out(database):
    scan(database, FILES)
    families = [a_family(bytes([place]), 1, place + 2, record=1, goes=place % 3) for place in range(5)]
    write_families(database, CopyKind.COPY, families)
    seen, mark = [], None
    while True:
        page, mark = page_of_families(database, mark, 2)
        seen += page
        if mark is None:
            break
    assert [one.goes for one in seen] == [2, 1, 1, 0, 0]
    assert len({one.number for one in seen}) == 5
    assert seen[0].record == "Finance/0.txt"
    assert page_of_families(database, None, 9, service="Housing") == ((), None)
    assert len(page_of_families(database, None, 9, CopyKind.COPY, "Finance")[0]) == 5


def test_a_family_shows_its_record_first(database):
    scan(database, FILES)
    write_families(database, CopyKind.COPY, [a_family(b"a", 1, 2, record=2)])
    (one,), _ = page_of_families(database, None, 1)
    family, members = family_numbered(database, one.number)
    assert (family.record, [member.number for member in members]) == ("Finance/1.txt", [2, 1])


def test_filled_families_go_down_and_up_again(database):
    scan(database, FILES)
    write_families(database, CopyKind.COPY, [a_family(b"a", 1, 2)])
    downgrade(database, "0013")
    migrate(database)
    assert stored(database) == {}

"""What directories say of accounts, and what follows from it for owners and for who can read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from builders import a_zip, an_item
from scan_driver import NOW, a_recorder, tools_over
from sqlalchemy import func, select

from domain.access import EVERYONE, Access, Breadth
from domain.item import Listing
from domain.person import Principal, PrincipalKind
from domain.summary import Ownership, Tally
from inventory.ownership import owners_by_folder
from inventory.people import judge_breadth, unresolved, write_people
from inventory.queries import Inventory, Narrowing
from inventory.tables import PrincipalRow
from operations.examine import examine

ANN, BOB, TEAM, OLD = (f"S-1-5-21-1-2-3-{number}" for number in (1105, 1106, 1201, 4711))
DAY = date(2026, 3, 2)
PEOPLE = (
    Principal(ANN, PrincipalKind.USER, "Ann Thornbury", "Housing"),
    Principal(BOB, PrincipalKind.USER, "Bob Fenwick", "Planning", left=True),
    Principal(TEAM, PrincipalKind.GROUP, "Housing officers"),
    Principal(OLD, PrincipalKind.UNKNOWN, left=True),
)
Files = Mapping[bytes, tuple[bytes, str | None]]


def scan(database, folders: Mapping[bytes, tuple[Access | None, Files]]) -> None:
    """Scan folders of such rights, with files of such contents and owners."""
    contents = {
        folder + b"/" + name: content for folder, (_, files) in folders.items() for name, (content, _) in files.items()
    }
    tools, recorder = tools_over(database, contents), a_recorder(database)
    for folder, (access, files) in folders.items():
        items = tuple(
            replace(an_item(folder + b"/" + name, len(content)), owner=owner)
            for name, (content, owner) in files.items()
        )
        for todo in recorder.note(Listing(folder, items, access=access)):
            recorder.record(todo.item, None, examine(todo.item, tools, None))
    recorder.settle()
    recorder.finish(NOW, complete=True)


FOLDERS: Mapping[bytes, tuple[Access | None, Files]] = {
    b"Housing": (Access(ANN, (ANN, TEAM)), {b"a.txt": (b"one", ANN), b"b.txt": (b"NAMED", None)}),
    b"Housing/Old": (Access(BOB, (BOB, OLD)), {b"c.zip": (a_zip({"x.txt": b"NAMED"}), ANN), b"d.txt": (b"two", None)}),
    b"Planning": (Access(BOB, (EVERYONE,)), {b"e.txt": (b"three", BOB), b"f.txt": (b"four", OLD)}),
    b"Mail": (None, {b"g.txt": (b"five", None)}),
}


@pytest.fixture
def known(database):
    """An inventory of which the directory has said all that it can."""
    scan(database, FOLDERS)
    write_people(database, PEOPLE, DAY)
    judge_breadth(database)
    return database


def test_an_account_is_asked_for_until_it_is_known_and_again_when_that_is_old(database):
    scan(database, FOLDERS)
    assert set(unresolved(database, DAY)) == {ANN, TEAM, BOB, OLD}
    write_people(database, PEOPLE[:2], DAY)
    assert set(unresolved(database, date(2026, 3, 1))) == {TEAM, OLD}
    assert set(unresolved(database, DAY)) == {ANN, TEAM, BOB, OLD}


def test_what_means_everybody_is_not_asked_for(database):
    everybody = (EVERYONE, "S-1-1-0", "S-1-5-11", "S-1-5-21-1-2-3-513")
    scan(database, {b"Top": (Access(ANN, everybody), {})})
    assert unresolved(database, DAY) == (ANN,)


def test_what_is_said_later_counts_and_a_scan_forgets_none_of_it(known):
    write_people(known, [replace(PEOPLE[0], service="Parks", left=True)], date(2026, 4, 1))
    scan(known, FOLDERS)
    owners = {one.record.ref.path: one.owner for one in Inventory(known).held()}
    assert owners["Housing/a.txt"] == Principal(ANN, PrincipalKind.USER, "Ann Thornbury", "Parks", left=True)
    with known.connect() as connection:
        assert connection.execute(select(func.count()).select_from(PrincipalRow)).scalar_one() == 5


def test_an_owner_is_the_files_own_of_a_part_its_files_and_else_the_folders(known):
    owners = {one.record.ref.path: one.owner and one.owner.account for one in Inventory(known).held()}
    assert owners == {
        "Housing/a.txt": ANN, "Housing/b.txt": ANN, "Housing/Old/c.zip": ANN, "Housing/Old/c.zip > x.txt": ANN,
        "Housing/Old/d.txt": BOB, "Planning/e.txt": BOB, "Planning/f.txt": OLD, "Mail/g.txt": None,
    }  # fmt: skip


def test_the_breadth_of_access_is_judged_anew_when_more_is_known(database):
    scan(database, FOLDERS)
    judge_breadth(database)
    assert breadths(database) == {
        "Housing": "unknown",
        "Housing/Old": "unknown",
        "Planning": "everyone",
        "Mail": "unknown",
    }
    write_people(database, PEOPLE, DAY)
    judge_breadth(database)
    assert breadths(database) == {"Housing": "group", "Housing/Old": "named", "Planning": "everyone", "Mail": "unknown"}


def breadths(database) -> dict[str, str]:
    held = Inventory(database).held(Narrowing(files=True))
    return {one.record.ref.path.rpartition("/")[0]: one.breadth for one in held}


@pytest.mark.parametrize(
    ("readers", "breadth"),
    [
        (("uid:5", "ann@council.example"), Breadth.NAMED),
        (("uid:5", "gid:5"), Breadth.GROUP),
        (("site:Parks",), Breadth.GROUP),
        (("S-1-5-32-545",), Breadth.ORGANISATION),
        (("S-1-5-32-555", "uid:5"), Breadth.GROUP),
        (("S-1-5-21-1-2-3-9", "uid:5"), Breadth.UNKNOWN),
        (("S-1-5-21-1-2-3-9", "gid:5"), Breadth.GROUP),
        (("S-1-5-18", "S-1-5-21-1-2-3-512"), Breadth.NAMED),
    ],
)
def test_without_a_directory_an_account_is_what_its_form_says(database, readers, breadth):
    scan(database, {b"Top": (Access(None, readers), {b"a.txt": (b"one", None)})})
    judge_breadth(database)
    assert {one.breadth for one in Inventory(database).held()} == {breadth}


def test_items_are_found_by_an_owner_who_left_and_by_breadth(known):
    assert found(known, left=True) == ["Housing/Old/d.txt", "Planning/e.txt", "Planning/f.txt"]
    assert found(known, breadth=Breadth.EVERYONE) == ["Planning/e.txt", "Planning/f.txt"]
    assert found(known, breadth=Breadth.UNKNOWN) == ["Mail/g.txt"]
    assert found(known, breadth=Breadth.GROUP, personal=True) == ["Housing/b.txt"]


def found(database, **narrowing) -> list[str]:
    return sorted(one.record.ref.path for one in Inventory(database).held(Narrowing(**narrowing)))


def test_files_are_added_up_by_breadth_and_those_of_people_who_left_by_service(known):
    ownership = Inventory(known).ownership()
    assert ownership == Ownership(
        {Breadth.UNKNOWN: Tally(1, 4), Breadth.EVERYONE: Tally(2, 9), Breadth.GROUP: Tally(2, 8),
         Breadth.NAMED: Tally(2, ownership.breadths[Breadth.NAMED].bytes)},
        {"Housing": Tally(1, 3), "Planning": Tally(2, 9)},
    )  # fmt: skip


def test_what_is_gone_is_not_added_up(known):
    scan(known, {b"Mail": FOLDERS[b"Mail"]})
    assert Inventory(known).ownership() == Ownership({Breadth.UNKNOWN: Tally(1, 4)}, {})


def test_the_owners_of_a_folders_files_are_told_by_service(known):
    assert sorted(owners_by_folder(known)) == [
        (b"Housing", "Housing", 2), (b"Housing/Old", "Housing", 1), (b"Housing/Old", "Planning", 1), (b"Mail", "", 1),
        (b"Planning", "", 1), (b"Planning", "Planning", 1),
    ]  # fmt: skip

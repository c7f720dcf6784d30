"""The rights that were met are kept and given back as they stood, in each of the databases."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import an_item
from scan_driver import NOW, a_recorder
from sqlalchemy import func, insert, select

from domain.access import Access, Right
from domain.item import Listing, part_key
from inventory.engine import reading, writing
from inventory.previewed import kept
from inventory.queries import Inventory
from inventory.schema import downgrade, migrate
from inventory.tables import AccessRow, ItemRow

TEAM, CLERK = "S-1-5-21-1-2-3-2208", "S-1-5-21-1-2-3-1104"
RIGHTS = (Right(TEAM), Right(CLERK, allows=False), Right(CLERK), Right("uid:7", allows=False))
LISTED = Access(CLERK, (CLERK, TEAM), (TEAM,), RIGHTS)
BARE = Access(CLERK, (CLERK, TEAM), (TEAM,))


def noted(database, folder: Access, **files: Access | None) -> dict[str, int]:
    recorder = a_recorder(database)
    items = tuple(replace(an_item(name.encode(), 5), access=access) for name, access in sorted(files.items()))
    recorder.note(Listing(b"", items, access=folder))
    recorder.settle()
    recorder.finish(NOW, complete=True)
    return {held.record.ref.name.decode(): held.number for held in Inventory(database).held()}


@pytest.mark.parametrize("access", [LISTED, BARE, Access(None, (), (), ()), Access("uid:7", ("gid:5",))])
def test_rights_come_back_as_they_were_met(database, access):
    numbers = noted(database, access, a=None, b=replace(access, owner=TEAM))
    assert kept(database, numbers["a"]).access == access
    assert kept(database, numbers["b"]).access == replace(access, owner=TEAM)


def test_each_descriptor_is_kept_once_and_its_order_counts(database):
    noted(database, LISTED, a=LISTED, b=replace(LISTED, entries=RIGHTS[::-1]), c=BARE)
    with reading(database) as connection:
        assert connection.execute(select(func.count()).select_from(AccessRow)).scalar_one() == 3


def test_what_lies_in_a_file_has_its_rights_and_its_version(database):
    number = noted(database, BARE, a=LISTED)["a"]
    with writing(database) as connection:
        outer = connection.execute(select(ItemRow).filter_by(id=number)).mappings().one()
        values = {**outer, "id": 7000, "part": part_key(("b.txt",)), "kind": "part", "version": b"", "access_id": None}
        connection.execute(insert(ItemRow).values(**values))
    found, whole = kept(database, 7000), kept(database, number)
    assert (found.item.ref.part, found.access) == (("b.txt",), LISTED)
    assert found.item.version == whole.item.version != b""


def test_on_the_way_down_and_up_again_entries_are_lost_and_met_anew_by_the_next_scan(database):
    number = noted(database, LISTED, a=None)["a"]
    downgrade(database, "0029")
    migrate(database)
    assert kept(database, number).access == BARE
    assert kept(database, noted(database, LISTED, a=None)["a"]).access == LISTED

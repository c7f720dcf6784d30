"""ROT in both databases: written as differences, read by key, and carried up and down with the schema."""

from __future__ import annotations

from datetime import date

from scan_driver import scan
from sqlalchemy import func, insert, select, update

from domain.actor import Actor, Grant, Proof, Role
from domain.audit import AuditKey
from domain.rot import RotReason
from domain.summary import Tally
from inventory.engine import reading, writing
from inventory.rot_listing import RotWanted, copy_groups, rot_items, rot_page, rot_sums
from inventory.schema import downgrade, migrate
from inventory.tables import FamilyRow, ItemRow, MemberRow, RotRow
from operations.configuration.rot_settings import RotSettings
from operations.people.audit import Trail
from operations.rot.find import RotFound, find_rot

FILES = {
    b"Finance/a.txt": b"the same", b"Finance/old/a.txt": b"the same", b"Finance/old/a.csv": b"the same",
    b"Parks/x.tmp": b"1", b"Parks/y.tmp": b"1234", b"Parks/plan v1.txt": b"one", b"Parks/plan.txt": b"two",
}  # fmt: skip


def find(database) -> RotFound:
    owner = Actor("amy", (Grant(Role.OWNER),), Proof.OPERATING_SYSTEM)
    return find_rot(owner, Trail(database, AuditKey(b"k" * 32)), RotSettings(), date(2026, 3, 2))


def paths(database, **wanted) -> list[str]:
    return [item.path for item in rot_items(database, RotWanted(**wanted))]


def with_a_family(database) -> None:
    with writing(database) as connection:
        numbers = dict(connection.execute(select(ItemRow.name, ItemRow.id)).all())
        values = {"kind": "versions", "key": b"k", "record_id": numbers[b"plan.txt"], "items": 2}
        family = insert(FamilyRow).values(values | {"goes": 3, "facts": "[]"}).returning(FamilyRow.id)
        member = {
            "family_id": connection.execute(family).scalar_one(),
            "item_id": numbers[b"plan v1.txt"],
            "role": "copy",
            "goes": 3,
        }
        connection.execute(insert(MemberRow).values(member))


def test_what_is_found_is_written_once_and_read_by_key_in_order(database):
    scan(database, FILES)
    with_a_family(database)
    assert find(database).changed == 5
    assert find(database).changed == 0
    assert paths(database) == [
        "Finance/old/a.txt", "Finance/old/a.csv", "Parks/plan v1.txt", "Parks/y.tmp", "Parks/x.tmp",
    ]  # fmt: skip
    first = rot_page(database, RotWanted(), None, 2)
    assert [item.path for item in rot_page(database, RotWanted(), first.following, 2).items] == paths(database)[2:4]
    assert paths(database, service="Parks", reasons=(RotReason.TECHNICAL,)) == ["Parks/y.tmp", "Parks/x.tmp"]
    assert [item.path for item in rot_items(database, RotWanted(), 1)] == [
        "Finance/old/a.txt", "Parks/plan v1.txt", "Parks/y.tmp",
    ]  # fmt: skip
    (group,) = copy_groups(database, 5)
    assert (group.keeps, group.tally) == ("Finance/a.txt", Tally(2, 16))
    assert sum(each.tally.items for each in rot_sums(database)) == 5


def test_names_of_one_file_free_its_bytes_once(database):
    scan(database, FILES)
    with writing(database) as connection:
        connection.execute(update(ItemRow).where(ItemRow.name.in_((b"x.tmp", b"y.tmp"))).values(file_id="1:1", size=4))
    find(database)
    assert sum(item.size for item in rot_items(database, RotWanted((RotReason.TECHNICAL,)))) == 4
    assert find(database).changed == 0


def test_what_is_gone_is_rot_no_more(database):
    scan(database, FILES)
    find(database)
    scan(database, {path: content for path, content in FILES.items() if not path.endswith(b".tmp")})
    find(database)
    assert [path for path in paths(database) if path.endswith(".tmp")] == []


def test_a_filled_table_goes_down_and_up_again(database):
    scan(database, FILES)
    find(database)
    before = paths(database)
    downgrade(database, "0013")
    migrate(database)
    with reading(database) as connection:
        assert connection.execute(select(func.count()).select_from(RotRow)).scalar_one() == 0
    find(database)
    assert [path for path in before if "plan" not in path] == paths(database)

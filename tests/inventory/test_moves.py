"""What a scan makes of files that were moved, of listings that tell only what changed, and of rights."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from builders import a_zip, an_item
from inventories import an_inventory
from scan_driver import NOW, a_recorder, held, tools_over
from sqlalchemy import event, select

from domain.access import Access
from domain.item import Item, Listing
from inventory.engine import reading
from inventory.queries import Inventory
from inventory.tables import AccessRow, DirRow, ItemRow, PrincipalRow
from operations.examine import examine

LATER = date(2026, 6, 1)
CONTENTS = {"a": b"NAMED", "A": b"OTHER", "b": b"plain", "z": a_zip({"x.txt": b"NAMED"})}


def a_file(path: str, content: str = "a", **facts) -> Item:
    item = an_item(path.encode(), len(CONTENTS[content]), version=b"v" + content.encode())
    return replace(item, file_id=f"1:{content}", modified=NOW, **facts)


def run(database, *listings: Listing, today=LATER) -> list[str]:
    """One whole scan of these listings; returns the paths of what was read, in order."""
    recorder = a_recorder(database, today=today)
    contents = {item.ref.locator: CONTENTS[item.file_id[2:]] for listing in listings for item in listing.items}
    tools, read = tools_over(database, contents), []

    def work_off(todo):
        for one in todo:
            read.append(one.item.ref.path)
            recorder.record(one.item, one.after, examine(one.item, tools, one.after))

    for listing in listings:
        work_off(recorder.note(listing))
    recorder.settle()
    work_off(recorder.waiting())
    recorder.finish(NOW, complete=True)
    return read


def numbers(database) -> dict[str, int]:
    return {one.record.ref.path: one.number for one in Inventory(database).held()}


def first_seen(database) -> dict[str, date]:
    return {one.record.ref.path: one.record.first_seen for one in Inventory(database).held()}


def test_a_folder_that_was_moved_is_the_same_rows_and_nothing_in_it_is_read_again(database):
    run(
        database,
        Listing(b"", ()),
        Listing(b"Old", (a_file("Old/a.txt"), a_file("Old/z.zip", "z"))),
        today=date(2026, 3, 2),
    )
    before = numbers(database)
    read = run(database, Listing(b"", ()), Listing(b"New", (a_file("New/a.txt"), a_file("New/z.zip", "z"))))
    assert read == []
    assert numbers(database) == {path.replace("Old", "New"): number for path, number in before.items()}
    assert set(first_seen(database).values()) == {date(2026, 3, 2)}
    assert set(held(database).values()) == {"examined"}


def test_to_look_for_what_vanished_asks_the_few_that_did_and_not_every_item(tmp_path):
    database, asked = an_inventory(tmp_path / "inventory.db"), []
    event.listen(database, "before_cursor_execute", lambda *told: asked.append(told[2:4]))
    run(database, Listing(b"", (a_file("a.txt"),)))
    (statement, values) = next(one for one in asked if "gone >" in one[0])
    with reading(database) as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
    database.dispose()
    assert "item_gone" in plan[0].detail


def test_a_file_that_was_renamed_is_read_since_its_version_changed_and_keeps_its_row(database):
    run(database, Listing(b"", (a_file("z.zip", "z"), a_file("b.txt", "b"))))
    before = numbers(database)
    renamed = replace(a_file("final.zip", "z"), version=b"renamed")
    assert run(database, Listing(b"", (renamed, a_file("b.txt", "b")))) == ["final.zip"]
    assert numbers(database) == {path.replace("z.zip", "final.zip"): number for path, number in before.items()}


@pytest.mark.parametrize(
    "other",
    [
        {"modified": datetime(2020, 1, 1, tzinfo=UTC)},
        {"size": 4},
        {"file_id": "1:b"},
        {"created": datetime(2020, 1, 1, tzinfo=UTC)},
    ],
    ids=["time", "size", "number", "birth"],
)  # fmt: skip
def test_a_file_of_which_one_thing_differs_is_a_new_one(database, other):
    born = datetime(2019, 1, 1, tzinfo=UTC)
    run(database, Listing(b"", (a_file("b.txt", "b"),)), Listing(b"Old", (a_file("Old/a.txt", created=born),)))
    before = numbers(database)
    new = replace(a_file("New/a.txt", created=born), **other)
    run(database, Listing(b"", (a_file("b.txt", "b"),)), Listing(b"New", (new,)))
    assert numbers(database)["New/a.txt"] not in before.values()


def test_another_content_under_the_same_number_and_version_is_a_new_file(database):
    """A number is given out again, and a tool may set size and times as they were."""
    run(database, Listing(b"", (a_file("b.txt", "b"),)), Listing(b"Old", (a_file("Old/a.txt"),)))
    before = numbers(database)
    new = replace(a_file("New/a.txt", "A"), file_id="1:A")
    # It is read, for nothing else in this source has its number, before it is made to look like the old one.
    recorder = a_recorder(database)
    recorder.note(Listing(b"", (a_file("b.txt", "b"),)))
    (todo,) = recorder.note(Listing(b"New", (new,)))
    recorder.record(todo.item, None, examine(todo.item, tools_over(database, {b"New/a.txt": b"OTHER"})))
    with database.begin() as connection:
        connection.execute(
            ItemRow.__table__.update().where(ItemRow.name == b"a.txt").values(file_id="1:a", version=b"va")
        )
    assert recorder.settle() == 0
    assert numbers(database)["New/a.txt"] not in before.values()


def test_a_hard_link_beside_a_file_that_stays_is_an_item_of_its_own(database):
    run(database, Listing(b"", (a_file("a.txt"),)))
    assert run(database, Listing(b"", (a_file("a.txt"), a_file("link.txt")))) == ["link.txt"]
    assert set(held(database)) == {"a.txt", "link.txt"}


def test_two_files_for_one_that_vanished_settle_nothing(database):
    run(database, Listing(b"", (a_file("b.txt", "b"),)), Listing(b"Old", (a_file("Old/a.txt"),)))
    before = numbers(database)
    twins = (a_file("New/a.txt"), a_file("New/link.txt"))
    assert run(database, Listing(b"", (a_file("b.txt", "b"),)), Listing(b"New", twins)) == ["New/a.txt", "New/link.txt"]
    assert before["Old/a.txt"] not in numbers(database).values()


def test_a_move_that_a_killed_scan_saw_half_of_is_settled_by_the_next(database):
    run(database, Listing(b"", (a_file("b.txt", "b"),)), Listing(b"Old", (a_file("Old/a.txt"),)))
    before = numbers(database)
    killed = a_recorder(database)
    killed.note(Listing(b"", (a_file("b.txt", "b"),)))
    assert killed.note(Listing(b"New", (a_file("New/a.txt"),))) == ()
    run(database, Listing(b"", (a_file("b.txt", "b"),)), Listing(b"New", (a_file("New/a.txt"),)))
    assert numbers(database)["New/a.txt"] == before["Old/a.txt"]


def test_a_root_that_is_suddenly_empty_deletes_nothing(database):
    run(database, Listing(b"", (a_file("a.txt"),)), Listing(b"Old", (a_file("Old/b.txt", "b"),)))
    run(database, Listing(b"", ()))
    assert set(held(database)) == {"a.txt", "Old/b.txt"}
    assert not Inventory(database).last_scan().complete


def test_a_root_whose_files_went_is_believed_where_a_folder_is_still_there(database):
    run(database, Listing(b"", (a_file("a.txt"),)), Listing(b"Old", (a_file("Old/b.txt", "b"),)))
    run(database, Listing(b"", ()), Listing(b"Old", (a_file("Old/b.txt", "b"),)))
    assert set(held(database)) == {"Old/b.txt"}
    assert Inventory(database).last_scan().complete


def test_a_listing_of_changes_leaves_everything_else_as_it_was(database):
    inbox = (a_file("Inbox/1.eml"), a_file("Inbox/2.eml", "b"))
    run(database, Listing(b"Inbox", inbox, state=b"10"))
    assert a_recorder(database).state_of(b"Inbox") == b"10"
    changes = Listing(b"Inbox", (a_file("Inbox/3.zip", "z"),), state=b"11", since_known=True, gone=(b"1.eml",))
    assert run(database, changes) == ["Inbox/3.zip"]
    assert set(held(database)) == {"Inbox/2.eml", "Inbox/3.zip", "Inbox/3.zip > x.txt"}
    assert a_recorder(database).state_of(b"Inbox") == b"11"


def test_what_a_killed_scan_left_unread_is_read_though_the_source_says_that_nothing_changed(database):
    a_recorder(database).note(Listing(b"Inbox", (a_file("Inbox/1.eml"),), state=b"10"))
    recorder = a_recorder(database)
    unread = recorder.note(Listing(b"Inbox", (), state=b"10", since_known=True))
    assert [one.item for one in unread] == [replace(a_file("Inbox/1.eml"))]


def test_the_state_of_a_listing_that_ended_early_is_not_kept(database):
    a_recorder(database).note(Listing(b"Inbox", (), state=b"9"))
    a_recorder(database).note(Listing(b"Inbox", (), complete=False, state=b"10"))
    assert a_recorder(database).state_of(b"Inbox") == b"9"


def test_rights_are_kept_once_however_many_folders_have_them(database):
    rights = Access("S-1-5-21-1-2-3-1105", ("S-1-5-11", "S-1-5-21-1-2-3-1105"), ("S-1-5-21-1-2-3-1105",))
    recorder = a_recorder(database)
    recorder.note(Listing(b"", (replace(a_file("a.txt"), owner="S-1-5-21-1-2-3-1105"),), access=rights))
    recorder.note(Listing(b"HR", (), access=rights))
    a_recorder(database).note(Listing(b"", (), access=rights))
    with database.connect() as connection:
        assert len(connection.execute(select(AccessRow.id)).all()) == 1
        assert len(set(connection.execute(select(DirRow.access_id)).scalars())) == 1
        assert sorted(connection.execute(select(PrincipalRow.account)).scalars()) == ["S-1-5-11", "S-1-5-21-1-2-3-1105"]
        assert connection.execute(select(ItemRow.owner_id)).scalar_one() is not None

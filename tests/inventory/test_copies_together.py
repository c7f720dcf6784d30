"""Copies that are written down together with others, and with what was examined: as if each came alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from builders import a_zip, an_mbox
from scan_driver import FILES, a_recorder, held, listings, scan, tools_over
from sqlalchemy import select

from inventory.engine import asking, writing
from inventory.queries import Inventory
from inventory.sums import sums_differ
from inventory.tables import ItemRow
from inventory.twins import Twin, copy_parts
from operations.examine import examine

ZIP = FILES[b"Finance/c.zip"]
NESTED = a_zip({"c.zip": ZIP, "z.txt": b"beside it"})
COPIES = {
    b"e.zip": ZIP, b"f.zip": ZIP, b"post.mbox": an_mbox(3), b"outer.zip": a_zip({"n.zip": NESTED, "new.txt": b"new"}),
}  # fmt: skip
"""Two copies of one archive, a mailbox, and an archive in which another lies that is known."""


def test_copies_of_archives_and_of_what_lies_in_them_come_with_all_their_parts(database):
    first = {b"c.zip": ZIP, b"n.zip": NESTED, b"p.mbox": COPIES[b"post.mbox"]}
    scan(database, first)
    files = first | COPIES
    recorder = a_recorder(database)
    came = _examined(database, recorder, files)
    assert sum(one.same_as is not None for _, _, batch in came for one in batch.examinations) == len(COPIES)
    recorder.record_all(came)
    assert set(held(database)) == {
        *(name.decode() for name in files), "outer.zip > n.zip", "outer.zip > new.txt",
        *(f"{name}.zip > {part}" for name in "cef" for part in ("x.txt", "y.txt")),
        *(f"{name}.mbox > {number}" for name in ("p", "post") for number in _messages(database, "p.mbox")),
        *(f"{name} > {part}" for name in ("n.zip", "outer.zip > n.zip") for part in _IN_NESTED),
    }  # fmt: skip
    assert len(_messages(database, "post.mbox")) == 3
    assert {"e.zip > y.txt", "f.zip > y.txt", "outer.zip > n.zip > c.zip > y.txt"} <= set(held(database, personal=True))
    assert not recorder.waiting()
    assert not sums_differ(database)


def test_of_copies_that_come_together_only_those_wait_again_whose_twin_has_changed(database):
    scan(database, {b"c.zip": ZIP, b"n.zip": NESTED})
    files = {b"c.zip": ZIP, b"n.zip": NESTED, b"d.zip": ZIP, b"o.zip": NESTED, b"p.zip": ZIP}
    recorder = a_recorder(database)
    copies = _examined(database, recorder, files)
    # The twin becomes something else in the same transaction, and is written before its copies.
    changed = _examined(database, recorder, {b"c.zip": b"now text"}, version=b"v2", complete=False)
    recorder.record_all([*changed, *copies])
    assert {one.item.ref.path for one in recorder.waiting()} == {"d.zip", "p.zip"}
    assert "o.zip > c.zip > y.txt" in held(database)
    assert not sums_differ(database)


def test_an_archive_in_which_a_copy_could_not_be_linked_is_read_whole_the_next_time(database):
    scan(database, {b"c.zip": ZIP})
    files = {b"c.zip": ZIP, b"f.zip": a_zip({"in.zip": NESTED})}
    recorder = a_recorder(database)
    archive = _examined(database, recorder, files)
    changed = _examined(database, recorder, {b"c.zip": b"now text"}, version=b"v2", complete=False)
    recorder.record_all([*changed, *archive])
    assert [one.item.ref.path for one in recorder.waiting()] == ["f.zip"]
    tools = tools_over(database, files)
    recorder.record_all([(one.item, None, examine(one.item, tools)) for one in recorder.waiting()])
    assert not recorder.waiting()
    assert {f"f.zip > in.zip > {part}" for part in _IN_NESTED} <= set(held(database))
    assert not sums_differ(database)


def test_a_twin_that_was_written_anew_since_it_was_found_gives_no_part_of_it(database):
    scan(database, {b"c.zip": ZIP})
    with writing(database) as connection:
        there = connection.execute(select(ItemRow).where(ItemRow.name == b"c.zip", ItemRow.part == "")).one()
        found = Twin(there.dir_id, b"c.zip", "", there.content_id, "examined", None, None)
        for twin, told in ((found._replace(content_id=there.content_id + 1), 0), (found, 1)):
            assert len(copy_parts(connection, {(there.dir_id, b"new", ""): twin}, date(2026, 11, 23))) == told
            copied = connection.execute(select(ItemRow.part).where(ItemRow.name == b"new")).all()
            assert bool(copied) == bool(told)


def test_what_is_asked_of_every_item_is_planned_once_for_a_connection(database):
    inventory = Inventory(database)
    for number in range(12):
        assert not inventory.knows(bytes([number]) * 32, "text/plain", "pipeline")
    if database.dialect.name == "postgresql":
        with asking(database) as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM pg_prepared_statements").scalar_one() > 0


_IN_NESTED = ("c.zip", "c.zip > x.txt", "c.zip > y.txt", "z.txt")


def _examined(database, recorder, files, *, version=b"v1", complete=True):
    """What comes of all that is to be examined in files, before any of it is written."""
    told = (replace(listing, complete=complete) for listing in listings(files, version))
    todo = [one.item for listing in told for one in recorder.note(listing)]
    tools = tools_over(database, files)
    return [(item, None, examine(item, tools)) for item in todo]


def _messages(database, name):
    return [path.removeprefix(f"{name} > ") for path in held(database) if path.startswith(f"{name} > ")]

"""Files that nobody read, of which hashing told that they are the same, are redundant as those that were read are."""

from __future__ import annotations

import pytest
from scan_driver import NOW, a_recorder, scan
from sqlalchemy import select, update

from domain.actor import Actor, Grant, Proof, Role
from domain.rot import Guard, RotItem, RotReason
from inventory.engine import writing
from inventory.places import Place
from inventory.rot_listing import RotWanted, rot_items
from inventory.tables import ItemRow, TraitRow
from operations.configuration.rot_settings import RotSettings
from operations.families.find import find_families
from operations.families.staged_hashing import hash_unread
from operations.rot.find import find_rot
from scanner.sources.memory import MemorySource

OWNER = Actor("amy", (Grant(Role.OWNER),), Proof.OPERATING_SYSTEM)
BYTES = b"The gritting route of 2019 goes by Marnford and Wendle." * 40
FAR = "far"


def listed(trail, *paths: str, content: bytes = BYTES) -> None:
    """Files of a second share that are listed and hashed, and read by nobody."""
    source = MemorySource(FAR, {path.encode(): content for path in paths})
    recorder = a_recorder(trail.database, place=Place(FAR, b"/far"))
    for listing in source.list():
        recorder.note(listing)
    recorder.settle()
    recorder.finish(NOW, complete=True)
    hash_unread(OWNER, trail, {FAR: source})


def found(trail, *, guarded: bool = False) -> dict[str, RotItem]:
    find_rot(OWNER, trail, RotSettings(untouched_years=50), NOW.date())
    return {item.path: item for item in rot_items(trail.database, RotWanted(guarded=guarded))}


@pytest.mark.parametrize("in_families", [False, True])
def test_of_files_that_nobody_read_one_stays_and_it_is_said_that_nobody_read_them(trail, in_families):
    listed(trail, "Finance/a.bin", "Finance/Old Backups/a.bin")
    if in_families:
        find_families(OWNER, trail)
    (item,) = found(trail).values()
    assert (item.path, item.reason) == ("Finance/Old Backups/a.bin", RotReason.COPY)
    assert item.detail.startswith("Same content as Finance/a.bin, which is proposed to stay: ")
    assert item.detail.endswith(" Nobody read them: their bytes were compared by a hash.")


def test_what_was_read_and_what_was_not_are_copies_of_each_other(trail):
    scan(trail.database, {b"Old Backups/a.txt": BYTES, b"Old Backups/b.txt": BYTES})
    listed(trail, "Finance/a.txt")
    assert {path: item.reason for path, item in found(trail).items()} == {
        "Old Backups/a.txt": RotReason.COPY, "Old Backups/b.txt": RotReason.COPY,
    }  # fmt: skip


def test_what_changed_since_it_was_hashed_is_no_copy(trail):
    listed(trail, "Finance/a.bin", "Finance/Old Backups/a.bin")
    assert found(trail)
    with writing(trail.database) as connection:
        connection.execute(update(ItemRow).values(version=b"another!"))
    assert found(trail) == {}


def test_names_of_one_file_are_no_copies(trail):
    listed(trail, "Finance/a.bin", "Finance/Old Backups/a.bin")
    with writing(trail.database) as connection:
        connection.execute(update(ItemRow).values(file_id="1:1"))
    assert found(trail) == {}


def test_the_same_guards_keep_out_what_nobody_read(trail):
    listed(trail, "a.bin", "Program Files/App/a.bin", "old/Lease signed.bin", "Case files/41/a.bin")
    with_guards = found(trail, guarded=True)
    assert {path: item.guard for path, item in with_guards.items()} == {
        "Program Files/App/a.bin": Guard.APPLICATION, "old/Lease signed.bin": Guard.SIGNED,
    }  # fmt: skip
    assert set(found(trail)) == {"a.bin"}  # the one in a case file stays


def test_what_its_bytes_were_read_as_elsewhere_keeps_it_out_too(trail):
    scan(trail.database, {b"Finance/a.txt": BYTES})
    listed(trail, "Old Backups/a.txt")
    with writing(trail.database) as connection:
        content = select(ItemRow.content_id).where(ItemRow.content_id.is_not(None)).scalar_subquery()
        contract = '[["contract", 0.9, []]]'
        connection.execute(update(TraitRow).where(TraitRow.content_id == content).values(hints=contract))
    assert found(trail) == {}
    assert {path: item.guard for path, item in found(trail, guarded=True).items()} == {
        "Old Backups/a.txt": Guard.SIGNED
    }


def test_a_night_on_which_nothing_changed_writes_no_row(trail):
    listed(trail, "Finance/a.bin", "Finance/Old Backups/a.bin")
    assert [find_rot(OWNER, trail, RotSettings(), NOW.date()).changed for _ in range(2)] == [1, 0]

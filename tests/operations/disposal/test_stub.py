"""What may stay in the place of what was archived, and goes when that comes back."""

from __future__ import annotations

import json
import os
import stat
from datetime import date

import pytest
from disposal_estate import IGGY, A, write_old
from disposal_trees import a_tree, tokens

from domain.audit import Act
from domain.disposal import Fate, Refusal, RefusedFileError
from domain.packing import PackageKind
from domain.review import VerdictKind
from domain.stub import Stub
from inventory.audit import latest
from operations.disposal.packing import Destination, pack
from operations.disposal.stub import leave_stub
from scanner.sources.filesystem import FilesystemSource

STUB = "a.txt.moved.txt"
FACTS = Stub(
    PackageKind.TRANSFER, "transfer-2026-0002", date(2026, 11, 20), "records@millbrook.example", "County Record Office"
)


@pytest.fixture
def place(tmp_path):
    """A folder of a source, and how a stub is left in it."""
    (tmp_path / "Housing").mkdir()
    with a_tree(tmp_path) as tree:
        descriptor = os.open(tmp_path / "Housing", os.O_RDONLY | os.O_DIRECTORY)
        yield tmp_path / "Housing", lambda name: leave_stub(tree.quarantine, descriptor, name, FACTS)
        os.close(descriptor)


def test_a_stub_says_where_the_file_went_and_nothing_of_what_was_in_it(place):
    folder, leave = place
    assert leave(b"Jane Thornbury.doc") == b"Jane Thornbury.doc.moved.txt"
    assert (folder / "Jane Thornbury.doc.moved.txt").read_text() == (
        "The file that stood here was transferred to County Record Office on 2026-11-20, "
        "under the retention schedule.\n"
        "It is in the package transfer-2026-0002.\n"
        "Who needs it asks: records@millbrook.example\n"
    )


def test_a_stub_can_be_read_by_all_and_has_the_group_that_new_files_of_its_folder_get(place):
    folder, leave = place
    group = next((one for one in os.getgroups() if one != os.getegid()), 4711)
    try:
        os.chown(folder, -1, group)
    except PermissionError:
        pytest.skip("this account has one group and cannot give a folder another")
    folder.chmod(0o2770)
    before = os.umask(0o077)
    try:
        stub = folder / os.fsdecode(leave(b"a.doc"))
    finally:
        os.umask(before)
    assert (stub.stat().st_gid, stat.S_IMODE(stub.stat().st_mode)) == (group, 0o644)


def test_a_stub_is_left_where_its_disk_knows_no_groups_or_rights(place, monkeypatch):
    folder, leave = place

    def refuse(*_):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "fchown", refuse)
    monkeypatch.setattr(os, "fchmod", refuse)
    folder.chmod(0o2770)
    assert os.fsencode(folder / "a.doc.moved.txt").endswith(leave(b"a.doc"))


@pytest.mark.parametrize("name", [b"a\xff.doc", b"x" * 255])
def test_a_stub_has_a_name_that_the_file_system_takes(place, name):
    folder, leave = place
    stub = leave(name)
    assert os.listdir(os.fsencode(folder)) == [stub]
    assert stub.startswith(name[:245])


def test_a_stub_replaces_nothing_and_follows_no_link(place):
    folder, leave = place
    (folder / "a.doc.moved.txt").symlink_to(folder / "elsewhere")
    with pytest.raises(RefusedFileError) as refused:
        leave(b"a.doc")
    assert refused.value.refusal is Refusal.TAKEN
    assert os.listdir(folder) == ["a.doc.moved.txt"]
    assert tokens(folder.parent) == set()


def test_a_stub_that_cannot_be_written_leaves_nothing_half_written_and_takes_nothing_that_came_meanwhile(
    place, monkeypatch
):
    folder, leave = place

    def full(_descriptor):
        (folder / "a.doc.moved.txt").write_bytes(b"somebody's")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(RefusedFileError) as refused:
        leave(b"a.doc")
    assert refused.value.refusal is Refusal.FULL
    assert (folder / "a.doc.moved.txt").read_bytes() == b"somebody's"
    assert tokens(folder.parent) == set()


@pytest.fixture
def stubbed(make_estate, tmp_path):
    """An estate with a file in quarantine that was archived, where something may have stood in the stub's place."""

    def make(there: bytes = b"", **how):
        estate = make_estate(url="", **{"disposal": 'stub = true\nstub_ask = "records@averham.example"'} | how)
        if there:
            estate.path(A).with_name(STUB).write_bytes(there)
        manifest = estate.planned([A], kind=VerdictKind.ARCHIVE)
        (tmp_path / "archive").mkdir()
        to = Destination(tmp_path / "archive", "archive-1")
        pack(IGGY, estate.trail, estate.settings, manifest.number, to, estate.clock)
        assert estate.run(manifest).fates == {Fate.QUARANTINED: 1}
        return estate, manifest

    return make


def told(estate) -> list[str]:
    entries = latest(estate.trail.database, 99)
    return [json.loads(entry.facts)["stub"] for entry in entries if entry.act == Act.STUB]


def listed(estate) -> set[bytes]:
    listings = FilesystemSource("shares", os.fsencode(estate.root)).list()
    return {item.ref.locator for listing in listings for item in listing.items}


def test_a_stub_stays_where_a_file_was_archived_from_and_is_no_file_to_the_scanner(stubbed):
    estate, manifest = stubbed()
    stub = estate.path(A).with_name(STUB)
    assert stub.read_text().splitlines()[1:] == [
        "It is in the package archive-1.", "Who needs it asks: records@averham.example"
    ]  # fmt: skip
    assert (len(listed(estate)), told(estate)) == (3, ["left"])
    estate.restore(*estate.at(manifest))
    assert (estate.path(A).read_bytes(), stub.exists()) == (b"first", False)
    assert (estate.in_quarantine(), told(estate)) == (set(), ["left", "taken away"])


def test_a_stub_that_somebody_wrote_into_is_theirs_and_stays(stubbed):
    estate, manifest = stubbed()
    stub = estate.path(A).with_name(STUB)
    theirs = stub.read_bytes() + b"Jane has a copy\n"
    write_old(stub, theirs)
    assert b"Housing/a.txt.moved.txt" in listed(estate)
    estate.restore(*estate.at(manifest))
    assert (estate.path(A).read_bytes(), stub.read_bytes()) == (b"first", theirs)


def test_what_stands_in_the_place_of_a_stub_is_not_replaced_and_the_file_goes_all_the_same(stubbed):
    estate, _ = stubbed(there=b"somebody's")
    assert estate.path(A).with_name(STUB).read_bytes() == b"somebody's"
    assert told(estate) == ["not left: taken"]


def test_nobody_asked_for_a_stub_and_there_is_none(stubbed):
    estate, _ = stubbed(disposal="")
    assert (sorted(os.listdir(estate.path(A).parent)), told(estate)) == (["b.txt", "deep", "deeper"], [])

"""Disks and rights as they fail: a clear outcome, and nothing lost."""

from __future__ import annotations

import errno
import json
import os
import subprocess
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from disposal_estate import IGGY, NOW, A, B, C, at_step, content, write_old
from disposal_trees import a_tree, on_its_way, planned_of
from small_disks import small_disk

from domain.actor import Verb
from domain.audit import Act, Event
from domain.disposal import QUARANTINE, Fate, Refusal, RefusedFileError, Step
from domain.item import ItemKind
from inventory.audit import append
from inventory.certificates import certificates
from inventory.engine import InventoryError, reading, writing
from operations.access import RefusedError, ask
from operations.disposal.clocks import refuse_jump, trusted_clock
from operations.disposal.filesystem import FileTree
from operations.disposal.ready import readiness
from scanner.sources.filesystem import FilesystemSource


@pytest.fixture
def disk():
    with small_disk(4) as made:
        yield made


def files_in(estate) -> dict[str, bytes]:
    """Wherever they are now."""
    lying = {token: (estate.quarantine / token).read_bytes() for token in estate.in_quarantine()}
    return dict(content(estate.root)) | lying


def test_a_share_that_may_only_be_read_is_said_so(make_estate, disk):
    estate = make_estate(root=disk.folder / "share")
    manifest, before = estate.planned([A]), files_in(estate)
    subprocess.run(["mount", "-o", "remount,ro", disk.folder], check=True)
    with pytest.raises(RefusedError, match="may not write below its root"):
        estate.run(manifest)
    assert dict(readiness(estate.settings))["shares"].startswith("Nothing can be disposed of")
    assert (files_in(estate), estate.fates(manifest)) == (before, {A: (Fate.PLANNED, None)})


def test_a_share_that_is_read_only_all_of_a_sudden_keeps_what_is_in_quarantine(make_estate, disk):
    estate = make_estate(root=disk.folder / "share")
    manifest = estate.planned([A])
    estate.run(manifest)
    estate.later()
    subprocess.run(["mount", "-o", "remount,ro", disk.folder], check=True)
    with pytest.raises(RefusedError, match="may not write below its root"):
        estate.purge(manifest)
    subprocess.run(["mount", "-o", "remount,rw", disk.folder], check=True)
    assert estate.purge(manifest).fates == {Fate.PURGED: 1}


def test_a_full_share_loses_nothing(make_estate, disk):
    estate = make_estate(root=disk.folder / "share")
    manifest, before = estate.planned([A, B]), sorted(files_in(estate).values())
    disk.fill()
    with pytest.raises(RefusedError, match="its disk is full"):
        estate.run(manifest)
    assert sorted(files_in(estate).values()) == before
    disk.make_room()
    estate.run(manifest)
    assert {fate for fate, _ in estate.fates(manifest).values()} == {Fate.QUARANTINED}


def test_an_inventory_whose_disk_is_full_has_nothing_moved(make_estate, tmp_path, disk):
    estate = make_estate(url=f"sqlite:///{disk.folder / 'inventory.db'}")
    manifest, before = estate.planned([A]), sorted(files_in(estate).values())
    disk.fill()
    with pytest.raises(InventoryError, match=r"full|disk I/O"):
        estate.run(manifest)
    assert sorted(files_in(estate).values()) == before
    disk.make_room()
    estate.run(manifest)
    assert sorted(files_in(estate).values()) == before
    assert not [one for one in estate.at(manifest) if one.fate is Fate.MOVING]


def test_what_lies_on_another_file_system_is_refused_and_waits(make_estate):
    files = {A: b"first", C: b"third"}
    estate = make_estate(files=files)
    with small_disk(1) as other:
        inner = estate.path(C).parent
        estate.path(C).unlink()
        subprocess.run(["mount", "--bind", other.folder, inner], check=True)
        try:
            write_old(estate.path(C), b"third")
            estate.list()
            manifest = estate.planned([A, C])
            estate.run(manifest)
            assert estate.fates(manifest) == {A: (Fate.QUARANTINED, None), C: (Fate.PLANNED, Refusal.OTHER_VOLUME)}
        finally:
            subprocess.run(["umount", "--lazy", inner], check=True)


def test_a_share_that_is_not_there_is_said_so_and_what_lay_there_waits(estate):
    manifest = estate.planned([A])
    estate.run(manifest)
    (one,) = estate.at(manifest)
    estate.root.rename(estate.root.with_name("unmounted"))
    with pytest.raises(RefusedError, match="Is it mounted"):
        estate.restore(one)
    assert estate.at(manifest)[0].fate is Fate.QUARANTINED
    estate.root.with_name("unmounted").rename(estate.root)
    assert estate.restore(one).fates == {Fate.RESTORED: 1}


def test_a_quarantine_that_is_not_there_is_no_proof_that_what_lay_in_it_is_gone(estate):
    manifest = estate.planned([A])
    estate.run(manifest)
    (one,) = estate.at(manifest)
    quarantine, aside = estate.root / QUARANTINE, estate.root.with_name("unmounted")
    quarantine.rename(aside)
    estate.later()
    for act in (lambda: estate.restore(one), lambda: estate.purge(manifest)):
        with pytest.raises(RefusedError, match="by the journal files lie in it"):
            act()
    assert "by the journal" in dict(readiness(estate.settings, estate.trail.database))["shares"]
    assert not quarantine.exists()
    assert estate.at(manifest)[0].fate is Fate.QUARANTINED
    aside.rename(quarantine)
    assert estate.restore(one).fates == {Fate.RESTORED: 1}


def test_an_empty_folder_in_the_place_of_the_quarantine_certifies_no_purge(estate):
    def breaks_off() -> None:
        raise KeyboardInterrupt

    manifest = estate.planned([A])
    estate.run(manifest)
    estate.later()
    with pytest.raises(KeyboardInterrupt):
        estate.purge(manifest, watch=at_step(Step.PURGE_INTENT, breaks_off))
    quarantine = estate.root / QUARANTINE
    quarantine.rename(estate.root.with_name("unmounted"))
    quarantine.mkdir(mode=0o700)
    with suppress(RefusedError):
        estate.purge(manifest, 0)
    assert estate.at(manifest)[0].fate is not Fate.PURGED


def test_what_broke_off_waits_until_its_source_is_there_again(estate):
    def breaks_off() -> None:
        estate.root.rename(estate.root.with_name("unmounted"))
        raise KeyboardInterrupt

    manifest = estate.planned([A])
    with pytest.raises(KeyboardInterrupt):
        estate.run(manifest, watch=at_step(Step.RENAMED, breaks_off))
    (one,) = estate.at(manifest)
    assert one.fate is Fate.MOVING
    assert estate.run(manifest, 0).recovered.left == 1
    assert estate.at(manifest)[0].fate is Fate.MOVING
    estate.root.with_name("unmounted").rename(estate.root)
    assert estate.run(manifest, 0).recovered.settled == 1
    assert estate.fates(manifest) == {A: (Fate.QUARANTINED, None)}


def test_what_the_journal_does_not_know_is_told_and_left_alone(estate):
    estate.run(estate.planned([A]))
    (estate.quarantine / "stranger").write_bytes(b"whose?")
    assert estate.run(estate.planned([B])).strange == 1
    assert (estate.quarantine / "stranger").read_bytes() == b"whose?"


def test_a_quarantine_that_others_may_enter_is_refused(estate):
    estate.quarantine.mkdir(mode=0o755)
    with pytest.raises(RefusedError, match="others may enter it"):
        estate.run(estate.planned([A]))


def test_a_quarantine_that_is_a_link_is_refused(estate, tmp_path):
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    estate.quarantine.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(RefusedError, match="a link or no folder"):
        estate.run(estate.planned([A]))
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_somebody_elses_folder_of_that_name_is_left_alone(estate):
    estate.quarantine.mkdir(mode=0o700)
    (estate.quarantine / "mine.txt").write_bytes(b"mine")
    with pytest.raises(RefusedError, match="somebody else's folder"):
        estate.run(estate.planned([A]))
    assert [path.name for path in estate.quarantine.iterdir()] == ["mine.txt"]


def test_a_file_that_may_not_be_moved_waits(tmp_path):
    path = tmp_path / "share" / "Housing" / "a.txt"
    write_old(path, b"first")
    planned = planned_of(tmp_path / "share", A)
    if subprocess.run(["chattr", "+i", path], check=False, capture_output=True).returncode:
        pytest.skip("This account may not make a file immutable.")
    try:
        planned = planned_of(tmp_path / "share", A)
        with a_tree(tmp_path / "share") as tree, pytest.raises(RefusedFileError) as refused:
            tree.take(on_its_way(planned, "1-0123"))
    finally:
        subprocess.run(["chattr", "-i", path], check=True)
    assert (refused.value.refusal, path.read_bytes()) == (Refusal.DENIED, b"first")


def test_a_quarantine_is_not_listed_and_a_folder_that_only_has_its_name_is(tmp_path):
    root = tmp_path / "share"
    write_old(root / os.fsdecode(A), b"first")
    write_old(root / ".muniment-quarantine-of-old" / "b.txt", b"second")
    write_old(root / "Housing" / ".muniment-quarantine" / "muniment-quarantine.txt", b"no root's")
    with a_tree(root) as tree:
        tree.take(on_its_way(planned_of(root, A), "1-0123"))
    listed = [item for listing in FilesystemSource("shares", os.fsencode(root)).list() for item in listing.items]
    assert {item.ref.locator for item in listed} == {
        b".muniment-quarantine-of-old/b.txt", b"Housing/.muniment-quarantine/muniment-quarantine.txt"
    }  # fmt: skip
    assert {item.kind for item in listed} == {ItemKind.FILE}


def test_a_clock_that_jumped_ahead_is_asked_about(estate):
    clock = trusted_clock(estate.trail)
    refuse_jump(estate.trail, clock() + timedelta(days=99))  # nothing was ever done: nothing to compare with
    estate.trail.note(ask(IGGY, Verb.EVALUATE), Act.SCHEDULE_EVALUATED)
    refuse_jump(estate.trail, clock() + timedelta(days=29))
    with pytest.raises(RefusedError, match="if the clock is right"):
        refuse_jump(estate.trail, clock() + timedelta(days=31))


def test_a_clock_that_jumped_ahead_is_asked_about_though_somebody_signed_in_by_it(estate):
    """As everybody does who purges: what is done in the first day says nothing of the clock that it is done by."""
    then, jumped = NOW.timestamp(), (NOW + timedelta(days=61)).timestamp()
    for at in (then, jumped - 7_200):
        when = datetime.fromtimestamp(at, UTC)
        with writing(estate.trail.database) as transaction:
            event = Event(when, "iggy", "", "", "password", "terminal", Act.SIGNED_IN, "user:iggy")
            append(transaction, estate.trail.key, [event])
    with pytest.raises(RefusedError, match="for 61 days, if the clock is right"):
        refuse_jump(estate.trail, datetime.fromtimestamp(jumped, UTC))
    refuse_jump(estate.trail, datetime.fromtimestamp(jumped, UTC) + timedelta(days=2))


def test_a_file_that_is_back_is_restored_though_its_folder_cannot_be_told_to_keep_it(estate, monkeypatch):
    manifest = estate.planned([A])
    estate.run(manifest)

    def fails(_tree, _folder):
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(FileTree, "_keep", fails)
    estate.restore(*estate.at(manifest))
    assert estate.path(A).read_bytes() == b"first"
    assert estate.fates(manifest)[A][0] is Fate.RESTORED


def test_what_was_removed_and_is_not_seen_to_be_gone_is_not_certified(estate, monkeypatch):
    manifest = estate.planned([A, B])
    estate.run(manifest)
    estate.later()
    first, second = estate.at(manifest)

    def purged(tree, one, intend):
        really(tree, one, intend)
        if one.planned.item == first.planned.item:
            raise RefusedFileError(Refusal.NOT_GONE)

    really = FileTree.purge
    monkeypatch.setattr(FileTree, "purge", purged)
    estate.purge(manifest)
    with reading(estate.trail.database) as connection:
        (certificate,) = certificates(connection, manifest.number)
    told = json.loads(certificate.body)
    assert (told["items"], told["positions"]) == (1, [[2, 2]])
    assert told["not_destroyed"] == {"purged, and not-gone": 1}
    assert estate.fates(manifest)[B] == (Fate.PURGED, None)
    assert second.fate is Fate.QUARANTINED

"""Files of a share are disposed of as files of this machine are, by an account of its own."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from disposal_changes import CHANGES
from disposal_estate import IGGY, NOW, SOURCE, A, B, C, D, at_step, write_old
from disposal_shares import a_shared_estate, give_to
from disposal_trees import standing

from domain.disposal import QUARANTINE, Fate, Refusal, Step
from domain.errors import ProblemCode
from domain.hold import Hold, HoldKind, HoldScope
from inventory.certificates import certificates
from inventory.engine import reading
from operations.disposal.ready import readiness
from operations.scanning.sources import opened
from operations.schedule.holds import add_hold
from scanner.sources.smb import servers
from scanner.sources.smb.listing import list_folder
from scanner.sources.smb.status import NtStatusError

pytestmark = pytest.mark.servers

WHY = (
    Refusal.CHANGED, Refusal.CONTENT, Refusal.CHANGED, Refusal.DENIED, Refusal.GONE, Refusal.NOT_A_FILE,
    Refusal.REPLACED, Refusal.GONE, None, Refusal.HARD_LINKED, Refusal.REPLACED,
)  # fmt: skip
"""As a share shows what was done on its server: links that lead out of it are not followed, pipes are empty files, and
Samba keeps no time at which a file was moved, so that one that is back is what it was.
"""


@pytest.fixture
def outside(tmp_path) -> Path:
    """A folder that is none of the share's, on the server's disk."""
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "theirs.txt").write_bytes(b"theirs")
    return tmp_path / "outside"


@pytest.fixture
def estate(tmp_path, samba):
    return a_shared_estate(tmp_path, samba)


def test_what_changed_is_refused_with_its_reason_and_the_neighbours_go(tmp_path, samba, outside):
    changed = [f"Housing/{change.__name__}/f.txt".encode() for change in CHANGES]
    neighbours = [f"Housing/beside {change.__name__}/f.txt".encode() for change in CHANGES]
    held = b"Housing/held/f.txt"
    files = dict.fromkeys([*changed, *neighbours, held], b"as it was")
    estate = a_shared_estate(tmp_path, samba, files=files)
    manifest = estate.planned(list(files))
    for change, name in zip(CHANGES, changed, strict=True):
        change(estate.path(name), outside)
    give_to(samba.boss, estate.root)
    scope = HoldScope(paths=("Housing/held/*",))
    claim = Hold("CLAIM-7", HoldKind.LITIGATION, "a claim", "counsel", scope, placed=NOW.date())
    add_hold(IGGY, estate.trail, claim, NOW.date())
    share, theirs = standing(estate.root), standing(outside)

    estate.run(manifest)

    told = estate.fates(manifest)
    if told[changed[6]][1] is Refusal.CHANGED:  # The pipe may have got the number of the file that it stands for.
        told[changed[6]] = (Fate.REFUSED, Refusal.REPLACED)
    assert [told[name][1] for name in changed] == list(WHY)
    assert told[held] == (Fate.REFUSED, Refusal.HELD)
    assert {told[name] for name in neighbours} == {(Fate.QUARANTINED, None)}
    assert standing(outside) == theirs
    gone = {os.fsdecode(name) for name, (fate, _) in told.items() if fate is Fate.QUARANTINED}
    assert standing(estate.root) == [one for one in share if one[0] not in gone]
    assert len(estate.in_quarantine()) == len(gone) == len(neighbours) + 1


def test_some_come_back_and_the_rest_is_purged_and_certified(estate):
    manifest = estate.planned([A, B, C])
    before = estate.path(A).stat()
    assert estate.run(manifest).fates == {Fate.QUARANTINED: 3}
    first, *rest = estate.at(manifest)
    assert estate.restore(first).fates == {Fate.RESTORED: 1}
    after = estate.path(A).stat()
    for name in ("st_ino", "st_size", "st_mtime_ns", "st_mode", "st_uid", "st_gid"):
        assert getattr(after, name) == getattr(before, name), name
    estate.later()
    done = estate.purge(manifest)
    assert (done.fates, done.strange) == ({Fate.PURGED: len(rest)}, 0)
    assert estate.in_quarantine() == set()
    with reading(estate.trail.database) as connection:
        (certificate,) = certificates(connection, manifest.number)
    told = json.loads(certificate.body)
    assert told["items"] == 2
    assert "not for Muniment to remove: what the file server keeps of deleted" in told["copies_in_words"]


def test_the_account_that_scans_may_not_enter_the_quarantine_and_passes_it_over(estate):
    estate.run(estate.planned([A, B]))
    with opened(estate.settings.sources, estate.settings.mail) as sources, pytest.raises(NtStatusError) as refused:
        sources[SOURCE]._places.at(QUARANTINE.encode(), list_folder)
    assert refused.value.problem.code is ProblemCode.DENIED
    theirs = estate.path(b".muniment-quarantine of theirs/e.txt")
    write_old(theirs, b"no quarantine")
    give_to(estate.settings.sources[0].dispose_username, theirs.parent)
    estate.found.clear()
    estate.list()
    assert set(estate.found) == {C, D, b".muniment-quarantine of theirs/e.txt"}


def test_a_server_that_is_lost_ends_the_run_and_the_next_one_goes_on(estate, samba, monkeypatch):
    monkeypatch.setattr(servers, "_PAUSES", ())
    manifest = estate.planned([A, B, C])
    done = estate.run(manifest, watch=at_step(Step.RENAMED, samba.stop))
    assert "does not answer any more" in done.stopped
    assert (done.left, done.fates) == (3, {})
    assert sorted(estate.fates(manifest).values()) == [(Fate.MOVING, None), *[(Fate.PLANNED, None)] * 2]
    samba.start()
    estate.run(manifest)
    assert set(estate.fates(manifest).values()) == {(Fate.QUARANTINED, None)}
    assert len(estate.in_quarantine()) == 3


def test_what_it_can_promise_is_told(estate):
    ((_, told),) = readiness(estate.settings)
    assert told.startswith("can dispose: quarantine on the same share")
    assert "shadow copies" in told

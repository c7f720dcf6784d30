"""The way from an approved batch to quarantine, back, or to an end; and who may not go it."""

from __future__ import annotations

import json

import pytest
from disposal_estate import ALEX, IGGY, MORGAN, NOW, RUTH, A, B, C, an_actor, at_step, content

from domain.actor import Role
from domain.audit import Act
from domain.disposal import Fate, Refusal, Step
from domain.errors import ConfigurationError
from domain.review import BatchState, ReasonCode, Stage, VerdictKind, VerdictState
from inventory import disposals as kept
from inventory import reviews
from inventory.audit import latest
from inventory.certificates import certificates
from inventory.engine import InventoryError, reading, writing
from operations.access import RefusedError
from operations.disposal import stopping
from operations.disposal.manifests import export_manifest, files_of, listed
from operations.disposal.packing import Destination, pack
from operations.disposal.planning import foreseen
from operations.dispose import to_run
from operations.review.approving import approve, stamp_of
from operations.review.deciding import decide
from operations.review.desk import desk_of
from operations.review.queue import refill
from operations.review.ruling import Ruling
from operations.review.seeing import look
from operations.schedule.evaluate import evaluate
from operations.signing import signing_key

WILLOW = an_actor("willow", Role.RECORDS_MANAGER)


def acts(estate) -> list[str]:
    return [entry.act for entry in latest(estate.trail.database, 99) if entry.act.startswith("disposal.")]


def batch_state(estate, manifest) -> BatchState:
    with reading(estate.trail.database) as connection:
        return reviews.batch_numbered(connection, manifest.batch).state


def test_what_is_approved_goes_into_quarantine_is_restored_or_purged_and_certified(estate):
    manifest = estate.planned([A, B, C])
    assert batch_state(estate, manifest) is BatchState.PLANNED
    assert estate.run(manifest).fates == {Fate.QUARANTINED: 3}
    assert [name for name, _ in content(estate.root)] == ["Housing/deeper/d.txt"]
    assert batch_state(estate, manifest) is BatchState.DONE
    first, *_ = estate.at(manifest)
    assert estate.restore(first).fates == {Fate.RESTORED: 1}
    assert dict(content(estate.root))["Housing/a.txt"] == b"first"
    assert estate.verdict_states(manifest.batch)[first.planned.item] is VerdictState.VOID

    estate.later(59)
    assert estate.purge(manifest).fates == {}
    estate.later(1)
    done = estate.purge(manifest)
    assert (done.fates, len(done.certificates)) == ({Fate.PURGED: 2}, 1)
    assert estate.in_quarantine() == set()
    assert acts(estate) == [
        Act.DISPOSAL_PLANNED, Act.DISPOSAL_BEGUN, *[Act.ITEM_QUARANTINED] * 3, Act.DISPOSAL_ENDED, Act.ITEM_RESTORED,
        Act.DISPOSAL_BEGUN, Act.DISPOSAL_ENDED, Act.DISPOSAL_BEGUN, *[Act.ITEM_PURGED] * 2, Act.DISPOSAL_ENDED,
        Act.DISPOSAL_CERTIFIED,
    ]  # fmt: skip


def test_the_certificate_adds_up_what_was_destroyed_by_whom_and_when(estate):
    manifest = estate.planned([A, B], second=True, approvals=((Stage.FIRST, ALEX), (Stage.SECOND, MORGAN)))
    estate.run(manifest)
    estate.restore(estate.at(manifest)[0], actor=WILLOW)
    estate.later()
    estate.purge(manifest, actor=WILLOW)
    with reading(estate.trail.database) as connection:
        (certificate,) = certificates(connection, manifest.number)
    body = json.loads(certificate.body)
    assert (body["planned"], body["items"], body["bytes"], body["positions"]) == (2, 1, 6, [[2, 2]])
    assert body["not_destroyed"] == {"restored": 1}
    (lot,) = body["lots"]
    assert (lot["asset"], lot["rule"], lot["record_class"], lot["due_first"]) == ("A-1", "HO", "HO.01", "2016-06-01")
    assert [(hand["part"], hand["account"]) for hand in body["hands"]] == [
        ("proposed", "ruth"), ("approved", "alex"), ("second-approved", "morgan"), ("ran", "iggy"), ("purged", "willow")
    ]  # fmt: skip
    assert b"txt" not in certificate.body


def test_neither_manifest_nor_trail_says_what_a_file_is_called(estate, tmp_path):
    manifest = estate.planned([A, B])
    estate.run(manifest)
    (path,) = export_manifest(IGGY, estate.trail, signing_key(estate.settings), manifest.number, tmp_path / "out")
    told = path.read_text() + "".join(map(repr, latest(estate.trail.database, 99)))
    assert "a.txt" not in told
    assert "deep" not in told
    assert '"rule":"HO"' in told
    assert '"account":"alex"' in told


def test_a_stop_stops_a_run_at_the_next_file_and_lets_it_go_on_when_it_is_lifted(estate):
    manifest = estate.planned([A, B, C])
    stops = at_step(Step.RECORDED, lambda: stopping.stop(MORGAN, estate.trail, None, "a doubt", estate.now))
    done = estate.run(manifest, watch=stops)
    assert (done.fates, done.left) == ({Fate.QUARANTINED: 1}, 2)
    assert "morgan" in done.stopped
    with pytest.raises(stopping.StoppedError):
        estate.run(manifest)
    (stop,) = stopping.stops(IGGY, estate.trail.database)
    stopping.resume(IGGY, estate.trail, stop.number, estate.now)
    assert estate.run(manifest).fates == {Fate.QUARANTINED: 2}


def test_a_reviewer_stops_the_disposal_of_their_own_service_alone(estate):
    with pytest.raises(RefusedError):
        stopping.stop(RUTH, estate.trail, None, "", estate.now)
    stopping.stop(RUTH, estate.trail, "Housing", "", estate.now)
    with pytest.raises(stopping.StoppedError):
        estate.run(estate.planned([A]), 1)


def test_a_stop_of_a_service_that_there_is_not_is_refused_and_not_taken_for_one(estate):
    with pytest.raises(ConfigurationError, match="There is no service 'Huosing', so nothing was stopped"):
        stopping.stop(MORGAN, estate.trail, "Huosing", "", estate.now)
    assert stopping.stops(IGGY, estate.trail.database) == ()


def test_the_files_of_a_manifest_that_there_is_not_are_not_none(estate):
    with pytest.raises(ConfigurationError, match="There is no manifest 9"):
        list(files_of(IGGY, estate.trail.database, 9))


@pytest.mark.parametrize("to", [b"", b"/", b"../a.txt", b"Housing/", b"Housing/./a.txt", b"a\0b"])
def test_a_place_that_is_no_file_below_the_root_is_said_so(estate, to):
    manifest = estate.planned([A])
    estate.run(manifest)
    with pytest.raises(ConfigurationError, match="Name a file below the root"):
        estate.restore(*estate.at(manifest), to=to)
    assert estate.fates(manifest) == {A: (Fate.QUARANTINED, None)}


def test_nothing_is_restored_into_any_quarantine(estate):
    manifest = estate.planned([A])
    estate.run(manifest)
    with pytest.raises(ConfigurationError, match="in quarantine itself"):
        estate.restore(*estate.at(manifest), to=b"Housing/.muniment-quarantine/a.txt")


def test_the_certificate_says_that_it_was_packed_first_and_until_when_backups_hold_it(make_estate, tmp_path):
    estate = make_estate(disposal="backup_days = 30")
    manifest = estate.planned([A], kind=VerdictKind.ARCHIVE)
    pack(IGGY, estate.trail, estate.settings, manifest.number, Destination(tmp_path, "averham-1"), estate.clock)
    estate.run(manifest)
    estate.later()
    estate.purge(manifest)
    with reading(estate.trail.database) as connection:
        (certificate,) = certificates(connection, manifest.number)
    told = json.loads(certificate.body)
    assert (told["method"], told["copies"]["backups_until"]) == ("packed-then-unlinked", "2027-02-21")


def test_a_run_takes_no_more_than_its_ceiling(make_estate):
    estate = make_estate(disposal="most_items = 2")
    manifest = estate.planned([A, B, C])
    assert len(to_run(IGGY, estate.trail, estate.settings, manifest.number)[1]) == 2
    first, second = estate.run(manifest, 2), estate.run(manifest, 1)
    assert (first.fates, first.left) == ({Fate.QUARANTINED: 2}, 1)
    assert (second.fates, second.left) == ({Fate.QUARANTINED: 1}, 0)


def test_what_could_not_be_done_is_listed_with_its_reason(estate):
    manifest = estate.planned([A, B])
    estate.path(A).unlink()
    estate.run(manifest)
    (failed,) = files_of(RUTH, estate.trail.database, failed=True)
    assert (failed.planned.ref.locator, failed.refusal) == (A, Refusal.GONE)
    (one,) = listed(RUTH, estate.trail.database)
    assert one.counts == {Fate.QUARANTINED: (1, 6), Fate.REFUSED: (1, 5)}
    other = an_actor("erin", Role.REVIEWER, "Education")
    assert list(listed(other, estate.trail.database)) == list(files_of(other, estate.trail.database)) == []


def test_what_was_changed_since_it_was_decided_on_does_not_come_into_a_manifest(estate):
    batch = estate.approved([A, B])
    estate.path(A).write_bytes(b"something else")
    manifest, draft = estate.plan(batch)
    assert [one.ref.locator for one in draft.planned] == [B]
    assert (list(draft.refused.values()), manifest.items) == ([Refusal.CHANGED], 1)


def test_a_batch_is_planned_once(estate):
    manifest = estate.planned([A])
    with pytest.raises(RefusedError, match="is planned"):
        estate.plan(manifest.batch)


def test_what_was_archived_goes_only_after_its_copy_was_verified(estate):
    manifest = estate.planned([A, B], kind=VerdictKind.ARCHIVE)
    first, _ = estate.at(manifest)
    with writing(estate.trail.database) as connection:
        kept.note_package(connection, first.number, "averham-1", b"s" * 32, NOW)
    estate.run(manifest)
    assert estate.fates(manifest) == {A: (Fate.QUARANTINED, None), B: (Fate.PLANNED, Refusal.NOT_PACKAGED)}


def test_restoring_over_something_is_refused_and_elsewhere_is_possible(estate):
    manifest = estate.planned([A])
    estate.run(manifest)
    estate.path(A).write_bytes(b"newer")
    (one,) = estate.at(manifest)
    assert estate.restore(one).refusals == {Refusal.TAKEN: 1}
    assert estate.at(manifest)[0].fate is Fate.QUARANTINED
    assert estate.restore(one, to=b"Housing/back/a.txt").refusals == {Refusal.FOLDER_GONE: 1}
    with pytest.raises(ConfigurationError, match="in quarantine itself"):
        estate.restore(one, to=b".muniment-quarantine/a.txt")
    assert estate.restore(one, to=b"Housing/deep/a.txt").fates == {Fate.RESTORED: 1}
    assert dict(content(estate.root))["Housing/a.txt"] == b"newer"
    with pytest.raises(ConfigurationError, match="Not all of these"):
        estate.restore(one)


def test_what_was_taken_out_of_quarantine_by_hand_is_lost_and_said_so(estate):
    manifest = estate.planned([A, B])
    estate.run(manifest)
    first, second = estate.at(manifest)
    for token in estate.in_quarantine():
        (estate.quarantine / token).unlink()
    assert estate.restore(first).fates == {Fate.LOST: 1}
    estate.later()
    estate.purge(manifest)
    assert [one.fate for one in estate.at(manifest)] == [Fate.LOST, Fate.LOST]
    assert {one.refusal for one in files_of(IGGY, estate.trail.database, failed=True)} == {Refusal.MISSING}
    assert second.fate is Fate.QUARANTINED


def test_a_clock_that_went_back_is_refused(estate):
    manifest = estate.planned([A, B])
    estate.run(manifest)
    estate.later(-1)
    with pytest.raises(RefusedError, match="clock"):
        estate.purge(manifest, 0)


def test_a_clock_that_goes_back_while_it_purges_stops_it_and_what_is_gone_is_certified(estate):
    manifest = estate.planned([A, B])
    estate.run(manifest)
    estate.later()
    done = estate.purge(manifest, watch=at_step(Step.PURGE_INTENT, lambda: estate.later(-1)))
    assert (done.fates, done.left, len(done.certificates)) == ({Fate.PURGED: 1}, 1, 1)
    assert "clock" in done.stopped
    estate.later(1)
    assert estate.purge(manifest).fates == {Fate.PURGED: 1}


def test_only_one_disposes_at_a_time(estate):
    manifest, other = estate.planned([A]), estate.planned([B])
    tried = []

    def again() -> None:
        with pytest.raises(InventoryError, match="Another disposal"):
            estate.run(other)
        tried.append(True)

    estate.run(manifest, watch=at_step(Step.INTENT, again))
    assert tried


def test_what_people_propose_and_approve_in_review_is_what_goes(estate):
    night = an_actor("night", Role.OPERATOR)
    desk = desk_of(estate.settings, estate.trail, NOW.date())
    evaluate(night, estate.trail, desk.schedule, NOW.date())
    refill(night, desk)
    item = estate.found[A]
    ruling = Ruling(VerdictKind.DISPOSE, ReasonCode.PERIOD_OVER)
    proposed = decide(RUTH, desk, {item: look(desk, [item]).stamp(item)}, ruling).batch
    with pytest.raises(RefusedError):
        estate.plan(proposed.number)
    approved = approve(ALEX, desk, proposed.number, stamp_of(proposed)).batch
    assert approved.state is BatchState.APPROVED
    (draft,) = foreseen(IGGY, estate.trail, estate.settings, estate.clock)
    assert [one.ref.locator for one in draft.planned] == [A]
    manifest, _ = estate.plan(approved.number)
    assert estate.run(manifest).fates == {Fate.QUARANTINED: 1}
    (one,) = estate.at(manifest)
    estate.restore(one)
    refill(night, desk)
    assert look(desk, [item]).places[item].service == "Housing"

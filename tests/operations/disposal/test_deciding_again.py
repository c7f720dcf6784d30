"""What was approved is decided on again when it is about to go, and before it is destroyed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from blake3 import blake3
from disposal_estate import IGGY, MORGAN, NOW, A, B, C, at_step, write_old
from disposal_trees import planned_of
from sqlalchemy import insert, select, update

from domain.disposal import Fate, Refusal, RefusedFileError, Step, canonical
from domain.hold import Hold, HoldKind, HoldScope
from domain.review import ReasonCode, VerdictState
from domain.rot import RotReason
from inventory import reviews
from inventory.disposals import manifests
from inventory.engine import reading, writing
from inventory.expiring import expire
from inventory.tables import HashedRow, ItemRow, ManifestRow, RotRow
from operations.access import RefusedError
from operations.assets.register import Bar, drop
from operations.disposal import deciding as deciding_again
from operations.disposal.deciding import Deciding
from operations.disposal.manifests import FORM
from operations.schedule.holds import add_hold
from operations.schedule.judging import Judge
from operations.signing import signing_key
from scanner.sources.filesystem import FilesystemSource
from scanner.sources.unreachable import SourceUnreachableError

in_sqlite = pytest.mark.parametrize("inventory_url", ["sqlite"], indirect=True)


def test_what_nobody_answers_for_waits_and_goes_when_somebody_does(estate):
    manifest = estate.planned([A])
    with writing(estate.trail.database) as connection:
        connection.exec_driver_sql("UPDATE account SET disabled = true WHERE name = 'alex'")
    estate.run(manifest)
    assert estate.fates(manifest) == {A: (Fate.PLANNED, Refusal.ASSET)}
    with writing(estate.trail.database) as connection:
        connection.exec_driver_sql("UPDATE account SET disabled = false WHERE name = 'alex'")
    estate.run(manifest)
    assert estate.fates(manifest) == {A: (Fate.QUARANTINED, None)}


def test_the_only_copy_stays_and_one_of_two_goes(make_estate):
    estate = make_estate(files={A: b"same", B: b"same", C: b"unique"})
    with writing(estate.trail.database) as connection:
        for name in (A, B):
            _read(connection, estate, name)
    manifest = estate.planned([A, B, C], reason=ReasonCode.COPY)
    estate.run(manifest)
    # While both are to go, neither can rely on the other; when one stays, the other can.
    only = (Fate.REFUSED, Refusal.ONLY_COPY)
    assert estate.fates(manifest) == {A: only, B: (Fate.QUARANTINED, None), C: only}
    again = estate.planned([A], reason=ReasonCode.COPY)
    estate.run(again)
    assert estate.fates(again) == {A: only}


def _read(connection, estate, name) -> None:
    """As who looks for copies would have: nobody has examined them."""
    digest = blake3(estate.path(name).read_bytes()).digest()
    version = connection.execute(select(ItemRow.version).where(ItemRow.id == estate.found[name])).scalar_one()
    values = {"item_id": estate.found[name], "version": version, "ends": digest, "digest": digest}
    connection.execute(insert(HashedRow).values(values))


def test_a_copy_that_cannot_be_read_any_more_is_none(make_estate):
    estate = make_estate(files={A: b"same", B: b"same"})
    with writing(estate.trail.database) as connection:
        for name in (A, B):
            _read(connection, estate, name)
    manifest = estate.planned([A], reason=ReasonCode.COPY)
    estate.path(B).write_bytes(b"not the same")
    estate.run(manifest)
    assert estate.fates(manifest) == {A: (Fate.REFUSED, Refusal.ONLY_COPY)}


@in_sqlite
def test_a_copy_stays_in_quarantine_where_the_other_is_not_what_it_was_any_more(make_estate):
    estate = make_estate(files={A: b"same", B: b"same"})
    with writing(estate.trail.database) as connection:
        for name in (A, B):
            _read(connection, estate, name)
    manifest = estate.planned([A], reason=ReasonCode.COPY)
    estate.run(manifest)
    estate.path(B).write_bytes(b"not the same")
    estate.later()
    estate.purge(manifest)
    assert estate.fates(manifest) == {A: (Fate.QUARANTINED, Refusal.ONLY_COPY)}


OLDER, LATER = b"Planning/plan v1.txt", b"Planning/plan v2.txt"


@pytest.fixture
def versions(make_estate):
    """An older version and the later one that stays, of a class that no rule is about; and the older one's manifest."""
    estate = make_estate(files={OLDER: b"a draft", LATER: b"the plan", A: b"first"})
    values = {"reason": str(RotReason.VERSION), "also": "", "guard": "", "bytes": 7, "facts": "{}"}
    with writing(estate.trail.database) as connection:
        rot = values | {"item_id": estate.found[OLDER], "keeps_id": estate.found[LATER]}
        connection.execute(insert(RotRow).values(rot))
    return estate, estate.planned([OLDER], reason=ReasonCode.SUPERSEDED, rule=None)


@in_sqlite
def test_an_older_version_is_destroyed_while_the_later_one_stands(versions):
    estate, manifest = versions
    keeps = {"item": estate.found[LATER], "blake3": blake3(b"the plan").hexdigest()}
    assert manifest.told["keeps"] == {str(estate.found[OLDER]): keeps}
    assert estate.run(manifest).fates == {Fate.QUARANTINED: 1}
    estate.list()  # It is gone for the inventory, so the list of ROT does not have it any more.
    with writing(estate.trail.database) as connection:
        connection.exec_driver_sql("DELETE FROM rot")
    estate.later()
    assert estate.purge(manifest).fates == {Fate.PURGED: 1}


def gone(estate) -> None:
    estate.path(LATER).unlink()


def going_itself(estate) -> None:
    values = {"reason": str(RotReason.TECHNICAL), "also": "", "guard": "", "bytes": 8, "keeps_id": None, "facts": "{}"}
    with writing(estate.trail.database) as connection:
        connection.execute(insert(RotRow).values(values | {"item_id": estate.found[LATER]}))
    estate.planned([LATER], reason=ReasonCode.TRIVIAL, rule=None)


def emptied(estate) -> None:
    estate.path(LATER).write_bytes(b"")


def overwritten(estate) -> None:
    write_old(estate.path(LATER), b"the plaN")


def not_named_to_the_byte(estate) -> None:
    """In a manifest of an earlier release."""
    with writing(estate.trail.database) as connection:
        (manifest,) = manifests(connection)
        body = canonical(dict(manifest.told) | {"keeps": {str(estate.found[OLDER]): estate.found[LATER]}})
        signature = signing_key(estate.settings).sign(FORM, body)
        connection.execute(update(ManifestRow).values(body=body, signature=signature))


@in_sqlite
@pytest.mark.parametrize("change", [gone, going_itself, emptied, overwritten, not_named_to_the_byte])
def test_an_older_version_stays_in_quarantine_where_there_is_no_later_one_to_rely_on(versions, change):
    estate, manifest = versions
    estate.run(manifest)
    change(estate)
    estate.later()
    estate.purge(manifest)
    assert estate.fates(manifest) == {OLDER: (Fate.QUARANTINED, Refusal.ONLY_COPY)}
    assert "restore it and decide again" in Refusal.ONLY_COPY.sentence
    assert estate.restore(*estate.at(manifest)).fates == {Fate.RESTORED: 1}


@in_sqlite
def test_an_older_version_is_not_taken_where_the_later_one_is_not_what_was_signed(versions):
    estate, manifest = versions
    emptied(estate)
    estate.run(manifest)
    assert estate.fates(manifest) == {OLDER: (Fate.REFUSED, Refusal.ONLY_COPY)}


def approved_again(estate, manifest):
    """The older version is back in its place; the batch by which it is to go once more."""
    estate.run(manifest)
    estate.restore(*estate.at(manifest))
    return estate, estate.approved([OLDER], reason=ReasonCode.SUPERSEDED, rule=None)


@in_sqlite
def test_no_older_version_is_planned_where_the_later_one_was_written_to_since_it_was_listed(versions):
    estate, batch = approved_again(*versions)
    emptied(estate)
    again, draft = estate.plan(batch)
    assert (again, list(draft.refused.values())) == (None, [Refusal.ONLY_COPY])


@pytest.fixture
def away(monkeypatch):
    """A source that answers for everything but the later version."""
    opened = FilesystemSource.open

    def open_others(source, item):
        if item.ref.locator == LATER:
            raise SourceUnreachableError("mailboxes", "does not answer")
        return opened(source, item)

    return lambda: monkeypatch.setattr(FilesystemSource, "open", open_others)


@in_sqlite
@pytest.mark.parametrize("step", ["run", "purge"])
def test_an_older_version_waits_where_the_later_one_cannot_be_reached_and_nothing_else_does(versions, away, step):
    estate, manifest = versions
    if step == "purge":
        estate.run(manifest)
        estate.later()
    away()
    getattr(estate, step)(manifest)
    fate = Fate.QUARANTINED if step == "purge" else Fate.PLANNED
    assert estate.fates(manifest) == {OLDER: (fate, Refusal.KEEPER_AWAY)}


@in_sqlite
def test_an_older_version_whose_later_one_cannot_be_reached_is_not_planned_and_its_approval_stands(versions, away):
    estate, batch = approved_again(*versions)
    away()
    with pytest.raises(RefusedError, match="cannot be reached"):
        estate.plan(batch)


def test_a_hold_in_the_time_of_quarantine_keeps_it_from_being_purged(estate):
    manifest = estate.planned([A, B])
    estate.run(manifest)
    estate.list()  # They are gone for the inventory, and what a hold means is frozen all the same.
    estate.later()
    scope = HoldScope(paths=("Housing/a.*",))
    hold = Hold("CLAIM-7", HoldKind.LITIGATION, "a claim", "counsel", scope, placed=NOW.date())
    add_hold(IGGY, estate.trail, hold, NOW.date())
    estate.purge(manifest)
    assert estate.fates(manifest) == {A: (Fate.QUARANTINED, Refusal.HELD), B: (Fate.PURGED, None)}
    assert len(estate.in_quarantine()) == 1


def test_what_lies_in_quarantine_stays_known_until_it_is_destroyed(estate):
    """Or nothing could say whether a hold is on it."""
    manifest = estate.planned([A, B])
    estate.run(manifest)
    estate.path(C).unlink()
    estate.list()
    with writing(estate.trail.database) as connection:
        assert expire(connection, 2**62, 2**62).items == 1
    estate.later()
    assert estate.purge(manifest).fates == {Fate.PURGED: 2}


def test_a_decision_that_was_taken_back_in_the_time_of_quarantine_keeps_it_from_being_purged(estate):
    manifest = estate.planned([A, B])
    estate.run(manifest)
    first, _ = estate.at(manifest)
    with writing(estate.trail.database) as connection:
        reviews.set_verdict_state(connection, [first.planned.verdict], VerdictState.SUPERSEDED)
    estate.later()
    estate.purge(manifest)
    assert estate.fates(manifest) == {A: (Fate.QUARANTINED, Refusal.VERDICT), B: (Fate.PURGED, None)}


def test_what_went_as_trivial_is_not_purged_when_a_rule_keeps_it_by_then(estate):
    path = estate.settings.retention.schedule
    schedule = path.read_text()
    with writing(estate.trail.database) as connection:
        connection.exec_driver_sql("DELETE FROM account")  # so that another version needs no approvals
    path.write_text(schedule.replace("P1Y", "P99Y"))
    planned = replace(planned_of(estate.root, A, estate.found[A]), ground=RotReason.TECHNICAL, rule=None)
    batch = estate.approved([A])
    with reading(estate.trail.database) as connection:
        (verdict,) = reviews.items_of(connection, batch)
        planned = replace(planned, verdict=verdict.number)
        deciding = Deciding(estate.trail.database, estate.settings, NOW.date(), {})
        with pytest.raises(RefusedFileError) as refused:
            deciding.refuse_purge(connection, planned, "dispose", "other", None)
    assert refused.value.refusal is Refusal.NOT_DUE


def test_a_hold_that_comes_while_a_run_goes_on_keeps_the_next_file(estate):
    """What is read once for all files is read again when anything was done meanwhile."""
    manifest = estate.planned([A, B, C])
    scope = HoldScope(paths=("Housing/b.*",))
    hold = Hold("CLAIM-8", HoldKind.LITIGATION, "a claim", "counsel", scope, placed=NOW.date())
    placed = at_step(Step.RECORDED, lambda: add_hold(IGGY, estate.trail, hold, NOW.date()))
    estate.run(manifest, watch=placed)
    assert estate.fates(manifest)[A] == (Fate.QUARANTINED, None)
    assert estate.fates(manifest)[B] == (Fate.REFUSED, Refusal.HELD)
    assert estate.fates(manifest)[C] == (Fate.QUARANTINED, None)


def test_an_asset_that_is_dropped_while_a_run_goes_on_keeps_the_next_file(estate):
    manifest = estate.planned([A, B])
    dropped = at_step(Step.RECORDED, lambda: drop(MORGAN, estate.trail, ["A-1"]))
    estate.run(manifest, watch=dropped)
    assert estate.fates(manifest) == {A: (Fate.QUARANTINED, None), B: (Fate.PLANNED, Refusal.ASSET)}


def test_what_is_the_same_for_all_files_is_read_once(estate, monkeypatch):
    made = []
    monkeypatch.setattr(deciding_again, "Judge", lambda *told: made.append("judge") or Judge(*told))
    monkeypatch.setattr(deciding_again, "Bar", lambda *told: made.append("bar") or Bar(*told))
    manifest = estate.planned([A, B, C])
    made.clear()
    assert estate.run(manifest).fates == {Fate.QUARANTINED: 3}
    assert made == ["judge", "bar"]

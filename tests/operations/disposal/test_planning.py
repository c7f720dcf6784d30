"""What is weighed once more before a manifest is signed: who approved, what was found since, who answers for it."""

from __future__ import annotations

import os
import sqlite3

import pytest
from blake3 import blake3
from disposal_estate import ALEX, IGGY, MORGAN, A, B, write_old
from sqlalchemy import insert, select, update

from domain.disposal import Fate, Refusal
from domain.review import BatchState, ReasonCode, Stage, WhySecond
from inventory.engine import reading, writing
from inventory.reviews import batch_numbered
from inventory.tables import BatchApprovalRow, BatchRow, ContentRow, HashedRow, ItemRow
from operations.access import RefusedError
from operations.disposal import others
from operations.disposal.planning import foreseen
from operations.disposal.quarantine import open_quarantine
from operations.review import approving
from operations.review.desk import desk_of
from scanner.ends import hash_whole
from scanner.sources.filesystem import FilesystemSource

BOTH = ((Stage.FIRST, ALEX), (Stage.SECOND, MORGAN))


def batch_of(estate, number):
    with reading(estate.trail.database) as connection:
        return batch_numbered(connection, number)


def found_special(estate, name) -> None:
    """As an examination would have, that came after the approval."""
    values = {"digest": blake3(estate.path(name).read_bytes()).digest(), "media_type": "text/plain",
              "pipeline": "pipeline 1", "outcome": "examined", "special": "HEALTH"}  # fmt: skip
    with writing(estate.trail.database) as connection:
        number = connection.execute(insert(ContentRow).values(values).returning(ContentRow.id)).scalar_one()
        row = update(ItemRow).where(ItemRow.id == estate.found[name])
        connection.execute(row.values(content_id=number, outcome="examined"))


@pytest.mark.parametrize("of", ["proposer", "first", "second"])
def test_who_acted_for_somebody_is_that_somebody_too(estate, of):
    """Ruth proposed, alex and morgan approved: each of them may have done so for one of the others."""
    batch = estate.approved([A], second=True, approvals=BOTH)
    for_whom = {"proposer": "morgan", "first": "ruth", "second": "alex"}[of]
    with writing(estate.trail.database) as connection:
        row = update(BatchRow) if of == "proposer" else update(BatchApprovalRow).where(BatchApprovalRow.stage == of)
        connection.execute(row.values(on_behalf_of=for_whom))
    with pytest.raises(RefusedError, match="one person gave two"):
        estate.plan(batch)


def test_what_was_found_since_asks_for_a_second_approver_and_the_batch_waits_for_one(estate):
    batch = estate.approved([A, B])
    found_special(estate, A)
    (draft,) = foreseen(IGGY, estate.trail, estate.settings, estate.clock)
    assert draft.lacks == (WhySecond.SPECIAL,)
    with pytest.raises(RefusedError, match=rf"Batch {batch} needs a second approval, since special categories"):
        estate.plan(batch)
    waits = batch_of(estate, batch)
    assert (waits.state, waits.why_second) == (BatchState.APPROVED_ONCE, (WhySecond.SPECIAL,))
    desk = desk_of(estate.settings, estate.trail, estate.now.date())
    assert [one.number for one in approving.waiting(MORGAN, desk)] == [batch]


def test_a_batch_that_a_second_person_approved_is_planned_whatever_was_found_since(estate):
    batch = estate.approved([A], second=True, approvals=BOTH)
    found_special(estate, A)
    manifest, draft = estate.plan(batch)
    assert (manifest.items, draft.lacks) == (1, ())


def test_nothing_of_what_nobody_answers_for_comes_into_a_manifest_and_its_approval_stands(estate):
    batch = estate.approved([A, B])
    with writing(estate.trail.database) as connection:
        connection.exec_driver_sql("UPDATE asset SET confirmed = '[]', confirmed_by = '', confirmed_on = NULL")
    (draft,) = foreseen(IGGY, estate.trail, estate.settings, estate.clock)
    assert (draft.planned, dict(draft.reasons)) == ((), {Refusal.ASSET: 2})
    with pytest.raises(RefusedError, match="2 files: Nobody answers for the asset"):
        estate.plan(batch)
    assert batch_of(estate, batch).state is BatchState.APPROVED


def two_copies(make_estate):
    """As who looks for copies would have found them, in SQLite."""
    estate = make_estate(files={A: b"same", B: b"same"}, url="")
    digest = blake3(b"same").digest()
    with writing(estate.trail.database) as connection:
        for name in (A, B):
            version = connection.execute(select(ItemRow.version).where(ItemRow.id == estate.found[name])).scalar_one()
            values = {"item_id": estate.found[name], "version": version, "ends": digest, "digest": digest}
            connection.execute(insert(HashedRow).values(values))
    return estate


def test_while_the_other_copy_is_read_somebody_else_can_write(make_estate, monkeypatch):
    """What is read may be large, and SQLite has one writer."""
    estate = two_copies(make_estate)
    manifest = estate.planned([A], reason=ReasonCode.COPY)
    wrote = []

    def read(source, item):
        beside = sqlite3.connect(estate.trail.database.url.database, timeout=0, isolation_level=None)
        beside.execute("BEGIN IMMEDIATE")
        beside.execute("ROLLBACK")
        beside.close()
        wrote.append(item.ref.locator)
        return hash_whole(source, item)

    monkeypatch.setattr(others, "hash_whole", read)
    assert estate.run(manifest).fates == {Fate.QUARANTINED: 1}
    estate.later()
    assert estate.purge(manifest).fates == {Fate.PURGED: 1}
    assert wrote == [B, B]


def test_another_copy_that_was_changed_after_it_was_read_is_none(make_estate, monkeypatch):
    estate = two_copies(make_estate)
    manifest = estate.planned([A], reason=ReasonCode.COPY)

    def read(source, item):
        found = hash_whole(source, item)
        write_old(estate.path(B), b"not the same")
        return found

    monkeypatch.setattr(others, "hash_whole", read)
    estate.run(manifest)
    assert estate.fates(manifest) == {A: (Fate.REFUSED, Refusal.ONLY_COPY)}


def test_the_quarantine_of_a_source_within_another_is_not_listed_by_the_outer_one(tmp_path):
    inner = tmp_path / "share" / "Housing"
    write_old(inner / "a.txt", b"first")
    with open_quarantine("housing", os.fsencode(inner), ".muniment-quarantine"):
        write_old(inner / ".muniment-quarantine" / "1-0123", b"second")
    forged = tmp_path / "share" / "mine" / ".muniment-quarantine"
    write_old(forged / "muniment-quarantine.txt", b"")
    listings = FilesystemSource("shares", os.fsencode(tmp_path / "share")).list()
    assert sorted(item.ref.locator for listing in listings for item in listing.items) == [
        b"Housing/a.txt", b"mine/.muniment-quarantine/muniment-quarantine.txt"
    ]  # fmt: skip

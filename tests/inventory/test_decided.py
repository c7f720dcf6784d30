"""How far proposals have got: what is still waiting, or was rejected, counts nowhere."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import insert, select

from domain.disposal import Fate
from domain.review import BatchState, VerdictKind
from domain.rot import Decided
from domain.summary import Tally
from inventory.decided import decided
from inventory.disposal_tables import DisposalRow, ManifestRow
from inventory.engine import writing
from inventory.review_tables import BatchRow
from inventory.tables import ServiceRow

NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture
def database(database):
    with writing(database) as connection:
        for name in ("Finance", "Housing"):
            connection.execute(insert(ServiceRow).values(name=name))
    return database


def a_batch(database, kind: VerdictKind, state: BatchState, items: int, service: str = "Finance") -> None:
    said = {"reason": "r", "note": "", "target": "", "proposer": "amy", "on_behalf_of": "", "at": NOW}
    with writing(database) as connection:
        of = connection.execute(select(ServiceRow.id).filter_by(name=service)).scalar_one()
        row = {"service_id": of, "kind": kind, "state": state, "items": items, "bytes": items * 10, **said}
        connection.execute(insert(BatchRow).values(row))


def a_disposal(database, number: int, fate: Fate, service: str = "Finance") -> None:
    said = {"planner": "amy", "made": NOW, "items": 1, "body": b"", "signature": b"", "key_id": ""}
    row = {"item": number, "verdict": number, "source": "s", "locator": b"l", "tag": "t", "seal": "", "size": 7,
           "version": b"", "file_id": "", "digest": b"", "ground": "", "token": "", "kept": b""}  # fmt: skip
    with writing(database) as connection:
        manifest = {"number": number, "batch": number, "service": service, "action": "dispose", "size": 7, **said}
        connection.execute(insert(ManifestRow).values(manifest))
        connection.execute(insert(DisposalRow).values(manifest=number, service=service, fate=fate, **row))


def test_nothing_is_said_where_nothing_was_decided(database):
    assert decided(database) == Decided()
    assert not decided(database)


def test_only_what_was_approved_to_go_counts_as_approved(database):
    for state in BatchState:
        a_batch(database, VerdictKind.DISPOSE, state, 2)
    a_batch(database, VerdictKind.KEEP, BatchState.DONE, 100)
    a_batch(database, VerdictKind.DISPOSE, BatchState.APPROVED, 3, "Housing")
    assert decided(database) == Decided(Tally(9, 90))
    assert decided(database, "Housing") == Decided(Tally(3, 30))


def test_only_what_is_gone_for_good_counts_as_achieved(database):
    for number, fate in enumerate(Fate, start=1):
        a_disposal(database, number, fate)
    a_disposal(database, 99, Fate.PURGED, "Housing")
    assert decided(database) == Decided(None, Tally(2, 14))
    assert decided(database, "Housing") == Decided(None, Tally(1, 7))

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from domain.disposal import Disposal, Fate, Manifest, Planned, Refusal, Step
from domain.item import ItemRef
from inventory import disposals as kept
from inventory.engine import reading, writing

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def a_planned(item: int, size: int = 3) -> Planned:
    ref = ItemRef("shares", b"Housing/\xff%d.txt" % item)
    return Planned(item, item * 10, ref, f"tag{item}", f"seal{item}", "Housing", size, NOW, b"v1", f"1:{item}",
                   b"d" * 32, "HO", None, date(2020, 1, 1), "schedule")  # fmt: skip


def a_manifest(number: int = 1, batch: int = 7, service: str = "Housing") -> Manifest:
    return Manifest(number, batch, service, "dispose", "iggy", NOW, 2, 6, b"{}", b"s" * 64, "key")


@pytest.fixture
def files(database) -> list[Disposal]:
    with writing(database) as connection:
        assert kept.next_manifest(connection) == 1
        kept.add_manifest(connection, a_manifest(), [a_planned(2), a_planned(1)])
    return at(database)


def at(database, **which) -> list[Disposal]:
    with reading(database) as connection:
        return list(kept.disposals(connection, **which))


def test_a_manifest_and_its_files_are_read_as_they_were_written_and_in_their_order(database, files):
    assert [one.planned for one in files] == [a_planned(2), a_planned(1)]
    assert {one.fate for one in files} == {Fate.PLANNED}
    with reading(database) as connection:
        assert kept.manifest_numbered(connection, 1) == a_manifest()
        assert kept.manifests(connection, ["Education"]) == ()
        assert kept.next_manifest(connection) == 2


def test_what_somebody_has_changed_meanwhile_is_not_changed(database, files):
    one = files[0]
    with writing(database) as connection:
        assert kept.change(connection, one, Fate.MOVING, token="1-0")
        assert not kept.change(connection, one, Fate.MOVING, token="1-1")
        (moving,) = kept.under_way(connection)
        assert (moving.number, moving.token) == (one.number, "1-0")
        assert kept.change(connection, moving, Fate.REFUSED, refusal=Refusal.HELD)
        assert kept.counts(connection, 1) == {Fate.PLANNED: (1, 3), Fate.REFUSED: (1, 3)}
    (refused,) = at(database, refused=True)
    assert refused.refusal is Refusal.HELD


def test_the_journal_is_read_in_its_order_with_its_reasons(database, files):
    with writing(database) as connection:
        kept.note_step(connection, files[0].number, Step.INTENT, NOW, "iggy")
        kept.note_step(connection, files[0].number, Step.REFUSED, NOW, "iggy", Refusal.GONE)
        assert kept.last_moment(connection) == NOW
        assert kept.steps_of(connection, files[0].number) == (
            (Step.INTENT, NOW, "iggy", None), (Step.REFUSED, NOW, "iggy", Refusal.GONE)
        )  # fmt: skip


def test_what_was_refused_or_restored_can_be_relied_on_as_a_copy_and_nothing_else(database, files):
    with writing(database) as connection:
        assert kept.spoken_for(connection, [1, 2, 3]) == {1, 2}
        for fate in Fate:
            (one, *_) = kept.disposals(connection)
            kept.change(connection, one, fate)
            assert (2 in kept.spoken_for(connection, [2])) is (fate not in (Fate.REFUSED, Fate.RESTORED))


def test_only_what_was_in_quarantine_for_its_time_is_due(database, files):
    with writing(database) as connection:
        for day, one in zip((date(2027, 1, 22), date(2027, 1, 23)), files, strict=True):
            kept.change(connection, one, Fate.QUARANTINED, purge_after=day)
        due = [one.planned.item for one in kept.due_for_purge(connection, date(2027, 1, 22), 1)]
    assert due == [2]


def test_what_was_tried_comes_behind_what_was_not_and_what_was_tried_the_longest_ago_before_the_rest(database):
    with writing(database) as connection:
        kept.add_manifest(connection, a_manifest(), map(a_planned, (1, 2, 3, 4)))
        first, second, _, fourth = kept.disposals(connection)
        for one in (second, first, fourth):
            kept.note_step(connection, one.number, Step.REFUSED, NOW, "iggy", Refusal.ASSET)
        assert [one.planned.item for one in kept.due_for_run(connection, 1)] == [3, 2, 1, 4]
        for one in kept.disposals(connection):
            kept.change(connection, one, Fate.QUARANTINED, purge_after=date(2027, 1, 22))
        due = kept.due_for_purge(connection, date(2027, 1, 22), 1, most=2)
        assert [one.planned.item for one in due] == [3, 2]


def test_a_stop_holds_until_it_is_lifted(database):
    with writing(database) as connection:
        kept.add_stop(connection, "", "morgan", NOW, "a doubt")
        (stop,) = kept.stops(connection)
        assert (stop.service, stop.account, stop.why) == ("", "morgan", "a doubt")
        kept.lift_stop(connection, stop.number, "iggy", NOW)
        assert kept.stops(connection) == ()


def test_what_is_committed_durably_waits_for_the_disk(database):
    """Elsewhere the last transactions may be lost in a power cut: SQLite waits for the disk of its log only at times,
    and a server may be told not to.
    """
    asked, usual, sure = ("PRAGMA synchronous", 1, 2)
    if database.dialect.name == "postgresql":
        asked, usual, sure = ("SHOW synchronous_commit", "off", "on")
        with writing(database) as connection:
            connection.exec_driver_sql(f'ALTER DATABASE "{database.url.database}" SET synchronous_commit = off')
        database.dispose()
    with writing(database) as connection:
        assert connection.exec_driver_sql(asked).scalar_one() == usual
    with kept.durable(database) as disk, writing(disk) as connection:
        assert connection.exec_driver_sql(asked).scalar_one() == sure

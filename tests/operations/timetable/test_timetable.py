"""What the timetable starts, and what it writes down. The chain is a stand-in that says what it was asked for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from inventories import an_inventory

from domain.actor import Actor, Grant, Proof, Role
from domain.errors import MunimentError
from inventory.engine import InventoryError, only_timetable
from inventory.slots import SlotState, last_requests, last_slots, request, take_slot
from operations.config import Settings
from operations.configuration.timetable_settings import TimetableSettings
from operations.timetable.chain import Work
from operations.timetable.timetable import Timetable, upcoming, work_of

ACTOR = Actor("timetable", (Grant(Role.OPERATOR),), Proof.OPERATING_SYSTEM)
NIGHTLY = TimetableSettings(name="nightly", cron="0 1 * * *", source=("Shares",), then=("evaluate", "report rot"))
AT_NIGHT = datetime(2026, 1, 10, 1, 0, 30, tzinfo=UTC)


@pytest.fixture
def database(tmp_path):
    engine = an_inventory(tmp_path / "inventory.db")
    yield engine
    engine.dispose()


class Clock:
    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self, _database) -> datetime:
        return self.now


def a_timetable(database, clock, run, entries=(NIGHTLY,)) -> Timetable:
    settings = Settings().model_copy(update={"timetable": entries})
    return Timetable(ACTOR, settings, database, run, clock)


def told(database) -> list[tuple[str, str]]:
    return [(f"{slot.due:%d %H:%M}", slot.state.value) for slot in last_slots(database, 20)]


def test_a_slot_runs_once_with_all_that_follows(database):
    ran = []
    timetable = a_timetable(
        database, Clock(AT_NIGHT), lambda actor, settings, work, watcher: ran.append(work) or "Done."
    )
    timetable.tick()
    timetable.tick()
    assert ran == [Work("content", ("Shares",), ("evaluate", "report rot"))]
    assert told(database) == [("10 01:00", "done")]


def test_of_two_hosts_one_takes_a_slot(database):
    assert take_slot(database, "nightly", AT_NIGHT, "host 1", AT_NIGHT)
    assert not take_slot(database, "nightly", AT_NIGHT, "host 2", AT_NIGHT)


def test_what_a_dead_host_left_is_run_again(database):
    ran = []
    take_slot(database, "nightly", AT_NIGHT.replace(second=0), "dead host", AT_NIGHT)
    clock = Clock(AT_NIGHT + timedelta(hours=1))
    a_timetable(database, clock, lambda *asked: ran.append(asked) or "").tick()
    assert len(ran) == 1
    assert told(database) == [("10 01:00", "done")]


def test_what_goes_wrong_is_written_down_and_stops_no_other_entry(database):
    def run(actor, settings, work, watcher):
        if work.sources:
            raise MunimentError("The server does not answer.")
        return "Done."

    other = TimetableSettings(name="other", cron="0 1 * * *")
    a_timetable(database, Clock(AT_NIGHT), run, (NIGHTLY, other)).tick()
    assert {slot.entry: (slot.state, slot.said) for slot in last_slots(database, 5)} == {
        "nightly": (SlotState.FAILED, "The server does not answer."), "other": (SlotState.DONE, "Done."),
    }  # fmt: skip


def test_a_slot_that_came_due_while_the_one_before_it_ran_is_told_of_as_overrun(database):
    clock = Clock(AT_NIGHT)

    def run(actor, settings, work, watcher):
        clock.now += timedelta(hours=50)
        return ""

    timetable = a_timetable(database, clock, run)
    timetable.tick()
    clock.now = datetime(2026, 1, 13, 1, 0, 10, tzinfo=UTC)
    timetable.tick()
    assert told(database) == [
        ("13 01:00", "done"),
        ("12 01:00", "overrun"),
        ("11 01:00", "overrun"),
        ("10 01:00", "done"),
    ]


def test_slots_without_a_timetable_are_missed(database):
    clock = Clock(AT_NIGHT)
    timetable = a_timetable(database, clock, lambda *asked: "")
    timetable.tick()
    clock.now += timedelta(days=2, hours=12)
    timetable.tick()
    assert told(database) == [("12 01:00", "missed"), ("11 01:00", "missed"), ("10 01:00", "done")]


def test_a_timetable_that_is_stopped_in_a_scan_leaves_it_to_the_next(database):
    def run(actor, settings, work, watcher):
        timetable.stopping.set()
        watcher(None)
        return "never"

    timetable = a_timetable(database, Clock(AT_NIGHT), run)
    timetable.tick()
    assert told(database) == [("10 01:00", "running")]
    a_timetable(database, Clock(AT_NIGHT), lambda *asked: "Taken up.").tick()
    assert last_slots(database, 1)[0].said == "Taken up."


def test_requests_are_done_in_their_order_and_what_is_no_work_is_refused(database):
    ran = []
    for verb, subject in (("scan", "Shares"), ("report", "rot"), ("shred", "")):
        request(database, verb, subject, "a.person", AT_NIGHT)
    timetable = a_timetable(
        database, Clock(AT_NIGHT), lambda actor, settings, work, watcher: ran.append(work) or "", ()
    )
    timetable.tick()
    assert ran == [Work("content", ("Shares",)), Work(None, (), ("report rot",))]
    assert [one.state for one in last_requests(database, 5)] == ["failed", "done", "done"]


def test_a_request_for_metadata_reads_nothing():
    assert work_of("metadata", "") == Work("metadata")


def test_a_second_timetable_is_refused(database):
    url = str(database.url)
    with only_timetable(url), pytest.raises(InventoryError, match="Another timetable"), only_timetable(url):
        pass


def test_what_is_next_is_told_with_what_was_last(database):
    a_timetable(database, Clock(AT_NIGHT), lambda *asked: "").tick()
    settings = Settings().model_copy(update={"timetable": (NIGHTLY,)})
    (one,) = upcoming(settings, database, AT_NIGHT, 2)
    assert [f"{at:%d %H:%M}" for at in one.times] == ["11 01:00", "12 01:00"]
    assert one.last is not None
    assert one.last.state is SlotState.DONE

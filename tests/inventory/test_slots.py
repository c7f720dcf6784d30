"""Who takes a slot of the timetable, in both databases."""

from __future__ import annotations

from datetime import UTC, datetime

from inventory.slots import Slot, SlotState, end_slot, interrupt_slots, last_slots, take_slot

AT_NIGHT = datetime(2026, 1, 10, 1, tzinfo=UTC)


def test_of_two_hosts_one_takes_a_slot_and_another_takes_what_that_one_left(database):
    assert take_slot(database, "nightly", AT_NIGHT, "host 1", AT_NIGHT)
    assert not take_slot(database, "nightly", AT_NIGHT, "host 2", AT_NIGHT)
    interrupt_slots(database)
    assert take_slot(database, "nightly", AT_NIGHT, "host 2", AT_NIGHT)
    end_slot(database, Slot("nightly", AT_NIGHT, SlotState.RUNNING), SlotState.DONE, "Done.", AT_NIGHT)
    assert not take_slot(database, "nightly", AT_NIGHT, "host 1", AT_NIGHT)
    (slot,) = last_slots(database, 9)
    assert (slot.state, slot.host) == (SlotState.DONE, "host 2")

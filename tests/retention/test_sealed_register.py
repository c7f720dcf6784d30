"""A register that knows references only by their seals decides every case as one that knows them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from retention_cases import TODAY, a_record, all_cases, decided, in_force

from domain.event import Event, EventRegister, Reference
from domain.privacy import FingerprintKey
from retention.decide import Decider

KEY = FingerprintKey(b"k" * 32)
CASES = [(name, schedule, case) for name, schedule, case in all_cases() if "reported" in case]


def a_sealed_register(case) -> EventRegister:
    events = (
        Event(Reference(each["key"], each.get("of", "1")), each["event"], each["on"], each.get("outcome", ""))
        for each in case["reported"]
    )
    return EventRegister((replace(event, reference=event.reference.sealed_with(KEY)) for event in events), KEY)


@pytest.mark.parametrize(("schedule", "case"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_sealed_references_decide_as_clear_ones(schedule, case):
    schedule = in_force(schedule, case)
    sealed = Decider(schedule, a_sealed_register(case)).decide(a_record(case), case.get("today", TODAY))
    assert sealed == decided(schedule, case)


def test_there_are_such_cases_and_they_differ_without_what_was_reported():
    assert len(CASES) > 40
    _, schedule, case = CASES[0]
    without = Decider(in_force(schedule, case)).decide(a_record(case), case.get("today", TODAY))
    assert without != decided(in_force(schedule, case), case)

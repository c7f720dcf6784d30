from __future__ import annotations

from datetime import date

from sqlalchemy import select

from domain.event import Event, Reference
from domain.privacy import FingerprintKey
from inventory.engine import reading, writing
from inventory.events import Imported, counts, import_events, is_empty, register, reported_of
from inventory.tables import EventRow

KEY = FingerprintKey(b"k" * 32)
MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)
LEFT = Reference("employee_no", "00123")


def an_event(day: date = date(2019, 3, 31), reference: Reference = LEFT, outcome: str = "") -> Event:
    return Event(reference, "employment_end", day, outcome)


def taken_in(database, *events: Event, source="hr", today=MONDAY, replaces=False) -> Imported:
    with writing(database) as connection:
        return import_events(connection, KEY, events, source, today, replaces=replaces)


def test_a_feed_that_comes_again_changes_nothing(database):
    assert is_empty(database)
    assert taken_in(database, an_event(), an_event()) == Imported(1, 0, 0)
    assert taken_in(database, an_event(), today=TUESDAY) == Imported(0, 1, 0)
    with reading(database) as connection:
        assert [one.entered for one in counts(connection)] == [MONDAY]


def test_the_register_answers_by_the_number_and_keeps_only_its_seal(database):
    taken_in(database, an_event(outcome="retired"))
    found = register(database, KEY).last(LEFT, "employment_end")
    assert found is not None
    assert (found.on, found.outcome, found.source) == (date(2019, 3, 31), "retired", "hr")
    with reading(database) as connection:
        rows = connection.execute(select(EventRow.__table__)).all()
    assert "00123" not in repr(rows)


def test_a_source_that_tells_all_it_knows_takes_back_what_was_wrong(database):
    taken_in(database, an_event(date(2018, 1, 1)), an_event(reference=Reference("employee_no", "00124")))
    taken_in(database, an_event(date(2018, 1, 1)), source="payroll")
    corrected = (an_event(), an_event(reference=Reference("employee_no", "00124")))
    assert taken_in(database, *corrected, replaces=True) == Imported(1, 1, 1)
    with reading(database) as connection:
        told = [(one.on, one.source) for one in reported_of(connection, KEY, LEFT)]
    assert told == [(date(2018, 1, 1), "payroll"), (date(2019, 3, 31), "hr")]


def test_what_was_reported_is_counted_by_source_and_kind(database):
    taken_in(database, an_event(), an_event(date(2020, 1, 1)), an_event(reference=Reference("employee_no", "7")))
    with reading(database) as connection:
        (told,) = counts(connection)
    assert (told.source, told.known_by, told.name, told.events, told.references) == (
        "hr", "employee_no", "employment_end", 3, 2,
    )  # fmt: skip
    assert (told.first, told.last) == (date(2019, 3, 31), date(2020, 1, 1))

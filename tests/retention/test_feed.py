"""A feed of events is taken whole or not at all, duplicates once, and no refusal repeats whom it is about."""

from __future__ import annotations

from datetime import date

import pytest

from domain.errors import ConfigurationError
from domain.event import Event, EventRegister, Reference
from retention.exchange import Row
from retention.feed import events_of

TODAY = date(2026, 11, 22)


def a_row(line: int = 2, **cells: str | float) -> Row:
    good = {"key": "case_no", "reference": "C-77", "event": "case_closed", "date": "04/05/2012"}
    return Row("feed.csv", line, good | cells)


def test_a_row_is_an_event() -> None:
    assert events_of([a_row(outcome=" Proven ")], TODAY, "feed") == (
        Event(Reference("case_no", "C-77"), "case_closed", date(2012, 5, 4), "proven", "feed"),
    )


def test_a_number_of_a_workbook_is_the_number_that_people_see() -> None:
    (event,) = events_of([a_row(reference=77.0)], TODAY, "feed")
    assert event.reference.value == "77"


def test_a_long_feed_with_duplicates_holds_each_event_once() -> None:
    rows = (a_row(line, reference=f"C-{line % 1000}") for line in range(2, 100_002))

    events = events_of(rows, TODAY, "feed")

    assert len(events) == 1000
    assert EventRegister(events) is not None


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"date": "31/02/2012"}, "feed.csv:2: date: it is not a day of the calendar; write it like 2026-04-01"),
        ({"date": ""}, "feed.csv:2: date: it is not a day of the calendar"),
        ({"date": "1601-01-01"}, "feed.csv:2: date: the year 1601 cannot be"),
        ({"date": "9999-12-31"}, "feed.csv:2: date: the year 9999 cannot be"),
        ({"event": "date_of_birth", "date": "2026-11-23"}, "feed.csv:2: date: a birth lies in the future"),
        ({"reference": " "}, "feed.csv:2: reference: this is empty; each row has key, reference, event, date"),
    ],
)
def test_what_cannot_be_is_refused_with_its_line(cells: dict[str, str], said: str) -> None:
    with pytest.raises(ConfigurationError) as refusal:
        events_of([a_row(**cells), a_row(3)], TODAY, "feed")

    assert str(refusal.value).startswith(said)
    assert "C-77" not in str(refusal.value)


def test_of_many_bad_lines_the_first_are_named_and_the_others_counted() -> None:
    with pytest.raises(ConfigurationError) as refusal:
        events_of([a_row(line, date="x") for line in range(2, 1002)], TODAY, "feed")

    lines = str(refusal.value).splitlines()
    assert (len(lines), lines[-1]) == (21, "and 980 lines more")


def test_an_event_shows_nobody() -> None:
    shown = repr(events_of([a_row(event="date_of_birth")], TODAY, "feed"))

    assert "C-77" not in shown
    assert "2012" not in shown

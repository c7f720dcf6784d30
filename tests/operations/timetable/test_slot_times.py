from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from operations.configuration.timetable_settings import TimetableSettings, duration
from operations.timetable.slot_times import due, next_times, times

LONDON = ZoneInfo("Europe/London")


def an_entry(cron: str | None = "30 1 * * *", **more) -> TimetableSettings:
    return TimetableSettings(name="nightly", cron=cron, **more)


def shown(entry: TimetableSettings, after: datetime, count: int) -> list[str]:
    return [f"{one:%d %b %H:%M %Z}" for one in next_times(entry, LONDON, after, count)]


def test_an_hour_that_comes_twice_is_due_once():
    assert shown(an_entry(), datetime(2026, 10, 24, 12, tzinfo=UTC), 3) == [
        "25 Oct 01:30 BST", "26 Oct 01:30 GMT", "27 Oct 01:30 GMT",
    ]  # fmt: skip


def test_an_hour_that_is_left_out_is_due_as_much_later():
    assert shown(an_entry(), datetime(2026, 3, 28, 12, tzinfo=UTC), 2) == ["29 Mar 02:30 BST", "30 Mar 01:30 BST"]


def test_every_quarter_of_an_hour_goes_on_when_clocks_are_put_back():
    entry = an_entry("*/15 * * * *")
    came = list(islice(times(entry, LONDON, datetime(2026, 10, 24, 23, 59, tzinfo=UTC)), 12))
    assert {after - before for before, after in pairwise(came)} == {timedelta(minutes=15)}


def test_what_is_due_every_so_long_agrees_on_all_hosts_and_in_summer():
    entry = an_entry(None, every="6h")
    first = next(times(entry, LONDON, datetime(2026, 7, 24, 12, 0, 1, tzinfo=UTC)))
    assert first == datetime(2026, 7, 24, 18, tzinfo=UTC)


def test_of_what_was_slept_through_the_last_is_run_late_and_the_others_are_missed():
    now = datetime(2026, 6, 5, 3, tzinfo=UTC)
    found = due(an_entry(), LONDON, now - timedelta(days=3), now)
    assert found.now == datetime(2026, 6, 5, 0, 30, tzinfo=UTC)
    assert [one.day for one in found.missed] == [3, 4]


def test_past_its_grace_nothing_is_run_late():
    now = datetime(2026, 6, 5, 12, tzinfo=UTC)
    found = due(an_entry(grace="2h"), LONDON, now - timedelta(days=1), now)
    assert found.now is None
    assert len(found.missed) == 1


def test_a_long_sleep_is_not_walked_through_minute_by_minute():
    now = datetime(2026, 6, 5, 12, tzinfo=UTC)
    found = due(an_entry("* * * * *"), LONDON, now - timedelta(days=3650), now)
    assert found.now == now
    assert len(found.missed) == 100


@pytest.mark.parametrize("wrong", [
    {"cron": None}, {"cron": "0 1 * * *", "every": "6h"}, {"cron": "0 1 * * 1-5"}, {"cron": "nightly"},
    {"cron": None, "every": "0h"}, {"cron": None, "every": "6 moons"}, {"then": ("shred",)}, {"grace": "long"},
])  # fmt: skip
def test_what_cannot_be_meant_is_refused(wrong):
    with pytest.raises(ValidationError):
        TimetableSettings(**{"name": "nightly", "cron": "30 1 * * *"} | wrong)


def test_a_duration_is_a_number_and_a_unit():
    assert duration("90m") == timedelta(hours=1.5)


def test_what_is_rarely_due_is_missed_however_long_ago_that_was():
    now = datetime(2026, 6, 20, 12, tzinfo=UTC)
    found = due(an_entry("0 1 1 * *"), LONDON, now - timedelta(days=60), now)
    assert found.now is None
    assert [one.astimezone(LONDON).month for one in found.missed] == [5, 6]

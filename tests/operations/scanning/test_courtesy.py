from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from domain.item import Listing
from operations.configuration.working_hours import read_hours
from operations.scanning.courtesy import Courtesy

LISTINGS = [Listing(b"", ()), Listing(b"Housing", ()), Listing(b"HR", ())]


class Days:
    """A clock of its own, which sleeping puts forward."""

    def __init__(self, at: str) -> None:
        self.at = datetime.fromisoformat(at).replace(tzinfo=UTC)
        self.naps: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.naps.append(seconds)
        self.at += timedelta(seconds=seconds)


def courtesy(days: Days, *hours: str) -> Courtesy:
    return Courtesy(tuple(map(read_hours, hours)), now=lambda: days.at, sleep=days.sleep)


def test_in_working_hours_nothing_is_asked_for_and_the_user_is_told_until_when():
    days, told, asked = Days("2026-03-02T17:58"), [], []

    def listings():
        for listing in LISTINGS:
            asked.append(days.at)
            yield listing

    found = list(courtesy(days, "Mon-Fri 08:00-18:00").listed(listings(), told.append))
    assert found == LISTINGS
    assert min(asked) == datetime(2026, 3, 2, 18, tzinfo=UTC)
    assert told[0] == datetime(2026, 3, 2, 18, tzinfo=UTC)
    assert told[-1] is None
    assert max(days.naps) <= 60


def test_a_scan_that_runs_into_the_hours_waits_for_their_end():
    days, asked = Days("2026-03-02T07:59"), []

    def listings():
        for listing in LISTINGS:
            asked.append(days.at.hour)
            days.at += timedelta(minutes=2)
            yield listing

    assert len(list(courtesy(days, "08:00-18:00").listed(listings(), lambda until: None))) == 3
    assert asked == [7, 18, 18]


def test_without_hours_nothing_waits():
    days = Days("2026-03-02T09:00")
    assert list(courtesy(days).listed(iter(LISTINGS), lambda until: None)) == LISTINGS
    assert days.naps == []


def test_each_listing_takes_a_turn():
    class Turns:
        taken = 0

        @contextmanager
        def turn(self, kind):
            assert kind == "list"
            self.taken += 1
            yield

    turns = Turns()
    assert list(Courtesy(throttle=turns).listed(iter(LISTINGS), lambda until: None)) == LISTINGS
    assert turns.taken == 4  # one more to see that there is nothing left

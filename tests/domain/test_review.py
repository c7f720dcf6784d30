"""Verdicts, reasons and stamps as values; how large a sample has to be, and when a review is late."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from math import comb

import pytest

from domain.review import Changed, Odd, ReasonCode, Seen, VerdictKind, WhySecond, changed_since, stamp
from domain.review_sample import drawn, fewer_than, sample_size, statement
from domain.review_time import WorkingDays, bank_holidays

SEEN = Seen(b"version", ("due", "dispose", "2026-01-01", "R"), 7, ("HOLD-1",))
FRIDAY = date(2026, 11, 20)


@pytest.mark.parametrize("kind", VerdictKind)
def test_every_kind_of_verdict_has_a_reason_that_serves_it(kind):
    assert any(kind in code.serves for code in ReasonCode)


@pytest.mark.parametrize("one", [*ReasonCode, *WhySecond, *Odd, *Changed])
def test_every_code_has_words(one):
    assert one.words


@pytest.mark.parametrize(
    ("now", "changed"),
    [
        (SEEN, ()),
        (replace(SEEN, version=b"other"), (Changed.ITEM,)),
        (replace(SEEN, flag=()), (Changed.FLAG,)),
        (replace(SEEN, verdict=8), (Changed.VERDICT,)),
        (replace(SEEN, holds=()), (Changed.HOLD,)),
        (Seen(b"", (), 0), (Changed.ITEM, Changed.FLAG, Changed.VERDICT, Changed.HOLD)),
        (None, (Changed.GONE,)),
    ],
)
def test_a_stamp_tells_what_changed_since(now, changed):
    assert changed_since(stamp(SEEN), now) == changed


def test_a_stamp_gives_nothing_away():
    assert "HOLD" not in stamp(SEEN)
    assert len(stamp(SEEN)) == 43


def test_three_hundred_without_one_to_keep_are_fewer_than_one_percent():
    assert statement(300, 0, 1_000_000) == "300 of 1,000,000 read, 0 to keep: fewer than 1 % at 95 % confidence."


def test_a_batch_that_was_read_whole_is_known():
    assert statement(20, 0, 20) == "All 20 read, 0 to keep."
    assert fewer_than(20, 20) == 1


def test_nothing_is_promised_before_anything_was_read_or_where_one_is_to_keep():
    assert statement(0, 0, 50) == "0 of 50 read, 0 to keep."
    assert statement(10, 2, 50) == "10 of 50 read, 2 to keep."


@pytest.mark.parametrize("of", [1, 2, 10, 57, 1_000, 10_000])
@pytest.mark.parametrize("share", [0.01, 0.03, 0.1])
def test_the_smallest_sample_that_shows_it_is_drawn(of, share):
    """By the hypergeometric distribution itself: with one more to keep, one sample in twenty would miss it."""
    size, most = sample_size(of, share), max(1, int(share * of))
    assert comb(of - most, size) / comb(of, size) <= 0.05
    assert size == 1 or comb(of - most, size - 1) / comb(of, size - 1) > 0.05
    assert fewer_than(size, of) <= most


def test_a_sample_is_the_same_from_the_same_seed_and_another_from_another():
    items = range(1_000)
    assert drawn(items, "seed", 20) == drawn(reversed(items), "seed", 20)
    assert drawn(items, "seed", 20) != drawn(items, "another", 20)
    assert len(set(drawn(items, "seed", 20))) == 20


@pytest.mark.parametrize("days", range(30))
def test_working_days_are_counted_as_they_are_added(days):
    for calendar in (WorkingDays(), WorkingDays(bank_holidays=False, closed=frozenset({FRIDAY + timedelta(days=4)}))):
        day = calendar.after(date(2026, 12, 18), days)
        assert calendar.between(date(2026, 12, 18), day) == days
        assert day.weekday() < 5


def test_a_review_that_begins_on_a_friday_is_late_four_weeks_later():
    assert WorkingDays().after(FRIDAY, 20) == date(2026, 12, 18)
    assert WorkingDays().between(FRIDAY, date(2026, 11, 22)) == 0
    assert WorkingDays().between(FRIDAY, date(2026, 11, 1)) == 0


def test_bank_holidays_and_days_on_which_the_council_is_closed_are_no_working_days():
    december = date(2026, 12, 18)
    assert WorkingDays(bank_holidays=False).after(december, 20) == date(2027, 1, 15)
    assert WorkingDays().after(december, 20) == date(2027, 1, 20)
    closed = frozenset({date(2026, 12, 25), date(2026, 12, 26), date(2026, 12, 29)})
    assert WorkingDays(closed=closed).after(december, 20) == date(2027, 1, 21)
    assert WorkingDays(closed=closed).between(date(2026, 12, 24), date(2026, 12, 30)) == 1
    assert WorkingDays(bank_holidays=False).words == "Working days are Monday to Friday."
    assert WorkingDays(closed=closed).words.endswith(
        "but for the bank holidays of England and Wales and days on which the organisation is closed."
    )


@pytest.mark.parametrize(("year", "days"), [
    (2025, "1-1 4-18 4-21 5-5 5-26 8-25 12-25 12-26"), (2026, "1-1 4-3 4-6 5-4 5-25 8-31 12-25 12-28"),
    (2027, "1-1 3-26 3-29 5-3 5-31 8-30 12-27 12-28"), (2028, "1-3 4-14 4-17 5-1 5-29 8-28 12-25 12-26"),
])  # fmt: skip
def test_bank_holidays_are_those_that_are_published(year, days):
    """By the list for England and Wales at www.gov.uk/bank-holidays; of 2021 those that a Saturday moved twice."""
    assert [f"{day.month}-{day.day}" for day in bank_holidays(year)] == days.split()
    assert bank_holidays(2021)[-2:] == (date(2021, 12, 27), date(2021, 12, 28))

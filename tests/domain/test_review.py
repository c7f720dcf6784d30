"""Verdicts, reasons and stamps as values; how large a sample has to be, and when a review is late."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import comb

import pytest

from domain.review import Changed, Odd, ReasonCode, Seen, VerdictKind, WhySecond, changed_since, stamp
from domain.review_sample import drawn, fewer_than, sample_size, statement
from domain.review_time import after_working_days, working_days

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


@pytest.mark.parametrize("days", range(12))
def test_working_days_are_counted_as_they_are_added(days):
    day = after_working_days(FRIDAY, days)
    assert working_days(FRIDAY, day) == days
    assert day.weekday() < 5


def test_a_review_that_begins_on_a_friday_is_late_four_weeks_later():
    assert after_working_days(FRIDAY, 20) == date(2026, 12, 18)
    assert working_days(FRIDAY, date(2026, 11, 22)) == 0
    assert working_days(FRIDAY, date(2026, 11, 1)) == 0

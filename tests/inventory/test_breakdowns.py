"""The figures of the last day broken down stand beside those of all days, and disturb none of them."""

from __future__ import annotations

from datetime import date

from domain.figures import Breakdown, BrokenDown, Measure, Period
from domain.summary import Tally
from inventory.breakdowns import last_breakdown, write_breakdown
from inventory.engine import writing
from inventory.periods import periods, write_period

MONDAY, TUESDAY = date(2026, 11, 2), date(2026, 11, 3)
HELD = {("Planning", Measure.HELD): Tally(5, 50)}


def keep(database, day, sums=None):
    with writing(database) as connection:
        write_period(connection, Period(day, HELD))
        if sums is not None:
            write_breakdown(connection, BrokenDown(day, sums))


def test_those_of_the_last_day_take_the_place_of_those_before(database):
    keep(database, MONDAY, {("Planning", Breakdown.THEME, ("contact", "3")): Tally(9)})
    keep(database, TUESDAY, {("", Breakdown.ROT, ("copy",)): Tally(2, 20)})
    assert last_breakdown(database) == BrokenDown(TUESDAY, {("", Breakdown.ROT, ("copy",)): Tally(2, 20)})


def test_the_figures_of_days_are_what_they_were(database):
    keep(database, MONDAY, {("Planning", Breakdown.LATE, ("1",)): Tally(4, 40)})
    assert periods(database) == (Period(MONDAY, HELD),)


def test_none_are_told_of_a_day_on_which_nothing_was_broken_down(database):
    assert last_breakdown(database) is None
    keep(database, MONDAY, {("Planning", Breakdown.LATE, ("1",)): Tally(4, 40)})
    keep(database, TUESDAY)
    assert last_breakdown(database) is None

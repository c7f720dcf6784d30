"""Periods as they are written, and the day on which one is over."""

from __future__ import annotations

from datetime import date

import pytest

from domain.rule import Period
from retention.period import add_period, parse_period


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("P6Y", Period(years=6)),
        ("P21Y4M", Period(years=21, months=4)),
        ("P6M", Period(months=6)),
        ("P30D", Period(days=30)),
        ("P2W", Period(days=14)),
        ("P1Y2M3D", Period(1, 2, 3)),
        ("P1Y3D", Period(years=1, days=3)),
        ("P0D", Period()),
    ],
)
def test_a_period_is_read(text: str, period: Period) -> None:
    assert parse_period(text) == period


@pytest.mark.parametrize(
    "text",
    [
        "6 yrs", "", "P", "6Y", "p6y", "P6", "P-6Y", "-P6Y", "P1.5Y", "PT6H", "P1DT2H", "P1W2D", "P1D2Y", "P6Y ",
        "P\N{FULLWIDTH DIGIT SIX}Y", "P999999Y",
    ],
)  # fmt: skip
def test_what_is_not_a_period_is_refused_with_examples(text: str) -> None:
    with pytest.raises(ValueError, match='write years, months, weeks or days as in "P6Y"'):
        parse_period(text)


@pytest.mark.parametrize("text", ["P0Y", "P0M", "P0W", "P0Y0D", "P00D"])
def test_no_time_is_written_in_one_way_only(text: str) -> None:
    with pytest.raises(ValueError, match='write "P0D" if that is meant'):
        parse_period(text)


@pytest.mark.parametrize(
    ("start", "period", "end"),
    [
        (date(2012, 5, 4), "P6Y", date(2018, 5, 4)),
        (date(2020, 2, 29), "P1Y", date(2021, 2, 28)),
        (date(2020, 2, 29), "P4Y", date(2024, 2, 29)),
        (date(2020, 2, 28), "P1Y", date(2021, 2, 28)),
        (date(1999, 2, 28), "P1Y", date(2000, 2, 28)),
        (date(2000, 2, 29), "P100Y", date(2100, 2, 28)),
        (date(2023, 1, 31), "P1M", date(2023, 2, 28)),
        (date(2024, 1, 31), "P1M", date(2024, 2, 29)),
        (date(2024, 3, 31), "P1M", date(2024, 4, 30)),
        (date(2024, 12, 31), "P2M", date(2025, 2, 28)),
        (date(2024, 2, 29), "P1Y1M", date(2025, 3, 29)),
        (date(2020, 2, 29), "P1Y1D", date(2021, 3, 1)),
        (date(2024, 2, 28), "P1D", date(2024, 2, 29)),
        (date(2024, 12, 1), "P13M", date(2026, 1, 1)),
        (date(2024, 5, 4), "P0D", date(2024, 5, 4)),
        (date(9990, 1, 1), "P9Y", date(9999, 1, 1)),
        (date(9990, 1, 1), "P10Y", date.max),
        (date(9999, 12, 31), "P1D", date.max),
        (date(2024, 1, 1), "P99999Y99999M99999D", date.max),
    ],
)
def test_years_and_months_come_first_and_end_with_the_month_then_days(start: date, period: str, end: date) -> None:
    assert add_period(start, parse_period(period)) == end

"""Numbers, sizes, dates and kinds as people read them."""

from __future__ import annotations

import doctest
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from domain.finding import KINDS
from reports import gdpr_risk, wording
from reports.renderers import csv
from reports.vocabulary import KIND_WORDS, kinds_in_words
from reports.wording import day, share, size, utc


@pytest.mark.parametrize("module", [wording, csv, gdpr_risk], ids=lambda module: module.__name__)
def test_the_examples_in_the_docstrings_hold(module):
    tried = doctest.testmod(module)
    assert tried.attempted
    assert not tried.failed


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "0 bytes"), (1, "1 byte"), (999, "999 bytes"), (1_000, "1.0 kB"), (1_049, "1.0 kB"), (999_949, "999.9 kB"),
        (999_951, "1.0 MB"), (1_234_567_890, "1.2 GB"), (90_000_000_000_000, "90.0 TB"), (10**18, "1.0 EB"),
        (10**22, "10,000.0 EB"),
    ],
)  # fmt: skip
def test_sizes_are_decimal_with_one_place(number, words):
    assert size(number) == words


@pytest.mark.parametrize(
    ("fraction", "words"),
    [(0, "0.0%"), (0.00001, "under 0.1%"), (0.5, "50.0%"), (0.99999, "over 99.9%"), (1, "100.0%")],
)
def test_a_share_never_rounds_something_to_nothing_or_a_part_to_the_whole(fraction, words):
    assert share(fraction) == words


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (date(1999, 1, 9), "9 January 1999"),
        (date(2018, 5, 4), "4 May 2018"),
        (date(2026, 9, 30), "30 September 2026"),
        (date(2028, 2, 29), "29 February 2028"),
        (date(1970, 12, 1), "1 December 1970"),
    ],
)
def test_dates_are_written_with_the_month_in_english(when, words):
    assert day(when) == words


def test_a_time_is_told_in_utc():
    late = datetime(2026, 1, 1, 0, 30, tzinfo=timezone(timedelta(hours=1)))
    assert day(late) == "31 December 2025"
    assert utc(late) == "2025-12-31T23:30:00Z"
    assert utc(datetime(99, 1, 1, tzinfo=UTC)) == "0099-01-01T00:00:00Z"


def test_every_kind_of_finding_has_words():
    assert set(KIND_WORDS) == set(KINDS)


def test_a_kind_of_the_organisations_own_is_named_as_it_is():
    assert kinds_in_words({"LOCAL_TREE_NUMBER": 2, "UK_NHS": 1_000}) == "NHS numbers: 1,000; LOCAL_TREE_NUMBER: 2"

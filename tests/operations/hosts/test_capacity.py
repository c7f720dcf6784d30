"""A forecast, by arithmetic that can be done by hand."""

from __future__ import annotations

import pytest

from domain.errors import ConfigurationError
from domain.family import Family
from inventory.costs import Cost, Ground
from operations.hosts.capacity import Assumptions, Estate, Keeping, forecast, keeping_cost

ASSUMED = Assumptions(cores=2, hours=10, night_hours=5, changed=0.1, busy=0.5, keeping=Keeping(0.0, 0.0))
GROUND = Ground(
    {Family.EMAIL: Cost(100, 1000, 100, 100, 50.0), Family.PDF: Cost(10, 9000, 0, 10, 60.0)},
    distinct=0.5, database_bytes=21_000,
)  # fmt: skip
ESTATE = Estate({Family.EMAIL: 72_000}, 36_000_000)


def test_the_first_pass_is_files_times_what_a_file_of_the_family_took_copies_left_out():
    first = forecast(GROUND, ESTATE, ASSUMED).first
    assert first.core_seconds == pytest.approx(72_000 * 0.5 * 0.5)
    assert first.hours == pytest.approx(18_000 / 0.5 / 3600 / 2)
    assert first.cores == pytest.approx(1.0)
    assert first.bandwidth == pytest.approx(1000)


def test_a_night_reads_what_changed_and_lists_everything():
    assumed = Assumptions(2, 10, 5, 0.1, 0.5, Keeping(recording=0.0, listing=0.01))
    night = forecast(GROUND, ESTATE, assumed).night
    assert night.core_seconds == pytest.approx(0.1 * 36_000 + 72_000 * 0.01)
    assert night.bandwidth == pytest.approx(3_600_000 / 5 / 3600)


def test_what_is_inside_files_is_written_down_too():
    told = forecast(GROUND, ESTATE, Assumptions(2, 10, 5, 0.1, 0.5, Keeping(recording=0.01, listing=0.0)))
    assert told.rows == pytest.approx(72_000 * (1 + 100 / 110))
    assert told.first.core_seconds == pytest.approx(18_000 + told.rows * 0.01)


def test_the_database_is_reckoned_by_the_bytes_of_a_row_where_there_are_rows_enough():
    large = Ground({Family.EMAIL: Cost(1000, 10_000, 1000, 1000, 500.0)}, distinct=0.5, database_bytes=200_000)
    told = forecast(large, ESTATE, ASSUMED)
    assert told.database_bytes == pytest.approx(told.rows * 100)
    assert forecast(GROUND, ESTATE, ASSUMED).database_bytes is None


def test_a_family_of_which_too_few_were_measured_costs_what_all_cost_in_the_mean():
    cost = forecast(GROUND, Estate({Family.PDF: 1}, 0), ASSUMED).families[Family.PDF]
    assert not cost.is_trusted
    assert cost.each == pytest.approx(110 / 110)


def test_without_anything_measured_it_says_what_to_do_first():
    with pytest.raises(ConfigurationError, match="muniment scan"):
        forecast(Ground({Family.PDF: Cost(5, 5)}, 1.0, 100), ESTATE, ASSUMED)


def test_what_keeping_costs_is_measured_here():
    keeping = keeping_cost()
    assert 0 < keeping.listing < keeping.recording

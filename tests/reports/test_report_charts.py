"""Bars: to scale, stacked without gaps, and no more of them than can be read."""

from __future__ import annotations

from itertools import pairwise

import pytest

from reports.charts import drawn
from reports.report import Bar, BarChart, ColumnKind


def _chart(*bars: Bar, series: tuple[str, ...] = ("One", "Two")) -> BarChart:
    return BarChart("A chart", series, bars, ColumnKind.COUNT, "counts")


def test_bars_are_to_scale_and_the_largest_comes_first():
    small, large = Bar("small", (10, 0)), Bar("large", (30, 10))
    first, second = drawn(_chart(small, large)).bars
    assert (first.label, second.label) == ("large", "small")
    assert second.end == pytest.approx(first.end / 4, abs=0.01)


def test_segments_stand_end_to_end_and_a_zero_is_not_drawn():
    (bar,) = drawn(_chart(Bar("all", (3, 0, 1)), series=("a", "b", "c"))).bars
    one, three = bar.segments
    assert (one.series, three.series) == (0, 2)
    assert one.x == 0
    assert three.x == pytest.approx(one.width)
    assert three.x + three.width == pytest.approx(bar.end)


def test_no_bar_reaches_the_place_of_its_number():
    assert max(bar.end for bar in drawn(_chart(*(Bar(str(n), (n, n)) for n in range(1, 9)))).bars) <= 75


def test_more_bars_than_can_be_read_are_left_to_the_table_and_counted():
    drawing = drawn(_chart(*(Bar(f"service {n}", (n, 0)) for n in range(1, 41))))
    assert (len(drawing.bars), drawing.hidden) == (15, 25)
    assert drawing.bars[0].label == "service 40"


def test_bars_do_not_overlap_and_fit_the_height():
    drawing = drawn(_chart(Bar("a", (1, 1)), Bar("b", (1, 1)), Bar("c", (1, 1))))
    tops = [bar.y for bar in drawing.bars]
    assert all(below - above >= 40 for above, below in pairwise(tops))
    assert tops[-1] + 20 <= drawing.height


def test_the_description_names_the_largest():
    drawing = drawn(_chart(Bar("Parks", (1_000, 234)), Bar("Waste", (1, 1))))
    assert drawing.description == "2 bars, the largest first: Parks has most, 1,234. The table below has every number."


def test_a_long_label_is_cut_with_a_sign():
    (bar,) = drawn(_chart(Bar("x" * 60, (1, 1)))).bars
    assert bar.label == "x" * 33 + "…"


@pytest.mark.parametrize("bars", [(), (Bar("none", (0, 0)),)])
def test_nothing_to_draw_is_drawn_without_fail(bars):
    assert all(not bar.segments for bar in drawn(_chart(*bars)).bars)


def test_a_bar_with_another_number_of_values_is_refused():
    with pytest.raises(ValueError, match="2 values"):
        _chart(Bar("short", (1,)))

"""The geometry of a bar chart, ready for a template to draw: no markup is made here, so nothing can escape escaping.

Widths and places along a bar are percentages, heights are pixels: the chart fits a telephone and a sheet of A4 alike
and its words keep their size.
"""

from __future__ import annotations

from dataclasses import dataclass

from reports.section import Bar, BarChart
from reports.wording import plural, written

_MOST_BARS = 15
_LONGEST_LABEL = 34
_WIDEST = 74.0  # per cent: the rest is for the number behind the bar
_ROW = 54
_TEXT_LINE = 16
_BAR_TOP = 23


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a bar; `series` is its place in the key, 0 for the first."""

    series: int
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class DrawnBar:
    """`text_y` is the base line of the label above the bar, `y` the top of the bar, `end` where it ends."""

    label: str
    amount: str
    text_y: int
    y: int
    end: float
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart drawn: `description` says in words what it shows; `hidden` bars are left to the table."""

    height: int
    bars: tuple[DrawnBar, ...]
    description: str
    hidden: int


def drawn(chart: BarChart) -> Drawing:
    """The largest bars, largest first, or the first of those that are in order."""
    largest_first = sorted(chart.bars, key=lambda bar: (-bar.total, bar.label))
    shown = (chart.bars if chart.in_order else largest_first)[:_MOST_BARS]
    scale = _WIDEST / max((1, *(bar.total for bar in shown)))
    bars = tuple(_bar(place, bar, scale, chart) for place, bar in enumerate(shown))
    said = _description(bars, chart.in_order, largest_first[0].label if bars else "")
    return Drawing(len(bars) * _ROW, bars, said, len(chart.bars) - len(bars))


def _bar(place: int, bar: Bar, scale: float, chart: BarChart) -> DrawnBar:
    top = place * _ROW
    return DrawnBar(
        label=bar.label if len(bar.label) <= _LONGEST_LABEL else f"{bar.label[: _LONGEST_LABEL - 1]}…",
        amount=written(bar.total, chart.kind),
        text_y=top + _TEXT_LINE,
        y=top + _BAR_TOP,
        end=round(bar.total * scale, 3),
        segments=_segments(bar, scale),
    )


def _segments(bar: Bar, scale: float) -> tuple[Segment, ...]:
    starts = [sum(bar.values[:place]) for place in range(len(bar.values))]
    return tuple(
        Segment(series, round(start * scale, 3), round(value * scale, 3))
        for series, (start, value) in enumerate(zip(starts, bar.values, strict=True))
        if value
    )


def _description(bars: tuple[DrawnBar, ...], in_order: bool, largest: str) -> str:
    if not bars:
        return "There is nothing to show."
    if in_order:
        most = f" {largest} has most." if any(bar.label == largest for bar in bars) else ""
        ends = f"{plural(len(bars), 'bar')} from {bars[0].label} to {bars[-1].label}."
        return f"{ends}{most} The table below has every number."
    return (
        f"{plural(len(bars), 'bar')}, the largest first: {bars[0].label} has most, {bars[0].amount}. "
        "The table below has every number."
    )

"""The trend: what has changed since the baseline and the last period, when what is held began, and where it goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from domain.figures import Measure, OfYear, Period
from domain.summary import Provenance, Tally
from reports.report import Bar, BarChart, Cell, Column, ColumnKind, Figure, Report, Row, Section, Table
from reports.wording import count, day, part, plural, size

_EARLIEST, _LATER_BARS = 1990, 15
_YEAR = 365.25
_ONE = (
    "No figures of an earlier day are kept yet, so nothing can be compared. The timetable's step summarise "
    "keeps them each day that it runs; the first day that is kept is the baseline."
)
_YEARS = (
    "The year is that of the earlier of the two days that a file gives: when it was made and when it was last "
    "changed. A "
    "copy counts as old as what it was copied from wherever its day of change was kept. What was deleted in the "
    "meantime is "
    "not here, so early years look smaller than they were."
)
_BY_PERIODS = (
    "The forecast is a straight line through the sizes of all kept days by least squares. It says what happens if "
    "nothing changes; it is not made before thirty days lie between the first and the last of at least three kept "
    "days."
)
_BY_YEARS = (
    "Until figures of enough days are kept the forecast takes the size of what began in the last three whole years "
    "and is "
    "still held, and adds a third of it for each year to come. What is deleted is not taken away, for nothing is "
    "known of it."
)


@dataclass(frozen=True, slots=True)
class Forecast:
    """Bytes held in one, two and three years from a day, how they were reckoned, and the bytes a year behind it."""

    a_year: int
    ahead: tuple[int, int, int]
    method: str


def trend_report(provenance: Provenance, kept: Sequence[Period], now: Period, years: Sequence[OfYear]) -> Report:
    """`kept` are the days before, in their order, the first of them the baseline."""
    earlier = [period for period in kept if period.day < now.day]
    ahead = forecast([*earlier, now], years)
    return Report(
        name="trend",
        title="Trend: what has changed, and what is to come",
        lead=_lead(earlier, now, ahead),
        sections=(
            _headline(earlier, now, ahead),
            _changes(earlier, now),
            _services(earlier, now),
            _ages(years),
            _ahead(now, ahead),
        ),
        provenance=provenance,
    )


def forecast(periods: Sequence[Period], years: Sequence[OfYear]) -> Forecast | None:
    """From the days that are kept where they are enough, else from the years in which files began."""
    held = [(period.day, tally.bytes) for period in periods if (tally := period.total(Measure.HELD)) is not None]
    if not held:
        return None
    last, now = held[-1]
    if len(held) >= 3 and (last - held[0][0]) >= timedelta(days=30):
        a_year, method = _slope(held), _BY_PERIODS
    else:
        of = {each.year: each.files.bytes for each in years}
        a_year, method = sum(of.get(last.year - back, 0) for back in (1, 2, 3)) // 3, _BY_YEARS
    return Forecast(a_year, (now + a_year, now + 2 * a_year, now + 3 * a_year), method)


def _slope(held: Sequence[tuple[date, int]]) -> int:
    """Bytes a year by ordinary least squares."""
    days = [(when - held[0][0]).days for when, _ in held]
    sizes = [size for _, size in held]
    mean_day, mean_size = sum(days) / len(days), sum(sizes) / len(sizes)
    over = sum((when - mean_day) ** 2 for when in days)
    return round(
        sum((when - mean_day) * (number - mean_size) for when, number in zip(days, sizes, strict=True)) / over * _YEAR
    )


def _lead(earlier: Sequence[Period], now: Period, ahead: Forecast | None) -> str:
    held = now.total(Measure.HELD)
    if held is None:
        return "Nothing has been scanned yet, so there is no trend."
    said = f"{plural(held.items, 'file')} ({size(held.bytes)}) are held. "
    if ahead is not None and ahead.a_year >= 0:
        said += f"At the pace of the last years {size(ahead.a_year)} are added in a year. "
    if not earlier:
        return said + "This is the first period: there is nothing yet to compare it with."
    then = earlier[0].total(Measure.HELD) or Tally()
    return said + f"Since the baseline of {day(earlier[0].day)} that is {_more(held.bytes - then.bytes)}."


def _more(difference: int) -> str:
    if not difference:
        return "no change"
    return f"{size(abs(difference))} {'more' if difference > 0 else 'less'}"


def _headline(earlier: Sequence[Period], now: Period, ahead: Forecast | None) -> Section:
    held = now.total(Measure.HELD) or Tally()
    figures = (
        Figure("Held now", held.bytes, ColumnKind.BYTES, plural(held.items, "file")),
        Figure(
            "Held at the baseline",
            (earlier[0].total(Measure.HELD) or Tally()).bytes if earlier else None,
            ColumnKind.BYTES,
            day(earlier[0].day) if earlier else "no earlier day is kept",
        ),
        Figure(
            "Added in a year",
            ahead.a_year if ahead and ahead.a_year >= 0 else None,
            ColumnKind.BYTES,
            "how this is reckoned is said below",
        ),
        Figure("Days kept", len(earlier) + 1, ColumnKind.COUNT, "today's figures counted"),
    )
    return Section("In short", text=() if earlier else (_ONE,), figures=figures)


def _changes(earlier: Sequence[Period], now: Period) -> Section:
    there = tuple(Measure) if now.total(Measure.HELD) is not None else ()
    columns: tuple[Column, ...] = (
        Column("What"),
        Column("Now", ColumnKind.COUNT),
        Column("Share of files held", ColumnKind.SHARE, absent="not of files, or not known"),
    )
    rows: tuple[Row, ...] = tuple(
        (measure.value.capitalize(), _items(now, measure), _of_held(now, measure)) for measure in there
    )
    note = (
        "What was read and what was not count attachments too, so may what holds personal data; the others count files."
    )
    if earlier:
        baseline, last = earlier[0], earlier[-1]
        note = f"Baseline: {day(baseline.day)}. Last period: {day(last.day)}. {note}"
        columns += (
            Column("At the last period", ColumnKind.COUNT, absent="not kept"),
            Column("Since then"),
            Column("At the baseline", ColumnKind.COUNT, absent="not kept"),
            Column("Since the baseline"),
        )
        rows = tuple(
            (*row, *_compared(measure, last, now), *_compared(measure, baseline, now))
            for measure, row in zip(there, rows, strict=True)
        )
    table = Table(
        "changes", "What there is now, and what there was", columns, rows, note=note, empty="Nothing is held."
    )
    return Section("What has changed", tables=(table,))


def _compared(measure: Measure, then: Period, now: Period) -> tuple[Cell, Cell]:
    before, there = _items(then, measure), _items(now, measure)
    return before, _change(before, there)


def _of_held(now: Period, measure: Measure) -> float | None:
    """None of what is not counted in files, or not known."""
    items = _items(now, measure)
    if items is None or measure in (Measure.READ, Measure.UNREAD, Measure.PERSONAL, Measure.HIGH, Measure.OPEN):
        return None
    return part(items, _items(now, Measure.HELD) or 0)


def _items(period: Period | None, measure: Measure) -> int | None:
    tally = period.total(measure) if period else None
    return tally.items if tally else None


def _change(before: int | None, now: int | None) -> str:
    if before is None or now is None:
        return "nothing to compare"
    return "no change" if before == now else f"{count(abs(now - before))} {'more' if now > before else 'fewer'}"


def _services(earlier: Sequence[Period], now: Period) -> Section:
    names = sorted({service for service, _ in now.sums})
    columns: tuple[Column, ...] = (
        Column("Service"),
        Column("Held now", ColumnKind.BYTES),
        Column("Past due now", ColumnKind.COUNT),
    )
    if earlier:
        columns += (
            Column("Held at the baseline", ColumnKind.BYTES),
            Column("Past due at the baseline", ColumnKind.COUNT),
        )
    shown = (now, *earlier[:1])
    rows = tuple((name, *(cell for period in shown for cell in _standing(period, name))) for name in names)
    table = Table("services", "Each service now and at the baseline", columns, rows, empty="Nothing is held.")
    return Section("By service", tables=(table,))


def _standing(period: Period, service: str) -> tuple[Cell, Cell]:
    held, due = (period.total(measure, service) or Tally() for measure in (Measure.HELD, Measure.PAST_DUE))
    return held.bytes, due.items


def _ages(years: Sequence[OfYear]) -> Section:
    known = {each.year: each.files for each in years if each.year is not None and each.year >= _EARLIEST}
    others = [each.files for each in years if each.year is None or each.year < _EARLIEST]
    columns = (Column("Year"), Column("Files", ColumnKind.COUNT), Column("Size", ColumnKind.BYTES))
    rows: tuple[Row, ...] = tuple((str(year), known[year].items, known[year].bytes) for year in sorted(known))
    if others:
        whole = sum(others, Tally())
        rows += (("Not known, or not to be believed", whole.items, whole.bytes),)
    table = Table("years", "What is held, by the year in which it began", columns, rows, empty="Nothing is held.")
    chart = BarChart(
        "Size of what is held, by the year in which it began",
        ("Size",),
        tuple(Bar(str(year), (known[year].bytes,)) for year in sorted(known, reverse=True)[:_LATER_BARS]),
        ColumnKind.BYTES,
        "years",
        in_order=True,
    )
    return Section("How old it is", text=(_YEARS,), charts=(chart,) if chart.bars else (), tables=(table,))


def _ahead(now: Period, ahead: Forecast | None) -> Section:
    columns = (Column("When"), Column("Size held", ColumnKind.BYTES))
    held = now.total(Measure.HELD)
    rows: tuple[Row, ...] = ()
    if ahead is not None and held is not None:
        sizes = (held.bytes, *(max(each, 0) for each in ahead.ahead))
        rows = tuple(
            (f"{now.day.year + later}, at this time of the year" if later else "Now", number)
            for later, number in enumerate(sizes)
        )
    table = Table(
        "forecast", "What will be held if nothing changes", columns, rows, empty="There is nothing to reckon from."
    )
    return Section("What is to come", text=(ahead.method,) if ahead else (), tables=(table,))

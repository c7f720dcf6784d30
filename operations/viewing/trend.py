"""The trend: the figures of the last day that was kept against the day before and the baseline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from domain.figures import Measure, Period
from domain.summary import Tally
from inventory.engine import Database
from inventory.periods import periods
from operations.viewing.board import Board, Grid, Headline, Link, Number, grid_of, in_order, line, named
from operations.viewing.sight import Sight
from operations.viewing.standing import NOT_KEPT, standing_of
from reports.section import Bar, BarChart, Column, ColumnKind
from reports.wording import count, day, plural, size

_DAYS = 14
_NOT_KEPT = "not kept"
_LEADS = {
    Measure.HELD: Link("estate"), Measure.READ: Link("coverage"), Measure.UNREAD: Link("coverage"),
    Measure.PERSONAL: Link("risk"), Measure.HIGH: Link("risk"), Measure.PAST_DUE: Link("due"), Measure.ROT: Link("rot"),
    Measure.COPIES: Link("rot"),
}  # fmt: skip
_LEAVES_OUT = (
    "What was read, what was not, and what holds personal data count attachments too; the others count files alone.",
    "Figures are kept on the days on which the step summarise runs. What changed in between is not seen.",
    "Shown are the baseline and the last days that were kept, fourteen at the most.",
)


def trend_board(database: Database, sight: Sight, now: datetime) -> Board:
    """Of all that may be seen, as kept."""
    standing = standing_of(database, sight, now)
    kept = [_seen(period, sight) for period in periods(database, _DAYS)]
    step = standing.next_step(sight) or ("" if kept else NOT_KEPT)
    held = [period.total(Measure.HELD) or Tally() for period in kept]
    return Board(
        "trend", "What has changed", _lead(kept, held),
        (
            Headline("Held last", Number(held[-1].bytes, Link("estate")), ColumnKind.BYTES, day(kept[-1].day)),
            Headline("Held at the baseline", Number(held[0].bytes), ColumnKind.BYTES, day(kept[0].day)),
        ) if kept else (),
        (_chart(kept, held),) if len(kept) > 1 else (),
        (_changes(kept), _services(kept), _days(kept, held)), _LEAVES_OUT, step, kept[-1].day if kept else None,
    )  # fmt: skip


def _seen(period: Period, sight: Sight) -> Period:
    return replace(period, sums={key: tally for key, tally in period.sums.items() if sight.sees(key[0])})


def _lead(kept: Sequence[Period], held: Sequence[Tally]) -> str:
    if not kept:
        return "Nothing can be compared yet: no figures of a day are kept."
    if len(kept) == 1:
        return f"{size(held[0].bytes)} were held on {day(kept[0].day)}, the first day that was kept."
    more = held[-1].bytes - held[0].bytes
    change = f"{size(abs(more))} {'more' if more > 0 else 'less'} than" if more else "as much as"
    return f"{size(held[-1].bytes)} were held on {day(kept[-1].day)}: {change} at the baseline of {day(kept[0].day)}."


def _changes(kept: Sequence[Period]) -> Grid:
    columns = (Column("What"), Column("Last", ColumnKind.COUNT, _NOT_KEPT),
               Column("The time before", ColumnKind.COUNT, _NOT_KEPT), Column("Since then"),
               Column("At the baseline", ColumnKind.COUNT, _NOT_KEPT), Column("Since the baseline"))  # fmt: skip
    rows = []
    for measure in Measure if kept else ():
        last, before, first = (_items(period, measure) for period in (kept[-1], kept[-2:][0], kept[0]))
        if last is None and first is None:
            continue
        rows.append(line(measure.value.capitalize(), Number(last, _LEADS.get(measure)), before, _change(before, last),
                         first, _change(first, last)))  # fmt: skip
    return grid_of("changes", "What there was last, and before", columns, rows, empty="No day is kept yet.")


def _items(period: Period, measure: Measure) -> int | None:
    tally = period.total(measure)
    return None if tally is None else tally.items


def _change(before: int | None, now: int | None) -> str:
    if before is None or now is None:
        return "nothing to compare"
    return "no change" if before == now else f"{count(abs(now - before))} {'more' if now > before else 'fewer'}"


def _services(kept: Sequence[Period]) -> Grid:
    columns = (Column("Service"), Column("Held last", ColumnKind.BYTES),
               Column("Held at the baseline", ColumnKind.BYTES), Column("Past due last", ColumnKind.COUNT),
               Column("Past due at the baseline", ColumnKind.COUNT))  # fmt: skip
    ends = (kept[-1], kept[0]) if kept else ()
    rows = []
    for service in in_order(service for period in ends for service, _ in period.sums):
        held, due = ([period.total(measure, service) or Tally() for period in ends]
                     for measure in (Measure.HELD, Measure.PAST_DUE))  # fmt: skip
        rows.append(line(named(service), *(one.bytes for one in held), *(one.items for one in due)))
    return grid_of("services", "Each service last, and at the baseline", columns, rows, empty="No day is kept yet.")


def _days(kept: Sequence[Period], held: Sequence[Tally]) -> Grid:
    columns = (Column("Day", ColumnKind.DATE), Column("Files", ColumnKind.COUNT), Column("Size", ColumnKind.BYTES))
    rows = [line(period.day, tally.items, tally.bytes) for period, tally in zip(kept, held, strict=True)]
    return grid_of("days", "What was held on the days that are shown", columns, rows, empty="No day is kept yet.")


def _chart(kept: Sequence[Period], held: Sequence[Tally]) -> BarChart:
    bars = tuple(Bar(day(period.day), (tally.bytes,)) for period, tally in zip(kept, held, strict=True))
    title = f"Size held on the last {plural(len(kept), 'kept day')}"
    return BarChart(title, ("Size",), bars, ColumnKind.BYTES, "days", in_order=True)

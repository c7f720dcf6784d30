"""What is due under the retention schedule, for how long it has been, and what is to come."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from domain.decision import State
from domain.estate import Portion
from domain.figures import AGES, Breakdown, BrokenDown
from domain.summary import Tally
from inventory.breakdowns import last_breakdown
from inventory.engine import Database
from inventory.estate import by_state
from operations.viewing.board import Board, Grid, Headline, Number, grid_of, in_order, items, line, named
from operations.viewing.sight import Sight
from operations.viewing.standing import NOT_KEPT, Standing, standing_of
from reports.section import Bar, BarChart, Column, ColumnKind
from reports.wording import day, plural, size

WORDS: Mapping[State, str] = {
    State.DUE: "Due now", State.KEPT: "Due within 90 days", State.OBSERVED: "Due, and under observation",
    State.UNCOMPUTABLE: "Cannot be computed",
}  # fmt: skip
_LEAVES_OUT = (
    "Due means that the schedule's period is over. Nothing is disposed of by that: a person decides, another approves.",
    "Files on hold are not due, and neither is anything that no rule is about.",
    "Under observation is what would be due but has been in the inventory for too short a time.",
    "Where a date that a rule counts from is not known, the file is kept: its day cannot be computed.",
)


def due_board(database: Database, sight: Sight, now: datetime) -> Board:
    """Of all that may be seen, by the kept sums."""
    standing, portions = standing_of(database, sight, now), sight.of(by_state(database))
    broken = last_breakdown(database)
    of = {state: _of(portions, state) for state in WORDS}
    step = standing.next_step(sight, schedule=True) or ("" if broken or not of[State.DUE].items else NOT_KEPT)
    return Board(
        "due", "What is due, and overdue", _lead(standing, portions),
        tuple(
            Headline(WORDS[state], Number(of[state].items, items(state=state)), note=size(of[state].bytes))
            for state in WORDS
        ),
        (_chart(portions),) if of[State.DUE].items else (),
        (_by_service(portions), _by_lateness(broken, sight)), _said(standing), step, broken.day if broken else None,
    )  # fmt: skip


def _of(portions: Sequence[Portion[State]], state: State, service: str | None = None) -> Tally:
    some = (one for one in portions if one.of is state and service in (None, one.service))
    return sum((Tally(one.files.items + one.parts, one.files.bytes) for one in some), Tally())


def _lead(standing: Standing, portions: Sequence[Portion[State]]) -> str:
    due = _of(portions, State.DUE)
    if standing.schedule is None:
        return "Nothing is due, since no retention schedule has been applied."
    if not due.items:
        return f"Nothing is due under {standing.schedule[0]}."
    services = len({one.service for one in portions if one.of is State.DUE and one.files.items})
    return f"A decision is wanted on {plural(due.items, 'file')} ({size(due.bytes)}) in {plural(services, 'service')}."


def _said(standing: Standing) -> tuple[str, ...]:
    if standing.schedule is None:
        return _LEAVES_OUT
    title, applied = standing.schedule
    return (f"{title} was applied last on {day(applied)}.", *_LEAVES_OUT)


def _by_service(portions: Sequence[Portion[State]]) -> Grid:
    columns = (Column("Service"), *(Column(words, ColumnKind.COUNT) for words in WORDS.values()),
               Column("Size of what is due", ColumnKind.BYTES))  # fmt: skip
    rows = []
    for service in in_order(one.service for one in portions):
        cells = (
            Number(_of(portions, state, service).items, items(state=state, service=named(service))) for state in WORDS
        )
        rows.append(line(named(service), *cells, _of(portions, State.DUE, service).bytes))
    over = (Number(_of(portions, state).items, items(state=state)) for state in WORDS)
    total = line("All services", *over, _of(portions, State.DUE).bytes)
    return grid_of("by-service", "Files by service and where they stand", columns, rows, total,
                   empty="No file has a flag.")  # fmt: skip


def _by_lateness(broken: BrokenDown | None, sight: Sight) -> Grid:
    found: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for (service, by, words), tally in (broken.sums if broken else {}).items():
        if by is Breakdown.LATE and sight.sees(service):
            found[service][int(words[0])] += tally.items
    columns = (Column("Service"), *(Column(words.capitalize(), ColumnKind.COUNT) for words in AGES))

    def cells(services: Sequence[str], **of: str) -> tuple[Number, ...]:
        counts = (sum(found[service][place] for service in services) for place in range(len(AGES)))
        return tuple(Number(count, items(state=State.DUE, **of)) for count in counts)

    names = in_order(found)
    rows = [line(named(service), *cells([service], service=named(service))) for service in names]
    on = f" as of {day(broken.day)}" if broken else ""
    note = "A number leads to all that is due there, the longest due first."
    total, empty = line("All services", *cells(names)), "Nothing is due." if broken else NOT_KEPT
    caption = f"How long files have been due{on}"
    return grid_of("by-lateness", caption, columns, rows, total, note=note, empty=empty)


def _chart(portions: Sequence[Portion[State]]) -> BarChart:
    names = in_order(one.service for one in portions)
    bars = (Bar(named(service), (_of(portions, State.DUE, service).items,)) for service in names)
    return BarChart("Files due now, by service", ("Due now",), tuple(bar for bar in bars if bar.total),
                    ColumnKind.COUNT, "by-service")  # fmt: skip

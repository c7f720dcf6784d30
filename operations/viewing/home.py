"""The first page: what wants attention, in one sentence and a few numbers, each with the page that tells more."""

from __future__ import annotations

from datetime import datetime

from domain.decision import State
from domain.estate import RiskBand
from domain.examination import Outcome
from domain.figures import Measure
from domain.summary import Tally
from inventory.engine import Database
from inventory.estate import by_band, by_outcome, by_state
from inventory.periods import periods
from operations.viewing.board import Board, Headline, Link, Number
from operations.viewing.sight import Sight
from operations.viewing.standing import Standing, standing_of
from reports.section import ColumnKind
from reports.wording import day, part, plural, size

_HIGH = (RiskBand.FROM_60, RiskBand.FROM_80)


def home_board(database: Database, sight: Sight, now: datetime) -> Board:
    """Of all that may be seen, by the kept sums."""
    standing = standing_of(database, sight, now)
    due = sum((one.files for one in sight.of(by_state(database)) if one.of is State.DUE), Tally())
    high = sum(one.files.items + one.parts for one in sight.of(by_band(database)) if one.of in _HIGH)
    return Board(
        "home", "At a glance", _lead(standing, due, high),
        (
            Headline("Due for a decision", Number(due.items, Link("due")), note=size(due.bytes)),
            Headline("Risk of 60 or more", Number(high, Link("risk")), note="items with personal data"),
            Headline("Held", Number(standing.held.bytes, Link("estate")), ColumnKind.BYTES,
                     plural(standing.held.items, "file")),
            _read(database, sight), *_could_go(database, sight),
            Headline("Scans running", Number(len(standing.scanning), Link("scans")), note=_scanned(standing)),
        ),
        next_step=standing.next_step(sight, schedule=True),
    )  # fmt: skip


def _lead(standing: Standing, due: Tally, high: int) -> str:
    if not standing.held.items:
        return "Nothing is held yet."
    if due.items:
        return f"A decision is wanted on {plural(due.items, 'file')} ({size(due.bytes)}), due under the schedule."
    if high:
        return (
            f"Nothing is due. Look first at {plural(high, 'item')} with personal data that {_score(high)} 60 or more."
        )
    return "Nothing is due, and nothing scores 60 or more."


def _score(number: int) -> str:
    return "scores" if number == 1 else "score"


def _read(database: Database, sight: Sight) -> Headline:
    portions = sight.of(by_outcome(database))
    whole = sum(one.files.items + one.parts for one in portions)
    read = sum(one.files.items + one.parts for one in portions if one.of is Outcome.EXAMINED)
    left = plural(whole - read, "item")
    return Headline("Read to the end", Number(part(read, whole), Link("coverage")), ColumnKind.SHARE, f"all but {left}")


def _could_go(database: Database, sight: Sight) -> tuple[Headline, ...]:
    """As it was kept last; nothing where it was not."""
    kept = periods(database, 1)
    found = [
        tally for (service, what), tally in (kept[-1].sums.items() if kept else ())
        if what is Measure.ROT and sight.sees(service)
    ]  # fmt: skip
    note = f"{size(sum(one.bytes for one in found))} on {day(kept[-1].day)}" if found else ""
    number = Number(sum(one.items for one in found), Link("rot"))
    return (Headline("Could go (ROT)", number, note=note),) if found else ()


def _scanned(standing: Standing) -> str:
    return f"last scanned {day(standing.scanned)}" if standing.scanned else "not scanned to the end yet"

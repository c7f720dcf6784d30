"""What runs now and how far it is, and how the last scan of each source ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from inventory.engine import Database
from operations.hosts.status import ScanStatus, State, status_of
from operations.viewing.board import Board, Headline, Link, Number, grid_of, items, line
from operations.viewing.sight import Sight
from operations.viewing.standing import SCAN_FIRST
from reports.section import Cell, Column, ColumnKind
from reports.wording import plural

_STATES: Mapping[State, str] = {
    State.RUNNING: "Running", State.INTERRUPTED: "Interrupted", State.COMPLETE: "Complete",
    State.INCOMPLETE: "Ended, and not complete",
}  # fmt: skip
_AGAIN = "A scan was interrupted. Started again, it goes on where it was: muniment scan"
_LEAVES_OUT = (
    "Until a source is listed to its end there may be more than is known of.",
    "Rates are averages since each scan began, and the end is reckoned by them.",
)
_WHOLE_ALONE = "Scans are of sources, which several services share: their figures are for those who see all services."


@dataclass(frozen=True, slots=True)
class Progress:
    """The board, and whether to look again soon."""

    board: Board
    running: bool


def scans_board(database: Database, sight: Sight, now: datetime, zone: ZoneInfo) -> Progress:
    """The last scan of each source, those first that run. Who sees some services alone is not told of sources."""
    status = status_of(database, now)
    scans = sorted(status.latest_of_each_source, key=lambda scan: (not scan.is_running, scan.source))
    running = [scan for scan in scans if scan.is_running]
    lead, step = _lead(running, scans, zone), _step(scans)
    if sight.services is not None:
        return Progress(Board("scans", "Scans", lead, leaves_out=(_WHOLE_ALONE,)), bool(running))
    rows = [line(*_row(scan, zone)) for scan in scans]
    columns = (Column("Source"), Column("State"),
               Column("Examined", ColumnKind.COUNT), Column("Left", ColumnKind.COUNT),
               Column("Done", ColumnKind.SHARE, "not known"), Column("A second", ColumnKind.COUNT),
               Column("Began"), Column("Ended, or ends"))  # fmt: skip
    board = Board(
        "scans", "Scans", lead,
        (
            Headline("Running now", Number(len(running)), note=plural(len(scans), "source")),
            Headline("Waiting", Number(status.waiting, items(waiting="1")), note="items to be examined"),
            Headline("With a problem", Number(sum(status.problems.values()), Link("coverage")), note="see coverage"),
        ),
        (), (grid_of("scans", "The last scan of each source", columns, rows, empty="No source was scanned yet."),),
        _LEAVES_OUT, step,
    )  # fmt: skip
    return Progress(board, bool(running))


def _lead(running: Sequence[ScanStatus], scans: Sequence[ScanStatus], zone: ZoneInfo) -> str:
    if running:
        ends = [scan.ends for scan in running if scan.ends is not None]
        until = f" The last is reckoned to end on {_moment(max(ends), zone)}." if len(ends) == len(running) else ""
        return f"{plural(len(running), 'scan')} {'is' if len(running) == 1 else 'are'} under way.{until}"
    ended = [scan.ended for scan in scans if scan.ended is not None]
    return f"No scan is running. The last ended on {_moment(max(ended), zone)}." if ended else "No scan is running."


def _step(scans: Sequence[ScanStatus]) -> str:
    if not scans:
        return SCAN_FIRST
    return _AGAIN if any(scan.state is State.INTERRUPTED for scan in scans) else ""


def _row(scan: ScanStatus, zone: ZoneInfo) -> tuple[Cell, ...]:
    whole = scan.figures.done + scan.left
    done = scan.figures.done / whole if whole and scan.figures.all_listed else None
    ends = scan.ended or scan.ends
    told = "" if ends is None else _moment(ends, zone) if scan.ended else f"about {_moment(ends, zone)}"
    return (scan.source, _STATES[scan.state], scan.figures.done, scan.left, done, round(scan.rate, 1),
            _moment(scan.started, zone), told)  # fmt: skip


def _moment(when: datetime, zone: ZoneInfo) -> str:
    local = when.astimezone(zone)
    return f"{local.day} {local:%b %Y, %H:%M}"

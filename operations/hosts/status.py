"""What is running, how fast, what is left and when it will end: told by rows, whoever asks on whichever host."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.errors import ProblemCode
from domain.hold import Hold
from inventory.engine import Database
from inventory.leases import all_open_leases
from inventory.progress import Figures, Role, ScanTold, Told, last_scans
from inventory.queries import Inventory
from inventory.slots import Request, Slot, last_requests, last_slots
from operations.schedule.nagging import late_holds

_SCANS = 20
_SLOTS = 10
_SILENT = timedelta(seconds=90)
"""Without a word for so long, who told of a scan every few seconds is taken for dead."""


class State(StrEnum):
    """`INTERRUPTED`: it has not ended, and nobody works on it. Started again, it goes on."""

    RUNNING = "running"
    INTERRUPTED = "interrupted"
    COMPLETE = "complete"
    INCOMPLETE = "incomplete"


@dataclass(frozen=True, slots=True)
class HostStatus:
    """One process at a scan: items examined, and in a second on average; seconds since it was heard of."""

    process: str
    role: Role
    source: str
    done: int
    rate: float
    silent_seconds: float


@dataclass(frozen=True, slots=True)
class ScanStatus:
    """A scan. `left` are the items known of that are not examined: until all is listed there may be more; `ends` is
    told when all is listed, and at the average rate so far.
    """

    id: int
    source_id: int
    source: str
    state: State
    started: datetime
    ended: datetime | None
    figures: Figures
    rate: float
    left: int
    ends: datetime | None
    hosts: tuple[HostStatus, ...]

    @property
    def is_running(self) -> bool:
        return self.state is State.RUNNING


@dataclass(frozen=True, slots=True)
class Status:
    """The last scans, newest first, leases that are not done, items that wait and that had problems, the last slots,
    and holds whose review is late.
    """

    now: datetime
    scans: tuple[ScanStatus, ...]
    leases_waiting: int
    leases_held: int
    waiting: int
    problems: Mapping[ProblemCode, int]
    slots: tuple[Slot, ...]
    requests: tuple[Request, ...]
    late_holds: tuple[Hold, ...] = ()

    @property
    def latest_of_each_source(self) -> tuple[ScanStatus, ...]:
        latest: dict[int, ScanStatus] = {}
        for scan in self.scans:
            latest.setdefault(scan.source_id, scan)
        return tuple(latest.values())

    @property
    def hosts(self) -> tuple[HostStatus, ...]:
        """Those that work on what is running."""
        return tuple(host for scan in self.scans if scan.is_running for host in scan.hosts)


def status_of(database: Database, now: datetime) -> Status:
    """How things stand: no item is counted for it, so that it can be asked often."""
    now, scans = scans_of(database, now)
    leases = all_open_leases(database)
    return Status(
        now, scans, leases.waiting, leases.held,
        *Inventory(database).standing(), last_slots(database, _SLOTS), last_requests(database, _SLOTS),
        late_holds(database, now.date()),
    )  # fmt: skip


def scans_of(database: Database, now: datetime) -> tuple[datetime, tuple[ScanStatus, ...]]:
    """The last scans, newest first, and what the time is by the clock that they are told by."""
    now, scans = last_scans(database, now, _SCANS)
    return now, tuple(_scan(one, now) for one in scans)


def _scan(told: ScanTold, now: datetime) -> ScanStatus:
    drivers = [one for one in told.told if one.role is Role.DRIVER]
    figures = sum((one.figures for one in drivers), Figures())
    seconds = sum((one.seen - one.started).total_seconds() for one in drivers)
    rate = figures.done / seconds if seconds > 0 else 0.0
    state = _state(told, now)
    left = max(0, figures.expected - figures.done) if told.ended is None else 0
    ends = now + timedelta(seconds=left / rate) if state is State.RUNNING and figures.all_listed and rate else None
    hosts = tuple(_host(one, told.scan.source, now) for one in told.told)
    return ScanStatus(
        told.scan.id, told.scan.source_id, told.scan.source, state, told.started, told.ended, figures, rate, left, ends,
        hosts,
    )  # fmt: skip


def _state(told: ScanTold, now: datetime) -> State:
    if told.ended is not None:
        return State.COMPLETE if told.complete else State.INCOMPLETE
    heard = any(now - one.seen < _SILENT for one in told.told)
    return State.RUNNING if heard else State.INTERRUPTED


def _host(told: Told, source: str, now: datetime) -> HostStatus:
    seconds = (told.seen - told.started).total_seconds()
    done = told.figures.done + told.figures.recognised
    rate = done / seconds if seconds > 0 else 0.0
    return HostStatus(told.process, told.role, source, done, rate, (now - told.seen).total_seconds())

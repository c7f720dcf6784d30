"""How far scans are, as the processes that work on them say: read by drivers, by `status` and by metrics."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, delete, select, text

from inventory.dialects import upsert
from inventory.engine import Database, reading, writing
from inventory.recorder import RunningScan
from inventory.recording import AnyRow
from inventory.tables import ProgressRow, ScanRow, SourceRow


class Role(StrEnum):
    """The driver of a scan lists, and on one machine examines too; a worker is a host that examines for it."""

    DRIVER = "driver"
    WORKER = "worker"


@dataclass(frozen=True, slots=True)
class Figures:
    """What one process has done for one scan. `problems` counts them by code."""

    listed: int = 0
    expected: int = 0
    done: int = 0
    parts: int = 0
    bytes: int = 0
    proved: int = 0
    disproved: int = 0
    recognised: int = 0
    all_listed: bool = False
    problems: Mapping[str, int] = field(default_factory=dict)

    def __add__(self, other: Figures) -> Figures:
        sums = {name: getattr(self, name) + getattr(other, name) for name in _NUMBERS}
        problems = dict(Counter(self.problems) + Counter(other.problems))
        return Figures(**sums, all_listed=self.all_listed or other.all_listed, problems=problems)

    def __sub__(self, other: Figures) -> Figures:
        """What came since `other`."""
        differences = {name: getattr(self, name) - getattr(other, name) for name in _NUMBERS}
        problems = dict(Counter(self.problems) - Counter(other.problems))
        return Figures(**differences, all_listed=self.all_listed, problems=problems)


_NUMBERS = tuple(one.name for one in fields(Figures) if one.name not in ("all_listed", "problems"))


@dataclass(frozen=True, slots=True)
class Told:
    """What one process said, and when."""

    scan_id: int
    process: str
    role: Role
    started: datetime
    seen: datetime
    figures: Figures


@dataclass(frozen=True, slots=True)
class ScanTold:
    """A scan, and what was said of it. Without an end it is running, or was killed."""

    scan: RunningScan
    started: datetime
    ended: datetime | None
    complete: bool
    told: tuple[Told, ...]


def tell(database: Database, scan_id: int, process: str, role: Role, figures: Figures, now: datetime) -> None:
    """Say how far a process is; it overwrites what it said before."""
    with writing(database) as connection:
        seen = clock(connection, now)
        counts: dict[str, Any] = {name: getattr(figures, name) for name in (*_NUMBERS, "all_listed")}
        counts |= {"problems": json.dumps(dict(figures.problems)), "seen": seen}
        row = {"scan_id": scan_id, "process": process, "role": role, "started": seen, **counts}
        statement = upsert(connection, ProgressRow).values(row)
        statement = statement.on_conflict_do_update(index_elements=["scan_id", "process"], set_=counts)
        connection.execute(statement)


def told_by_workers(database: Database, scan_id: int) -> Figures:
    """What all worker hosts together have done for a scan."""
    with reading(database) as connection:
        rows = connection.execute(
            select(ProgressRow.__table__).where(ProgressRow.scan_id == scan_id, ProgressRow.role == Role.WORKER)
        ).all()
    return sum((_told(row).figures for row in rows), Figures())


def last_scans(database: Database, now: datetime, count: int) -> tuple[datetime, tuple[ScanTold, ...]]:
    """The last scans, newest first, and the time by the clock that they were stamped with."""
    joined = select(ScanRow.__table__, SourceRow.name).join(SourceRow, SourceRow.id == ScanRow.source_id)
    with reading(database) as connection:
        moment = clock(connection, now)
        scans = connection.execute(joined.order_by(ScanRow.id.desc()).limit(count)).all()
        asked = select(ProgressRow.__table__).where(ProgressRow.scan_id.in_([row.id for row in scans]))
        told = [_told(row) for row in connection.execute(asked.order_by(ProgressRow.process))]
    return moment, tuple(_scan_told(row, told) for row in scans)


def other_pipelines(database: Database, pipeline: str, now: datetime, within: timedelta) -> tuple[RunningScan, ...]:
    """The scans whose driver was seen of late, and that read with something else than `pipeline`."""
    _, scans = last_scans(database, now, _LOOKED_AT)
    with reading(database) as connection:
        moment = clock(connection, now)
    return tuple(
        one.scan
        for one in scans
        if one.ended is None
        and one.scan.pipeline != pipeline
        and any(told.role is Role.DRIVER and moment - told.seen < within for told in one.told)
    )


def forget_progress(database: Database, before: int) -> None:
    """Delete what was said of scans before this one: what came of them is in the inventory."""
    with writing(database) as connection:
        connection.execute(delete(ProgressRow).where(ProgressRow.scan_id < before))


def clock(connection: Connection, now: datetime) -> datetime:
    """The time by one clock for all hosts: the database server's, since theirs differ; for a file, `now`."""
    if connection.dialect.name == "sqlite":
        return now
    moment: datetime = connection.execute(_CLOCK).scalar_one()
    return moment


_CLOCK = text("SELECT clock_timestamp()")
_LOOKED_AT = 50


def _told(row: AnyRow) -> Told:
    counts = {name: getattr(row, name) for name in _NUMBERS}
    figures = Figures(**counts, all_listed=row.all_listed, problems=json.loads(row.problems))
    return Told(row.scan_id, row.process, Role(row.role), row.started, row.seen, figures)


def _scan_told(row: AnyRow, told: Iterable[Told]) -> ScanTold:
    scan = RunningScan(row.id, row.source_id, row.name, row.pipeline)
    return ScanTold(scan, row.started, row.ended, row.complete, tuple(one for one in told if one.scan_id == row.id))

"""Reading the inventory: what is there, what was not read, what a report adds up. Pages by key, never by offset."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Engine, and_, func, literal_column, select

from domain.errors import ProblemCode
from domain.examination import Outcome
from domain.summary import Coverage, Ownership, ServiceEstate, Tally
from inventory.dialects import total
from inventory.engine import asking, reading
from inventory.held import EVERYTHING, PRESENT, SURE, Held, Narrowing, conditions, held_of, records
from inventory.ownership import ownership_of
from inventory.pages import Page, page_of
from inventory.sums import sums
from inventory.tables import (
    ComplianceRow,
    ContentRow,
    DirRow,
    FindingRow,
    ItemRow,
    ScanRow,
    ScheduleRow,
    ServiceRow,
    SourceRow,
)  # fmt: skip
from inventory.twins import message_twin, whole_twin

__all__ = ["AWAITS_OCR", "Held", "Inventory", "LastScan", "Narrowing"]

_PAGE = 5_000
_OUTER = ItemRow.part == ""


@dataclass(frozen=True, slots=True)
class LastScan:
    """When the estate was last scanned (the oldest of its sources' last scans), whether whole, and by what."""

    ended: datetime | None
    complete: bool
    detector: str


class Inventory:
    """The inventory as readers see it. Rows stay inside; values come out."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def knows(self, digest: bytes, media_type: str, pipeline: str) -> bool:
        """Whether this content was examined whole by this pipeline, with an item that still stands."""
        with asking(self._engine) as connection:
            return whole_twin(connection, digest, media_type, pipeline) is not None

    def knows_message(self, message: bytes, media_type: str, pipeline: str) -> bool:
        """The same of a message, whichever of its copies was examined."""
        with asking(self._engine) as connection:
            return message_twin(connection, message, media_type, pipeline) is not None

    def held(self, narrowing: Narrowing = EVERYTHING) -> Iterator[Held]:
        """Yield all that is held, or what is meant of it, in order of number; read some thousands at a time."""
        wanted, after = records().where(PRESENT, *conditions(narrowing)).order_by(ItemRow.id).limit(_PAGE), 0
        while True:
            with reading(self._engine) as connection:
                page = [held_of(row) for row in connection.execute(wanted.where(ItemRow.id > after))]
            yield from page
            if len(page) < _PAGE:
                return
            after = page[-1].number

    def page(self, narrowing: Narrowing, mark: str | None, limit: int) -> Page:
        """A page of a list that people look at, in an order that the narrowing decides: see `inventory.pages`."""
        return page_of(self._engine, narrowing, mark, limit)

    def at(self, locator: bytes) -> tuple[Held, ...]:
        """What is held at a path below a source's root, the parts inside it apart; of every source that has it."""
        folder, _, name = locator.rpartition(b"/")
        there = records().where(PRESENT, DirRow.path == folder, ItemRow.name == name, _OUTER).order_by(ItemRow.id)
        with reading(self._engine) as connection:
            return tuple(held_of(row) for row in connection.execute(there))

    def coverage(self) -> Coverage:
        outcomes: dict[Outcome | None, Tally] = {}
        problems: Counter[ProblemCode] = Counter()
        parts = 0
        with reading(self._engine) as connection:
            for row in connection.execute(select(sums())):
                key = Outcome(row.outcome) if row.outcome else None
                outcomes[key] = outcomes.get(key, Tally()) + Tally(row.items, 0 if row.is_part else row.bytes)
                problems.update({ProblemCode(row.problem_code): row.items} if row.problem_code and row.items else {})
                parts += row.items if row.is_part else 0
            ocr = connection.execute(_AWAITING_OCR).scalar_one()
        waiting = outcomes.pop(None, Tally())
        read = {outcome: outcomes.get(outcome, Tally()) for outcome in Outcome}
        return Coverage(read, waiting, ocr, parts, dict(problems.most_common()))

    def standing(self) -> tuple[int, Mapping[ProblemCode, int]]:
        """How many items wait to be examined, and how many have each problem, most first: by the sums alone."""
        waiting, problems = 0, Counter[ProblemCode]()
        with reading(self._engine) as connection:
            for row in connection.execute(select(sums())):
                waiting += 0 if row.outcome else row.items
                problems.update({ProblemCode(row.problem_code): row.items} if row.problem_code and row.items else {})
        return waiting, dict(problems.most_common())

    def services(self) -> tuple[ServiceEstate, ...]:
        """Every service's holding of files, without the parts inside them, and how much of it was under a rule."""
        kept = sums()
        items = total(kept.c["items"])
        held = (
            select(ServiceRow.name, items, total(kept.c["bytes"]), ComplianceRow.items, ComplianceRow.bytes)
            .join(kept, kept.c.service_id == ServiceRow.id)
            .outerjoin(ComplianceRow, ComplianceRow.service_id == ServiceRow.id).where(kept.c.is_file)
            .group_by(ServiceRow.id, ComplianceRow.service_id).having(items > 0)
            .order_by(ServiceRow.name)
        )  # fmt: skip
        with reading(self._engine) as connection:
            rows = connection.execute(held).all()
        return tuple(ServiceEstate(row[0], Tally(row[1], row[2]), Tally(row[3] or 0, row[4] or 0)) for row in rows)

    def ownership(self) -> Ownership:
        return ownership_of(self._engine)

    def kinds(self) -> Mapping[tuple[bytes | None, str | None], Mapping[str, int]]:
        """(Digest, media type) → kind → count, of every content with a finding of at least medium confidence."""
        found: dict[tuple[bytes | None, str | None], dict[str, int]] = {}
        columns = (ContentRow.digest, ContentRow.media_type, FindingRow.kind, FindingRow.count)
        joined = select(*columns).join(FindingRow, FindingRow.content_id == ContentRow.id)
        sure = joined.where(SURE).order_by(FindingRow.kind)
        with reading(self._engine) as connection:
            for digest, media_type, kind, count in connection.execute(sure):
                found.setdefault((digest, media_type), {})[kind] = count
        return found

    def last_scan(self) -> LastScan:
        newest = select(func.max(ScanRow.id)).group_by(ScanRow.source_id)
        with reading(self._engine) as connection:
            scans = connection.execute(
                select(ScanRow.ended, ScanRow.complete, ScanRow.detector).where(ScanRow.id.in_(newest))
            ).all()
        ended = [scan.ended for scan in scans if scan.ended]
        return LastScan(
            min(ended) if scans and len(ended) == len(scans) else None,
            bool(scans) and all(scan.complete for scan in scans),
            "; ".join(sorted({scan.detector for scan in scans})) or "none",
        )

    def sources(self) -> tuple[str, ...]:
        with reading(self._engine) as connection:
            return tuple(connection.execute(select(SourceRow.name).order_by(SourceRow.name)).scalars())

    def schedule_applied(self) -> tuple[str, date] | None:
        """Title and version of the schedule that was applied last, and the day it was applied on."""
        newest = select(ScheduleRow.title, ScheduleRow.version, ScheduleRow.evaluated).order_by(
            ScheduleRow.evaluated.desc(), ScheduleRow.id.desc()
        )
        with reading(self._engine) as connection:
            row = connection.execute(newest.limit(1)).one_or_none()
        return (f"{row.title}, version {row.version}", row.evaluated) if row else None


# The first half is in the words of an index over the few that it holds for.
AWAITS_OCR = and_(literal_column("content.pending <> ''"), ContentRow.pending.contains("ocr"))

_AWAITING_OCR = (
    select(func.count()).select_from(ItemRow).join(ContentRow, ContentRow.id == ItemRow.content_id)
    .where(PRESENT, AWAITS_OCR)
)  # fmt: skip

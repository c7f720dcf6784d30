"""Reading the inventory: what is there, what was not read, what a report adds up. Pages by key, never by offset."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Boolean, ColumnElement, Engine, Select, and_, func, literal_column, select
from sqlalchemy.orm import Session, aliased

from domain.access import Breadth
from domain.content import DatedBy, DateSource
from domain.decision import Flag, State
from domain.errors import Problem, ProblemCode
from domain.examination import Assessment, Outcome
from domain.item import ItemKind, ItemRef, part_of
from domain.person import Principal
from domain.record import Record
from domain.record_hint import RecordHint
from domain.rule import Action
from domain.summary import Coverage, Ownership, ServiceEstate, Tally
from inventory.dialects import total
from inventory.engine import reading
from inventory.ownership import ownership_of
from inventory.people import PRINCIPAL, principal_of
from inventory.recording import AnyRow
from inventory.sums import sums
from inventory.tables import (
    AccessRow,
    ComplianceRow,
    ContentRow,
    DirRow,
    FindingRow,
    FlagRow,
    ItemRow,
    PrincipalRow,
    ScanRow,
    ScheduleRow,
    ServiceRow,
    SourceRow,
    TraitRow,
)  # fmt: skip
from inventory.twins import message_twin, whole_twin

_PAGE = 5_000
_PRESENT = ItemRow.gone.is_(None)
_OUTER = ItemRow.part == ""


@dataclass(frozen=True, slots=True)
class Held:
    """A record with its number in the inventory, its flag, and the number of the disk object it shares, if any.

    `owner` is the file's own, of what lies in one that file's, else the folder's; so is `breadth`.
    """

    number: int
    record: Record
    flag: Flag | None
    file_id: str | None
    owner: Principal | None = None
    breadth: Breadth = Breadth.UNKNOWN


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Which records are asked for; what is None does not narrow. `files`: no parts, links, pipes or folders; `left`:
    owned by somebody who has left.
    """

    service: str | None = None
    outcome: Outcome | None = None
    code: ProblemCode | None = None
    with_problem: bool = False
    personal: bool = False
    files: bool = False
    flagged: bool = False
    left: bool = False
    breadth: Breadth | None = None


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
        with reading(self._engine) as connection:
            return whole_twin(connection, digest, media_type, pipeline) is not None

    def knows_message(self, message: bytes, media_type: str, pipeline: str) -> bool:
        """The same of a message, whichever of its copies was examined."""
        with reading(self._engine) as connection:
            return message_twin(connection, message, media_type, pipeline) is not None

    def held(self, narrowing: Narrowing = Narrowing(), after: int = 0, limit: int | None = None) -> Iterator[Held]:
        """Yield what is held in order of number, from behind `after`; all of it unless `limit` says how many."""
        left = limit
        while left is None or left > 0:
            size = _PAGE if left is None else min(left, _PAGE)
            with reading(self._engine) as connection, Session(connection) as session:
                rows = session.execute(_held(narrowing).where(ItemRow.id > after).limit(size))
                page = [_held_of(row) for row in rows]
            yield from page
            if len(page) < size:
                return
            after = page[-1].number
            left = None if left is None else left - size

    def at(self, locator: bytes) -> tuple[Held, ...]:
        """What is held at a path below a source's root, the parts inside it apart; of every source that has it."""
        folder, _, name = locator.rpartition(b"/")
        there = _held(Narrowing()).where(DirRow.path == folder, ItemRow.name == name, _OUTER)
        with reading(self._engine) as connection, Session(connection) as session:
            return tuple(_held_of(row) for row in session.execute(there))

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
        sure = joined.where(FindingRow.confidence >= 0.6).order_by(FindingRow.kind)
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
AWAITS_OCR = and_(literal_column("content.pending <> ''", Boolean), ContentRow.pending.contains("ocr"))

_AWAITING_OCR = (
    select(func.count()).select_from(ItemRow).join(ContentRow, ContentRow.id == ItemRow.content_id)
    .where(_PRESENT, AWAITS_OCR)
)  # fmt: skip


_FILE = aliased(ItemRow)
_HOLDS_THE_PART = (
    (ItemRow.part != "") & (_FILE.dir_id == ItemRow.dir_id) & (_FILE.name == ItemRow.name) & (_FILE.part == "")
)  # fmt: skip


def _held(narrowing: Narrowing) -> Select[*tuple[Any, ...]]:
    names = (DirRow.path, SourceRow.name.label("source"), ServiceRow.name.label("service"))
    return (
        select(ItemRow, *names, ContentRow, TraitRow, FlagRow, AccessRow.breadth, *PRINCIPAL)
        .join(DirRow, DirRow.id == ItemRow.dir_id).join(SourceRow, SourceRow.id == DirRow.source_id)
        .join(ServiceRow, ServiceRow.id == DirRow.service_id)
        .outerjoin(ContentRow, ContentRow.id == ItemRow.content_id).outerjoin(FlagRow, FlagRow.item_id == ItemRow.id)
        .outerjoin(TraitRow, TraitRow.content_id == ItemRow.content_id)
        .outerjoin(_FILE, _HOLDS_THE_PART)
        .outerjoin(AccessRow, AccessRow.id == func.coalesce(ItemRow.access_id, _FILE.access_id, DirRow.access_id))
        .outerjoin(PrincipalRow, PrincipalRow.id == func.coalesce(ItemRow.owner_id, _FILE.owner_id, AccessRow.owner_id))
        .where(_PRESENT, *_conditions(narrowing)).order_by(ItemRow.id)
    )  # fmt: skip


def _conditions(narrowing: Narrowing) -> Iterator[ColumnElement[bool]]:
    if narrowing.service is not None:
        yield ServiceRow.name == narrowing.service
    if narrowing.outcome is not None:
        yield ItemRow.outcome == narrowing.outcome
    if narrowing.code is not None:
        yield ItemRow.problem_code == narrowing.code
    if narrowing.with_problem:
        yield ItemRow.problem_code.is_not(None)
    if narrowing.personal:
        # A copy that could not be read itself says nothing, whatever another copy was found to hold.
        yield ContentRow.personal.is_(True) & ItemRow.outcome.in_((Outcome.EXAMINED, Outcome.PARTIAL))
    if narrowing.files:
        yield ItemRow.kind == ItemKind.FILE
    if narrowing.flagged:
        yield FlagRow.state == State.DUE
    if narrowing.left:
        yield PrincipalRow.left.is_(True)
    if narrowing.breadth is not None:
        yield func.coalesce(AccessRow.breadth, Breadth.UNKNOWN) == narrowing.breadth


def _held_of(row: AnyRow) -> Held:
    item, content, flag = row.ItemRow, row.ContentRow, row.FlagRow
    locator = row.path + b"/" + item.name if row.path else item.name
    outcome = Outcome(item.outcome) if item.outcome else None
    record = Record(
        ref=ItemRef(row.source, locator, part_of(item.part)), service=row.service, size=item.size,
        modified=item.modified, first_seen=item.first_seen, media_type=item.media_type, outcome=outcome,
        problem=Problem(ProblemCode(item.problem_code), item.problem_limit) if item.problem_code else None,
        assessment=_assessment(content) if content and outcome in (Outcome.EXAMINED, Outcome.PARTIAL) else None,
        digest=content.digest if content else None,
        pending=tuple(filter(None, content.pending.split(","))) if content else (),
        created=item.created, accessed=item.accessed, owner=row.account or "",
        dates=_dates(row.TraitRow), hints=_hints(row.TraitRow), terms=_terms(row.TraitRow),
    )  # fmt: skip
    owner = None if row.account is None else principal_of(*row[-len(PRINCIPAL) :])
    breadth = Breadth(row.breadth or Breadth.UNKNOWN)
    return Held(item.id, record, _flag(flag) if flag else None, item.file_id, owner, breadth)


def _assessment(content: ContentRow) -> Assessment:
    special = tuple(content.special.split(",")) if content.special else ()
    return Assessment(
        content.personal, special, content.children, content.criminal, content.risk, json.loads(content.risk_parts)
    )


def _dates(traits: TraitRow | None) -> tuple[DatedBy, ...]:
    told = json.loads(traits.dates) if traits and traits.dates else ()
    return tuple(DatedBy(DateSource(source), date.fromisoformat(on)) for source, on in told)


def _hints(traits: TraitRow | None) -> tuple[RecordHint, ...]:
    told = json.loads(traits.hints) if traits and traits.hints else ()
    return tuple(RecordHint(*hint) for hint in told)


def _terms(traits: TraitRow | None) -> Mapping[str, int] | None:
    """Counts under each term's key: its id, "@", and what changes with its phrases."""
    return json.loads(traits.terms) if traits and traits.terms else None


def _flag(flag: FlagRow) -> Flag:
    return Flag(State(flag.state), Action(flag.action), flag.due, flag.rule, flag.sentence)

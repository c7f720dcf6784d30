"""What is held, as readers see it: a record with all that the inventory knows of it, and which records are meant."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, column, exists, false, func, literal_column, select, table, true
from sqlalchemy.orm import aliased

from domain.access import Breadth
from domain.content import DatedBy, DateSource
from domain.decision import Flag, State
from domain.errors import Problem, ProblemCode
from domain.estate import RiskBand
from domain.examination import Assessment, Outcome
from domain.family import Family
from domain.finding import KINDS, Category
from domain.item import ItemKind, ItemRef, part_of
from domain.person import Principal
from domain.record import Record
from domain.record_hint import RecordHint
from domain.rule import Action
from inventory.people import PRINCIPAL, principal_of
from inventory.recording import AnyRow
from inventory.tables import (
    AccessRow,
    ContentRow,
    DirRow,
    FindingRow,
    FlagRow,
    ItemRow,
    PrincipalRow,
    ServiceRow,
    SourceRow,
    TraitRow,
)


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
    owned by somebody who has left; `folder` is a path below a source's root, and what lies in that folder itself is
    meant; `kind` is a kind of finding, of at least medium confidence; `copies_of` is the number of
    an item with whose content theirs is the same; `waiting`: to be examined yet; `state` is that of its flag; `band`
    is one of personal data; `owner` is the account that owns the file itself, what lies in it left out; `family` and
    `year` of last change are as dashboards count them (`inventory.estate`), and 0 is a year that is not known; `theme`
    is of a finding of at least medium confidence in personal data; `high` scores 60 or more.
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
    folder: bytes | None = None
    kind: str | None = None
    copies_of: int | None = None
    waiting: bool = False
    state: State | None = None
    band: RiskBand | None = None
    owner: str | None = None
    family: Family | None = None
    year: int | None = None
    theme: Category | None = None
    high: bool = False

    def __post_init__(self) -> None:
        """Raises ValueError for a band of no risk, which no list is kept by."""
        if self.band is not None and self.band < RiskBand.UNDER_20:
            raise ValueError(f"no list has {self.band!r}")


EVERYTHING = Narrowing()
# Two conditions in the words of their indexes; of no type, or SQLite would be asked whether they are 1.
SURE: ColumnElement[Any] = literal_column("finding.confidence >= 0.6")
"""A finding counts from medium confidence on."""
_PERSONAL: ColumnElement[Any] = literal_column("content.personal")

PRESENT = ItemRow.gone.is_(None)
LOOKED_INTO = ItemRow.outcome.in_((Outcome.EXAMINED, Outcome.PARTIAL))
"""A copy that could not be read itself says nothing, whatever another copy was found to hold."""
# The view by which dashboards are summed: a list is of the same items as its number.
_CELL = table("item_cell", column("id"), column("family"))
_FIRST_YEAR, _LAST_YEAR = 1970, 2099
_FILE = aliased(ItemRow)
_HOLDS_THE_PART = (
    (ItemRow.part != "") & (_FILE.dir_id == ItemRow.dir_id) & (_FILE.name == ItemRow.name) & (_FILE.part == "")
)  # fmt: skip


def records() -> Select[*tuple[Any, ...]]:
    """All that `held_of` makes a record of, whether it is still there or gone."""
    chosen = (
        select(*_COLUMNS).select_from(ItemRow).join(DirRow, DirRow.id == ItemRow.dir_id)
        .join(SourceRow, SourceRow.id == DirRow.source_id).join(ServiceRow, ServiceRow.id == DirRow.service_id)
        .outerjoin(ContentRow, ContentRow.id == ItemRow.content_id).outerjoin(FlagRow, FlagRow.item_id == ItemRow.id)
        .outerjoin(TraitRow, TraitRow.content_id == ItemRow.content_id)
    )  # fmt: skip
    return joined_rights(chosen)


_COLUMNS = (
    ItemRow.id, ItemRow.name, ItemRow.part, ItemRow.size, ItemRow.modified, ItemRow.created, ItemRow.accessed,
    ItemRow.first_seen, ItemRow.media_type, ItemRow.outcome, ItemRow.problem_code, ItemRow.problem_limit,
    ItemRow.file_id, DirRow.path, SourceRow.name.label("source"), ServiceRow.name.label("service"),
    ContentRow.digest, ContentRow.pending, ContentRow.personal, ContentRow.special, ContentRow.children,
    ContentRow.criminal, ContentRow.risk, ContentRow.risk_parts, TraitRow.dates, TraitRow.hints, TraitRow.terms,
    FlagRow.state, FlagRow.action, FlagRow.due, FlagRow.rule, FlagRow.sentence, AccessRow.breadth,
    *(column.label(f"owner_{place}") for place, column in enumerate(PRINCIPAL)),
)  # fmt: skip


def joined_rights(chosen: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """With the rights of each item and its owner, as `AccessRow` and `PrincipalRow`."""
    return (
        chosen.outerjoin(_FILE, _HOLDS_THE_PART)
        .outerjoin(AccessRow, AccessRow.id == func.coalesce(ItemRow.access_id, _FILE.access_id, DirRow.access_id))
        .outerjoin(PrincipalRow, PrincipalRow.id == func.coalesce(ItemRow.owner_id, _FILE.owner_id, AccessRow.owner_id))
    )


def conditions(narrowing: Narrowing) -> Iterator[ColumnElement[bool]]:
    """Of rows as `records` joins them."""
    yield from _of_the_item(narrowing)
    yield from _of_the_place(narrowing)
    if narrowing.personal:
        yield _PERSONAL
        yield LOOKED_INTO
    if narrowing.kind is not None:
        yield ItemRow.content_id.in_(select(FindingRow.content_id).where(*of_kind(narrowing.kind)))
        yield LOOKED_INTO
    if narrowing.high:
        yield from (_PERSONAL, ContentRow.risk >= 60, LOOKED_INTO)
    if narrowing.theme is not None:
        yield _PERSONAL
        themed = FindingRow.kind.in_([kind for kind, of in KINDS.items() if of is narrowing.theme])
        yield exists().where(FindingRow.content_id == ContentRow.id, themed, SURE).correlate(ContentRow)
        yield LOOKED_INTO
    if narrowing.copies_of is not None:
        yield ItemRow.content_id == select(ItemRow.content_id).filter_by(id=narrowing.copies_of).scalar_subquery()
    if narrowing.flagged:
        yield FlagRow.state == State.DUE
    if narrowing.state is not None:
        yield FlagRow.state == narrowing.state
    if narrowing.band is not None:
        yield from of_band(narrowing.band)
        yield LOOKED_INTO


def of_kind(kind: str) -> tuple[ColumnElement[bool], ...]:
    return FindingRow.kind == kind, SURE


def of_band(band: RiskBand) -> tuple[ColumnElement[bool], ...]:
    """Of the content of an item that was looked into."""
    lowest, behind = 20 * (band - RiskBand.UNDER_20), 20 * band if band < RiskBand.FROM_80 else 101
    return _PERSONAL, ContentRow.risk >= lowest, ContentRow.risk < behind


def _of_the_item(narrowing: Narrowing) -> Iterator[ColumnElement[bool]]:
    if narrowing.outcome is not None:
        yield ItemRow.outcome == narrowing.outcome
    if narrowing.code is not None:
        yield ItemRow.problem_code == narrowing.code
    if narrowing.with_problem:
        yield ItemRow.problem_code.is_not(None)
    if narrowing.files:
        yield ItemRow.kind == ItemKind.FILE
    if narrowing.waiting:
        yield ItemRow.outcome.is_(None)
    if narrowing.family is not None:
        yield exists().where(_CELL.c.id == ItemRow.id, _CELL.c.family == narrowing.family)
    if narrowing.year is not None:
        yield _of_year(narrowing.year)
    if narrowing.owner is not None:
        owner = select(PrincipalRow.id).where(PrincipalRow.account == narrowing.owner).scalar_subquery()
        yield ItemRow.owner_id == owner
        yield ItemRow.part == ""


def _of_year(year: int) -> ColumnElement[bool]:
    """As `facet` counts it: from 1970 to 2099, and 0 for all else."""
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        known = ItemRow.modified.between(_begin(_FIRST_YEAR), _begin(_LAST_YEAR + 1) - timedelta(microseconds=1))
        return func.coalesce(~known, true()) if not year else false()
    return and_(ItemRow.modified >= _begin(year), ItemRow.modified < _begin(year + 1))


def _begin(year: int) -> datetime:
    return datetime(year, 1, 1, tzinfo=UTC)


def _of_the_place(narrowing: Narrowing) -> Iterator[ColumnElement[bool]]:
    if narrowing.service is not None:
        yield ServiceRow.name == narrowing.service
    if narrowing.folder is not None:
        yield DirRow.path == narrowing.folder
        yield DirRow.source_id.in_(select(SourceRow.id))  # an index has the paths of each source in order
    if narrowing.left:
        yield PrincipalRow.left.is_(True)
    if narrowing.breadth is not None:
        yield func.coalesce(AccessRow.breadth, Breadth.UNKNOWN) == narrowing.breadth


def held_of(row: AnyRow) -> Held:
    """A row of `records` as a value."""
    outcome = Outcome(row.outcome) if row.outcome else None
    read = row.digest is not None and outcome in (Outcome.EXAMINED, Outcome.PARTIAL)
    account, *_ = owner = row[-len(PRINCIPAL) :]
    record = Record(
        ref=ItemRef(row.source, row.path + b"/" + row.name if row.path else row.name, part_of(row.part)),
        service=row.service, size=row.size, modified=row.modified, first_seen=row.first_seen,
        media_type=row.media_type, outcome=outcome,
        problem=Problem(ProblemCode(row.problem_code), row.problem_limit) if row.problem_code else None,
        assessment=_assessment(row) if read else None, digest=row.digest,
        pending=tuple(row.pending.split(",")) if row.pending else (), created=row.created, accessed=row.accessed,
        owner=account or "", dates=_dates(row.dates), hints=_hints(row.hints), terms=_terms(row.terms),
    )  # fmt: skip
    known = None if account is None else principal_of(*owner)
    return Held(row.id, record, _flag(row), row.file_id, known, Breadth(row.breadth or Breadth.UNKNOWN))


def _assessment(row: AnyRow) -> Assessment:
    special = tuple(row.special.split(",")) if row.special else ()
    return Assessment(row.personal, special, row.children, row.criminal, row.risk, json.loads(row.risk_parts))


def _dates(told: str | None) -> tuple[DatedBy, ...]:
    return tuple(DatedBy(DateSource(source), date.fromisoformat(on)) for source, on in json.loads(told or "[]"))


def _hints(told: str | None) -> tuple[RecordHint, ...]:
    return tuple(RecordHint(*hint) for hint in json.loads(told or "[]"))


def _terms(told: str | None) -> Mapping[str, int] | None:
    """Counts under each term's key: its id, "@", and what changes with its phrases."""
    return json.loads(told) if told else None


def _flag(row: AnyRow) -> Flag | None:
    if row.state is None:
        return None
    return Flag(State(row.state), Action(row.action), row.due, row.rule, row.sentence)

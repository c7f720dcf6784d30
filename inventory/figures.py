"""Sums over all that is held, for reports: each is one statement that groups, so that memory does not grow with it."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, case, false, func, literal, select, type_coerce

from domain.access import Breadth
from domain.audit import Act
from domain.decision import State
from domain.errors import ProblemCode
from domain.examination import Outcome
from domain.family import Family, family_of
from domain.figures import AGE_YEARS, Flagged, InFamily, OfYear, Owned, OwnedFiles, Read, Share
from domain.item import ItemKind
from domain.person import PrincipalKind
from domain.summary import Coverage, Tally
from inventory.dialects import total
from inventory.engine import Database, reading
from inventory.queries import AWAITS_OCR
from inventory.scoped import Conditions
from inventory.sums import sums
from inventory.tables import (
    AccessRow,
    AuditRow,
    ContentRow,
    DirRow,
    FlagRow,
    ItemRow,
    PrincipalRow,
    ScanRow,
    ServiceRow,
    SourceRow,
)

PRESENT, IS_FILE = ItemRow.gone.is_(None), ItemRow.kind == ItemKind.FILE
_DAY = 86_400_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TALLY = (func.count(), total(ItemRow.size))


def reads(database: Database) -> tuple[Read, ...]:
    """What came of examining, by share, outcome and reason."""
    is_part, is_folder = ItemRow.part != "", ItemRow.kind == ItemKind.FOLDER
    keys = (DirRow.source_id, ItemRow.outcome, ItemRow.problem_code, is_part, is_folder)
    summed = select(*keys, *_TALLY).join(DirRow, DirRow.id == ItemRow.dir_id).where(PRESENT).group_by(*keys)
    with reading(database) as connection:
        names = {row.id: row.name for row in connection.execute(select(SourceRow.id, SourceRow.name))}
        return tuple(
            Read(
                names[source], Outcome(outcome) if outcome else None, ProblemCode(code) if code else None,
                bool(part), bool(folder), Tally(*tally),
            )
            for source, outcome, code, part, folder, *tally in connection.execute(summed)
        )  # fmt: skip


def coverage_of(database: Database, service: str) -> Coverage:
    """How much of what a service holds was examined, as `Inventory.coverage` says it of everything."""
    kept = sums()
    of = select(ServiceRow.id).filter_by(name=service).scalar_subquery()
    waiting = (
        select(func.count()).select_from(ContentRow).join(ItemRow, ItemRow.content_id == ContentRow.id)
        .join(DirRow, DirRow.id == ItemRow.dir_id).where(PRESENT, AWAITS_OCR, DirRow.service_id == of)
    )  # fmt: skip
    outcomes: defaultdict[Outcome | None, Tally] = defaultdict(Tally)
    problems: Counter[ProblemCode] = Counter()
    parts = 0
    with reading(database) as connection:
        for row in connection.execute(select(kept).where(kept.c.service_id == of)):
            outcomes[Outcome(row.outcome) if row.outcome else None] += Tally(row.items, 0 if row.is_part else row.bytes)
            problems.update({ProblemCode(row.problem_code): row.items} if row.problem_code and row.items else {})
            parts += row.items if row.is_part else 0
        ocr = connection.execute(waiting).scalar_one()
    left = outcomes.pop(None, Tally())
    return Coverage({each: outcomes[each] for each in Outcome}, left, ocr, parts, dict(problems.most_common()))


def outcomes(database: Database, folders: Conditions = ()) -> tuple[tuple[str, bool, Tally], ...]:
    """By service, whether read to the end: of items, attachments too, with the bytes of files alone. By the sums."""
    if folders:
        return tuple(_outcomes_in(database, folders))
    kept = sums()
    whole = kept.c.outcome == Outcome.EXAMINED
    summed = (
        select(ServiceRow.name, whole, total(kept.c["items"]), total(case((kept.c.is_part, 0), else_=kept.c["bytes"])))
        .join(kept, kept.c.service_id == ServiceRow.id).group_by(ServiceRow.id, whole)
    )  # fmt: skip
    with reading(database) as connection:
        return tuple((name, bool(read), Tally(*tally)) for name, read, *tally in connection.execute(summed))


def _outcomes_in(database: Database, folders: Conditions) -> Iterator[tuple[str, bool, Tally]]:
    whole, is_outer = func.coalesce(ItemRow.outcome == Outcome.EXAMINED, false()), ItemRow.part == ""
    counts = ((func.count().filter(which), total(ItemRow.size, which, is_outer)) for which in (whole, ~whole))
    summed = _of_services(*chain(*counts)).where(PRESENT, *folders).group_by(ServiceRow.id)
    with reading(database) as connection:
        for name, *read, unread, size in connection.execute(summed):
            yield from ((name, True, Tally(*read)), (name, False, Tally(unread, size)))


def held(database: Database, folders: Conditions) -> tuple[tuple[str, Tally], ...]:
    """By service, the files in some folders."""
    summed = _of_services(*_TALLY).where(PRESENT, IS_FILE, *folders).group_by(ServiceRow.id)
    with reading(database) as connection:
        return tuple((name, Tally(*tally)) for name, *tally in connection.execute(summed))


def shares(database: Database) -> tuple[Share, ...]:
    """Every source with what its last scan says, one that was never scanned too."""
    newest = select(func.max(ScanRow.id)).group_by(ScanRow.source_id)
    scans = select(ScanRow.source_id, ScanRow.ended, ScanRow.complete).where(ScanRow.id.in_(newest))
    waiting = (
        select(DirRow.source_id, func.count()).select_from(ContentRow)
        .join(ItemRow, ItemRow.content_id == ContentRow.id).join(DirRow, DirRow.id == ItemRow.dir_id)
        .where(PRESENT, AWAITS_OCR).group_by(DirRow.source_id)
    )  # fmt: skip
    with reading(database) as connection:
        last = {row.source_id: row for row in connection.execute(scans)}
        ocr = {row[0]: row[1] for row in connection.execute(waiting)}
        sources = connection.execute(select(SourceRow.id, SourceRow.name).order_by(SourceRow.name)).all()
    return tuple(
        Share(
            source.name, last[source.id].ended if source.id in last else None,
            source.id in last and last[source.id].complete, ocr.get(source.id, 0),
        )
        for source in sources
    )  # fmt: skip


def families(database: Database) -> tuple[InFamily, ...]:
    """By service and family; what nobody has looked into counts by its name's extension."""
    is_part = ItemRow.part != ""
    typed = _of_services(ItemRow.media_type, is_part, *_TALLY).where(PRESENT, _TYPED, _COUNTS)
    untyped = _of_services(ItemRow.name, is_part, ItemRow.size).where(PRESENT, ~_TYPED, _COUNTS)
    files: defaultdict[tuple[str, Family], Tally] = defaultdict(Tally)
    inside: defaultdict[tuple[str, Family], int] = defaultdict(int)

    def count(key: tuple[str, Family], part: bool, tally: Tally) -> None:
        if part:
            inside[key] += tally.items
        else:
            files[key] += tally

    with reading(database) as connection:
        for service, media_type, part, *tally in connection.execute(
            typed.group_by(ServiceRow.id, ItemRow.media_type, is_part)
        ):
            count((service, family_of(media_type, b"")), part, Tally(*tally))
        for service, name, part, size in connection.execution_options(yield_per=10_000).execute(untyped):
            count((service, family_of(None, name)), part, Tally(1, size))
    return tuple(InFamily(*key, files[key], inside[key]) for key in sorted({*files, *inside}))


_TYPED = ItemRow.media_type.is_not(None)
_COUNTS = ItemRow.kind.in_((ItemKind.FILE, ItemKind.PART))


def years(database: Database, folders: Conditions = ()) -> tuple[OfYear, ...]:
    """Files by the year in which they began: the earlier of made and last changed, for a copy is made anew."""
    made, changed = (type_coerce(moment, BigInteger) for moment in (ItemRow.created, ItemRow.modified))
    began = case((made.is_(None), changed), (changed.is_(None), made), (made < changed, made), else_=changed)
    summed = select((began // _whole(_DAY)).label("began"), *_TALLY).where(PRESENT, IS_FILE).group_by("began")
    if folders:
        summed = summed.join(DirRow, DirRow.id == ItemRow.dir_id).where(*folders)
    found: defaultdict[int | None, Tally] = defaultdict(Tally)
    with reading(database) as connection:
        for number, *tally in connection.execute(summed):
            found[_year(number)] += Tally(*tally)
    return tuple(OfYear(year, found[year]) for year in sorted(found, key=lambda year: (year is None, year or 0)))


def _whole(number: int) -> Any:
    return literal(number, BigInteger, literal_execute=True)


def _year(day: int | None) -> int | None:
    """None of a day that is not in the calendar, or before there were such files."""
    if day is None or not 0 < day < 2_000_000:
        return None
    return (_EPOCH + timedelta(days=day)).year


def flagged(database: Database, today: date, folders: Conditions = ()) -> tuple[Flagged, ...]:
    """What the schedule says of files, by service, state and action, and how long their day has passed.

    Here and below, `folders` narrows it to some of them.
    """
    late = _late(today)
    keys = (ServiceRow.name, FlagRow.state, FlagRow.action, late)
    summed = (
        select(ServiceRow.name, FlagRow.state, FlagRow.action, late.label("late"), *_TALLY).select_from(FlagRow)
        .join(ItemRow, ItemRow.id == FlagRow.item_id).join(DirRow, DirRow.id == ItemRow.dir_id)
        .join(ServiceRow, ServiceRow.id == DirRow.service_id).where(PRESENT, IS_FILE, *folders)
        .group_by(ServiceRow.id, *keys[:-1], "late").order_by(*keys[:-1], "late")
    )  # fmt: skip
    with reading(database) as connection:
        return tuple(
            Flagged(service, state, action, late, Tally(*tally))
            for service, state, action, late, *tally in connection.execute(summed)
        )


def _late(today: date) -> ColumnElement[Any]:
    """The place in `AGES` of what is past its day."""
    ends = [_years_before(today, count) for count in AGE_YEARS]
    bands = [(FlagRow.due <= end, literal(place)) for place, end in reversed(list(enumerate(ends, start=1)))]
    return case((FlagRow.due.is_(None), None), *bands, (FlagRow.due <= today, literal(0)), else_=None)


def _years_before(today: date, years: int) -> date:
    day = 28 if (today.month, today.day) == (2, 29) else today.day
    return date(today.year - years, today.month, day)


def owned(database: Database, folders: Conditions = ()) -> tuple[OwnedFiles, ...]:
    """Files by service, by what is known of their owner, and by who can read them."""
    there, unknown = PrincipalRow.id.is_not(None), PrincipalRow.kind == PrincipalKind.UNKNOWN
    state = case(
        (~there, Owned.NOBODY),
        (PrincipalRow.left & unknown, Owned.DELETED),
        (PrincipalRow.left, Owned.LEFT),
        (PrincipalRow.resolved.is_(None), Owned.UNASKED),
        else_=Owned.KNOWN,
    )
    access = AccessRow.id == func.coalesce(ItemRow.access_id, DirRow.access_id)
    owner = PrincipalRow.id == func.coalesce(ItemRow.owner_id, AccessRow.owner_id)
    summed = (
        _of_services(state.label("of_owner"), AccessRow.breadth, *_TALLY).outerjoin(AccessRow, access)
        .outerjoin(PrincipalRow, owner).where(PRESENT, IS_FILE, *folders)
        .group_by(ServiceRow.id, "of_owner", AccessRow.breadth)
    )  # fmt: skip
    with reading(database) as connection:
        return tuple(
            OwnedFiles(service, Owned(state), Breadth(breadth or Breadth.UNKNOWN), Tally(*tally))
            for service, state, breadth, *tally in connection.execute(summed)
        )


def acts(database: Database) -> tuple[tuple[str, int, datetime, datetime], ...]:
    """What stands in the audit trail: each act, how often, and when first and last."""
    summed = (
        select(AuditRow.act, func.count(), func.min(AuditRow.at), func.max(AuditRow.at))
        .group_by(AuditRow.act).order_by(AuditRow.act)
    )  # fmt: skip
    with reading(database) as connection:
        rows = connection.execute(summed).all()
    return tuple((act, times, _moment(first), _moment(last)) for act, times, first, last in rows)


def frozen(database: Database) -> int | None:
    """How many files holds kept from anything when the schedule was last applied, as the audit trail says."""
    newest = select(AuditRow.facts).where(AuditRow.act == Act.SCHEDULE_EVALUATED).order_by(AuditRow.number.desc())
    with reading(database) as connection:
        facts = connection.execute(newest.limit(1)).scalar_one_or_none()
    return None if facts is None else int(json.loads(facts).get(State.HELD, 0))


def last_scans(database: Database) -> tuple[int, ...]:
    """The numbers of the last scan of each source."""
    with reading(database) as connection:
        return tuple(sorted(connection.execute(select(func.max(ScanRow.id)).group_by(ScanRow.source_id)).scalars()))


def _moment(microseconds: int) -> datetime:
    return _EPOCH + timedelta(microseconds=microseconds)


def _of_services(*columns: Any) -> Select[*tuple[Any, ...]]:
    return (
        select(ServiceRow.name, *columns).select_from(ItemRow).join(DirRow, DirRow.id == ItemRow.dir_id)
        .join(ServiceRow, ServiceRow.id == DirRow.service_id)
    )  # fmt: skip

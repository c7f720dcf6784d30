"""Sums over personal data, for reports: who can read it, who owns it, whose time is up, and the riskiest of it.

An item's score is made as `domain.risk` makes it, in whole numbers, so that a sum and a list never disagree.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import add
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    and_,
    case,
    exists,
    func,
    literal,
    literal_column,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from domain.access import Breadth
from domain.decision import State
from domain.figures import SENSITIVE_KINDS, Leaver, OpenFolder, Overstay, Risky, Sensitivity, Shadow, Shadows
from domain.finding import KINDS, Category
from domain.item import ItemKind, readable
from domain.risk import MILLIONTHS
from domain.summary import Tally
from inventory.dialects import in_parts, total
from inventory.engine import Database, reading
from inventory.held import LOOKED_INTO, PRESENT, SURE, Held, held_of, records
from inventory.scoped import Conditions
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
)

_WIDE = (Breadth.EVERYONE, Breadth.ORGANISATION)
_THEMES = tuple(category for category in Category if category is not Category.OTHER)
_OUTER, _FLAGGED = aliased(ItemRow), aliased(FlagRow)
TELLING_APART = frozenset(
    kind
    for kind, of in KINDS.items()
    if of is Category.IDENTITY and kind not in ("COUNCIL_REF", "UK_VEHICLE_REGISTRATION")
) | {"EMAIL_ADDRESS", "UK_PHONE", "UK_ACCOUNT"}
"""Kinds of which one person mostly has one, so the most values of any of them is about how many people there are."""


@dataclass(frozen=True, slots=True)
class Among:
    """Which personal data is meant: of a `service`; with some of these `kinds`; `outside` these folders and all below;
    in `folders` alone.

    `factors` are what a content's score is multiplied by where an item lies, in millionths: by breadth, and whether it
    is late.
    """

    factors: Mapping[tuple[Breadth, bool], int]
    service: str | None = None
    kinds: frozenset[str] = frozenset()
    outside: tuple[bytes, ...] = ()
    folders: Conditions = ()


@dataclass(frozen=True, slots=True)
class Late:
    """An item as it stands in a list of risks: with its score in its place, what it was found to hold, and its day."""

    held: Held
    kinds: Mapping[str, int]
    due: date | None


def risky(database: Database, among: Among) -> tuple[Risky, ...]:
    """All items with personal data, by service, who can read them, whether their owner left, and their themes."""
    score, themes = _score(among), _themes()
    keys = (ServiceRow.id, AccessRow.breadth, PrincipalRow.left, themes.c.mask)
    counted = (
        *(_count(score >= low, score < low + 20 if low < 80 else None) for low in range(0, 100, 20)),
        func.max(score), _count(ContentRow.special != ""), _count(ContentRow.children), _count(ContentRow.criminal),
        _count(_FLAGGED.item_id.is_not(None)),
    )  # fmt: skip
    summed = _placed(among, ServiceRow.name, *keys[1:], *counted).outerjoin(
        themes, themes.c.content_id == ContentRow.id
    )
    with reading(database) as connection:
        return tuple(
            Risky(service, Breadth(breadth or Breadth.UNKNOWN), bool(left), _of_mask(mask or 0), tuple(bands), *rest)
            for service, breadth, left, mask, *bands, rest in (
                (*row[:9], row[9:]) for row in connection.execute(summed.group_by(*keys))
            )
        )


def riskiest(database: Database, among: Among, most: int) -> tuple[Late, ...]:
    """Those that score highest, highest first; of equals the one met first."""
    chosen = _placed(among, ItemRow.id, _FLAGGED.due).order_by(_score(among).desc(), ItemRow.id).limit(most)
    with reading(database) as connection:
        due = {row[0]: row[1] for row in connection.execute(chosen)}
        held: dict[int, Held] = {}
        kinds: dict[int, dict[str, int]] = {}
        for some in in_parts(list(due)):
            held |= {row.id: held_of(row) for row in connection.execute(records().where(ItemRow.id.in_(some)))}
            kinds |= _kinds(connection, some)
    return tuple(Late(held[number], kinds.get(number, {}), day) for number, day in due.items())


def open_folders(database: Database, among: Among, most: int) -> tuple[int, tuple[OpenFolder, ...]]:
    """How many folders with personal data many can read, and the worst of them."""
    score = _score(among)
    counted = (func.count().label("personal"), _count(score >= 60).label("high"), func.max(score).label("highest"))
    wide = _placed(among, DirRow.id.label("folder"), AccessRow.breadth, *counted).where(AccessRow.breadth.in_(_WIDE))
    folders = wide.group_by(DirRow.id, AccessRow.breadth).subquery()
    worst = (
        select(SourceRow.name, DirRow.path, ServiceRow.name, folders.c.breadth, folders.c.personal, folders.c.high,
               folders.c.highest)
        .join(DirRow, DirRow.id == folders.c.folder).join(SourceRow, SourceRow.id == DirRow.source_id)
        .join(ServiceRow, ServiceRow.id == DirRow.service_id)
        .order_by(folders.c.breadth, folders.c.high.desc(), folders.c.personal.desc(), DirRow.id).limit(most)
    )  # fmt: skip
    with reading(database) as connection:
        count = connection.execute(select(func.count(folders.c.folder.distinct()))).scalar_one()
        return count, tuple(
            OpenFolder(source, readable(path), service, Breadth(breadth), *counts)
            for source, path, service, breadth, *counts in connection.execute(worst)
        )


def leavers(database: Database, among: Among, most: int) -> tuple[int, tuple[Leaver, ...]]:
    """How many people who have left still own files, and those who own most."""
    access = AccessRow.id == func.coalesce(ItemRow.access_id, DirRow.access_id)
    owner = PrincipalRow.id == func.coalesce(ItemRow.owner_id, AccessRow.owner_id)
    personal = and_(_PERSONAL, LOOKED_INTO)
    summed = (
        select(PrincipalRow.name, PrincipalRow.account, PrincipalRow.service, func.count().label("files"),
               total(ItemRow.size).label("bytes"), _count(personal).label("personal"), func.max(ItemRow.modified))
        .select_from(ItemRow).join(DirRow, DirRow.id == ItemRow.dir_id).outerjoin(AccessRow, access)
        .join(PrincipalRow, owner).outerjoin(ContentRow, ContentRow.id == ItemRow.content_id)
        .where(PRESENT, ItemRow.kind == ItemKind.FILE, PrincipalRow.left.is_(True), *_in_service(among))
        .group_by(PrincipalRow.id)
    )  # fmt: skip
    with reading(database) as connection:
        count = connection.execute(select(func.count()).select_from(summed.subquery())).scalar_one()
        rows = connection.execute(summed.order_by(func.count().desc(), PrincipalRow.id).limit(most)).all()
    return count, tuple(
        Leaver(name or account, service, Tally(files, size), personal, newest)
        for name, account, service, files, size, personal, newest in rows
    )


def overstays(database: Database, among: Among) -> tuple[Overstay, ...]:
    """Personal contents in files past their day, each once in a service and since its earliest day there."""
    people, worst = _people(), _sensitivity()
    chosen = _placed(among, DirRow.service_id, ContentRow.id.label("content"), func.min(_FLAGGED.due).label("due"))
    late = chosen.where(_FLAGGED.due.is_not(None)).group_by(DirRow.service_id, ContentRow.id).subquery()
    summed = (
        select(ServiceRow.name, worst.c.worst, late.c.due, func.count(), total(func.coalesce(people.c.people, 1)))
        .select_from(late).join(ServiceRow, ServiceRow.id == late.c.service_id)
        .outerjoin(people, people.c.content_id == late.c.content)
        .outerjoin(worst, worst.c.content_id == late.c.content)
        .group_by(ServiceRow.id, worst.c.worst, late.c.due)
    )  # fmt: skip
    order = tuple(Sensitivity)
    with reading(database) as connection:
        return tuple(
            Overstay(service, order[2 if rank is None else rank], due, contents, count)
            for service, rank, due, contents, count in connection.execute(summed)
        )


def shadows(
    database: Database, among: Among, since: datetime, most: int
) -> tuple[tuple[Shadows, ...], tuple[Shadow, ...]]:
    """Spreadsheets, tables and databases with personal data, by service; and those with most people in them."""
    people = _people()
    tables = _placed(among, ItemRow.id).where(ItemRow.kind == ItemKind.FILE, _IS_TABLE)
    tables = tables.join(people, people.c.content_id == ContentRow.id).where(people.c.people >= _A_TABLE_OF)
    lately = _count(ItemRow.modified >= since)
    summed = tables.with_only_columns(
        ServiceRow.name, func.count(), total(ItemRow.size), lately, total(people.c.people)
    ).group_by(ServiceRow.id).order_by(ServiceRow.name)  # fmt: skip
    chosen = tables.with_only_columns(ItemRow.id, people.c.people, _score(among)).order_by(
        people.c.people.desc(), ItemRow.id
    ).limit(most)  # fmt: skip
    with reading(database) as connection:
        of_services = tuple(
            Shadows(service, Tally(items, size), recent, count)
            for service, items, size, recent, count in connection.execute(summed)
        )
        told = {number: (count, score) for number, count, score in connection.execute(chosen)}
        listed: dict[int, Shadow] = {}
        for some in in_parts(list(told)):
            kinds = _kinds(connection, some)
            for row in connection.execute(records().where(ItemRow.id.in_(some))):
                held = held_of(row)
                record = held.record
                listed[held.number] = Shadow(
                    record.ref.path, record.service, told[held.number][0], kinds.get(held.number, {}), record.size,
                    record.modified, held.breadth, told[held.number][1],
                )  # fmt: skip
    return of_services, tuple(listed[number] for number in told)


_A_TABLE_OF = 10
"""Fewer values than this are a letter with a table in it."""
_SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_TABLES = (
    f"{_SHEETS}sheet", f"{_SHEETS}template", "application/vnd.ms-excel",
    "application/vnd.ms-excel.sheet.macroenabled.12",
    "application/vnd.ms-excel.template.macroenabled.12", "application/vnd.ms-excel.sheet.binary.macroenabled.12",
    "application/vnd.oasis.opendocument.spreadsheet", "application/vnd.oasis.opendocument.spreadsheet-template",
    "application/vnd.oasis.opendocument.database", "text/csv", "text/tab-separated-values", "application/vnd.sqlite3",
    "application/x-msaccess", "application/x-dbf", "application/sql",
)  # fmt: skip
_IS_TABLE = ItemRow.media_type.in_(_TABLES)
_PERSONAL: ColumnElement[Any] = literal_column("content.personal")


def _placed(among: Among, *columns: Any) -> Select[*tuple[Any, ...]]:
    """Of items with personal data, with their rights, their owner, and as `_FLAGGED` what their file's day is if it has
    passed: what lies in a file is as late as the file.
    """
    outer = (
        (ItemRow.part != "") & (_OUTER.dir_id == ItemRow.dir_id) & (_OUTER.name == ItemRow.name) & (_OUTER.part == "")
    )
    access = AccessRow.id == func.coalesce(ItemRow.access_id, _OUTER.access_id, DirRow.access_id)
    owner = PrincipalRow.id == func.coalesce(ItemRow.owner_id, _OUTER.owner_id, AccessRow.owner_id)
    flag = (_FLAGGED.item_id == func.coalesce(_OUTER.id, ItemRow.id)) & (_FLAGGED.state == State.DUE)
    chosen = (
        select(*columns).select_from(ItemRow).join(ContentRow, ContentRow.id == ItemRow.content_id)
        .join(DirRow, DirRow.id == ItemRow.dir_id).join(ServiceRow, ServiceRow.id == DirRow.service_id)
        .outerjoin(_OUTER, outer).outerjoin(AccessRow, access).outerjoin(PrincipalRow, owner).outerjoin(_FLAGGED, flag)
        .where(PRESENT, _PERSONAL, LOOKED_INTO, *_in_service(among), *among.folders)
    )  # fmt: skip
    if among.kinds:
        kinds = exists().where(FindingRow.content_id == ContentRow.id, FindingRow.kind.in_(sorted(among.kinds)), SURE)
        chosen = chosen.where(kinds)
    for folder in among.outside:
        chosen = chosen.where(
            ~or_(DirRow.path == folder, and_(DirRow.path > folder + b"/", DirRow.path < folder + b"0"))
        )
    return chosen


def _in_service(among: Among) -> tuple[ColumnElement[bool], ...]:
    """Of rows that are joined to their folder."""
    if among.service is None:
        return ()
    return (DirRow.service_id == select(ServiceRow.id).filter_by(name=among.service).scalar_subquery(),)


def _score(among: Among) -> Any:
    """As `domain.risk.risk_in_place` makes it."""
    late = _FLAGGED.item_id.is_not(None)
    raising = [
        (and_(AccessRow.breadth == breadth, late if is_late else ~late), _whole(factor))
        for (breadth, is_late), factor in among.factors.items()
        if breadth is not Breadth.UNKNOWN
    ]
    unknown = among.factors.get((Breadth.UNKNOWN, True), MILLIONTHS)
    factor = case(*raising, (late, _whole(unknown)), else_=_whole(MILLIONTHS))
    raised = (ContentRow.risk * factor + _whole(MILLIONTHS // 2)) // _whole(MILLIONTHS)
    return case((raised > 100, _whole(100)), else_=raised)


def _whole(number: int) -> Any:
    return literal(number, Integer, literal_execute=True)


def _count(*conditions: Any) -> Any:
    return total(case((and_(*(each for each in conditions if each is not None)), 1), else_=0))


def _themes() -> Any:
    """The themes of each content, a bit each in the order of `_THEMES`."""
    bits = (
        func.max(case((FindingRow.kind.in_(sorted(_kinds_of(theme))), 1 << place), else_=0))
        for place, theme in enumerate(_THEMES)
    )
    mask = reduce(add, bits)
    return select(FindingRow.content_id, mask.label("mask")).where(SURE).group_by(FindingRow.content_id).subquery()


def _kinds_of(theme: Category) -> frozenset[str]:
    return frozenset(kind for kind, of in KINDS.items() if of is theme)


def _of_mask(mask: int) -> frozenset[Category]:
    return frozenset(theme for place, theme in enumerate(_THEMES) if mask >> place & 1)


def _people() -> Any:
    """About how many people each content tells apart."""
    kinds = FindingRow.kind.in_(sorted(TELLING_APART))
    people = func.max(FindingRow.count).label("people")
    return select(FindingRow.content_id, people).where(SURE, kinds).group_by(FindingRow.content_id).subquery()


def _sensitivity() -> Any:
    """The place of each content's worst kind in `Sensitivity`."""
    identity = [
        kind for kind, of in KINDS.items() if of in (Category.IDENTITY, Category.FINANCIAL, Category.CREDENTIAL)
    ]
    rank = case(
        (FindingRow.kind.in_(sorted(SENSITIVE_KINDS)), 0),
        (FindingRow.kind.in_(sorted(set(identity) - {"PERSON", "COUNCIL_REF"})), 1),
        else_=2,
    )
    worst = func.min(rank).label("worst")
    return select(FindingRow.content_id, worst).where(SURE).group_by(FindingRow.content_id).subquery()


def _kinds(connection: Connection, items: Sequence[int]) -> dict[int, dict[str, int]]:
    """What items were found to hold, for sure."""
    kinds: dict[int, dict[str, int]] = {}
    found = select(ItemRow.id, FindingRow.kind, FindingRow.count).join(
        FindingRow, FindingRow.content_id == ItemRow.content_id
    )
    for number, kind, count in connection.execute(found.where(ItemRow.id.in_(items), SURE).order_by(FindingRow.kind)):
        kinds.setdefault(number, {})[kind] = count
    return kinds

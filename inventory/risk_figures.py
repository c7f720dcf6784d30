"""Sums over personal data, for reports: who can read it, who owns it, whose time is up, and the riskiest of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, and_, func, select

from domain.access import Breadth
from domain.figures import Leaver, OpenFolder, Overstay, Risky, Sensitivity, Shadow, Shadows
from domain.item import ItemKind, readable
from domain.summary import Tally
from inventory.dialects import in_parts, total
from inventory.engine import Database, reading
from inventory.held import LOOKED_INTO, PRESENT, Held, held_of, records
from inventory.placed import FLAGGED, PERSONAL, Among, count_of, in_service, placed, score_in
from inventory.risk_kinds import kinds_in, people_of_contents, sensitivity_of_contents, themes_of, themes_of_contents
from inventory.tables import AccessRow, ContentRow, DirRow, ItemRow, PrincipalRow, ServiceRow, SourceRow

_WIDE = (Breadth.EVERYONE, Breadth.ORGANISATION)


@dataclass(frozen=True, slots=True)
class Late:
    """An item as it stands in a list of risks: with its score in its place, what it was found to hold, and its day."""

    held: Held
    kinds: Mapping[str, int]
    due: date | None


def risky(database: Database, among: Among) -> tuple[Risky, ...]:
    """All items with personal data, by service, who can read them, whether their owner left, and their themes."""
    score, themes = score_in(among), themes_of_contents()
    keys = (ServiceRow.id, AccessRow.breadth, PrincipalRow.left, themes.c.mask)
    counted = (
        *(count_of(score >= low, score < low + 20 if low < 80 else None) for low in range(0, 100, 20)),
        func.max(score), count_of(ContentRow.special != ""), count_of(ContentRow.children),
        count_of(ContentRow.criminal), count_of(FLAGGED.item_id.is_not(None)),
    )  # fmt: skip
    summed = placed(among, ServiceRow.name, *keys[1:], *counted).outerjoin(themes, themes.c.content_id == ContentRow.id)
    with reading(database) as connection:
        return tuple(
            Risky(service, Breadth(breadth or Breadth.UNKNOWN), bool(left), themes_of(mask or 0), tuple(bands), *rest)
            for service, breadth, left, mask, *bands, rest in (
                (*row[:9], row[9:]) for row in connection.execute(summed.group_by(*keys))
            )
        )


def riskiest(database: Database, among: Among, most: int) -> tuple[Late, ...]:
    """Those that score highest, highest first; of equals the one met first."""
    chosen = placed(among, ItemRow.id, FLAGGED.due).order_by(score_in(among).desc(), ItemRow.id).limit(most)
    with reading(database) as connection:
        due = {row[0]: row[1] for row in connection.execute(chosen)}
        held: dict[int, Held] = {}
        kinds: dict[int, dict[str, int]] = {}
        for some in in_parts(list(due)):
            held |= {row.id: held_of(row) for row in connection.execute(records().where(ItemRow.id.in_(some)))}
            kinds |= kinds_in(connection, some)
    return tuple(Late(held[number], kinds.get(number, {}), day) for number, day in due.items())


def open_folders(database: Database, among: Among, most: int) -> tuple[int, tuple[OpenFolder, ...]]:
    """How many folders with personal data many can read, and the worst of them."""
    score = score_in(among)
    counted = (func.count().label("personal"), count_of(score >= 60).label("high"), func.max(score).label("highest"))
    wide = placed(among, DirRow.id.label("folder"), AccessRow.breadth, *counted).where(AccessRow.breadth.in_(_WIDE))
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
    personal = and_(PERSONAL, LOOKED_INTO)
    summed = (
        select(PrincipalRow.name, PrincipalRow.account, PrincipalRow.service, func.count().label("files"),
               total(ItemRow.size).label("bytes"), count_of(personal).label("personal"), func.max(ItemRow.modified))
        .select_from(ItemRow).join(DirRow, DirRow.id == ItemRow.dir_id).outerjoin(AccessRow, access)
        .join(PrincipalRow, owner).outerjoin(ContentRow, ContentRow.id == ItemRow.content_id)
        .where(PRESENT, ItemRow.kind == ItemKind.FILE, PrincipalRow.left.is_(True), *in_service(among))
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
    people, worst = people_of_contents(), sensitivity_of_contents()
    chosen = placed(among, DirRow.service_id, ContentRow.id.label("content"), func.min(FLAGGED.due).label("due"))
    late = chosen.where(FLAGGED.due.is_not(None)).group_by(DirRow.service_id, ContentRow.id).subquery()
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
    people = people_of_contents()
    tables = placed(among, ItemRow.id).where(ItemRow.kind == ItemKind.FILE, _IS_TABLE)
    tables = tables.join(people, people.c.content_id == ContentRow.id).where(people.c.people >= _A_TABLE_OF)
    lately = count_of(ItemRow.modified >= since)
    summed = tables.with_only_columns(
        ServiceRow.name, func.count(), total(ItemRow.size), lately, total(people.c.people)
    ).group_by(ServiceRow.id).order_by(ServiceRow.name)  # fmt: skip
    chosen = tables.with_only_columns(ItemRow.id, people.c.people, score_in(among)).order_by(
        people.c.people.desc(), ItemRow.id
    ).limit(most)  # fmt: skip
    with reading(database) as connection:
        of_services = tuple(
            Shadows(service, Tally(items, size), recent, count)
            for service, items, size, recent, count in connection.execute(summed)
        )
        listed = _shadows(connection, {number: (count, score) for number, count, score in connection.execute(chosen)})
    return of_services, listed


def _shadows(connection: Connection, told: Mapping[int, tuple[int, int]]) -> tuple[Shadow, ...]:
    """In the order in which they are told: how many people are in each, and its score."""
    listed: dict[int, Shadow] = {}
    for some in in_parts(list(told)):
        kinds = kinds_in(connection, some)
        for row in connection.execute(records().where(ItemRow.id.in_(some))):
            held = held_of(row)
            record, (people, score) = held.record, told[held.number]
            listed[held.number] = Shadow(
                record.ref.path, record.service, people, kinds.get(held.number, {}), record.size, record.modified,
                held.breadth, score,
            )  # fmt: skip
    return tuple(listed[number] for number in told)


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

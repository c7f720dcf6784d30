"""What examining took, by family of file: the measured ground of a forecast."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, case, func, select

from domain.family import Family, family_of
from inventory.engine import reading
from inventory.tables import ContentRow, ItemRow

_PAGE = 10_000


@dataclass(frozen=True, slots=True)
class Cost:
    """Files of one family that are held. Of `measured` of them it is known what they took: `seconds` of CPU, with all
    that is inside them (`parts`), as if no content were there twice.
    """

    files: int = 0
    bytes: int = 0
    parts: int = 0
    measured: int = 0
    seconds: float = 0.0

    def __add__(self, other: Cost) -> Cost:
        return Cost(
            self.files + other.files, self.bytes + other.bytes, self.parts + other.parts,
            self.measured + other.measured, self.seconds + other.seconds,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ground:
    """What an inventory says of its estate: costs by family, the share of the CPU seconds that is spent but once
    because copies are not examined again, and the database's bytes.
    """

    costs: Mapping[Family, Cost]
    distinct: float
    database_bytes: int


def ground_of(engine: Engine) -> Ground:
    """The ground that an inventory gives: of an empty one no costs. Raises InventoryError."""
    costs: dict[Family, Cost] = {}
    with reading(engine) as connection:
        for family, cost in (*_looked_into(connection), *_not_looked_into(connection)):
            costs[family] = costs.get(family, Cost()) + cost
        once = connection.execute(select(func.coalesce(func.sum(ContentRow.seconds), 0.0)).where(_HELD)).scalar_one()
        size = connection.exec_driver_sql(_SIZE[engine.dialect.name]).scalar_one()
    as_often = sum(cost.seconds for cost in costs.values())
    return Ground(costs, min(1.0, once / as_often) if as_often else 1.0, int(size))


_SIZE = {
    "sqlite": "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size",
    "postgresql": "SELECT pg_database_size(current_database())",
}

_PRESENT = (ItemRow.gone.is_(None), ItemRow.kind.in_(("file", "part")))
_HELD = ContentRow.id.in_(select(ItemRow.content_id).where(*_PRESENT))

_OUTER = case((ItemRow.part == "", 1), else_=0)

_FILES = (
    select(
        func.max(case((ItemRow.part == "", ItemRow.media_type))).label("media_type"),
        func.max(case((ItemRow.part == "", ItemRow.size))).label("size"),
        func.sum(1 - _OUTER).label("parts"),
        func.sum(ContentRow.seconds).label("seconds"),
    )
    .join(ContentRow, ContentRow.id == ItemRow.content_id, isouter=True)
    .where(*_PRESENT)
    .group_by(ItemRow.dir_id, ItemRow.name)
    .subquery()
)
"""Each file with what it and all that is inside it took."""


def _looked_into(connection: Connection) -> Iterator[tuple[Family, Cost]]:
    columns = (func.count(), func.sum(_FILES.c.size), func.sum(_FILES.c.parts), func.count(_FILES.c.seconds),
               func.coalesce(func.sum(_FILES.c.seconds), 0.0))  # fmt: skip
    asked = select(_FILES.c.media_type, *columns).where(_FILES.c.media_type.is_not(None))
    for media_type, files, size, parts, measured, seconds in connection.execute(asked.group_by(_FILES.c.media_type)):
        yield family_of(media_type, b""), Cost(files, int(size), int(parts), measured, float(seconds))


def _not_looked_into(connection: Connection) -> Iterator[tuple[Family, Cost]]:
    asked = select(ItemRow.name, ItemRow.size).where(
        ItemRow.gone.is_(None), ItemRow.kind == "file", ItemRow.media_type.is_(None)
    )
    for name, size in connection.execution_options(yield_per=_PAGE).execute(asked):
        yield family_of(None, name), Cost(1, size)

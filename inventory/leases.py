"""Items as leases name them, by their numbers, and the rows in which Procrastinate keeps leases that are not done.

For PostgreSQL alone: on one machine nothing is leased.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select, text

from domain.examination import Cursor
from domain.item import Item
from inventory.address import connectable, conninfo
from inventory.engine import Database, reading, writing
from inventory.noted import FACTS, item_of
from inventory.noting import Unexamined
from inventory.recorder import RunningScan
from inventory.recording import AnyRow
from inventory.tables import ContentRow, DirRow, ItemRow, PrincipalRow, ScanRow, SourceRow


@dataclass(frozen=True, slots=True)
class Open:
    """How many leases wait for a host, and how many are with one."""

    waiting: int
    held: int

    def __bool__(self) -> bool:
        return bool(self.waiting or self.held)


def driver_address(url: str) -> str:
    """The address of the inventory as PostgreSQL's own library takes it, with its password."""
    return conninfo(connectable(url))


@contextmanager
def driver_connection(database: Database) -> Iterator[Any]:
    """One transaction that writes, as the connection of the database's driver: for a library that joins it."""
    with writing(database) as connection:
        yield connection.connection.driver_connection


def running_scan(database: Database, scan_id: int) -> RunningScan | None:
    with reading(database) as connection:
        row = connection.execute(_SCAN, {"scan": scan_id}).one_or_none()
    return row and RunningScan(row.id, row.source_id, row.name, row.pipeline)


def numbers(database: Database, source_id: int, items: Sequence[Item]) -> list[int]:
    """The numbers of items of a source, in their order; what is no longer in the inventory has none."""
    asked = {
        "source": source_id,
        "folders": [item.ref.folder for item in items],
        "names": [item.ref.name for item in items],
    }
    with reading(database) as connection:
        return list(connection.execute(_NUMBERS, asked).scalars())


def leased_items(database: Database, scan: RunningScan, item_ids: Sequence[int]) -> dict[int, Unexamined]:
    """Those of these items that are still to be examined, and where to go on in each."""
    with reading(database) as connection:
        rows = connection.execute(_WAITING, {"numbers": list(item_ids)}).all()
    found = {row.id: Unexamined(item_of(scan.source, row, row.path), _cursor(row, scan)) for row in rows}
    return {number: found[number] for number in item_ids if number in found}


def proof_items(database: Database, scan: RunningScan, item_ids: Sequence[int]) -> dict[int, Unexamined]:
    """Of items that were drawn to be read again those whose content is known, each with its digest."""
    with reading(database) as connection:
        rows = connection.execute(_PROOFS, {"numbers": list(item_ids)}).all()
    return {row.id: Unexamined(item_of(scan.source, row, row.path), proof=row.digest) for row in rows}


def picture_items(database: Database, scan: RunningScan, item_ids: Sequence[int]) -> dict[int, Unexamined]:
    """Those of these items that are still there, to have the text in their pictures read."""
    with reading(database) as connection:
        rows = connection.execute(_THERE, {"numbers": list(item_ids)}).all()
    return {row.id: Unexamined(item_of(scan.source, row, row.path)) for row in rows}


def open_leases(database: Database, queues: Sequence[str]) -> Open:
    """The leases of these queues that are not done."""
    with reading(database) as connection:
        counted: dict[str, int] = {row[0]: row[1] for row in connection.execute(_OPEN, {"queues": list(queues)})}
    return Open(counted.get("todo", 0), counted.get("doing", 0))


def all_open_leases(database: Database) -> Open:
    """The leases of all queues that are not done; none where nothing is leased."""
    if database.dialect.name == "sqlite":
        return Open(0, 0)
    with reading(database) as connection:
        counted: dict[str, int] = {row[0]: row[1] for row in connection.execute(_ALL_OPEN)}
    return Open(counted.get("todo", 0), counted.get("doing", 0))


def items_in_leases(database: Database, queue: str) -> set[int]:
    """The numbers of all items that are in a lease which is not done."""
    with reading(database) as connection:
        return set(connection.execute(_IN_LEASES, {"queue": queue}).scalars())


def count_alone(database: Database, job: int) -> None:
    """Write down that a host begins the one item of a lease with nothing else under way: should it die, that was it."""
    with writing(database) as connection:
        connection.execute(_ALONE, {"job": job})


def drop_waiting_leases(database: Database, pattern: str, but: str) -> int:
    """Take back the leases of queues of this pattern (LIKE) that no host has taken, those of one queue apart."""
    with writing(database) as connection:
        return connection.execute(_DROP, {"pattern": pattern, "but": but}).rowcount


def _cursor(row: AnyRow, scan: RunningScan) -> Cursor | None:
    """Where an interrupted container goes on; None where it must begin anew."""
    if row.rest_at is None or row.pipeline not in (scan.pipeline, scan.pipeline.partition("/")[0]):
        return None
    at = tuple(int(position) for position in row.rest_at.split(","))
    return Cursor(at, row.rest_parts, row.rest_expanded, row.rest_digest or b"", row.rest_seconds, version=row.version)


_SCAN = select(ScanRow.id, ScanRow.source_id, SourceRow.name, ScanRow.pipeline).join(
    SourceRow, SourceRow.id == ScanRow.source_id
).where(ScanRow.id == bindparam("scan"))  # fmt: skip

_ITEMS = select(
    ItemRow.id, DirRow.path, ItemRow.pipeline, ItemRow.rest_at, ItemRow.rest_parts, ItemRow.rest_expanded,
    ItemRow.rest_digest, ItemRow.rest_seconds, *FACTS,
).select_from(ItemRow).join(DirRow, DirRow.id == ItemRow.dir_id).join(
    PrincipalRow, PrincipalRow.id == ItemRow.owner_id, isouter=True
)  # fmt: skip
_THERE = _ITEMS.where(ItemRow.id.in_(bindparam("numbers", expanding=True)), ItemRow.gone.is_(None))
_WAITING = _THERE.where(ItemRow.outcome.is_(None) | ItemRow.rest_at.is_not(None))
_PROOFS = _THERE.add_columns(ContentRow.digest).join(ContentRow, ContentRow.id == ItemRow.content_id)

_NUMBERS = text("""
    SELECT item.id
      FROM unnest(CAST(:folders AS bytea[]), CAST(:names AS bytea[])) WITH ORDINALITY AS asked (folder, name, at)
      JOIN dir ON dir.source_id = :source AND dir.path = asked.folder
      JOIN item ON item.dir_id = dir.id AND item.name = asked.name AND item.part = ''
     ORDER BY asked.at
""")
_OPEN = text("""
    SELECT CAST(status AS text), count(*) FROM procrastinate_jobs
     WHERE queue_name = ANY(:queues) AND status IN ('todo', 'doing') GROUP BY status
""")
_ALL_OPEN = text("""
    SELECT CAST(status AS text), count(*) FROM procrastinate_jobs
     WHERE task_name IN ('examine', 'recognise') AND status IN ('todo', 'doing') GROUP BY status
""")
_IN_LEASES = text("""
    SELECT CAST(number AS bigint)
      FROM procrastinate_jobs, jsonb_array_elements_text(args -> 'items') AS number
     WHERE queue_name = :queue AND status IN ('todo', 'doing')
""")
_ALONE = text("""
    UPDATE procrastinate_jobs SET args = jsonb_set(args, '{alone}', to_jsonb(CAST(args ->> 'alone' AS integer) + 1))
     WHERE id = :job
""")
_DROP = text("""
    DELETE FROM procrastinate_jobs WHERE queue_name LIKE :pattern AND queue_name <> :but AND status = 'todo'
""")

"""What people said of the class of items and of folders, as it is stored."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, and_, delete, or_, select

from domain.item import readable
from domain.record_class import ClassClaim, ClassRegister, Ground
from inventory.dialects import upsert
from inventory.engine import Database, reading
from inventory.tables import DirRow, ItemClassRow, MappingRow, SourceRow


def register(database: Database) -> ClassRegister:
    """All that people have said so far, to be asked for what it says of an item."""
    with reading(database) as connection:
        items = {
            row.item_id: ClassClaim(row.record_class, Ground.PERSON, f"a person decided so on {row.decided}: {row.why}")
            for row in connection.execute(select(*_DECIDED))
        }
        rows = connection.execute(select(SourceRow.name, *_MAPPED).join(SourceRow))
        folders = {(row.name, row.path): _mapped(row.path, row.record_class, row.approved) for row in rows}
    return ClassRegister(items, folders)


def decide_class(connection: Connection, number: int, record_class: str, why: str, account: str, today: date) -> None:
    """Write down of what class an item is; it takes the place of what somebody decided before."""
    said = {"record_class": record_class, "why": why, "account": account, "decided": today}
    statement = upsert(connection, ItemClassRow).values(item_id=number, **said)
    connection.execute(statement.on_conflict_do_update(index_elements=["item_id"], set_=said))


def undecide_class(connection: Connection, number: int) -> None:
    """Take back what somebody decided."""
    connection.execute(delete(ItemClassRow).where(ItemClassRow.item_id == number))


def map_folder(
    connection: Connection, source: str, path: bytes, record_class: str | None, account: str, today: date
) -> None:
    """Write down of what class a folder's records are; None takes back what was said."""
    source_id = connection.execute(select(SourceRow.id).where(SourceRow.name == source)).scalar_one()
    if record_class is None:
        here = (MappingRow.source_id == source_id, MappingRow.path == path)
        connection.execute(delete(MappingRow).where(*here))
        return
    said = {"record_class": record_class, "account": account, "approved": today}
    statement = upsert(connection, MappingRow).values(source_id=source_id, path=path, **said)
    connection.execute(statement.on_conflict_do_update(index_elements=["source_id", "path"], set_=said))


def mapped(connection: Connection) -> dict[tuple[str, bytes], str]:
    """(Source, folder) → class, of every folder that was mapped."""
    rows = connection.execute(select(SourceRow.name, MappingRow.path, MappingRow.record_class).join(SourceRow))
    return {(row.name, row.path): row.record_class for row in rows}


def is_folder(connection: Connection, source: str, path: bytes) -> bool:
    """Whether a scan has listed that folder, or one below it."""
    below = and_(DirRow.path > path + b"/", DirRow.path < path + b"0")  # "0" comes behind "/"
    here = select(DirRow.id).join(SourceRow).where(SourceRow.name == source, or_(DirRow.path == path, below))
    return connection.execute(here.limit(1)).first() is not None


_DECIDED = (ItemClassRow.item_id, ItemClassRow.record_class, ItemClassRow.why, ItemClassRow.decided)
_MAPPED = (MappingRow.path, MappingRow.record_class, MappingRow.approved)


def _mapped(path: bytes, record_class: str, approved: date) -> ClassClaim:
    """As specific as the glob of all below that folder, beside what the schedule itself maps."""
    length = len(readable(path)) + 1
    why = f'its folder "{readable(path)}" was mapped to it on {approved}'
    return ClassClaim(record_class, Ground.FOLDER, why, (length, length))

"""Where a source lies, and the numbers by which an inventory knows its sources and services."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from inventory.dialects import upsert
from inventory.engine import InventoryError
from inventory.tables import ServiceRow, SettingRow, SourceRow


@dataclass(frozen=True, slots=True)
class Place:
    """A source as the inventory knows it: by its root. No two may overlap, or files would be counted twice."""

    name: str
    root: bytes

    def overlaps(self, root: bytes) -> bool:
        return _is_below(self.root, root) or _is_below(root, self.root)


def same_key(connection: Connection, key_id: str) -> None:
    first = upsert(connection, SettingRow).values(name="key_id", value=key_id)
    connection.execute(first.on_conflict_do_nothing())
    if connection.execute(select(SettingRow.value).where(SettingRow.name == "key_id")).scalar_one() != key_id:
        raise InventoryError(
            "The key file is not the one this inventory was made with, so fingerprints would not agree. "
            "Put the old key back, or begin a new inventory in another folder with: muniment init DIR"
        )


def source_number(connection: Connection, place: Place) -> int:
    """The source of this root, under its present name. Raises InventoryError where roots overlap or names clash."""
    known = connection.execute(select(SourceRow.id, SourceRow.name, SourceRow.root)).all()
    same = next((row for row in known if row.root == place.root), None)
    for row in known:
        if row is not same and row.name == place.name:
            raise InventoryError(
                f"Source {place.name!r} had another root before. Give the new root a new name, "
                "or put the old one back; what the inventory holds of it stays."
            )
        if row is not same and place.overlaps(row.root):
            raise InventoryError(
                f"The folder of source {place.name!r} overlaps that of {row.name!r}, so files would be counted twice. "
                "Scan only one of them."
            )
    if same is None:
        statement = insert(SourceRow).values(name=place.name, root=place.root).returning(SourceRow.id)
        return connection.execute(statement).scalar_one()
    connection.execute(update(SourceRow).where(SourceRow.id == same.id).values(name=place.name))
    return int(same.id)


def service_number(connection: Connection, name: str) -> int:
    connection.execute(upsert(connection, ServiceRow).values(name=name).on_conflict_do_nothing())
    return connection.execute(select(ServiceRow.id).where(ServiceRow.name == name)).scalar_one()


def _is_below(path: bytes, folder: bytes) -> bool:
    return path == folder or path.startswith(folder.rstrip(b"/") + b"/") or not folder

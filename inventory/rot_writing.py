"""Writes what is ROT as differences: a night on which nothing changed writes no row."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, delete, exists

from domain.item import ItemKind
from domain.rot import Rot, RotReason
from inventory.dialects import in_parts, upsert
from inventory.staging import Stage
from inventory.tables import ItemRow, RotRow, SettingRow

FOUND = "rot_found"
"""The setting that says when ROT was last looked for."""
_STAGE = Stage("new_rot", "rot", ("item_id", "reason", "also", "guard", "bytes", "keeps_id", "facts"))


def write_rot(connection: Connection, changed: Sequence[Rot], ended: Sequence[int]) -> int:
    """Have these items be so, and those be ROT no more; return how many rows that changed.

    An item that went since it was read is passed over.
    """
    written = _put(connection, changed) if changed else 0
    for some in in_parts(ended):
        written += connection.execute(delete(RotRow).where(RotRow.item_id.in_(some))).rowcount
    return written


def settle_rot(connection: Connection, today: date) -> int:
    """Take away what is no file any more, and have the bytes of a file with several names be counted once: with the
    last of its names, where all of them go. Returns how many rows that changed. The day is kept.
    """
    said = upsert(connection, SettingRow).values(name=FOUND, value=str(today))
    connection.execute(said.on_conflict_do_update(index_elements=["name"], set_={"value": str(today)}))
    ended = connection.execute(_OF_NO_FILE).rowcount
    return ended + connection.exec_driver_sql(_COUNTED_ONCE).rowcount


_OF_NO_FILE = delete(RotRow).where(
    exists().where(ItemRow.id == RotRow.item_id, ItemRow.gone.is_not(None) | (ItemRow.kind != ItemKind.FILE))
)
_ONLY_LOOKED_AT = ", ".join(f"'{reason}'" for reason in RotReason if not reason.disposable)
_COUNTED_ONCE = f"""
UPDATE rot SET bytes = so.bytes FROM (
WITH many AS (
    SELECT file_id FROM item WHERE file_id LIKE '%:%' GROUP BY file_id HAVING count(*) > 1
), name AS (
    SELECT item.id, item.file_id, item.size,
        CASE WHEN rot.guard = '' AND rot.reason NOT IN ({_ONLY_LOOKED_AT}) THEN 1 ELSE 0 END AS goes
    FROM item JOIN many ON many.file_id = item.file_id LEFT JOIN rot ON rot.item_id = item.id
    WHERE item.gone IS NULL AND item.kind = 'file'
), freed AS (
    SELECT file_id, max(id) AS last, min(goes) AS all_go FROM name GROUP BY file_id HAVING count(*) > 1
)
SELECT name.id, CASE WHEN freed.all_go = 1 AND name.id = freed.last THEN name.size ELSE 0 END AS bytes
FROM name JOIN freed ON freed.file_id = name.file_id
) AS so WHERE so.id = rot.item_id AND rot.bytes <> so.bytes
""".replace("%", "%%")  # noqa: S608  words of ours; the driver of PostgreSQL takes a single % for a parameter


def _put(connection: Connection, rows: Sequence[Rot]) -> int:
    staged = _STAGE.put(connection, rows)
    names, chosen = ", ".join(_STAGE.names), ", ".join(f"{_STAGE.name}.{name}" for name in _STAGE.names)
    values = ", ".join(f"{name} = excluded.{name}" for name in _STAGE.names[1:])
    statement = (
        f"INSERT INTO rot ({names}) SELECT {chosen} FROM {staged.table} "  # noqa: S608  names of ours
        f"JOIN item ON item.id = {_STAGE.name}.item_id WHERE true "
        f"ON CONFLICT (item_id) DO UPDATE SET {values}"
    )
    return connection.exec_driver_sql(statement, staged.values or None).rowcount

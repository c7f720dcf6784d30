"""An end to what is needed no more: items that are long gone, what was found in what no scan sees any more, old logs.

Sums and the audit trail stay; so does what a content was judged to be, for as long as an item holds it.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Ended:
    """How many items that were gone; contents that are still held, of which the detail was ended; lines of logs."""

    items: int
    contents: int
    logs: int


def expire(connection: Connection, findings_before: int, logs_before: int) -> Ended:
    """End what is older than two moments, in microseconds since 1970.

    An item goes when the scan that missed it had ended before the first, and with it each content that nothing else
    holds. What is still held is as old as the last scan that saw it: with every copy of a content in folders that none
    has listed since, its findings, fingerprints and traits go. It is then examined anew by the next scan that sees it.
    Of logs there are what timetable, requests and running scans wrote.
    """
    old = f"(SELECT id FROM scan WHERE coalesce(ended, started) < {int(findings_before)})"  # noqa: S608  a number
    items = connection.exec_driver_sql(f"DELETE FROM item WHERE gone IN {old} AND {_NOT_GOING}").rowcount  # noqa: S608
    connection.exec_driver_sql(_UNHELD)
    contents = _end_detail(connection, old)
    logs = sum(connection.exec_driver_sql(line.format(int(logs_before))).rowcount for line in _LOGS)
    return Ended(items, contents, logs)


def _end_detail(connection: Connection, old: str) -> int:
    connection.exec_driver_sql("CREATE TEMP TABLE unseen (content_id BIGINT PRIMARY KEY)")
    contents = connection.exec_driver_sql(_UNSEEN.format(old=old)).rowcount
    for statement in _END:
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql("DROP TABLE unseen")
    return contents


# What a manifest has is decided on again before it is destroyed, and for that it must be known.
_NOT_GOING = "id NOT IN (SELECT item FROM disposal WHERE fate NOT IN ('refused', 'restored', 'purged', 'lost'))"
_UNHELD = "DELETE FROM content WHERE NOT EXISTS (SELECT 1 FROM item WHERE item.content_id = content.id)"
_UNSEEN = """
INSERT INTO unseen SELECT DISTINCT i.content_id FROM dir d JOIN item i ON i.dir_id = d.id JOIN content c ON
c.id = i.content_id WHERE d.scan_id IN {old} AND i.gone IS NULL AND c.pipeline <> '' AND NOT EXISTS (SELECT 1 FROM
item other JOIN dir o ON o.id = other.dir_id WHERE other.content_id = c.id AND other.gone IS NULL AND o.scan_id NOT IN
{old})
"""
_THESE = "IN (SELECT content_id FROM unseen)"
_END = (
    *(f"DELETE FROM {table} WHERE content_id {_THESE}" for table in ("finding", "fingerprint", "trait")),  # noqa: S608
    f"UPDATE content SET pipeline = '', whole_item_id = NULL, message = NULL WHERE id {_THESE}",  # noqa: S608  ours
    f"UPDATE item SET pipeline = '' WHERE content_id {_THESE}",  # noqa: S608  ours
)
_LOGS = ("DELETE FROM progress WHERE seen < {}", "DELETE FROM slot WHERE due < {} AND ended IS NOT NULL",
         "DELETE FROM request WHERE asked < {} AND ended IS NOT NULL")  # fmt: skip

"""The audit trail a page at a time, the newest first, narrowed to what is looked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from domain.audit import Entry
from inventory.engine import Database, reading
from inventory.tables import AuditRow

_COLUMNS = (
    AuditRow.number, AuditRow.at, AuditRow.account, AuditRow.role, AuditRow.on_behalf_of, AuditRow.proof,
    AuditRow.door, AuditRow.act, AuditRow.subject, AuditRow.facts, AuditRow.mac,
)  # fmt: skip
_DAY = timedelta(days=1) // timedelta(microseconds=1)
_EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


@dataclass(frozen=True, slots=True)
class Looked:
    """What is looked for; "" and None are anything. `act` may be the beginning of one, such as "hold"."""

    account: str = ""
    act: str = ""
    about: str = ""
    since: date | None = None
    until: date | None = None


def page_of(database: Database, looked: Looked, zone: ZoneInfo, before: int | None, count: int) -> tuple[Entry, ...]:
    """So many entries before the number, the newest first. Days are those of the zone."""
    chosen = select(*_COLUMNS).order_by(AuditRow.number.desc()).limit(count)
    for column, word in ((AuditRow.account, looked.account), (AuditRow.subject, looked.about)):
        chosen = chosen.where(column == word) if word else chosen
    if looked.act:
        chosen = chosen.where((AuditRow.act == looked.act) | AuditRow.act.startswith(f"{looked.act}.", autoescape=True))
    if looked.since:
        chosen = chosen.where(AuditRow.at >= _microseconds(looked.since, zone))
    if looked.until:
        chosen = chosen.where(AuditRow.at < _microseconds(looked.until, zone) + _DAY)
    if before is not None:
        chosen = chosen.where(AuditRow.number < before)
    with reading(database) as connection:
        return tuple(Entry(*row) for row in connection.execute(chosen))


def _microseconds(day: date, zone: ZoneInfo) -> int:
    return (datetime.combine(day, time.min, zone) - _EPOCH) // timedelta(microseconds=1)

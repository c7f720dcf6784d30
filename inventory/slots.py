"""Slots of the timetable and requests of people: who took each, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, func, insert, select, update

from inventory.dialects import upsert
from inventory.engine import Database, reading, writing
from inventory.recording import AnyRow
from inventory.tables import RequestRow, SlotRow


class SlotState(StrEnum):
    """`MISSED`: nobody was there in time. `OVERRUN`: the slot before still ran. `INTERRUPTED`: its host died."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    MISSED = "missed"
    OVERRUN = "overrun"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True)
class Slot:
    """A time that an entry of the timetable named. `said` is what went wrong, or what came of it."""

    entry: str
    due: datetime
    state: SlotState
    host: str = ""
    started: datetime | None = None
    ended: datetime | None = None
    said: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """Work that somebody asked for: a `verb` of the chain, and its `subject`, such as a source or a report."""

    id: int
    verb: str
    subject: str
    asked: datetime
    asked_by: str = ""
    state: str = "waiting"
    said: str = ""


def take_slot(database: Database, entry: str, due: datetime, host: str, now: datetime) -> bool:
    """Take a slot to run it; False where somebody has taken it before, unless its host died over it."""
    row = {"entry": entry, "due": due, "state": SlotState.RUNNING, "host": host, "started": now}
    with writing(database) as connection:
        statement = upsert(connection, SlotRow).values(row | {"said": ""}).on_conflict_do_update(
            index_elements=["entry", "due"], set_={"state": SlotState.RUNNING, "host": host, "started": now},
            where=SlotRow.state == SlotState.INTERRUPTED,
        )  # fmt: skip
        # How many rows an INSERT wrote is not told everywhere.
        return connection.execute(statement.returning(SlotRow.entry)).first() is not None


def end_slot(database: Database, slot: Slot, state: SlotState, said: str, now: datetime) -> None:
    values = {"state": state, "said": said, "ended": now}
    with writing(database) as connection:
        connection.execute(update(SlotRow).where(*_is(slot)).values(values))


def interrupt_slots(database: Database) -> None:
    """Nobody runs a slot now: those that run have lost their host."""
    with writing(database) as connection:
        lost = update(SlotRow).where(SlotRow.state == SlotState.RUNNING)
        connection.execute(lost.values(state=SlotState.INTERRUPTED))
        back = update(RequestRow).where(RequestRow.state == SlotState.RUNNING)
        connection.execute(back.values(state="waiting"))


def note_slots(database: Database, slots: Iterable[Slot]) -> None:
    """Write down slots that nobody ran."""
    rows = [{"entry": one.entry, "due": one.due, "state": one.state, "said": one.said, "host": ""} for one in slots]
    with writing(database) as connection:
        for row in rows:
            connection.execute(upsert(connection, SlotRow).values(row).on_conflict_do_nothing())


def last_slot(database: Database, entry: str) -> Slot | None:
    """The last slot of an entry that is written down, whatever became of it."""
    asked = select(SlotRow.__table__).where(SlotRow.entry == entry).order_by(SlotRow.due.desc()).limit(1)
    with reading(database) as connection:
        row = connection.execute(asked).one_or_none()
    return None if row is None else _slot(row)


def last_slots(database: Database, count: int) -> tuple[Slot, ...]:
    """The last slots of all entries, newest first."""
    with reading(database) as connection:
        rows = connection.execute(select(SlotRow.__table__).order_by(SlotRow.due.desc()).limit(count)).all()
    return tuple(map(_slot, rows))


def request(database: Database, verb: str, subject: str, by: str, now: datetime) -> int:
    """Ask for work; the number that it goes by."""
    with writing(database) as connection:
        return note_request(connection, verb, subject, by, now)


def note_request(connection: Connection, verb: str, subject: str, by: str, now: datetime) -> int:
    """Ask for work in a transaction; the number that it goes by, or that of the same which waits already."""
    same = (RequestRow.verb == verb, RequestRow.subject == subject, RequestRow.state == "waiting")
    first = select(RequestRow.id).where(*same).order_by(RequestRow.id).limit(1)
    waiting = connection.execute(first).scalar_one_or_none()
    if waiting is not None:
        return waiting
    row = {"verb": verb, "subject": subject, "asked": now, "asked_by": by, "state": "waiting", "host": "", "said": ""}
    return connection.execute(insert(RequestRow).values(row).returning(RequestRow.id)).scalar_one()


def take_request(database: Database, host: str, now: datetime) -> Request | None:
    """Take the request that waits longest, which nobody else then gets."""
    first = select(func.min(RequestRow.id)).where(RequestRow.state == "waiting").scalar_subquery()
    taken = update(RequestRow).where(RequestRow.id == first, RequestRow.state == "waiting")
    taking = taken.values(state=SlotState.RUNNING, host=host, started=now).returning(RequestRow.__table__)
    with writing(database) as connection:
        row = connection.execute(taking).one_or_none()
    return None if row is None else _request(row)


def end_request(database: Database, number: int, state: SlotState, said: str, now: datetime) -> None:
    with writing(database) as connection:
        ended = update(RequestRow).where(RequestRow.id == number)
        connection.execute(ended.values(state=state, said=said, ended=now))


def last_requests(database: Database, count: int) -> tuple[Request, ...]:
    """The last requests, newest first."""
    with reading(database) as connection:
        rows = connection.execute(select(RequestRow.__table__).order_by(RequestRow.id.desc()).limit(count)).all()
    return tuple(map(_request, rows))


def _is(slot: Slot) -> tuple[ColumnElement[bool], ...]:
    return SlotRow.entry == slot.entry, SlotRow.due == slot.due


def _slot(row: AnyRow) -> Slot:
    return Slot(row.entry, row.due, SlotState(row.state), row.host, row.started, row.ended, row.said)


def _request(row: AnyRow) -> Request:
    return Request(row.id, row.verb, row.subject, row.asked, row.asked_by, row.state, row.said)

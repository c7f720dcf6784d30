"""Tables of work: how far each process is with a scan, what the timetable named, what was asked for."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Integer
from sqlalchemy.orm import Mapped, mapped_column

from inventory.columns import Base


class ProgressRow(Base):
    """How far one process is with one scan: the `driver` that lists, or a `worker` host that examines.

    `seen` is when it last said so. `problems` counts them by code.
    """

    __tablename__ = "progress"
    scan_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    process: Mapped[str] = mapped_column(primary_key=True)
    role: Mapped[str]
    started: Mapped[datetime]
    seen: Mapped[datetime]
    listed: Mapped[int] = mapped_column(BigInteger, default=0)
    expected: Mapped[int] = mapped_column(BigInteger, default=0)
    done: Mapped[int] = mapped_column(BigInteger, default=0)
    parts: Mapped[int] = mapped_column(BigInteger, default=0)
    bytes: Mapped[int] = mapped_column(BigInteger, default=0)
    proved: Mapped[int] = mapped_column(BigInteger, default=0)
    disproved: Mapped[int] = mapped_column(BigInteger, default=0)
    recognised: Mapped[int] = mapped_column(BigInteger, default=0)
    all_listed: Mapped[bool] = mapped_column(default=False)
    problems: Mapped[str] = mapped_column(default="{}")


class SlotRow(Base):
    """A time that the timetable named, and what became of it. Who writes the row runs it: so nobody else does."""

    __tablename__ = "slot"
    entry: Mapped[str] = mapped_column(primary_key=True)
    due: Mapped[datetime] = mapped_column(primary_key=True)
    state: Mapped[str]
    host: Mapped[str] = mapped_column(default="")
    started: Mapped[datetime | None]
    ended: Mapped[datetime | None]
    said: Mapped[str] = mapped_column(default="")


class RequestRow(Base):
    """Work that somebody asked for, to be done as soon as it can be."""

    __tablename__ = "request"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    verb: Mapped[str]
    subject: Mapped[str]
    asked: Mapped[datetime]
    asked_by: Mapped[str] = mapped_column(default="")
    state: Mapped[str]
    host: Mapped[str] = mapped_column(default="")
    started: Mapped[datetime | None]
    ended: Mapped[datetime | None]
    said: Mapped[str] = mapped_column(default="")

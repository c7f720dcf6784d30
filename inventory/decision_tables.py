"""Tables of what is decided: by the schedule, by registers and by people, and what could go."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from inventory.columns import Base, BigId


class ScheduleRow(Base):
    """A version of the retention schedule that was applied, and the day it was last applied on."""

    __tablename__ = "schedule"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    digest: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    version: Mapped[str]
    title: Mapped[str]
    evaluated: Mapped[date]


class FlagRow(Base):
    """What the schedule says of an item that is due, soon due, under observation or cannot be computed."""

    __tablename__ = "flag"
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id", ondelete="CASCADE"), primary_key=True)
    schedule_id: Mapped[int] = mapped_column(ForeignKey("schedule.id"))
    state: Mapped[str]
    action: Mapped[str]
    due: Mapped[date | None]
    rule: Mapped[str | None]
    sentence: Mapped[str]
    __table_args__ = (Index("flag_due", "state", "due", "item_id"),)


class FamilyRow(Base):
    """Items of which one could stand for all, as `domain/copies.py` tells them apart. `key` is what they are known by
    at the next night, in bytes that sort; `record_id` the item that is proposed to stay, None where a person must
    choose; `goes` the bytes that would go; `facts` the reasons, a list in JSON.
    """

    __tablename__ = "family"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kind: Mapped[str]
    key: Mapped[bytes]
    record_id: Mapped[int | None] = mapped_column(BigInteger)
    items: Mapped[int] = mapped_column(Integer)
    goes: Mapped[int] = mapped_column(BigInteger)
    facts: Mapped[str]
    __table_args__ = (
        Index("family_key", "kind", "key", unique=True),
        Index("family_goes", "goes", "id"),
        Index("family_kind", "kind", "goes", "id"),
    )


class MemberRow(Base):
    """One item of a family and its role there; `goes` are the bytes that go with it, `facts` why it is in (JSON)."""

    __tablename__ = "member"
    family_id: Mapped[int] = mapped_column(ForeignKey("family.id", ondelete="CASCADE"), primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[str]
    goes: Mapped[int] = mapped_column(BigInteger)
    facts: Mapped[str] = mapped_column(default="", server_default="")
    __table_args__ = (Index("member_item", "item_id"),)


class RotRow(Base):
    """An item that is redundant, obsolete or trivial, as `domain/rot.py` tells it, for the first of its reasons.

    `also` are the others. `guard` is what keeps it from being put forward, "" where nothing does. `bytes` would go with
    it; `keeps_id` is the item of the same content, or of the same family, that stays. `facts` are JSON.
    """

    __tablename__ = "rot"
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id", ondelete="CASCADE"), primary_key=True)
    reason: Mapped[str]
    also: Mapped[str]
    guard: Mapped[str]
    bytes: Mapped[int] = mapped_column(BigInteger)
    keeps_id: Mapped[int | None] = mapped_column(BigInteger)
    facts: Mapped[str]
    __table_args__ = (Index("rot_reason", "reason", "guard", "bytes", "item_id"),)


class HashedRow(Base):
    """What is known of the bytes of a file that nobody examined, as it was in that `version`: a hash of its two `ends`,
    and, where another of its size has the same ends, the digest of the whole.
    """

    __tablename__ = "hashed"
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[bytes]
    ends: Mapped[bytes]
    digest: Mapped[bytes | None]
    __table_args__ = (Index("hashed_digest", "digest"),)


class EventRow(Base):
    """What a register outside the files reported. `reference` is the keyed fingerprint of the number of a case, an
    employee or a person; the number itself is not kept. `source` is who reported it, `entered` when that was imported.
    """

    __tablename__ = "event"
    known_by: Mapped[str] = mapped_column(primary_key=True)
    reference: Mapped[bytes] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    outcome: Mapped[str] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(primary_key=True)
    entered: Mapped[date]


class HoldRow(Base):
    """A legal hold. `scope` is JSON, in it people as keyed fingerprints.

    None is deleted: one that was released stays, with the day and the reason.
    """

    __tablename__ = "hold"
    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    reason: Mapped[str]
    authorised_by: Mapped[str]
    scope: Mapped[str]
    status: Mapped[str]
    placed: Mapped[date]
    review_by: Mapped[date | None]
    request: Mapped[str | None]
    answered: Mapped[date | None]
    ends_on: Mapped[date | None]
    released: Mapped[date | None]
    release_reason: Mapped[str] = mapped_column(default="", server_default="")


class MappingRow(Base):
    """A folder of which somebody approved that it, and all below it, holds records of a class."""

    __tablename__ = "mapping"
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"), primary_key=True)
    path: Mapped[bytes] = mapped_column(primary_key=True)
    record_class: Mapped[str]
    account: Mapped[str]
    approved: Mapped[date]


class ItemClassRow(Base):
    """Of what class a person decided that an item is."""

    __tablename__ = "item_class"
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id", ondelete="CASCADE"), primary_key=True)
    record_class: Mapped[str]
    why: Mapped[str]
    account: Mapped[str]
    decided: Mapped[date]


class ApprovalRow(Base):
    """That an account approved a version of a schedule, known by its digest, in one of the roles that have to."""

    __tablename__ = "approval"
    digest: Mapped[str] = mapped_column(primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)
    account: Mapped[str]
    on_behalf_of: Mapped[str]
    at: Mapped[datetime]


class ComplianceRow(Base):
    """How much of a service's holding some rule of the schedule applied to, when it was last evaluated."""

    __tablename__ = "compliance"
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"), primary_key=True)
    items: Mapped[int] = mapped_column(Integer)
    bytes: Mapped[int] = mapped_column(BigInteger)

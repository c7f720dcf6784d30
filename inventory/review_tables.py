"""Tables of review: what waits for a verdict, what people decided, in which batches, and who approved."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, false, text
from sqlalchemy.orm import Mapped, mapped_column

from inventory.columns import Base, BigId

_CURRENT = text("state = 'current'")
_TO_KEEP = text("keep")
_OF_A_FAMILY, _SENT = text("family_id IS NOT NULL"), text("assignee <> ''")


class QueuedRow(Base):
    """An item that waits for a verdict, in the queue of a service: its own, or (`referred`) one it was sent to.

    `ground` says who put it there: the schedule ("flag") or the search for ROT ("rot"), by `rule`, which of ROT is the
    reason. `due` is its flag's day, else that on which it `entered` the queue. `odd` are the outliers that it belongs
    to, as bits (`inventory/review_odd.py`); `assignee` the account that it was sent to; `family_id` the family of
    copies that it is in.
    """

    __tablename__ = "queued"
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id", ondelete="CASCADE"), primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"))
    dir_id: Mapped[int] = mapped_column(BigInteger)
    ground: Mapped[str]
    action: Mapped[str]
    rule: Mapped[str]
    due: Mapped[date]
    entered: Mapped[date]
    bytes: Mapped[int] = mapped_column(BigInteger)
    odd: Mapped[int] = mapped_column(Integer)
    referred: Mapped[bool] = mapped_column(default=False, server_default=false())
    assignee: Mapped[str] = mapped_column(default="", server_default="")
    family_id: Mapped[int | None] = mapped_column(BigInteger)
    __table_args__ = (
        Index("queued_due", "service_id", "due", "item_id"),
        Index("queued_folder", "dir_id", "service_id", "due", "item_id"),
        Index("queued_rule", "service_id", "rule", "due", "item_id"),
        Index("queued_action", "service_id", "action", "due", "item_id"),
        Index("queued_family", "service_id", "family_id", "due", "item_id", sqlite_where=_OF_A_FAMILY,
              postgresql_where=_OF_A_FAMILY),
        Index("queued_assignee", "assignee", sqlite_where=_SENT, postgresql_where=_SENT),
    )  # fmt: skip


class QueueSumRow(Base):
    """How much waits in a queue of one folder, rule and action: written with every change of `queued`.

    `odd` are how many of the items are outliers; `due` and `entered` the earliest days.
    """

    __tablename__ = "queue_sum"
    service_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    dir_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    rule: Mapped[str] = mapped_column(primary_key=True)
    action: Mapped[str] = mapped_column(primary_key=True)
    items: Mapped[int] = mapped_column(BigInteger)
    bytes: Mapped[int] = mapped_column(BigInteger)
    odd: Mapped[int] = mapped_column(BigInteger)
    due: Mapped[date]
    entered: Mapped[date]
    __table_args__ = (Index("queue_sum_dir", "dir_id"),)


class BatchRow(Base):
    """Verdicts given at once, as `domain/review.py` tells them. `seed` is what its sample was drawn by; `why_second` a
    list of codes with commas between them; `draft` counts what was left out when it was drafted, JSON.
    """

    __tablename__ = "batch"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"))
    kind: Mapped[str]
    reason: Mapped[str]
    note: Mapped[str]
    target: Mapped[str]
    until: Mapped[date | None]
    proposer: Mapped[str]
    on_behalf_of: Mapped[str]
    at: Mapped[datetime]
    state: Mapped[str]
    items: Mapped[int] = mapped_column(Integer)
    bytes: Mapped[int] = mapped_column(BigInteger)
    needs_second: Mapped[bool] = mapped_column(default=False, server_default=false())
    why_second: Mapped[str] = mapped_column(default="", server_default="")
    seed: Mapped[str] = mapped_column(default="", server_default="")
    draft: Mapped[str] = mapped_column(default="", server_default="")
    __table_args__ = (Index("batch_state", "state", "service_id", "id"),)


class VerdictRow(Base):
    """What was decided on an item as it was then. `item_id` is no reference: a verdict outlives the item's row, and
    `version` tells whether a row is still the same. `stamp` is what the one who decided had seen, `entered` the day on
    which it came into the queue, where it waited in one.

    An item has one current verdict at most, which the database sees to.
    """

    __tablename__ = "verdict"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id"))
    item_id: Mapped[int] = mapped_column(BigInteger)
    dir_id: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str]
    until: Mapped[date | None]
    target: Mapped[str]
    version: Mapped[bytes]
    digest: Mapped[bytes | None]
    rule: Mapped[str | None]
    schedule: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    stamp: Mapped[str]
    state: Mapped[str]
    entered: Mapped[date | None]
    __table_args__ = (
        Index("verdict_current", "item_id", unique=True, sqlite_where=_CURRENT, postgresql_where=_CURRENT),
        Index("verdict_item", "item_id", "id"),
        Index("verdict_batch", "batch_id", "item_id", unique=True),
        Index("verdict_alike", "rule", "dir_id", "kind"),
    )


class BatchApprovalRow(Base):
    """That somebody approved a batch at a stage, or did not, and why."""

    __tablename__ = "batch_approval"
    batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id"), primary_key=True)
    stage: Mapped[str] = mapped_column(primary_key=True)
    account: Mapped[str]
    on_behalf_of: Mapped[str]
    at: Mapped[datetime]
    approved: Mapped[bool]
    why: Mapped[str]


class BatchSampleRow(Base):
    """An item of a batch that has to be opened, by whom it was, and whether it is to be kept; None: not opened yet."""

    __tablename__ = "batch_sample"
    batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id"), primary_key=True)
    item_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    opened: Mapped[datetime | None]
    account: Mapped[str] = mapped_column(default="", server_default="")
    keep: Mapped[bool] = mapped_column(default=False, server_default=false())
    __table_args__ = (Index("batch_sample_kept", "item_id", sqlite_where=_TO_KEEP, postgresql_where=_TO_KEEP),)


class ReminderRow(Base):
    """On which day who answers for a service was last told of what waits: its reviewers, its head, or the SIRO."""

    __tablename__ = "reminder"
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"), primary_key=True)
    told: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date]

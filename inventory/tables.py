"""The tables of the inventory. A path is kept once, by directory; what a content holds is kept once, by digest.

Here is what was found; the others are made in rooms of their own and named here, so that whoever looks finds all.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, false, text
from sqlalchemy.orm import Mapped, mapped_column

from inventory.asset_tables import AssetHoldingRow, AssetLocationRow, AssetRow, PilotRow, PilotSumRow
from inventory.columns import LONG_TYPES, SHORT_TYPES, Base, BigId, MediaType, Moment, is_ours
from inventory.decision_tables import (
    ApprovalRow,
    ComplianceRow,
    EventRow,
    FamilyRow,
    FlagRow,
    HashedRow,
    HoldRow,
    ItemClassRow,
    MappingRow,
    MemberRow,
    RotRow,
    ScheduleRow,
)
from inventory.disposal_tables import (
    CertificateRow,
    DisposalRow,
    DisposalStepRow,
    DisposalStopRow,
    ManifestRow,
    PackageRow,
)
from inventory.people_tables import AccessRow, AccountRow, AuditRow, DelegationRow, IdentityRow, PrincipalRow
from inventory.review_tables import (
    BatchApprovalRow,
    BatchRow,
    BatchSampleRow,
    QueuedRow,
    QueueSumRow,
    ReminderRow,
    VerdictRow,
)
from inventory.session_tables import SessionRow, SignInTryRow
from inventory.sum_tables import FacetDeltaRow, FacetRow, PeriodRow, SampledRow, SummaryDeltaRow, SummaryRow
from inventory.work_tables import ProgressRow, RequestRow, SlotRow

__all__ = [
    "LONG_TYPES",
    "SHORT_TYPES",
    "AccessRow",
    "AccountRow",
    "ApprovalRow",
    "AssetHoldingRow",
    "AssetLocationRow",
    "AssetRow",
    "AuditRow",
    "Base",
    "BatchApprovalRow",
    "BatchRow",
    "BatchSampleRow",
    "BigId",
    "CertificateRow",
    "ComplianceRow",
    "ContentRow",
    "DelegationRow",
    "DirRow",
    "DisposalRow",
    "DisposalStepRow",
    "DisposalStopRow",
    "EventRow",
    "FacetDeltaRow",
    "FacetRow",
    "FamilyRow",
    "FindingRow",
    "FingerprintRow",
    "FlagRow",
    "HashedRow",
    "HoldRow",
    "IdentityRow",
    "ItemClassRow",
    "ItemRow",
    "ManifestRow",
    "MappingRow",
    "MediaType",
    "MemberRow",
    "Moment",
    "PackageRow",
    "PeriodRow",
    "PilotRow",
    "PilotSumRow",
    "PrincipalRow",
    "ProgressRow",
    "QueueSumRow",
    "QueuedRow",
    "ReminderRow",
    "RequestRow",
    "RotRow",
    "SampledRow",
    "ScanRow",
    "ScheduleRow",
    "ServiceRow",
    "SessionRow",
    "SettingRow",
    "SignInTryRow",
    "SlotRow",
    "SourceRow",
    "SummaryDeltaRow",
    "SummaryRow",
    "TraitRow",
    "VerdictRow",
    "is_ours",
]

_PENDING, _TROUBLED = text("pending <> ''"), text("problem_code IS NOT NULL AND gone IS NULL")
_OF_A_MESSAGE = text("message IS NOT NULL")
_WAITS = text("outcome IS NULL AND gone IS NULL")
_HAS_CONTENT = text("content_id IS NOT NULL")
_OWNED = text("owner_id IS NOT NULL")
_PERSONAL, _SURE = text("personal"), text("confidence >= 0.6")


class SettingRow(Base):
    """What holds for the whole inventory, such as the id of the fingerprint key."""

    __tablename__ = "setting"
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class SourceRow(Base):
    """A source is known by its root; its name may change."""

    __tablename__ = "source"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    root: Mapped[bytes] = mapped_column(unique=True)


class ScanRow(Base):
    """One run over one source. `id` is the generation that directories are stamped with.

    `policy` is what allowed it to read what it read, where that needs allowing: correspondence. `pipeline` is what it
    reads with, which every host that examines for it must share.
    """

    __tablename__ = "scan"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"))
    started: Mapped[datetime]
    ended: Mapped[datetime | None]
    complete: Mapped[bool] = mapped_column(default=False)
    detector: Mapped[str]
    policy: Mapped[str] = mapped_column(default="", server_default="")
    pipeline: Mapped[str] = mapped_column(default="", server_default="")


class ServiceRow(Base):
    """A service of the organisation, to which folders belong."""

    __tablename__ = "service"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)


class DirRow(Base):
    """A folder, stamped by the scan that last listed it: its items need no stamp of their own.

    `state` is what its source wants to be told when it is listed again.
    """

    __tablename__ = "dir"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"))
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"))
    path: Mapped[bytes]
    scan_id: Mapped[int] = mapped_column(Integer)
    state: Mapped[bytes] = mapped_column(default=b"", server_default=text("''"))
    access_id: Mapped[int | None] = mapped_column(Integer)
    __table_args__ = (
        Index("dir_key", "source_id", "path", unique=True),
        Index("dir_service", "service_id", "path"),
    )


class ContentRow(Base):
    """What was found in one content, read as one media type, however many copies there are.

    `whole_item_id` is the item that it was recorded with to the end, nothing left out for a reason of the day or of
    what it sat in: while that item stands, another copy need not be examined. `pending` is what is still unread in it,
    `recognised` the recogniser that tried last. `message` is the fingerprint of a message: its copies elsewhere
    came another way, so that their digests differ, and have the same.
    """

    __tablename__ = "content"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    digest: Mapped[bytes]
    media_type: Mapped[str] = mapped_column(MediaType)
    pipeline: Mapped[str]
    outcome: Mapped[str]
    pending: Mapped[str] = mapped_column(default="")
    text_chars: Mapped[int] = mapped_column(BigInteger, default=0)
    seconds: Mapped[float] = mapped_column(default=0.0)
    personal: Mapped[bool] = mapped_column(default=False)
    special: Mapped[str] = mapped_column(default="")
    children: Mapped[bool] = mapped_column(default=False)
    criminal: Mapped[bool] = mapped_column(default=False)
    risk: Mapped[int] = mapped_column(Integer, default=0)
    risk_parts: Mapped[str] = mapped_column(default="{}")
    recognised: Mapped[str | None]
    whole_item_id: Mapped[int | None] = mapped_column(BigInteger)
    message: Mapped[bytes | None]
    __table_args__ = (
        Index("content_key", "digest", "media_type", unique=True),
        Index("content_risk", "risk", "id", sqlite_where=_PERSONAL, postgresql_where=_PERSONAL),
        Index("content_pending", "id", sqlite_where=_PENDING, postgresql_where=_PENDING),
        Index("content_message", "message", sqlite_where=_OF_A_MESSAGE, postgresql_where=_OF_A_MESSAGE),
    )


class TraitRow(Base):
    """What else is known of a content, for those who ask for just that: apart, since it is wide and most never do.

    Texts are JSON; None is for nothing.
    """

    __tablename__ = "trait"
    content_id: Mapped[int] = mapped_column(ForeignKey("content.id", ondelete="CASCADE"), primary_key=True)
    simhash: Mapped[int | None] = mapped_column(BigInteger)
    picture: Mapped[int | None] = mapped_column(BigInteger)
    minhash: Mapped[bytes | None]
    properties: Mapped[str | None]
    dates: Mapped[str | None]
    terms: Mapped[str | None]
    hints: Mapped[str | None]
    reader: Mapped[str | None]
    pronom: Mapped[str | None]


class ItemRow(Base):
    """A file, or a part inside one (`part` is not empty). Without an outcome it waits to be examined.

    `rest_*` is the cursor of a container that is examined up to there; `gone` is the scan that missed it; `misnamed`
    says that its extension and its content disagree. Without an `access_id` its rights are those of its folder.
    """

    __tablename__ = "item"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    dir_id: Mapped[int] = mapped_column(ForeignKey("dir.id"))
    name: Mapped[bytes]
    part: Mapped[str] = mapped_column(default="")
    kind: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    modified: Mapped[datetime | None]
    version: Mapped[bytes]
    file_id: Mapped[str | None]
    created: Mapped[datetime | None]
    accessed: Mapped[datetime | None]
    allocated: Mapped[int | None] = mapped_column(BigInteger)
    mangled: Mapped[bool] = mapped_column(default=False, server_default=false())
    owner_id: Mapped[int | None] = mapped_column(Integer)
    access_id: Mapped[int | None] = mapped_column(Integer)
    first_seen: Mapped[date]
    gone: Mapped[int | None] = mapped_column(Integer)
    media_type: Mapped[str | None] = mapped_column(MediaType)
    content_id: Mapped[int | None] = mapped_column(ForeignKey("content.id"))
    pipeline: Mapped[str] = mapped_column(default="")
    outcome: Mapped[str | None]
    problem_code: Mapped[str | None]
    problem_limit: Mapped[str | None]
    misnamed: Mapped[bool] = mapped_column(default=False)
    rest_at: Mapped[str | None]
    rest_parts: Mapped[int | None] = mapped_column(Integer)
    rest_expanded: Mapped[int | None] = mapped_column(BigInteger)
    rest_seconds: Mapped[float | None]
    rest_digest: Mapped[bytes | None]
    __table_args__ = (
        Index("item_key", "dir_id", "name", "part", unique=True),
        Index("item_problem", "problem_code", "id", sqlite_where=_TROUBLED, postgresql_where=_TROUBLED),
        Index("item_file", "file_id", postgresql_using="hash"),  # asked for one by one, and half as large
        Index("item_owner", "owner_id", "dir_id", "id", sqlite_where=_OWNED, postgresql_where=_OWNED),
        Index("item_content", "content_id", sqlite_where=_HAS_CONTENT, postgresql_where=_HAS_CONTENT),
        Index("item_waits", "dir_id", "name", sqlite_where=_WAITS, postgresql_where=_WAITS),
        Index("item_gone", "gone", sqlite_where=text("gone IS NOT NULL"), postgresql_where=text("gone IS NOT NULL")),
    )


class FindingRow(Base):
    """`sampled`: the count was reckoned from some rows of a long table. `overflow`: there were more fingerprints."""

    __tablename__ = "finding"
    content_id: Mapped[int] = mapped_column(ForeignKey("content.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int] = mapped_column(Integer)
    confidence: Mapped[float]
    places: Mapped[str]
    shape: Mapped[str]
    sampled: Mapped[bool] = mapped_column(default=False, server_default=false())
    overflow: Mapped[bool] = mapped_column(default=False, server_default=false())
    __table_args__ = (Index("finding_kind", "kind", "content_id", sqlite_where=_SURE, postgresql_where=_SURE),)


class FingerprintRow(Base):
    """A keyed hash of a value that was found in a content: equal values have equal ones, and nothing leads back."""

    __tablename__ = "fingerprint"
    content_id: Mapped[int] = mapped_column(ForeignKey("content.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    hmac: Mapped[bytes] = mapped_column(primary_key=True)

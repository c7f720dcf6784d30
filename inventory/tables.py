"""The tables of the inventory. A path is kept once, by directory; what a content holds is kept once, by digest."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Text,
    TypeDecorator,
    false,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

BigId = BigInteger().with_variant(Integer(), "sqlite")


class Moment(TypeDecorator[datetime]):
    """A time in UTC as whole microseconds since 1970: the same on every database, and comparable."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> int | None:  # noqa: ARG002
        return None if value is None else (value - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: int | None, dialect: Any) -> datetime | None:  # noqa: ARG002
        return None if value is None else _EPOCH + timedelta(microseconds=value)


class Base(DeclarativeBase):
    type_annotation_map = {  # noqa: RUF012  the form SQLAlchemy asks for
        bool: Boolean, bytes: LargeBinary, date: Date, datetime: Moment, float: Float, str: Text,
    }  # fmt: skip


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

    `policy` is what allowed it to read what it read, where that needs allowing: correspondence.
    """

    __tablename__ = "scan"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"))
    started: Mapped[datetime]
    ended: Mapped[datetime | None]
    complete: Mapped[bool] = mapped_column(default=False)
    detector: Mapped[str]
    policy: Mapped[str] = mapped_column(default="", server_default="")


class ServiceRow(Base):
    __tablename__ = "service"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)


class PrincipalRow(Base):
    """An account or a group, by what its source calls it: a SID, "uid:1000", an address. None is ever deleted, so what
    names one by its number needs no constraint, which SQLite could only add by writing a table anew.

    The rest is what a directory said on the day that it was `resolved`; until one did, only its form tells its kind.
    """

    __tablename__ = "principal"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    account: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(default="", server_default="")
    kind: Mapped[str] = mapped_column(default="", server_default="")
    service: Mapped[str] = mapped_column(default="", server_default="")
    left: Mapped[bool] = mapped_column(default=False, server_default=false())
    resolved: Mapped[date | None]


class AccessRow(Base):
    """The rights of folders, each distinct set once; readers and writers are lists of numbers of principals.

    `breadth` is judged from them again whenever more is known of the principals.
    """

    __tablename__ = "access"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    digest: Mapped[bytes] = mapped_column(unique=True)
    owner_id: Mapped[int | None] = mapped_column(Integer)
    readers: Mapped[str]
    writers: Mapped[str]
    breadth: Mapped[str] = mapped_column(default="unknown", server_default="unknown")


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
    __table_args__ = (Index("dir_key", "source_id", "path", unique=True),)


class ContentRow(Base):
    """What was found in one content, read as one media type, however many copies there are.

    `whole_item_id` is the item that it was recorded with to the end, nothing left out for a reason of the day or of
    what it sat in: while that item stands, another copy need not be examined. `pending` is what is still unread in it,
    `recognised` the recogniser that tried last.
    """

    __tablename__ = "content"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    digest: Mapped[bytes]
    media_type: Mapped[str]
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
    simhash: Mapped[int | None] = mapped_column(BigInteger)
    minhash: Mapped[bytes | None]
    picture: Mapped[int | None] = mapped_column(BigInteger)
    properties: Mapped[str] = mapped_column(default="{}")
    dates: Mapped[str] = mapped_column(default="[]")
    terms: Mapped[str] = mapped_column(default="{}")
    hints: Mapped[str] = mapped_column(default="[]", server_default="[]")
    reader: Mapped[str] = mapped_column(default="")
    pronom: Mapped[str | None]
    recognised: Mapped[str | None]
    whole_item_id: Mapped[int | None] = mapped_column(BigInteger)
    __table_args__ = (Index("content_key", "digest", "media_type", unique=True),)


class ItemRow(Base):
    """A file, or a part inside one (`part` is not empty). Without an outcome it waits to be examined.

    `rest_*` is the cursor of a container that is examined up to there; `gone` is the scan that missed it; `misnamed`
    says that its extension and its content disagree.
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
    first_seen: Mapped[date]
    gone: Mapped[int | None] = mapped_column(Integer)
    media_type: Mapped[str | None]
    content_id: Mapped[int | None] = mapped_column(ForeignKey("content.id"), index=True)
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
        Index("item_file", "file_id"),
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


class FingerprintRow(Base):
    __tablename__ = "fingerprint"
    content_id: Mapped[int] = mapped_column(ForeignKey("content.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    hmac: Mapped[bytes] = mapped_column(primary_key=True)


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


class ComplianceRow(Base):
    """How much of a service's holding some rule of the schedule applied to, when it was last evaluated."""

    __tablename__ = "compliance"
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id"), primary_key=True)
    items: Mapped[int] = mapped_column(Integer)
    bytes: Mapped[int] = mapped_column(BigInteger)

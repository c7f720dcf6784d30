"""The tables of the inventory. A path is kept once, by directory; what a content holds is kept once, by digest."""

from __future__ import annotations

from collections.abc import Mapping
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

_PENDING, _TROUBLED = text("pending <> ''"), text("problem_code IS NOT NULL AND gone IS NULL")
_OF_A_MESSAGE = text("message IS NOT NULL")
_WAITS = text("outcome IS NULL AND gone IS NULL")
_HAS_CONTENT = text("content_id IS NOT NULL")
_PERSONAL, _SURE = text("personal"), text("confidence >= 0.6")

BigId = BigInteger().with_variant(Integer(), "sqlite")


class Moment(TypeDecorator[datetime]):
    """A time in UTC as whole microseconds since 1970: the same on every database, and comparable."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> int | None:  # noqa: ARG002
        return None if value is None else (value - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: int | None, dialect: Any) -> datetime | None:  # noqa: ARG002
        return None if value is None else _EPOCH + timedelta(microseconds=value)


_OOXML, _ODF = "application/vnd.openxmlformats-officedocument.", "application/vnd.oasis.opendocument."
SHORT_TYPES: Mapping[str, str] = {
    f"{_OOXML}wordprocessingml.document": "~docx", f"{_OOXML}wordprocessingml.template": "~dotx",
    f"{_OOXML}spreadsheetml.sheet": "~xlsx", f"{_OOXML}spreadsheetml.template": "~xltx",
    f"{_OOXML}presentationml.presentation": "~pptx", f"{_OOXML}presentationml.slideshow": "~ppsx",
    "application/vnd.ms-word.document.macroenabled.12": "~docm", "application/vnd.ms-excel": "~xls",
    "application/vnd.ms-excel.sheet.macroenabled.12": "~xlsm", "application/vnd.ms-powerpoint": "~ppt",
    "application/vnd.ms-outlook": "~msg", "application/msword": "~doc",
    f"{_ODF}text": "~odt", f"{_ODF}spreadsheet": "~ods", f"{_ODF}presentation": "~odp",
}  # fmt: skip
"""Of the longest names that are met most often, what is kept in their place: they would be a tenth of an inventory."""
LONG_TYPES: Mapping[str, str] = {short: long for long, short in SHORT_TYPES.items()}


class MediaType(TypeDecorator[str]):
    """A media type; a name that is long and common is kept as a short one."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Any) -> str | None:  # noqa: ARG002
        return None if value is None else SHORT_TYPES.get(value, value)

    def process_result_value(self, value: str | None, dialect: Any) -> str | None:  # noqa: ARG002
        return None if value is None else LONG_TYPES.get(value, value)


class Base(DeclarativeBase):
    type_annotation_map = {  # noqa: RUF012  the form SQLAlchemy asks for
        bool: Boolean, bytes: LargeBinary, date: Date, datetime: Moment, float: Float, str: Text,
    }  # fmt: skip


def is_ours(_thing: object, name: str | None, *_rest: object) -> bool:
    """Whether Alembic is to look at something; the distributed engine keeps tables of its own beside ours."""
    return not (name or "").startswith("procrastinate")


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
    """The rights of folders and files, each distinct set once; readers and writers are lists of numbers of principals.

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
        Index("item_file", "file_id"),
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
    __table_args__ = (Index("flag_due", "state", "due", "item_id"),)


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


class AccountRow(Base):
    """One who may act. `roles` and `services` are lists in JSON; `password` is an argon2id hash, which `temporary` says
    that somebody else has set. `failures` are the wrong passwords since the last right one.
    """

    __tablename__ = "account"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    person: Mapped[str] = mapped_column(default="")
    roles: Mapped[str]
    services: Mapped[str]
    disabled: Mapped[bool] = mapped_column(default=False, server_default=false())
    password: Mapped[str | None]
    temporary: Mapped[bool] = mapped_column(default=False, server_default=false())
    failures: Mapped[int] = mapped_column(Integer, default=0, server_default=text("0"))
    locked_until: Mapped[datetime | None]
    created: Mapped[datetime]


class IdentityRow(Base):
    """By what an account is known elsewhere: to a host's operating system, or to an OIDC issuer."""

    __tablename__ = "identity"
    kind: Mapped[str] = mapped_column(primary_key=True)
    issuer: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))


class DelegationRow(Base):
    """A role that one account lends another from day to day."""

    __tablename__ = "delegation"
    giver_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    taker_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)
    begins: Mapped[date]
    ends: Mapped[date]


class AuditRow(Base):
    """What was done. Numbered without a gap; triggers refuse every change and deletion, and numbers out of turn.

    `at` is in microseconds since 1970 and `facts` is JSON, both as they are sealed in `mac`.
    """

    __tablename__ = "audit"
    number: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    at: Mapped[int] = mapped_column(BigInteger)
    account: Mapped[str]
    role: Mapped[str]
    on_behalf_of: Mapped[str]
    proof: Mapped[str]
    door: Mapped[str]
    act: Mapped[str]
    subject: Mapped[str]
    facts: Mapped[str]
    mac: Mapped[bytes]
    __table_args__ = (Index("audit_subject", "subject", "number"),)


class SummaryRow(Base):
    """How many items there are of a kind in a service, and their bytes: triggers keep it (`inventory/sums.py`).

    `outcome` and `problem_code` are "" for none.
    """

    __tablename__ = "summary"
    service_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    is_file: Mapped[bool] = mapped_column(primary_key=True)
    is_part: Mapped[bool] = mapped_column(primary_key=True)
    outcome: Mapped[str] = mapped_column(primary_key=True)
    problem_code: Mapped[str] = mapped_column(primary_key=True)
    items: Mapped[int] = mapped_column(BigInteger)
    bytes: Mapped[int] = mapped_column(BigInteger)


class SummaryDeltaRow(Base):
    """What is to be added to `summary`, where adding at once would have writers wait for each other."""

    __tablename__ = "summary_delta"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    service_id: Mapped[int] = mapped_column(Integer)
    is_file: Mapped[bool]
    is_part: Mapped[bool]
    outcome: Mapped[str]
    problem_code: Mapped[str]
    items: Mapped[int] = mapped_column(BigInteger)
    bytes: Mapped[int] = mapped_column(BigInteger)

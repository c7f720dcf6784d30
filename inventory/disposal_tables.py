"""Tables of disposal: manifests, the journal of what became of each file, certificates, and what stops it all.

Nothing in them refers to an item by a key of the database: the proof outlives what it is about.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, text
from sqlalchemy.orm import Mapped, mapped_column

from inventory.columns import Base, BigId

_UNDER_WAY = text("fate IN ('moving', 'restoring', 'purging')")


class ManifestRow(Base):
    """What is to go by the approval of one batch. `body` is the canonical JSON that `signature` is of, made with the
    key that `key_id` names; it says nothing of where files lie. `size` is of all of them together.
    """

    __tablename__ = "manifest"
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    batch: Mapped[int] = mapped_column(Integer, unique=True)
    service: Mapped[str]
    action: Mapped[str]
    planner: Mapped[str]
    made: Mapped[datetime]
    items: Mapped[int] = mapped_column(Integer)
    size: Mapped[int] = mapped_column(BigInteger)
    body: Mapped[bytes]
    signature: Mapped[bytes]
    key_id: Mapped[str]


class DisposalRow(Base):
    """One file of a manifest, as it was approved, where it lies, and what became of it (`domain/disposal.py`).

    `seal` is keyed, over its source and `locator`, and signed in the manifest: another place than the signed one is
    known. `token` is its name in quarantine, `kept` its version there, `refusal` why it was not done; `given_to`
    where it was restored to, if not to its place.
    """

    __tablename__ = "disposal"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    manifest: Mapped[int] = mapped_column(ForeignKey("manifest.number"))
    item: Mapped[int] = mapped_column(BigInteger)
    verdict: Mapped[int] = mapped_column(BigInteger)
    source: Mapped[str]
    locator: Mapped[bytes]
    tag: Mapped[str]
    seal: Mapped[str]
    service: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    modified: Mapped[datetime | None]
    version: Mapped[bytes]
    file_id: Mapped[str]
    digest: Mapped[bytes]
    rule: Mapped[str | None]
    record_class: Mapped[str | None]
    due: Mapped[date | None]
    ground: Mapped[str]
    fate: Mapped[str]
    refusal: Mapped[str | None]
    token: Mapped[str]
    kept: Mapped[bytes]
    quarantined: Mapped[datetime | None]
    purge_after: Mapped[date | None]
    given_to: Mapped[bytes | None]
    ended: Mapped[datetime | None]
    __table_args__ = (
        Index("disposal_manifest", "manifest", "fate", "id"),
        Index("disposal_item", "item"),
        Index("disposal_purge", "fate", "purge_after", "id"),
        Index("disposal_token", "token"),
        Index("disposal_under_way", "id", sqlite_where=_UNDER_WAY, postgresql_where=_UNDER_WAY),
    )


class DisposalStepRow(Base):
    """The journal: each step of a file's disposal, by whose account, before or after it was taken. Only added to."""

    __tablename__ = "disposal_step"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    disposal_id: Mapped[int] = mapped_column(ForeignKey("disposal.id"))
    step: Mapped[str]
    at: Mapped[datetime]
    account: Mapped[str]
    refusal: Mapped[str | None]
    __table_args__ = (Index("disposal_step_of", "disposal_id", "id"),)


class DisposalStopRow(Base):
    """That somebody stopped all disposal, or that of a service, and who let it go on again."""

    __tablename__ = "disposal_stop"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    service: Mapped[str]
    account: Mapped[str]
    at: Mapped[datetime]
    why: Mapped[str]
    lifted: Mapped[datetime | None]
    lifted_by: Mapped[str]


class CertificateRow(Base):
    """A certificate of destruction. Numbers are of a year and run without a gap; `body` is what `signature` is of."""

    __tablename__ = "certificate"
    year: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    manifest: Mapped[int] = mapped_column(ForeignKey("manifest.number"))
    issued: Mapped[datetime]
    account: Mapped[str]
    body: Mapped[bytes]
    signature: Mapped[bytes]
    key_id: Mapped[str]
    __table_args__ = (Index("certificate_manifest", "manifest"),)


class PackageRow(Base):
    """Where an archived or transferred file went, and when its copy there was verified: before that it stays. `package`
    is the path of the package, which is read again before the file is destroyed.
    """

    __tablename__ = "package"
    disposal_id: Mapped[int] = mapped_column(ForeignKey("disposal.id"), primary_key=True)
    package: Mapped[str]
    sha256: Mapped[bytes]
    verified: Mapped[datetime]

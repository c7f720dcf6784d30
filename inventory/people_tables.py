"""Tables of people: who can read and own, who may act here, and what they did."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, false, text
from sqlalchemy.orm import Mapped, mapped_column

from inventory.columns import Base, BigId


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

    `breadth` is judged from them again whenever more is known of the principals. `entries` are all of a Windows
    descriptor that concern reading, in its order: the number of a principal for a right, less than 0 for a denial.
    """

    __tablename__ = "access"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    digest: Mapped[bytes] = mapped_column(unique=True)
    owner_id: Mapped[int | None] = mapped_column(Integer)
    readers: Mapped[str]
    writers: Mapped[str]
    breadth: Mapped[str] = mapped_column(default="unknown", server_default="unknown")
    entries: Mapped[str | None]


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

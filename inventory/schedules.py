"""Who approved which version of a schedule, and which was applied last, as it is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, case, insert, select

from domain.actor import Role
from inventory.tables import ApprovalRow, FlagRow, ScheduleRow


@dataclass(frozen=True, slots=True)
class Approval:
    """That an account approved a version, in a role of its own or of another account's."""

    role: Role
    account: str
    on_behalf_of: str
    at: datetime

    @property
    def parties(self) -> frozenset[str]:
        return frozenset({self.account, self.on_behalf_of} - {""})


@dataclass(frozen=True, slots=True)
class Applied:
    """The version by which flags stand, and the day it was last applied on."""

    digest: str
    version: str
    on: date


def applied_last(connection: Connection) -> Applied | None:
    """The version of the flags that stand, which are all of one; without any flag the one that came last."""
    chosen = select(ScheduleRow.digest, ScheduleRow.version, ScheduleRow.evaluated)
    by_flag = case((ScheduleRow.id == select(FlagRow.schedule_id).limit(1).scalar_subquery(), 1), else_=0)
    newest = chosen.order_by(by_flag.desc(), ScheduleRow.evaluated.desc(), ScheduleRow.id.desc()).limit(1)
    row = connection.execute(newest).one_or_none()
    return None if row is None else Applied(*row)


def approvals(connection: Connection, digest: str) -> tuple[Approval, ...]:
    """Of the version with that digest, the first first."""
    chosen = select(ApprovalRow.role, ApprovalRow.account, ApprovalRow.on_behalf_of, ApprovalRow.at)
    rows = connection.execute(chosen.where(ApprovalRow.digest == digest).order_by(ApprovalRow.at, ApprovalRow.role))
    return tuple(Approval(Role(row.role), row.account, row.on_behalf_of, row.at) for row in rows)


def approve(connection: Connection, digest: str, approval: Approval) -> None:
    values = {"digest": digest, "role": str(approval.role), "account": approval.account,
              "on_behalf_of": approval.on_behalf_of, "at": approval.at}  # fmt: skip
    connection.execute(insert(ApprovalRow).values(values))

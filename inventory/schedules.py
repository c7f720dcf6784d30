"""Who approved which version of a schedule, as it is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from domain.actor import Role
from inventory.tables import ApprovalRow


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


def approvals(connection: Connection, digest: str) -> tuple[Approval, ...]:
    """Of the version with that digest, the first first."""
    chosen = select(ApprovalRow.role, ApprovalRow.account, ApprovalRow.on_behalf_of, ApprovalRow.at)
    rows = connection.execute(chosen.where(ApprovalRow.digest == digest).order_by(ApprovalRow.at, ApprovalRow.role))
    return tuple(Approval(Role(row.role), row.account, row.on_behalf_of, row.at) for row in rows)


def approve(connection: Connection, digest: str, approval: Approval) -> None:
    values = {"digest": digest, "role": str(approval.role), "account": approval.account,
              "on_behalf_of": approval.on_behalf_of, "at": approval.at}  # fmt: skip
    connection.execute(insert(ApprovalRow).values(values))

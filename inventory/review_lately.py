"""What was approved lately by one approver alone, so that what needs two cannot be approved in slices."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, func, or_, select

from domain.review import Batch, Stage, VerdictState
from domain.summary import Tally
from inventory.dialects import total
from inventory.review_tables import BatchApprovalRow, BatchRow, VerdictRow
from inventory.tables import ServiceRow


def approved_alone(
    connection: Connection, batch: Batch, rules: Collection[str], since: datetime, until: datetime
) -> Tally:
    """How much goes by other batches that no second person approved, first approved within that time: of what the same
    people proposed, or of what some rules put forward in the same service.
    """
    people = sorted({batch.proposer, batch.on_behalf_of} - {""})
    theirs = or_(BatchRow.proposer.in_(people), BatchRow.on_behalf_of.in_(people))
    alike = (ServiceRow.name == batch.service) & VerdictRow.rule.in_(sorted(rules))
    asked = (
        select(func.count(), total(VerdictRow.size))
        .select_from(BatchApprovalRow)
        .join(BatchRow, BatchRow.id == BatchApprovalRow.batch_id)
        .join(ServiceRow, ServiceRow.id == BatchRow.service_id)
        .join(VerdictRow, VerdictRow.batch_id == BatchRow.id)
        .where(BatchApprovalRow.stage == Stage.FIRST, BatchApprovalRow.approved)
        .where(BatchApprovalRow.at >= since, BatchApprovalRow.at < until)
        .where(BatchRow.id != batch.number, ~BatchRow.needs_second, VerdictRow.state == VerdictState.CURRENT)
        .where(or_(theirs, alike))
    )
    return Tally(*connection.execute(asked).one())

"""Whether a batch has every approval that it needs: as it was decided on, and by what was found in its files since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from domain.audit import Act
from domain.errors import ConfigurationError
from domain.review import Batch, BatchState, WhySecond
from inventory.audit import Transaction
from inventory.reviews import batch_numbered, change_batch
from operations.access import RefusedError
from operations.people.audit import Change
from operations.review.approving import needing
from operations.review.desk import Desk
from operations.review.giving import why_second
from operations.review.seeing import Looked


def refuse_batch(connection: Transaction, number: int, state: BatchState) -> Batch:
    """The batch, if it is of that state and has every approval that it needs, each by another person: looked at here
    again, whatever its state says. Who acted for somebody is that somebody too. Raises RefusedError.
    """
    batch = batch_numbered(connection, number)
    if batch is None:
        raise ConfigurationError(f"There is no batch {number}. See: muniment dispose plan")
    if batch.state is not state:
        raise RefusedError(f"Batch {number} is {batch.state}, and this is done with one that is {state}.")
    given = [one for one in batch.approvals if one.approved]
    stages = {str(one.stage) for one in given}
    needed = {"first", "second"} if batch.needs_second else {"first"}
    hands = [{one.account, one.on_behalf_of} - {""} for one in given]
    hands.append({batch.proposer, batch.on_behalf_of} - {""})
    if not needed <= stages or any(one & other for one, other in combinations(hands, 2)):
        raise RefusedError(f"Batch {number} lacks an approval, or one person gave two. It goes back to its approvers.")
    return batch


def lacking(
    transaction: Transaction, desk: Desk, batch: Batch, looked: Looked, items: Sequence[int]
) -> tuple[WhySecond, ...]:
    """Why a batch that one person approved needs a second by now: what is in its files may have been found since."""
    there = [item for item in items if item in looked.facts]
    return () if batch.needs_second else why_second(transaction, desk, batch, looked, there)


def send_back(change: Change, batch: Batch, whys: Sequence[WhySecond]) -> None:
    """Have a batch wait for its second approval."""
    change_batch(change.transaction, replace(needing(batch, whys), state=BatchState.APPROVED_ONCE))
    change.note(Act.DISPOSAL_PLANNED, f"batch:{batch.number}", items=0, second=",".join(whys))


def needs_another(batch: Batch, whys: Sequence[WhySecond]) -> str:
    """What to tell whoever wanted to plan it."""
    told = "; ".join(why.words for why in whys)
    return f"Batch {batch.number} needs a second approval, since {told}. It waits for that now; then plan it again."

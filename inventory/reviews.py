"""Batches of verdicts as they are stored, with their approvals. Who may decide is for operations to ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, insert, select, text, update

from domain.review import (
    Approval,
    Batch,
    BatchState,
    ReasonCode,
    SampleCount,
    Stage,
    Verdict,
    VerdictKind,
    VerdictState,
    WhySecond,
)
from inventory.dialects import in_parts, total
from inventory.recording import AnyRow
from inventory.tables import BatchApprovalRow, BatchRow, BatchSampleRow, QueuedRow, ServiceRow, VerdictRow

_PAGE = 5_000
_ALONE_TO_THE_END = text("SELECT pg_advisory_xact_lock(7305808876)")
"""Beside the numbers that `inventory.engine` and `inventory.audit` take locks by."""


def alone(transaction: Connection) -> None:
    """Keep every other change of queues, batches and verdicts waiting until this transaction ends: called before the
    first of them, so that none is lost and none waits for another in a ring. SQLite has one writer anyway.
    """
    if transaction.dialect.name == "postgresql":
        transaction.execute(_ALONE_TO_THE_END)


def approved_batches(connection: Connection) -> tuple[Batch, ...]:
    """Those that have every approval that they need, and that nothing was planned for yet; the oldest first."""
    return batches(connection, [BatchState.APPROVED])


def batches(
    connection: Connection, states: Collection[BatchState], services: Collection[str] | None = None,
    before: int | None = None, limit: int | None = None,
) -> tuple[Batch, ...]:  # fmt: skip
    """Those in these states, of some services where these are named; the oldest first, or with `before`, the number of
    a batch, those older than it, the newest first.
    """
    asked = _BATCHES.where(BatchRow.state.in_(list(states)))
    if services is not None:
        asked = asked.where(ServiceRow.name.in_(list(services)))
    if before is None:
        asked = asked.order_by(BatchRow.id)
    else:
        asked = asked.where(BatchRow.id < before).order_by(BatchRow.id.desc())
    return _read(connection, asked.limit(limit))


def batch_numbered(connection: Connection, number: int) -> Batch | None:
    """None where there is none of that number."""
    return next(iter(_read(connection, _BATCHES.where(BatchRow.id == number))), None)


def items_of(
    connection: Connection, batch: int, state: VerdictState | None = VerdictState.CURRENT, after: int = -1
) -> Iterator[Verdict]:
    """The verdicts of a batch in a state, or with None in any, in the order of their items' numbers; of items behind
    `after`. What was superseded or voided since is not current, and so is neither planned nor disposed of.
    """
    asked = _VERDICTS.where(VerdictRow.batch_id == batch).order_by(VerdictRow.item_id).limit(_PAGE)
    if state is not None:
        asked = asked.where(VerdictRow.state == state)
    while page := [_verdict(row) for row in connection.execute(asked.where(VerdictRow.item_id > after))]:
        yield from page
        after = page[-1].item


def set_batch_state(transaction: Connection, number: int, state: BatchState) -> None:
    transaction.execute(update(BatchRow).where(BatchRow.id == number).values(state=str(state)))


def parties_of(connection: Connection, batch: int) -> frozenset[str]:
    """Who took part in a batch: proposer, approvers, and on whose behalf; nobody of a batch that there is not."""
    found = batch_numbered(connection, batch)
    return frozenset() if found is None else found.parties


def current(connection: Connection, items: Sequence[int]) -> dict[int, Verdict]:
    """The current verdicts on items, by the items' numbers."""
    asked = _VERDICTS.where(VerdictRow.state == VerdictState.CURRENT)
    return {
        row.item_id: _verdict(row)
        for some in in_parts(items)
        for row in connection.execute(asked.where(VerdictRow.item_id.in_(some)))
    }


def history(connection: Connection, item: int) -> tuple[tuple[Verdict, Batch], ...]:
    """Every verdict on an item with its batch, drafts left out, the newest first."""
    asked = _VERDICTS.where(VerdictRow.item_id == item, VerdictRow.state != VerdictState.DRAFT)
    found = [_verdict(row) for row in connection.execute(asked.order_by(VerdictRow.id.desc()))]
    known = {
        one.number: one for one in _read(connection, _BATCHES.where(BatchRow.id.in_({one.batch for one in found})))
    }
    return tuple((one, known[one.batch]) for one in found)


def alike(
    connection: Connection, rule: str, folder: int | None, services: Collection[str] | None = None
) -> dict[VerdictKind, int]:
    """How many items that a rule is about were decided on in each way, in a folder and by some services where these are
    named; what was only drafted, or voided since, is not counted.
    """
    asked = select(VerdictRow.kind, func.count()).where(VerdictRow.rule == rule).group_by(VerdictRow.kind)
    asked = asked.where(VerdictRow.state.in_((VerdictState.CURRENT, VerdictState.SUPERSEDED)))
    if folder is not None:
        asked = asked.where(VerdictRow.dir_id == folder)
    if services is not None:
        asked = asked.join(BatchRow, BatchRow.id == VerdictRow.batch_id).join(ServiceRow)
        asked = asked.where(ServiceRow.name.in_(list(services)))
    return {VerdictKind(kind): count for kind, count in connection.execute(asked).all()}


def add_batch(transaction: Connection, batch: Batch, seed: str = "", draft: str = "") -> int:
    """Write down a batch, whose number is given to it here, with no verdicts yet."""
    service = transaction.execute(select(ServiceRow.id).where(ServiceRow.name == batch.service)).scalar_one()
    values = _values(batch) | {"service_id": service, "items": 0, "bytes": 0, "seed": seed, "draft": draft}
    return transaction.execute(insert(BatchRow).values(values).returning(BatchRow.id)).scalar_one()


def change_batch(transaction: Connection, batch: Batch) -> None:
    """Write what became of the batch of that number; its items are counted by themselves."""
    transaction.execute(update(BatchRow).where(BatchRow.id == batch.number).values(_values(batch)))


def add_verdicts(transaction: Connection, verdicts: Iterable[Mapping[str, Any]]) -> None:
    """Rows of `verdict` without their numbers, of items that still wait in their queue if they did; a current one must
    be the item's only one.
    """
    rows = list(verdicts)
    for some in in_parts(rows):
        transaction.execute(insert(VerdictRow), list(some))
    batches = {row["batch_id"] for row in rows}
    transaction.execute(_SINCE.where(VerdictRow.batch_id.in_(batches)))
    recount(transaction, batches)


def set_verdict_state(transaction: Connection, numbers: Sequence[int], state: VerdictState) -> Counter[int]:
    """Have verdicts be of this state, by their numbers; their batches say how much they still hold. How many items
    that takes from each batch that somebody proposed and that is not planned yet.
    """
    lost = Counter[int]()
    for some in in_parts(numbers):
        lost += change_verdicts(transaction, VerdictRow.id.in_(some), state)
    return lost


def change_verdicts(transaction: Connection, which: ColumnElement[bool], state: VerdictState) -> Counter[int]:
    """The same with those that meet a condition."""
    statement = update(VerdictRow).where(which).values(state=str(state)).returning(VerdictRow.batch_id)
    changed = Counter(transaction.execute(statement).scalars())
    proposed = select(BatchRow.id).where(BatchRow.state.in_(_PROPOSED))
    lost = {
        number: changed[number]
        for some in in_parts(sorted(changed))
        for number in transaction.execute(proposed.where(BatchRow.id.in_(some))).scalars()
    }
    recount(transaction, changed)
    return Counter(lost)


def recount(transaction: Connection, numbers: Collection[int]) -> None:
    """Have batches say how much they still hold; one that waited and holds nothing any more is void."""
    for some in in_parts(sorted(numbers)):
        counted = {
            row.batch_id: row
            for row in transaction.execute(_COUNTED.where(VerdictRow.batch_id.in_(some)).group_by(VerdictRow.batch_id))
        }
        for number in some:
            row = counted.get(number)
            values = {"items": row.n if row else 0, "bytes": row.bytes if row else 0}
            transaction.execute(update(BatchRow).where(BatchRow.id == number).values(values))
            if row is None:
                empty = update(BatchRow).where(BatchRow.id == number, BatchRow.state.in_(_OPEN))
                transaction.execute(empty.values(state=str(BatchState.VOID)))


_SINCE = update(VerdictRow).values(
    entered=select(QueuedRow.entered).where(QueuedRow.item_id == VerdictRow.item_id).scalar_subquery()
)
_PROPOSED = (BatchState.PROPOSED, BatchState.APPROVED_ONCE, BatchState.APPROVED)
_OPEN = (BatchState.DRAFT, *_PROPOSED)
_COUNTED = select(VerdictRow.batch_id, func.count().label("n"), total(VerdictRow.size).label("bytes")).where(
    VerdictRow.state.in_((VerdictState.CURRENT, VerdictState.DRAFT))
)


def add_approval(transaction: Connection, batch: int, approval: Approval) -> None:
    values = {
        "batch_id": batch, "stage": str(approval.stage), "account": approval.account,
        "on_behalf_of": approval.on_behalf_of, "at": approval.at, "approved": approval.approved, "why": approval.why,
    }  # fmt: skip
    transaction.execute(insert(BatchApprovalRow).values(values))


_BATCHES: Select[*tuple[Any, ...]] = select(BatchRow.__table__, ServiceRow.name.label("service")).join(
    ServiceRow, ServiceRow.id == BatchRow.service_id
)
_VERDICTS: Select[*tuple[Any, ...]] = select(VerdictRow.__table__)


def _read(connection: Connection, asked: Select[*tuple[Any, ...]]) -> tuple[Batch, ...]:
    rows = connection.execute(asked).all()
    numbers = [row.id for row in rows]
    approvals: dict[int, list[Approval]] = {}
    samples: dict[int, SampleCount] = {}
    for some in in_parts(numbers):
        given = select(BatchApprovalRow.__table__).where(BatchApprovalRow.batch_id.in_(some))
        for row in connection.execute(given.order_by(BatchApprovalRow.at, BatchApprovalRow.stage)):
            approvals.setdefault(row.batch_id, []).append(_approval(row))
        for row in connection.execute(_SAMPLED.where(BatchSampleRow.batch_id.in_(some))):
            samples[row.batch_id] = SampleCount(row.size, row.opened, row.kept)
    return tuple(_batch(row, approvals.get(row.id, []), samples.get(row.id, SampleCount())) for row in rows)


_SAMPLED = select(
    BatchSampleRow.batch_id, func.count().label("size"), func.count(BatchSampleRow.opened).label("opened"),
    func.count().filter(BatchSampleRow.keep).label("kept"),
).group_by(BatchSampleRow.batch_id)  # fmt: skip


def _batch(row: AnyRow, approvals: Iterable[Approval], sample: SampleCount) -> Batch:
    return Batch(
        row.id, row.service, VerdictKind(row.kind), ReasonCode(row.reason) if row.reason else None, row.note,
        row.proposer, row.on_behalf_of, row.at, BatchState(row.state), row.items, row.bytes, row.needs_second,
        tuple(WhySecond(why) for why in row.why_second.split(",") if why), sample, tuple(approvals), row.target,
        row.until,
    )  # fmt: skip


def _values(batch: Batch) -> dict[str, Any]:
    return {
        "kind": str(batch.kind), "reason": str(batch.reason or ""), "note": batch.note, "target": batch.target,
        "until": batch.until, "proposer": batch.proposer, "on_behalf_of": batch.on_behalf_of, "at": batch.at,
        "state": str(batch.state), "needs_second": batch.needs_second, "why_second": ",".join(batch.why_second),
    }  # fmt: skip


def _verdict(row: AnyRow) -> Verdict:
    return Verdict(
        row.id, row.batch_id, row.item_id, VerdictKind(row.kind), row.until, row.target, row.version, row.digest,
        row.rule, row.schedule, VerdictState(row.state), row.size, row.stamp,
    )  # fmt: skip


def _approval(row: AnyRow) -> Approval:
    return Approval(Stage(row.stage), row.account, row.on_behalf_of, row.at, row.approved, row.why)

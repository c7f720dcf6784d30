"""The queues of what waits for a verdict, written as differences, and what they come to.

A file waits that the schedule says is due (or, where that is asked for, that is ROT), unless a verdict stands on it as
it is now. Who changes queues in a transaction calls `inventory.reviews.alone` first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    case,
    delete,
    exists,
    false,
    func,
    insert,
    literal,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.orm import aliased

from domain.decision import State
from domain.item import ItemKind
from domain.review import BatchState, VerdictKind, VerdictState
from domain.rot import RotReason
from domain.rule import Action
from inventory.dialects import in_parts, total, upsert
from inventory.review_odd import odd_bits
from inventory.reviews import change_verdicts
from inventory.tables import (
    BatchRow,
    DirRow,
    FlagRow,
    ItemRow,
    MemberRow,
    QueuedRow,
    QueueSumRow,
    RotRow,
    ServiceRow,
    VerdictRow,
)

FLAG, ROT = "flag", "rot"
ROT_RULE = "rot:"
"""Before the reason, where it stands in the place of a rule's id."""


@dataclass(frozen=True, slots=True)
class QueueSum:
    """What waits in the queue of a service: `due` and `entered` are the earliest days."""

    service: str
    items: int
    bytes: int
    odd: int
    due: date
    entered: date


@dataclass(frozen=True, slots=True)
class Refilled:
    """How many rows of queues changed, and how many items each batch `lost` that was proposed and not planned yet."""

    changed: int
    lost: Mapping[int, int]


def refill(
    connection: Connection, today: date, *, rot: bool | None = None, evaluated: datetime | None = None,
    only: Sequence[int] | None = None,
) -> Refilled:  # fmt: skip
    """Have the queues be what they are to be, or just the place of `only` some items in them. A verdict on what was
    changed since is superseded, so that its item waits again.

    `evaluated`: the schedule was applied, with what was known at that moment. What is only ROT comes in with `rot`,
    leaves where that is false, and is left as it is where nobody says.
    """
    changed, lost = 0, Counter[int]()
    for some in [None] if only is None else in_parts(only):
        lost += _supersede(connection, some, evaluated)
        changed += connection.execute(_leaving(today, rot=rot, only=some)).rowcount
        for candidates in (_flagged, *((_rot,) if rot else ())):
            changed += _enter(connection, candidates(today), some)
    if only is None:
        if changed or not _adds_up(connection):
            connection.execute(delete(QueueSumRow))
            connection.execute(_add_up())
    elif changed:
        add_up(connection, only)
    return Refilled(changed, lost)


def take_out(connection: Connection, items: Sequence[int]) -> None:
    """Have these items wait no longer."""
    folders = _folders_of(connection, items)
    for some in in_parts(items):
        connection.execute(delete(QueuedRow).where(QueuedRow.item_id.in_(some)))
    _add_up_folders(connection, folders)


def send_to(connection: Connection, items: Sequence[int], service: str, assignee: str) -> None:
    """Have these items wait in the queue of a service, for somebody of it where one is named."""
    number = connection.execute(select(ServiceRow.id).where(ServiceRow.name == service)).scalar_one()
    for some in in_parts(items):
        moved = update(QueuedRow).where(QueuedRow.item_id.in_(some))
        connection.execute(moved.values(service_id=number, referred=True, assignee=assignee))
    add_up(connection, items)


def add_up(connection: Connection, items: Sequence[int]) -> None:
    """Add up the sums of the folders of these items anew."""
    _add_up_folders(connection, _folders_of(connection, items))


def queue_sums(connection: Connection, services: Collection[str] | None = None) -> tuple[QueueSum, ...]:
    """What waits by service, those with nothing left out; of some services where these are named."""
    summed = select(
        QueueSumRow.service_id, total(QueueSumRow.items).label("items"), total(QueueSumRow.bytes).label("bytes"),
        total(QueueSumRow.odd).label("odd"), func.min(QueueSumRow.due).label("due"),
        func.min(QueueSumRow.entered).label("entered"),
    ).group_by(QueueSumRow.service_id).subquery()  # fmt: skip
    asked = select(ServiceRow.name, *list(summed.c)[1:]).join(summed, summed.c.service_id == ServiceRow.id)
    if services is not None:
        asked = asked.where(ServiceRow.name.in_(list(services)))
    return tuple(QueueSum(*row) for row in connection.execute(asked.order_by(ServiceRow.name)))


def assigned(connection: Connection, account: str) -> dict[str, int]:
    """How many items were sent to an account, by the service in whose queue they wait."""
    asked = select(ServiceRow.name, func.count()).join(QueuedRow, QueuedRow.service_id == ServiceRow.id)
    asked = asked.where(QueuedRow.assignee == account, _SENT).group_by(ServiceRow.name)
    return {row[0]: row[1] for row in connection.execute(asked)}


_SENT: ColumnElement[Any] = literal_column("queued.assignee <> ''")
"""In the words of its index."""


def _supersede(connection: Connection, only: Sequence[int] | None, evaluated: datetime | None) -> Counter[int]:
    """End verdicts on what is gone or was changed since, but for what is planned, which its run looks at, or done with:
    that is its history, until something else lies there; and those that gave another class before the schedule was
    applied.
    """
    there = exists().where(ItemRow.id == VerdictRow.item_id, ItemRow.gone.is_(None))
    same = there.where(ItemRow.version == VerdictRow.version)
    batch = exists().where(BatchRow.id == VerdictRow.batch_id)
    planned, done = (batch.where(BatchRow.state == state) for state in (BatchState.PLANNED, BatchState.DONE))
    changed = and_(~same, or_(VerdictRow.kind.not_in(_PROPOSALS), ~or_(planned, and_(done, ~there))))
    stale = changed
    if evaluated is not None:
        stale = or_(stale, and_(VerdictRow.kind == VerdictKind.RECLASSIFY, batch.where(BatchRow.at < evaluated)))
    stale = and_(VerdictRow.state == VerdictState.CURRENT, stale)
    if only is not None:
        stale = stale & VerdictRow.item_id.in_(only)
    return change_verdicts(connection, stale, VerdictState.SUPERSEDED)


_PROPOSALS = tuple(kind for kind in VerdictKind if kind.is_proposal)
_WITH_A_DAY = tuple(kind for kind in VerdictKind if kind.needs_day)


def _stands(item: Any, today: date) -> ColumnElement[bool]:
    """Whether a verdict keeps an item from waiting: a proposal until it is decided on; a day that has not come; a
    class, until the schedule was applied to it. A referral never does.
    """
    kept = VerdictRow.kind.in_(_WITH_A_DAY) & (VerdictRow.until > today)
    stands = or_(VerdictRow.kind.in_((*_PROPOSALS, VerdictKind.RECLASSIFY)), kept)
    return exists().where(VerdictRow.item_id == item, VerdictRow.state == VerdictState.CURRENT, stands)


PUT_FORWARD = and_(
    RotRow.guard == "",
    RotRow.reason.in_([one for one in RotReason if one.disposable and one is not RotReason.PAST_DUE]),
)
"""Of ROT, what may be put before people that is not due anyway."""
_IS_ROT = exists().where(RotRow.item_id == QueuedRow.item_id, PUT_FORWARD)


def _leaving(today: date, *, rot: bool | None, only: Sequence[int] | None) -> Any:
    item = aliased(ItemRow)
    there = exists().where(item.id == QueuedRow.item_id, item.gone.is_(None))
    due = exists().where(FlagRow.item_id == QueuedRow.item_id, FlagRow.state == State.DUE)
    found = false() if rot is False else and_(_IS_ROT, QueuedRow.ground == ROT)
    stands = _stands(QueuedRow.item_id, today)
    leaving = delete(QueuedRow).where(or_(~there, stands, ~or_(due, found)))
    return leaving if only is None else leaving.where(QueuedRow.item_id.in_(only))


def _flagged(today: date) -> Select[*tuple[Any, ...]]:
    # Of a flag without a day it is the one on which it came in, which is not another every day.
    waits = select(QueuedRow.entered).where(QueuedRow.item_id == ItemRow.id).scalar_subquery()
    due = func.coalesce(FlagRow.due, waits, today)
    named = (literal(FLAG), FlagRow.action, func.coalesce(FlagRow.rule, ""), due)
    chosen = _columns(today, *named).join(FlagRow, FlagRow.item_id == ItemRow.id)
    return chosen.where(FlagRow.state == State.DUE, ~_stands(ItemRow.id, today))


def _rot(today: date) -> Select[*tuple[Any, ...]]:
    named = (literal(ROT), literal(str(Action.DISPOSE)), literal(ROT_RULE) + RotRow.reason, literal(today))
    chosen = _columns(today, *named).join(RotRow, RotRow.item_id == ItemRow.id)
    due = exists().where(FlagRow.item_id == ItemRow.id, FlagRow.state == State.DUE)
    return chosen.where(PUT_FORWARD, ~due, ~_stands(ItemRow.id, today))


def _columns(today: date, *named: Any) -> Select[*tuple[Any, ...]]:
    family = select(func.min(MemberRow.family_id)).where(MemberRow.item_id == ItemRow.id).scalar_subquery()
    chosen = select(
        ItemRow.id, DirRow.service_id, ItemRow.dir_id, *named, literal(today), ItemRow.size, odd_bits(today), family
    )
    there = (ItemRow.gone.is_(None), ItemRow.kind == ItemKind.FILE)
    return chosen.select_from(ItemRow).join(DirRow, DirRow.id == ItemRow.dir_id).where(*there)


_NAMES = ("item_id", "service_id", "dir_id", "ground", "action", "rule", "due", "entered", "bytes", "odd", "family_id")
_FOLLOWING = ("dir_id", "ground", "action", "rule", "due", "bytes", "odd", "family_id")
"""What of a row follows the item; since when it waits does not, nor in whose queue, where somebody sent it there."""


def _enter(connection: Connection, candidates: Select[*tuple[Any, ...]], only: Sequence[int] | None) -> int:
    if only is not None:
        candidates = candidates.where(ItemRow.id.in_(only))
    statement = upsert(connection, QueuedRow).from_select(list(_NAMES), candidates)
    new = statement.excluded
    service = case((QueuedRow.referred, QueuedRow.service_id), else_=new.service_id)
    values: dict[str, Any] = {name: new[name] for name in _FOLLOWING} | {"service_id": service}
    # Of ROT a day is the one on which it was found, which is not another every day.
    values["due"] = case((new.ground == ROT, QueuedRow.due), else_=new.due)
    differs = or_(*(getattr(QueuedRow, name).is_distinct_from(value) for name, value in values.items()))
    entering = statement.on_conflict_do_update(index_elements=["item_id"], set_=values, where=differs)
    return connection.execute(entering, execution_options={"preserve_rowcount": True}).rowcount


def _adds_up(connection: Connection) -> bool:
    """An item that is deleted leaves its queue and not its sum."""
    kept = connection.execute(select(total(QueueSumRow.items))).scalar_one()
    return kept == connection.execute(select(func.count()).select_from(QueuedRow)).scalar_one()


def _folders_of(connection: Connection, items: Sequence[int]) -> list[int]:
    """Of items that wait or not: those in which a sum may have to change."""
    found = set[int]()
    for some in in_parts(items):
        found |= set(connection.execute(select(ItemRow.dir_id).where(ItemRow.id.in_(some))).scalars())
    return sorted(found)


def _add_up_folders(connection: Connection, folders: Sequence[int]) -> None:
    for some in in_parts(folders):
        connection.execute(delete(QueueSumRow).where(QueueSumRow.dir_id.in_(some)))
        connection.execute(_add_up(some))


def _add_up(folders: Sequence[int] | None = None) -> Any:
    by = (QueuedRow.service_id, QueuedRow.dir_id, QueuedRow.rule, QueuedRow.action)
    summed = select(
        *by, func.count(), total(QueuedRow.bytes), func.count().filter(QueuedRow.odd != 0), func.min(QueuedRow.due),
        func.min(QueuedRow.entered),
    ).group_by(*by)  # fmt: skip
    if folders is not None:
        summed = summed.where(QueuedRow.dir_id.in_(folders))
    names = ["service_id", "dir_id", "rule", "action", "items", "bytes", "odd", "due", "entered"]
    return insert(QueueSumRow).from_select(names, summed)

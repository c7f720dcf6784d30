"""The queues: what waits for a verdict in each service, for how long, and from when it is overdue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.actor import Actor, Verb
from domain.audit import Act
from inventory import review_queue
from inventory.engine import reading
from inventory.review_queue import assigned, queue_sums
from inventory.reviews import alone
from operations.access import ask, own_services
from operations.review.desk import Desk
from operations.review.losing import note_lost


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits in a service: `due` is the earliest due day, `entered` when the first of it came into the queue, and
    `waited` the working days since; `odd` are outliers, `mine` what was sent to whoever asks.
    """

    service: str
    items: int
    bytes: int
    odd: int
    due: date
    entered: date
    waited: int
    overdue_from: date
    overdue: bool
    mine: int = 0


def queues(actor: Actor, desk: Desk) -> tuple[Queue, ...]:
    """Every queue that something waits in, of the actor's services; what waits longest first."""
    services = own_services(actor, Verb.VIEW_LIST)
    with reading(desk.trail.database) as connection:
        sums, mine = queue_sums(connection, services), assigned(connection, actor.account)
    found, calendar = [], desk.settings.calendar
    for one in sums:
        overdue_from = calendar.after(one.entered, desk.settings.working_days)
        waited, overdue = calendar.between(one.entered, desk.today), desk.today >= overdue_from
        found.append(Queue(one.service, one.items, one.bytes, one.odd, one.due, one.entered, waited, overdue_from,
                           overdue, mine.get(one.service, 0)))  # fmt: skip
    return tuple(sorted(found, key=lambda queue: (queue.entered, queue.service)))


def refill(actor: Actor, desk: Desk) -> int:
    """Have the queues hold what is due, what came back on its day, and what is ROT where that is asked for; how many
    rows that changed. An evaluation of the schedule does so itself, but for ROT.
    """
    authority = ask(actor, Verb.EVALUATE)
    with desk.trail.changing(authority) as change:
        alone(change.transaction)
        filled = review_queue.refill(change.transaction, desk.today, rot=desk.settings.rot)
        note_lost(change, filled.lost)
        if filled.changed:
            change.note(Act.QUEUES_FILLED, changed=filled.changed, day=str(desk.today))
    return filled.changed

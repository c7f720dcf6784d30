"""A desk with what is due in its queues, the people who decide there, and short ways to what they do."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from builders import a_class, a_rule, a_schedule
from scan_driver import scan
from sqlalchemy import insert, select, update

from domain.account import Account
from domain.actor import Actor, Grant, Proof, Role
from domain.hold import Hold, HoldKind, HoldScope
from domain.review import ReasonCode, VerdictKind
from domain.rot import RotReason
from domain.rule import Schedule
from inventory import schedules
from inventory.accounts import add_account
from inventory.engine import reading, writing
from inventory.holds import add_hold
from inventory.queries import Inventory
from inventory.review_groups import queued
from inventory.schedules import Approval
from inventory.tables import ContentRow, ItemRow, RotRow
from operations.configuration.review_settings import ReviewSettings
from operations.people.approval import APPROVERS
from operations.people.audit import Trail
from operations.review.desk import Desk
from operations.review.queue import refill
from operations.review.ruling import Ruling
from operations.review.seeing import look
from operations.schedule.evaluate import evaluate

TODAY = date(2026, 11, 23)
A, B, C, D = b"Housing/2015/a.txt", b"Housing/2015/b.txt", b"Housing/c.txt", b"Education/d.txt"
FILES = {A: b"first", B: b"second", C: b"third", D: b"fourth"}
KEEP = Ruling(VerdictKind.KEEP, ReasonCode.STILL_USED, until=date(2027, 11, 23))
DISPOSE = Ruling(VerdictKind.DISPOSE, ReasonCode.PERIOD_OVER)
SCHEDULE = a_schedule(
    a_class("HO.01", "Repairs", "Housing/**", risk="low")
    + a_class("ED.01", "Pupils", "Education/**", risk="high")
    + a_class("LG.01", "Deeds")
    + a_class("TE.01", "Notes")
    + a_rule("HO", "HO.01", "P1Y")
    + a_rule("ED", "ED.01", "P2Y")
    + a_rule("LG", "LG.01", "P50Y")
    + a_rule("TE", "TE.01", "P1M")
)


def an_actor(name: str, role: Role, *services: str) -> Actor:
    return Actor(name, (Grant(role, frozenset(services)),), Proof.PASSWORD)


RUTH, ROBIN = an_actor("ruth", Role.REVIEWER, "Housing"), an_actor("robin", Role.REVIEWER, "Housing")
ERIN = an_actor("erin", Role.REVIEWER, "Education")
ALEX, MORGAN = an_actor("alex", Role.APPROVER, "Housing", "Education"), an_actor("morgan", Role.RECORDS_MANAGER)
IRIS = an_actor("iris", Role.IG_OFFICER)
PEOPLE = (RUTH, ROBIN, ERIN, ALEX, MORGAN, IRIS)
NIGHT = an_actor("night", Role.OPERATOR)


def a_desk(trail: Trail, schedule: Schedule = SCHEDULE, today: date = TODAY, **settings) -> Desk:
    """With accounts, an approved schedule, and all that is due in the queues."""
    with writing(trail.database) as connection:
        for actor in PEOPLE:
            grant = actor.grants[0]
            account = Account(actor.account, "", frozenset({grant.role}), grant.services, has_password=True)
            add_account(connection, account, datetime(2026, 1, 1, tzinfo=UTC))
        for role in APPROVERS:
            at = datetime(2026, 1, 1, tzinfo=UTC)
            schedules.approve(connection, schedule.digest, Approval(role, str(role), "", at))
    desk = Desk(trail, ReviewSettings(**settings), schedule, today)
    evaluated(desk)
    return desk


def evaluated(desk: Desk, today: date | None = None) -> Desk:
    """The desk on a day on which the schedule was applied and the queues were filled."""
    desk = replace(desk, today=today or desk.today)
    assert desk.schedule is not None
    evaluate(NIGHT, desk.trail, desk.schedule, desk.today)
    refill(NIGHT, desk)
    return desk


def with_settings(desk: Desk, **settings) -> Desk:
    return replace(desk, settings=ReviewSettings(**settings))


def hold(desk: Desk) -> None:
    """Place one on all that lies in Housing/2015."""
    scope = HoldScope(paths=("Housing/2015/*",))
    with writing(desk.trail.database) as connection:
        add_hold(connection, Hold("HOLD-1", HoldKind.LITIGATION, "a claim", "counsel", scope, placed=TODAY))


def change_content(desk: Desk, path: bytes, **values: object) -> None:
    """Have the content of a file be judged otherwise, or the file itself be."""
    row = ContentRow if set(values) <= {"special", "children", "criminal"} else ItemRow
    with writing(desk.trail.database) as connection:
        item = number(desk, path)
        of = ItemRow.id == item
        if row is ContentRow:
            of = ContentRow.id == select(ItemRow.content_id).where(ItemRow.id == item).scalar_subquery()
        connection.execute(update(row).where(of).values(**values))


def a_rot(desk: Desk, path: bytes, reason: RotReason) -> None:
    """A file that no rule is about, and that is ROT."""
    scan(desk.trail.database, {**FILES, path: b"passing"})
    with writing(desk.trail.database) as connection:
        values = {"reason": reason, "also": "", "guard": "", "bytes": 7, "facts": "{}"}
        connection.execute(insert(RotRow).values(item_id=number(desk, path), **values))


def number(desk: Desk, path: bytes) -> int:
    (held,) = Inventory(desk.trail.database).at(path)
    return held.number


def stamps(desk: Desk, *paths: bytes) -> dict[int, str]:
    """What a form about these carries, made now."""
    items = [number(desk, path) for path in paths]
    looked = look(desk, items)
    return {item: looked.stamp(item) for item in items}


def waiting_paths(desk: Desk) -> set[str]:
    """What waits in any queue."""
    held = {one.number: one.record.ref.path for one in Inventory(desk.trail.database).held()}
    with reading(desk.trail.database) as connection:
        return {held[item] for item in queued(connection, sorted(held))}

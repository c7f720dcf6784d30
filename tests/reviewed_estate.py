"""Two services with files that are due, in their queues: what the pages of the review are tried on. All is invented."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

from builders import SCHEDULE_HEAD, a_class, a_rule, a_schedule
from scan_driver import scan, tools_over
from sqlalchemy import select, update
from web_clients import KEY, an_inventory_with_people

from domain.actor import Actor, Grant, Proof, Role
from domain.hold import Hold, HoldKind, HoldScope
from domain.review import ReasonCode, VerdictKind
from inventory import schedules
from inventory.engine import open_inventory, writing
from inventory.holds import add_hold
from inventory.queries import Inventory
from inventory.schedules import Approval
from inventory.tables import ContentRow, ItemRow
from operations.config import InventorySettings, Organisation, Settings
from operations.configuration.review_settings import ReviewSettings
from operations.configuration.sections import RetentionSettings
from operations.people.approval import APPROVERS
from operations.people.audit import Trail
from operations.review.desk import Desk
from operations.review.queue import refill
from operations.review.ruling import Ruling
from operations.schedule.evaluate import evaluate

HARMFUL = (
    b"<img src=x onerror=alert(1)>.txt", b"\"'><svg onload=alert(2)>.txt", "\u202egpj.txt".encode(),
    b"caf\xe9.txt", b"{{ 7*7 }}.txt", b"=HYPERLINK(1).txt",
)  # fmt: skip
LETTER_1, LETTER, LETTER_2 = b"Planning/Letters/1.txt", 9, 10
"""A file and the numbers that it and the next have."""

FILES = (
    {b"Planning/Letters/%d.txt" % n: b"letter %d" % n for n in range(1, 5)}
    | {b"Planning/<b>Odd</b>/" + name: b"odd " + name for name in HARMFUL}
    | {b"Highways/Secret scheme.txt": b"roads", b"Highways/Secret works.txt": b"works"}
)
SCHEDULE = (
    a_class("PL.01", "Planning letters", "Planning/**", risk="low")
    + a_class("HI.01", "Highway schemes", "Highways/**")
    + a_rule("PL", "PL.01", "P1Y", "Planning retention, invented")
    + a_rule("HI", "HI.01", "P2Y", "Highways retention, invented")
)
NIGHT = Actor("night", (Grant(Role.OPERATOR),), Proof.OPERATING_SYSTEM)
DISPOSE = Ruling(VerdictKind.DISPOSE, ReasonCode.PERIOD_OVER)


def actor(name: str, role: Role, *services: str) -> Actor:
    return Actor(name, (Grant(role, frozenset(services)),), Proof.PASSWORD, "web")


ROSA = actor("rosa.lind", Role.REVIEWER, "Planning")


def settings_with_schedule(folder: Path, **review: object) -> Settings:
    """Of an application that knows the schedule by which the estate was judged."""
    file = folder / "schedule.toml"
    file.write_text(SCHEDULE_HEAD + SCHEDULE)
    return Settings(
        organisation=Organisation(name="Wexcombe County Council"),
        inventory=InventorySettings(url=f"sqlite:///{folder / 'i.db'}", key_file=folder / "k"),
        retention=RetentionSettings(schedule=file), review=ReviewSettings(**review),
    )  # fmt: skip


def an_estate(trail: Trail, days_ago: int = 0) -> Desk:
    """Files scanned, judged and put into their queues so many days ago; the desk of that schedule, today."""
    schedule = a_schedule(SCHEDULE)
    scan(trail.database, FILES, tools=tools_over(trail.database, FILES))
    with writing(trail.database) as connection:
        for role in APPROVERS:
            at = datetime(2026, 1, 1, tzinfo=UTC)
            schedules.approve(connection, schedule.digest, Approval(role, str(role), "", at))
    today = datetime.now(UTC).date()
    desk = Desk(trail, ReviewSettings(), schedule, today - timedelta(days=days_ago))
    evaluate(NIGHT, trail, schedule, desk.today)
    refill(NIGHT, desk)
    assert number(trail, LETTER_1) == LETTER
    return desk_of_today(trail)


def desk_of_today(trail: Trail) -> Desk:
    return Desk(trail, ReviewSettings(), a_schedule(SCHEDULE), datetime.now(UTC).date())


def reviewed_trail(settings: Settings) -> Iterator[Trail]:
    """The trail of an inventory with people and this estate, made once and copied."""
    file = settings.inventory.url.removeprefix("sqlite:///")
    shutil.copy(_reviewed(), file)
    database = open_inventory(f"sqlite:///{file}", create=False)
    yield Trail(database, KEY)
    database.dispose()


@cache
def _reviewed() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="reviewed-"))
    atexit.register(shutil.rmtree, folder)
    database = an_inventory_with_people(folder / "inventory.db")
    an_estate(Trail(database, KEY))
    database.dispose()
    return folder / "inventory.db"


def number(trail: Trail, path: bytes) -> int:
    (held,) = Inventory(trail.database).at(path)
    return held.number


def change(trail: Trail, path: bytes, version: bytes = b"changed!") -> None:
    """Have a file be another than it was."""
    with writing(trail.database) as connection:
        connection.execute(update(ItemRow).where(ItemRow.id == number(trail, path)).values(version=version))


def find_in(trail: Trail, path: bytes, **values: object) -> None:
    """Have something be known of a file's content, such as `special="HEALTH"`."""
    with writing(trail.database) as connection:
        content = select(ItemRow.content_id).where(ItemRow.id == number(trail, path)).scalar_subquery()
        connection.execute(update(ContentRow).where(ContentRow.id == content).values(**values))


def hold(trail: Trail, *paths: str) -> None:
    with writing(trail.database) as connection:
        scope, placed = HoldScope(paths=paths), date(2026, 1, 1)
        add_hold(connection, Hold("HOLD-1", HoldKind.LITIGATION, "a claim", "counsel", scope, placed=placed))

"""Keeping an inventory: whether its sums are right, a copy of it elsewhere, and an end to what is needed no more."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

from domain.actor import Actor, Verb
from domain.audit import Act
from domain.entry import microseconds_of
from inventory.copying import back_up, copy_inventory, expire
from inventory.sums import mend_sums, sums_differ
from operations.access import ask
from operations.audit import Trail


def check_sums(actor: Actor, trail: Trail) -> int:
    """Add up all items and compare with the sums that are kept; how many differed. They are right then."""
    authority = ask(actor, Verb.MAINTAIN)
    wrong = sums_differ(trail.database)
    if wrong:
        mend_sums(trail.database)
        trail.note(authority, Act.INVENTORY_MENDED, sums=wrong)
    return wrong


def copy_to(actor: Actor, trail: Trail, url: str, to: str) -> Mapping[str, int]:
    """Copy the inventory into an empty database; the number of rows of each table."""
    authority = ask(actor, Verb.MAINTAIN)
    copied = copy_inventory(url, to)
    trail.note(authority, Act.INVENTORY_COPIED, rows=sum(copied.values()))
    return copied


def back_up_to(actor: Actor, trail: Trail, url: str, path: Path) -> None:
    """Write the whole inventory into a new file that only its owner can read."""
    authority = ask(actor, Verb.MAINTAIN)
    back_up(url, path)
    trail.note(authority, Act.INVENTORY_COPIED, form="backup")


def end_old(actor: Actor, trail: Trail, now: datetime, *, gone_days: int, log_days: int) -> tuple[int, int]:
    """End what is known of items that have been gone for so many days, and logs of so many; how many of each."""
    authority = ask(actor, Verb.MAINTAIN)
    ended = (microseconds_of(now - timedelta(days=days)) or 0 for days in (gone_days, log_days))
    items, logs = expire(trail.database, *ended)
    trail.note(authority, Act.INVENTORY_EXPIRED, items=items, logs=logs)
    return items, logs

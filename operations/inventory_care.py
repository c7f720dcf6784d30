"""Keeping an inventory: whether its sums are right, a copy of it elsewhere, and an end to what is needed no more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path

from domain.actor import Actor, Verb
from domain.audit import Act
from domain.entry import microseconds_of
from domain.rule import Period
from inventory.copying import back_up, copy_inventory
from inventory.engine import only_scan
from inventory.expiring import Ended, expire
from inventory.sums import mend_sums, sums_differ
from operations.access import ask
from operations.config import InventorySettings
from operations.people.audit import Trail
from retention.period import add_period


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


def end_old(actor: Actor, trail: Trail, kept: InventorySettings, now: datetime) -> Ended:
    """End what is kept no longer than the configuration says; how much that was.

    Raises InventoryError while a scan is running.
    """
    authority = ask(actor, Verb.MAINTAIN)
    findings = datetime.combine(add_period(now.date(), Period(months=-kept.finding_months)), now.timetz())
    logs = now - timedelta(days=kept.scan_log_days)
    with only_scan(kept.url), trail.changing(authority) as change:
        ended = expire(change.transaction, microseconds_of(findings) or 0, microseconds_of(logs) or 0)
        change.note(Act.INVENTORY_EXPIRED, **asdict(ended))
    return ended

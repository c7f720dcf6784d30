"""Holds whose review is late: they go on, and are said wherever somebody looks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from domain.hold import Hold
from inventory.engine import Database
from inventory.holds import active


def late_holds(database: Database, today: date) -> tuple[Hold, ...]:
    return tuple(hold for hold in active(database, today) if hold.nags(today))


def nagging(late: Iterable[Hold]) -> list[str]:
    """A line for each hold whose review is late."""
    return [
        f"Hold {hold.id}: its review was due on {hold.review_by}, and it goes on. Look at it, then: "
        f"muniment holds review {hold.id} --until DAY, or muniment holds release {hold.id}"
        for hold in late
    ]

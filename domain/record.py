"""A record is what the inventory knows of one item: what the schedule decides on and reports speak of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.errors import Problem
from domain.examination import Assessment, Outcome
from domain.item import ItemRef


@dataclass(frozen=True, slots=True)
class Record:
    """One item as the inventory knows it. `outcome` is None while it waits to be examined.

    `assessment` is None where nothing could be said: the item is unread, or waits. `pending` is what is still to be
    done with its content, such as "ocr".
    """

    ref: ItemRef
    service: str
    size: int
    modified: datetime | None
    first_seen: date
    media_type: str | None = None
    outcome: Outcome | None = None
    problem: Problem | None = None
    assessment: Assessment | None = None
    digest: bytes | None = None
    pending: tuple[str, ...] = ()

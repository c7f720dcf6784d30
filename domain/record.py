"""A record is what the inventory knows of one item: what the schedule decides on and reports speak of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from domain.content import DatedBy
from domain.errors import Problem
from domain.event import Reference
from domain.examination import Assessment, Outcome
from domain.item import ItemRef
from domain.record_class import ClassClaim
from domain.record_hint import RecordHint


class OwnDates(NamedTuple):
    """The days that a file system, the inventory and a content say of an item, and what kind of file says so."""

    media_type: str | None
    modified: date | None
    created: date | None
    accessed: date | None
    first_seen: date
    superseded: date | None = None
    written: tuple[DatedBy, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """One item as the inventory knows it. `outcome` is None while it waits to be examined.

    `assessment` is None where nothing could be said: the item is unread, or waits. `pending` is what is still to be
    done with its content, such as "ocr". What follows is None where nobody looked, which is not the same as none:
    `kinds` are kind → (count, confidence), `terms` the configured terms that were tested → hits, `people` keyed
    fingerprints in hexadecimal, `copies` the paths of other files of the same content that stay. `dates` are what the
    content and its name say of its age, `claims` what people, labels and documents say of its class.
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
    created: datetime | None = None
    accessed: datetime | None = None
    superseded: date | None = None
    owner: str = field(default="", repr=False)
    item_type: str = "file"
    mailbox_folder: str | None = None
    dates: tuple[DatedBy, ...] = ()
    claims: tuple[ClassClaim, ...] = ()
    labels: tuple[str, ...] = ()
    hints: tuple[RecordHint, ...] = ()
    references: tuple[Reference, ...] = ()
    kinds: Mapping[str, tuple[int, float]] | None = None
    terms: Mapping[str, int] | None = None
    people: frozenset[str] | None = field(default=None, repr=False)
    copies: tuple[str, ...] | None = None

    @property
    def own_dates(self) -> OwnDates:
        modified, created, accessed = (each and each.date() for each in (self.modified, self.created, self.accessed))
        return OwnDates(self.media_type, modified, created, accessed, self.first_seen, self.superseded, self.dates)

"""A legal hold: what stops every rule, on what, and until when. People place it and people release it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum


class HoldKind(StrEnum):
    LITIGATION = "litigation"
    REQUEST = "request"
    INQUIRY = "inquiry"
    AUDIT = "audit"
    ARCHIVE_INTEREST = "archive-interest"


class RequestKind(StrEnum):
    """Under which right a request was made; each has its own time in which the answer may be disputed."""

    FOI = "foi"
    SAR = "sar"
    ERASURE = "erasure"


class HoldStatus(StrEnum):
    """A template that is shipped is off until somebody with authority confirms it."""

    OFF = "off"
    ACTIVE = "active"
    RELEASED = "released"


@dataclass(frozen=True, slots=True)
class HoldScope:
    """What is frozen: every condition that is given must hold, or not be known; of a list, any entry.

    `begins` and `ends` bound the days that a record may be of. `people` are keyed fingerprints in hexadecimal.
    """

    classes: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    begins: dt.date | None = None
    ends: dt.date | None = None
    terms: tuple[str, ...] = ()
    people: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Hold:
    """`review_by` nags and ends nothing. Only a request ends by itself: `ends_on` says the day after its answer's
    `answered` on which the time for disputing it is over, and None while it is not answered.
    """

    id: str
    kind: HoldKind
    reason: str
    authorised_by: str
    scope: HoldScope
    status: HoldStatus = HoldStatus.ACTIVE
    placed: dt.date | None = None
    review_by: dt.date | None = None
    request: RequestKind | None = None
    answered: dt.date | None = None
    ends_on: dt.date | None = None

    def is_active(self, today: dt.date) -> bool:
        return self.status is HoldStatus.ACTIVE and not (self.ends_on and self.ends_on <= today)

    def nags(self, today: dt.date) -> bool:
        """Whether its review is late: it goes on all the same."""
        return self.is_active(today) and self.review_by is not None and self.review_by <= today

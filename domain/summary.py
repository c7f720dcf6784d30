"""Figures that the inventory adds up and reports print: counts and bytes, each with what it leaves out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from domain.access import Breadth
from domain.errors import ProblemCode
from domain.examination import Outcome
from domain.rate import Rate


@dataclass(frozen=True, slots=True)
class Tally:
    """A number of items and their size in bytes."""

    items: int = 0
    bytes: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.items + other.items, self.bytes + other.bytes)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of what is held was examined. `parts` are attachments and members, counted in `outcomes` too;
    their bytes are those of the items they sit in and are not added.
    """

    outcomes: Mapping[Outcome, Tally]
    waiting: Tally
    awaiting_ocr: int
    parts: int
    problems: Mapping[ProblemCode, int]

    @property
    def total(self) -> Tally:
        return sum(self.outcomes.values(), self.waiting)

    @property
    def not_fully_examined(self) -> Tally:
        """Everything but what was examined whole: the headline of what a figure leaves out."""
        return sum(
            (tally for outcome, tally in self.outcomes.items() if outcome is not Outcome.EXAMINED),
            self.waiting,
        )


@dataclass(frozen=True, slots=True)
class Sampled:
    """What people who looked at a sample of contents said of the detector, on one question: personal, special, children
    or criminal. `precision` is of those `flagged`, `recall` of all that were `labelled`; None could not be told.
    """

    question: str
    labelled: int
    flagged: int
    precision: Rate | None
    recall: Rate | None
    at: datetime
    detector: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a report was made from, printed on it: the quality box.

    `scope` is the names of the sources, or the one service that it is `of_service`. `run` is the numbers of the scans
    it stands on, `made` the day it was made. `unowned` is how many files have no owner who is there, and of how many
    that is known; `measured` what samples that people looked at last said of the detector.
    """

    organisation: str
    scope: str
    scanned: datetime | None
    scan_complete: bool
    schedule: str | None
    evaluated: date | None
    detector: str
    coverage: Coverage
    run: str = ""
    made: date | None = None
    unowned: tuple[int, int] | None = None
    measured: tuple[Sampled, ...] = ()
    of_service: bool = False


@dataclass(frozen=True, slots=True)
class ServiceEstate:
    """One service's holding: all items and bytes, and those for which a rule of the schedule was found."""

    service: str
    held: Tally
    under_rule: Tally


@dataclass(frozen=True, slots=True)
class Ownership:
    """Files by how many can read their folder, and those of people who have left by service."""

    breadths: Mapping[Breadth, Tally]
    left: Mapping[str, Tally]


@dataclass(frozen=True, slots=True)
class RiskItem:
    """One item that holds personal data. `kinds` are kind → count; `risk` is 0-100 with its `parts`; `left` says that
    its owner has left.
    """

    path: str
    service: str
    risk: int
    parts: Mapping[str, float]
    kinds: Mapping[str, int]
    special: tuple[str, ...]
    children: bool
    criminal: bool
    partial: bool
    modified: datetime | None
    past_due: date | None
    breadth: Breadth
    left: bool

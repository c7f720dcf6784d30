"""The retention schedule as values: record classes and rules, parsed and checked elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Action(StrEnum):
    """What a rule says should become of an item. Muniment proposes; people decide."""

    KEEP = "keep"
    REVIEW = "review"
    ARCHIVE = "archive"
    DISPOSE = "dispose"


class DateSource(StrEnum):
    """A date that the inventory has of every item and that a period can run from."""

    MODIFIED = "modified"
    FIRST_SEEN = "first-seen"


@dataclass(frozen=True, slots=True)
class Period:
    """Calendar time: years and months first, then days."""

    years: int = 0
    months: int = 0
    days: int = 0

    def __str__(self) -> str:
        named = ((self.years, "year"), (self.months, "month"), (self.days, "day"))
        return " and ".join(f"{n} {unit}{'' if n == 1 else 's'}" for n, unit in named if n) or "no time"


@dataclass(frozen=True, slots=True)
class Trigger:
    """What starts a rule's period: a date of the item, or an event that somebody must report (key: of what)."""

    date: DateSource | None = None
    event: str | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class RecordClass:
    """A record class: what kind of record an item is, by the folders that were mapped to it (path globs)."""

    id: str
    title: str
    paths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scope:
    """Which items a rule is about: every condition that is given must hold; `exclude` takes paths out again."""

    classes: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the schedule. `period` is None for a rule that keeps for ever."""

    id: str
    title: str
    scope: Scope
    action: Action
    trigger: Trigger
    period: Period | None
    authority: str
    justification: str = ""


@dataclass(frozen=True, slots=True)
class Schedule:
    """A retention schedule in one version. `min_observed`: nothing is due until it was in the inventory so long."""

    id: str
    version: str
    title: str
    effective_from: date
    min_observed: Period
    classes: tuple[RecordClass, ...]
    rules: tuple[Rule, ...]
    digest: str

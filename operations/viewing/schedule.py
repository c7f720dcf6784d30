"""The retention schedule as people read it: its rules by function, with their periods in words and their authority."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from domain.rule import ByOutcome, Clock, Combined, Rule, Schedule, Span, Trigger
from inventory.drafts import versions
from inventory.engine import Database, reading
from operations.people.approval import approvals, missing
from retention.diff import Difference, diff
from retention.glob import compile_glob
from retention.lint import Defect, lint
from retention.words import in_words, listed

_CHOICES = {"later_of": "the later of", "earlier_of": "the earlier of", "first_known": "the first known of"}
_PERSON = {"dob": "the birth of the person", "dob+18": "the 18th birthday of the person",
           "dod": "the death of the person"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RuleShown:
    """`keeps` is how long, in words; `says` the words of the schedule that it was taken from."""

    id: str
    title: str
    classes: tuple[str, ...]
    keeps: str
    action: str
    authority: str
    basis: str
    justification: str
    says: str
    status: str


@dataclass(frozen=True, slots=True)
class Function:
    name: str
    rules: tuple[RuleShown, ...]


@dataclass(frozen=True, slots=True)
class ApprovalShown:
    role: str
    account: str
    on_behalf_of: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ScheduleShown:
    """A version of the schedule. `missing` are the roles that have not approved it."""

    title: str
    version: str
    digest: str
    status: str
    effective_from: date
    review_by: date | None
    owner: str
    functions: tuple[Function, ...]
    approvals: tuple[ApprovalShown, ...]
    missing: tuple[str, ...]
    defects: tuple[Defect, ...]


@dataclass(frozen=True, slots=True)
class VersionShown:
    digest: str
    version: str
    applied: date


def schedule_shown(database: Database, schedule: Schedule, today: date) -> ScheduleShown:
    """A schedule is nobody's secret: it says what becomes of records, and names no record."""
    known = approvals(database, schedule)
    return ScheduleShown(
        schedule.title, schedule.version, schedule.digest, str(schedule.status), schedule.effective_from,
        schedule.review_by, schedule.owner, tuple(_functions(schedule)),
        tuple(ApprovalShown(str(one.role), one.account, one.on_behalf_of, one.at) for one in known),
        tuple(map(str, missing(known))), tuple(lint(schedule, today)),
    )  # fmt: skip


def versions_shown(database: Database) -> tuple[VersionShown, ...]:
    """The versions that were applied, the last first."""
    with reading(database) as connection:
        return tuple(VersionShown(one.digest, one.version, one.on) for one in versions(connection))


def differences(old: Schedule | None, new: Schedule) -> tuple[Difference, ...]:
    return tuple(diff(old, new)) if old is not None and old.digest != new.digest else ()


def clock_in_words(clock: Clock | None) -> str:
    """Such as "6 years from the event case_closed of its case_no"."""
    if clock is None:
        return "For ever"
    if isinstance(clock, Combined):
        return f"Until {_CHOICES[clock.choice]}: {listed([_span(one) for one in clock.of], 'or')}"
    return _span(clock)


def _span(clock: Clock) -> str:
    if not isinstance(clock, Span):
        return clock_in_words(clock)
    start = _trigger(clock.trigger)
    if not isinstance(clock.period, ByOutcome):
        return f"{clock.period} from {start}"
    told = [f"{period} where it ended as {outcome}" for outcome, period in clock.period.periods]
    if clock.period.otherwise is not None:
        told.append(f"{clock.period.otherwise} otherwise")
    return f"{listed(told)}, from {start}"


def _trigger(trigger: Trigger) -> str:
    told = (
        f"{_PERSON[trigger.person]}" if trigger.person
        else f"the event {trigger.event}" if trigger.event
        else in_words(trigger.on) if trigger.on
        else f"the day it was {str(trigger.date).replace('-', ' ')}"
    )  # fmt: skip
    of = f" of its {trigger.key}" if trigger.key else ""
    later = f", {trigger.plus} later" if str(trigger.plus) != "no time" else ""
    return f"{told}{of}{later}" + (f", counted from the end of the {trigger.end_of.name}" if trigger.end_of else "")


def _functions(schedule: Schedule) -> Iterator[Function]:
    found: dict[str, list[RuleShown]] = {}
    for rule in schedule.rules:
        classes = [one for one in schedule.classes if any(compile_glob(g).matches(one.id) for g in rule.scope.classes)]
        function = next((one.function for one in classes if one.function), "")
        found.setdefault(function, []).append(_rule(rule, tuple(f"{one.id} {one.title}" for one in classes)))
    yield from (
        Function(name, tuple(rules)) for name, rules in sorted(found.items(), key=lambda one: (not one[0], one))
    )


def _rule(rule: Rule, classes: tuple[str, ...]) -> RuleShown:
    actions = [str(step.action) for step in rule.before] + [str(rule.action)]
    return RuleShown(
        rule.id, rule.title, classes, clock_in_words(rule.clock), listed(actions, "then").replace("-", " "),
        rule.authority, str(rule.basis or "").replace("-", " "), rule.justification, rule.says, str(rule.status),
    )  # fmt: skip

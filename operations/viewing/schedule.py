"""The retention schedule as people read it: its rules by function, with their periods in words and their authority."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from domain.rule import ByOutcome, Clock, Combined, DateSource, Period, PersonDate, Rule, Schedule, Span, Trigger
from inventory.drafts import versions
from inventory.engine import Database, reading
from operations.people.approval import approvals, missing
from retention.diff import Difference, diff
from retention.glob import compile_glob
from retention.lint import Defect, lint
from retention.words import in_words, listed

_CHOICES = {"later_of": "the later of these", "earlier_of": "the earlier of these",
            "first_known": "the first of these that is known"}  # fmt: skip
_PERSON = {PersonDate.BIRTH: "the birth of the person", PersonDate.DEATH: "the death of the person",
           PersonDate.EIGHTEENTH_BIRTHDAY: "the 18th birthday of the person"}  # fmt: skip
_DATES = {
    DateSource.CREATED: "it was made", DateSource.MODIFIED: "it was last changed",
    DateSource.ACCESSED: "it was last opened", DateSource.SENT: "it was sent", DateSource.RECEIVED: "it was received",
    DateSource.FIRST_SEEN: "a scan first met it", DateSource.SUPERSEDED: "a newer version took its place",
}  # fmt: skip


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
    """Such as "6 years after “case closed” is reported for its case no"."""
    if clock is None:
        return "For ever"
    if isinstance(clock, Combined):
        return f"Until {_CHOICES[clock.choice]}: {'; or '.join(map(_span, clock.of))}"
    return _span(clock)


def _span(clock: Clock) -> str:
    if not isinstance(clock, Span):
        return clock_in_words(clock)
    start = _trigger(clock.trigger)
    if not isinstance(clock.period, ByOutcome):
        return f"{clock.period} after {start}"
    told = [f"{period} where the outcome is “{outcome}”" for outcome, period in clock.period.periods]
    if clock.period.otherwise is not None:
        told.append(f"{clock.period.otherwise} otherwise")
    return f"{listed(told)}, after {start}"


def _trigger(trigger: Trigger) -> str:
    told = _begins(trigger)
    if trigger.reopened_by:
        told += f", and again where “{_spaced(trigger.reopened_by)}” came after it"
    if trigger.plus != Period():
        told += f", and {trigger.plus} more"
    return told + (f", counted from the end of that {_spaced(trigger.end_of.name)}" if trigger.end_of else "")


def _begins(trigger: Trigger) -> str:
    if trigger.person:
        return _PERSON[trigger.person] + (f" before the age of {trigger.under}" if trigger.under else "")
    if trigger.event:
        of = f" for its {_spaced(trigger.key)}" if trigger.key else ""
        return f"“{_spaced(trigger.event)}” is reported{of}"
    return in_words(trigger.on) if trigger.on else _DATES[trigger.date or DateSource.MODIFIED]


def _spaced(name: str) -> str:
    return name.replace("_", " ").replace("-", " ")


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
        rule.id, rule.title, classes, clock_in_words(rule.clock), _spaced(listed(actions, "then")), rule.authority,
        _spaced(str(rule.basis or "")), rule.justification, rule.says, str(rule.status),
    )  # fmt: skip

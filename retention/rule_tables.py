"""The tables of one rule, in a schedule's TOML file: its scope, tests, triggers, periods and steps."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from domain.rule import Action, Basis, ByOutcome, DateSource, Mark, PersonDate, Purpose, Risk, Status
from retention.fields import (
    ActionWord,
    Count,
    DateOrDay,
    Day,
    Globs,
    GlobText,
    Id,
    IdInReasons,
    Kind,
    Names,
    PeriodOrOutcomes,
    PeriodText,
    Size,
    Table,
    Text,
)  # fmt: skip


class ScopeTable(Table):
    classes: Globs | None = None
    paths: Globs | None = None
    exclude: Globs | None = None
    services: Names | None = None
    sources: Names | None = None
    owners: Names | None = None
    types: Names | None = None
    formats: Names | None = None
    mailbox_folders: Globs | None = None
    min_size: Size | None = None
    max_size: Size | None = None

    @model_validator(mode="after")
    def _no_empty_sizes(self) -> Self:
        if self.min_size is not None and self.max_size is not None and self.min_size > self.max_size:
            raise ValueError("min_size is more than max_size, so that nothing is in it; exchange them")
        return self

    @property
    def states_a_condition(self) -> bool:
        return bool(self.model_fields_set - {"exclude"})


class MatchTable(Table):
    """One test of the content, or several tied by `all`, `any` or `not`."""

    mark: Mark | None = None
    kind: Kind | None = None
    term: Text | None = None
    duplicate_of: GlobText | None = None
    min_count: Count | None = None
    min_confidence: float | None = Field(default=None, ge=0, le=1)
    all: tuple[MatchTable, ...] | None = Field(default=None, min_length=1)
    any: tuple[MatchTable, ...] | None = Field(default=None, min_length=1)
    not_: MatchTable | None = Field(default=None, alias="not")

    @model_validator(mode="after")
    def _one_test(self) -> Self:
        tests = (self.mark, self.kind, self.term, self.duplicate_of, self.all, self.any, self.not_)
        if sum(test is not None for test in tests) != 1:
            raise ValueError('write one test in each pair of braces, as in { kind = "UK_NINO", min_count = 1 }')
        if self.min_count is not None and self.kind is None and self.term is None:
            raise ValueError("min_count is for a kind or a term only; leave it out")
        if self.min_confidence is not None and self.kind is None:
            raise ValueError("min_confidence is for a kind only; leave it out")
        return self


class TriggerTable(Table):
    date: DateOrDay | None = None
    event: Text | None = None
    person: PersonDate | None = None
    key: Text | None = None
    under: PeriodText | None = None
    reopened_by: Text | None = None
    plus: PeriodText | None = None
    end_of: Text | None = None

    @model_validator(mode="after")
    def _one_start(self) -> Self:
        if sum(start is not None for start in (self.date, self.event, self.person)) != 1:
            raise ValueError(
                'write either { date = "modified" }, { event = "employment_end", key = "employee_no" }'
                ' or { person = "dob" }'
            )
        if (self.event is not None and self.key is None) or (self.date is not None and self.key is not None):
            raise ValueError('an event has a key that says of what, and a date has none; write key = "employee_no"')
        if self.under is not None and self.person is not PersonDate.DEATH:
            raise ValueError('under is for { person = "dod" } only; leave it out')
        if self.reopened_by is not None and self.event is None:
            raise ValueError("reopened_by is for an event only; leave it out")
        if self.reopened_by is not None and self.reopened_by == self.event:
            raise ValueError("an event cannot reopen what it closes; write another event in reopened_by")
        return self


class ClockTable(Table):
    """A trigger with its period, or several such of which the later, the earlier or the first known counts."""

    trigger: TriggerTable | None = None
    period: PeriodOrOutcomes | None = None
    later_of: tuple[ClockTable, ...] | None = Field(default=None, min_length=2)
    earlier_of: tuple[ClockTable, ...] | None = Field(default=None, min_length=2)
    first_known: tuple[ClockTable, ...] | None = Field(default=None, min_length=2)

    @property
    def clocks(self) -> int:
        """How many ways of counting are given: one is right."""
        ways = (self.trigger if self.trigger is not None else self.period, self.later_of, self.earlier_of)
        return sum(way is not None for way in (*ways, self.first_known))

    @model_validator(mode="after")
    def _one_clock(self) -> Self:
        if self.clocks > 1:
            raise ValueError("write either trigger and period, or one of later_of, earlier_of and first_known")
        if type(self) is ClockTable and self.clocks == 0:
            raise ValueError('trigger is missing; write for example trigger = { date = "modified" }, period = "P6Y"')
        if self.trigger is not None and self.period is None:
            raise ValueError('period is missing; write for example period = "P6Y", or action = "keep" for ever')
        if self.period is not None and self.trigger is None:
            raise ValueError('trigger is missing; write for example trigger = { date = "modified" }')
        if isinstance(self.period, ByOutcome) and self.trigger is not None and self.trigger.event is None:
            raise ValueError("only an event has an outcome on which a period can depend; write one period")
        return self


class StepTable(ClockTable):
    action: ActionWord
    into: Id | None = None
    to: Text | None = None

    @model_validator(mode="after")
    def _says_where_to(self) -> Self:
        _check_target(self.action, self.into, self.to)
        return self


class ReviewTable(Table):
    first: Text
    second: Text | None = None
    remind: PeriodText | None = None
    escalate: PeriodText | None = None


class RuleTable(ClockTable):
    """`keep` is for ever: it has no period, and needs no trigger."""

    id: IdInReasons
    title: Text | None = None
    class_: Id | None = Field(default=None, alias="class")
    scope: ScopeTable = ScopeTable()
    match: MatchTable | None = None
    action: ActionWord | None = None
    into: Id | None = None
    to: Text | None = None
    steps: tuple[StepTable, ...] | None = Field(default=None, min_length=2)
    purpose: Purpose = Purpose.RECORD
    authority: Text
    basis: Basis | None = None
    justification: str = ""
    says: str = ""
    apd_ref: str = ""
    owner: Text | None = None
    approver: Text | None = None
    review: ReviewTable | None = None
    risk: Risk | None = None
    status: Status = Status.APPROVED
    effective_from: Day | None = None
    effective_to: Day | None = None

    @property
    def last(self) -> StepTable | RuleTable:
        return self.steps[-1] if self.steps else self

    @model_validator(mode="after")
    def _says_about_what(self) -> Self:
        if not (self.class_ or self.scope.states_a_condition):
            raise ValueError('it would be about every item; write scope = { paths = ["**"] } if that is meant')
        if self.class_ and self.scope.classes:
            raise ValueError("the class is given twice; write either class or scope.classes")
        if self.effective_from and self.effective_to and self.effective_to < self.effective_from:
            raise ValueError("effective_to is before effective_from; exchange them")
        return self

    @model_validator(mode="after")
    def _says_how_long(self) -> Self:
        if (self.action is None) == (self.steps is None):
            raise ValueError('write either action = "dispose", or steps = [{ action = "archive" }, …]')
        action = self.last.action
        clocks = self.clocks + (self.last.clocks if self.steps else 0)
        if action is Action.KEEP and self.last.clocks:
            raise ValueError('"keep" is for ever: leave out period, or write action = "review"')
        if action is not Action.KEEP and clocks == 0:
            raise ValueError('period is missing; write for example period = "P6Y", or action = "keep" for ever')
        if self.purpose is Purpose.ROT and action is Action.KEEP:
            raise ValueError('a rule of purpose = "rot" only proposes what may go; write purpose = "record"')
        self._check_steps()
        return self

    def _check_steps(self) -> None:
        if self.action is not None:
            _check_target(self.action, self.into, self.to)
        elif self.into is not None or self.to is not None:
            raise ValueError("into and to belong to a step; write them into its braces")
        for step in (self.steps or ())[:-1]:
            if step.action is Action.KEEP:
                raise ValueError('"keep" can only be the last of the steps; reorder them')
            if not step.clocks and not self.clocks:
                raise ValueError(f'the step "{step.action}" has no period; write trigger and period into its braces')

    @model_validator(mode="after")
    def _access_only_advises(self) -> Self:
        trigger = self.trigger or (self.last.trigger if self.steps else None)
        if trigger and trigger.date is DateSource.ACCESSED and self.last.action is not Action.REVIEW:
            raise ValueError('the day of last access is advice only; write action = "review", or another date')
        return self


def _check_target(action: Action | None, into: str | None, to: str | None) -> None:
    if (action is Action.MERGE) != (into is not None):
        raise ValueError('"merge-into", and only it, says the class that it goes into; write into = "CH.01"')
    if to is not None and action is not None and not (action.is_transfer or action is Action.RETURN):
        raise ValueError("only a transfer or a return goes to somebody; leave out to")

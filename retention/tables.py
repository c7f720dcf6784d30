"""The tables of a schedule's TOML files, typed at the door: what is not known or not sound is refused.

The messages raised here are sentences on what to write instead; `retention.refusal` adds where.
"""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from domain.hold import HoldKind, HoldStatus, RequestKind
from domain.rule import Period, Risk, Status
from retention.fields import Day, DayOfYear, Globs, Id, IdInReasons, Names, Pattern, PeriodText, Table, Text
from retention.rule_tables import RuleTable

_DEFAULT_MIN_OBSERVED = Period(days=90)


class DefaultsTable(Table):
    min_observed: PeriodText | None = None
    year_end: DayOfYear = "03-31"
    academic_year_end: DayOfYear = "08-31"
    unmatched: Literal["report"] = "report"


class ScheduleTable(Table):
    id: Id
    title: Text | None = None
    version: Text
    effective_from: Day
    min_observed: PeriodText | None = None
    review_by: Day | None = None
    approved_by: Names = ()
    owner: Text | None = None
    status: Status = Status.APPROVED
    defaults: DefaultsTable = DefaultsTable()

    @property
    def observed(self) -> Period:
        given = self.min_observed if self.min_observed is not None else self.defaults.min_observed
        return given if given is not None else _DEFAULT_MIN_OBSERVED

    @model_validator(mode="after")
    def _observes_once(self) -> Self:
        if self.min_observed is not None and self.defaults.min_observed is not None:
            raise ValueError("min_observed is given twice; leave it out of defaults")
        return self


class FunctionTable(Table):
    """The function of the council that a file is about."""

    id: Id
    title: Text
    lgcs: Text | None = None


class ClassTable(Table):
    id: Id
    title: Text
    paths: Globs | None = None
    labels: Names | None = None
    words: Names | None = None
    hints: Names | None = None
    lgcs: Text | None = None
    risk: Risk | None = None
    owner: Text | None = None
    approver: Text | None = None
    function: Text | None = None
    description: Text | None = None


class DaysTable(Table):
    from_: Day | None = Field(default=None, alias="from")
    to: Day | None = None

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        if self.from_ is None and self.to is None:
            raise ValueError("write { from = 2020-01-01, to = 2022-07-31 }, or one of the two")
        if self.from_ and self.to and self.to < self.from_:
            raise ValueError("to is before from; exchange them")
        return self


class HoldScopeTable(Table):
    classes: Globs | None = None
    paths: Globs | None = None
    services: Names | None = None
    sources: Names | None = None
    created: DaysTable | None = None
    terms: Names | None = None
    people: Names | None = None

    @model_validator(mode="after")
    def _states_a_condition(self) -> Self:
        if not self.model_fields_set:
            raise ValueError('it would freeze every item; write paths = ["**"] if that is meant')
        return self


class HoldTable(Table):
    id: IdInReasons
    kind: HoldKind
    reason: Text
    authorised_by: Text
    scope: HoldScopeTable
    status: HoldStatus = HoldStatus.ACTIVE
    placed: Day | None = None
    review_by: Day | None = None
    request: RequestKind | None = None
    answered: Day | None = None
    ends_after: PeriodText | None = None

    @model_validator(mode="after")
    def _ends_as_its_kind_does(self) -> Self:
        if (self.kind is HoldKind.REQUEST) != (self.request is not None):
            raise ValueError(
                'a hold of kind "request", and only it, says which; write request = "foi", "sar" or "erasure"'
            )
        if self.kind is not HoldKind.REQUEST and (self.answered or self.ends_after):
            raise ValueError("only a request ends by itself; leave out answered and ends_after, and write review_by")
        return self


class KeyTable(Table):
    name: Text
    pattern: Pattern


class EventTable(Table):
    """An event that is another, some time after it: the closure point a year after an employment ended."""

    name: Text
    from_: Text = Field(alias="from")
    plus: PeriodText = Period()


class ScheduleFile(Table):
    """One file of a schedule. Of the files of a folder, exactly one has the table [schedule]."""

    schedule: ScheduleTable | None = None
    function: FunctionTable | None = None
    classes: tuple[ClassTable, ...] = Field(default=(), alias="class")
    rules: tuple[RuleTable, ...] = Field(default=(), alias="rule")
    holds: tuple[HoldTable, ...] = Field(default=(), alias="hold")
    keys: tuple[KeyTable, ...] = Field(default=(), alias="key")
    events: tuple[EventTable, ...] = Field(default=(), alias="event")

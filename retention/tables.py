"""The tables of a schedule's TOML file, typed at the door: what is not known or not sound is refused.

The messages raised here are sentences on what to write instead; `retention.refusal` adds where.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainValidator, StringConstraints, model_validator

from domain.rule import Action, DateSource, Period
from retention.glob import compile_glob
from retention.period import parse_period

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_RESERVED = ("class", "observation")
_DEFAULT_MIN_OBSERVED = Period(days=90)


def _id(text: str) -> str:
    if not _ID.fullmatch(text):
        raise ValueError(f'"{text}" is not an id; write letters, digits, ".", "_" and "-" only, as in "FIN.01"')
    if text in _RESERVED:
        raise ValueError(f'"{text}" has a meaning of its own in reasons; write another id')
    return text


def _period(value: object) -> Period:
    if not isinstance(value, str):
        raise ValueError('a period is written in quotes, as in "P6Y"')  # noqa: TRY004 - pydantic passes ValueError on
    return parse_period(value)


def _glob(text: str) -> str:
    compile_glob(text)
    return text


def _not_empty(entries: tuple[str, ...]) -> tuple[str, ...]:
    if not entries:
        raise ValueError("the list is empty, which could mean all or nothing; leave it out, or write what is meant")
    return entries


Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Id = Annotated[Text, AfterValidator(_id)]
Globs = Annotated[tuple[Annotated[str, AfterValidator(_glob)], ...], AfterValidator(_not_empty)]
Names = Annotated[tuple[Text, ...], AfterValidator(_not_empty)]
PeriodText = Annotated[Period, PlainValidator(_period)]
Day = Annotated[date, Field(strict=True)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ScheduleTable(_Table):
    id: Id
    title: Text
    version: Text
    effective_from: Day
    min_observed: PeriodText = _DEFAULT_MIN_OBSERVED


class ClassTable(_Table):
    id: Id
    title: Text
    paths: Globs | None = None


class ScopeTable(_Table):
    classes: Globs | None = None
    paths: Globs | None = None
    exclude: Globs | None = None
    services: Names | None = None
    sources: Names | None = None

    @model_validator(mode="after")
    def _states_a_condition(self) -> Self:
        if not (self.classes or self.paths or self.services or self.sources):
            raise ValueError('it would be about every item; write paths = ["**"] if that is meant')
        return self


class TriggerTable(_Table):
    date: DateSource | None = None
    event: Text | None = None
    key: Text | None = None

    @model_validator(mode="after")
    def _one_start(self) -> Self:
        if (self.date is None) == (self.event is None):
            raise ValueError('write either { date = "modified" } or { event = "employment_end", key = "employee_no" }')
        if (self.key is None) == (self.event is not None):
            raise ValueError('an event, and only an event, has a key that says of what; write key = "employee_no"')
        return self


class RuleTable(_Table):
    """`keep` is for ever: it has no period, and needs no trigger."""

    id: Id
    title: Text
    scope: ScopeTable
    action: Action
    trigger: TriggerTable | None = None
    period: PeriodText | None = None
    authority: Text
    justification: str = ""

    @model_validator(mode="after")
    def _says_how_long(self) -> Self:
        if self.action is Action.KEEP and self.period is not None:
            raise ValueError('"keep" is for ever: leave out period, or write action = "review"')
        if self.action is not Action.KEEP and self.period is None:
            raise ValueError('period is missing; write for example period = "P6Y", or action = "keep" for ever')
        if self.action is not Action.KEEP and self.trigger is None:
            raise ValueError('trigger is missing; write for example trigger = { date = "modified" }')
        return self


class ScheduleFile(_Table):
    schedule: ScheduleTable
    classes: tuple[ClassTable, ...] = Field(default=(), alias="class")
    rules: tuple[RuleTable, ...] = Field(default=(), alias="rule")
